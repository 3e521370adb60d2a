"""The mails that somebody names: by printed id, Message-ID or the SHA-256 of their bytes; those that came alone."""

import re
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import ids
from crm.errors import Ambiguous, CrmError, NotFound, PartOfAnother, WasErased
from crm.lookup import chunks
from crm.raws import ERASED
from db.schema import Message, Occurrence, Raw

SHA256 = re.compile(r"[0-9a-fA-F]{64}")


def received(session: Session, names: Iterable[str]) -> list[int]:
    """The numbers of these mails, each once, in order; a mail that could not be read is one as well.

    Raises NotFound, PartOfAnother for a message that came inside others, Ambiguous, and WasErased for a private one.
    """
    wanted = list(dict.fromkeys(names))
    found = each(session, wanted)
    numbers: dict[int, None] = {}
    for name in wanted:
        result = found[name]
        if isinstance(result, CrmError):
            raise result
        numbers[result] = None
    return list(numbers)


def each(session: Session, names: Collection[str]) -> dict[str, int | CrmError]:
    """Name → the number of its mail, or what is wrong with it; a handful of queries whatever their number."""
    heads = [name for name in names if name.startswith("<")]
    hashes = [name for name in names if SHA256.fullmatch(name)]
    printed = set(names) - set(heads) - set(hashes)
    return _by_id(session, printed) | _by_head(session, heads) | _by_hash(session, hashes)


def _by_id(session: Session, names: Collection[str]) -> dict[str, int | CrmError]:
    numbers: dict[str, int | CrmError] = {}
    for name in names:
        try:
            numbers[name] = ids.number("message", name)
        except NotFound as error:
            numbers[name] = error
    asked = [number for number in numbers.values() if isinstance(number, int)]
    kinds = _kinds(session, asked)
    return {
        name: _checked(session, name, number, kinds) if isinstance(number, int) else number
        for name, number in numbers.items()
    }


def _kinds(session: Session, numbers: Collection[int]) -> dict[int, str]:
    found = select(Message.id, Message.kind)
    return {
        number: kind
        for part in chunks(numbers)
        for number, kind in session.execute(found.where(Message.id.in_(part)))
    }


def _checked(session: Session, name: str, number: int, kinds: dict[int, str]) -> int | CrmError:
    if number not in kinds:
        return NotFound("message", name)
    return number if kinds[number] == "received" else PartOfAnother(name, _carriers(session, number))


def _carriers(session: Session, number: int) -> tuple[str, ...]:
    """The mails in which a message stands."""
    raws = select(Occurrence.raw_id).where(Occurrence.message_id == number)
    found = session.scalars(
        select(Occurrence.message_id)
        .where(Occurrence.raw_id.in_(raws), Occurrence.position == 0)
        .distinct()
        .order_by(Occurrence.message_id)
        .limit(10)
    )
    return tuple(ids.printed("message", each) for each in found)


def _by_head(session: Session, names: Sequence[str]) -> dict[str, int | CrmError]:
    """Several messages may bear one Message-ID: of these, those that came by themselves count."""
    found: dict[str, list[tuple[int, str]]] = {}
    asked = select(Message.message_id, Message.id, Message.kind).order_by(Message.id)
    for part in chunks(names):
        for head, number, kind in session.execute(asked.where(Message.message_id.in_(part))):
            found.setdefault(head or "", []).append((number, kind))
    return {name: _one_of(session, name, found.get(name, [])) for name in names}


def _one_of(session: Session, name: str, found: Sequence[tuple[int, str]]) -> int | CrmError:
    mails = [number for number, kind in found if kind == "received"]
    if len(mails) > 1:
        return Ambiguous(name, tuple(ids.printed("message", number) for number in mails))
    if mails:
        return mails[0]
    return PartOfAnother(name, _carriers(session, found[0][0])) if found else NotFound("message", name)


def _by_hash(session: Session, names: Sequence[str]) -> dict[str, int | CrmError]:
    raws: dict[str, tuple[int, str]] = {}
    lowered = {name.lower() for name in names}
    for part in chunks(lowered):
        for digest, number, status in session.execute(
            select(Raw.sha256, Raw.id, Raw.status).where(Raw.sha256.in_(part))
        ):
            raws[digest] = (number, status)
    mails = _mails_of(session, [number for number, _ in raws.values()])
    return {name: _of_raw(name, raws.get(name.lower()), mails) for name in names}


def _mails_of(session: Session, raws: Collection[int]) -> dict[int, int]:
    """Raw → the message that came as it; what could not be read stands nowhere but in its raw."""
    mails: dict[int, int] = {}
    unread = select(Message.raw_id, Message.id).where(Message.status == "quarantined")
    came = select(Occurrence.raw_id, Occurrence.message_id).where(Occurrence.kind == "received")
    for part in chunks(raws):
        mails |= dict(session.execute(unread.where(Message.raw_id.in_(part))).all())
        mails |= dict(session.execute(came.where(Occurrence.raw_id.in_(part))).all())
    return mails


def _of_raw(name: str, raw: tuple[int, str] | None, mails: dict[int, int]) -> int | CrmError:
    if raw is not None and raw[1] == ERASED:
        return WasErased(name)
    if raw is None or raw[0] not in mails:
        return NotFound("message", name)
    return mails[raw[0]]
