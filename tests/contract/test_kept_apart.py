"""What keeps a promise where neither thread nor office holds the two together: its parties, or a note. On every store."""

from datetime import UTC, datetime

import pytest

from crm import followups, notes, undoing
from crm.followups import FollowUpQuery
from crm.rows.follow_ups import FollowUpRow
from db.store import Store
from tests.intake import Take
from tests.mails import ANNA, BO, mail

PER = "Per Sund <per.sund@inredarna.example>"
NOW = datetime(2021, 10, 20, 13, tzinfo=UTC)


def offer(number: int, words: str = "Bifogat finns offerten på skyltarna.", to: str = ANNA) -> bytes:
    return mail(
        f"Hej,\n\n{words}\n\nPer",
        sender=PER,
        to=to,
        subject="Offert 22-0417",
        at="2021-06-16 09:00",
        message_id=f"<{number}@x.example>",
    )


def wish(number: int, subject: str) -> bytes:
    return mail(
        "Hej!\n\nKan ni skicka er offert på skyltarna senast den 18 juni?\n\nAnna",
        to=PER,
        subject=subject,
        message_id=f"<{number}@x.example>",
    )


def requests(store: Store) -> list[FollowUpRow]:
    with store.read() as session:
        rows = followups.list_follow_ups(session, FollowUpQuery(limit=0))
    return [row for row in rows if row.message and row.kind == "request"]


@pytest.mark.parametrize("turned", [False, True], ids=["in order", "the letter first"])
def test_a_letter_of_whoever_was_asked_keeps_what_names_no_office(
    filled: Store, take: Take, turned: bool
) -> None:
    letters = [wish(1, "Skyltar"), offer(2)]
    for letter in reversed(letters) if turned else letters:
        take(letter)
    (asked,) = requests(filled)
    assert asked.state == "kept"
    assert (asked.evidence or {})["date"] == "2021-06-16"


def test_what_two_threads_ask_for_is_kept_by_no_letter_of_a_third(filled: Store, take: Take) -> None:
    take(wish(1, "Skyltar till entrén"), wish(3, "Skyltar till trapphuset"), offer(2))
    assert {row.state for row in requests(filled)} == {"proposed"}


def test_another_thing_of_the_same_party_keeps_nothing(filled: Store, take: Take) -> None:
    take(wish(1, "Skyltar"), offer(2, "Bifogat finns fakturan på stolarna."))
    assert {row.state for row in requests(filled)} == {"proposed"}


def test_read_again_it_is_still_kept(filled: Store, take: Take) -> None:
    take(wish(1, "Skyltar"), offer(2))
    take(wish(1, "Skyltar"))
    assert [row.state for row in requests(filled)] == ["kept"]


def called(store: Store, text: str) -> str:
    with store.write() as session:
        return notes.add_note(session, text, by="anna", now=NOW, kind="call", office="Ånge").id


def the_promise(store: Store) -> FollowUpRow:
    with store.read() as session:
        rows = followups.list_follow_ups(session, FollowUpQuery(limit=0))
    return next(row for row in rows if row.message)


@pytest.fixture
def promised(filled: Store, take: Take) -> Store:
    words = "Hej!\n\nJag ringer er den 20 oktober om nycklarna till lokalen i Ånge.\n\nAnna"
    take(mail(words, to=BO, at="2021-10-11 09:00"))
    return filled


def test_a_note_of_a_call_shows_that_one_has_called(promised: Store) -> None:
    name = called(promised, "Talade med Bo Ekdahl om nycklarna. Två uppsättningar ligger i receptionen.")
    kept = the_promise(promised)
    assert (kept.state, kept.evidence) == (
        "kept",
        {"note": name, "date": "2021-10-20", "reason": "noted"},
    )


def test_read_again_a_note_is_still_evidence(promised: Store, take: Take) -> None:
    called(promised, "Talade med Bo Ekdahl om nycklarna.")
    take(
        mail(
            "Hej!\n\nJag ringer er den 20 oktober om nycklarna till lokalen i Ånge.\n\nAnna",
            to=BO,
            at="2021-10-11 09:00",
        )
    )
    assert the_promise(promised).state == "kept"


@pytest.mark.parametrize(
    "text",
    [
        "Sökte Bo Ekdahl om nycklarna. Inget svar.",
        "Bo är i möte, så det blev inget samtal om nycklarna.",
        "Talade med Bo Ekdahl om parkeringen.",
    ],
)
def test_a_note_of_another_thing_or_of_nobody_reached_shows_nothing(promised: Store, text: str) -> None:
    called(promised, text)
    assert the_promise(promised).state == "proposed"


def test_a_note_that_is_corrected_or_taken_back_is_no_evidence(promised: Store) -> None:
    name = called(promised, "Talade med Bo Ekdahl om nycklarna.")
    with promised.write() as session:
        notes.correct_note(session, name, by="anna", now=NOW, text="Talade med Bo Ekdahl om fikat.")
    assert the_promise(promised).state == "proposed"
    with promised.write() as session:
        undoing.undo(session, by="anna", now=NOW)
    assert the_promise(promised).state == "kept"
    with promised.write() as session:
        undoing.undo(session, by="anna", now=NOW)
    assert (the_promise(promised).state, the_promise(promised).evidence) == ("proposed", None)
