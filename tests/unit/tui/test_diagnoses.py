"""What `doctor` found, as people read it."""

from collections.abc import Iterator

import pytest

from crm.doctor.model import Diagnosis
from crm.errors import SettingsFileInvalid
from tui.diagnoses import label, rows_of
from tui.i18n import set_language


@pytest.fixture(autouse=True)
def swedish() -> Iterator[None]:
    set_language("sv")
    yield
    set_language("sv")


@pytest.mark.parametrize(
    ("check", "said"),
    [("settings", "inställningar"), ("account post", "brevlåda post"), ("python", "python")],
)
def test_people_read_the_name_of_a_check_in_their_language(check: str, said: str) -> None:
    assert label(check) == said


def test_json_keeps_the_english_name() -> None:
    found = rows_of(Diagnosis("permissions", ok=True, code="private", facts={"path": "x", "mode": "0600"}))
    assert found.check == "permissions"


def test_a_store_that_may_not_be_written_is_not_said_to_be_writable() -> None:
    facts = {"path": "/srv/aterkom.sqlite"}
    good = rows_of(Diagnosis("writable", ok=True, code="writable", facts=facts))
    bad = rows_of(Diagnosis("writable", ok=False, code="writable", facts=facts))
    assert good.detail == "/srv/aterkom.sqlite får skrivas"
    assert bad.detail == "/srv/aterkom.sqlite får läsas men inte skrivas"
    assert bad.remedy


@pytest.mark.parametrize("count", [1, 2])
def test_one_mail_and_two_are_both_grammatical(count: int) -> None:
    set_language("en")
    found = rows_of(Diagnosis("quarantined", ok=True, code="quarantined", facts={"count": count}))
    assert found.detail.startswith(f"mails that could not be read: {count};")


def test_a_settings_file_that_is_no_toml_has_a_way_out() -> None:
    error = SettingsFileInvalid("s.toml", "Invalid value (at line 1, column 8)")
    found = rows_of(Diagnosis("settings", ok=False, code="failed", error=error))
    assert "rad 1, tecken 8" in found.detail
    assert found.remedy == "Rätta den och kör sedan igen: aterkom doctor"
