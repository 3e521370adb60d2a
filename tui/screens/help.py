"""All keys of a place, and what each does."""

from collections.abc import Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.i18n import _
from tui.keyboard import shown
from tui.keys import MOVES, Key
from tui.text import content, line

if TYPE_CHECKING:
    from tui.app import AterkomApp

_KEY_WIDTH = 12  # a longer one takes what it needs
_ROOM = 54  # cells of the words beside it, in a window of 80


class HelpScreen(ModalScreen[None]):
    """Left with Escape, `?` or `q`."""

    DEFAULT_CSS = """
    HelpScreen { align: center middle; }
    HelpScreen VerticalScroll { width: 76; max-width: 98%; height: auto; max-height: 90%; padding: 1 2; background: $surface; border: round $primary; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,question_mark,q", "dismiss", show=False)]

    def __init__(self, place: str, keys: Sequence[Key], everywhere: Sequence[Key]) -> None:
        super().__init__()
        self.place = place
        self.keys = keys
        self.everywhere = everywhere

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Static(self._text())

    def _text(self) -> Content:
        rows = [line(self.place, "bold"), *map(self._row, self.keys)]
        rows += [
            Content(""),
            line(_("Everywhere"), "bold"),
            *map(self._row, self.everywhere),
            *map(self._row, MOVES),
        ]
        rows += [Content(""), line(_("Esc closes this help."), "$foreground 65%")]
        return Content("\n").join(rows)

    def _row(self, key: Key) -> Content:
        said = shown(key, cast("AterkomApp", self.app).manners.keymap)
        begun = f"\n{' ' * (_KEY_WIDTH + 2)}".join(wrap(_(key.help), _ROOM))
        return Content.assemble((said.ljust(_KEY_WIDTH), "bold $text-accent"), "  ", content(begun))
