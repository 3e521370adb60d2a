"""What a check says of facts that no test can cause: certificates, and settings that nobody reads."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crm.doctor.mailboxes import certificate
from crm.doctor.model import Diagnosis, Patient, guarded
from crm.doctor.preferences import preferences
from crm.doctor.storage import private
from crm.settings import load
from db.schema import Account
from ingest.imap import AccountReport
from tui.diagnoses import rows_of, size
from tui.i18n import set_language

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def report(expires: datetime | None) -> AccountReport:
    return AccountReport((), None, (), "TLSv1.3", expires)


@pytest.mark.parametrize(("days", "good"), [(90, True), (15, True), (13, False), (0, False)])
def test_a_certificate_that_ends_soon(days: int, good: bool) -> None:
    row = Account(name="brev", host="imap.example", security="tls")
    (found,) = certificate(row, report(NOW + timedelta(days=days, hours=1)), NOW)
    assert (found.ok, found.facts["days"]) == (good, days)


def test_without_encryption_there_is_no_certificate() -> None:
    assert list(certificate(Account(name="brev", security="plain"), report(None), NOW)) == []


def test_a_setting_that_is_misspelt_is_named_with_the_right_one(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('databas_url = "x"\nhittepa = 1\nlang = "sv"\n')
    found = list(preferences(file))
    assert [(row.code, row.facts.get("near")) for row in found if not row.ok] == [
        ("unknown-near", "database_url"),
        ("unknown", None),
    ]


def test_a_settings_file_that_others_may_write(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("")
    file.chmod(0o666)
    assert [row.code for row in preferences(file) if not row.ok] == ["open"]


@pytest.mark.parametrize(("mode", "good"), [(0o600, True), (0o400, True), (0o640, False), (0o604, False)])
def test_a_file_of_its_owners_alone(tmp_path: Path, mode: int, good: bool) -> None:
    file = tmp_path / "lösen"
    file.write_text("x")
    file.chmod(mode)
    assert private(file).ok is good


def test_a_fault_becomes_a_row() -> None:
    def check(_patient: Patient) -> list[Diagnosis]:
        raise ValueError("odd")

    (row,) = guarded("prov", check, Patient(load(), NOW, offline=True))
    said = rows_of(row)
    assert (said.check, said.ok, said.detail) == ("prov", False, "odd")
    assert said.remedy


@pytest.mark.parametrize(
    ("number", "said"), [(0, "1 kB"), (536_000, "536 kB"), (12_000_000, "12 MB"), (78_000_000_000, "78 GB")]
)
def test_sizes_as_people_say_them(number: int, said: str) -> None:
    set_language("en")
    assert size(number) == said
    set_language("sv")
