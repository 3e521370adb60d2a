"""One clause as the rules look at it: flat text, what is named in it, and how sure its writer is."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from nlp.model import (
    DateMention,
    Fact,
    FactKind,
    FactRole,
    FactSide,
    FactStatus,
    MunicipalityMention,
    PersonMention,
)

# What somebody wishes, may or must do has not happened, and nobody has planned it.
WISHED = re.compile(
    r"\b(?:kan|kunde|skulle|borde|bör|vill|ville|önskar|önskas|föreslår|föreslås|måste|behöver|behövs|ber|undrar|frågar"
    r"|vore|kräver|krävs|hade|oklart|osäkert)\b"
)
DOUBTED = re.compile(
    r"\b(?:kanske|eventuellt|ev|troligen|troligtvis|sannolikt|förhoppningsvis|preliminärt?|möjligen|nog|hoppas"
    r"|förhoppning(?:en)?|tror|tidigast|uppskattningsvis)\b"
)
NEGATED = re.compile(r"\b(?:inte|ej|aldrig|ingen|inga|inget|varken|icke)\b")
NOT_BEFORE = re.compile(r"\b(?:inte|ej)\b.*\bförrän\b")
_DOUBT = 0.2


@dataclass(slots=True)
class Said:
    """A clause: `raw` as written on one line, `low` the same in lower case, sign for sign; it begins at `start` of the body.

    `sentence` and `whole` are span and flat lower-case text of its sentence. Mentions are those of the clause, `around`
    the municipalities of its sentence, `before` the words of the clause before it. `office_letter`: the letter speaks of an office somewhere.
    """

    raw: str
    low: str
    start: int
    sentence: tuple[int, int]
    text: str
    whole: str
    reference: date
    dates: tuple[DateMention, ...] = ()
    places: tuple[MunicipalityMention, ...] = ()
    around: tuple[MunicipalityMention, ...] = ()
    people: tuple[PersonMention, ...] = ()
    sender: str | None = None
    verbless: bool = False
    doubted: bool = False
    before: str = ""
    office_letter: bool = False

    @property
    def negated(self) -> bool:
        return NEGATED.search(self.low) is not None

    def at(self, mention_start: int) -> int:
        """Where a place in the body lies in the clause."""
        return mention_start - self.start

    def municipality(self) -> str | None:
        """The only municipality that the clause, else its sentence, names."""
        for mentions in (self.places, self.around):
            codes = {one.code for one in mentions if one.role != "metropolitan"}
            if codes:
                return codes.pop() if len(codes) == 1 else None
        return None

    def is_of_several(self) -> bool:
        """Whether it names several municipalities, so that nobody can tell of which one it speaks."""
        return len({one.code for one in self.places}) > 1

    def fact(
        self,
        kind: FactKind,
        rule: str,
        confidence: float,
        *,
        status: FactStatus = "done",
        value: str | None = None,
        step: str | None = None,
        municipality: str | None = None,
        window: tuple[date | None, date | None] = (None, None),
        side: FactSide = "whole",
        approximate: bool = False,
        role: FactRole | None = None,
    ) -> Fact:
        """The fact, with this clause's sentence; what is in doubt is less sure."""
        return Fact(
            kind=kind,
            text=self.text,
            start=self.sentence[0],
            end=self.sentence[1],
            rule=f"fact.{rule}",
            confidence=round(confidence - (_DOUBT if self.doubted else 0), 2),
            status=status,
            value=value,
            step=step,
            municipality=municipality or self.municipality(),
            window_start=window[0],
            window_end=window[1],
            side=side,
            approximate=approximate,
            role=role,
        )


def unique(facts: Iterable[Fact]) -> list[Fact]:
    """Without what the same sentence says twice, the surest first said."""
    kept: dict[tuple[object, ...], Fact] = {}
    for one in facts:
        key = (one.start, one.kind, one.step, one.status, one.side, one.value, one.municipality, one.role)
        if key not in kept or kept[key].confidence < one.confidence:
            kept[key] = one
    return list(kept.values())
