"""One mail is one message wherever it stands; the same Message-ID with other words is another."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from crm.accounts import NewAccount, put_account
from crm.importing import store_files
from crm.intake import IntakeContext, take_in
from crm.messages import rows as message_rows
from crm.raws import unpack
from crm.reading import read_mail
from crm.readings import ReadingContext
from crm.rows.messages import MessageRow
from crm.storing import StoreSink
from db.schema import Message, Raw
from db.store import Store
from ingest.sync import sync_mailbox
from nlp.reader import Reader
from tests.fakes import FakeServer, FakeSource
from tests.intake import OURS, fill
from tests.mails import mail

TODAY = date(2021, 6, 8)
LETTER = mail("Vi återkommer i oktober.", message_id="<1@x.example>").replace(b"\n", b"\r\n")

Sync = Callable[[str, FakeServer], None]


@pytest.fixture
def sync(store: Store) -> Sync:
    """Brings an account of that name up to date."""
    fill(store)

    def run(account: str, server: FakeServer) -> None:
        with store.write() as session:
            put_account(session, NewAccount(account, "imap.example", "anna", "env:X"))
        sink = StoreSink(store, account, TODAY)
        assert all(
            result.problems == () for result in sync_mailbox(FakeSource(server), sink, patterns=["*"])[1]
        )

    return run


@pytest.fixture
def received(store: Store, reader: Reader) -> Callable[[], list[MessageRow]]:
    """Reads everything, and gives the messages that came."""

    def run() -> list[MessageRow]:
        with store.write() as session:
            raws = list(session.scalars(select(Raw).order_by(Raw.id)))
            read = [(raw, read_mail(unpack(raw), reader, ReadingContext(TODAY))) for raw in raws]
            take_in(session, read, IntakeContext(OURS, TODAY))
        with store.read() as session:
            numbers = session.scalars(select(Message.id).where(Message.kind == "received"))
            return message_rows(session, list(numbers))

    return run


def test_in_two_folders_and_two_accounts_and_a_file(
    store: Store, sync: Sync, received: Callable[[], list[MessageRow]]
) -> None:
    one, other = FakeServer(), FakeServer()
    one.create("Arkiv")
    for server, folder in ((one, "INBOX"), (one, "Arkiv")):
        server.append(folder, LETTER)
    other.append(
        "INBOX", b"Received: from a.example by b.example; Mon, 7 Jun 2021 09:01:00 +0200\r\n" + LETTER
    )
    sync("registrator", one)
    sync("anna", other)
    with store.write() as session:
        store_files(session, "import", [LETTER.replace(b"\r\n", b"\n")], TODAY)
    (row,) = received()
    assert len(row.raws) == 3
    assert sorted((place.account, place.folder) for place in row.locations) == [
        ("anna", "INBOX"),
        ("files", "import"),
        ("registrator", "Arkiv"),
        ("registrator", "INBOX"),
    ]


def test_the_same_message_id_with_another_key_is_two(
    sync: Sync, received: Callable[[], list[MessageRow]]
) -> None:
    server = FakeServer()
    server.append("INBOX", LETTER)
    server.append("INBOX", LETTER.replace(b"oktober", b"november"))
    sync("registrator", server)
    first, second = received()
    assert first.message_id == second.message_id == "<1@x.example>"
    assert first.id != second.id
    assert {len(row.raws) for row in (first, second)} == {1}


def test_a_message_keeps_its_id_in_a_new_epoch_and_a_renamed_folder(
    store: Store, sync: Sync, received: Callable[[], list[MessageRow]]
) -> None:
    server = FakeServer()
    server.create("Ärenden")
    server.append("Ärenden", LETTER)
    sync("registrator", server)
    (before,) = received()
    server.renumber("Ärenden", 900)
    sync("registrator", server)
    server.rename("Ärenden", "Arkiv")
    sink = StoreSink(store, "registrator", TODAY)
    list(sync_mailbox(FakeSource(server), sink, patterns=["*"], synced=["INBOX", "Ärenden"])[1])
    (after,) = received()
    assert (after.id, after.raws) == (before.id, before.raws)
    assert [(place.folder, place.uidvalidity, place.gone) for place in after.locations] == [
        ("Ärenden", 1, True),
        ("Ärenden", 900, True),
        ("Arkiv", 900, False),
    ]
