"""Settings: file, environment, and what was said."""

from dataclasses import fields
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path

import pytest

import crm.settings
from crm.errors import SettingsInvalid
from crm.limit_settings import PREFIX
from crm.settings import Settings, load
from crm.workers import WorkerLimits
from ingest.limits import Limits


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("CONFIG", *(name.upper() for name in Settings.model_fields)):
        monkeypatch.delenv(f"ATERKOM_{name}", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))


def test_the_interface_is_swedish_whatever_lang_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert load().lang == "sv"


def test_line_comes_before_environment_before_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "s.toml"
    file.write_text('own = "fil.example"\nuser = "fil"\nlang = "en"\n')
    monkeypatch.setenv("ATERKOM_OWN", "miljo.example")
    monkeypatch.setenv("ATERKOM_USER", "miljo")
    found = load(file, user="rad", own=None)
    assert (found.user, found.own_names(), found.lang) == ("rad", ("miljo.example",), "en")


def test_own_names_may_be_several() -> None:
    assert load(own="A.example, bo@B.example").own_names() == ("a.example", "bo@b.example")


def test_today_may_be_set() -> None:
    found = load(today=date(2021, 10, 18))
    assert found.day() == date(2021, 10, 18)
    assert found.now().date() == date(2021, 10, 18)


class _Midnight(datetime):
    """Half past midnight in Sweden, still the day before in UTC."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return datetime(2021, 10, 17, 22, 30, tzinfo=UTC).astimezone(tz)


def test_day_and_clock_are_of_one_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crm.settings, "datetime", _Midnight)
    found = load()
    assert found.day() == date(2021, 10, 18)
    assert found.now() == datetime(2021, 10, 17, 22, 30, tzinfo=UTC)
    assert found.now().date() == found.day()
    assert load(config=None, zone="UTC").day() == date(2021, 10, 17)


def test_a_day_that_is_set_has_the_clock_of_the_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crm.settings, "datetime", _Midnight)
    found = load(today=date(2021, 12, 1))
    assert found.day() == date(2021, 12, 1)
    assert found.now().isoformat() == "2021-12-01T00:30:00+01:00"
    assert found.now().utcoffset() == timedelta(hours=1)


@pytest.mark.parametrize("content", ["own = [", 'lang = "fi"', 'today = "i går"'])
def test_a_file_that_does_not_hold_is_named(tmp_path: Path, content: str) -> None:
    file = tmp_path / "s.toml"
    file.write_text(content)
    with pytest.raises(SettingsInvalid) as caught:
        load(file)
    assert caught.value.exit_code == 3
    assert caught.value.reason


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsInvalid, match="nowhere"):
        load(tmp_path / "nowhere.toml")


def test_every_setting_says_what_it_is() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_every_limit_of_reading_is_a_setting() -> None:
    settings = {name.removeprefix(PREFIX) for name in Settings.model_fields if name.startswith(PREFIX)}
    assert settings == {field.name for field in fields(Limits)} | {"time", "memory"}
    assert load().limits() == Limits()
    assert load().worker_limits() == WorkerLimits()


def test_a_limit_is_set_by_file_and_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "s.toml"
    file.write_text("limit_parts = 20\nlimit_time = 7.5\nlimit_depth = 30\n")
    monkeypatch.setenv("ATERKOM_LIMIT_DEPTH", "40")
    found = load(file)
    assert found.limits() == Limits(parts=20, depth=40)
    assert found.worker_limits().seconds == 7.5


@pytest.mark.parametrize(
    "text", ["limit_parts = 0", "limit_time = 0", "limit_memory = 1", 'limit_size = "stor"']
)
def test_a_limit_that_would_stop_all_reading_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "s.toml"
    file.write_text(text)
    with pytest.raises(SettingsInvalid, match=text.split(maxsplit=1)[0]):
        load(file)
