"""The last line of a small window: which keys end it, each to be clicked as well."""

from collections.abc import Sequence
from itertools import accumulate

from textual import events
from textual.widgets import Static

from tui.text import line

_BETWEEN = " · "


class Hints(Static):
    """`said` names one key after the other, parted by " · "; a click on one is the stroke of the key at its place."""

    DEFAULT_CSS = """
    Hints { color: $foreground 65%; }
    """

    def __init__(self, said: str, strokes: Sequence[str], classes: str | None = None) -> None:
        super().__init__(line(said), id="hint", classes=classes)
        pieces = said.split(_BETWEEN)
        self._ends = list(accumulate(len(piece) + len(_BETWEEN) for piece in pieces))
        self._strokes = strokes

    def on_click(self, event: events.Click) -> None:
        event.stop()
        at = event.x if event.y == 0 else self._ends[-1]  # a narrow window wraps the last one
        place = sum(end <= at for end in self._ends[:-1])
        self.app.simulate_key(self._strokes[place])
