"""Searching subject, words and documents of every message."""

from dataclasses import replace
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import ids, messages, note_search
from crm.lookup import all_by_column, chunks
from crm.paging import page
from crm.rows import MessageRow
from db import fulltext
from db.schema import AttachmentRow, Message

Order = Literal["date", "rank"]


def search(
    session: Session, text: str, *, order: Order = "date", limit: int = 200, before: str | None = None
) -> list[MessageRow]:
    """Messages, and notes in their shape, that hold every word of `text`, each with a snippet; newest first, or the best.

    Any character may stand in `text`. Raises NotFound for a `before` that is none.
    """
    numbers = (
        _by_rank(session, text, before, limit) if order == "rank" else _by_date(session, text, before, limit)
    )
    snippets = _snippets(session, numbers, text)
    letters = [
        replace(row, snippet=snippets[ids.number("message", row.id)])
        for row in messages.rows(session, numbers)
    ]
    with_notes = note_search.at_the_end if order == "rank" else note_search.by_date
    return with_notes(session, text, letters, before=before, limit=limit)


def search_ids(session: Session, text: str) -> list[int]:
    """The numbers of all messages that hold every word of `text`, newest first."""
    return fulltext.find(session, text, limit=0)


def _by_date(session: Session, text: str, before: str | None, limit: int) -> list[int]:
    if before is not None and note_search.is_note(before):
        return fulltext.find(session, text, limit=limit, before=note_search.after(session, before))
    last = None if before is None else messages.get(session, before)
    after = None if last is None else (last.sent_at, last.id)
    return fulltext.find(session, text, limit=limit, before=after)


def _by_rank(session: Session, text: str, before: str | None, limit: int) -> list[int]:
    """Every hit is ranked whatever the page: the place of `before` among them is where it begins."""
    if before is not None and note_search.is_note(before):
        return []  # notes come after all letters
    name = None if before is None else ids.printed("message", messages.get(session, before).id)
    found = fulltext.find_ranked(session, text, limit=0 if before else limit)
    return page(found, "message", lambda number: ids.printed("message", number), before=name, limit=limit)


def _snippets(session: Session, numbers: list[int], text: str) -> dict[int, str]:
    """A line for each message around the first hit, in its body or else in one of its documents."""
    rows = {row.id: row for row in all_by_column(session, Message, Message.id, numbers)}
    found = {number: hit for number, row in rows.items() if (hit := fulltext.hit(row.body, text))}
    found |= _in_documents(session, [number for number in rows if number not in found], text)
    return {
        number: found.get(number) or fulltext.snippet(row.body or row.subject or "", text)
        for number, row in rows.items()
    }


def _in_documents(session: Session, numbers: list[int], text: str) -> dict[int, str]:
    """Of these messages, a line of the first document in which a term stands; one text in memory at a time."""
    found: dict[int, str] = {}
    for part in chunks(numbers):
        documents = session.execute(
            select(AttachmentRow.message_id, AttachmentRow.text)
            .where(AttachmentRow.message_id.in_(part), AttachmentRow.text.is_not(None))
            .order_by(AttachmentRow.message_id, AttachmentRow.position)
            .execution_options(yield_per=1)
        )
        for number, words in documents:
            if number not in found and words and (hit := fulltext.hit(words, text)):
                found[number] = hit
    return found
