"""What stands around every view: the tabs and the state of things above, the keys below."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol, cast

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from tui.i18n import _
from tui.keyboard import shown
from tui.keys import Key
from tui.text import clean_line, line

if TYPE_CHECKING:
    from tui.app import AterkomApp


_KEPT = 3  # views, help, quit


class Tab(Protocol):
    """What a tab shows of a view."""

    @property
    def id(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def title(self) -> str: ...


class TabBar(Widget):
    """The views by name, with their digits where there is room; a click changes the view."""

    DEFAULT_CSS = """
    TabBar { height: 1; background: $panel; color: $foreground; }
    """
    active: reactive[str] = reactive("")

    class Chosen(Message):
        def __init__(self, view: str) -> None:
            super().__init__()
            self.view = view

    def __init__(self, views: Sequence[Tab]) -> None:
        super().__init__()
        self.views = views
        self.set_reactive(TabBar.active, views[0].id)

    def labels(self) -> list[str]:
        """Each tab as it is written: with its digit if all fit so."""
        numbered = [f" {tab.key} {_(tab.title)} " for tab in self.views]
        fits = sum(map(len, numbered)) <= self.app.size.width
        return numbered if fits else [f" {_(tab.title)} " for tab in self.views]

    def render(self) -> Content:
        labels = zip(self.views, self.labels(), strict=True)
        return Content("").join(
            [
                Content.assemble((label, "bold reverse")) if tab.id == self.active else Content(label)
                for tab, label in labels
            ]
        )

    def on_click(self, event: events.Click) -> None:
        left = 0
        for tab, label in zip(self.views, self.labels(), strict=True):
            left += len(label)
            if event.x < left:
                self.post_message(self.Chosen(tab.id))
                return


class KeyBar(Widget):
    """The keys that work here, on one line or two; help and quit are always among them."""

    DEFAULT_CSS = """
    KeyBar { height: auto; max-height: 2; background: $panel; color: $foreground; }
    """
    keys: reactive[tuple[Key, ...]] = reactive((), layout=True)

    def render(self) -> Content:
        keymap = cast("AterkomApp", self.app).manners.keymap
        hints = [_hint(key, keymap) for key in self.keys if key.in_bar]
        return Content("\n").join(_packed(hints, self.app.size.width))

    def on_resize(self) -> None:
        self.refresh(layout=True)


def _hint(key: Key, keymap: Mapping[str, str]) -> Content:
    return Content.assemble((f" {shown(key, keymap)} ", "bold $text-accent"), f"{_(key.label)} ")


def _packed(hints: Sequence[Content], width: int) -> list[Content]:
    """One line if all fit, else two; of what does not fit in two, the last three hints are kept."""
    first, rest = _filled(hints, width)
    if not rest:
        return [first]
    second, left = _filled(rest, width)
    if left:
        room = width - sum(hint.cell_length for hint in hints[-_KEPT:])
        second = Content("").join([_filled(rest[:-_KEPT], room)[0], *hints[-_KEPT:]])
    return [first, second]


def _filled(hints: Sequence[Content], width: int) -> tuple[Content, Sequence[Content]]:
    """As many hints as fit in a line, and the others."""
    used, at = 0, 0
    while at < len(hints) and used + hints[at].cell_length <= width:
        used += hints[at].cell_length
        at += 1
    return Content("").join(hints[:at]), hints[at:]


class Notice(Static):
    """One line above the keys for what has just happened or gone wrong; empty, it takes no room."""

    DEFAULT_CSS = """
    Notice { height: auto; max-height: 3; padding: 0 1; display: none; }
    Notice.-said { display: block; background: $success-muted; color: $text-success; }
    Notice.-wrong { display: block; background: $error-muted; color: $text-error; text-style: bold; }
    """

    def say(self, text: str) -> None:
        self._put(text, "-said")

    def complain(self, text: str, way_out: str = "") -> None:
        kept_together = way_out.replace(" ", "\N{NO-BREAK SPACE}")
        # Some end in a command, and have no full stop.
        parted = " " if not way_out or text.endswith((".", "!", "?")) else " · "
        self._put(f"! {text}{parted}{kept_together}", "-wrong")

    def clear(self) -> None:
        self.remove_class("-said", "-wrong")

    def _put(self, text: str, name: str) -> None:
        self.clear()
        self.add_class(name)
        self.update(line(clean_line(text)))
