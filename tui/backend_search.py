"""What the view of the search asks of the store; a part of `tui.backend`."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from crm.bootstrap import Store
    from crm.rows.messages import MessageRow
    from crm.rows.searching import Completion, InsteadRow, SavedSearchRow
    from crm.settings import Settings


@dataclass(frozen=True, slots=True)
class Nothing:
    """Where it was looked, up to when, and what would find something."""

    mailboxes: tuple[str, ...]
    until: "datetime | None"
    instead: "tuple[InsteadRow, ...]"


class SearchQuestions(Protocol):
    """Letters by words and operators, what can stand at the cursor, and the searches that are kept."""

    def search(self, text: str, limit: int) -> "list[MessageRow]": ...
    def complete(self, text: str, cursor: int) -> "list[Completion]": ...
    def nothing_found(self, text: str) -> Nothing: ...
    def saved_searches(self) -> "list[SavedSearchRow]": ...
    def save_search(self, name: str, query: str) -> "list[SavedSearchRow]": ...
    def remove_search(self, name: str) -> "list[SavedSearchRow]": ...


class SearchAnswers:
    """The same, of a real store."""

    if TYPE_CHECKING:

        @cached_property
        def _settings(self) -> "Settings": ...
        def _store(self) -> "Store": ...

    def search(self, text: str, limit: int) -> "list[MessageRow]":
        from crm.search import search

        with self._store().read() as session:
            return search(session, text, today=self._settings.day(), limit=limit)

    def complete(self, text: str, cursor: int) -> "list[Completion]":
        from crm.search import complete

        with self._store().read() as session:
            return complete(session, text, cursor)

    def nothing_found(self, text: str) -> Nothing:
        from crm.searching.instead import instead, searched
        from crm.when import local

        with self._store().read() as session:
            looked = searched(session)
            until = local(looked.until) if looked.until else None
            return Nothing(looked.mailboxes, until, tuple(instead(session, text, self._settings.day())))

    def saved_searches(self) -> "list[SavedSearchRow]":
        from crm.saved_searches import list_saved

        with self._store().read() as session:
            return list_saved(session, by=self._settings.user, today=self._settings.day())

    def save_search(self, name: str, query: str) -> "list[SavedSearchRow]":
        from crm.saved_searches import save

        settings = self._settings
        with self._store().write() as session:
            return save(session, name, query, by=settings.user, now=settings.now(), today=settings.day())

    def remove_search(self, name: str) -> "list[SavedSearchRow]":
        from crm.saved_searches import remove

        with self._store().write() as session:
            return remove(session, name, by=self._settings.user, now=self._settings.now())
