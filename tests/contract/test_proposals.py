"""What mails say of an office is proposed with its sentence; a person's yes makes it history."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from crm import ids
from crm.erasing import erase
from crm.errors import AlreadyAccepted, NotFound, WithoutOffice
from crm.links import link
from crm.office_setting import Wanted, WantedStep, Why, set_office, set_step
from crm.office_steps import Window
from crm.offices import show_office
from crm.proposals import accept_proposals, office_proposals, reject_proposals
from crm.rows.offices import OfficeView, ProposalRow
from crm.undoing import undo as take_back
from db.schema import Audit, Message, OfficeChange, OfficeFact
from db.store import Store
from tests.intake import Take
from tests.mails import ANNA, BO, CIA, mail

NOW = datetime(2022, 5, 20, 10, tzinfo=UTC)
TODAY = NOW.date()
ELSE = "Eva Ek <eva.ek@norrhus.example>"
ANALYSED = "Hej!\n\nBehovsanalysen blev klar den 2 maj.\n\nMed vänlig hälsning\nBo Ekdahl"


def waiting(
    store: Store, office: str | None = None, limit: int = 0, before: str | None = None
) -> list[ProposalRow]:
    with store.read() as session:
        return office_proposals(session, office, limit=limit, before=before)


def brief(rows: Sequence[ProposalRow]) -> list[tuple[str | None, str, object]]:
    return [(row.office_name, row.field, row.value) for row in rows]


def accept(store: Store, *names: str) -> list[ProposalRow]:
    with store.write() as session:
        return accept_proposals(session, names, by="anna", now=NOW)


def reject(store: Store, *names: str) -> list[ProposalRow]:
    with store.write() as session:
        return reject_proposals(session, names, by="anna", now=NOW)


def undo(store: Store) -> None:
    with store.write() as session:
        take_back(session, by="anna", now=NOW)


def page(store: Store, name: str = "Ånge") -> OfficeView:
    with store.read() as session:
        return show_office(session, name, TODAY)


def of_step(view: OfficeView, kind: str) -> tuple[Window, Window]:
    return next((step.planned, step.actual) for step in view.steps if step.kind == kind)


def day(text: str) -> date:
    return date.fromisoformat(text)


def test_a_step_that_a_mail_says_is_done_is_proposed_and_accepted(filled: Store, take: Take) -> None:
    take(mail(ANALYSED, sender=BO, to=ANNA, at="2022-05-10 09:00"))
    (row,) = waiting(filled)
    assert (row.office_name, row.field, row.before) == ("Ånge", "step.behovsanalys.actual", None)
    assert row.value == {"start": None, "end": "2022-05-02"}
    assert (row.text, row.sender, row.date) == (
        "Behovsanalysen blev klar den 2 maj.",
        "Bo Ekdahl",
        day("2022-05-10"),
    )
    assert page(filled).proposals == (row,)
    (accepted,) = accept(filled, row.id)
    assert (accepted.state, accepted.decided_by) == ("accepted", "anna")
    view = page(filled)
    assert of_step(view, "behovsanalys")[1] == Window(None, day("2022-05-02"))
    assert (view.office.step, view.proposals, waiting(filled)) == ("kravspecifikation", (), [])
    change = view.history[0]
    assert (change.by, change.because, change.message) == ("anna", row.text, row.message)


def test_undo_puts_a_yes_and_its_change_back(filled: Store, take: Take) -> None:
    take(mail(ANALYSED, sender=BO, to=ANNA, at="2022-05-10 09:00"))
    before = waiting(filled)
    accept(filled, before[0].id)
    undo(filled)
    assert waiting(filled) == before
    assert of_step(page(filled), "behovsanalys")[1] == Window()


def test_many_at_once_are_one_step_of_undo_and_of_the_log(filled: Store, take: Take) -> None:
    take(
        mail(f"{ANALYSED}", sender=BO, to=ANNA, at="2022-05-10 09:00"),
        mail("Vi planerar invigning den 25 april 2023.", sender=CIA, to=ANNA, at="2022-05-11 09:00"),
    )
    rows = waiting(filled)
    assert brief(rows) == [
        ("Filipstad", "step.invigning.planned", {"start": "2023-04-25", "end": "2023-04-25"}),
        ("Ånge", "step.behovsanalys.actual", {"start": None, "end": "2022-05-02"}),
    ]
    accept(filled, *(row.id for row in rows))
    assert waiting(filled) == []
    undo(filled)
    assert waiting(filled) == rows
    with filled.read() as session:
        assert list(session.scalars(select(Audit.action).order_by(Audit.id))) == ["proposal accept", "undo"]


def test_what_was_rejected_is_not_proposed_again_when_it_is_said_again(filled: Store, take: Take) -> None:
    take(mail(ANALYSED, sender=BO, to=ANNA, at="2022-05-10 09:00"))
    (row,) = waiting(filled)
    assert [one.state for one in reject(filled, row.id)] == ["dismissed"]
    take(mail("Som sagt: behovsanalysen blev klar den 2 maj.", sender=BO, to=ANNA, at="2022-05-12 09:00"))
    assert waiting(filled) == []
    take(mail("Behovsanalysen blev klar den 9 maj.", sender=BO, to=ANNA, at="2022-05-13 09:00"))
    assert [one.value for one in waiting(filled)] == [{"start": None, "end": "2022-05-09"}]
    undo(filled)
    assert [one.value for one in waiting(filled)] == [{"start": None, "end": "2022-05-09"}]


def test_what_was_accepted_is_not_rejected(filled: Store, take: Take) -> None:
    take(mail(ANALYSED, sender=BO, to=ANNA, at="2022-05-10 09:00"))
    (row,) = waiting(filled)
    accept(filled, row.id)
    with pytest.raises(AlreadyAccepted):
        reject(filled, row.id)
    with pytest.raises(NotFound):
        accept(filled, "c999")


def test_what_the_history_has_is_not_proposed(filled: Store, take: Take) -> None:
    with filled.write() as session:
        done = WantedStep(actual=Window(day("2022-04-01"), day("2022-05-02")))
        set_step(session, "Ånge", "behovsanalys", done, Why("anna", NOW))
    take(mail(ANALYSED, sender=BO, to=ANNA, at="2022-05-10 09:00"))
    take(mail("Ånge kommun ingår i den andra omgången.", sender=BO, to=ANNA, at="2022-05-10 10:00"))
    assert waiting(filled) == []


def test_the_plan_of_a_later_day_overtakes_what_a_mail_said_of_the_phase(filled: Store, take: Take) -> None:
    take(mail("Ånge kommun planeras att ingå i den första omgången.", at="2021-05-28 09:00"))
    assert waiting(filled) == []
    take(mail("Ånge kommun flyttas till den första omgången.", at="2021-10-28 09:00"))
    assert brief(waiting(filled)) == [("Ånge", "phase", 1)]
    assert waiting(filled)[0].before == 2


def test_of_several_mails_on_one_thing_the_newest_is_proposed(filled: Store, take: Take) -> None:
    take(
        mail("Invigningen flyttas till den 10 oktober.", sender=BO, to=ANNA, at="2022-05-12 09:00"),
        mail("Invigningen blir den 3 oktober.", sender=BO, to=ANNA, at="2022-05-10 09:00"),
    )
    assert [row.value for row in waiting(filled)] == [{"start": "2022-10-10", "end": "2022-10-10"}]
    take(mail("Invigningen blir den 3 oktober som sagt.", sender=BO, to=ANNA, at="2022-05-11 09:00"))
    assert [row.value for row in waiting(filled)] == [{"start": "2022-10-10", "end": "2022-10-10"}]


def test_a_change_of_a_later_day_overtakes_a_mail_until_it_is_undone(filled: Store, take: Take) -> None:
    take(mail("Invigningen blir den 3 oktober.", sender=BO, to=ANNA, at="2022-05-10 09:00"))
    assert len(waiting(filled)) == 1
    with filled.write() as session:
        planned = WantedStep(planned=Window(day("2022-11-01"), day("2022-11-01")))
        set_step(session, "Ånge", "invigning", planned, Why("anna", NOW))
    assert waiting(filled) == []
    undo(filled)
    assert len(waiting(filled)) == 1


def test_a_beginning_and_an_end_are_one_window(filled: Store, take: Take) -> None:
    text = "Ombyggnationen av kontoret startar i augusti och beräknas vara klar i november."
    take(mail(text, sender=BO, to=ANNA, at="2022-05-10 09:00"))
    accept(filled, *(row.id for row in waiting(filled)))
    assert of_step(page(filled), "ombyggnation")[0] == Window(day("2022-08-01"), day("2022-11-30"))


def test_place_area_and_people(filled: Store, take: Take) -> None:
    take(
        mail("Nu har vi hittat lokal på Storgatan 1.", sender=BO, to=ANNA, at="2022-05-10 09:00"),
        mail(
            "Kontoret i Ånge ligger inte i något socialt utsatt område.",
            sender=BO,
            to=ANNA,
            at="2022-05-10 10:00",
        ),
        mail("Bo Ekdahl är kommunens kontaktperson.", sender=BO, to=ANNA, at="2022-05-10 11:00"),
        mail("Jag är projektledare för servicekontoret i Ånge.", sender=ANNA, to=BO, at="2022-05-10 12:00"),
    )
    accept(filled, *(row.id for row in waiting(filled)))
    view = page(filled, "Ånge")
    assert (view.office.place, view.office.vulnerable_area, view.office.owner) == (
        "Storgatan 1",
        "none",
        "Anna Lindgren",
    )
    assert [person.name for person in view.contacts] == ["Bo Ekdahl"]
    assert waiting(filled) == []
    take(
        mail(
            "Bo Ekdahl är fortfarande kommunens kontaktperson. Bo Ekdahl är kommunens kontaktperson.",
            sender=BO,
            to=ANNA,
            at="2022-05-11 11:00",
        )
    )
    assert waiting(filled) == []


def test_a_mail_of_several_offices_tells_by_the_name(filled: Store, take: Take) -> None:
    text = "Hej! Behovsanalysen i Ånge blev klar den 2 maj. Lokalvalet i Filipstad är klart. Kravspecifikationen är klar."
    take(mail(text, sender=ANNA, to=[BO, CIA], at="2022-05-10 09:00"))
    assert {(row.office_name, row.field) for row in waiting(filled)} == {
        ("Ånge", "step.behovsanalys.actual"),
        ("Filipstad", "step.lokalval.actual"),
    }
    assert [row.office_name for row in waiting(filled, "Filipstad")] == ["Filipstad"]


def test_a_mail_that_is_linked_by_hand_proposes_from_then_on(filled: Store, take: Take) -> None:
    take(mail("Installationen i kontoret är klar.", sender=ELSE, to=ANNA, at="2022-05-10 09:00"))
    assert waiting(filled) == []
    with filled.read() as session:
        fact = session.scalars(select(OfficeFact.id)).one()
        message = ids.printed("message", session.scalars(select(Message.id)).one())
    with pytest.raises(WithoutOffice):
        accept(filled, ids.printed("proposal", fact))
    with filled.write() as session:
        link(session, message, "Boden", by="anna", now=NOW)
    assert [(row.office_name, row.field) for row in waiting(filled)] == [
        ("Boden", "step.installation.actual")
    ]


def test_reading_again_keeps_ids_and_decisions(filled: Store, take: Take) -> None:
    letters = (
        mail(ANALYSED, sender=BO, to=ANNA, at="2022-05-10 09:00"),
        mail("Invigningen blir den 3 oktober.", sender=BO, to=ANNA, at="2022-05-11 09:00"),
    )
    take(*letters)
    invited, analysed = waiting(filled)
    accept(filled, analysed.id)
    take(*letters)
    assert waiting(filled) == [invited]
    with filled.read() as session:
        assert sorted((row.state, row.found) for row in session.scalars(select(OfficeFact))) == [
            ("accepted", True),
            ("proposed", True),
        ]


def test_automatic_mail_proposes_nothing(filled: Store, take: Take) -> None:
    take(
        mail(ANALYSED, sender=BO, to=ANNA, at="2022-05-10 09:00", headers={"Auto-Submitted": "auto-replied"})
    )
    assert waiting(filled) == []


def test_the_list_goes_on_by_page(filled: Store, take: Take) -> None:
    take(
        *(
            mail(f"Invigningen i {name} blir den 3 oktober.", at=f"2022-05-1{at} 09:00")
            for at, name in enumerate(("Ånge", "Boden", "Åre"))
        )
    )
    first = waiting(filled, limit=2)
    rest = waiting(filled, limit=2, before=first[-1].id)
    assert [row.office_name for row in (*first, *rest)] == ["Åre", "Boden", "Ånge"]
    with filled.read() as session:
        assert session.scalars(select(OfficeChange).where(OfficeChange.message_id.is_not(None))).all() == []


def test_an_owner_that_staff_set_later_stays(filled: Store, take: Take) -> None:
    with filled.write() as session:
        set_office(session, "Ånge", Wanted(owner="eva"), Why("anna", NOW))
    take(mail("Jag är projektledare för servicekontoret i Ånge.", sender=ANNA, to=BO, at="2022-05-10 12:00"))
    assert waiting(filled) == []


def test_of_a_private_mail_neither_proposal_nor_sentence_is_left(filled: Store, take: Take) -> None:
    take(
        mail(ANALYSED, sender=BO, to=ANNA, at="2022-05-10 09:00", subject="Privat"),
        mail("Invigningen blir den 3 oktober.", sender=BO, to=ANNA, at="2022-05-11 09:00"),
    )
    invited, analysed = waiting(filled)
    accept(filled, analysed.id)
    erase(filled, [analysed.message], by="anna", now=NOW)
    assert waiting(filled) == [invited]
    with filled.read() as session:
        assert session.scalars(select(OfficeFact.text)).all() == [invited.text]
        told = session.scalars(select(OfficeChange).where(OfficeChange.field == analysed.field)).one()
        assert (told.because, told.message_id, told.value) == (None, None, analysed.value)
    undo(filled)
    assert of_step(page(filled), "behovsanalys")[1] == Window()


def test_a_mail_that_names_an_office_of_another_name_is_not_about_the_linked_one(
    filled: Store, take: Take
) -> None:
    take(mail("Kontoret i Kiruna invigdes den 2 maj.", sender=BO, to=ANNA, at="2022-05-10 09:00"))
    assert waiting(filled) == []
