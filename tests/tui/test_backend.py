"""The screen's questions, asked of a real store; and the picture of the screen over it."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from crm.agenda_rows import AgendaQuery, Seen
from crm.errors import NothingToUndo, NotUnderstood
from crm.office_setting import Wanted
from tui.backend import Backend, Decision, StoreBackend
from tui.cli.options import Options

MONDAY = date(2021, 10, 18)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"sqlite:///{tmp_path_factory.mktemp('store') / 'a.sqlite'}"


@pytest.fixture
def backend(url: str) -> Iterator[Backend]:
    made = StoreBackend(Options(database=url, today=MONDAY, user="anna"))
    yield made
    made.close()


def test_the_situation_of_a_new_store(backend: Backend) -> None:
    found = backend.situation()
    assert (found.today, found.pinned, found.user) == (MONDAY, True, "anna")
    assert (found.summary.accounts, found.summary.messages) == (0, 0)


def test_offices_and_their_pages(backend: Backend) -> None:
    offices = backend.offices()
    assert len(offices) == 28
    page = backend.office(next(o.id for o in offices if o.municipality == "Ånge"))
    assert page.office.code == "2260"
    assert page.messages == ()


def test_a_decision_and_its_undo(backend: Backend) -> None:
    before = backend.agenda(AgendaQuery())
    first = before.ids[0]
    (changed,) = backend.decide(Decision((first,), "done"))
    assert (changed.state, changed.decided_by) == ("done", "anna")
    assert first not in backend.agenda(AgendaQuery()).ids
    assert first in backend.agenda(AgendaQuery(settled=True)).ids
    undone = backend.undo()
    assert (undone.subject, undone.action, [row.id for row in undone.rows]) == ("follow-up", "done", [first])
    assert backend.agenda(AgendaQuery()) == before


def test_a_decision_changes_the_version_and_a_question_does_not(backend: Backend) -> None:
    before = backend.situation().version
    backend.news(Seen())
    assert backend.find("ange")[0].name == "Ånge"
    assert backend.version() == before
    backend.decide(Decision(backend.agenda(AgendaQuery()).ids[:1], "accept"))
    assert backend.version() != before
    backend.undo()


@pytest.mark.parametrize("alone", [True, False])
def test_what_is_made_ready_changes_nothing_and_is_set_aside_where_the_process_is_ours(
    url: str, alone: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    aside: list[bool] = []
    monkeypatch.setattr("crm.collecting.gc.freeze", lambda: aside.append(True))
    made = StoreBackend(Options(database=url, today=MONDAY, user="anna"), alone=alone)
    before = made.version()
    made.warm()
    assert made.version() == before
    assert aside == [True] * alone
    made.close()


def test_nothing_to_undo_is_said(url: str) -> None:
    nobody = StoreBackend(Options(database=url, today=MONDAY, user="nobody"))
    with pytest.raises(NothingToUndo):
        nobody.undo()
    nobody.close()


def test_days_are_read_in_words(backend: Backend) -> None:
    assert backend.parse_day("på måndag") == (date(2021, 10, 25), date(2021, 10, 25))
    assert backend.parse_day("v. 46") == (date(2021, 11, 15), date(2021, 11, 21))
    with pytest.raises(NotUnderstood):
        backend.parse_day("blaj")


def test_an_empty_store_has_no_threads_and_finds_nothing(backend: Backend) -> None:
    assert backend.thread_ids() == []
    assert backend.thread_page([]) == []
    assert backend.search("Ånge-kommun \"'*", 10) == []


def test_a_picture_of_the_screen(url: str, tmp_path: Path) -> None:
    out = tmp_path / "screen.svg"
    words = [sys.executable, "-m", "tui.screenshot", str(out), "--size", "100x30", "--database", url]
    done = subprocess.run([*words, "--today", "2021-10-18"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    svg = out.read_text(encoding="utf-8").replace("&#160;", " ")
    assert svg.startswith("<svg")
    assert "Visar läget den 18 okt 2021" in svg
    assert "Delredovisning" in svg


def test_all_offices_at_once_with_what_is_late(backend: Backend) -> None:
    found = backend.office_map()
    assert [row.id for row in found.offices] == [row.id for row in backend.offices()]
    assert all(row.silent_weeks is not None for row in found.offices if row.phase == 1)
    assert found.silent == {
        row.id for row in found.offices if row.phase == 1
    }  # no letters yet, phase 2 not begun


def test_an_offices_assessment_is_set_and_taken_back(backend: Backend) -> None:
    wanted = Wanted(assessment="risk", reason="ingen lokal")
    office = backend.office("Ånge").office.id
    assert backend.set_offices([office], wanted) == 1
    assert backend.set_offices([office], wanted) == 0
    story = backend.office_story("Ånge")
    assert (story.view.office.assessment, story.view.reason) == ("risk", "ingen lokal")
    assert (story.happened, story.sources) == ((), {})
    assert backend.undo().subject == "office"
    assert backend.office_story("Ånge").view.office.assessment is None
