"""Searching subject and words of every message."""

from dataclasses import replace
from typing import Literal

from sqlalchemy.orm import Session

from crm import ids, messages
from crm.lookup import all_by_column
from crm.rows import MessageRow
from db import fulltext
from db.schema import Message

Order = Literal["date", "rank"]


def search(
    session: Session, text: str, *, order: Order = "date", limit: int = 200, before: str | None = None
) -> list[MessageRow]:
    """Messages that hold every word of `text`, newest first, each with a snippet. Any character may stand in it."""
    after = None
    if before is not None:
        last = messages.get(session, before)
        after = (last.sent_at, last.id)
    numbers = fulltext.find(session, text, limit=limit, before=after, order=order)
    bodies = {row.id: row for row in all_by_column(session, Message, Message.id, numbers)}
    return [
        replace(row, snippet=_snippet(bodies[ids.number("message", row.id)], text))
        for row in messages.rows(session, numbers)
    ]


def _snippet(row: Message, text: str) -> str:
    return fulltext.snippet(row.body or row.subject or "", text)
