"""One letter by itself, with its chain, over whatever was there before."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from crm.rows.reading_pane import MessageView
from tui.i18n import _
from tui.keys import EVERYWHERE, READING, bindings
from tui.marking import Marking
from tui.screens.acting import Acting
from tui.widgets.frame import KeyBar, Notice
from tui.widgets.reading import ReadingPane


class MessageScreen(Marking, Screen[str | None], Acting):
    """Asks for the chain of `message` and marks `sentence` in it; gives what is to be said when it was removed."""

    DEFAULT_CSS = """
    MessageScreen { layout: vertical; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings(READING[:1])

    def __init__(self, message: str, sentence: str | None = None) -> None:
        super().__init__()
        self.message = message
        self.sentence = sentence

    def compose(self) -> ComposeResult:
        yield ReadingPane(id="reading")
        yield Notice(id="notice")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(KeyBar).keys = (*READING, *EVERYWHERE)
        self.reread()

    def reread(self) -> None:
        message = self.message
        self.ask("chain", lambda b: b.chain(message), self._show)

    def _show(self, messages: Sequence[MessageView]) -> None:
        reading = self.query_one(ReadingPane)
        if messages:
            reading.show(messages, at=self.message, sentence=self.sentence)
        else:
            reading.clear(_("This letter is no longer here."))
        reading.query_one("#page").focus()

    def removed(self, said: str | None) -> None:
        if said is not None:
            self.dismiss(said)

    def on_reading_pane_thread(self, event: ReadingPane.Thread) -> None:
        event.stop()
        self.say(_("Esc goes back to the list from which this letter was opened."))

    def action_back(self) -> None:
        self.dismiss(None)
