"""One note by itself, over whatever was there before."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui import dates, words
from tui.asking import Asking
from tui.i18n import _
from tui.marking import Marking
from tui.text import content, line
from tui.widgets.hints import Hints

if TYPE_CHECKING:
    from crm.notes import NoteView


class NoteScreen(Marking, ModalScreen[None], Asking):
    """Left with Escape or `q`."""

    DEFAULT_CSS = """
    NoteScreen { align: center middle; }
    NoteScreen VerticalScroll { width: 76; max-width: 98%; height: auto; max-height: 90%; padding: 1 2; background: $surface; border: round $primary; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,q", "dismiss", show=False)]

    def __init__(self, note: str) -> None:
        super().__init__()
        self.note = note

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Static("", id="text")
            yield Hints(_("Esc closes this note."), ("escape",))

    def on_mount(self) -> None:
        name = self.note
        self.ask("note", lambda b: b.note(name), self._show)

    def _show(self, view: "NoteView") -> None:
        note = view.note
        heads = [words.said(words.NOTES, note.kind), dates.moment(note.at), note.author]
        about = [part for part in (note.office_name, note.person_name) if part]
        rows = [line(" · ".join([*heads, *about]), "bold"), Content(""), content(note.text), Content("")]
        self.query_one("#text", Static).update(Content("\n").join(rows))
