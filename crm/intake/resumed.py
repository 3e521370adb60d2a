"""What an answer answers that has lost its headers and quotes nothing: by subject, by who wrote to whom, and by time.

One subject is used for a hundred matters, so all of it has to fit: the subject is an answer's (`SV:`, `Re:`) and says
something, the mail before it went the other way between the same two, under the same subject, at most two weeks
earlier; of several the newest counts. Whatever headers or quotes prove has been asked before this is.

What was so found is a guess and is marked by a reference beside it that nobody else has: it is looked at again when a
nearer mail comes, and gives way to what a quote proves, so that the order of arrival does not matter.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

from sqlalchemy import Integer, and_, func, or_, select
from sqlalchemy.orm import Session

from crm.folding import fold
from crm.keys import bare_subject
from crm.lookup import chunks
from db.given import Given
from db.schema import Message, Recipient, Reference
from db.text import key_text
from ingest.conversations import MADE
from ingest.threading import clean_id

_WITHIN = timedelta(days=14)
_ANSWERS = ("sv:", "re:", "aw:", "vs:")
_WORDS, _LETTERS = 2, 10  # of a subject that says something
GUESSED = f"@resumed{MADE}"  # how the mark of a guess ends


class Received(Protocol):
    """What is asked of a message of the store, and of one that is about to stand there."""

    @property
    def id(self) -> int: ...
    @property
    def key(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def message_id(self) -> str | None: ...
    @property
    def address_id(self) -> int | None: ...
    @property
    def subject(self) -> str | None: ...
    @property
    def sent_at(self) -> datetime | None: ...
    @property
    def automatic(self) -> bool: ...


class _Stored(NamedTuple):
    """A message of the store without its words."""

    id: int
    key: str
    raw_id: int
    kind: str
    message_id: str | None
    address_id: int | None
    subject: str | None
    sent_at: datetime | None
    automatic: bool


_COLUMNS = tuple(getattr(Message, name) for name in _Stored._fields)
_WINDOW = Given("span", sender=Integer(), low=Message.sent_at.type, high=Message.sent_at.type)


class _Mail(NamedTuple):
    """A received mail as far as it matters here; `to` are numbers of addresses."""

    id: int
    key: str
    name: str
    sender: int
    to: frozenset[int]
    subject: str
    at: datetime


def is_guess(name: str) -> bool:
    """Whether a reference marks those beside it as a guess."""
    return name.endswith(GUESSED)


def answered(session: Session, rows: Iterable[Received]) -> dict[int, tuple[str, ...]]:
    """Answers that say nothing of what they answer → the mark of a guess, and the Message-ID of the mail that it is."""
    answers = _mails(session, [row for row in rows if _is_answer(row.subject) and not row.automatic])
    windows = [(one.to, one.at - _WITHIN, one.at) for one in answers]
    before = _by_subject(_mails(session, [row for row in _between(session, windows) if not row.automatic]))
    return {
        one.id: (f"<{one.key}{GUESSED}", newest.name)
        for one in answers
        if (newest := max(_before(one, before), key=lambda mail: (mail.at, mail.name), default=None))
    }


def waiting(
    session: Session, rows: Sequence[Received], raws: Collection[int]
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Answers of the store that may answer one of `rows`, which came later, with what each answers now.

    Those of `raws` are left out.
    """
    new = _mails(session, [row for row in rows if not row.automatic])
    windows = [(one.to, one.at, one.at + _WITHIN) for one in new]
    later = [row for row in _between(session, windows, lost=True) if row.raw_id not in raws]
    yield from answered(session, later).items()


def _is_answer(subject: str | None) -> bool:
    return (subject or "")[:3].lower() in _ANSWERS


def _mails(session: Session, rows: Sequence[Received]) -> list[_Mail]:
    """Those that say enough: a sender, recipients, a day and a subject of several words."""
    told = {row.id: row for row in rows if _says_enough(row)}
    to: dict[int, set[int]] = {}
    asked = select(Recipient.message_id, Recipient.address_id)
    for part in chunks(told):
        wanted = asked.where(Recipient.message_id.in_(part), Recipient.field == "to")
        for number, address in session.execute(wanted):
            if address is not None:
                to.setdefault(number, set()).add(address)
    found = (_mail(told[number], frozenset(addresses)) for number, addresses in to.items())
    return [mail for mail in found if mail is not None]


def _says_enough(row: Received) -> bool:
    bare = bare_subject(row.subject)
    return row.kind == "received" and len(bare.split()) >= _WORDS and sum(map(str.isalpha, bare)) >= _LETTERS


def _mail(row: Received, to: frozenset[int]) -> _Mail | None:
    if row.sent_at is None or row.address_id is None:
        return None
    name = clean_id(row.message_id)
    subject = fold(bare_subject(row.subject))
    return _Mail(row.id, row.key, key_text(name) if name else "", row.address_id, to, subject, row.sent_at)


def _by_subject(mails: Iterable[_Mail]) -> Mapping[str, list[_Mail]]:
    found: dict[str, list[_Mail]] = {}
    for mail in mails:
        if mail.name:
            found.setdefault(mail.subject, []).append(mail)
    return found


def _before(answer: _Mail, mails: Mapping[str, list[_Mail]]) -> Iterator[_Mail]:
    """The mails that it can answer."""
    for mail in mails.get(answer.subject, ()):
        is_turned = mail.sender in answer.to and answer.sender in mail.to and mail.sender != answer.sender
        if is_turned and answer.at - _WITHIN <= mail.at < answer.at:
            yield mail


def _between(
    session: Session, windows: Iterable[tuple[frozenset[int], datetime, datetime]], *, lost: bool = False
) -> Iterator[_Stored]:
    """Received mails by whoever a mail went to, within a window of time.

    `lost`: answers whose headers name nobody, be it that a guess was made of what they answer.
    """
    asked = select(*_COLUMNS).where(Message.kind == "received")
    if lost:
        named = select(Reference.target).where(
            Reference.message_id == Message.id, ~Reference.target.endswith(MADE)
        )
        marked = select(Reference.target).where(
            Reference.message_id == Message.id, Reference.target.endswith(GUESSED)
        )
        asked = asked.where(
            Message.thread_id.is_not(None),
            func.lower(func.substr(Message.subject, 1, 3)).in_(_ANSWERS),
            or_(~named.exists(), marked.exists()),
        )
    window = _WINDOW.table(session)
    inside = Message.sent_at.between(window.c.low, window.c.high)
    asked = asked.join(window, and_(Message.address_id == window.c.sender, inside))
    rows = [(sender, low, high) for senders, low, high in windows for sender in sorted(senders)]
    seen: set[int] = set()
    for some in chunks(rows):
        for row in map(_Stored._make, session.execute(asked, _WINDOW.rows(session, some))):
            if row.id not in seen:
                seen.add(row.id)
                yield row
