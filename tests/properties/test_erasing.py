"""A store from which mails were erased is the store that never had them: threads, parents, people, places, promises."""

import random
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from crm.erasing import erase
from crm.intake import IntakeContext, take_in
from crm.lookup import by_column
from crm.raws import put_raws, unpack
from crm.reading import read_mail
from crm.readings import ReadingContext, ReadMail
from db.check import check
from db.schema import Address, FollowUp, Message, Person, Phone, Raw, Thread, ThreadKey
from db.store import Store, open_store
from nlp.reader import Reader
from tests.intake import OURS, fill
from tests.mails import ANNA, BO, CIA, forwarded, mail

TODAY = date(2021, 6, 8)
EVA = "Eva Sandin <eva.sandin@kattvakten.example>"
PARTIES = (ANNA, BO, CIA, EVA)


def letters(seed: int, number: int = 9) -> list[bytes]:
    """Mails that answer, quote and forward each other at random; some share a Message-ID, some answer what never came."""
    rnd = random.Random(seed)
    made: list[bytes] = []
    words: list[str] = []
    for at in range(number):
        text = f"Brev {at} i omgång {seed}.\nVi återkommer med besked om lokal {at} senast den {10 + at} juni 2021.\n"
        before = [f"<{rnd.choice([*range(at), 100, 101])}@{seed}.example>" for _ in range(rnd.randrange(3))]
        shared = rnd.random() < 0.15 and at
        own = f"<{at - 1 if shared else at}@{seed}.example>"
        if words and rnd.random() < 0.5:
            quoted = rnd.choice(words)
            text += forwarded(quoted, sender=BO, at="den 4 juni 2021 08:00", to=ANNA, subject="Underlag")
        words.append(f"Underlag nummer {at}, som Filipstad frågade efter.")
        sender, to = rnd.sample(PARTIES, 2)
        made.append(
            mail(
                text,
                sender=sender,
                to=to,
                subject=f"Ärende {at}",
                message_id=own,
                reply_to=before,
                at=f"2021-06-07 09:{at:02}",
            )
        )
    return made


def filled(path: Path, raws: list[bytes], read: dict[bytes, ReadMail]) -> Store:
    store = open_store(f"sqlite:///{path}")
    fill(store)
    for raw in raws:
        with store.write() as session:
            (put,) = put_raws(session, [raw], TODAY)
            row = by_column(session, Raw, Raw.id, [put.id])[put.id]
            take_in(session, [(row, read[raw])], IntakeContext(OURS, TODAY))
    return store


def read_again(store: Store, reader: Reader) -> None:
    """As the next run does with mails that quoted what was erased."""
    with store.write() as session:
        rows = session.scalars(select(Raw).where(Raw.reader_version == 0).order_by(Raw.id)).all()
        read = [(row, read_mail(unpack(row), reader, ReadingContext(today=TODAY))) for row in rows]
        if read:
            take_in(session, read, IntakeContext(OURS, TODAY))


def told(session: Session) -> dict[str, object]:
    """Everything that does not depend on numbers."""
    parent, carrier = aliased(Message), aliased(Message)
    by_thread: dict[int | None, set[str]] = {}
    for thread, key, kind in session.execute(select(Message.thread_id, Message.key, Message.kind)):
        if kind == "received":
            by_thread.setdefault(thread, set()).add(key)
    answers = session.execute(
        select(Message.key, parent.key)
        .outerjoin(parent, Message.reply_to_id == parent.id)
        .where(Message.kind == "received")
    )
    inside = session.execute(
        select(Message.words_key, Message.kind, carrier.key).join(carrier, Message.parent_id == carrier.id)
    )
    keys: dict[int, set[str]] = {}
    for name, thread in session.execute(select(ThreadKey.message_id, ThreadKey.thread_id)):
        keys.setdefault(thread, set()).add(name)
    due = session.execute(
        select(FollowUp.text, FollowUp.state, FollowUp.due_end).where(FollowUp.message_id.is_not(None))
    )
    return {
        "threads": sorted(map(sorted, by_thread.values())),
        "counts": sorted(session.scalars(select(Thread.messages))),
        "answers": sorted(map(str, answers)),
        "inside": sorted(map(str, inside)),
        "keys": sorted(map(sorted, keys.values())),
        "due": sorted(map(str, due)),
        "people": sorted(session.scalars(select(Person.name))),
        "addresses": sorted(session.scalars(select(Address.address))),
        "phones": sorted(session.scalars(select(Phone.number))),
    }


@pytest.fixture
def template(request: pytest.FixtureRequest) -> Path:
    """A new store as a file, to be copied."""
    found: Path = request.getfixturevalue("_sqlite_template")
    return found


@pytest.mark.parametrize("seed", range(8))
def test_what_is_left_is_what_would_be_there_without_it(
    tmp_path: Path, template: Path, reader: Reader, seed: int
) -> None:
    raws = letters(seed)
    read = {raw: read_mail(raw, reader, ReadingContext(today=TODAY)) for raw in raws}
    for name in ("med.db", "utan.db"):
        shutil.copy(template, tmp_path / name)
    gone = set(random.Random(seed + 1_000).sample(range(len(raws)), 3))
    without = [raw for at, raw in enumerate(raws) if at not in gone]
    with filled(tmp_path / "med.db", raws, read) as store:
        with store.read() as session:
            subjects = {f"Ärende {at}" for at in gone}
            rows = session.execute(select(Message.id, Message.subject).where(Message.kind == "received"))
            names = [f"m{number}" for number, subject in rows if subject in subjects]
        erase(store, names, by="anna", now=datetime(2021, 6, 9, tzinfo=UTC))
        read_again(store, reader)
        assert check(store, full=True) == []
        with store.read() as session:
            found = told(session)
    with filled(tmp_path / "utan.db", without, read) as other, other.read() as session:
        expected = told(session)
    assert found == expected
