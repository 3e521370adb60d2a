"""Later letters that move, call off or repeat what an earlier one said: one follow-up, on every store."""

from datetime import UTC, date, datetime

import pytest

from crm import followups
from crm.followups import FollowUpQuery
from crm.rows.follow_ups import FollowUpRow
from db.store import Store
from tests.intake import Take
from tests.mails import ANNA, BO, CIA, mail

NOW = datetime(2021, 6, 9, 8, 0, tzinfo=UTC)
DAY = date(2021, 4, 20)


def rows(store: Store) -> list[FollowUpRow]:
    with store.read() as session:
        found = followups.list_follow_ups(session, FollowUpQuery(limit=0))
    return sorted((row for row in found if row.message), key=lambda row: (row.since, row.id))


def one(
    number: int,
    words: str,
    at: str,
    sender: str = ANNA,
    *,
    reply_to: list[str] | None = None,
    subject: str = "Lokal",
) -> bytes:
    """Letter `number` of a thread, or of another one with `reply_to` empty."""
    refs = [f"<{n}@x.example>" for n in range(1, number)] if reply_to is None else reply_to
    return mail(
        f"Hej!\n\n{words}\n\nHälsningar",
        sender=sender,
        to=BO if sender == ANNA else ANNA,
        subject=subject,
        at=at,
        message_id=f"<{number}@x.example>",
        reply_to=refs,
    )


def promise() -> bytes:
    return one(1, "Vi återkommer om ritningarna senast den 14 maj.", "2021-04-12 09:00")


def meeting() -> bytes:
    return one(1, "Välkommen till ett möte den 4 maj kl. 10.", "2021-04-12 09:00")


@pytest.mark.parametrize("together", [True, False], ids=["one batch", "day by day"])
@pytest.mark.parametrize(
    "words",
    [
        "Tyvärr behöver vi skjuta på det till v. 22.",
        "Ritningarna dröjer till vecka 22.",
        "Vi får flytta fram ritningarna till vecka 22.",
        "Ritningarna blir försenade, ni får dem först vecka 22.",
    ],
)
def test_a_promise_that_is_put_off_has_a_new_window_and_keeps_the_old(
    filled: Store, take: Take, words: str, together: bool
) -> None:
    letters = [promise(), one(2, words, "2021-05-10 09:00")]
    for batch in [letters] if together else [[each] for each in letters]:
        take(*batch, today=date(2021, 5, 10))
    (row,) = rows(filled)
    assert (row.due_start, row.due_end, row.state) == (None, date(2021, 6, 6), "proposed")
    assert row.change is not None
    assert (row.change["kind"], row.change["old_end"], row.change["message"]) == ("moved", "2021-05-14", "m2")


def test_the_later_letter_may_be_read_first_and_again(filled: Store, take: Take) -> None:
    later = one(2, "Tyvärr behöver vi skjuta på ritningarna till v. 22.", "2021-05-10 09:00")
    for letter in (later, promise(), later, promise()):
        take(letter, today=date(2021, 5, 10))
    (row,) = rows(filled)
    assert row.due_end == date(2021, 6, 6)


def test_a_persons_own_date_outranks_a_letters(filled: Store, take: Take) -> None:
    take(promise(), today=DAY)
    (row,) = rows(filled)
    with filled.write() as session:
        day = date(2021, 5, 20)
        followups.decide(session, [row.id], "move", by="anna", now=NOW, due=(day, day), because="telefon")
    take(one(2, "Vi behöver skjuta på det till v. 22.", "2021-05-10 09:00"), today=date(2021, 5, 10))
    (row,) = rows(filled)
    assert (row.due_end, row.state) == (date(2021, 5, 20), "accepted")
    with filled.write() as session:
        followups.undo(session, by="anna", now=NOW)
    assert rows(filled)[0].due_end == date(2021, 6, 6)


@pytest.mark.parametrize("thread", [True, False], ids=["same thread", "another thread"])
@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Mötet den 4 maj flyttas till den 11 maj kl. 13.", date(2021, 5, 11)),
        ("Vi flyttar mötet från den 4 maj till den 11 maj kl. 13.", date(2021, 5, 11)),
    ],
)
def test_a_meeting_that_is_moved_is_one_meeting(
    filled: Store, take: Take, words: str, day: date, thread: bool
) -> None:
    take(meeting(), today=DAY)
    take(
        one(
            2,
            words,
            "2021-04-28 09:00",
            BO,
            reply_to=None if thread else [],
            subject="Lokal" if thread else "Ny tid",
        ),
        today=date(2021, 4, 28),
    )
    (row,) = rows(filled)
    assert (row.kind, row.due_start, row.due_end) == ("meeting", day, day)
    assert str(row.start_time) == "13:00:00"
    assert row.change is not None
    assert row.change["old_start"] == "2021-05-04"


@pytest.mark.parametrize(
    "words",
    [
        "Mötet den 4 maj ställs in.",
        "Vi måste tyvärr ställa in mötet den 4 maj.",
        "Mötet blir inte av.",
        "Mötet är inställt, vi hörs.",
    ],
)
def test_a_meeting_that_is_called_off_is_cancelled_until_a_person_says_else(
    filled: Store, take: Take, words: str
) -> None:
    take(meeting(), today=DAY)
    take(one(2, words, "2021-04-28 09:00", BO), today=date(2021, 4, 28))
    (row,) = rows(filled)
    assert row.state == "cancelled"
    with filled.write() as session:
        followups.decide(session, [row.id], "accept", by="anna", now=NOW)
    assert rows(filled)[0].state == "accepted"


@pytest.mark.parametrize(
    "words",
    [
        "Kan vi flytta mötet till den 11 maj?",
        "Mötet den 3 juni ställs in.",
        "Kommunens informationsmöte den 6 maj ställs in.",
        "Invigningen i Laholm flyttas till den 11 maj.",
    ],
)
def test_a_question_or_another_days_change_leaves_a_meeting_as_it_is(
    filled: Store, take: Take, words: str
) -> None:
    take(meeting(), today=DAY)
    take(
        one(2, words, "2021-04-28 09:00", BO, reply_to=[] if "Laholm" in words else ["<1@x.example>"]),
        today=date(2021, 4, 28),
    )
    first = rows(filled)[0]
    assert (first.due_start, first.state, first.change) == (date(2021, 5, 4), "proposed", None)


def test_another_municipalitys_change_is_not_ours(filled: Store, take: Take) -> None:
    take(meeting(), today=DAY)
    take(one(2, "Mötet den 4 maj ställs in.", "2021-04-28 09:00", CIA, reply_to=[]), today=date(2021, 4, 28))
    assert rows(filled)[0].state == "proposed"


@pytest.mark.parametrize(
    ("first", "again"),
    [
        (
            "Vi återkommer om ritningarna senast den 14 maj.",
            "Som vi skrev återkommer vi om ritningarna senast den 14 maj.",
        ),
        ("Vi återkommer om ritningarna inom kort.", "Vi återkommer om ritningarna inom kort."),
        ("Kan ni skicka avtalet senast den 14 maj?", "Påminner: kan ni skicka avtalet senast den 14 maj?"),
        ("Välkommen till ett möte den 4 maj kl. 10.", "Vi påminner om mötet den 4 maj kl. 10."),
    ],
)
def test_what_is_said_again_is_one_follow_up(filled: Store, take: Take, first: str, again: str) -> None:
    take(one(1, first, "2021-04-12 09:00"), today=DAY)
    before = rows(filled)
    take(one(2, again, "2021-04-26 09:00"), today=date(2021, 4, 26))
    take(one(2, again, "2021-04-26 09:00"), today=date(2021, 4, 26))
    assert [row.id for row in rows(filled)] == [row.id for row in before]


def test_another_thing_on_the_same_day_is_another_follow_up(filled: Store, take: Take) -> None:
    take(promise(), one(2, "Vi återkommer om hyresavtalet senast den 14 maj.", "2021-04-26 09:00"), today=DAY)
    assert len(rows(filled)) == 2


def test_what_was_dismissed_does_not_come_back_when_it_is_repeated(filled: Store, take: Take) -> None:
    take(promise(), today=DAY)
    with filled.write() as session:
        followups.decide(session, [rows(filled)[0].id], "dismiss", by="anna", now=NOW)
    take(one(2, "Vi återkommer om ritningarna senast den 14 maj.", "2021-04-26 09:00"), today=DAY)
    assert [row.state for row in rows(filled)] == ["dismissed"]


def test_what_a_person_decided_on_is_never_taken_away(filled: Store, take: Take) -> None:
    later = one(2, "Vi återkommer om ritningarna senast den 14 maj.", "2021-04-26 09:00")
    take(later, today=DAY)
    with filled.write() as session:
        followups.decide(session, [rows(filled)[0].id], "accept", by="anna", now=NOW)
    take(promise(), today=DAY)
    assert sorted(row.state for row in rows(filled)) == ["accepted", "proposed"]
