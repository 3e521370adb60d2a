"""Received messages as threading sees them: rows with nothing but headers."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.intake.threads import Arrival, join_threads
from db.schema import Message
from ingest.model import ChainMessage
from ingest.threading import Headers
from tests.rows import message, raw

FIRST = datetime(2021, 6, 1, 8, tzinfo=UTC)


def headers(
    number: int, *references: int | str, reply: int | None = None, name: str | None = None
) -> Headers[int]:
    """Mail `number`, which refers to mails by their numbers or to whatever a text says."""
    ids = tuple(word if isinstance(word, str) else f"<{word}@a.example>" for word in references)
    answered = (f"<{reply}@a.example>",) if reply is not None else ()
    return Headers(number, name or f"<{number}@a.example>", ids, answered)


def store_raws(session: Session, count: int) -> None:
    """Raws 1 to `count`, so that mail `n` can have raw `n + 1` whenever it is read."""
    session.add_all(raw(number, id=number, sha256=f"{number:064d}") for number in range(1, count + 1))
    session.flush()


def arrive(session: Session, mails: Iterable[Headers[int]]) -> None:
    """Takes mails in as one batch; one that was there before is read again. The session starts anew, as it does there."""
    batch = list(mails)
    keys = {mail.id: f"{mail.id:064d}" for mail in batch}
    rows = {row.key: row for row in session.scalars(select(Message).where(Message.key.in_(keys.values())))}
    for mail in batch:
        if keys[mail.id] not in rows:
            rows[keys[mail.id]] = message(
                mail.id + 1,
                mail.id,
                message_id=mail.message_id,
                sent_at=FIRST + timedelta(minutes=mail.id),
                subject=str(mail.id),
            )
            session.add(rows[keys[mail.id]])
    session.flush()
    join_threads(session, [Arrival.of(rows[keys[mail.id]], _chain(mail)) for mail in batch])
    session.flush()
    session.expunge_all()


def _chain(mail: Headers[int]) -> ChainMessage:
    return ChainMessage(
        index=0,
        parent=None,
        kind="received",
        sender=None,
        to=(),
        cc=(),
        subject=None,
        date=None,
        date_text=None,
        date_zone_known=True,
        message_id=mail.message_id,
        body="",
        signature_start=None,
        automatic=False,
        references=mail.references,
        in_reply_to=mail.in_reply_to,
    )


def placed(session: Session) -> tuple[list[list[int]], dict[int, int | None]]:
    """The threads, as sorted numbers of mails, and the mail that each mail answers."""
    numbers: dict[int, int] = {}
    threads: dict[int, list[int]] = {}
    rows = session.execute(
        select(Message.id, Message.key, Message.thread_id, Message.reply_to_id).where(
            Message.kind == "received"
        )
    ).all()
    for row in rows:
        numbers[row.id] = int(row.key)
        threads.setdefault(row.thread_id, []).append(int(row.key))
    parents = {numbers[row.id]: numbers[row.reply_to_id] if row.reply_to_id else None for row in rows}
    return sorted(map(sorted, threads.values())), parents


def modelled(placements: Sequence[tuple[int, int]]) -> list[list[int]]:
    """(mail, thread) as sorted numbers of mails."""
    threads: dict[int, list[int]] = {}
    for number, thread in placements:
        threads.setdefault(thread, []).append(number)
    return sorted(map(sorted, threads.values()))
