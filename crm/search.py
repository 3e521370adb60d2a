"""Searching subject, words, documents, people, places and days of every message."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import ids, messages, note_search
from crm.lookup import all_by_column, chunks
from crm.paging import page
from crm.rows.messages import MessageRow
from crm.searching import plan
from crm.searching.clauses import asks_for_notes, conditions, is_plain
from crm.searching.completing import complete
from crm.searching.conditions import Asked, Condition
from crm.searching.language import Clause, Query, Words, parse
from crm.searching.values import reads
from db import fulltext
from db.schema import AttachmentRow, Message

__all__ = ["Order", "complete", "count", "read", "search", "search_ids"]

Order = Literal["date", "rank"]


def search(
    session: Session,
    text: str,
    *,
    today: date | None = None,
    order: Order = "date",
    limit: int = 200,
    before: str | None = None,
) -> list[MessageRow]:
    """Messages, and notes in their shape, that meet all that `text` asks for (docs/search.md), each with a snippet;
    newest first, or the best.

    Any character may stand in `text`. Raises NotFound for a `before` that is none, SearchRefused for an operator whose
    value is impossible.
    """
    query = read(text, today)
    asked = _conditions(session, query, today)
    of_notes = any(map(asks_for_notes, query))
    about_notes = all(is_plain(clause) or asks_for_notes(clause) for clause in query)
    words = _spoken(query) if about_notes else ""
    numbers = _letters(session, query, asked, order, limit, before)
    snippets = _snippets(session, numbers, _spoken(query))
    letters = [
        replace(row, snippet=snippets[ids.number("message", row.id)])
        for row in messages.rows(session, numbers)
    ]
    if not (words or (of_notes and about_notes)):
        return letters
    with_notes = note_search.at_the_end if order == "rank" else note_search.by_date
    return with_notes(session, words, letters, before=before, limit=limit)


def search_ids(session: Session, text: str, today: date | None = None) -> list[int]:
    """The numbers of all messages that meet what `text` asks for, newest first. Raises SearchRefused."""
    asked = _conditions(session, read(text, today), today)
    return plan.newest(session, asked, plan.Page()) if asked else []


def _letters(
    session: Session, query: Query, asked: list[Condition], order: Order, limit: int, before: str | None
) -> list[int]:
    """The messages of a page: those behind `before`, be it a message or a note."""
    by_rank = order == "rank" and _spoken([clause for clause in query if is_plain(clause)])
    if before is not None and note_search.is_note(before):
        # In the order of rank notes come after all letters.
        place = plan.Page(limit, note_search.after(session, before))
        return [] if by_rank or not asked else plan.newest(session, asked, place)
    last = None if before is None else messages.get(session, before)
    if by_rank:
        return _by_rank(session, asked[1:], by_rank, last, limit)
    place = plan.Page(limit, None if last is None else (last.sent_at, last.id))
    return plan.newest(session, asked, place) if asked else []


def count(session: Session, text: str, today: date | None = None, *, most: int = 1_000) -> int:
    """How many messages that are; `most` if there are more. Raises SearchRefused."""
    asked = _conditions(session, read(text, today), today)
    return plan.count(session, asked, most) if asked else 0


def read(text: str, today: date | None = None) -> Query:
    """The clauses of a search."""
    return parse(text, reads(today or date.today()))


def _spoken(query: Sequence[Clause]) -> str:
    """The words and phrases that are to stand in the text, each in quotes."""
    said = [atom.text for clause in query for atom in clause if isinstance(atom, Words) and not atom.negated]
    return " ".join(f'"{text}"' for text in said)


def _conditions(session: Session, query: Query, today: date | None) -> list[Condition]:
    return conditions(Asked(session, today or date.today()), query)


def _by_rank(
    session: Session, asked: Sequence[Condition], words: str, last: Message | None, limit: int
) -> list[int]:
    """Every hit of `words` is ranked whatever the page: the place of `last` among them is where it begins."""
    name = None if last is None else ids.printed("message", last.id)
    found = fulltext.find_ranked(
        session, words, where=[one.holds for one in asked], limit=0 if last else limit
    )
    return page(found, "message", lambda number: ids.printed("message", number), before=name, limit=limit)


def _snippets(session: Session, numbers: list[int], text: str) -> dict[int, str]:
    """A line for each message around the first hit, in its body or else in one of its documents."""
    rows = {row.id: row for row in all_by_column(session, Message, Message.id, numbers)}
    found = {number: hit for number, row in rows.items() if text and (hit := fulltext.hit(row.body, text))}
    if text:
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
