"""The server that takes our reminders: that it lets us in. Nothing is sent."""

from collections.abc import Iterator
from pathlib import Path

from crm.doctor.model import Diagnosis, Fact, Patient
from crm.doctor.storage import private
from crm.posting import relay_config
from ingest import secrets
from ingest.errors import IngestError
from ingest.smtp import Relay, RelayConfig


def mailing(patient: Patient) -> Iterator[Diagnosis]:
    """Settings that go together, a secret that is its owner's, and one sign-in."""
    settings = patient.settings
    if settings.smtp_host is None and settings.reminder_from is None:
        yield Diagnosis("reminders", ok=True, code="no-relay")
        return
    config = relay_config(settings)  # what is missing becomes the row
    kind, _, path = (settings.smtp_secret or "").partition(":")
    if kind == "file" and Path(path).expanduser().exists():
        yield private(Path(path).expanduser())
    if settings.reminder_unassigned is None:
        yield Diagnosis("reminders", ok=False, code="no-unassigned")
    if not patient.offline:
        yield _let_in(config, settings.smtp_secret)


def _let_in(config: RelayConfig, ref: str | None) -> Diagnosis:
    host, port = config.address
    facts: dict[str, Fact] = {"host": host, "port": str(port), "user": config.user}
    try:
        secret = secrets.resolve(ref) if ref and config.user else None
        Relay(config, secret).close()
    except IngestError as error:
        return Diagnosis("reminders", ok=False, code="relay", error=error)
    return Diagnosis("reminders", ok=True, code="relay-user" if config.user else "relay", facts=facts)
