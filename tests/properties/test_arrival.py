"""Whole letters in any order and in any batches stand in the same threads, whatever proves what they answer."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from crm.intake import IntakeContext, take_in
from crm.raws import put_raws
from crm.reading import read_mail
from crm.readings import ReadingContext, ReadMail
from db.schema import Message, Raw
from db.store import Store, open_store
from nlp.reader import Reader
from tests.intake import OURS, fill
from tests.mails import ANNA, BO, CIA, forwarded, mail

TODAY = date(2021, 6, 30)
SUBJECT = "Lokal i Ånge centrum"
FIRST = "Vi har en lokal på Storgatan 4 som kan passa er verksamhet, den är på 240 kvadratmeter."
SECOND = "Ritningen bifogas, hissen byggs om under hösten och entrén får en ny ramp mot torget."


def letter(
    name: str, text: str, day: int, *, turned: bool = False, subject: str = SUBJECT, **more: str
) -> bytes:
    """A mail between two people, by its Message-ID and the day of June on which it was sent."""
    sender, to = (BO, ANNA) if turned else (ANNA, BO)
    at = f"2021-06-{day:02} 09:00"
    return mail(
        text,
        sender=sender,
        to=to,
        subject=subject,
        at=at,
        message_id=f"<{name}@x.example>",
        headers=more or None,
    )


def quote(text: str, day: int, *, turned: bool = False) -> str:
    sender, to = (BO, ANNA) if turned else (ANNA, BO)
    return forwarded(text, sender=sender, at=f"den {day} juni 2021 09:00", to=to, subject=SUBJECT)


# Lost answers with a nearer mail and one as near, quotes of one and of two letters, an answer that may not be guessed.
LETTERS = [
    letter("first", FIRST, 1),
    letter("second", SECOND, 4),
    letter("lost", "Tack, vi tittar på det.", 6, turned=True, subject=f"SV: {SUBJECT}"),
    letter("again", "Då ses vi på plats.", 8, subject=f"SV: {SUBJECT}"),
    letter("later", "Det blir bra.", 9, turned=True, subject=f"Re: {SUBJECT}"),
    letter("quoting", f"Se nedan.\n\n{quote(FIRST, 1)}", 10, turned=True, subject="En fråga om lokalen"),
    letter(
        "both",
        f"Se båda breven.\n\n{quote(SECOND, 4)}\n\n{quote(FIRST, 1)}",
        11,
        turned=True,
        subject="Våra brev",
    ),
    letter("guess", f"Nja.\n\n{quote(FIRST, 1)}", 7, turned=True, subject=f"SV: {SUBJECT}"),
    letter("other", "Något helt annat som rör parkeringen.", 5, subject="Parkering vid torget"),
    mail(
        "Tack för det.",
        sender=CIA,
        to=ANNA,
        subject=f"SV: {SUBJECT}",
        at="2021-06-07 10:00",
        message_id="<cia@x.example>",
    ),
]


@dataclass(frozen=True)
class Stood:
    """Message-IDs that stand together, and what each answers."""

    threads: frozenset[frozenset[str]]
    answered: frozenset[tuple[str, str | None]]


@cache
def _reader() -> Reader:
    return Reader()


@cache
def _read(raw: bytes) -> ReadMail:
    return read_mail(raw, _reader(), ReadingContext(today=TODAY))


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new store as a file, to be copied."""
    place = tmp_path_factory.mktemp("arrival") / "new.sqlite"
    with open_store(f"sqlite:///{place}", upgrade=True) as store:
        fill(store)
    return place


def taken_in(template: Path, batches: Sequence[Sequence[bytes]]) -> Stood:
    place = template.with_name("here.sqlite")
    shutil.copy(template, place)
    with open_store(f"sqlite:///{place}") as store:
        for batch in batches:
            _take(store, batch)
        return _stood(store)


@cache
def _at_once(template: Path) -> Stood:
    return taken_in(template, [LETTERS])


def _take(store: Store, raws: Sequence[bytes]) -> None:
    with store.write() as session:
        rows = [session.get_one(Raw, put.id) for put in put_raws(session, raws, TODAY)]
        take_in(
            session,
            [(row, _read(raw)) for row, raw in zip(rows, raws, strict=True)],
            IntakeContext(OURS, TODAY),
        )


def _stood(store: Store) -> Stood:
    with store.read() as session:
        received = select(Message.id, Message.message_id, Message.thread_id, Message.reply_to_id)
        rows = session.execute(received.where(Message.kind == "received")).all()
    names = {number: name or "" for number, name, _, _ in rows}
    threads: dict[int | None, set[str]] = {}
    for number, _, thread, _ in rows:
        threads.setdefault(thread, set()).add(names[number])
    return Stood(
        frozenset(map(frozenset, threads.values())),
        frozenset(
            (names[number], names.get(answered) if answered else None) for number, _, _, answered in rows
        ),
    )


def _batches(order: Sequence[bytes], cuts: Sequence[bool]) -> Iterator[list[bytes]]:
    batch: list[bytes] = []
    for raw, cut in zip(order, cuts, strict=True):
        batch.append(raw)
        if cut:
            yield batch
            batch = []
    if batch:
        yield batch


@given(
    order=st.permutations(LETTERS), cuts=st.lists(st.booleans(), min_size=len(LETTERS), max_size=len(LETTERS))
)
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_the_order_of_arrival_does_not_matter(template: Path, order: list[bytes], cuts: list[bool]) -> None:
    assert taken_in(template, list(_batches(order, cuts))) == _at_once(template)


def test_an_answer_that_lost_its_headers_moves_to_a_nearer_mail(template: Path) -> None:
    first, second, lost = LETTERS[:3]
    stood = taken_in(template, [[first], [lost], [second]])
    assert stood.threads == {
        frozenset({"<first@x.example>"}),
        frozenset({"<lost@x.example>", "<second@x.example>"}),
    }


def test_a_guess_gives_way_to_what_a_quote_proves(template: Path) -> None:
    first, second, guess = LETTERS[0], LETTERS[1], LETTERS[7]
    stood = taken_in(template, [[second], [guess], [first]])
    assert frozenset({"<guess@x.example>", "<first@x.example>"}) in stood.threads
