"""Offices and plans at the command line: what is printed, what is refused and how, and that undo takes it back."""

from pathlib import Path

import pytest

from tests.integration.commands import Machine, said_once

FIELDS = {
    "id", "municipality", "code", "place", "phase", "vulnerable_area", "step", "assessment", "owner", "plan", "messages",
    "follow_ups_open", "last_message",
}  # fmt: skip
PLAN = """
day = 2022-02-01
source = "Beslut 2022/17"
[[office]]
municipality = "Åre"
place = "Järpen"
phase = 2
[[office]]
municipality = "Ånge"
phase = 2
"""


@pytest.fixture
def ready(machine: Machine) -> Machine:
    machine("db", "upgrade")
    return machine


@pytest.fixture
def plan(tmp_path: Path) -> str:
    file = tmp_path / "plan.toml"
    file.write_text(PLAN, encoding="utf-8")
    return str(file)


def test_what_is_set_is_printed_and_undone(ready: Machine) -> None:
    words = ("--owner", "eva", "--assessment", "försenat", "--deviation", "sex veckor", "--area", "valt")
    (row,) = ready("offices", "set", "Åre", *words, "--json").rows
    assert row.keys() >= FIELDS
    assert (row["owner"], row["assessment"], row["vulnerable_area"]) == ("eva", "late", "chosen")
    (view,) = ready("offices", "show", "are", "--json").rows
    assert (view["deviation"], view["silent"]) == ("sex veckor", True)
    shown = ready("offices", "show", "are").out
    assert "Lägesbedömning: Försenat" in shown
    assert "Ansvarig: – → eva (anna)" in shown
    assert "Åre" in ready("undo").out
    (row,) = (one for one in ready("offices", "--json").rows if one["code"] == "2321")
    assert (row["owner"], row["assessment"]) == (None, None)


def test_steps_are_said_in_words_and_late_ones_found(ready: Machine) -> None:
    (row,) = ready("offices", "step", "Åre", "behovsanalys", "--actual", "2 maj", "--json").rows
    assert row["step"] == "kravspecifikation"
    ready("offices", "step", "Åre", "lokalval", "--planned", "september 2021", "--responsible", "Bo")
    (row,) = ready("offices", "--late", "--json").rows
    assert row["late"][0]["step"] == "lokalval"
    assert "18 dagar försenat" in ready("offices", "--late").out
    shown = ready("offices", "show", "Åre").out
    assert "Behovsanalys: klart sön 2 maj 2021" in shown
    assert "Inget är försenat." in ready("--today", "2021-09-30", "offices", "--late").err


def test_silent_offices_by_the_setting(ready: Machine) -> None:
    rows = ready("offices", "--silent", "--json").rows
    assert {row["phase"] for row in rows} == {1}
    assert ready("offices", "--silent", "--json", env={"ATERKOM_SILENT_WEEKS": "42"}).rows == []
    assert "Ingen kontakt ännu" in ready("offices", "--silent").out


def test_a_plan_is_taken_in_once_compared_and_undone(ready: Machine, plan: str) -> None:
    (row,) = ready("plan", "import", plan, "--json").rows
    assert (row["key"], row["new"], row["than"], row["current"]) == ("2022-02-01", True, "2021-09-29", True)
    assert {"renamed", "left", "phase"} <= {change["change"] for change in row["changes"]}
    again = ready("plan", "import", plan)
    assert "redan inläst; inget ändrades" in again.err
    assert again.out == ""
    assert [one["key"] for one in ready("plan", "list", "--json").rows] == [
        "2022-02-01", "2021-09-29", "2021-05-27",
    ]  # fmt: skip
    assert ready("plan", "diff", "--json").rows[0].keys() >= {
        "from",
        "to",
        "change",
        "subject",
        "before",
        "after",
    }
    assert "Åre heter nu Åre Järpen" in ready("offices", "plan", "diff").out
    assert len(ready("offices", "--json").rows) == 2
    ready("undo")
    assert len(ready("offices", "--json").rows) == 28


def test_the_difference_that_the_story_begins_with(ready: Machine) -> None:
    told = ready("plan", "diff", "2021-05-27", "2021-09-29").out
    assert "Fas 1, antal kontor: 13 → 14" in told
    assert "Fas 2, antal kontor: 15 → 14" in told
    assert "Storstadskontor utan namn: 5–6 i Stockholm, Göteborg, Malmö → framgår inte" in told
    assert "Järfälla: namngivet storstadskontor, fas 2" in told
    assert "Kontor sammanlagt: minst 28 → 28" in told


def test_at_least_and_from_to_stay_bounds_until_a_plan_says_how_many(ready: Machine, tmp_path: Path) -> None:
    file = tmp_path / "brev.toml"
    file.write_text(
        'day = 2022-03-01\nsource = "Brev"\noffices = { min = 30 }\n'
        '[[office]]\nmunicipality = "Boden"\nphase = 1\n'
        "[[phase]]\nnumber = 1\n[[phase]]\nnumber = 2\noffices = { min = 13 }\n"
        '[[metropolitan]]\nareas = ["Stockholm", "Malmö"]\noffices = { min = 5, max = 6 }\n',
        encoding="utf-8",
    )
    told = ready("plan", "import", str(file)).out
    assert "Kontor sammanlagt: 28 → minst 30" in told
    assert "Fas 2, antal kontor: 14 → minst 13" in told
    assert "5–6 i Stockholm, Malmö" in told
    rows = ready("plan", "diff", "2021-09-29", "2022-03-01", "--json").rows
    (whole,) = [row for row in rows if row["before"] == {"min": 28, "max": 28}]
    assert whole["after"] == {"min": 30, "max": None}


def test_a_sheet_needs_its_day_and_source(ready: Machine, tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_text("Kommun;Plats;Fas\nÅre;Järpen;1\nBodn;;1\n", encoding="utf-8")
    said_once(ready("plan", "import", str(file), code=2), "plan.csv", "--day")
    beside = ("--day", "2022-02-01", "--source", "Beslut")
    said_once(ready("plan", "import", str(file), *beside, code=2), "plan.csv:3", "Bodn", "Boden")
    file.write_text("Kommun;Plats;Fas\nÅre;Järpen;1\n", encoding="utf-8")
    assert ready("plan", "import", str(file), *beside, "--json").rows[0]["offices"] == 1


def test_hostile_words_reach_no_terminal(ready: Machine, tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    file.write_text(PLAN.replace("Järpen", "J\\u001b]52;c;eA==\\u0007ä\\u202e"), encoding="utf-8")
    told = ready("plan", "import", str(file)).out + ready("offices").out + ready("offices", "show", "k22").out
    ready("offices", "set", "Ånge", "--owner", "\x1b[31meva", "--reason", "\u202edlo")
    told += ready("offices", "show", "Ånge").out
    assert not {"\x1b", "\x07", "\u202e"} & set(told)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("offices", "set", "Åre"), "--owner"),
        (("offices", "set", "Nyland", "--owner", "eva"), "Nyland"),
        (("offices", "set", "Åre", "--assessment", "kanske"), "enligt plan"),
        (("offices", "set", "Åre", "--contact", "ingen@are.se"), "ingen@are.se"),
        (("offices", "set", "Åre", "--owner", "eva", "--message", "m999"), "m999"),
        (("offices", "step", "Åre", "städning", "--planned", "i maj"), "behovsanalys"),
        (("offices", "step", "Åre", "lokalval"), "--planned"),
        (("offices", "step", "Åre", "lokalval", "--planned", "sen"), "sen"),
        (("offices", "step", "Åre", "lokalval", "--actual", "2021-10-19"), "--begun"),
        (("offices", "step", "Åre", "lokalval", "--not-needed"), "Ombyggnation"),
        (("offices", "step", "Åre", "lokalval", "--actual", "2 maj", "--begun", "1 maj"), "--finished"),
        (("plan", "diff", "2020-01-01"), "2020-01-01"),
        (("plan", "import", "/finns/inte.toml"), "/finns/inte.toml"),
        (("plan", "reports", "move", "ingen", "--due", "v. 50", "--source", "x"), "ingen"),
    ],
)
def test_what_cannot_be_is_refused_with_a_way_out(ready: Machine, words: tuple[str, ...], named: str) -> None:
    assert named.casefold() in ready(*words, code=2).err.casefold()


def test_reports_are_moved_and_closed(ready: Machine) -> None:
    rows = {row["key"]: row for row in ready("plan", "reports", "--json").rows}
    assert [one["kind"] for one in rows["interim-2021"]["days"]] == ["draft", "decision", "dispatch"]
    moved = ready(
        "plan", "reports", "move", "interim-2021", "--due", "2021-12-15", "--source", "Fi2021/03111"
    )
    assert "Källa: Fi2021/03111" in moved.out
    assert "Först: tis 30 nov 2021" in moved.out
    closing = ("--evidence", "m12", "--number", "2021-00999", "--on", "15 oktober")
    closed = ready("plan", "reports", "close", "interim-2021", *closing)
    assert "Lämnad fre 15 okt 2021 (v. 41) med nummer 2021-00999: m12" in closed.out
    ready("undo", "--steps", "2")
    assert ready("plan", "reports", "--json").rows[0] == rows["interim-2021"]


def test_the_days_before_a_report_are_reminded_of(ready: Machine) -> None:
    told = ready("--today", "2021-10-29", "reminders").out
    assert "Utkast klart: Delredovisning till Regeringskansliet" in told
    ready("plan", "reports", env={"ATERKOM_REPORT_DRAFT_DAYS": "0"})
    assert "Utkast klart: Delredovisning" not in ready("--today", "2021-10-29", "reminders").out
