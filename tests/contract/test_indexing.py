"""A mail is searchable before it is read; read afterwards, the store is as if it had been read at once."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import select

from crm import ids, indexing, messages, threads
from crm.demo import load_mails
from crm.indexed import IndexContext
from crm.indexing import Indexer, index_missing
from crm.indexing_process import index_mail
from crm.intake import IntakeContext, take_in
from crm.intake.indexed import take_in_indexed
from crm.messages import MessageQuery
from crm.raws import put_raws
from crm.reading import read_mail
from crm.readings import ReadingContext, ReadMail
from crm.search import search
from crm.settings import load
from db.errors import StoreFull
from db.schema import FollowUp, Message, Raw
from db.store import Store, open_store
from nlp.reader import Reader
from tests.dumps import dump
from tests.intake import OURS, fill
from tests.mails import ANNA, BO, CIA, forwarded, mail

TODAY = date(2021, 10, 18)
BATCH = 20
Step = tuple[str, slice]


def index(store: Store, raws: Sequence[bytes]) -> None:
    """Stores and indexes."""
    context = IndexContext(OURS, TODAY)
    for at in range(0, len(raws), BATCH):
        some = raws[at : at + BATCH]
        with store.write() as session:
            puts = put_raws(session, some, TODAY)
            mails = {put.id: index_mail(raw, context) for put, raw in zip(puts, some, strict=True)}
            take_in_indexed(session, list(mails.items()), IntakeContext(OURS, TODAY))


def read(store: Store, raws: Sequence[bytes], read_one: Callable[[bytes], ReadMail]) -> None:
    """Stores and reads, as they were stored."""
    for at in range(0, len(raws), BATCH):
        some = raws[at : at + BATCH]
        with store.write() as session:
            puts = put_raws(session, some, TODAY)
            mails = {put.id: read_one(raw) for put, raw in zip(puts, some, strict=True)}
            taken = [(session.get_one(Raw, number), one) for number, one in mails.items()]
            take_in(session, taken, IntakeContext(OURS, TODAY))


@pytest.fixture(scope="session")
def read_one(reader: Reader) -> Callable[[bytes], ReadMail]:
    """Reads a mail, each once for all tests."""
    return cache(lambda raw: read_mail(raw, reader, ReadingContext(today=TODAY)))


PROMISE = "Hej!\n\nVi återkommer i slutet av oktober 2021 om lokalen i Ånge.\n\nAnna"
RECEIVED = mail(PROMISE, subject="Lokal i Ånge", message_id="<1@x.example>")
QUOTED = forwarded(PROMISE, sender=ANNA, at="den 7 juni 2021 09:00", to=BO, subject="Lokal i Ånge")
QUOTING = mail(f"Tack!\n\n{QUOTED}", sender=BO, to=ANNA, subject="SV: Lokal i Ånge", at="2021-06-08 10:00")
PASSED_ON = mail(
    f"Se nedan.\n\n{QUOTED}", sender=BO, to=CIA, subject="VB: Lokal i Ånge", at="2021-06-09 10:00"
)
EMPTY = b"\0\0\0\0"


def mailbox() -> list[bytes]:
    """The demonstration's mails, a letter that is quoted before it comes, copies, and what is no mail."""
    own = [QUOTING, EMPTY, RECEIVED, PASSED_ON, RECEIVED.replace(b"\n", b"\r\n")]
    return [*own, *(each.raw for each in load_mails())]


MIXTURES: dict[str, list[Step]] = {
    "all indexed, then read": [("index", slice(None)), ("read", slice(None))],
    "half read, the rest indexed and read": [
        ("read", slice(0, 25)),
        ("index", slice(25, None)),
        ("read", slice(25, None)),
    ],
    "the quote read before the letter was indexed": [
        ("read", slice(0, 1)),
        ("index", slice(1, None)),
        ("read", slice(1, None)),
    ],
    "in turns": [
        ("index", slice(0, 30)),
        ("read", slice(0, 10)),
        ("index", slice(30, None)),
        ("read", slice(10, None)),
    ],
    "indexed twice": [("index", slice(0, 30)), ("index", slice(None)), ("read", slice(None))],
}


@pytest.mark.parametrize("mixture", MIXTURES)
def test_what_was_indexed_and_read_is_what_was_read_at_once(
    store: Store, read_one: Callable[[bytes], ReadMail], mixture: str, tmp_path: Path
) -> None:
    raws = mailbox()
    fill(store)
    for step, part in MIXTURES[mixture]:
        if step == "index":
            index(store, raws[part])
        else:
            read(store, raws[part], read_one)
    with open_store(f"sqlite:///{tmp_path / 'plain.db'}") as plain:
        fill(plain)
        read(plain, raws, read_one)
        with plain.read() as expected, store.read() as session:
            assert dump(session) == dump(expected)


def test_an_indexed_mail_is_found_listed_and_threaded(store: Store) -> None:
    fill(store)
    answer = mail(
        "Ja, gärna!", sender=BO, to=ANNA, message_id="<2@x.example>", headers={"In-Reply-To": "<1@x.example>"}
    )
    index(store, [answer, RECEIVED])
    with store.read() as session:
        (found,) = search(session, "lokalen återkommer")
        rows = messages.list_messages(session, MessageQuery())
        numbers = threads.thread_ids(session)
        answered = session.scalar(select(Message.reply_to_id).where(Message.message_id == "<2@x.example>"))
    assert (found.message_id, found.direction, found.kind) == ("<1@x.example>", "out", "received")
    assert len(found.raws) == 1
    assert {row.thread_id for row in rows} == {ids.printed("thread", number) for number in numbers}
    assert ids.printed("message", answered or 0) == found.id


def test_its_number_stays_when_it_is_read(store: Store, read_one: Callable[[bytes], ReadMail]) -> None:
    fill(store)
    read(store, [QUOTING], read_one)
    index(store, [RECEIVED])
    number = select(Message.id).where(Message.message_id == "<1@x.example>")
    with store.read() as session:
        before = session.scalar(number)
        promised = session.scalars(select(FollowUp.id)).all()
    read(store, [RECEIVED], read_one)
    with store.read() as session:
        assert session.scalar(number) == before
        assert session.scalars(select(FollowUp.id)).all() == promised


def test_a_mail_that_was_read_is_not_indexed_again(
    store: Store, read_one: Callable[[bytes], ReadMail]
) -> None:
    fill(store)
    read(store, [QUOTING], read_one)
    with store.read() as session:
        before = dump(session)
    index(store, [QUOTING])
    with store.read() as session:
        assert dump(session) == before


def test_words_of_an_attached_mail_are_found(store: Store) -> None:
    fill(store)
    inner = mail("Kvittensen ligger här.", subject="Ärendet", message_id="<9@x.example>")
    outer = (
        b"From: Bo <bo@ange.example>\nSubject: Bifogat\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
        b"--b\nContent-Type: text/plain\n\nSe bilagan.\n--b\nContent-Type: message/rfc822\n\n"
        + inner
        + b"\n--b--\n"
    )
    index(store, [outer])
    with store.read() as session:
        assert [row.subject for row in search(session, "kvittens")] == ["Bifogat"]


SETTINGS = load(today=TODAY, own="statenssc.se", jobs=1)


def stored(store: Store, *raws: bytes) -> list[tuple[int, bytes]]:
    """Raws as a sync stores them, with their ids."""
    with store.write() as session:
        return [(put.id, raw) for put, raw in zip(put_raws(session, raws, TODAY), raws, strict=True)]


def subjects(store: Store) -> list[str | None]:
    with store.read() as session:
        return sorted(session.scalars(select(Message.subject)), key=str)


def test_all_that_was_put_is_searchable_at_the_end(store: Store) -> None:
    fill(store)
    told: list[tuple[int, int]] = []
    with Indexer(store, SETTINGS, lambda done, put: told.append((done, put))) as indexer:
        threads_of_accounts = [
            Thread(target=indexer.put, args=(stored(store, mail("Hej!", subject=f"Nummer {number}")),))
            for number in range(3)
        ]
        for thread in threads_of_accounts:
            thread.start()
        for thread in threads_of_accounts:
            thread.join()
    assert subjects(store) == ["Nummer 0", "Nummer 1", "Nummer 2"]
    assert told[-1] == (3, 3)
    assert not indexer.bad


def test_what_is_no_mail_is_quarantined_and_named(store: Store) -> None:
    fill(store)
    with Indexer(store, SETTINGS) as indexer:
        ((number, _),) = items = stored(store, EMPTY)
        indexer.put(items)
    assert indexer.bad == {number}
    with store.read() as session:
        (row,) = messages.list_messages(session, MessageQuery(quarantined=True))
    assert row.problems


def test_what_a_killed_run_left_is_indexed_once(store: Store) -> None:
    fill(store)
    stored(store, mail("Hej!", subject="Kvar"), mail("Då!", subject="Också kvar"))
    assert index_missing(store, SETTINGS) == 2
    assert index_missing(store, SETTINGS) == 0
    assert subjects(store) == ["Kvar", "Också kvar"]


def test_a_mail_on_which_intake_fails_stops_no_other(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(store)
    real = vars(indexing)["take_in_indexed"]

    def failing(session: Any, mails: Any, context: Any) -> Any:
        if any("fel" in one.columns.get("body", "") for _, one in mails):
            raise OverflowError
        return real(session, mails, context)

    monkeypatch.setattr(indexing, "take_in_indexed", failing)
    with Indexer(store, SETTINGS) as indexer:
        indexer.put(stored(store, mail("Ett fel.", subject="Dålig"), mail("Hej!", subject="Bra")))
    assert len(indexer.bad) == 1
    assert subjects(store) == ["Bra", None]


def test_a_store_that_fails_ends_it_with_its_error(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(store)

    def full(*_: object) -> None:
        raise StoreFull(store.url, "no room")

    monkeypatch.setattr(indexing, "take_in_indexed", full)
    items = stored(store, mail("Hej!"))
    with pytest.raises(StoreFull), Indexer(store, SETTINGS) as indexer:
        indexer.put(items)


def test_an_exception_of_the_caller_ends_it_without_waiting_for_the_rest(store: Store) -> None:
    fill(store)
    items = stored(store, *(mail("Hej!", subject=str(number)) for number in range(3)))

    def stopped() -> None:
        with Indexer(store, SETTINGS) as indexer:
            for item in items:
                indexer.put([item])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    index_missing(store, SETTINGS)
    assert subjects(store) == ["0", "1", "2"]
