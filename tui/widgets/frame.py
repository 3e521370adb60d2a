"""What stands around every view: the tabs and the state of things above, the keys below."""

from collections.abc import Sequence
from typing import Final

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from tui.i18n import N_, _
from tui.keys import Key
from tui.text import clean_line, line

VIEWS: Final = {
    "follow-ups": N_("Follow-ups"),
    "mail": N_("Correspondence"),
    "offices": N_("Offices"),
    "contacts": N_("Contacts"),
    "search": N_("Search"),
    "mailboxes": N_("Mailboxes"),
}
# Each view has its own digit, whether or not those before it are there.
DIGITS: Final = {"follow-ups": 1, "mail": 2, "offices": 3, "contacts": 4, "search": 6, "mailboxes": 7}


class TabBar(Widget):
    """The views by name; a click changes the view, as 1 to 4 do."""

    DEFAULT_CSS = """
    TabBar { height: 1; background: $panel; color: $foreground; }
    """
    active: reactive[str] = reactive("follow-ups")

    class Chosen(Message):
        def __init__(self, view: str) -> None:
            super().__init__()
            self.view = view

    def render(self) -> Content:
        parts: list[tuple[str, str]] = []
        for view, said in self._labels():
            parts += [(said, "bold reverse" if view == self.active else ""), (" ", "")]
        return Content.assemble(*parts)

    def _labels(self) -> list[tuple[str, str]]:
        """The views with their digits, without them where there is no room."""
        full = [(view, f" {DIGITS[view]} {_(label)} ") for view, label in VIEWS.items()]
        if sum(len(said) + 1 for _view, said in full) <= self.app.size.width:
            return full
        return [(view, f" {_(label)} ") for view, label in VIEWS.items()]

    def on_click(self, event: events.Click) -> None:
        left = 0
        for view, said in self._labels():
            left += len(said) + 1
            if event.x < left:
                self.post_message(self.Chosen(view))
                return


class KeyBar(Widget):
    """The keys that work here, on one line or two; help and quit are always among them."""

    DEFAULT_CSS = """
    KeyBar { height: auto; max-height: 2; background: $panel; color: $foreground; }
    """
    keys: reactive[tuple[Key, ...]] = reactive((), layout=True)

    def render(self) -> Content:
        hints = [_hint(key) for key in self.keys if key.in_bar]
        return Content("\n").join(_packed(hints, self.app.size.width))

    def on_resize(self) -> None:
        self.refresh(layout=True)


def _hint(key: Key) -> Content:
    return Content.assemble((f" {_(key.shown)} ", "bold $text-accent"), f"{_(key.label)} ")


def _packed(hints: Sequence[Content], width: int) -> list[Content]:
    """One line if all fit, else two; of what does not fit in two, the last two hints are kept."""
    first, rest = _filled(hints, width)
    if not rest:
        return [first]
    second, left = _filled(rest, width)
    if left:
        room = width - sum(hint.cell_length for hint in hints[-2:])
        second = Content("").join([_filled(rest[:-2], room)[0], *hints[-2:]])
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

    def complain(self, text: str) -> None:
        self._put(f"! {text}", "-wrong")

    def clear(self) -> None:
        self.remove_class("-said", "-wrong")

    def _put(self, text: str, name: str) -> None:
        self.clear()
        self.add_class(name)
        self.update(line(clean_line(text)))
