"""What the frame and the home view ask of the store; a part of `tui.backend`.

Everything may wait, may be asked from any thread, and raises errors that `tui.cli.errors` can say.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from crm.agenda_rows import Agenda, AgendaQuery, Found, News, Seen

if TYPE_CHECKING:
    from crm.bootstrap import Store
    from crm.rows.follow_ups import FollowUpRow
    from crm.settings import Settings
    from crm.store_version import Changes
    from crm.undoing import Changed


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo took back, and the rows as they stand now."""

    subject: str
    action: str
    rows: "tuple[Changed, ...]"


class HomeQuestions(Protocol):
    """The day's list, what is new, what changed, and whatever a name leads to."""

    def agenda(self, query: AgendaQuery) -> Agenda: ...
    def agenda_page(self, ids: Sequence[str]) -> "list[FollowUpRow]": ...
    def news(self, since: Seen | None) -> News: ...
    def version(self) -> str: ...
    def undo(self) -> Undone: ...
    def find(self, text: str) -> list[Found]: ...


class HomeAnswers:
    """The same, of a real store."""

    _changes: "Changes | None" = None

    if TYPE_CHECKING:

        @cached_property
        def _settings(self) -> "Settings": ...
        def _store(self) -> "Store": ...

    def agenda(self, query: AgendaQuery) -> Agenda:
        from crm.agenda import agenda

        with self._store().read() as session:
            return agenda(session, query, today=self._settings.day(), user=self._settings.user)

    def agenda_page(self, ids: Sequence[str]) -> "list[FollowUpRow]":
        from crm.agenda import agenda_page

        with self._store().read() as session:
            return agenda_page(session, ids)

    def news(self, since: Seen | None) -> News:
        from crm.news import news

        with self._store().read() as session:
            return news(session, since)

    def version(self) -> str:
        """Another text after every change of the store, and on every new day."""
        from crm.store_version import Changes

        store = self._store()
        if self._changes is None:
            self._changes = Changes(store)
        return f"{self._settings.day()} {self._changes.version()}"

    def undo(self) -> Undone:
        from crm.undoing import next_step, undo

        by, now = self._settings.user, self._settings.now()
        with self._store().write() as session:
            subject, action = next_step(session, by) or ("", "")
            return Undone(subject, action, tuple(undo(session, by=by, now=now)))

    def find(self, text: str) -> list[Found]:
        from crm.finding import find

        with self._store().read() as session:
            rows = find(session, text)
        return [Found(row.kind, row.id, row.name, row.about or "") for row in rows if row.kind != "thread"]

    def _close_home(self) -> None:
        if self._changes is not None:
            self._changes.close()
            self._changes = None
