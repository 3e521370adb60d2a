"""A day above a list is that of each of its points: "Kan ni senast den 6 oktober:", "Svara på följande frågor senast den 1 april."."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from nlp.followups.context import Scene
from nlp.followups.windows import Window, window_of
from nlp.model import FollowUp

_POINTS_DOWN = re.compile(
    r"\b(?:följande|nedanstående|dessa) (?:\w+ )?(?:frågor|punkter|uppgifter|saker|handlingar|dokument|underlag|fakturor|ärenden)\b|"
    r"\b(?:frågorna|punkterna|uppgifterna|handlingarna) nedan\b",
    re.IGNORECASE,
)
_LAST = frozenset({"ON_OR_BEFORE", "BEFORE"})


class Heading(NamedTuple):
    """The day of the points below; `said`: what the line itself asks for, which is no more than the points do."""

    window: Window
    said: FollowUp | None

    def of_each(self, points: Sequence[FollowUp]) -> list[FollowUp]:
        """The points with that day."""
        return [replace(point, due_start=self.window.start, due_end=self.window.end) for point in points]


def heading(scene: Scene, start: int, end: int, fresh: Sequence[FollowUp]) -> Heading | None:
    """What the line body[start:end] with its follow-ups `fresh` gives to a list below it; None if it is above none."""
    text = scene.body[start:end]
    colon = text.endswith(":")
    if not colon and not _POINTS_DOWN.search(text):
        return None
    if not fresh:
        last = [mention for mention in scene.dates_in(start, end) if mention.mod in _LAST]
        ahead = colon and len(last) == 1 and last[0].value_end >= scene.reference
        return Heading(window_of(last[0], scene.body, scene.reference).by(), None) if ahead else None
    one = fresh[0]
    asked = len(fresh) == 1 and one.kind in {"request", "deadline"} and one.obligor == "recipient"
    dated = one.due_start is not None or one.due_end is not None
    return Heading(Window(one.due_start, one.due_end), one) if asked and dated else None
