"""What later letters keep, on every store: by their instant, their words and their own promises."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select, update

from crm import followups
from crm.followups import FollowUpQuery
from crm.rows.follow_ups import FollowUpRow
from crm.settling import settle
from db.schema import FollowUp, Message
from db.store import Store
from tests.intake import Take
from tests.mails import ANNA, BO, mail

REQUEST = "Hej!\n\nKan ni skicka ritningarna till oss senast den 18 juni?\n\nAnna"
PROMISE = "Hej!\n\nVi återkommer i slutet av oktober 2021 om lokalen i Ånge.\n\nAnna"


def the_one(store: Store, kind: str) -> FollowUpRow:
    """The oldest of its kind: that of the first letter."""
    with store.read() as session:
        rows = followups.list_follow_ups(session, FollowUpQuery(limit=0))
    return min((row for row in rows if row.message and row.kind == kind), key=lambda row: row.since)


def asked(at: str = "2021-06-07 09:00") -> bytes:
    return mail(REQUEST, at=at, message_id="<1@x.example>", reply_to=["<0@x.example>"])


def replied(words: str, at: str) -> bytes:
    return mail(
        words,
        sender=BO,
        to=ANNA,
        subject="SV: Servicekontor",
        at=at,
        message_id="<2@x.example>",
        reply_to=["<0@x.example>", "<1@x.example>"],
    )


def promised() -> bytes:
    return mail(PROMISE, subject="Lokal", message_id="<1@x.example>")


def elsewhere(words: str, subject: str) -> bytes:
    return mail(words, subject=subject, message_id="<3@x.example>", at="2021-10-25 09:00")


@pytest.mark.parametrize(
    ("at", "state"), [("2021-06-07 08:00", "proposed"), ("2021-06-07 10:00", "kept")], ids=["before", "after"]
)
def test_of_one_day_only_what_was_sent_later_answers(filled: Store, take: Take, at: str, state: str) -> None:
    take(asked(), replied("Ritningarna bifogas.", at))
    assert the_one(filled, "request").state == state


@pytest.mark.parametrize(
    "words",
    [
        "Hoppsan! Du får ritningarna på tisdag.",
        "Vilka ritningar menar du?",
        "Cia på fastighetskontoret mejlar dig ritningarna nästa vecka.",
        "Ritningarna levererar vi den 21 juni.",
    ],
)
def test_a_reply_that_promises_or_asks_itself_answers_nothing(filled: Store, take: Take, words: str) -> None:
    take(asked())
    take(replied(words, "2021-06-09 09:00"))
    assert the_one(filled, "request").state == "proposed"


@pytest.mark.parametrize(
    ("words", "subject", "state"),
    [
        ("Här kommer ett julkort till er i Ånge.", "Julkort", "proposed"),
        ("Det finns ännu inget besked om Ånge.", "Lokal", "proposed"),
        ("Trevligt att träffas i Ånge i går.", "Tack för senast", "proposed"),
        ("Nu vill vi gärna träffa er i Ånge.", "VB: Lokal", "kept"),
        ("Som utlovat återkommer vi om Ånge.", "Nästa steg", "kept"),
    ],
)
def test_in_another_thread_words_or_subject_have_to_say_so(
    filled: Store, take: Take, words: str, subject: str, state: str
) -> None:
    take(promised())
    take(elsewhere(words, subject), today=date(2021, 10, 25))
    assert the_one(filled, "commitment").state == state


@pytest.mark.parametrize("again", ["promise", "letter"])
def test_what_was_wrongly_kept_is_open_after_reading_again(filled: Store, take: Take, again: str) -> None:
    letters = {"promise": promised(), "letter": elsewhere("Här kommer ett julkort till Ånge.", "Julkort")}
    take(letters["promise"])
    take(letters["letter"], today=date(2021, 10, 25))
    with filled.write() as session:
        row = session.scalars(
            select(FollowUp).where(FollowUp.kind == "commitment", FollowUp.message_id == 1)
        ).one()
        row.evidence = {"message": "m2", "date": "2021-10-25", "reason": "in-window"}
        settle(session, [row])
        assert row.state == "kept"
    take(letters[again])
    after = the_one(filled, "commitment")
    assert (after.state, after.evidence) == ("proposed", None)


@pytest.mark.parametrize("again", ["promise", "letter"])
def test_what_was_rightly_kept_stays_so(filled: Store, take: Take, again: str) -> None:
    letters = {"promise": promised(), "letter": elsewhere("Som utlovat återkommer vi om Ånge.", "Nästa steg")}
    take(*letters.values())
    before = the_one(filled, "commitment")
    take(letters[again])
    assert the_one(filled, "commitment") == before
    assert before.state == "kept"


def test_what_a_person_decided_on_is_left_alone_by_reading_again(filled: Store, take: Take) -> None:
    letter = elsewhere("Som utlovat återkommer vi om Ånge.", "Nästa steg")
    take(promised(), letter)
    with filled.write() as session:
        row = the_one(filled, "commitment")
        followups.decide(session, [row.id], "reopen", by="anna", now=datetime(2021, 10, 26, tzinfo=UTC))
    take(promised(), letter)
    assert the_one(filled, "commitment").state == "accepted"


def test_an_open_window_is_not_looked_at_for_ever(filled: Store, take: Take) -> None:
    take(mail("Hej!\n\nVi återkommer efter den 15 juni om lokalen i Ånge.\n\nAnna", subject="Lokal"))
    late = mail(
        "Som utlovat återkommer vi om Ånge.",
        subject="Lokal",
        at="2023-01-10 09:00",
        message_id="<9@x.example>",
    )
    take(late, today=date(2023, 1, 10))
    row = the_one(filled, "commitment")
    assert (row.due_end, row.state) == (None, "proposed")


def test_a_colleague_passes_on_what_the_house_had_another_do(filled: Store, take: Take) -> None:
    words = "Hej!\n\nTekniska kontoret tar fram nya ritningar och de ska vara hos er före jul.\n\nBo"
    take(mail(words, sender=BO, to=ANNA, subject="Ritningar", message_id="<1@x.example>"))
    later = mail(
        "Hej!\n\nTekniska kontoret har bytt platschef.",
        sender=BO,
        to=ANNA,
        at="2021-12-01 09:00",
        message_id="<2@x.example>",
        reply_to=["<1@x.example>"],
    )
    take(later, today=date(2021, 12, 1))
    assert the_one(filled, "commitment").state == "proposed"
    given = mail(
        "Hej!\n\nDe nya ritningarna bifogas.",
        sender="Cia Ek <cia.ek@ange.se>",
        to=ANNA,
        at="2021-12-15 09:00",
        message_id="<3@x.example>",
        reply_to=["<1@x.example>"],
    )
    take(given, today=date(2021, 12, 15))
    row = the_one(filled, "commitment")
    assert (row.state, row.evidence and row.evidence["message"]) == ("kept", "m3")


def test_the_first_letter_is_the_evidence_in_whatever_order_they_are_read(filled: Store, take: Take) -> None:
    """A mailbox that is synced later holds earlier letters."""
    take(promised())
    second = mail(
        "Som utlovat återkommer vi om Ånge.",
        subject="Nästa steg",
        message_id="<4@x.example>",
        at="2021-10-28 09:00",
    )
    take(second, today=date(2021, 10, 28))
    row = the_one(filled, "commitment")
    assert (row.state, row.evidence and row.evidence["date"]) == ("kept", "2021-10-28")
    take(elsewhere("Som utlovat återkommer vi om Ånge.", "Nästa steg"), today=date(2021, 10, 28))
    row = the_one(filled, "commitment")
    assert (row.state, row.evidence and row.evidence["date"]) == ("kept", "2021-10-25")
    take(second, today=date(2021, 10, 28))
    assert the_one(filled, "commitment") == row


@pytest.mark.parametrize(
    "words", ["Som utlovat återkommer vi om Ånge.", "Trevligt att träffas i Ånge i går."]
)
@pytest.mark.parametrize("known", [True, False])
def test_a_letter_that_was_there_before_keeps_it_whoever_read_it(
    filled: Store, take: Take, words: str, *, known: bool
) -> None:
    """An older program wrote nothing down of what a letter's sentences do: then its words are judged."""
    take(elsewhere(words, "Nästa steg"), today=date(2021, 10, 25))
    if not known:
        with filled.write() as session:
            session.execute(update(Message).values(deeds=None))
    take(promised(), today=date(2021, 10, 26))
    state = "kept" if words.startswith("Som utlovat") else "proposed"
    assert the_one(filled, "commitment").state == state


def test_many_later_letters_hide_no_evidence(
    filled: Store, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A window is looked at whole, and each thread has a number of its own: what is cut off would be lost."""
    monkeypatch.setattr("crm.intake.keeping._MOST", 2)
    for number in range(5):
        other = f"Vi bekräftar 2{number} skrivbord till Ånge."
        take(
            mail(
                other,
                subject=f"Möbler {number}",
                at=f"2021-10-2{number} 08:00",
                message_id=f"<m{number}@x.example>",
            )
        )
    take(elsewhere("Som utlovat återkommer vi om Ånge.", "Nästa steg"))
    take(promised())
    row = the_one(filled, "commitment")
    assert (row.state, row.evidence and row.evidence["date"]) == ("kept", "2021-10-25")


def test_who_got_it_says_so(filled: Store, take: Take) -> None:
    words = "Hej!\n\nNi får nycklarna till lokalen i Ånge den 15 oktober.\n\nBo"
    take(mail(words, sender=BO, to=ANNA, subject="Lokal", message_id="<1@x.example>"))
    asked_for = "Hej!\n\nVi har inte fått nycklarna."
    take(mail(asked_for, subject="Nycklar", at="2021-10-18 09:00", message_id="<2@x.example>"))
    assert the_one(filled, "commitment").state == "proposed"
    got = "Hej!\n\nVi har i dag hämtat nycklarna hos er vaktmästare."
    take(mail(got, subject="Kvittens", at="2021-10-19 09:00", message_id="<3@x.example>"))
    row = the_one(filled, "commitment")
    assert (row.state, row.evidence and row.evidence["date"]) == ("kept", "2021-10-19")


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("Hej!\n\nNu är den äntligen färdig och bifogas.", "kept"),
        ("Hej!\n\nDen är hos vår jurist, så lite tålamod till.", "proposed"),
    ],
    ids=["given", "put off"],
)
def test_where_one_was_reminded_the_thing_needs_no_name(
    filled: Store, take: Take, words: str, state: str
) -> None:
    promise = "Hej!\n\nNi får kravspecifikationen för Ånge senast den 15 oktober.\n\nAnna"
    take(mail(promise, subject="Krav", message_id="<1@x.example>"))
    take(
        mail(
            "Hej!\n\nHur går det med kravspecifikationen?",
            sender=BO,
            to=ANNA,
            subject="Läget",
            at="2021-10-16 09:00",
            message_id="<2@x.example>",
        )
    )
    answer = mail(
        words,
        subject="SV: Läget",
        at="2021-10-18 09:00",
        message_id="<3@x.example>",
        reply_to=["<2@x.example>"],
    )
    take(answer)
    assert the_one(filled, "commitment").state == state


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("Hej!\n\nUnder 2020 hade vi 14 300 besök i Ånge.", "kept"),
        ("Hej!\n\nVi vill gärna visa vår app för besök i Ånge.", "proposed"),
    ],
    ids=["answered", "of something else"],
)
def test_a_question_for_no_day_is_answered_in_another_thread(
    filled: Store, take: Take, words: str, state: str
) -> None:
    question = "Hej!\n\nHar ni någon statistik över antalet besök i Ånge?\n\nAnna"
    take(mail(question, subject="Underlag", message_id="<1@x.example>"))
    late = mail(
        words, sender=BO, to=ANNA, subject="Siffror", at="2021-09-20 09:00", message_id="<3@x.example>"
    )
    take(late)
    assert the_one(filled, "request").state == "proposed"  # long after, it may be about anything
    soon = mail(
        words, sender=BO, to=ANNA, subject="Siffror", at="2021-06-16 09:00", message_id="<4@x.example>"
    )
    take(soon)
    assert the_one(filled, "request").state == state
