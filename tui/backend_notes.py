"""What the screen writes down by hand; a part of `tui.backend`."""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from crm.bootstrap import Store
    from crm.rows.notes import NoteRow
    from crm.settings import Settings

NoteKind = Literal["note", "call", "letter"]


class NoteQuestions(Protocol):
    """Notes of calls, paper letters and the like."""

    def add_note(self, text: str, kind: NoteKind, office: str | None, person: str | None) -> "NoteRow": ...
    def add_notes(self, text: str, kind: NoteKind, offices: Sequence[str]) -> "list[NoteRow]": ...
    def person_of(self, address: str) -> str | None: ...


class NoteAnswers:
    """The same, of a real store."""

    if TYPE_CHECKING:

        @cached_property
        def _settings(self) -> "Settings": ...
        def _store(self) -> "Store": ...

    def add_note(self, text: str, kind: NoteKind, office: str | None, person: str | None) -> "NoteRow":
        from crm.notes import add_note

        by, now = self._settings.user, self._settings.now()
        with self._store().write() as session:
            return add_note(session, text, by=by, now=now, kind=kind, office=office, person=person)

    def add_notes(self, text: str, kind: NoteKind, offices: Sequence[str]) -> "list[NoteRow]":
        from crm.notes import add_notes

        by, now = self._settings.user, self._settings.now()
        with self._store().write() as session:
            return add_notes(session, text, offices, by=by, now=now, kind=kind)

    def person_of(self, address: str) -> str | None:
        """The id of the one person with an address; None where there is none, or several."""
        from crm.errors import Ambiguous, NotFound
        from crm.people import find_person

        with self._store().read() as session:
            try:
                return find_person(session, address).id
            except (NotFound, Ambiguous):
                return None
