import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import ClassVar

import click
import pytest

from crm.errors import NotFound
from crm.rows.follow_ups import FollowUpRow, ReminderRow
from crm.rows.messages import MessageRow
from crm.rows.people import MailboxRow
from tui.cli import errors, output
from tui.cli.commands.messages import show
from tui.cli.frame import Lazy, Options, _repeated, argument, command, group, option
from tui.cli.main import run_line
from tui.cli.options import DAY, metavar
from tui.cli.progress import progress
from tui.i18n import set_language

SEEN: list[tuple[object, ...]] = []


class Locked(Exception):
    exit_code: ClassVar[int] = 5


@command("toy", help="A toy")
@argument("words", nargs=-1)
@option("--day", type=DAY, help="A day")
@option("--fail", help="What to raise")
def toy(options: Options, words: tuple[str, ...], day: date | None, fail: str | None) -> int | None:
    SEEN.append((options, words, day))
    match fail:
        case "known":
            raise NotFound("office", "\x1b[31mÅnge")
        case "store":
            raise Locked("locked")
        case "unknown":
            raise ZeroDivisionError("secret")
        case "stop":
            raise KeyboardInterrupt
        case "pipe":
            raise BrokenPipeError
    return 1 if "problem" in words else None


@group("things", help="Things")
@option("--state", help="Which")
def things(options: Options, state: str | None) -> None:
    SEEN.append(("list", options.today, state))


@things.sub("accept", help="Accept things")
@argument("ids", nargs=-1, required=True)
def accept(options: Options, ids: tuple[str, ...]) -> None:
    SEEN.append(("accept", options.today, ids))


TABLE = {
    "toy": Lazy(f"{__name__}:toy", "A toy"),
    "things": Lazy(f"{__name__}:things", "Things"),
    "absent": Lazy("tui.no_such_module:x", "Never loaded by help"),
}


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in list(os.environ):
        if name.startswith("ATERKOM_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("ATERKOM_LANG", "en")
    SEEN.clear()
    yield
    set_language("sv")


def run(*words: str) -> int:
    return run_line(list(words), TABLE)


@pytest.mark.parametrize(
    "line",
    [
        ("--today", "2021-10-18", "toy", "a"),
        ("toy", "a", "--today", "2021-10-18"),
        ("toy", "--today=2021-10-18", "a"),
    ],
)
def test_global_options_stand_before_or_after_the_command(line: tuple[str, ...]) -> None:
    assert run(*line) == 0
    options, words, _day = SEEN[0]
    assert isinstance(options, Options)
    assert options.today == date(2021, 10, 18)
    assert words == ("a",)


def test_the_place_nearest_to_the_end_wins() -> None:
    run("--user", "anna", "toy", "--user", "bo")
    assert SEEN[0][0] == Options(lang="en", user="bo")


def test_the_environment_is_asked_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATERKOM_TODAY", "2021-01-01")
    monkeypatch.setenv("ATERKOM_OWN", "a.example")
    run("toy", "--today", "2021-10-18")
    assert SEEN[0][0] == Options(lang="en", today=date(2021, 10, 18), own="a.example")


def test_a_group_lists_by_itself_and_has_commands_below() -> None:
    assert run("things", "--state", "done") == 0
    assert run("things", "--today", "2021-10-18", "accept", "x", "y") == 0
    assert run("--today", "2021-10-18", "things") == 0
    day = date(2021, 10, 18)
    expected = [("list", None, "done"), ("accept", day, ("x", "y")), ("list", day, None)]
    assert expected == SEEN


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (("toy", "--day", "2021-02-30"), "--day: “2021-02-30” is not a day"),
        (("--today", "soon", "toy"), "--today: “soon” is not a day"),
        (("toi",), "There is no command “toi”. Did you mean toy?"),
        (("things", "acept", "x"), "There is no command “acept”. Did you mean accept?"),
        (("toy", "--dya", "x"), "There is no option --dya. Did you mean --day"),
        (("things", "accept"), "IDS is missing"),
        (("toy", "--lang", "fi"), "--lang: choose one of sv, en"),
        (("toy", "--day"), "--day"),
    ],
)
def test_wrong_usage_is_one_line_and_ends_with_2(
    line: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*line, "--lang", "en") == 2 if "fi" not in line else run(*line) == 2
    out, err = capsys.readouterr()
    assert said in err
    assert err.count("\n") == 1
    assert out == ""


def test_errors_become_one_cleaned_line_with_their_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("toy", "--fail", "known") == 2
    said = "There is no office “�[31mÅnge”. See which there are with: aterkom offices"
    assert capsys.readouterr().err == f"aterkom: {said}\n"
    assert run("toy", "--fail", "store") == 5
    assert capsys.readouterr().err == "aterkom: locked\n"


def test_the_unforeseen_is_one_line_without_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("toy", "--fail", "unknown") == errors.UNEXPECTED
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "Traceback" not in err
    assert run("toy", "-v", "--fail", "unknown") == errors.UNEXPECTED
    assert "Traceback" in capsys.readouterr().err


def test_an_interrupt_ends_with_130_and_a_problem_with_1() -> None:
    assert run("toy", "--fail", "stop") == 130
    assert run("toy", "problem") == 1


def test_help_loads_no_command_and_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from tui.cli.main import run_line\n"
        "assert run_line(['--help']) == 0\n"
        "heavy = {'spacy', 'sqlalchemy', 'textual', 'imapclient', 'pydantic', 'rich'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "inspect" in done.stdout


def test_help_speaks_swedish_unless_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("ATERKOM_LANG")
    assert run("toy", "--help") == 0
    assert "Användning: aterkom toy" in capsys.readouterr().out
    assert run("--lang", "en", "toy", "--help") == 0
    assert "Usage: aterkom toy" in capsys.readouterr().out
    assert run("things", "--help", "--lang=en") == 0
    shown = capsys.readouterr().out
    assert "--state" in shown
    assert "accept" in shown


def message(**changes: object) -> MessageRow:
    values: dict[str, object] = {
        "id": "m1",
        "kind": "received",
        "message_id": "<a@b.example>",
        "raws": ("ab",),
        "parent_id": None,
        "thread_id": "t1",
        "occurrences": (),
        "locations": (),
        "direction": "in",
        "sender": MailboxRow("Eva \u202eEk", "eva@b.example", "person"),
        "to": (),
        "cc": (),
        "subject": "\x1b]52;c;YQ==\x07 [SSC-123]\u2028",
        "date": datetime(2021, 10, 18, 13, 42, tzinfo=UTC),
        "status": "ok",
        "problems": (),
        "offices": ("2260",),
    }
    return MessageRow(**(values | changes))  # type: ignore[arg-type]


def test_json_has_the_contracts_names_and_no_byte_that_a_terminal_obeys(
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    output.print_json([message()])
    raw = capsysbinary.readouterr().out
    row = json.loads(raw)
    assert row["from"] == {"name": "Eva \u202eEk", "address": "eva@b.example", "kind": "person"}
    assert row["date"] == "2021-10-18T13:42:00+00:00"
    assert row["subject"] == "\x1b]52;c;YQ==\x07 [SSC-123]\u2028"
    assert b"\\u202e" in raw
    assert b"\\u2028" in raw
    assert all(byte >= 0x20 or byte == 0x0A for byte in raw)
    assert b"sender" not in raw


def test_a_lone_surrogate_survives_json() -> None:
    assert json.loads(output.json_text({"a": "x\udc80\U000e0041"})) == {"a": "x\udc80\U000e0041"}
    assert "\\udc80" in output.json_text("\udc80")


def test_a_moment_without_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="2021"):
        output.json_text(datetime(2021, 1, 1))  # noqa: DTZ001 - the mistake itself


def test_a_reminder_is_its_follow_up_with_a_bucket() -> None:
    row = output.plain(ReminderRow("due", follow_up()))
    assert row["bucket"] == "due"
    assert row["due_start"] == "2021-10-21"
    assert row["start_time"] == "09:05"
    assert row["sender"] == "Eva Ek"


def follow_up() -> FollowUpRow:
    return FollowUpRow(
        id="f1", message="m1", message_id=None, kind="commitment", obligor="sender", owes="us", who=None,
        due_start=date(2021, 10, 21), due_end=date(2021, 10, 31), start_time=time(9, 5), end_time=None,
        approximate=False, part="END", state="proposed", assignee=None, snoozed_until=None, office="2260",
        office_name="Ånge", text="Vi hör av oss.", confidence=0.9, rule="r", decided_by=None, evidence=None,
        since=date(2021, 6, 7), sender="Eva Ek",
    )  # fmt: skip


def test_a_piped_table_is_plain_lines(capsys: pytest.CaptureFixture[str]) -> None:
    output.print_table(["Office", "Subject"], [["Ånge", "\x1b[31m[SSC-1] a\nb"], ["Åre", None]])
    assert capsys.readouterr().out == "Ånge\t�[31m[SSC-1] a b\nÅre\t\n"


def test_a_table_on_a_terminal_fits_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "40")
    output.print_table(["Office", "Subject"], [["Ånge", "ord [SSC-123] " * 10]])
    shown = capsys.readouterr().out
    assert max(len(re.sub(r"\x1b\[[0-9;]*m", "", row)) for row in shown.splitlines()) <= 40
    assert "[SSC-123]" in shown


def test_progress_is_silent_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    with progress(Options()) as report:
        report("INBOX", 1, 2)
    assert capsys.readouterr().err == ""


def test_settings_follow_the_line(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('own = "a.example"\nuser = "anna"\n')
    settings = Options(config=file, user="bo", lang="sv").settings()
    assert (settings.user, settings.own) == ("bo", "a.example")


def test_the_settings_file_says_the_language_of_help(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("ATERKOM_LANG")
    file = tmp_path / "settings.toml"
    file.write_text('lang = "en"\n')
    assert run("--config", str(file), "toy", "--help") == 0
    assert "Usage:" in capsys.readouterr().out
    file.write_text("lang = ")
    assert run("--config", str(file), "toy", "--help") == 0
    assert "Användning:" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (
            ["n", "--folders", "A", "B", "--host", "h"],
            ["n", "--folders", "A", "--folders", "B", "--host", "h"],
        ),
        (["--folders", "A", "n", "--host", "h"], ["--folders", "A", "n", "--host", "h"]),
        (["n", "--folders", "A", "--folders", "B"], ["n", "--folders", "A", "--folders", "B"]),
        (
            ["--host", "h", "n", "--folders", "A", "B"],
            ["--host", "h", "n", "--folders", "A", "--folders", "B"],
        ),
        (["n", "--folders"], ["n", "--folders"]),
    ],
)
def test_an_option_that_may_be_repeated_takes_several_words(args: list[str], said: list[str]) -> None:
    params: list[click.Parameter] = [
        click.Argument(["name"]),
        click.Option(["--host"]),
        click.Option(["--folders"], multiple=True),
    ]
    assert _repeated(args, params) == said


@pytest.mark.parametrize(
    ("said", "swedish"),
    [
        ("INTEGER RANGE", "TAL"),
        ("[NAME…]", "[NAMN…]"),
        ("NAME|CODE|ID", "NAMN|KOD|ID"),
        ("[sv|en]", "[sv|en]"),
        ("URL", "URL"),
    ],
)
def test_the_word_for_a_value_is_in_the_language_of_the_help(said: str, swedish: str) -> None:
    set_language("sv")
    assert metavar(said) == swedish


def test_an_id_and_a_number_are_asked_for_in_words_of_ours(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_line(["--lang", "sv", "messages", "--attachment", "m1", "x"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("aterkom: --attachment ID N: skriv ett tal från 1 till ")
    assert "valid" not in said


def test_help_is_pointed_to_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_line([]) == 2
    assert capsys.readouterr().err.count("--help") == 1


def test_a_list_without_hits_says_so_and_names_no_message(capsys: pytest.CaptureFixture[str]) -> None:
    set_language("sv")
    show([], as_json=False)
    assert capsys.readouterr().err == "Inga meddelanden hittades.\n"
