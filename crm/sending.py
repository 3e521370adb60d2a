"""Sending the digests of a day: one a person, never two, whatever ends the program in between.

A digest is claimed before anything is given away, noted as `sending` when nothing but the mail's last byte is left, and
confirmed when the server has it. Who is cut off before the last byte knows that nothing was taken, and the next run sends
it. Who is cut off between the last byte and the note does not know: that mail is not sent again (a doubled reminder makes
people stop reading them), and the next digest repeats what it told, marked as doubtful. So no mail comes twice, and
nothing is lost.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Literal, Protocol

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from crm import audit, ids
from crm.absences import deputies
from crm.digests import Digest, open_names, personal_digests
from crm.errors import AddressMissing, RemindersBusy
from crm.freshness import stale_on
from crm.recipients import recipients
from crm.settings import Settings
from db.chunks import chunks
from db.schema import FollowUp, Reminded, ReminderSent
from db.store import LOCK_TIMEOUT, Store
from ingest.errors import IngestError, MailNotTaken, SettingsError
from nlp.dates.calendar import is_working_day

Outcome = Literal["sent", "already", "nothing", "doubtful", "failed"]
ACTOR = "aterkom"
_LOCK = "reminders"
_UNSETTLED = select(ReminderSent.state).where(ReminderSent.state.in_(("claimed", "sending"))).limit(1)

Compose = Callable[[Digest, str], bytes]
"""Makes the mail of a digest with the given Message-ID."""


class Post(Protocol):
    """What gives mails away: `ingest.smtp.Relay`, connected when it is first needed."""

    def send(self, sender: str, recipient: str, mail: bytes, before_end: Callable[[], None]) -> None:
        """Raises IngestErrors; after `before_end` only MailNotTaken says for certain that nothing was taken."""
        ...


@dataclass(frozen=True, slots=True)
class SentRow:
    """What became of one person's digest. `new`: follow-ups that it lists for the first time, `standing`: those that it repeats."""

    person: str
    day: date
    state: Outcome
    new: int = 0
    standing: int = 0
    message_id: str | None = None
    error: Exception | None = None


@dataclass(frozen=True, slots=True)
class Sending:
    """One run: the store, the day, the sender's address, and what composes and gives away."""

    store: Store
    day: date
    now: datetime
    sender: str
    compose: Compose
    post: Post


def send_digests(
    run: Sending, settings: Settings, *, who: str | None = None, lock_timeout: float = LOCK_TIMEOUT
) -> Iterator[SentRow]:
    """Sends what each person is to be told on the day, and says so of one after the other; nothing on a free day.

    `who`: that person's alone. An error of one recipient stops no other; a refused sign-in or a setting that does not
    hold stops all, without another try. Raises RemindersBusy where another run holds the lock, and StoreErrors.
    """
    if not is_working_day(run.day):
        return
    with _alone(run.store, lock_timeout):
        _settle(run)
        digests, lost = _planned(run, settings, who)
        for name in lost:
            yield SentRow(name, run.day, "failed", error=AddressMissing(name))
        done = _addressed(run)
        for digest in digests:
            row = _send_one(run, digest, done)
            yield row
            if isinstance(row.error, SettingsError):
                return


@contextmanager
def _alone(store: Store, timeout: float) -> Iterator[None]:
    """Whoever has the lock knows that a claim without an end belongs to a run that has died."""
    with store.lock(_LOCK, timeout) as got:
        if not got:
            raise RemindersBusy
        yield


def _planned(run: Sending, settings: Settings, who: str | None) -> tuple[list[Digest], list[str]]:
    with run.store.read() as session:
        away = {name: (name, deputy) for name, deputy in deputies(session, run.day).items()}
        to = recipients(session, settings, open_names(session, run.day), away)
        stale = stale_on(session, run.day, settings.zone)
        digests, lost = personal_digests(session, run.day, to, stale)
    if who is None:
        return digests, lost
    mine = to.of(who)
    return [digest for digest in digests if digest.address in mine], [name for name in lost if name == who]


def _settle(run: Sending) -> None:
    """What an earlier run left behind: a claim alone was never given away; `sending` may have been."""
    with run.store.read() as session:
        if session.scalar(_UNSETTLED) is None:
            return
    with run.store.write() as session:
        session.execute(delete(ReminderSent).where(ReminderSent.state == "claimed"))
        for row in session.scalars(select(ReminderSent).where(ReminderSent.state == "sending")):
            _doubt(session, row)


def _doubt(session: Session, row: ReminderSent) -> None:
    row.state = "doubtful"
    _remember(session, row, doubtful=True)


def _send_one(run: Sending, digest: Digest, done: Collection[str]) -> SentRow:
    person = digest.address or ""
    if person in done:
        return SentRow(person, run.day, "already")
    if not digest.is_news:
        return SentRow(person, run.day, "nothing")
    name = message_id(person, run.day, run.sender)
    new = len(digest.numbers)
    said = SentRow(person, run.day, "sent", new, len(digest.entries) - new, name)
    _claim(run, digest, name)
    try:
        run.post.send(run.sender, person, run.compose(digest, name), lambda: _mark(run, person, "sending"))
    except IngestError as error:
        return _failed(run, said, error)
    _confirm(run, said)
    return said


def message_id(person: str, day: date, sender: str) -> str:
    """The same for the same person and day: a server that sees it twice knows it again."""
    digest = sha256(f"{person}\0{day}".encode()).hexdigest()[:24]
    return f"<{day}.{digest}@{sender.rpartition('@')[2]}>"


def _addressed(run: Sending) -> set[str]:
    """Who has a digest of the day already, or may have it; nobody else sends any while this run has the lock."""
    with run.store.read() as session:
        return set(session.scalars(select(ReminderSent.person).where(ReminderSent.day == run.day)))


def _claim(run: Sending, digest: Digest, name: str) -> None:
    numbers = [ids.number("follow-up", number) for number in digest.numbers]
    row = ReminderSent(
        person=digest.address,
        day=run.day,
        state="claimed",
        message_id=name,
        at=run.now,
        items={"told": numbers},
    )
    with run.store.write() as session:
        session.add(row)


def _mark(run: Sending, person: str, state: str) -> None:
    with run.store.write() as session:
        session.get_one(ReminderSent, (person, run.day)).state = state


def _confirm(run: Sending, said: SentRow) -> None:
    with run.store.write() as session:
        row = session.get_one(ReminderSent, (said.person, run.day))
        row.state = "sent"
        _remember(session, row, doubtful=False)
        told = {"day": run.day, "new": said.new, "message_id": said.message_id}
        audit.record(session, run.now, ACTOR, "reminders sent", told)


def _failed(run: Sending, said: SentRow, error: IngestError) -> SentRow:
    """Not taken for certain: the next run tries again. Otherwise nobody knows."""
    outcome: Outcome = "failed"
    with run.store.write() as session:
        row = session.get_one(ReminderSent, (said.person, run.day))
        if row.state == "sending" and not isinstance(error, MailNotTaken):
            _doubt(session, row)
            outcome = "doubtful"
        else:
            session.delete(row)
    return SentRow(said.person, run.day, outcome, error=error)


def _remember(session: Session, row: ReminderSent, *, doubtful: bool) -> None:
    """Notes that this person has been reminded, up to the digest's day, of all that it listed."""
    for part in chunks(_there(session, row.items.get("told", ()))):
        session.execute(
            delete(Reminded).where(Reminded.person == row.person, Reminded.follow_up_id.in_(part))
        )
        session.execute(
            insert(Reminded),
            [
                {"follow_up_id": number, "person": row.person, "day": row.day, "doubtful": doubtful}
                for number in part
            ],
        )


def _there(session: Session, numbers: Iterable[int]) -> list[int]:
    """Those that nobody has erased meanwhile."""
    return [
        number
        for part in chunks(numbers)
        for number in session.scalars(select(FollowUp.id).where(FollowUp.id.in_(part)))
    ]


def gravest(rows: Iterable[SentRow]) -> int:
    """The exit code of a run: settings before the store before a server before one recipient."""
    codes = {getattr(row.error, "exit_code", 1) for row in rows if row.error is not None}
    return next((code for code in (3, 2, 5, 4, 1) if code in codes), 0)
