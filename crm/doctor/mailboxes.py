"""Each mailbox: how its last sync went, and whether it can be signed in to now, once."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from crm.accounts import config_of, named_accounts, token_file, try_account
from crm.doctor.model import Check, Diagnosis, Fact, Patient, guarded
from crm.doctor.opening import looked_at
from crm.doctor.storage import private
from db.schema import Account
from ingest.errors import IngestError
from ingest.folders import choose
from ingest.imap import AccountReport

STALE = timedelta(hours=24)
EXPIRING = timedelta(days=14)


def accounts(patient: Patient) -> Iterator[Diagnosis]:
    """All of them, one after the other; one that does not answer does not stop the others."""
    with looked_at(patient.settings) as store, store.read() as session:
        rows = named_accounts(session, ())
    if not rows:
        yield Diagnosis("account", ok=True, code="no-account")
    for row in rows:
        checks: list[Check] = [partial(_synced, row), partial(_secrets, row)]
        if not patient.offline:
            checks.append(partial(_signed_in, row))
        for check in checks:
            yield from guarded(f"account {row.name}", check, patient)


def _synced(row: Account, patient: Patient) -> Iterator[Diagnosis]:
    name = f"account {row.name}"
    facts: dict[str, Fact] = {"name": row.name, "at": row.last_sync}
    if row.state == "problem" and row.problem:
        yield Diagnosis(name, ok=False, code="problem", facts={**facts, **row.problem})
    if row.last_sync is None:
        yield Diagnosis(name, ok=False, code="never-synced", facts=facts)
    else:
        fresh = patient.now.astimezone(UTC) - row.last_sync <= STALE
        yield Diagnosis(name, fresh, "synced" if fresh else "stale", facts)
    if row.last_sync is not None and row.sent_folder is None and not row.personal:
        yield Diagnosis(name, ok=False, code="no-sent", facts=facts)


def _secrets(row: Account, _patient: Patient) -> Iterator[Diagnosis]:
    """The files that an account signs in with; other kinds of references are tried by signing in."""
    kind, _, path = (row.secret or "").partition(":")
    token = token_file(row)
    files = [Path(path).expanduser()] if kind == "file" else []
    files += [token.path] if token is not None else []
    for file in files:
        if file.exists():
            yield private(file)
        elif kind == "file" and file == files[0]:
            yield Diagnosis("permissions", ok=False, code="missing", facts={"path": str(file)})


def _signed_in(row: Account, patient: Patient) -> Iterator[Diagnosis]:
    """One connection, one sign-in; a refusal is never tried again by itself."""
    name = f"account {row.name}"
    if row.secret == "prompt":  # noqa: S105 (the word for: ask a person)
        yield Diagnosis(name, ok=True, code="asks", facts={"name": row.name})
        return
    try:
        report = try_account(row)
    except IngestError as error:
        yield Diagnosis(name, ok=False, code="sign-in", facts={"name": row.name}, error=error)
        return
    facts: dict[str, Fact] = {"name": row.name, "host": row.host, "user": row.user, "tls": report.tls}
    yield Diagnosis(name, ok=True, code="signed-in", facts=facts)
    yield from certificate(row, report, patient.now.astimezone(UTC))
    yield from _folders(row, report)


def certificate(row: Account, report: AccountReport, now: datetime) -> Iterator[Diagnosis]:
    """How long the server's certificate holds; an expired one was refused before."""
    if config_of(row).security == "plain" or report.expires is None:
        return
    facts: dict[str, Fact] = {"host": row.host, "days": (report.expires - now).days, "at": report.expires}
    yield Diagnosis(f"certificate {row.name}", report.expires - now > EXPIRING, "certificate", facts)


def _folders(row: Account, report: AccountReport) -> Iterator[Diagnosis]:
    """Folders that were named have to be there, and sent mail somewhere."""
    choice = choose([folder for folder, _ in report.folders], row.folders, row.exclude)
    for folder in choice.missing:
        facts: dict[str, Fact] = {"name": row.name, "folder": folder}
        yield Diagnosis(f"account {row.name}", ok=False, code="folder-missing", facts=facts)
    if report.sent is None and not row.personal:
        yield Diagnosis(f"account {row.name}", ok=False, code="no-sent", facts={"name": row.name})
