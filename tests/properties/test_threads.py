"""Whatever mails refer to, in whatever order and batches they come: the store's threads are the whole set's."""

from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema import Message, Thread, ThreadKey
from db.store import Store, open_store
from ingest.threading import Headers
from tests.threading_model import thread_parents
from tests.threads import arrive, headers, modelled, placed, store_raws

MOST = 14

Batches = list[list[Headers[int]]]
Found = tuple[list[list[int]], dict[int, int | None]]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path_factory.mktemp('threads') / 'store.db'}") as opened:
        yield opened


def taken_in(store: Store, batches: Batches) -> Found:
    with store.write() as session:
        store_raws(session, MOST)
        for batch in batches:
            arrive(session, batch)
            check(session)
        found = placed(session)
        session.rollback()
    return found


def check(session: Session) -> None:
    """What holds after every batch: numbers agree, nothing stands in two places, nobody answers himself."""
    threads = modelled(
        [(number, thread or 0) for number, thread in session.execute(select(Message.id, Message.thread_id))]
    )
    counted = session.scalars(select(Thread.messages).where(Thread.messages > 0)).all()
    assert sorted(counted) == sorted(map(len, threads))
    assert set(session.scalars(select(ThreadKey.thread_id))) <= set(session.scalars(select(Thread.id)))
    assert not loops(placed(session)[1])


def loops(parents: dict[int, int | None]) -> bool:
    for start in parents:
        seen: set[int] = set()
        current: int | None = start
        while current is not None:
            if current in seen:
                return True
            seen.add(current)
            current = parents[current]
    return False


def model(mails: Iterable[Headers[int]]) -> Found:
    found = thread_parents(sorted(mails, key=lambda mail: mail.id))
    threads = modelled([(number, place.thread) for number, place in found.items()])
    return threads, {number: place.parent for number, place in found.items()}


JUNK = st.sampled_from(
    ["<>", "null", "<utan blanktecken nej>", "<abc>", "<lost@b.example>", "<list@b.example>"]
)


@st.composite
def split(draw: st.DrawFn, mails: list[Headers[int]]) -> Batches:
    order = draw(st.permutations(mails))
    cuts = sorted(draw(st.sets(st.integers(0, len(order)), max_size=5)))
    return [order[start:end] for start, end in zip([0, *cuts], [*cuts, len(order)], strict=True)]


@st.composite
def letters(draw: st.DrawFn, *, circles: bool) -> list[Headers[int]]:
    """Mails that refer to one another, by names of which several may bear one; without circles, to earlier ones only."""
    names: list[int] = []
    mails: list[Headers[int]] = []
    count = draw(st.integers(1, MOST))
    for number in range(count):
        # The first bearer of a name is the lowest number, so that what refers to lower names makes no circle.
        copied = names and draw(st.sampled_from(range(6))) == 5
        names.append(draw(st.sampled_from(names)) if copied else number)
        known = st.integers(0, count if circles else max(0, names[-1] - 1))
        some = st.lists(known | JUNK if circles or names[-1] else JUNK, max_size=4)
        reply = draw(st.none() | known) if circles or names[-1] else None
        mails.append(headers(number, *draw(some), reply=reply, name=f"<{names[-1]}@a.example>"))
    return mails


@given(st.data())
@settings(deadline=None, max_examples=40)
def test_any_order_and_any_batches_give_the_threads_of_the_whole(store: Store, data: st.DataObject) -> None:
    mails = data.draw(letters(circles=False))
    assert taken_in(store, data.draw(split(mails))) == model(mails)


@given(st.data())
@settings(deadline=None, max_examples=40)
def test_circles_leave_the_threads_as_they_are(store: Store, data: st.DataObject) -> None:
    mails = data.draw(letters(circles=True))
    assert taken_in(store, data.draw(split(mails)))[0] == model(mails)[0]


def test_a_circle_through_two_of_a_batch_closes_no_loop(store: Store) -> None:
    def mail(number: int, *references: int) -> Headers[int]:
        named = [f"<{one}@a.example>" for one in references]
        return Headers(number, f"<{number}@a.example>", tuple(named), ())

    threads, _ = taken_in(store, [[mail(0, 5), mail(1, 0)], [mail(5, 6), mail(6, 1)]])
    assert threads == [[0, 1, 5, 6]]


@given(st.data())
@settings(deadline=None, max_examples=20)
def test_reading_again_changes_nothing(store: Store, data: st.DataObject) -> None:
    mails = data.draw(letters(circles=False))
    once, again = data.draw(split(mails)), data.draw(split(mails))
    assert taken_in(store, [*once, *again]) == taken_in(store, once)


@given(st.data())
@settings(deadline=None, max_examples=20)
def test_what_a_better_reader_finds_takes_the_place_of_what_was_found(
    store: Store, data: st.DataObject
) -> None:
    mails = data.draw(letters(circles=False))
    others = [Headers(mail.id, mail.message_id) for mail in mails]
    assert taken_in(store, [*data.draw(split(others)), *data.draw(split(mails))]) == model(mails)
    assert taken_in(store, [*data.draw(split(mails)), *data.draw(split(others))]) == model(others)
