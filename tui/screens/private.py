"""Private mail removed from here: what goes, and the question that has to be answered by writing the mail's id."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tui.asking import Asking
from tui.cli.errors import text_of
from tui.erasures import consequences, leftovers
from tui.i18n import _
from tui.text import line
from tui.widgets.hints import Hints

if TYPE_CHECKING:
    from crm.erasing import Erased, Erasure


class PrivateScreen(ModalScreen[str | None], Asking):
    """Gives what is to be said of a mail that was removed; None when left with Escape."""

    DEFAULT_CSS = """
    PrivateScreen { align: center middle; }
    PrivateScreen #box { width: 72; max-width: 95%; height: auto; max-height: 95%; padding: 1 2; background: $surface; border: round $error; }
    PrivateScreen Static { margin-bottom: 1; }
    PrivateScreen #title { text-style: bold; }
    PrivateScreen #wrong { color: $text-error; text-style: bold; display: none; }
    PrivateScreen Hints { margin-bottom: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(self, message: str) -> None:
        super().__init__()
        self.message = message

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield Static(line(_("Private – remove from here")), id="title")
            yield Static("", id="what")
            yield Input(placeholder=self.message)
            yield Static("", id="wrong")
            yield Hints(_("Enter: remove for ever · Esc: change nothing"), ("enter", "escape"))

    def on_mount(self) -> None:
        message = self.message
        self.query_one(Input).disabled = True
        self.ask("preview", lambda b: b.private_preview(message), self._show)

    def _show(self, planned: "Erasure") -> None:
        told = [
            *consequences(planned),
            _("It cannot be undone. To remove it, write {id}:").format(id=planned.id),
        ]
        self.query_one("#what", Static).update(Content("\n").join(map(line, told)))
        self.query_one(Input).disabled = False
        self.query_one(Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        message = self.message
        if event.value.strip() != message:
            self._complain(_("That is not {id}. Nothing was removed.").format(id=message))
            return
        event.input.disabled = True
        self.ask("erase", lambda b: b.erase(message), self._done, keep=True)

    def _done(self, erased: "Erased") -> None:
        self.dismiss(" ".join([_("The mail was removed."), *leftovers(erased)]))

    def on_asking_trouble(self, event: Asking.Trouble) -> None:
        event.stop()
        self._complain(text_of(event.error))

    def _complain(self, text: str) -> None:
        wrong = self.query_one("#wrong", Static)
        wrong.update(line(text))
        wrong.display = True

    def action_leave(self) -> None:
        self.dismiss(None)
