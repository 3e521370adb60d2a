"""What `inspect` prints: one object a source mail, as its JSON schema says. Needs no store."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, BinaryIO

from crm.address_book import PersonCard
from crm.identity import BY_HEADER, declared_lists, kind_of
from crm.linking import OfficeLink
from crm.mentions import clock, iso, value_of
from crm.reader_pool import ReaderPool
from crm.readings import ReadingContext, ReadMail, ReadMessage
from crm.workers import WorkerLimits
from ingest.files import sources
from ingest.model import Attachment, Mailbox, Source
from nlp.model import Fact, FollowUp, Mention, label_of
from nlp.municipalities.gazetteer import municipalities


def inspect(
    sources: Iterable[Source], context: ReadingContext, jobs: int = 1, limits: WorkerLimits | None = None
) -> Iterator[tuple[Source, ReadMail]]:
    """Reads every source, in the order of the sources."""
    held: dict[int, tuple[Source, ReadMail]] = {}
    names: dict[int, Source] = {}

    def numbered() -> Iterator[tuple[int, bytes]]:
        for number, source in enumerate(sources):
            names[number] = source
            yield number, source.raw

    nxt = 0
    with ReaderPool(context, jobs, limits) as pool:
        for number, mail in pool.read(numbered()):
            held[number] = (names.pop(number), mail)
            while nxt in held:
                yield held.pop(nxt)
                nxt += 1


def as_dict(source: Source, mail: ReadMail) -> dict[str, Any]:
    """One line of `inspect --json`."""
    lists = declared_lists(message.chain for message in mail.messages)
    return {
        "source": source.name,
        "raw_sha256": mail.sha256,
        "status": mail.status,
        "problems": list(mail.problems),
        "messages": [_message(message, lists) for message in mail.messages],
        "people": [_person(card) for card in mail.people],
        "offices": [_office(link) for link in mail.offices],
    }


def _message(message: ReadMessage, lists: Collection[str]) -> dict[str, Any]:
    chain, reading = message.chain, message.reading
    return {
        "index": chain.index,
        "parent": chain.parent,
        "kind": chain.kind,
        "from": _mailbox(chain.sender, lists) if chain.sender else None,
        "to": [_mailbox(mailbox, lists) for mailbox in chain.to],
        "cc": [_mailbox(mailbox, lists) for mailbox in chain.cc],
        "subject": chain.subject,
        "date": chain.date.isoformat() if chain.date else None,
        "date_text": chain.date_text,
        "date_zone_known": chain.date_zone_known,
        "date_contradicts": chain.date_contradicts,
        "message_id": chain.message_id,
        "body": chain.body,
        "signature_start": chain.signature_start,
        "automatic": chain.automatic,
        "attachments": [_attachment(item) for item in chain.attachments],
        "entities": [
            *(entity(mention, "subject") for mention in reading.subject_mentions),
            *(entity(mention, "body") for mention in reading.mentions),
            *(entity(mention, each.field) for each in reading.documents for mention in each.mentions),
        ],
        "follow_ups": [_follow_up(item) for item in reading.follow_ups],
        "facts": [_fact(item) for item in reading.facts],
        "reference": message.reference.isoformat(),
    }


def _mailbox(mailbox: Mailbox, lists: Collection[str]) -> dict[str, Any]:
    kind, reason = BY_HEADER if mailbox.address in lists else kind_of(mailbox.name, mailbox.address)
    return {"name": mailbox.name, "address": mailbox.address, "kind": kind, "kind_reason": reason}


def _attachment(item: Attachment) -> dict[str, Any]:
    return {
        "filename": item.filename,
        "content_type": item.content_type,
        "size": item.size,
        "sha256": item.sha256,
        "part": item.part,
        "text": item.text,
    }


def entity(mention: Mention, field: str) -> dict[str, Any]:
    """A mention as `entities` lists it; also what the store keeps as its value."""
    return {
        "label": label_of(mention),
        "field": field,
        "text": mention.text,
        "start": mention.start,
        "end": mention.end,
        **value_of(mention),
        "rule": mention.rule,
        "confidence": mention.confidence,
    }


def _follow_up(item: FollowUp) -> dict[str, Any]:
    return {
        "kind": item.kind,
        "obligor": item.obligor,
        "who": item.who,
        "due_start": iso(item.due_start),
        "due_end": iso(item.due_end),
        "start_time": clock(item.start_time),
        "end_time": clock(item.end_time),
        "approximate": item.approximate,
        "field": item.field,
        "text": item.text,
        "start": item.start,
        "end": item.end,
        "confidence": item.confidence,
        "rule": item.rule,
    }


def _fact(item: Fact) -> dict[str, Any]:
    return {
        "kind": item.kind,
        "step": item.step,
        "status": item.status,
        "value": item.value,
        "municipality": item.municipality,
        "start_day": iso(item.window_start),
        "end_day": iso(item.window_end),
        "side": item.side,
        "approximate": item.approximate,
        "role": item.role,
        "text": item.text,
        "start": item.start,
        "end": item.end,
        "confidence": item.confidence,
        "rule": item.rule,
    }


def _person(card: PersonCard) -> dict[str, Any]:
    return {
        "name": card.name,
        "addresses": card.addresses,
        "title": card.title,
        "organisation": card.organisation,
        "phones": card.phones,
    }


def office_name(code: str) -> str:
    """The municipality of a code."""
    return {place.code: place.name for place in municipalities()}[code]


def _office(link: OfficeLink) -> dict[str, Any]:
    return {
        "municipality": office_name(link.code),
        "code": link.code,
        "confidence": round(link.confidence, 3),
        "reason": f"{link.reason}: {link.detail}",
    }


def open_sources(paths: Sequence[str], stdin: BinaryIO, skipped: list[str] | None = None) -> Iterator[Source]:
    """Every mail in the named files, boxes and folders; `-` is `stdin`. Raises ingest's path errors.

    With `skipped`, files found in folders that are no mail go there.
    """
    return sources(paths, stdin, skipped)
