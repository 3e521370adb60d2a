"""Searching subject and words of every message."""

from dataclasses import replace
from typing import Literal

from sqlalchemy.orm import Session

from crm import ids, messages
from crm.lookup import all_by_column
from crm.paging import page
from crm.rows import MessageRow
from db import fulltext
from db.schema import Message

Order = Literal["date", "rank"]


def search(
    session: Session, text: str, *, order: Order = "date", limit: int = 200, before: str | None = None
) -> list[MessageRow]:
    """Messages that hold every word of `text`, each with a snippet; newest first, or the best.

    Any character may stand in `text`. Raises NotFound for a `before` that is none.
    """
    numbers = (
        _by_rank(session, text, before, limit) if order == "rank" else _by_date(session, text, before, limit)
    )
    bodies = {row.id: row for row in all_by_column(session, Message, Message.id, numbers)}
    return [
        replace(row, snippet=_snippet(bodies[ids.number("message", row.id)], text))
        for row in messages.rows(session, numbers)
    ]


def _by_date(session: Session, text: str, before: str | None, limit: int) -> list[int]:
    last = None if before is None else messages.get(session, before)
    after = None if last is None else (last.sent_at, last.id)
    return fulltext.find(session, text, limit=limit, before=after)


def _by_rank(session: Session, text: str, before: str | None, limit: int) -> list[int]:
    """Every hit is ranked whatever the page: the place of `before` among them is where it begins."""
    name = None if before is None else ids.printed("message", messages.get(session, before).id)
    found = fulltext.find_ranked(session, text, limit=0 if before else limit)
    return page(found, "message", lambda number: ids.printed("message", number), before=name, limit=limit)


def _snippet(row: Message, text: str) -> str:
    return fulltext.snippet(row.body or row.subject or "", text)
