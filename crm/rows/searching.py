"""What a search gives beside its messages: kept searches, names, completions, and what finds something instead."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class SavedSearchRow:
    """A search that somebody keeps. `messages`: how many it finds, at most as many as were counted (`more`: and others).

    None where they were not counted, or where it asks for what is no longer there.
    """

    id: str
    name: str
    query: str
    messages: int | None = None
    more: bool = False
    removed: bool = False


@dataclass(frozen=True, slots=True)
class FoundRow:
    """Something by its name, for a list to choose from: what it is, its id, and what tells it from others."""

    kind: Literal["office", "person", "organisation", "thread"]
    id: str
    name: str
    about: str | None
    score: float


@dataclass(frozen=True, slots=True)
class SearchedRow:
    """What a search looked through: the mailboxes, and up to when their mail is there (None: nothing was ever fetched)."""

    mailboxes: tuple[str, ...]
    until: datetime | None


@dataclass(frozen=True, slots=True)
class InsteadRow:
    """A search that finds something where another finds nothing. `without`: what was left out of it, None for å ä ö.

    `messages`: how many, as far as they were counted (`more`: and others).
    """

    query: str
    without: str | None
    messages: int
    more: bool


@dataclass(frozen=True, slots=True)
class Completion:
    """What can stand at the cursor: `text` in place of the characters `start` to `end`.

    `operator` names it in crm.searching.operators; `choice` is one of its choices; `value` a name from the store.
    """

    text: str
    start: int
    end: int
    operator: str
    choice: str | None = None
    value: str | None = None
