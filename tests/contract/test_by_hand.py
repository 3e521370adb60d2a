"""What people add to what mails say: follow-ups, notes, who is whose, who is away. On every store."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import func, select, update

from crm import absences, followups, notes, undoing
from crm import search as searching
from crm.adding import Overruled, add_follow_up, read_sentence
from crm.errors import (
    AwayAlready,
    DeputiesInCircle,
    EmptyText,
    NotFound,
    NothingToUndo,
    OwnDeputy,
    TooLong,
    WrongOrder,
)
from crm.handing_over import hand_over
from crm.history import show_follow_up
from crm.reminders import list_reminders
from crm.rows.follow_ups import FollowUpRow
from crm.rows.notes import AbsenceRow, NoteRow
from db.note_index import find_notes
from db.schema import Audit, FollowUp, Office
from db.store import Store
from tests.intake import Take
from tests.mails import ANNA, BO, mail

NOW = datetime(2021, 10, 18, 9, tzinfo=UTC)
TODAY = NOW.date()
PROMISE = "Hej!\n\nVi återkommer i slutet av oktober 2021 om lokalen i Ånge.\n\nAnna Lindgren"


def add(store: Store, text: str, *, by: str = "anna", **said: str) -> FollowUpRow:
    with store.write() as session:
        overruled = Overruled(**said)  # type: ignore[arg-type]
        read = read_sentence(session, text, TODAY, by=by, own=["statenssc.se"], say=overruled)
        return add_follow_up(session, read, by=by, now=NOW)


def note(store: Store, text: str, **given: object) -> NoteRow:
    with store.write() as session:
        return notes.add_note(session, text, by="anna", now=NOW, **given)  # type: ignore[arg-type]


def undo(store: Store, by: str = "anna") -> list[undoing.Changed]:
    with store.write() as session:
        return undoing.undo(session, by=by, now=NOW)


def row(store: Store, name: str) -> FollowUpRow:
    with store.read() as session:
        return followups.by_ids(session, [name])[0]


def promise(store: Store) -> FollowUpRow:
    with store.read() as session:
        (found,) = followups.where(session, FollowUp.message_id.is_not(None))
    return found


def own(store: Store, owner: str) -> None:
    with store.write() as session:
        session.execute(update(Office).where(Office.municipality_code == "2260").values(owner=owner))


# --- added by hand ---


def test_a_sentence_becomes_an_open_follow_up(filled: Store) -> None:
    made = add(filled, "Återkomma till Ånge om lokalen på torsdag")
    assert (made.state, made.owes, made.office, made.decided_by) == ("accepted", "us", "2260", "anna")
    assert (made.due_start, made.due_end) == (date(2021, 10, 21), date(2021, 10, 21))
    assert (made.assignee, made.message, made.who) == ("anna", None, "Statens servicecenter")


def test_what_was_misread_is_overruled(filled: Store) -> None:
    made = add(filled, "Ring på torsdag", office="Boden", owes="them", kind="request", assignee="eva")
    assert (made.office, made.owes, made.kind, made.assignee) == ("2582", "them", "request", "eva")


def test_ours_goes_to_the_owner_of_its_office(filled: Store) -> None:
    own(filled, "eva")
    assert add(filled, "Återkomma till Ånge på torsdag").assignee == "eva"
    assert add(filled, "Ånge återkommer på torsdag").assignee is None


def test_undo_takes_it_away_and_its_number_is_not_given_again(filled: Store) -> None:
    first = add(filled, "Ring Bo på torsdag")
    (gone,) = undo(filled)
    assert (gone.id, row(filled, first.id).state) == (first.id, "dismissed")
    assert add(filled, "Ring Bo på torsdag").id != first.id
    with filled.read() as session:
        assert [one.follow_up.id for one in list_reminders(session, TODAY, who="anna")] != [first.id]
        log = session.scalars(select(Audit.action).order_by(Audit.id.desc()).limit(3)).all()
    assert log == ["follow-up add", "undo", "follow-up add"]


def test_a_sentence_without_a_word_and_one_without_end_are_refused(filled: Store) -> None:
    with pytest.raises(EmptyText):
        add(filled, " \n ")
    with pytest.raises(TooLong):
        add(filled, "ring " * 1000)


# --- kept by a later letter ---


def came(words: str, at: str = "2021-10-20 10:00", subject: str = "Lokalen", **more: Any) -> bytes:
    return mail(f"Hej!\n\n{words}", subject=subject, at=at, message_id="<later@x.example>", **more)


def test_what_was_added_by_hand_is_kept_by_a_later_letter_of_ours(filled: Store, take: Take) -> None:
    made = add(filled, "Återkomma till Ånge om lokalen på torsdag")
    take(
        came("Vi har bestämt oss: lokalen på Storgatan blir bra.", "2021-10-21 10:00"),
        today=date(2021, 10, 21),
    )
    kept = row(filled, made.id)
    assert (kept.state, (kept.evidence or {})["message"], (kept.evidence or {})["date"]) == (
        "kept",
        "m1",
        "2021-10-21",
    )


def test_what_they_owe_is_kept_by_a_letter_of_theirs(filled: Store, take: Take) -> None:
    made = add(filled, "Ånge skickar ritningarna på torsdag")
    take(came("Här kommer ritningarna.", sender=BO, to=ANNA), today=date(2021, 10, 20))
    assert row(filled, made.id).state == "kept"


@pytest.mark.parametrize(
    "letter",
    [
        came("Tack för senast!", "2021-10-21 10:00", "Möte"),
        came("Vi behöver några dagar till om lokalen.", "2021-10-21 10:00"),
        came("Lokalen på Storgatan blir bra.", "2021-10-21 10:00", sender=BO, to=ANNA),
        came("Lokalen på Storgatan blir bra.", "2021-10-17 10:00"),
        came(
            "Lokalen på Storgatan blir bra.", "2021-10-21 10:00", to="Cia Norberg <cia.norberg@filipstad.se>"
        ),
    ],
    ids=["another thing", "put off", "the other side", "before it was added", "another office"],
)
def test_what_does_not_keep_it(filled: Store, take: Take, letter: bytes) -> None:
    made = add(filled, "Återkomma till Ånge om lokalen på torsdag")
    take(letter, today=date(2021, 10, 21))
    assert row(filled, made.id).state == "accepted"


def test_what_a_letter_keeps_is_opened_again_or_taken_back(filled: Store, take: Take) -> None:
    made = add(filled, "Ånge skickar ritningarna på torsdag")
    take(came("Här kommer ritningarna.", sender=BO, to=ANNA), today=date(2021, 10, 20))
    with filled.write() as session:
        followups.decide(session, [made.id], "reopen", by="anna", now=NOW)
    assert row(filled, made.id).state == "accepted"
    undo(filled)
    assert row(filled, made.id).state == "kept"
    undo(filled)
    assert row(filled, made.id).state == "dismissed"


# --- whose a new one is ---


def test_a_new_promise_of_ours_is_its_senders(filled: Store, take: Take) -> None:
    take(mail(PROMISE, sender=ANNA))
    assert promise(filled).assignee == "Anna Lindgren"


def test_the_offices_owner_comes_before_the_sender(filled: Store, take: Take) -> None:
    own(filled, "eva")
    take(mail(PROMISE, sender=ANNA))
    assert promise(filled).assignee == "eva"


@pytest.mark.parametrize(
    ("words", "sender", "to"),
    [
        ("Kan ni skicka ritningarna senast den 18 juni?", BO, ANNA),
        ("Vi återkommer den 18 juni om lokalen.", BO, ANNA),
        ("Vi återkommer den 18 juni om lokalen.", "Registrator <registrator@statenssc.se>", BO),
    ],
)
def test_what_is_nobodys_yet(filled: Store, take: Take, words: str, sender: str, to: str) -> None:
    take(mail(words, sender=sender, to=to))
    assert promise(filled).assignee is None


def test_a_persons_assignment_outranks_and_undo_gives_the_first_back(filled: Store, take: Take) -> None:
    letter = mail(PROMISE, sender=ANNA)
    take(letter)
    with filled.write() as session:
        followups.decide(session, [promise(filled).id], "assign", by="anna", now=NOW, who="bo")
    take(letter)
    assert promise(filled).assignee == "bo"
    undo(filled)
    assert promise(filled).assignee == "Anna Lindgren"


def test_all_that_is_open_of_one_is_handed_over_in_one_step(filled: Store) -> None:
    names = [add(filled, f"Ring nummer {number}").id for number in range(3)]
    with filled.write() as session:
        followups.decide(session, names[:1], "done", by="cia", now=NOW)
        changed = hand_over(session, "anna", "bo", by="anna", now=NOW)
    assert [(one.id, one.assignee) for one in changed] == [(names[1], "bo"), (names[2], "bo")]
    assert row(filled, names[0]).assignee == "anna"
    assert {one.id for one in undo(filled)} == set(names[1:])
    assert {row(filled, name).assignee for name in names} == {"anna"}


# --- moved, put off, shown ---


def test_a_date_is_moved_for_a_reason(filled: Store) -> None:
    name = add(filled, "Återkomma till Ånge om lokalen på torsdag").id
    later = date(2021, 10, 28)
    with filled.write() as session, pytest.raises(EmptyText):
        followups.decide(session, [name], "move", by="bo", now=NOW, due=(later, later), because=" ")
    assert row(filled, name).moved is None


def test_a_moved_one_keeps_its_first_date_and_its_history(filled: Store) -> None:
    name = add(filled, "Återkomma till Ånge på torsdag").id
    later, last = date(2021, 11, 1), date(2021, 11, 8)
    with filled.write() as session:
        followups.decide(session, [name], "move", by="bo", now=NOW, due=(later, later), because="Cia sjuk")
        followups.decide(session, [name], "move", by="bo", now=NOW, due=(last, last), because="Bo ringde")
        followups.decide(session, [name], "snooze", by="bo", now=NOW, until=date(2021, 10, 25))
    moved = row(filled, name)
    assert (moved.due_end, moved.snoozed_until) == (last, date(2021, 10, 25))
    assert moved.moved == {"due_start": "2021-10-21", "due_end": "2021-10-21", "because": "Bo ringde"}
    with filled.read() as session:
        history = show_follow_up(session, name).history
    assert [(one.action, one.from_end, one.due_end) for one in history] == [
        ("add", None, None),
        ("move", date(2021, 10, 21), later),
        ("move", later, last),
        ("snooze", None, None),
    ]
    undo(filled, "bo")
    undo(filled, "bo")
    with filled.read() as session:
        view = show_follow_up(session, name)
    assert view.follow_up.moved == {"due_start": "2021-10-21", "due_end": "2021-10-21", "because": "Cia sjuk"}
    assert [one.undone_by for one in view.history] == [None, None, "bo", "bo"]


# --- notes ---


def test_a_note_is_written_corrected_and_taken_back(filled: Store) -> None:
    made = note(filled, "Ringde Bo om ritningarna", office="Ånge", kind="call")
    assert (made.id, made.kind, made.office, made.author, made.at) == ("n1", "call", "2260", "anna", NOW)
    with filled.write() as session:
        changed = notes.correct_note(session, "n1", by="bo", now=NOW, text="Ringde Cia om avtalet")
    assert (changed.text, changed.office, changed.changed_by) == ("Ringde Cia om avtalet", "2260", "bo")
    with filled.read() as session:
        view = notes.show_note(session, "n1")
        assert [one.text for one in view.versions] == ["Ringde Bo om ritningarna"]
        assert (find_notes(session, "avtal"), find_notes(session, "ritning")) == ([1], [])
    (back,) = undo(filled, "bo")
    assert isinstance(back, NoteRow)
    assert (back.text, back.changed_by) == ("Ringde Bo om ritningarna", None)
    (gone,) = undo(filled)
    assert isinstance(gone, NoteRow)
    assert gone.removed
    with filled.read() as session:
        assert notes.list_notes(session, notes.NoteQuery()) == []
        assert find_notes(session, "ritning") == []
        assert notes.show_note(session, "n1").note.removed
        with pytest.raises(NotFound):
            notes.get_note(session, "n1")
    assert note(filled, "En till").id == "n2"


def test_what_is_noted_at_several_offices_is_one_step(filled: Store) -> None:
    with filled.write() as session:
        made = notes.add_notes(session, "Samråd om lokaler", ["Ånge", "Boden"], by="anna", now=NOW)
        assert [row.office_name for row in made] == ["Ånge", "Boden"]
        undoing.undo(session, by="anna", now=NOW)
        assert notes.list_notes(session, notes.NoteQuery()) == []


def test_a_note_is_evidence_and_both_are_one_step(filled: Store, take: Take) -> None:
    take(mail(PROMISE, sender=ANNA))
    name = promise(filled).id
    made = note(filled, "Ringde Bo, lovade det vi lovat", keeps=[name], kind="call")
    kept = row(filled, name)
    assert (kept.state, kept.evidence) == ("kept", {"note": made.id, "date": "2021-10-18", "reason": "note"})
    assert {one.id for one in undo(filled)} == {made.id, name}
    assert (row(filled, name).state, row(filled, name).evidence) == ("proposed", None)
    with pytest.raises(NothingToUndo):
        undo(filled)


def test_what_has_a_note_is_searched_for(filled: Store, take: Take) -> None:
    take(mail(PROMISE, subject="Lokal"), mail("Hej! Vi ses.", subject="Möte", at="2021-06-07 10:00"))
    note(filled, "Bo ringde om nycklar", kind="call")
    note(filled, "Lämnade besked om lokalen", keeps=[promise(filled).id])

    def found(text: str) -> list[str]:
        with filled.read() as session:
            return [row.subject or "" for row in searching.search(session, text, today=TODAY)]

    assert found("har:anteckning") == ["Lämnade besked om lokalen", "Bo ringde om nycklar", "Lokal"]
    assert found("has:note nycklar") == ["Bo ringde om nycklar"]
    assert found("har:anteckning kontor:ånge") == ["Lokal"]
    assert "Lokal" not in found("-har:anteckning")


def test_what_is_done_with_a_note_is_kept_until_it_is_opened_again(filled: Store) -> None:
    name = add(filled, "Ring Bo på torsdag").id
    made = note(filled, "Ringde Bo")
    with filled.write() as session:
        (kept,) = followups.decide(
            session, [name], "done", by="anna", now=NOW, note=notes.evidence(session, made.id)
        )
        assert kept.state == "kept"
        (opened,) = followups.decide(session, [name], "reopen", by="anna", now=NOW)
    assert (opened.state, opened.evidence) == ("accepted", None)


def test_a_note_stands_beside_the_letter_that_kept_it(filled: Store, take: Take) -> None:
    take(
        mail(PROMISE, sender=ANNA, message_id="<1@x.example>"),
        mail(
            "Som utlovat återkommer vi om Ånge.",
            at="2021-10-25 09:00",
            message_id="<2@x.example>",
            reply_to=["<1@x.example>"],
        ),
    )
    letter = promise(filled).evidence
    made = note(filled, "Ringde också", keeps=[promise(filled).id])
    assert promise(filled).evidence == {**(letter or {}), "note": made.id}
    undo(filled)
    assert (promise(filled).state, promise(filled).evidence) == ("kept", letter)


def test_notes_are_listed_by_when_it_happened_and_paged(filled: Store) -> None:
    for day in (12, 15, 13):
        note(filled, f"Den {day} oktober", at=datetime(2021, 10, day, 9, tzinfo=UTC))
    with filled.read() as session:
        first = notes.list_notes(session, notes.NoteQuery(limit=2))
        rest = notes.list_notes(session, notes.NoteQuery(limit=2, before=first[-1].id))
    assert [one.id for one in (*first, *rest)] == ["n2", "n3", "n1"]


def test_hostile_words_of_a_note_are_kept_and_found(filled: Store) -> None:
    note(filled, "Brev rött \x1b[31m \x00 NEAR(\" OR '--")
    with filled.read() as session:
        assert find_notes(session, 'rött "NEAR("') == [1]
        assert find_notes(session, '"') == []


# --- who is away ---


def absent(store: Store, who: str, first: int, last: int, deputy: str) -> AbsenceRow:
    days = date(2021, 10, first), date(2021, 10, last)
    with store.write() as session:
        return absences.add_absence(session, who, *days, deputy=deputy, by="anna", now=NOW)


def listed(store: Store, who: str, day: int) -> list[tuple[str, str | None]]:
    with store.read() as session:
        found = list_reminders(session, date(2021, 10, day), who=who)
    return [(one.follow_up.id, one.on_behalf_of) for one in found]


def test_a_deputy_is_reminded_of_both_while_somebody_is_away(filled: Store) -> None:
    annas = add(filled, "Ring Cia den 25 oktober").id
    bos = add(filled, "Ring Dan den 26 oktober", by="bo").id
    made = absent(filled, "anna", 18, 22, "bo")
    assert listed(filled, "bo", 18) == [(annas, "anna"), (bos, None)]
    assert listed(filled, "anna", 18) == [(annas, None)]
    assert listed(filled, "bo", 23) == [(bos, None)]
    assert row(filled, annas).assignee == "anna"
    with filled.write() as session:
        ended = absences.end_absence(session, made.id, by="anna", now=datetime(2021, 10, 20, 9, tzinfo=UTC))
        assert absences.deputies(session, date(2021, 10, 19)) == {"anna": "bo"}
        assert absences.covers(session, "bo", date(2021, 10, 20)) == ()
    assert ended.last == date(2021, 10, 19)
    (back,) = undo(filled)
    assert back == made


def test_an_absence_is_taken_back(filled: Store) -> None:
    made = absent(filled, "anna", 18, 22, "bo")
    (gone,) = undo(filled)
    assert isinstance(gone, AbsenceRow)
    assert (gone.id, gone.removed) == (made.id, True)
    with filled.read() as session:
        assert absences.list_absences(session, TODAY) == []
        with pytest.raises(NotFound):
            absences.end_absence(session, made.id, by="anna", now=NOW)


def test_one_that_has_not_begun_is_taken_away(filled: Store) -> None:
    made = absent(filled, "anna", 25, 26, "bo")
    with filled.write() as session:
        assert absences.end_absence(session, made.id, by="anna", now=NOW).removed
    assert undo(filled) == [made]


def test_absences_that_cannot_be(filled: Store) -> None:
    absent(filled, "anna", 18, 22, "bo")
    absent(filled, "bo", 20, 20, "cia")
    with pytest.raises(WrongOrder):
        absent(filled, "dan", 22, 18, "bo")
    with pytest.raises(OwnDeputy):
        absent(filled, "dan", 18, 18, "dan")
    with pytest.raises(AwayAlready, match="anna"):
        absent(filled, "anna", 22, 23, "cia")
    with pytest.raises(DeputiesInCircle) as caught:
        absent(filled, "cia", 18, 30, "anna")
    assert (caught.value.names, caught.value.day) == ("cia → anna → bo → cia", date(2021, 10, 20))
    with filled.read() as session:
        assert len(absences.list_absences(session, TODAY)) == 2
        assert session.scalar(select(func.count()).where(Audit.action == "absence add")) == 2
