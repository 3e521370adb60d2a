"""`aterkom report`: written, issued, listed, shown again, taken back; what cannot be done says why."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.integration.commands import Machine
from tests.mails import ANNA, BO, mail

PROMISE = mail(
    "Hej!\n\nVi skickar hyresavtalet till er senast den 15 oktober.", subject="Avtal för Ånge",
    message_id="<promise@x.example>", at="2021-10-05 09:00",
)  # fmt: skip
LATER = mail("Tack för brevet.", sender=BO, to=ANNA, message_id="<later@x.example>", at="2021-10-06 09:00")
AS_OF = ("--as-of", "2021-10-18")


@pytest.fixture
def office(machine: Machine, tmp_path: Path) -> Machine:
    (tmp_path / "a.eml").write_bytes(PROMISE)
    machine("--today", "2021-10-18", "import", str(tmp_path / "a.eml"))
    return machine


def test_a_day_is_told_again_as_it_was_after_more_mail_and_decisions(office: Machine, tmp_path: Path) -> None:
    before = office("--today", "2021-10-19", "report", *AS_OF, "--format", "json")
    kinds = [row["kind"] for row in before.rows]
    assert [kinds.count(kind) for kind in ("office", "total", "promise")] == [28, 1, 1]
    assert {"as_of", "plan", "compared_with"} <= before.rows[0].keys()
    (tmp_path / "b.eml").write_bytes(LATER)
    office("--today", "2021-10-20", "import", str(tmp_path / "b.eml"))
    promise = next(row for row in before.rows if row["kind"] == "promise")
    office("--today", "2021-10-20", "follow-ups", "done", promise["id"])
    office("--today", "2021-10-20", "offices", "set", "Ånge", "--assessment", "late")
    after = office("--today", "2021-10-21", "report", *AS_OF, "--json")
    assert after.out == before.out
    assert "1 brev skrevs till och med dagen och hämtades senare" in after.err
    now = office("--today", "2021-10-21", "report", "--json")
    (found,) = [row for row in now.rows if row["kind"] == "office" and row["municipality"] == "Ånge"]
    assert (found["assessment"], found["letters_in"], found["ours"]["kept"]) == ("late", 1, 1)
    assert "Dagen är inte slut" in now.err


def test_files_appear_whole_and_never_over_others(office: Machine, tmp_path: Path) -> None:
    for name in ("r.xlsx", "r.html", "r.json"):
        file = tmp_path / name
        office("--today", "2021-10-19", "report", *AS_OF, "--output", str(file))
        content = file.read_bytes()
        assert file.stat().st_mode & 0o777 == 0o600
        again = office("--today", "2021-10-19", "report", *AS_OF, "--output", str(file), code=2)
        assert file.read_bytes() == content
        assert "finns redan" in again.err
    assert len(load_workbook(BytesIO((tmp_path / "r.xlsx").read_bytes())).worksheets) == 7
    printed = office("--today", "2021-10-19", "report", *AS_OF, "--format", "html").out
    assert printed == (tmp_path / "r.html").read_text("utf-8")
    office("report", "--output", str(tmp_path / "r.doc"), code=2)
    assert sorted(path.name for path in tmp_path.glob("r.*")) == ["r.html", "r.json", "r.xlsx"]


def test_issued_reports_are_listed_shown_compared_with_and_taken_back(office: Machine) -> None:
    first = office("--today", "2021-10-19", "report", "issue", *AS_OF, "--number", "2021-01431", "--json")
    assert (first.rows[0]["id"], first.rows[0]["number"]) == ("r1", "2021-01431")
    shown = office("--today", "2021-12-01", "report", "show", "r1", "--json")
    assert shown.out == office("--today", "2021-12-01", "report", *AS_OF, "--json").out
    office("--today", "2021-10-20", "offices", "set", "Ånge", "--assessment", "late", "--reason", "bygglov")
    next_one = office("--today", "2021-11-01", "report", "--as-of", "2021-10-31")
    assert "Jämfört med rapporten per mån 18 okt 2021, nummer 2021-01431." in next_one.out
    changes = office("--today", "2021-11-01", "report", "--as-of", "2021-10-31", "--json").rows
    assert [row["field"] for row in changes if row["kind"] == "change"] == ["assessment", "reason"]
    office("--today", "2021-10-19", "undo", "--steps", "2")
    assert "tillbakatagen" in office("report", "list").out
    assert json.loads(office("report", "list", "--json").out)["withdrawn_on"] == "2021-10-19"


def test_what_cannot_be_says_why(office: Machine) -> None:
    assert "report list" in office("report", "show", "r9", code=2).err
    office("report", "--since", "r9", code=2)
    office("--today", "2021-10-19", "report", "issue", "--as-of", "2021-10-20", code=2)
    ahead = office("--today", "2021-10-19", "report", "--as-of", "2021-10-31")
    assert "har inte kommit ännu" in ahead.err
    assert "Ingen rapport har lämnats ännu" in office("report", "list").err
