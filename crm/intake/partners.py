"""Pairs of a promise and a letter that share no thread and no office, but whoever wrote or got both.

A landlord's or a supplier's letter often names no office. Bounded by the letters that one address has sent within some
weeks; what a pair amounts to is for `crm.keeping` to say, which asks more of another thread.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import CTE, Integer, Select, and_, or_, select
from sqlalchemy.orm import Session

from crm.intake.promises import Mail, Open, as_open, is_letter, may_keep, outline_of, that_wait
from crm.keeping import last_day_apart
from crm.lookup import among, asked_in_parts, chunks
from db.given import Given
from db.schema import Address, FollowUp, Link, Message, Recipient

_ZONE: Final = ZoneInfo("Europe/Stockholm")
_WITHIN: Final = timedelta(days=90)  # from the promise to the letter
_MOST_PARTIES: Final = 8  # what goes to more is a circular
_SENDER = Given(
    "sender", address=Integer(), free=Integer(), low=Message.sent_at.type, high=Message.sent_at.type
)
_DEBTOR = Given(
    "debtor", promise=Integer(), address=Integer(), low=Message.sent_at.type, high=Message.sent_at.type
)

Pairs = dict[int, set[int]]  # follow-up → messages


def promises_for(session: Session, letters: Sequence[Mail]) -> tuple[list[Open], Pairs]:
    """What the parties of these letters promised and asked for before, with the letters that may keep each."""
    parties = _parties(session, [mail.id for mail in letters if mail.letter.announces is not False])
    by_address: dict[int, list[Mail]] = {}
    for mail in letters:
        for address in parties.get(mail.id, ()):
            by_address.setdefault(address, []).append(mail)
    found: dict[int, Open] = {}
    pairs: Pairs = {}
    for address, row in _said_by(session, by_address):
        for mail in by_address[address]:
            if _may_pair(row, mail):
                found[row.id] = row
                pairs.setdefault(row.id, set()).add(mail.id)
    return list(found.values()), pairs


def letters_for(session: Session, promises: Sequence[Open], known: Collection[int]) -> Pairs:
    """The letters there, but those `known`, by which their debtors may have kept these promises."""
    recipients = _recipients(session, [row.message for row in promises if row.obligor == "recipient"])
    senders = _senders(session, [row.message for row in promises if row.obligor != "recipient"])
    rows = {row.id: row for row in promises}
    windows = [
        (row.id, address, _instant(row.said), _instant(last_day_apart(row, _WITHIN) + timedelta(days=1)))
        for row in promises
        for address in sorted((recipients if row.obligor == "recipient" else senders).get(row.message, ()))
    ]
    pairs: Pairs = {}
    for part in chunks(windows):
        asked = _sent_by(_DEBTOR.table(session))
        for promise, number, linked, *said in session.execute(asked, _DEBTOR.rows(session, part)):
            row = rows[promise]
            apart = number not in known and number != row.message and not (linked and row.office)
            day, address, subject, announcing, deeds = said
            if apart and may_keep(outline_of(day, address, subject, announcing, deeds), row.wanted, [row]):
                pairs.setdefault(promise, set()).add(number)
    return pairs


def is_near(row: Open, mail: Mail) -> bool:
    """Whether a thread or an office holds a promise and a letter together."""
    return (row.thread is not None and row.thread == mail.letter.thread) or row.office in mail.offices


def ambiguous(kept: Iterable[tuple[Open, Mail]]) -> set[int]:
    """The promises that share nothing but its parties with their letter, where it may as well be about another."""
    kept = list(kept)
    matters: dict[int, set[int | None]] = {}
    for row, mail in kept:
        matters.setdefault(mail.id, set()).add(row.thread)
    return {row.id for row, mail in kept if not is_near(row, mail) and len(matters[mail.id]) > 1}


def _may_pair(row: Open, mail: Mail) -> bool:
    """A letter that is about another office is about another matter."""
    if row.message == mail.id or is_near(row, mail) or (row.office and mail.offices):
        return False
    return row.said <= mail.letter.day <= last_day_apart(row, _WITHIN)


def _parties(session: Session, messages: Sequence[int]) -> dict[int, set[int]]:
    """Message → the addresses that it came from and went to, of those that went to few."""
    found = _recipients(session, messages)
    for number, addresses in _senders(session, list(found)).items():
        found[number] |= addresses
    return {number: some for number, some in found.items() if len(some) <= _MOST_PARTIES}


def _recipients(session: Session, messages: Sequence[int]) -> dict[int, set[int]]:
    return _by_message(asked_in_parts(session, _asked_recipients(), messages))


def _senders(session: Session, messages: Sequence[int]) -> dict[int, set[int]]:
    return _by_message(asked_in_parts(session, _asked_senders(), messages))


def _by_message(rows: Iterable[Any]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for message, address in rows:
        if address is not None:
            found.setdefault(message, set()).add(address)
    return found


@cache
def _asked_recipients() -> Select[int, int | None]:
    return select(Recipient.message_id, Recipient.address_id).where(among(Recipient.message_id))


@cache
def _asked_senders() -> Select[int, int | None]:
    return select(Message.id, Message.address_id).where(among(Message.id))


def _said_by(session: Session, letters: Mapping[int, Sequence[Mail]]) -> Iterator[tuple[int, Open]]:
    """The open promises and requests that these addresses sent in the weeks before their letters."""
    windows = [
        (
            address,
            int(any(not mail.offices for mail in some)),
            _instant(min(mail.letter.day for mail in some) - _WITHIN),
            _instant(max(mail.letter.day for mail in some) + timedelta(days=1)),
        )
        for address, some in sorted(letters.items())
    ]
    for part in chunks(windows):
        for *row, address in session.execute(
            _asked_said(_SENDER.table(session)), _SENDER.rows(session, part)
        ):
            yield address, as_open(row)


@cache
def _asked_said(window: CTE) -> Select[Any]:
    """Of letters that are all about offices, what names none is asked for alone."""
    apart = or_(window.c.free == 1, FollowUp.office_id.is_(None))
    return that_wait().add_columns(window.c.address).join(window, and_(_is_of(window), apart))


def _is_of(window: CTE) -> Any:
    return and_(Message.address_id == window.c.address, Message.sent_at.between(window.c.low, window.c.high))


@cache
def _sent_by(window: CTE) -> Select[Any]:
    """What tells of each letter whether it may keep something; whether an office is linked to it, first."""
    linked = select(Link.message_id).where(Link.message_id == Message.id).exists()
    return (
        select(
            window.c.promise,
            Message.id,
            linked,
            Message.written_on,
            Address.address,
            Message.subject,
            Message.announces,
            Message.deeds,
        )
        .join(window, _is_of(window))
        .join(Address, Message.address_id == Address.id)
        .where(*is_letter(), Message.announces.is_(True))
    )


def _instant(day: date) -> datetime:
    return datetime.combine(day, time(), _ZONE)
