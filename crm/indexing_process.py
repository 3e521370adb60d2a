"""What an indexing process runs: bytes of a mail in, the mail as it is indexed out. No store.

It imports neither the language nor the database.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from crm.direction import direction
from crm.indexed import IndexContext, IndexedMail
from crm.keys import content_digest, message_key
from db.document import document
from db.text import key_text
from ingest.mime import parse
from ingest.model import Mailbox, ParsedMail
from ingest.threading import Headers, clean_id, reference_ids


def indexer(context: IndexContext) -> Callable[[bytes], IndexedMail]:
    """What a process of `crm.workers` runs over every mail."""
    return partial(index_mail, context=context)


def index_mail(raw: bytes, context: IndexContext) -> IndexedMail:
    """What can be found of a mail without reading its words. Never raises on any bytes."""
    mail = parse(raw, context.limits)
    if mail.status == "quarantined":
        return IndexedMail(mail.status, mail.problems)
    digest = content_digest(mail.text, [item.sha256 for item in mail.attachments])
    headers = Headers(0, mail.message_id, mail.references, mail.in_reply_to, mail.conversations)
    own = clean_id(mail.message_id)
    body = "\n\n".join(_texts(mail))
    return IndexedMail(
        status=mail.status,
        problems=mail.problems,
        key=message_key(mail, digest),
        columns=_columns(mail, body, context),
        sender=_plain(mail.sender) if mail.sender else None,
        recipients=tuple(_recipients(mail)),
        attachments=tuple(_attachments(mail)),
        own=own and key_text(own),
        references=tuple(key_text(name) for name in reference_ids(headers)),
        lists=mail.lists,
        part=mail.part,
        length=len(mail.text),
        document=document(mail.subject or "", body),
    )


def _columns(mail: ParsedMail, body: str, context: IndexContext) -> dict[str, Any]:
    """The columns of a message that a full reading writes as well; there its body is its own words."""
    offset = mail.date.utcoffset() if mail.date else None
    day = mail.date.astimezone(ZoneInfo(context.zone)).date() if mail.date else context.today
    return {
        "kind": "received",
        "message_id": mail.message_id,
        "from_name": mail.sender.name if mail.sender else None,
        "subject": mail.subject,
        "sent_at": mail.date,
        "date_text": mail.date_text,
        "utc_offset": int(offset.total_seconds() // 60) if offset is not None else None,
        "zone_known": mail.date_zone_known,
        "written_on": day,
        "body": body,
        "automatic": mail.automatic,
        "direction": direction(
            context.own,
            mail.sender.address if mail.sender else None,
            [mailbox.address for mailbox in (*mail.to, *mail.cc)],
        ),
        "status": mail.status,
        "problems": list(mail.problems),
    }


def _plain(mailbox: Mailbox) -> tuple[str | None, str | None]:
    return mailbox.name, mailbox.address


def _recipients(mail: ParsedMail) -> Iterator[tuple[str, int, str | None, str | None]]:
    for name, mailboxes in (("to", mail.to), ("cc", mail.cc)):
        for position, mailbox in enumerate(mailboxes):
            yield name, position, mailbox.name, mailbox.address


def _attachments(mail: ParsedMail) -> Iterator[dict[str, Any]]:
    for position, item in enumerate(mail.attachments):
        yield {
            "position": position,
            "part": item.part,
            "filename": item.filename,
            "content_type": item.content_type,
            "size": item.size,
            "sha256": item.sha256,
        }


def _texts(mail: ParsedMail) -> Iterator[str]:
    """Its text, then subject and text of every mail that is attached to it: words by which it can be found."""
    yield mail.text
    waiting = list(reversed(mail.attached))
    while waiting:
        inner = waiting.pop()
        yield from (text for text in (inner.subject, inner.text) if text)
        waiting.extend(reversed(inner.attached))
