"""An answer that another program sends: to whom, under which subject, in which thread; as a draft file.

Återkom sends nothing itself.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from email.headerregistry import Address as HeaderAddress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import messages
from crm.direction import Own
from crm.rows.people import MailboxRow
from db.schema import Account, Message, Reference
from ingest.attachments import safe_name
from ingest.conversations import MADE

_DEEPEST = 100
_MOST = 50  # recipients, and Message-IDs of a thread
_SLASHES = re.compile(r"[/\\]+")
_PREFIX = re.compile(r"^(?:(?:sv|re|aw|vs)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_IN_TEXT = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_MESSAGE_ID = re.compile(r"<[\x21-\x3b\x3d\x3f-\x7e]{1,900}>")


@dataclass(frozen=True, slots=True)
class Reply:
    """What an answer begins with; addresses are foreign text, Message-IDs well-formed."""

    to: tuple[MailboxRow, ...]
    cc: tuple[MailboxRow, ...]
    subject: str
    in_reply_to: str | None
    references: tuple[str, ...]


def reply(session: Session, name: str, own: Own) -> Reply:
    """An answer to everybody whom a message concerns but ourselves; to whom we wrote, where it is our own.

    Raises NotFound.
    """
    row = messages.get(session, name)
    (listed,) = messages.rows(session, [row.id])
    mine = {user.lower() for user in session.scalars(select(Account.user)) if user}
    sender = [listed.sender] if listed.sender and listed.sender.address else []
    is_ours = bool(sender) and (sender[0].address in mine or own.has(sender[0].address))
    to = _others(listed.to if is_ours else sender, mine)
    rest = listed.cc if is_ours else (*listed.to, *listed.cc)
    cc = _others(rest, mine | {box.address or "" for box in to})
    above = _carried_by(session, row)
    answered = next((m.message_id for m in above if _is_message_id(m.message_id)), None)
    return Reply(to, cc, _subject(listed.subject), answered, _references(session, above, answered))


def _others(boxes: Iterable[MailboxRow], known: set[str]) -> tuple[MailboxRow, ...]:
    found = {box.address: box for box in boxes if box.address and box.address not in known}
    return tuple(found.values())[:_MOST]


def _subject(text: str | None) -> str:
    return _PREFIX.sub("", _line(text or ""))


def _line(text: str) -> str:
    return " ".join(_CONTROLS.sub(" ", text).split())[:900]


def _carried_by(session: Session, row: Message) -> list[Message]:
    """The message, and those that carry it: a forwarded one without a Message-ID is answered in the outer's thread."""
    found = [row]
    while found[-1].parent_id is not None and len(found) < _DEEPEST:
        parent = session.get(Message, found[-1].parent_id)
        if parent is None or parent in found:
            break
        found.append(parent)
    return found


def _is_message_id(text: str | None) -> bool:
    return text is not None and _MESSAGE_ID.fullmatch(text) is not None


def _references(session: Session, above: Sequence[Message], answered: str | None) -> tuple[str, ...]:
    if answered is None:
        return ()
    row = next(m for m in above if m.message_id == answered)
    before = session.scalars(
        select(Reference.target).where(Reference.message_id == row.id).order_by(Reference.position)
    )
    names = [name for name in before if _is_message_id(name) and not name.endswith(MADE) and name != answered]
    return (*names[-(_MOST - 1) :], answered)


def draft(answer: Reply, subject: str, body: str) -> bytes:
    """The answer as an .eml file that a mail program opens for writing (X-Unsent). Addresses that are none are left out."""
    mail = EmailMessage(policy=SMTP)
    mail["X-Unsent"] = "1"
    mail["Subject"] = _line(subject)
    for field, boxes in (("To", answer.to), ("Cc", answer.cc)):
        if addresses := [found for box in boxes if (found := _address(box)) is not None]:
            mail[field] = addresses
    mail["Date"] = formatdate(localtime=True)
    if answer.in_reply_to:
        mail["In-Reply-To"] = answer.in_reply_to
        mail["References"] = " ".join(answer.references)
    mail.set_content(_IN_TEXT.sub(" ", body.replace("\r\n", "\n")), charset="utf-8")
    return mail.as_bytes()


def file_name(subject: str) -> str:
    """A name for a draft's file, after its subject."""
    said = _SLASHES.sub("-", _line(subject)[:80])  # "Fi2021/01893" is no folder
    return (safe_name(f"{said}.eml") or "").removeprefix(".eml") or "utkast.eml"


def _address(box: MailboxRow) -> HeaderAddress | None:
    try:
        return HeaderAddress(_line(box.name or ""), addr_spec=box.address or "")
    except (ValueError, IndexError):  # IndexError: what the parser raises for some that are cut short
        return None
