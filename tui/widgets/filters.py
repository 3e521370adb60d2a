"""The line that says what a list is limited to; what holds is marked, a click changes it as the keys do."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from crm.agenda_rows import AgendaQuery, Side, Whose
from tui import words
from tui.i18n import N_, _
from tui.text import line

WHOSE: Final[dict[Whose, str]] = {"all": N_("All"), "mine": N_("Mine"), "unassigned": N_("Unassigned")}
SIDES: Final[tuple[Side, ...]] = ("us", "them", "others")
SETTLED: Final = N_("Settled")
_GAP: Final = " │ "


class FilterBar(Widget):
    """Whose, which side's, and whether what is settled is shown."""

    DEFAULT_CSS = """
    FilterBar { height: 1; padding: 0 1; }
    """
    query_shown: reactive[AgendaQuery] = reactive(AgendaQuery())

    class Chosen(Message):
        """Another limit was clicked."""

        def __init__(self, query: AgendaQuery) -> None:
            super().__init__()
            self.query = query

    def _groups(self) -> Iterator[list[tuple[str, bool, AgendaQuery]]]:
        """Each word with whether it holds, and what a click on it asks for."""
        now = self.query_shown
        yield [(_(said), now.whose == whose, replace(now, whose=whose)) for whose, said in WHOSE.items()]
        yield [
            (_(words.OWES[side]), now.side == side, replace(now, side="all" if now.side == side else side))
            for side in SIDES
        ]
        yield [(_(SETTLED), now.settled, replace(now, settled=not now.settled))]

    def render(self) -> Content:
        groups = [
            Content("  ").join(
                [line(said, "bold reverse" if holds else "$foreground 65%") for said, holds, _query in group]
            )
            for group in self._groups()
        ]
        return Content(_GAP).join(groups)

    def on_click(self, event: events.Click) -> None:
        left = 1
        for group in self._groups():
            for said, _holds, asked in group:
                if left <= event.x < left + len(said):
                    self.post_message(self.Chosen(asked))
                    return
                left += len(said) + 2
            left += len(_GAP) - 2


def next_whose(query: AgendaQuery) -> AgendaQuery:
    """All, mine, those of nobody, and round again."""
    order = list(WHOSE)
    return replace(query, whose=order[(order.index(query.whose) + 1) % len(order)])


def next_side(query: AgendaQuery) -> AgendaQuery:
    """Both, ours, theirs, others', and round again."""
    order: tuple[Side, ...] = ("all", *SIDES)
    return replace(query, side=order[(order.index(query.side) + 1) % len(order)])
