"""What stands around every view: the tabs and the state of things above, the keys below."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from tui.i18n import _
from tui.keyboard import pressed, shown
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


class Hint(NamedTuple):
    """A key of the bar and how it is written there."""

    key: Key
    text: Content

    @property
    def width(self) -> int:
        return self.text.cell_length


class KeyBar(Widget):
    """The keys that work here, on one line or two, help and quit always among them; a click is the key's own stroke."""

    DEFAULT_CSS = """
    KeyBar { height: auto; max-height: 2; background: $panel; color: $foreground; }
    """
    keys: reactive[tuple[Key, ...]] = reactive(())

    def render(self) -> Content:
        lines = (Content("").join([hint.text for hint in line]) for line in self._lines())
        return Content("\n").join(lines)

    def _lines(self) -> list[list[Hint]]:
        return _packed([_hint(key, self._keymap) for key in self.keys if key.in_bar], self.app.size.width)

    @property
    def _keymap(self) -> Mapping[str, str]:
        return cast("AterkomApp", self.app).manners.keymap

    def watch_keys(self) -> None:
        self._fit()

    def on_resize(self) -> None:
        self._fit()

    def _fit(self) -> None:
        """Everything is laid out anew for another height alone."""
        self.refresh(layout=len(self._lines()) != self.size.height)

    def on_click(self, event: events.Click) -> None:
        lines = self._lines()
        left = 0
        for hint in lines[event.y] if event.y < len(lines) else ():
            left += hint.width
            if event.x < left:
                if stroke := pressed(hint.key, self._keymap):
                    self.app.simulate_key(stroke)
                return


def _hint(key: Key, keymap: Mapping[str, str]) -> Hint:
    return Hint(key, Content.assemble((f" {shown(key, keymap)} ", "bold $text-accent"), f"{_(key.label)} "))


def _packed(hints: Sequence[Hint], width: int) -> list[list[Hint]]:
    """One line if all fit, else two; of what does not fit in two, the last three hints are kept."""
    first, rest = _filled(hints, width)
    if not rest:
        return [first]
    second, left = _filled(rest, width)
    if left:
        room = width - sum(hint.width for hint in hints[-_KEPT:])
        second = [*_filled(rest[:-_KEPT], room)[0], *hints[-_KEPT:]]
    return [first, second]


def _filled(hints: Sequence[Hint], width: int) -> tuple[list[Hint], Sequence[Hint]]:
    """As many hints as fit in a line, and the others."""
    used, at = 0, 0
    while at < len(hints) and used + hints[at].width <= width:
        used += hints[at].width
        at += 1
    return list(hints[:at]), hints[at:]


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
