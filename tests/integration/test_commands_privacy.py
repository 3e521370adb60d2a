"""`aterkom privacy`, as somebody runs it who answers a request, or carries out a disposal decision."""

import json
import stat
from functools import partial
from pathlib import Path

import pytest

from tests.integration.commands import Machine, said_once
from tests.mails import ANNA, mail

THEIRS = mail(
    "Hej!\n\nPelargonia äter <b>bara</b> fiskpinnar.\x1b[31m\nJag återkommer med nycklarna den 21 juni 2021.\n\nEva Sandin\n",
    sender="Eva Sandin <eva.sandin@kattvakten.example>",
    to=ANNA,
    subject="Kattvakt <script>",
    message_id="<katt@kattvakten.example>",
)
EVA = "eva.sandin@kattvakten.example"
TRACES = ("Pelargonia", "pelargon", "Kattvakt", "eva.sandin", "fiskpinnar", "Sandin", "sjukskr")


@pytest.fixture
def held(filled: Machine, tmp_path: Path) -> tuple[Machine, Path]:
    """A store with a person's mail and a note about them, and the file that the mail came from."""
    file = tmp_path / "katt.eml"
    file.write_bytes(THEIRS)
    filled("import", str(file))
    filled("note", "add", "Hon var sjukskriven", "--person", "Eva Sandin")
    return filled, file


def left(machine: Machine) -> set[str]:
    content = b"".join(file.read_bytes() for file in machine.home.iterdir() if file.is_file())
    return {word for word in TRACES if word.encode() in content}


def test_an_extract_is_a_page_for_its_owner_alone(held: tuple[Machine, Path], tmp_path: Path) -> None:
    machine, _ = held
    page = tmp_path / "utdrag.html"
    machine("privacy", "export", EVA, "--output", str(page))
    written = page.read_text(encoding="utf-8")
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    assert "<h1>Registerutdrag</h1>" in written
    assert "Kattvakt &lt;script&gt;" in written
    assert "<script>" not in written
    machine("privacy", "export", EVA, "--output", str(page), code=2)
    assert page.read_text(encoding="utf-8") == written


def test_an_extract_as_text_and_as_json_lines(held: tuple[Machine, Path]) -> None:
    machine, _ = held
    rows = machine("privacy", "export", "Eva Sandin", "--json").rows
    kinds = {row["kind"] for row in rows}
    assert {"person", "name", "address", "message", "follow-up", "note", "purpose", "right"} <= kinds
    told = machine("privacy", "export", "Eva Sandin").out
    assert "# Registerutdrag" in told
    assert "Hon var sjukskriven" in told
    assert "\x1b" not in told
    assert [row["action"] for row in machine("audit", "--json").rows[:2]] == ["privacy export"] * 2


def test_several_who_are_meant_are_named(filled: Machine) -> None:
    said_once(filled("privacy", "export", "o", code=2), "Bo Ekdahl", "Cia Norberg")
    said_once(filled("privacy", "export", "Ingen Alls", code=2), "Ingen Alls")


def test_the_plan_changes_nothing(held: tuple[Machine, Path]) -> None:
    machine, _ = held
    (row,) = machine("privacy", "erase", EVA, "--dry-run", "--json").rows
    assert (row["kind"], len(row["mails"]), row["going"]["notes"]) == ("plan", 1, 1)
    told = machine("privacy", "erase", EVA, "--dry-run").out
    assert "1 brev" in told
    assert " 0 " not in told
    assert left(machine) == set(TRACES)


def test_it_goes_from_every_file_and_nothing_brings_it_back(held: tuple[Machine, Path]) -> None:
    machine, file = held
    (row,) = machine("privacy", "erase", EVA, "--decision", "2021-09001", "--yes", "--json").rows
    assert (row["kind"], row["decision"], len(row["mails"])) == ("erased", "2021-09001", 1)
    assert left(machine) == set()
    assert machine("db", "check", "--full").out == ""
    (again,) = machine("import", str(file), "--json").rows
    assert (again["new"], again["known"]) == (0, 1)
    machine("read", "--all", code=1)  # the mailbox holds a file that nobody can read
    assert machine("search", "Pelargonia", "--json").rows == []
    assert left(machine) == set()
    assert json.loads(machine("audit", "verify", "--json").out)["ok"]


def test_a_copy_is_named_and_when_it_is_put_back_her_mails_go_again(
    held: tuple[Machine, Path], tmp_path: Path
) -> None:
    machine, _ = held
    copy = tmp_path / "kopia.sqlite"
    machine("db", "backup", str(copy))
    ended = machine("privacy", "erase", EVA, "--decision", "2021-09001", "--yes")
    assert str(copy) in ended.err
    machine("db", "restore", str(copy))
    assert machine("search", "Pelargonia", "--json").rows == []


def test_neither_without_a_decision_nor_without_being_asked(held: tuple[Machine, Path]) -> None:
    machine, _ = held
    said_once(machine("privacy", "erase", EVA, "--yes", code=2), "--decision")
    said_once(machine("privacy", "erase", EVA, "--decision", "2021-09001", code=2), "--yes")
    said_once(machine("privacy", "erase", EVA, "--decision", " ", "--yes", code=2))
    said_once(machine("privacy", "erase", "info@example.com", "--decision", "1", "--yes", code=2), "info@")
    assert left(machine) == set(TRACES)


RETENTION = json.dumps(
    [
        {"name": "Ringa betydelse", "judged": "minor", "keep_days": 30, "decision": "2021-04711"},
        {"name": "Ordnat", "judged": "ordered", "keep_days": 30},
    ]
)


def test_disposal_by_rule_is_looked_at_and_then_run(held: tuple[Machine, Path]) -> None:
    filled, _ = held
    (theirs,) = filled("search", "Pelargonia", "--json").rows
    filled(
        "follow-ups",
        "dismiss",
        *(row["id"] for row in filled("follow-ups", "--json").rows if row["message"] == theirs["id"]),
    )
    filled("register", theirs["id"], "--minor")
    assert filled("privacy", "retention", "--json").rows == []
    machine = partial(filled, env={"ATERKOM_RETENTION": RETENTION})
    later = ("--today", "2030-01-01")
    minor, ordered = machine("privacy", "retention", "--json", *later).rows
    assert (minor["mails"], minor["decision"], minor["removed"]) == ([theirs["id"]], "2021-04711", False)
    assert (ordered["mails"], ordered["decision"]) == ([], None)
    told = machine("privacy", "retention", *later).out
    assert "1 brev" in told
    assert "Inget gallringsbeslut" in told
    machine("privacy", "retention", "--run", code=2)
    said_once(machine("privacy", "retention", "--class", "Annat", code=2), "Annat", "Ringa betydelse, Ordnat")
    (done,) = machine("privacy", "retention", "--run", "--yes", "--json", *later).rows
    assert (done["removed"], done["mails"]) == (True, [theirs["id"]])
    assert machine("search", "Pelargonia", "--json").rows == []
    (event,) = [row for row in machine("audit", "--json").rows if row["action"] == "privacy retention"]
    assert event["payload"] == {"class": "Ringa betydelse", "decision": "2021-04711", "mails": 1}


def test_a_class_that_says_nothing_sensible(filled: Machine) -> None:
    wrong = {"ATERKOM_RETENTION": '[{"name": "X", "judged": "number", "keep_days": 1}]'}
    said_once(filled("privacy", "retention", code=3, env=wrong), "retention")
