"""The phase to which a municipality's office belongs: "ingår i den andra omgången", "fas 2"."""

import re
from collections.abc import Iterator

from nlp.facts.said import WISHED, Said
from nlp.model import Fact, FactStatus, MunicipalityMention

_NUMBERS = {
    "första": "1", "andra": "2", "tredje": "3", "fjärde": "4",
    "1": "1", "2": "2", "3": "3", "4": "4",
    "ett": "1", "två": "2", "tre": "3", "fyra": "4",
    "i": "1", "ii": "2", "iii": "3", "iv": "4",
}  # fmt: skip
_PHASE = re.compile(
    r"\b(?P<nth>första|andra|tredje|fjärde) (?:omgången?|fasen|etappen)\b"
    r"|\b(?:fas|omgång|etapp) (?P<number>[1-4]|ett|två|tre|fyra|i{1,3}|iv)\b"
)
_BELONGS = re.compile(
    r"\b(?:ingår|ingå|ingått|tillhör|tillhöra|hör till|höra till|(?:är|vara|blir|bli|kommer|komma) med i|omfattas av|placerats i"
    r"|ligger i|ligga i|finns med i|flyttas (?:\w+ )?till|flyttats (?:\w+ )?till|tas med i|etableras i|öppnas? i|öppnar i)\b"
)
_PLANNED = re.compile(r"\b(?:ska|skall|kommer|planeras|planerar|avser|avses|tänkt|föreslås|beräknas)\b")
_OURS = re.compile(r"\b(?:kommun|kommunen|er|ni|ert|vi|kontoret|servicekontoret|orten)\b")
_LIST = re.compile(
    rf"^\W*(?:den )?(?:{_PHASE.pattern})\s*(?:\([^)]{{0,20}}\))?\s*[:–—-]".replace("?P<nth>", "").replace(
        "?P<number>", ""
    )
)
_MOST = 40
_BETWEEN = 8  # signs between two names that are counted up


def phases(said: Said) -> Iterator[Fact]:
    """One fact for each municipality that the clause names, one without where it speaks of the reader's or the writer's."""
    found = list(_PHASE.finditer(said.low))
    listed = _LIST.match(said.low) is not None
    if not found or not (listed or _BELONGS.search(said.low)) or said.negated or WISHED.search(said.low):
        return
    number = _NUMBERS[found[-1]["nth"] or found[-1]["number"]]
    planned: FactStatus = "planned" if _PLANNED.search(said.low) else "done"
    codes = list(dict.fromkeys(one.code for one in _counted_up(said)))
    if len(codes) > _MOST or len({_NUMBERS[one["nth"] or one["number"]] for one in found}) > 1:
        return
    rule, confidence = ("phase.listed", 0.8) if listed else ("phase.belongs", 0.85)
    for code in codes:
        yield said.fact("phase", rule, confidence, status=planned, value=number, municipality=code)
    if not codes and (said.around or _OURS.search(said.whole)) and not listed:
        yield said.fact("phase", rule, confidence - 0.05, status=planned, value=number)


def _counted_up(said: Said) -> list[MunicipalityMention]:
    """The municipalities of the clause, with those that go on behind it: "ingår Ånge, Åre och Boden"."""
    found = [one for one in said.places if one.role != "metropolitan"]
    for one in said.around:
        if found and 0 < one.start - found[-1].end <= _BETWEEN and one.role != "metropolitan":
            found.append(one)
    return found


def is_list(flat: str) -> bool:
    """Whether a line counts up the municipalities of a phase."""
    return _LIST.match(flat) is not None
