"""Who answers whom, as every store keeps it: chains, forks, lost mails, junk, and mails that come late."""

from collections.abc import Callable

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from crm.intake.threads import Arrival, join_threads
from db.schema import Message, Occurrence, Reference, Thread, ThreadKey
from db.store import Store
from ingest.threading import Headers
from tests.threading_model import thread_parents
from tests.threads import arrive, headers, modelled, placed, store_raws

Mails = list[Headers[int]]
Parents = dict[int, int | None]

X = "<x@a.example>"
LONG = f"<{'x' * 700}@a.example>"

# The mails of a set, their threads, and the mail that each answers.
CASES: dict[str, tuple[Mails, list[list[int]], Parents]] = {
    "a chain": (
        [headers(1), headers(2, 1), headers(3, 1, 2)],
        [[1, 2, 3]],
        {1: None, 2: 1, 3: 2},
    ),
    "in reply to alone": ([headers(1), headers(2, reply=1)], [[1, 2]], {1: None, 2: 1}),
    "references before in reply to": (
        [headers(1), headers(2), headers(3, 1, reply=2)],
        [[1, 3], [2]],
        {1: None, 2: None, 3: 1},
    ),
    "junk references": ([headers(1), headers(2, "<>", "x", reply=1)], [[1, 2]], {1: None, 2: 1}),
    "references: null": ([headers(1, "null"), headers(2, "null")], [[1], [2]], {1: None, 2: None}),
    "a lost mail between": ([headers(1), headers(3, 1, 2)], [[1, 3]], {1: None, 3: 1}),
    "a lost mail above": (
        [headers(2, 1), headers(3, 1), headers(4)],
        [[2, 3], [4]],
        {2: None, 3: None, 4: None},
    ),
    "two threads that a third makes one": (
        [headers(1), headers(2), headers(3, 1, 2)],
        [[1, 2, 3]],
        {1: None, 2: None, 3: 2},
    ),
    "without a Message-ID": (
        [headers(1), Headers(2, None, ("<1@a.example>",)), Headers(3, None)],
        [[1, 2], [3]],
        {1: None, 2: 1, 3: None},
    ),
    "the same Message-ID joins nobody": (
        [headers(1, name=X), headers(2, name=X)],
        [[1], [2]],
        {1: None, 2: None},
    ),
    "an answer to two of the same name is the first's": (
        [headers(1, name=X), headers(2, name=X), headers(3, X)],
        [[1, 3], [2]],
        {1: None, 2: None, 3: 1},
    ),
    "a name that everybody bears is nobody's": (
        [*(headers(number, name=X) for number in range(5)), headers(10, X), headers(11, X)],
        [[0], [1], [2], [3], [4], [10], [11]],
        dict.fromkeys([0, 1, 2, 3, 4, 10, 11]),
    ),
    "what else is known of the bearers still counts": (
        [headers(0), *(headers(number, 0, name=X) for number in range(1, 5)), headers(10, 0, X)],
        [[0, 1, 2, 3, 4, 10]],
        {0: None, 1: 0, 2: 0, 3: 0, 4: 0, 10: 0},
    ),
    "a Message-ID longer than an index takes": (
        [headers(1, name=LONG), headers(2, LONG)],
        [[1, 2]],
        {1: None, 2: 1},
    ),
}
ORDERS: dict[str, Callable[[Mails], list[Mails]]] = {
    "at once": lambda mails: [mails],
    "one by one": lambda mails: [[mail] for mail in mails],
    "backwards": lambda mails: [[mail] for mail in reversed(mails)],
    "the first last": lambda mails: [mails[1:], mails[:1]],
    "twice": lambda mails: [mails, mails],
}


def taken_in(session: Session, batches: list[Mails]) -> tuple[list[list[int]], Parents]:
    store_raws(session, 1 + max(mail.id for batch in batches for mail in batch))
    for batch in batches:
        arrive(session, batch)
    return placed(session)


@pytest.mark.parametrize("case", CASES)
def test_in_whatever_order_they_come(store: Store, case: str) -> None:
    mails, threads, parents = CASES[case]
    found = {}
    for order, batches in ORDERS.items():
        with store.write() as session:
            found[order] = taken_in(session, batches(mails))
            session.rollback()
    assert found == dict.fromkeys(ORDERS, (threads, parents))


@pytest.mark.parametrize("case", CASES)
def test_the_model_says_the_same(case: str) -> None:
    mails, threads, parents = CASES[case]
    found = thread_parents(mails)
    assert modelled([(number, place.thread) for number, place in found.items()]) == threads
    assert {number: place.parent for number, place in found.items()} == parents


def test_a_late_mail_joins_two_threads(store: Store) -> None:
    mails = [headers(2, 1), headers(3, 1, 2), headers(5, 4), headers(4, 1)]
    with store.write() as session:
        threads, parents = taken_in(session, [[mail] for mail in mails])
        assert threads == [[2, 3, 4, 5]]
        assert parents == {2: None, 3: 2, 4: None, 5: 4}
        assert session.scalars(select(Thread.messages)).all() == [4]


@pytest.mark.parametrize("order", ["at once", "one by one", "backwards"])
def test_circles_are_cut(store: Store, order: str) -> None:
    mails = [headers(1, 2), headers(2, 3), headers(3, 1), headers(4, 4)]
    with store.write() as session:
        threads, parents = taken_in(session, ORDERS[order](mails))
    assert threads == [[1, 2, 3], [4]]
    answered = [parent for parent in parents.values() if parent is not None]
    assert len(answered) == len(set(answered)) == 2


def test_a_thread_has_the_subject_of_its_first_mail_and_the_day_of_its_last(store: Store) -> None:
    with store.write() as session:
        taken_in(session, [[headers(3, 1)], [headers(5, 3), headers(1)]])
    with store.read() as session:
        (thread,) = session.scalars(select(Thread)).all()
        last = session.scalar(select(func.max(Message.sent_at)))
    assert (thread.subject, thread.messages, thread.last_date) == ("1", 3, last)


def test_reading_again_keeps_numbers(store: Store) -> None:
    mails = [headers(1), headers(2, 1), headers(3), Headers(4, None), headers(5, name="<3@a.example>")]

    def numbers(session: Session) -> list[tuple[int, int | None]]:
        rows = session.execute(select(Message.id, Message.thread_id).order_by(Message.id))
        return [(row.id, row.thread_id) for row in rows]

    with store.write() as session:
        taken_in(session, [mails])
        before = numbers(session)
        for mail in mails:
            arrive(session, [mail])
        assert numbers(session) == before
        assert session.scalar(select(func.count()).select_from(Thread)) == 4


def test_what_a_mail_carries_goes_with_it_when_its_thread_is_split(store: Store) -> None:
    with store.write() as session:
        store_raws(session, 8)
        arrive(session, [headers(1, name=X), headers(2, X)])
        answer = session.scalars(select(Message).where(Message.subject == "2")).one()
        inner = Message(
            key="i" * 64,
            kind="forwarded",
            raw_id=answer.raw_id,
            thread_id=answer.thread_id,
            taken_in_on=answer.taken_in_on,
        )
        session.add(inner)
        session.flush()
        for position, row in enumerate((answer, inner)):
            place = Occurrence(message_id=row.id, raw_id=row.raw_id, part="", start=0, end=0, kind=row.kind)
            place.position = position
            session.add(place)
        session.flush()
        session.expunge_all()
        arrive(session, [headers(number, name=X) for number in (3, 4, 5)])
    with store.read() as session:
        rows = {row.subject or "inner": row.thread_id for row in session.scalars(select(Message))}
    assert rows["inner"] == rows["2"]
    assert len(set(rows.values())) == 5


def test_a_message_that_was_known_from_a_quotation_finds_its_own_thread(store: Store) -> None:
    with store.write() as session:
        store_raws(session, 3)
        arrive(session, [headers(0)])
        carrier = session.scalars(select(Message)).one()
        row = Message(
            key=f"{1:064d}",
            kind="quoted",
            raw_id=1,
            thread_id=carrier.thread_id,
            taken_in_on=carrier.taken_in_on,
        )
        session.add(row)
        session.flush()
        row.kind, row.raw_id, row.message_id = "received", 2, "<1@a.example>"
        session.expunge(carrier)
        arrive(session, [headers(1)])
        assert placed(session)[0] == [[0], [1]]


def test_the_number_of_queries_does_not_grow_with_the_batch(store: Store) -> None:
    def asked(mails: Mails) -> int:
        statements: list[str] = []
        with store.write() as session:
            connection = session.connection()

            def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
                statements.extend([statement] if "INTO message " not in statement else [])

            event.listen(connection, "before_cursor_execute", note)
            arrive(session, mails)
            event.remove(connection, "before_cursor_execute", note)
        return len(statements)

    with store.write() as session:
        store_raws(session, 201)
    few = asked([headers(number, number - 1) for number in range(1, 10)])
    many = asked([headers(number, number - 1, number - 2) for number in range(11, 200)])
    assert many <= few + 10
    assert few < 40


def test_nothing_comes_of_nothing(store: Store) -> None:
    with store.write() as session:
        join_threads(session, list[Arrival]())
        for table in (Thread, ThreadKey, Reference):
            assert session.scalar(select(func.count()).select_from(table)) == 0
