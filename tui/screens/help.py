"""All keys of a place, and what each does."""

from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.i18n import _
from tui.keyboard import pressed, shown
from tui.keys import MOVES, Key
from tui.text import content, line
from tui.widgets.hints import Hints

if TYPE_CHECKING:
    from tui.app import AterkomApp

_KEY_WIDTH = 12  # a longer one takes what it needs
_ROOM = 54  # cells of the words beside it, in a window of 80


class HelpRow(Static):
    """A key and what it does; a click leaves the help and presses it."""

    def __init__(self, key: Key, keymap: Mapping[str, str]) -> None:
        begun = f"\n{' ' * (_KEY_WIDTH + 2)}".join(wrap(_(key.help), _ROOM))
        said = shown(key, keymap).ljust(_KEY_WIDTH)
        super().__init__(Content.assemble((said, "bold $text-accent"), "  ", content(begun)))
        self.stroke = pressed(key, keymap)

    def on_click(self, event: events.Click) -> None:
        event.stop()
        if self.stroke:
            self.screen.dismiss()
            self.app.simulate_key(self.stroke)


class HelpScreen(ModalScreen[None]):
    """Left with Escape, `?` or `q`."""

    DEFAULT_CSS = """
    HelpScreen { align: center middle; }
    HelpScreen VerticalScroll { width: 76; max-width: 98%; height: auto; max-height: 90%; padding: 1 2; background: $surface; border: round $primary; }
    HelpScreen .heading { text-style: bold; }
    HelpScreen .below { margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,question_mark,q", "dismiss", show=False)]

    def __init__(self, place: str, keys: Sequence[Key], everywhere: Sequence[Key]) -> None:
        super().__init__()
        self.place = place
        self.keys = keys
        self.everywhere = everywhere

    def compose(self) -> ComposeResult:
        keymap = cast("AterkomApp", self.app).manners.keymap
        with VerticalScroll():
            yield Static(line(self.place), classes="heading")
            yield from (HelpRow(key, keymap) for key in self.keys)
            yield Static(line(_("Everywhere")), classes="heading below")
            yield from (HelpRow(key, keymap) for key in (*self.everywhere, *MOVES))
            yield Hints(_("Esc closes this help."), ("escape",), classes="below")
