"""A condition on a row of `message`, and where an index gives them as the messages' ids: what every operator comes to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, literal_column, or_, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from db import fulltext
from db.names import Kind, name_words, named
from db.query import Term
from db.schema import Message

Within = tuple[int, int]
Holds = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Condition:
    """What is asked of a message. `holds` may stand in any statement on `message`.

    `ids` gives the messages themselves where an index does, some of them several times. `within` is `holds` for where it
    comes from a full-text index of SQLite, which is quick within a range of ids; `by_row`: whether `holds` then looks at
    the row alone, not at all hits. `days`: when it was written.
    """

    holds: Holds
    ids: Select[Any] | None = None
    within: Callable[[Within], Holds] | None = None
    by_row: bool = True
    days: tuple[date | None, date | None] = (None, None)

    def part(self, within: Within) -> Holds:
        return self.holds if self.within is None else self.within(within)


@dataclass(frozen=True)
class Asked:
    """What conditions are made for: a store, and the day that is today."""

    session: Session
    today: date = field(default_factory=date.today)

    @cached_property
    def dialect(self) -> str:
        return self.session.get_bind().dialect.name

    @property
    def is_sqlite(self) -> bool:
        return self.dialect == "sqlite"

    def column(self, column: InstrumentedAttribute[Any]) -> ColumnElement[Any]:
        """A column of `message`, such that SQLite goes along the messages newest first instead of sorting its hits."""
        if not self.is_sqlite:
            return column.expression
        return literal_column(f"+message.{column.key}", column.type)


def any_of(parts: Sequence[Condition]) -> Condition:
    """One of them holds."""
    sources = [part.ids for part in parts if part.ids is not None]
    ranged = any(part.within for part in parts)
    return Condition(
        or_(*(part.holds for part in parts)),
        _union(sources) if len(sources) == len(parts) else None,
        (lambda within: or_(*(part.part(within) for part in parts))) if ranged else None,
        all(part.by_row for part in parts),
    )


def turned(made: Condition) -> Condition:
    """It does not hold; what has no value (no sender, no day) is among these."""
    within = (lambda within: ~_known(made.part(within))) if made.within else None
    return Condition(~_known(made.holds), None, within, made.by_row)


def in_words(asked: Asked, terms: Sequence[Term], *, subject: bool = False) -> Condition:
    """Every term stands in the message, or in its subject."""
    ids = fulltext.hits(asked.session, terms, subject=subject)
    holds = fulltext.holds(asked.session, terms, subject=subject)

    def part(within: Within) -> Holds:
        return Message.id.in_(fulltext.hits(asked.session, terms, within, subject=subject))

    return Condition(holds, ids, part if asked.is_sqlite else None)


def in_names(asked: Asked, kind: Kind, value: str) -> Condition:
    """A name without an address, or a document's, has the words of `value` in this message."""
    words = name_words(value)

    def part(within: Within) -> Holds:
        return Message.id.in_(named(asked.dialect, kind, words, within))

    every = named(asked.dialect, kind, words)
    return Condition(Message.id.in_(every), every, part if asked.is_sqlite else None, not asked.is_sqlite)


def _union(sources: Sequence[Select[Any]]) -> Select[Any]:
    every = union_all(*(select(source.subquery().c[0].label("id")) for source in sources)).subquery()
    return select(every.c.id)


def _known(holds: Holds) -> Holds:
    """False where SQL says NULL."""
    return func.coalesce(holds, false())
