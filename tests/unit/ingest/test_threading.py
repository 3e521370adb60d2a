"""Who answers whom: chains, forks, lost mails, junk; one by one as in one go."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.threading import (
    Headers,
    Known,
    Placed,
    clean_id,
    lookup_ids,
    place,
    reference_ids,
    thread_parents,
)


def mail(
    number: int, *references: int | str, reply: int | None = None, name: str | None = None
) -> Headers[int]:
    ids = tuple(word if isinstance(word, str) else f"<{word}@a.example>" for word in references)
    answered = (f"<{reply}@a.example>",) if reply is not None else ()
    return Headers(number, name or f"<{number}@a.example>", ids, answered)


def parents(*mails: Headers[int]) -> dict[int, int | None]:
    return {number: placed.parent for number, placed in thread_parents(mails).items()}


def threads(*mails: Headers[int]) -> list[list[int]]:
    found: dict[int, list[int]] = {}
    for number, placed in thread_parents(mails).items():
        found.setdefault(placed.thread, []).append(number)
    return sorted(map(sorted, found.values()))


def test_a_chain() -> None:
    assert thread_parents([mail(1), mail(2, 1), mail(3, 1, 2)]) == {
        1: Placed(None, 1),
        2: Placed(1, 1),
        3: Placed(2, 1),
    }


def test_an_answer_before_its_question() -> None:
    assert thread_parents([mail(2, 1), mail(1)]) == {2: Placed(1, 2), 1: Placed(None, 2)}


def test_in_reply_to_alone() -> None:
    assert parents(mail(1), mail(2, reply=1)) == {1: None, 2: 1}


def test_references_go_before_in_reply_to() -> None:
    assert parents(mail(1), mail(2), mail(3, 1, reply=2)) == {1: None, 2: None, 3: 1}


def test_junk_references_leave_it_to_in_reply_to() -> None:
    assert parents(mail(1), mail(2, "<>", "x", reply=1)) == {1: None, 2: 1}


def test_a_lost_mail_between() -> None:
    assert parents(mail(1), mail(3, 1, 2)) == {1: None, 3: 1}


def test_a_lost_mail_above() -> None:
    assert threads(mail(2, 1), mail(3, 1), mail(4)) == [[2, 3], [4]]
    assert parents(mail(2, 1), mail(3, 1)) == {2: None, 3: None}


def test_subjects_are_not_even_asked_for() -> None:
    assert threads(mail(1), mail(2)) == [[1], [2]]


def test_the_same_message_id_joins_nobody() -> None:
    assert threads(mail(1, name="<x@a.example>"), mail(2, name="<x@a.example>")) == [[1], [2]]


def test_an_answer_to_two_of_the_same_name_is_the_firsts() -> None:
    mails = (mail(1, name="<x@a.example>"), mail(2, name="<x@a.example>"), mail(3, "<x@a.example>"))
    assert parents(*mails)[3] == 1


def test_a_name_that_everybody_bears_is_nobodys() -> None:
    scans = [mail(number, name="<scan@printer.example>") for number in range(5)]
    answers = [mail(number, "<scan@printer.example>") for number in (10, 11)]
    assert threads(*scans, *answers) == [[0], [1], [2], [3], [4], [10], [11]]


def test_loops_are_cut() -> None:
    assert parents(mail(1, 2), mail(2, 3), mail(3, 1)) == {1: 2, 2: 3, 3: None}
    assert parents(mail(1, 1)) == {1: None}


def test_a_loop_leaves_the_next_reference() -> None:
    assert parents(mail(1, 3, 2), mail(2, 1), mail(3))[2] is None
    assert parents(mail(1, 2), mail(2, 3, 1), mail(3)) == {1: 2, 2: 3, 3: None}


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("<a@b>", "<a@b>"),
        (" <a@b>\r\n", "<a@b>"),
        ("a@b", "<a@b>"),
        ("<20210504101112.ABCDEF>", "<20210504101112.ABCDEF>"),
        ("<a.b.c>", None),
        ("<>", None),
        ("<@>", None),
        ("<a@>", None),
        ("<@b>", None),
        ("", None),
        (None, None),
        ("<a b@c>", None),
        ("<a@b><c@d>", None),
        ("<a\x1b[2J@b>", None),
        ("<" + "x" * 1000 + "@b>", None),
        ("Ditt meddelande av den 4 maj 2021", None),
    ],
)
def test_what_is_a_message_id(text: str | None, clean: str | None) -> None:
    assert clean_id(text) == clean


def test_only_so_many_references_count() -> None:
    found = reference_ids(mail(0, *range(1, 200_000)))
    assert len(found) == 100
    assert (found[0], found[-1]) == ("<1@a.example>", "<199999@a.example>")


def test_a_reference_counts_at_its_last_place() -> None:
    assert reference_ids(mail(9, 1, 2, 1)) == ("<2@a.example>", "<1@a.example>")


def test_a_hundred_thousand_mails_deep() -> None:
    mails = [mail(0), *(mail(number, number - 1) for number in range(1, 100_000))]
    placed = thread_parents(reversed(mails))
    assert placed[99_999] == Placed(99_998, 99_999)
    assert {place.thread for place in placed.values()} == {99_999}


class Store:
    """A store that places mails as they come, by the two lookups."""

    def __init__(self) -> None:
        self.mails: dict[int, Headers[int]] = {}
        self.parent: dict[int, int | None] = {}
        self.thread: dict[int, int] = {}

    def known(self, number: int) -> Known[int]:
        headers = self.mails[number]
        above = self.parent[number]
        name = clean_id(self.mails[above].message_id) if above is not None else None
        own = clean_id(headers.message_id)
        return Known(number, own, reference_ids(headers), above, name, self.thread[number])

    def add(self, new: Headers[int]) -> None:
        ids = set(lookup_ids(new))
        everyone = [self.known(number) for number in self.mails]
        placement = place(
            new,
            [known for known in everyone if known.message_id in ids],
            [known for known in everyone if not ids.isdisjoint(known.references)],
            self.parent.__getitem__,
        )
        self.mails[new.id] = new
        self.parent[new.id] = placement.parent
        self.thread[new.id] = new.id
        self.parent |= dict.fromkeys(placement.adopted, new.id)
        for number, thread in self.thread.items():
            if thread in placement.threads:
                self.thread[number] = new.id

    def threads(self) -> list[list[int]]:
        found: dict[int, list[int]] = {}
        for number, thread in self.thread.items():
            found.setdefault(thread, []).append(number)
        return sorted(map(sorted, found.values()))


def store_of(mails: Iterable[Headers[int]]) -> Store:
    store = Store()
    for one in mails:
        store.add(one)
    return store


def test_one_by_one_a_late_mail_joins_two_threads() -> None:
    store = store_of([mail(2, 1), mail(3, 1, 2), mail(5, 4), mail(4, 1)])
    assert store.threads() == [[2, 3, 4, 5]]
    assert store.parent == {2: None, 3: 2, 4: None, 5: 4}


def test_one_by_one_a_late_mail_takes_its_place() -> None:
    store = store_of([mail(1), mail(3, 1, 2), mail(2, 1)])
    assert store.parent == {1: None, 3: 2, 2: 1}


def test_one_by_one_no_loop() -> None:
    store = store_of([mail(1, 2), mail(2, 3), mail(3, 1)])
    assert store.threads() == [[1, 2, 3]]
    assert not loops(store.parent)


def loops(parent: dict[int, int | None]) -> bool:
    for start in parent:
        seen: set[int] = set()
        current: int | None = start
        while current is not None:
            if current in seen:
                return True
            seen.add(current)
            current = parent[current]
    return False


@st.composite
def correspondence(draw: st.DrawFn) -> list[Headers[int]]:
    """Mails that answer earlier ones, with all ancestors, some of them, or the last alone; some mails are lost."""
    mails: list[Headers[int]] = []
    ancestors: list[list[int]] = []
    for number in range(draw(st.integers(1, 14))):
        answered = draw(st.none() | st.integers(0, number - 1)) if number else None
        above = [*ancestors[answered], answered] if answered is not None else []
        ancestors.append(above)
        kept = above if draw(st.booleans()) else above[-1:]
        by_reply = draw(st.booleans()) and len(kept) == 1
        mails.append(mail(number, reply=kept[0]) if by_reply else mail(number, *kept))
    lost = draw(st.sets(st.integers(0, len(mails) - 1)))
    return draw(st.permutations([one for one in mails if one.id not in lost]))


@given(correspondence())
def test_one_by_one_is_as_in_one_go(mails: list[Headers[int]]) -> None:
    store = store_of(mails)
    assert store.threads() == threads(*mails)
    assert store.parent == parents(*mails)


anything = st.lists(
    st.builds(
        lambda name, references: (name, references),
        st.integers(0, 6),
        st.lists(st.integers(0, 6), max_size=5),
    ),
    max_size=14,
)


@given(anything)
def test_whatever_the_headers_say_there_is_no_loop_and_everybody_has_a_place(
    headers: list[tuple[int, list[int]]],
) -> None:
    mails = [
        mail(number, *references, name=f"<{name}@a.example>")
        for number, (name, references) in enumerate(headers)
    ]
    placed = thread_parents(mails)
    assert list(placed) == [one.id for one in mails]
    assert not loops({number: place.parent for number, place in placed.items()})
    assert all(
        place.parent is None or placed[place.parent].thread == place.thread for place in placed.values()
    )
    assert not loops(store_of(mails).parent)
