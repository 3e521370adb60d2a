"""The home view's list, what is new in it, and whether the store has changed, on every store."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from crm.agenda import agenda, agenda_page
from crm.agenda_rows import Agenda, AgendaQuery, NewsRow, Seen
from crm.followups import decide
from crm.news import news
from crm.reminders import list_reminders
from crm.store_version import Changes
from crm.undoing import next_step, undo
from db.schema import FollowUp, Office
from db.store import Store
from tests.intake import Take, filled, reader, take  # noqa: F401 - fixtures
from tests.mails import mail

TODAY = date(2021, 10, 18)
NOW = datetime(2021, 10, 18, 9, tzinfo=UTC)


def add(store: Store, **given: Any) -> str:
    facts: dict[str, Any] = {
        "origin": "manual",
        "kind": "request",
        "obligor": "sender",
        "owes": "us",
        "text": "Kan ni svara?",
        "since": TODAY,
        "state": "accepted",
    }
    with store.write() as session:
        item = FollowUp(**facts | given)
        session.add(item)
        session.flush()
        return f"f{item.id}"


def asked(store: Store, query: AgendaQuery | None = None, user: str = "anna") -> Agenda:
    with store.read() as session:
        return agenda(session, query or AgendaQuery(), today=TODAY, user=user)


def days(start: int | None, end: int | None) -> dict[str, date | None]:
    return {
        "due_start": None if start is None else TODAY + timedelta(days=start),
        "due_end": None if end is None else TODAY + timedelta(days=end),
    }


def test_each_stands_in_its_section_the_most_pressing_first(store: Store) -> None:
    late, later = add(store, **days(-9, -3)), add(store, **days(-9, -8))
    now, soon, far = add(store, **days(0, 2)), add(store, **days(5, 6)), add(store, **days(90, 99))
    none, proposed = add(store), add(store, state="proposed", **days(-1, 1))
    assert asked(store).sections == (
        ("overdue", (later, late)),
        ("due", (now,)),
        ("soon", (soon,)),
        ("proposed", (proposed,)),
        ("later", (far,)),
        ("undated", (none,)),
    )


def test_proposals_without_a_date_come_last_the_newest_first(store: Store) -> None:
    old, new = (add(store, state="proposed", since=date(2021, 1, n)) for n in (1, 2))
    soon = add(store, state="proposed", **days(3, 4))
    assert asked(store).sections == (("proposed", (soon, new, old)),)


def test_the_list_holds_what_the_reminders_hold(store: Store) -> None:
    for number in range(40):
        add(store, approximate=number % 3 == 0, state=("accepted", "proposed", "done")[number % 3], **days(number - 25, number - 20))  # fmt: skip
    with store.read() as session:
        reminders = list_reminders(session, TODAY)
    found = asked(store)
    assert set(found.ids) == {row.follow_up.id for row in reminders}
    accepted = [r.follow_up.id for r in reminders if r.follow_up.state == "accepted"]
    assert [name for section, names in found.sections if section != "proposed" for name in names] == accepted


def test_mine_those_of_nobody_and_one_side(store: Store) -> None:
    mine = add(store, assignee="anna", owes="them")
    nobodys = add(store)
    add(store, assignee="bo")
    assert asked(store, AgendaQuery("mine")).ids == (mine,)
    assert asked(store, AgendaQuery("unassigned")).ids == (nobodys,)
    assert asked(store, AgendaQuery(side="them")).ids == (mine,)
    assert asked(store, AgendaQuery("unassigned", "them")).ids == ()


def test_what_is_asleep_or_closed_stands_apart(store: Store) -> None:
    asleep = add(store, snoozed_until=TODAY + timedelta(days=1))
    awake = add(store, snoozed_until=TODAY)
    done = add(store, state="done")
    assert asked(store).ids == (awake,)
    assert asked(store, AgendaQuery(settled=True)).sections == (("snoozed", (asleep,)), ("closed", (done,)))


def test_on_a_day_without_anything_due_the_next_is_named(store: Store) -> None:
    add(store, **days(60, 61))
    next_one = add(store, **days(20, 21))
    coming = asked(store).coming
    assert coming is not None
    assert coming.id == next_one
    add(store, **days(0, 0))
    assert asked(store).coming is None


def test_a_page_leaves_out_what_is_gone(store: Store) -> None:
    there = add(store)
    with store.read() as session:
        assert [row.id for row in agenda_page(session, ["f999", there])] == [there]


def test_what_is_new_is_counted_by_office(take: Take, filled: Store) -> None:  # noqa: F811
    with filled.read() as session:
        before = news(session, None).now
    take(
        mail("Vi återkommer om lokalen senast den 30 juni.", sender="info@ange.se", subject="Lokal"),
        mail(
            "Vi ses.",
            sender="nina@annan.example",
            to="a@statenssc.se",
            subject="Hej",
            message_id="<2@annan.example>",
        ),
    )
    with filled.read() as session:
        found = news(session, before)
        again = news(session, found.now)
        first = news(session, None)
    assert found.rows[0] == NewsRow("2260", "Ånge", 1, 1)
    assert found.rows[-1] == NewsRow(None, None, 1, 0)
    assert (found.messages, found.proposals) == (2, 1)
    assert again.rows == first.rows == ()
    assert first.now == again.now == found.now != Seen()


def test_of_very_much_that_is_new_the_newest_are_counted(
    filled: Store,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("crm.news.COUNTED", 2)
    for _ in range(4):
        add(filled, state="proposed")
    with filled.read() as session:
        found = news(session, Seen())
    assert found.proposals == 3
    assert sum(row.proposals for row in found.rows) == 2
    assert all(row.at_least for row in found.rows)


def test_a_proposal_of_no_office_is_new_as_well(filled: Store) -> None:  # noqa: F811
    with filled.read() as session:
        before = news(session, None).now
    add(filled, state="proposed")
    with filled.read() as session:
        assert news(session, before).rows == (NewsRow(None, None, 0, 1),)


def test_every_commit_of_another_is_a_change_and_nothing_else_is(filled: Store) -> None:  # noqa: F811
    changes = Changes(filled)
    try:
        first = changes.version()
        with filled.read() as session:
            session.get(Office, 1)
        assert changes.version() == first
        add(filled)
        second = changes.version()
        assert second != first
        add(filled)
        assert changes.version() not in {first, second}
    finally:
        changes.close()


def test_what_an_undo_would_take_back_is_told_before(store: Store) -> None:
    one = add(store)
    with store.write() as session:
        assert next_step(session, "anna") is None
        decide(session, [one], "done", by="anna", now=NOW)
        assert next_step(session, "anna") == ("follow-up", "done")
        undo(session, by="anna", now=NOW)
        assert next_step(session, "anna") is None
