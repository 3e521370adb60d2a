"""One raw mail read whole: unfolded, its words read, its offices found. No store, no network."""

import hashlib
import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from crm.address_book import people_of
from crm.deeds import deeds_of, may_announce
from crm.documents import DocumentReader, with_texts
from crm.identity import declared_lists, party
from crm.keeping import LOOKED_AT
from crm.keys import content_digest
from crm.linking import OfficeLink, inherit, link_message, surest
from crm.meetings import with_meetings
from crm.plans import shipped_plans
from crm.readings import ReadingContext, ReadMail, ReadMessage, audience
from ingest.chain import unfold
from ingest.mime import parse
from ingest.model import ChainMessage, Mailbox
from nlp.model import Letter, Reading
from nlp.municipalities.gazetteer import by_name

if TYPE_CHECKING:
    from nlp.reader import Reader

_PUBLISHED = re.compile(r"(?im)^[ \t]*(?:senast uppdaterad|publicerad)[ \t]*:?[ \t]*(\d{4})-(\d\d)-(\d\d)\b")


@cache
def planned_codes() -> frozenset[str]:
    """The municipalities that have an office by the newest plan."""
    places = by_name()
    return frozenset(places[office.municipality].code for office in shipped_plans()[-1].offices)


def read_mail(raw: bytes, reader: "Reader", context: ReadingContext) -> ReadMail:
    """Everything that one raw mail says. Never raises on any bytes: what fails is a problem of its own."""
    mail = parse(raw, context.limits)
    sha256 = hashlib.sha256(raw).hexdigest()
    if mail.status == "quarantined":
        return ReadMail(sha256, mail.status, mail.problems, ())
    chain, unread = with_texts(raw, unfold(mail), context.limits if context.documents else None)
    references = _references(chain, context)
    documents = DocumentReader.of(reader, context.limits)
    readings = [
        with_meetings(
            message, documents.read(_letter(message, audience(message, chain), day), message.attachments)
        )
        for message, day in zip(chain, references, strict=True)
    ]
    codes = planned_codes() if context.codes is None else context.codes
    own_links = [
        link_message(
            _addresses(message),
            reading,
            codes,
            body=message.body,
            signature_start=message.signature_start,
            automatic=message.automatic,
        )
        for message, reading in zip(chain, readings, strict=True)
    ]
    links = inherit(own_links, [message.parent for message in chain])
    messages = tuple(map(_as_read, chain, references, readings, links))
    return ReadMail(
        sha256=sha256,
        status=mail.status,
        problems=(*mail.problems, *unread, *documents.problems),
        messages=messages,
        people=people_of(_all_mailboxes(chain), readings, declared_lists(chain)),
        offices=_offices(own_links),
        digest=content_digest(mail.text, [item.sha256 for item in mail.attachments]),
    )


def _as_read(
    message: ChainMessage, reference: date, reading: Reading, links: tuple[OfficeLink, ...]
) -> ReadMessage:
    """With what its sentences do: by that a letter may keep what was promised before; of quotes nobody asks."""
    if message.kind != "received" or message.automatic:
        return ReadMessage(message, reference, reading, links)
    names = tuple(item.filename for item in message.attachments if item.filename)
    deeds = deeds_of(message.body[:LOOKED_AT][: message.signature_start], names)
    announces = bool(message.attachments) or may_announce(deeds)
    return ReadMessage(message, reference, reading, links, announces, deeds=deeds)


def _offices(own_links: list[tuple[OfficeLink, ...]]) -> tuple[OfficeLink, ...]:
    return surest(link for own in own_links for link in own)


def _all_mailboxes(chain: tuple[ChainMessage, ...]) -> list[Mailbox]:
    return [box for message in chain for box in _mailboxes(message)]


def _mailboxes(message: ChainMessage) -> list[Mailbox]:
    sender = [message.sender] if message.sender else []
    return [*sender, *message.to, *message.cc]


def _addresses(message: ChainMessage) -> list[str | None]:
    return [mailbox.address for mailbox in _mailboxes(message)]


def _letter(message: ChainMessage, recipients: tuple[Mailbox, ...], reference: date) -> Letter:
    return Letter(
        body=message.body,
        reference=reference,
        subject=message.subject,
        signature_start=message.signature_start,
        sender=party(message.sender) if message.sender else None,
        recipients=tuple(party(mailbox) for mailbox in recipients),
        automatic=message.automatic,
    )


def _references(chain: tuple[ChainMessage, ...], context: ReadingContext) -> list[date]:
    """The day each message was written, in the configured zone; one without a date takes its parent's."""
    zone = ZoneInfo(context.zone)
    days: list[date] = []
    for message in chain:
        if message.date is not None:
            days.append(message.date.astimezone(zone).date())
        elif message.parent is not None:
            days.append(days[message.parent])
        else:
            days.append(context.text_date or _published(message.body) or context.today)
    return days


def _published(text: str) -> date | None:
    for year, month, day in _PUBLISHED.findall(text):
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            continue
    return None
