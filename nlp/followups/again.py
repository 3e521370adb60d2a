"""A dated sentence that was read before, on other days: the same findings, on its own days.

Set phrases come again with another day: "Vi återkommer senast den 4 maj". The rules look at a date's place, kind and
modifier, and at whether it lies ahead; never at the day itself, which is for the window alone.
"""

from collections.abc import Callable, Hashable, Sequence
from datetime import date
from typing import NamedTuple

from nlp.followups.context import Finding, Hit, Scene, due
from nlp.followups.due import is_ahead, just_been
from nlp.followups.windows import advanced
from nlp.model import DateMention


class _Recipe(NamedTuple):
    """A finding and the dates it is due on: which of the sentence's, and whether a year later."""

    finding: Finding
    dates: tuple[tuple[int, bool], ...]


def look(mention: DateMention, start: int, reference: date) -> Hashable:
    """All that the rules see of a date in a sentence that begins at `start`."""
    later = advanced(mention, reference)
    return (
        mention.start - start,
        mention.end - start,
        mention.mod,
        mention.grain,
        mention.start_time is None,
        mention.window_start is None,
        mention.window_end is None,
        is_ahead(mention, reference),
        just_been(mention, reference),
        later is not mention and is_ahead(later, reference),
    )


class Again:
    """The findings of the last sentences, `most` of them."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[Hashable, tuple[_Recipe, ...] | None] = {}

    def hits(
        self,
        key: Hashable,
        inside: Sequence[DateMention],
        scene: Scene,
        read: Callable[[], list[Hit]],
    ) -> list[Hit]:
        """What a sentence of this key said, on the dates `inside`; `read` reads it where that is not known."""
        kept = self._kept.get(key)
        if kept is not None:
            return [_made(recipe, inside, scene) for recipe in kept]
        hits = read()
        if key not in self._kept:
            if len(self._kept) >= self._most:
                self._kept.clear()
            self._kept[key] = _recipes(hits, inside)
        return hits

    def clear(self) -> None:
        """Forgets all."""
        self._kept.clear()


def _recipes(hits: Sequence[Hit], inside: Sequence[DateMention]) -> tuple[_Recipe, ...] | None:
    """None where the text names who is to act: a figure may be a part of the name."""
    if any(hit.who for hit in hits):
        return None
    places = {one.start: number for number, one in enumerate(inside)}
    return tuple(
        _Recipe(
            hit.finding,
            tuple((places[one.start], one is not inside[places[one.start]]) for one in hit.dates),
        )
        for hit in hits
    )


def _made(recipe: _Recipe, inside: Sequence[DateMention], scene: Scene) -> Hit:
    dates = tuple(
        advanced(inside[number], scene.reference) if later else inside[number]
        for number, later in recipe.dates
    )
    return Hit(recipe.finding, due(recipe.finding, dates, scene.body, scene.reference), None, dates)
