"""A note by hand about what is in sight: asks for the text and the kind, and keeps it."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from crm.rows.notes import NoteRow
from crm.rows.reading_pane import MessageView
from tui import words
from tui.backend import Backend
from tui.backend_notes import NoteKind
from tui.i18n import _
from tui.screens.ask import Answered, AskScreen, Question
from tui.screens.saying import Saying

KINDS: Final[tuple[NoteKind, ...]] = ("note", "call", "letter")


class Noting(Saying):
    """A view or screen on which something can be noted."""

    def ask_note(
        self, about: str, office: str | None = None, person: str | None = None, offices: Sequence[str] = ()
    ) -> None:
        """Asks, and keeps it with an office and a person, or with several `offices`; `about` says in words with whom."""
        choices = tuple(_(words.NOTES[kind]) for kind in KINDS)
        kind = Question(_("Kind: {names}").format(names=", ".join(choices)), value=choices[0], needed=False, choices=choices)  # fmt: skip
        title = _("New note: {about}").format(about=about) if about else _("New note")

        def answered(answer: Answered | None) -> None:
            if answer is not None:
                text, chosen = answer.texts
                if offices:
                    self._keep_notes(text, KINDS[kind.picked(chosen)], offices)
                else:
                    self._keep_note(text, KINDS[kind.picked(chosen)], office, person)

        self.app.push_screen(AskScreen(title, [Question(_("Text")), kind]), answered)

    def ask_note_of(self, view: MessageView) -> None:
        """The same about a letter: its office, where it has but one, and its sender."""
        offices = {link.office: link.office_name for link in view.links if link.linked}
        office = next(iter(offices.items())) if len(offices) == 1 else (None, "")
        address = view.sender.address if view.sender else None
        self.ask("note-about", partial(_person, address), partial(self._ask_about, view, office))

    def _ask_about(self, view: MessageView, office: tuple[str | None, str], person: str | None) -> None:
        code, named = office
        sender = words.short_name(view.sender) if person else ""
        self.ask_note(", ".join(part for part in (named, sender) if part), code, person)

    def _keep_note(self, text: str, kind: NoteKind, office: str | None, person: str | None) -> None:
        self.ask("add-note", lambda b: b.add_note(text, kind, office, person), self._noted, keep=True)

    def _keep_notes(self, text: str, kind: NoteKind, offices: Sequence[str]) -> None:
        self.ask("add-note", lambda b: b.add_notes(text, kind, offices), self._all_noted, keep=True)

    def _noted(self, row: NoteRow) -> None:
        self._all_noted([row])

    def _all_noted(self, rows: Sequence[NoteRow]) -> None:
        kind, numbers = words.said(words.NOTES, rows[0].kind), ", ".join(row.id for row in rows)
        self.say(_("Noted: {kind} {id}.").format(kind=kind, id=numbers) + " " + _("u undoes it."))


def _person(address: str | None, backend: Backend) -> str | None:
    return backend.person_of(address) if address else None
