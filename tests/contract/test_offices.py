"""What staff say of an office: kept with its day, seen from any other day, taken back in one step."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from crm import undoing
from crm.errors import Ambiguous, NotFound
from crm.notes import Kind, add_note
from crm.office_changing import changes_of
from crm.office_history import state_as_of
from crm.office_setting import Wanted, WantedStep, Why, set_office, set_offices, set_step
from crm.office_steps import Window
from crm.offices import OfficeQuery, find_office, list_offices, show_office
from crm.rows.offices import OfficeRow, OfficeView
from db.schema import Audit, Note, Office
from db.store import Store
from tests.intake import Take
from tests.mails import ANNA, BO, mail

TODAY = date(2021, 10, 18)
NOW = datetime(2021, 10, 18, 9, tzinfo=UTC)
MAY = Window(date(2021, 5, 2), date(2021, 5, 2))
SEPTEMBER = Window(date(2021, 9, 1), date(2021, 9, 30))


def say(store: Store, office: str, *, now: datetime = NOW, by: str = "anna", **wanted: Any) -> OfficeRow:
    with store.write() as session:
        row, _is_new = set_office(session, office, Wanted(**wanted), Why(by, now))
    return row


def step(store: Store, office: str, kind: str, *, now: datetime = NOW, **wanted: Any) -> OfficeRow:
    with store.write() as session:
        row, _is_new = set_step(session, office, kind, WantedStep(**wanted), Why("anna", now))
    return row


def undo(store: Store, *, now: datetime = NOW) -> None:
    with store.write() as session:
        undoing.undo(session, by="anna", now=now)


def page(store: Store, office: str, today: date = TODAY) -> OfficeView:
    with store.read() as session:
        return show_office(session, office, today)


def listed(store: Store, **query: Any) -> list[OfficeRow]:
    with store.read() as session:
        return list_offices(session, query=OfficeQuery(TODAY, **query))


def test_an_assessment_comes_with_its_words_and_goes_with_them(filled: Store) -> None:
    say(
        filled,
        "ange",
        owner="eva",
        assessment="late",
        deviation="sex veckor",
        reason="bygglov",
        measure="ny lokal",
    )
    view = page(filled, "Ånge")
    assert (view.office.owner, view.office.assessment) == ("eva", "late")
    assert (view.deviation, view.reason, view.measure) == ("sex veckor", "bygglov", "ny lokal")
    say(filled, "Ånge", assessment="on_plan")
    view = page(filled, "Ånge")
    assert (view.office.owner, view.office.assessment, view.deviation) == ("eva", "on_plan", None)
    undo(filled)
    assert page(filled, "Ånge").deviation == "sex veckor"
    undo(filled)
    view = page(filled, "Ånge")
    assert (view.office.owner, view.office.assessment, view.reason) == (None, None, None)


def test_the_same_said_again_is_no_step_of_undo(filled: Store) -> None:
    say(filled, "Boden", owner="eva")
    with filled.write() as session:
        assert set_office(session, "Boden", Wanted(owner=" eva "), Why("anna", NOW))[1] is False
    undo(filled)
    assert page(filled, "Boden").office.owner is None


def test_several_offices_are_set_as_one_step_of_undo(filled: Store) -> None:
    say(filled, "Åre", owner="eva")
    names = [page(filled, name).office.id for name in ("Boden", "Ånge", "Åre")]
    with filled.write() as session:
        assert len(set_offices(session, names, Wanted(owner="eva"), Why("anna", NOW))) == 2
    assert {page(filled, name).office.owner for name in ("Boden", "Ånge", "Åre")} == {"eva"}
    undo(filled)
    assert [page(filled, name).office.owner for name in ("Boden", "Ånge", "Åre")] == [None, None, "eva"]
    with filled.write() as session, pytest.raises(NotFound):
        set_offices(session, [names[0], "k999"], Wanted(owner="bo"), Why("anna", NOW))


def test_contact_persons_are_people_and_one_who_was_merged_is_the_other(filled: Store, take: Take) -> None:
    take(mail("Hej", sender=BO, to=ANNA))
    say(filled, "Ånge", contacts=("bo.ekdahl@ange.se",), decisions=("2022/17", ""))
    view = page(filled, "Ånge")
    assert [person.name for person in view.contacts] == ["Bo Ekdahl"]
    assert view.decisions == ("2022/17",)
    with pytest.raises(NotFound):
        say(filled, "Ånge", contacts=("nobody@ange.se",))
    say(filled, "Ånge", contacts=("",))
    assert page(filled, "Ånge").contacts == ()


def test_the_step_follows_and_goes_back(filled: Store) -> None:
    assert step(filled, "Åre", "behovs", planned=SEPTEMBER).step == "behovsanalys"
    assert step(filled, "Åre", "Behovsanalys", actual=MAY).step == "kravspecifikation"
    assert step(filled, "Åre", "lokalsokning", begun=SEPTEMBER).step == "lokalsökning"
    assert (
        step(filled, "Åre", "lokalsökning", finished=MAY).step == "lokalsökning"
    )  # an end before its beginning is none
    assert step(filled, "Åre", "lokalsökning", finished=Window(TODAY, TODAY)).step == "lokalval"
    undo(filled)
    assert page(filled, "Åre").office.step == "lokalsökning"
    step(filled, "Åre", "lokalsökning", actual=Window())
    assert page(filled, "Åre").office.step == "kravspecifikation"
    with pytest.raises(NotFound):
        step(filled, "Åre", "invigningen", planned=MAY)
    with pytest.raises(Ambiguous):
        step(filled, "Åre", "lokal", planned=MAY)


def test_a_day_is_told_for_ever_as_it_was(filled: Store) -> None:
    november = date(2021, 11, 30)
    say(filled, "Boden", assessment="risk", now=NOW)
    step(filled, "Boden", "lokalval", planned=SEPTEMBER, now=NOW)

    def told() -> Any:
        with filled.read() as session:
            number = int(find_office(session, "Boden").id[1:])
            return state_as_of(changes_of(session, [number])[number], november)

    before = told()
    assert (before.phase, before.assessment, before.step) == (1, "risk", "lokalval")
    later = NOW + timedelta(days=60)
    undo(filled, now=later)
    say(filled, "Boden", assessment="done", phase=2, now=later)
    assert told() == before
    assert page(filled, "Boden").office.assessment == "done"


def test_the_phase_of_a_day_is_that_of_the_plan_of_that_day(filled: Store) -> None:
    with filled.read() as session:
        number = int(find_office(session, "Boden").id[1:])
        history = changes_of(session, [number])[number]
    assert state_as_of(history, date(2021, 6, 30)).phase is None
    assert state_as_of(history, date(2021, 6, 30)).in_plan
    assert state_as_of(history, date(2021, 9, 29)).phase == 1
    assert not state_as_of(history, date(2021, 5, 26)).in_plan


def test_late_offices_are_named_with_what_waits(filled: Store) -> None:
    step(filled, "Åre", "lokalval", planned=SEPTEMBER, responsible="Bo")
    step(filled, "Boden", "installation", planned=Window(TODAY, TODAY), blocked_by="Åre lokalval")
    (row,) = listed(filled, late=True)
    (late,) = row.late
    assert (row.name, late.step, late.days, late.responsible) == ("Åre", "lokalval", 18, "Bo")
    assert [one.office for one in late.blocks] == ["Boden", "Åre"]
    assert page(filled, "Åre").office.late == row.late


def test_silence_is_broken_by_a_letter_and_by_a_note(filled: Store, take: Take) -> None:
    take(mail("Hej, om lokalen i Boden.", sender="Bo Ek <bo.ek@boden.se>", to=ANNA, at="2021-09-06 09:00"))
    take(mail("Hej, om lokalen i Åre.", sender="Bo Ek <bo.ek@are.se>", to=ANNA, at="2021-09-07 09:00"))
    silent = {row.name: row.silent_weeks for row in listed(filled, silent=6)}
    assert silent["Boden"] == 6
    assert silent["Filipstad"] == 41  # never: since the phase began
    assert "Åre" not in silent  # five weeks and six days
    assert "Ånge" not in silent  # its phase begins in 2022
    with filled.write() as session:
        office = session.scalars(select(Office).where(Office.municipality_code == "2582")).one()
        session.add(
            Note(at=NOW - timedelta(days=1), author="anna", kind="call", text="Ringde", office_id=office.id)
        )
    say(filled, "Filipstad", assessment="done")
    names = {row.name for row in listed(filled, silent=6)}
    assert not {"Boden", "Filipstad"} & names


def noted(store: Store, office: str, kind: Kind, at: datetime) -> None:
    with store.write() as session:
        add_note(session, "Ringde", by="anna", now=NOW, kind=kind, office=office, at=at)


def test_a_note_that_was_taken_back_breaks_no_silence(filled: Store, take: Take) -> None:
    take(mail("Hej, om lokalen i Boden.", sender="Bo Ek <bo.ek@boden.se>", to=ANNA, at="2021-09-06 09:00"))
    noted(filled, "Boden", "call", NOW)
    assert "Boden" not in {row.name for row in listed(filled, silent=6)}
    undo(filled)
    assert "Boden" in {row.name for row in listed(filled, silent=6)}


def test_a_noted_call_is_the_last_contact_and_something_to_remember_is_none(
    filled: Store, take: Take
) -> None:
    take(mail("Hej, om lokalen i Boden.", sender="Bo Ek <bo.ek@boden.se>", to=ANNA, at="2021-09-06 09:00"))
    noted(filled, "Boden", "call", datetime(2021, 9, 9, 22, 30, tzinfo=UTC))  # half past midnight here
    noted(filled, "Boden", "note", NOW)
    row = page(filled, "Boden").office
    assert (row.last_message, row.last_contact) == (date(2021, 9, 6), date(2021, 9, 10))
    assert {one.name: one.last_contact for one in listed(filled)}["Boden"] == row.last_contact
    noted(filled, "Boden", "call", NOW)
    undo(filled)
    assert page(filled, "Boden").office.last_contact == row.last_contact


def test_every_decision_is_in_the_log(filled: Store) -> None:
    say(filled, "Boden", owner="eva")
    step(filled, "Boden", "invigning", planned=SEPTEMBER)
    undo(filled)
    with filled.read() as session:
        actions = session.scalars(select(Audit.action).order_by(Audit.id)).all()
        assert list(actions) == ["office set", "office step", "undo"]
        assert session.scalar(select(func.count()).select_from(Office)) == 28
