"""People split and join threads, and it stays so; what a chain proves joins what lost its headers."""

import base64
from datetime import UTC, datetime
from itertools import permutations
from typing import Any

import pytest
from sqlalchemy import select

from crm import ids, thread_arranging, undoing
from crm.errors import NotFound, NothingToSplit
from crm.messages import MessageQuery
from crm.threads import thread_ids, thread_page, thread_tree
from db.schema import Message
from db.store import Store
from tests.intake import Take
from tests.mails import ANNA, BO, CIA, forwarded, mail

NOW = datetime(2021, 10, 18, 9, tzinfo=UTC)
LETTER = "Hej!\n\nVi behöver besked om lokalen på Storgatan 3 i Ånge.\n\nAnna"
QUOTE = forwarded(
    LETTER, sender="Anna Lindgren <anna.lindgren@statenssc.se>", at="den 7 juni 2021 09:00",
    to="Bo Ekdahl", subject="Lokalen",
)  # fmt: skip
FIRST = mail(LETTER, subject="Lokalen", message_id="<first@a.example>")
LOST = mail(
    f"Det får ni i morgon.\n\n{QUOTE}", sender=BO, to=ANNA, subject="SV: Lokalen", at="2021-06-08 10:00",
    message_id="<lost@a.example>",
)  # fmt: skip
AFTER = mail(
    "Tack!",
    subject="SV: Lokalen",
    at="2021-06-09 10:00",
    message_id="<after@a.example>",
    reply_to=["<lost@a.example>"],
)


def chain(*names: int) -> list[bytes]:
    """Mails of one thread, each an answer to all before it."""
    return [
        mail(f"Brev {number}", message_id=f"<{number}@a.example>", reply_to=[f"<{n}@a.example>" for n in names[:at]],
             at=f"2021-06-0{number} 09:00")
        for at, number in enumerate(names)
    ]  # fmt: skip


def groups(store: Store) -> list[list[str]]:
    """The Message-IDs of every thread."""
    with store.read() as session:
        found: dict[int, list[str]] = {}
        rows = session.execute(
            select(Message.thread_id, Message.message_id).where(Message.kind == "received")
        )
        for thread, name in rows:
            found.setdefault(thread or 0, []).append((name or "").partition("@")[0].strip("<"))
    return sorted(sorted(each) for each in found.values())


def printed(store: Store, name: str) -> str:
    with store.read() as session:
        number = session.scalar(select(Message.id).where(Message.message_id == f"<{name}@a.example>"))
    return ids.printed("message", number or 0)


def decide(store: Store, deed: Any, *names: str) -> Any:
    with store.write() as session:
        return deed(session, [printed(store, name) for name in names], by="asa", now=NOW)


def undo(store: Store) -> None:
    with store.write() as session:
        undoing.undo(session, by="asa", now=NOW)


@pytest.mark.parametrize("order", list(permutations([FIRST, LOST, AFTER])))
@pytest.mark.parametrize("together", [True, False])
def test_a_mail_without_references_is_rejoined_by_what_it_quotes(
    filled: Store, take: Take, order: tuple[bytes, ...], *, together: bool
) -> None:
    if together:
        take(*order)
    else:
        for each in order:
            take(each)
    assert groups(filled) == [["after", "first", "lost"]]
    take(*order)
    assert groups(filled) == [["after", "first", "lost"]]


def test_a_letter_that_went_to_many_joins_no_strangers(filled: Store, take: Take) -> None:
    other = mail(LETTER, to=CIA, subject="Lokalen", message_id="<other@a.example>")
    take(other, FIRST)
    quote = QUOTE.replace("Bo Ekdahl", "Cia Norberg")
    take(mail(f"Ja.\n\n{quote}", sender=CIA, to=ANNA, at="2021-06-08 09:30", message_id="<answer@a.example>"))
    assert ["first"] in groups(filled)
    assert not any({"first", "answer"} <= set(group) for group in groups(filled))


def test_what_the_headers_say_is_believed_before_what_is_quoted(filled: Store, take: Take) -> None:
    elsewhere = mail("Annat.", message_id="<else@a.example>", at="2021-06-07 10:00")
    answer = mail(f"Se nedan.\n\n{QUOTE}", sender=BO, to=ANNA, at="2021-06-08 11:00",
                  message_id="<answer@a.example>", reply_to=["<else@a.example>"])  # fmt: skip
    take(FIRST, elsewhere, answer)
    assert groups(filled) == [["answer", "else"], ["first"]]


def test_a_split_takes_what_answers_it_along_and_stays(filled: Store, take: Take) -> None:
    mails = chain(1, 2, 3, 4)
    take(*mails)
    rows = decide(filled, thread_arranging.split, "3")
    assert groups(filled) == [["1", "2"], ["3", "4"]]
    assert sorted(row.messages for row in rows) == [2, 2]
    take(*mails)
    assert groups(filled) == [["1", "2"], ["3", "4"]]
    take(*chain(1, 2, 3, 4, 5)[4:])
    take(*chain(1, 2, 6)[2:])
    assert groups(filled) == [["1", "2", "6"], ["3", "4", "5"]]
    undo(filled)
    assert groups(filled) == [["1", "2", "3", "4", "5", "6"]]


def test_a_join_stays_until_it_is_undone(filled: Store, take: Take) -> None:
    mails = [*chain(1, 2), *chain(3, 4)]
    take(*mails)
    (row,) = decide(filled, thread_arranging.join, "2", "4")
    assert row.messages == 4
    take(*mails)
    take(*chain(3, 5)[1:])
    assert groups(filled) == [["1", "2", "3", "4", "5"]]
    undo(filled)
    assert groups(filled) == [["1", "2"], ["3", "4", "5"]]
    take(*mails)
    assert groups(filled) == [["1", "2"], ["3", "4", "5"]]


def numbers(store: Store) -> dict[str, int]:
    """Message → the number of its thread."""
    with store.read() as session:
        rows = session.execute(select(Message.message_id, Message.thread_id)).all()
    return {(name or "").strip("<>").partition("@")[0]: thread or 0 for name, thread in rows}


@pytest.mark.parametrize("lengths", [(1, 3), (3, 1), (2, 2)])
def test_after_an_undone_join_each_thread_has_the_number_that_it_had(
    filled: Store, take: Take, lengths: tuple[int, int]
) -> None:
    one, other = lengths
    mails = [*chain(*range(1, 1 + one)), *chain(*range(5, 5 + other))]
    take(*mails)
    before = numbers(filled)
    decide(filled, thread_arranging.join, "1", "5")
    assert len(set(numbers(filled).values())) == 1
    undo(filled)
    assert numbers(filled) == before
    take(*mails)
    assert numbers(filled) == before


def test_of_three_that_were_joined_each_gets_its_number_back(filled: Store, take: Take) -> None:
    take(*chain(1), *chain(2, 3), *chain(4, 5, 6))
    before = numbers(filled)
    decide(filled, thread_arranging.join, "1", "2", "4")
    undo(filled)
    assert numbers(filled) == before


def test_after_an_undone_split_the_thread_has_the_number_that_it_had(filled: Store, take: Take) -> None:
    take(*chain(1, 2, 3, 4))
    before = numbers(filled)
    decide(filled, thread_arranging.split, "2")
    undo(filled)
    assert numbers(filled) == before


def test_what_came_to_joined_threads_meanwhile_follows_its_own(filled: Store, take: Take) -> None:
    take(*chain(1), *chain(2, 3))
    before = numbers(filled)
    decide(filled, thread_arranging.join, "1", "2")
    take(*chain(1, 7)[1:])
    undo(filled)
    assert numbers(filled) == before | {"7": before["1"]}


def test_what_was_joined_can_be_split_again(filled: Store, take: Take) -> None:
    take(*chain(1, 2), *chain(3, 4))
    decide(filled, thread_arranging.join, "1", "3")
    decide(filled, thread_arranging.split, "3")
    assert groups(filled) == [["1", "2"], ["3", "4"]]


def test_threads_are_joined_by_their_own_ids_as_well(filled: Store, take: Take) -> None:
    take(*chain(1), *chain(2))
    with filled.write() as session:
        names = [ids.printed("thread", number) for number in thread_ids(session)]
        thread_arranging.join(session, names, by="asa", now=NOW)
    assert groups(filled) == [["1", "2"]]


def test_a_mail_that_answers_nothing_is_not_split(filled: Store, take: Take) -> None:
    take(*chain(1, 2))
    with pytest.raises(NothingToSplit):
        decide(filled, thread_arranging.split, "1")
    with pytest.raises(NotFound), filled.write() as session:
        thread_arranging.split(session, ["m999"], by="asa", now=NOW)


def test_a_mail_that_is_not_here_stands_above_those_that_answer_it(filled: Store, take: Take) -> None:
    take(*chain(9, 1)[1:], *chain(9, 2)[1:])
    with filled.read() as session:
        numbers = thread_ids(session)
        _, names, roots = thread_tree(session, numbers)[numbers[0]]
    assert len(names) == 2
    ((root),) = roots
    assert (root["id"], root["message_id"], len(root["children"])) == (None, "<9@a.example>", 2)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("mails", "waiting"),
    [
        ([mail("Kan ni skicka ritningarna senast fredag?", sender=BO, to=ANNA, at="2021-06-07 09:00")], "us"),
        ([mail("Kan ni skicka ritningarna senast fredag?", at="2021-06-07 09:00")], "them"),
        (
            [
                mail(
                    "Kan ni skicka ritningarna senast fredag?",
                    at="2021-06-07 09:00",
                    message_id="<q@a.example>",
                ),
                mail(
                    "Vilka ritningar menas?",
                    sender=BO,
                    to=ANNA,
                    at="2021-06-08 09:00",
                    reply_to=["<q@a.example>"],
                ),
            ],
            "us",
        ),
    ],
)
def test_a_thread_waits_for_whoever_was_asked_last(
    filled: Store, take: Take, mails: list[bytes], waiting: str
) -> None:
    take(*mails)
    with filled.read() as session:
        (row,) = thread_page(session, thread_ids(session, MessageQuery(limit=0)))
    assert row.waiting == waiting


@pytest.mark.parametrize("together", [True, False])
def test_exchanges_index_rejoins_what_lost_its_references(
    filled: Store, take: Take, *, together: bool
) -> None:
    first = base64.b64encode(bytes.fromhex("01d75b92208a") + bytes(16)).decode()
    again = base64.b64encode(bytes.fromhex("01d75b92208a") + bytes(16) + b"12345").decode()
    mails = [
        mail("Ett.", message_id="<1@a.example>", at="2021-06-07 13:42", headers={"Thread-Index": first}),
        mail("Två.", message_id="<2@a.example>", at="2021-06-08 09:00", headers={"Thread-Index": again}),
        mail("Tre.", message_id="<3@a.example>", at="2021-06-08 10:00"),
    ]
    for batch in [mails] if together else [[each] for each in mails]:
        take(*batch)
    assert groups(filled) == [["1", "2"], ["3"]]
    with filled.read() as session:
        trees = thread_tree(session, thread_ids(session))
    assert all(root["id"] for _, _, roots in trees.values() for root in roots)
