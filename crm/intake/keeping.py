"""Looks, for the messages of a batch, which promises they keep and which later letters kept theirs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from crm import ids
from crm.followups import settle
from crm.identity import organisation_of
from crm.intake.lookup import all_by_column, chunks
from crm.intake.messages import Placed
from crm.keeping import Letter, Promise, keeps
from db.schema import Address, FollowUp, Link, Message, Recipient

# How much of a letter is looked at for words that announce what was promised.
_WORDS = 600


@dataclass(frozen=True, slots=True)
class _Mail:
    """A message as this needs it."""

    id: int
    thread: int | None
    day: date | None
    sender: str | None
    words: str
    kind: str
    automatic: bool
    recipients: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Field:
    """Everything that may meet: mails of the batch's threads and offices, and their follow-ups."""

    mails: dict[int, _Mail] = field(default_factory=dict)
    promises: list[FollowUp] = field(default_factory=list)
    letters: list[_Mail] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Letters that can be evidence, oldest first: the first that keeps a promise is the one to show."""
        able = (mail for mail in self.mails.values() if mail.kind == "received" and not mail.automatic)
        self.letters = sorted(
            (mail for mail in able if mail.day and mail.sender),
            key=lambda mail: (mail.day or date.max, mail.id),
        )


def find_kept(session: Session, chosen: Sequence[Placed]) -> None:
    """Marks what has been kept, with the letter that is its evidence. Open ones alone are looked at."""
    batch = {item.row.id for item in chosen}
    found = _field(session, chosen)
    settle(session, [row for row in found.promises if _evidence(row, found, batch)])


def _field(session: Session, chosen: Sequence[Placed]) -> _Field:
    threads = {item.row.thread_id for item in chosen if item.row.thread_id}
    offices = {
        link.office_id
        for link in all_by_column(session, Link, Link.message_id, {item.row.id for item in chosen})
    }
    open_states = ("proposed", "accepted", "lapsed")
    promises: dict[int, FollowUp] = {}
    numbers: set[int] = set()
    for part in chunks(threads):
        of_thread = select(Message.id).where(Message.thread_id.in_(part))
        numbers.update(session.scalars(of_thread))
        for row in session.scalars(
            select(FollowUp).where(FollowUp.message_id.in_(of_thread), FollowUp.state.in_(open_states))
        ):
            promises[row.id] = row
    for part in chunks(offices):
        for row in session.scalars(
            select(FollowUp).where(
                FollowUp.office_id.in_(part),
                FollowUp.state.in_(open_states),
                FollowUp.due_start.is_not(None),
                FollowUp.message_id.is_not(None),
            )
        ):
            promises[row.id] = row
    numbers.update(row.message_id for row in promises.values() if row.message_id)
    numbers.update(_letters_in_windows(session, [row for row in promises.values() if row.office_id]))
    numbers.update(item.row.id for item in chosen)
    return _Field(_mails(session, numbers), list(promises.values()))


def _letters_in_windows(session: Session, promises: Iterable[FollowUp]) -> set[int]:
    """Letters on the same office, in the window of one of its promises."""
    numbers: set[int] = set()
    dated = [row for row in promises if row.due_start and row.due_end]
    for part in chunks(dated, 50):
        windows = or_(
            *(
                (Link.office_id == row.office_id) & Message.written_on.between(row.due_start, row.due_end)
                for row in part
            )
        )
        numbers.update(
            session.scalars(
                select(Message.id)
                .join(Link, Link.message_id == Message.id)
                .where(Message.kind == "received", windows)
                .limit(5000)
            )
        )
    return numbers


def _mails(session: Session, numbers: set[int]) -> dict[int, _Mail]:
    mails: dict[int, _Mail] = {}
    for part in chunks(numbers):
        to: dict[int, set[str]] = {}
        for message, address in session.execute(
            select(Recipient.message_id, Address.address)
            .join(Address, Recipient.address_id == Address.id)
            .where(Recipient.message_id.in_(part))
        ):
            to.setdefault(message, set()).add(house(address))
        rows = session.execute(
            select(Message, Address.address)
            .outerjoin(Address, Message.address_id == Address.id)
            .where(Message.id.in_(part))
        )
        for row, address in rows:
            mails[row.id] = _Mail(
                row.id,
                row.thread_id,
                row.written_on,
                house(address) if address else None,
                row.body[:_WORDS],
                row.kind,
                row.automatic,
                frozenset(to.get(row.id, ())),
            )
    return mails


def house(address: str) -> str:
    """Whose letter it is: the organisation behind an address, or its domain."""
    return organisation_of(address) or address.rpartition("@")[2]


def _evidence(row: FollowUp, found: _Field, batch: set[int]) -> bool:
    said = found.mails.get(row.message_id or 0)
    promise = _promise(row, said) if said else None
    if promise is None or said is None:
        return False
    new_promise = row.message_id in batch
    for mail in sorted(found.mails.values(), key=lambda mail: (mail.day or date.max, mail.id)):
        if (
            mail.id == said.id
            or mail.kind != "received"
            or mail.automatic
            or mail.day is None
            or not mail.sender
        ):
            continue
        if not new_promise and mail.id not in batch:
            continue
        letter = Letter(mail.day, mail.sender, mail.recipients, mail.words, mail.thread)
        reason = keeps(promise, letter)
        if reason is not None:
            row.evidence = {
                "message": ids.printed("message", mail.id),
                "date": mail.day.isoformat(),
                "reason": reason,
            }
            return True
    return False


def _promise(row: FollowUp, said: _Mail) -> Promise | None:
    if said.sender is None or said.day is None:
        return None
    mine, theirs = frozenset({said.sender}), said.recipients - {said.sender}
    if row.obligor not in {"sender", "recipient"}:
        return None
    debtors, creditors = (mine, theirs) if row.obligor == "sender" else (theirs, mine)
    return Promise(row.kind, said.day, row.due_start, row.due_end, debtors, creditors, said.thread)
