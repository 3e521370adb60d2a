"""Threads: listed newest first, paged for a screen that never loads them all, opened in reading order."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, String, func, select, type_coerce
from sqlalchemy.orm import Session

from crm import ids, letters, messages
from crm.errors import NotFound
from crm.intake.arranged import is_made
from crm.lookup import all_by_column, chunks, numbers_of
from crm.messages import MessageQuery
from crm.rows.follow_ups import OPEN_STATES
from crm.rows.messages import ThreadRow
from crm.rows.reading_pane import ThreadPart
from db.keyset import older
from db.schema import (
    Account,
    Address,
    Folder,
    FollowUp,
    Link,
    Location,
    Message,
    Occurrence,
    Office,
    Reference,
    Registration,
    Thread,
)

LONGEST = 200  # messages of one thread that are opened at once


def thread_ids(session: Session, query: MessageQuery | None = None, *, last: bool = False) -> list[int]:
    """The numbers of the threads that meet a query, newest first; `last`: of so many the oldest, which end the list."""
    query = query or MessageQuery(limit=0)
    messages.check(session, query)
    chosen = select(Thread.id).where(Thread.messages > 0)
    asked = messages.conditions(query)
    if asked:
        chosen = chosen.where(Thread.id.in_(select(Message.thread_id).where(*asked)))
    if query.before is not None:
        seen = session.get(Thread, ids.number("thread", query.before))
        if seen is None:
            raise NotFound("thread", query.before)
        chosen = chosen.where(older(Thread.last_date, Thread.id, seen.last_date, seen.id))
    newest = Thread.last_date.desc().nulls_last(), Thread.id.desc()
    oldest = Thread.last_date.asc().nulls_first(), Thread.id.asc()
    chosen = chosen.order_by(*(oldest if last else newest))
    found = numbers_of(session, chosen.limit(query.limit) if query.limit else chosen)
    return found[::-1] if last else found


def thread_page(session: Session, numbers: Sequence[int]) -> list[ThreadRow]:
    """Rows for thread numbers, in their order."""
    made: dict[int, ThreadRow] = {}
    for part in chunks(numbers):
        made.update(_page(session, part))
    return [made[number] for number in numbers if number in made]


def _page(session: Session, numbers: list[int]) -> dict[int, ThreadRow]:
    found = all_by_column(session, Thread, Thread.id, numbers)
    newest = _newest(session, numbers)
    offices: dict[int, list[str]] = {}
    for number, code in session.execute(
        select(Message.thread_id, Office.municipality_code)
        .join(Link, Link.message_id == Message.id)
        .join(Office, Link.office_id == Office.id)
        .where(Message.thread_id.in_(numbers))
        .distinct()
        .order_by(Office.municipality_code)
    ):
        offices.setdefault(number or 0, []).append(code)
    proposed = _proposed(session, numbers)
    waiting = _waiting(session, numbers)
    registered = _registered(session, numbers)
    unread, unjudged = _unread(session, numbers), _unjudged(session, numbers)
    return {
        row.id: ThreadRow(
            id=ids.printed("thread", row.id),
            subject=row.subject,
            messages=row.messages,
            last_date=newest[row.id].date if row.id in newest else row.last_date,
            last_sender=newest[row.id].sender if row.id in newest else None,
            offices=tuple(offices.get(row.id, ())),
            waiting=waiting.get(row.id),
            proposed=proposed.get(row.id, 0),
            numbers=tuple(registered.get(row.id, ())),
            unread=unread.get(row.id, 0),
            unjudged=unjudged.get(row.id, 0),
        )
        for row in found
    }


def _registered(session: Session, numbers: list[int]) -> dict[int, list[str]]:
    """The diary's numbers in each thread, that of the latest judgement first."""
    found: dict[int, list[str]] = {}
    asked = (
        select(Message.thread_id, Registration.number)
        .join(Registration, Registration.message_id == Message.id)
        .where(Message.thread_id.in_(numbers), Registration.number.is_not(None))
        .group_by(Message.thread_id, Registration.number)
        .order_by(func.max(Registration.at).desc(), Registration.number)
    )
    for thread, number in session.execute(asked):
        found.setdefault(thread or 0, []).append(number or "")
    return found


def _waiting(session: Session, numbers: list[int]) -> dict[int, str]:
    """Whom each thread waits for: whoever owes the newest promise or answer in it that is still open.

    A request is answered, as far as waiting goes, by the next mail of the side that was asked; a promise is not.
    """
    wrote = _last_word(session, numbers)
    found = session.execute(
        select(Message.thread_id, FollowUp.owes, FollowUp.kind, Message.sent_at)
        .join(FollowUp, FollowUp.message_id == Message.id)
        .where(
            Message.thread_id.in_(numbers),
            _by_message(session).in_(OPEN_STATES),
            FollowUp.kind.in_(("request", "commitment")),
            FollowUp.owes != "others",
        )
        .order_by(FollowUp.since, FollowUp.id)
    )
    waiting: dict[int, str] = {}
    for number, owes, kind, asked in found:
        answered = wrote.get((number or 0, "out" if owes == "us" else "in"))
        if kind == "commitment" or answered is None or asked is None or answered <= asked:
            waiting[number or 0] = owes
    return waiting


def _by_message(session: Session) -> ColumnElement[str]:
    """The state as an expression: the few of a page are found by their letters, not among all that are open.

    PostgreSQL goes by its statistics, and has none of an expression.
    """
    is_postgresql = session.get_bind().dialect.name == "postgresql"
    return type_coerce(FollowUp.state, String) if is_postgresql else func.coalesce(FollowUp.state, "")


def _last_word(session: Session, numbers: list[int]) -> dict[tuple[int, str], datetime]:
    """When each side last wrote in each thread, by direction; what programs send is no word."""
    found = session.execute(
        select(Message.thread_id, Message.direction, func.max(Message.sent_at))
        .where(
            Message.thread_id.in_(numbers),
            Message.kind == "received",
            Message.automatic.is_(False),
            Message.direction.in_(("in", "out")),
        )
        .group_by(Message.thread_id, Message.direction)
    )
    return {(number or 0, way): last for number, way, last in found if last is not None}


def _proposed(session: Session, numbers: list[int]) -> dict[int, int]:
    """How many proposals wait in each thread."""
    counted = session.execute(
        select(Message.thread_id, func.count(FollowUp.id))
        .join(FollowUp, FollowUp.message_id == Message.id)
        .where(Message.thread_id.in_(numbers), _by_message(session) == "proposed")
        .group_by(Message.thread_id)
    )
    return {number or 0: count for number, count in counted}


def _unread(session: Session, numbers: list[int]) -> dict[int, int]:
    """How many mails of each thread stand in a mailbox unopened; files have no mark for that."""
    counted = session.execute(
        select(Message.thread_id, func.count(Message.id.distinct()))
        .join(Occurrence, Occurrence.message_id == Message.id)
        .join(Location, Location.raw_id == Occurrence.raw_id)
        .join(Folder, Location.folder_id == Folder.id)
        .join(Account, Folder.account_id == Account.id)
        .where(
            Message.thread_id.in_(numbers),
            Message.kind == "received",
            Occurrence.kind == "received",
            Location.gone.is_(False),
            Location.flags.not_like("%\\Seen%", escape="/"),
            Account.kind == "imap",
        )
        .group_by(Message.thread_id)
    )
    return {number or 0: count for number, count in counted}


def _unjudged(session: Session, numbers: list[int]) -> dict[int, int]:
    """How many mails of each thread nobody has judged for the diary."""
    counted = session.execute(
        select(Message.thread_id, func.count(Message.id))
        .outerjoin(Registration, Registration.message_id == Message.id)
        .where(
            Message.thread_id.in_(numbers),
            Message.kind == "received",
            Registration.message_id.is_(None),
        )
        .group_by(Message.thread_id)
    )
    return {number or 0: count for number, count in counted}


class _Newest(NamedTuple):
    """The newest mail of a thread: when, in its sender's own offset, and from whom."""

    date: datetime | None
    sender: str


def _newest(session: Session, numbers: list[int]) -> dict[int, _Newest]:
    rank = (
        func.row_number()
        .over(partition_by=Message.thread_id, order_by=(Message.sent_at.desc(), Message.id.desc()))
        .label("rank")
    )
    ranked = (
        select(Message.id, rank)
        .where(Message.thread_id.in_(numbers), Message.kind == "received", Message.sent_at.is_not(None))
        .subquery()
    )
    found = session.execute(
        select(Message, Address.address)
        .join(ranked, ranked.c.id == Message.id)
        .outerjoin(Address, Message.address_id == Address.id)
        .where(ranked.c.rank == 1)
    )
    return {
        row.thread_id or 0: _Newest(messages.local(row), row.from_name or address or "")
        for row, address in found
    }


def thread_part(session: Session, name: str, *, start: int = 0, limit: int = LONGEST) -> ThreadPart:
    """Messages of a thread in reading order: each received one, oldest first, with its chain below it.

    `limit` of them from number `start` on. Raises NotFound.
    """
    number = ids.number("thread", name)
    total = session.scalar(select(func.count()).where(Message.thread_id == number)) or 0
    if not total:
        raise NotFound("thread", name)
    found = session.execute(
        select(Message.id, Message.parent_id)
        .where(Message.thread_id == number)
        .order_by(Message.sent_at.is_(None), Message.sent_at, Message.id)
        .offset(start)
        .limit(limit)
    ).all()
    shown = letters.views(session, _depths([(row.id, row.parent_id) for row in found]))
    return ThreadPart(tuple(shown), start, total)


def _depths(found: Sequence[tuple[int, int | None]]) -> dict[int, int]:
    """Message → level, each under the message that carries it; one whose carrier is elsewhere stands on top."""
    there = {number for number, _ in found}
    below: dict[int | None, list[int]] = {}
    for number, parent in found:
        below.setdefault(parent if parent in there else None, []).append(number)
    depths: dict[int, int] = {}
    stack = [(number, 0) for number in reversed(below.get(None, []))]
    while stack:
        number, depth = stack.pop()
        if number not in depths:
            depths[number] = depth
            stack += [(inner, depth + 1) for inner in reversed(below.get(number, []))]
    for number, _ in found:  # carriers that carry each other: forged, and shown all the same
        depths.setdefault(number, 0)
    return depths


Tree = dict[str, object]


def thread_tree(
    session: Session, numbers: Sequence[int]
) -> dict[int, tuple[list[str], list[str], list[Tree]]]:
    """Thread → its Message-IDs, its messages' ids and its trees; received messages alone, oldest first.

    A mail that several answer and that is not at hand stands as a tree without id.
    """
    found: dict[int, list[Message]] = {}
    for part in chunks(numbers):
        for row in session.scalars(
            select(Message)
            .where(Message.thread_id.in_(part), Message.kind == "received")
            .order_by(Message.sent_at.is_(None), Message.sent_at, Message.id)
        ):
            found.setdefault(row.thread_id or 0, []).append(row)
    tops = [row.id for rows in found.values() for row in rows if row.reply_to_id is None]
    missing = _missing_parents(session, tops)
    return {number: _trees(of_thread, missing) for number, of_thread in found.items()}


def _missing_parents(session: Session, messages: Sequence[int]) -> dict[int, str]:
    """Message → the Message-ID that it answers, which no mail at hand bears."""
    missing: dict[int, str] = {}
    for part in chunks(messages):
        rows = session.execute(
            select(Reference.message_id, Reference.target)
            .where(Reference.message_id.in_(part))
            .order_by(Reference.message_id, Reference.position)
        )
        missing.update((number, target) for number, target in rows if not is_made(target))
    return missing


def _trees(rows: Sequence[Message], missing: Mapping[int, str]) -> tuple[list[str], list[str], list[Tree]]:
    names = [ids.printed("message", row.id) for row in rows]
    nodes: dict[int, Tree] = {
        row.id: {"id": name, "message_id": row.message_id, "children": []}
        for row, name in zip(rows, names, strict=True)
    }
    ghosts = _ghosts([missing[row.id] for row in rows if row.id in missing and row.reply_to_id not in nodes])
    roots: list[Tree] = []
    for row in rows:
        ghost = ghosts.get(missing.get(row.id, ""))
        if ghost is not None and not ghost["children"]:
            roots.append(ghost)
        _children(nodes.get(row.reply_to_id or 0) or ghost, roots).append(nodes[row.id])
    heads = list(dict.fromkeys(row.message_id for row in rows if row.message_id))
    return heads, names, roots


def _ghosts(targets: Sequence[str]) -> dict[str, Tree]:
    """A mail that is not at hand is shown where it holds several together, as Dovecot does."""
    several = (target for target, count in Counter(targets).items() if count > 1)
    return {target: {"id": None, "message_id": target, "children": []} for target in several}


def _children(node: Tree | None, roots: list[Tree]) -> list[Tree]:
    if node is None:
        return roots
    children = node["children"]
    return children if isinstance(children, list) else roots
