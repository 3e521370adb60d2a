"""All keys in a list; Enter on one and a press of another changes it."""

from collections.abc import Hashable
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.i18n import _
from tui.keyboard import KEPT, named, out_of_reach, shown, taken
from tui.keys import EVERYWHERE, Key
from tui.text import line
from tui.views import VIEW_KEYS
from tui.widgets.hints import Hints
from tui.widgets.rows import RowList
from tui.widgets.table import cell

if TYPE_CHECKING:
    from tui.app import AterkomApp


class KeyList(RowList):
    """Every key that can be changed: where, which, and what it does."""

    def __init__(self) -> None:
        super().__init__(id="keys")
        self.keys: list[tuple[str, Key]] = []

    def count(self) -> int:
        return len(self.keys)

    def key(self, index: int) -> Hashable | None:
        return self.keys[index][1].id

    @property
    def chosen(self) -> Key:
        return self.keys[self.cursor][1]

    def draw(self, index: int, width: int) -> Content:
        del width
        place, key = self.keys[index]
        keymap = cast("AterkomApp", self.app).manners.keymap
        changed = "•" if key.id in keymap else " "
        return Content.assemble(
            f" {changed} ",
            cell(shown(key, keymap), 12, "bold $text-accent"),
            cell(place, 16),
            line(_(key.help)),
        )


class PressScreen(ModalScreen[str]):
    """Waits for one key, whatever it is; Escape leaves all as it was."""

    DEFAULT_CSS = """
    PressScreen { align: center middle; }
    PressScreen Static { width: 64; max-width: 95%; height: auto; padding: 1 2; background: $surface; border: round $accent; }
    """

    def __init__(self, key: Key) -> None:
        super().__init__()
        self.key = key

    def compose(self) -> ComposeResult:
        asked = line(_("Press the new key. Esc: leave it as it is."), "bold")
        yield Static(Content("\n").join([line(_(self.key.help)), asked]))

    def on_click(self) -> None:
        self.dismiss("")

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        self.dismiss("" if event.key == "escape" else event.key)


class KeysScreen(ModalScreen[None]):
    """Enter on a line asks for another key; Delete gives it back its own."""

    DEFAULT_CSS = """
    KeysScreen { align: center middle; }
    KeysScreen Vertical { width: 100; max-width: 98%; height: 90%; padding: 1 2; background: $surface; border: round $primary; }
    KeysScreen KeyList { height: 1fr; margin-top: 1; }
    KeysScreen #said { height: auto; margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", show=False),
        Binding("delete,backspace", "give_back", show=False),
    ]

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(line(_("Keys"), "bold"))
            yield KeyList()
            yield Static("", id="said")
            yield Hints(
                _("Enter: press another key · Delete: give back its own · Esc: close"),
                ("enter", "delete", "escape"),
            )

    def on_mount(self) -> None:
        rows = self.query_one(KeyList)
        rows.keys = [(place, key) for place, keys in self._screens.places() for key in keys if key.keys]
        rows.reload()
        rows.focus()

    @property
    def _screens(self) -> "AterkomApp":
        return cast("AterkomApp", self.app)

    def _say(self, text: str, style: str = "$foreground 65%") -> None:
        self.query_one("#said", Static).update(line(text, style))

    def on_row_list_opened(self, event: RowList.Opened) -> None:
        event.stop()
        key = self.query_one(KeyList).chosen
        self.app.push_screen(PressScreen(key), lambda pressed: self._pressed(key, pressed or ""))

    def _pressed(self, key: Key, pressed: str) -> None:
        if not pressed:
            return
        wrong = self._wrong(key, pressed)
        if wrong:
            self._say(wrong, "bold $text-error")
            return
        self._rebind(key, pressed)
        self._say(_("{key}: {help}").format(key=named(pressed), help=_(key.help)), "bold $text-success")

    def _wrong(self, key: Key, pressed: str) -> str:
        """Why a key cannot be had for that; "" where it can."""
        if pressed in KEPT:
            return _("{key} is needed for moving about: take another.").format(key=named(pressed))
        if out_of_reach(pressed):
            return _("{key} is not to be had on every keyboard and terminal: take another.").format(
                key=named(pressed)
            )
        keymap = self._screens.manners.keymap
        for _place, keys in self._screens.places():
            everywhere = (*keys, *EVERYWHERE, *VIEW_KEYS)
            other = taken(pressed, key, everywhere, keymap) if key in everywhere else None
            if other is not None:
                return _("{key} is taken: {help}").format(key=named(pressed), help=_(other.help))
        return ""

    def action_give_back(self) -> None:
        key = self.query_one(KeyList).chosen
        self._rebind(key, None)
        self._say(_("{key}: {help}").format(key=_(key.shown), help=_(key.help)), "bold $text-success")

    def _rebind(self, key: Key, keys: str | None) -> None:
        self._screens.rebind(key.id, keys)
        self.query_one(KeyList).refresh()

    def action_leave(self) -> None:
        self.dismiss(None)
