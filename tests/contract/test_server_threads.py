"""THREADID of RFC 8474: a server that holds mails in one thread joins those that lost their headers. Scripted, since Dovecot has none."""

from collections.abc import Callable, Sequence
from datetime import date

import pytest
from sqlalchemy import select

from crm.account_settings import NewAccount
from crm.accounts import put_account
from crm.indexed import IndexContext
from crm.indexing_process import index_mail
from crm.intake import IntakeContext, take_in
from crm.intake.indexed import take_in_indexed
from crm.raws import unpack
from crm.reading import read_mail
from crm.readings import ReadingContext
from crm.storing import StoreSink
from crm.waiting import count, unread
from db.schema import Message, Raw
from db.store import Store
from ingest.errors import FolderRefused
from ingest.sync import sync_folder
from nlp.reader import Reader
from tests.intake import OURS, fill
from tests.mails import mail
from tests.servers import Scripted

TODAY = date(2021, 6, 8)
OFFER = "IMAP4rev1 AUTH=PLAIN OBJECTID"
# Neither refers to the other, nor has its subject.
LETTERS = [
    mail("Vi har en lokal.", message_id="<1@x.example>", subject="Lokal i Ånge"),
    mail("Ritningen kommer i morgon.", message_id="<2@x.example>", subject="Ritning", at="2021-06-08 09:00"),
]


def told(raws: Sequence[bytes], threads: Sequence[bytes | None]) -> bytes:
    """FETCH responses, each with the mail's THREADID; None: the server says nothing of it."""
    parts = []
    for uid, (raw, thread) in enumerate(zip(raws, threads, strict=True), 1):
        said = b"" if thread is None else b" THREADID " + thread
        parts.append(
            b"* %d FETCH (UID %d RFC822.SIZE %d%s BODY[] {%d}\r\n%s)\r\n"
            % (uid, uid, len(raw), said, len(raw), raw)
        )
    return b"".join(parts)


@pytest.fixture
def sync(store: Store, scripted: Callable[..., Scripted]) -> Callable[..., Scripted]:
    """Brings an account up to date from a server that says so of its mails."""
    fill(store)

    def run(
        raws: Sequence[bytes], threads: Sequence[bytes | None], account: str = "registrator", **replies: bytes
    ) -> Scripted:
        with store.write() as session:
            put_account(session, NewAccount(account, "imap.example", "anna", "env:X"))
        server = scripted(
            capabilities=OFFER,
            **{
                "EXAMINE": b"* %d EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 9] x\r\n" % len(raws),
                "SEARCH": b"* SEARCH " + b" ".join(b"%d" % uid for uid in range(1, len(raws) + 1)) + b"\r\n",
                "FETCH": told(raws, threads),
                **replies,
            },
        )
        with server.source() as source:
            assert sync_folder(source, StoreSink(store, account, TODAY), "INBOX").problems == ()
        return server

    return run


@pytest.fixture
def read(store: Store, reader: Reader) -> Callable[[], list[int | None]]:
    """Reads what waits to be read; gives the threads of the received messages."""

    def run() -> list[int | None]:
        with store.write() as session:
            raws = list(session.scalars(select(Raw).where(unread()).order_by(Raw.id)))
            mails = [(raw, read_mail(unpack(raw), reader, ReadingContext(TODAY))) for raw in raws]
            take_in(session, mails, IntakeContext(OURS, TODAY))
        return threads(store)

    return run


def threads(store: Store) -> list[int | None]:
    with store.read() as session:
        received = select(Message.thread_id).where(Message.kind == "received").order_by(Message.id)
        return list(session.scalars(received))


def test_mails_of_one_thread_on_the_server_stand_together(
    sync: Callable[..., Scripted], read: Callable[[], list[int | None]]
) -> None:
    server = sync(LETTERS, [b"(T1)", b"(T1)"])
    assert any(b"THREADID" in line and b"BODY.PEEK[]" in line for line in server.heard)
    first, second = read()
    assert first == second


@pytest.mark.parametrize(
    "said", [[b"(T1)", b"(T2)"], [b"NIL", b"NIL"], [None, None], [b"(T 1)", b"(T 1)"], [b'("")', b'("")']]
)
def test_others_do_not(
    sync: Callable[..., Scripted], read: Callable[[], list[int | None]], said: Sequence[bytes | None]
) -> None:
    sync(LETTERS, said)
    first, second = read()
    assert first != second


def test_a_thread_means_something_within_one_account_alone(
    sync: Callable[..., Scripted], read: Callable[[], list[int | None]]
) -> None:
    sync(LETTERS[:1], [b"(T1)"])
    sync(LETTERS[1:], [b"(T1)"], account="anna")
    first, second = read()
    assert first != second


def test_what_was_read_before_the_server_told_it_is_read_again(
    store: Store, sync: Callable[..., Scripted], read: Callable[[], list[int | None]]
) -> None:
    sync(LETTERS, [None, None])
    first, second = read()
    assert first != second
    sync(LETTERS, [b"(T1)", b"(T1)"], account="anna")
    first, second = read()
    assert first == second
    sync(LETTERS, [b"(T1)", b"(T1)"], account="bo")
    assert count(store, unread()) == 0
    assert read() == [first, first]


def test_mails_that_are_indexed_alone_stand_there_as_well(
    store: Store, sync: Callable[..., Scripted]
) -> None:
    sync(LETTERS, [b"(T1)", b"(T1)"])
    with store.write() as session:
        raws = list(session.scalars(select(Raw).order_by(Raw.id)))
        mails = [(raw.id, index_mail(unpack(raw), IndexContext(OURS, TODAY))) for raw in raws]
        take_in_indexed(session, mails, IntakeContext(OURS, TODAY))
    first, second = threads(store)
    assert first == second


def test_a_server_that_offers_threads_and_refuses_to_tell_them(scripted: Callable[..., Scripted]) -> None:
    refused = scripted(
        capabilities=OFFER,
        EXAMINE=b"* 1 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n",
        FETCH=b"%T BAD no such item\r\n",
    )
    with refused.source() as source:
        source.select("INBOX")
        with pytest.raises(FolderRefused):
            list(source.fetch([1]))
    assert [b"THREADID" in line for line in refused.heard if b"FETCH" in line] == [True, False]
