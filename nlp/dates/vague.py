"""Words for a time that has no days: inom kort, snarast, framöver, tills vidare."""

import re

from nlp.dates.text import normalise
from nlp.screen import Screened

_VAGUE = Screened(
    r"\b(?:inom (?:kort|en snar framtid|överskådlig tid|den närmaste tiden|en inte alltför avlägsen framtid)"
    r"|(?:allra )?snarast(?: möjligt| möjliga)?|(?:så (?:snart|fort|tidigt) (?:som )?(?:möjligt|det går|ni kan|du kan|vi kan|ni hinner|du hinner))"
    r"|omgående|omedelbart|skyndsamt|utan dröjsmål|asap|a\.s\.a\.p\.?|framöver|framgent|tills vidare|så småningom|(?:lite )?längre fram"
    r"|på (?:lång |kort |sikt)?sikt|på lite sikt|i närtid|den närmaste tiden|(?:inom|under) de (?:närmaste|närmsta|kommande) (?:dagarna|veckorna|månaderna)"
    r"|i dagarna|vid (?:ett )?(?:senare )?tillfälle|vid lämpligt tillfälle|när (?:du|ni|vi) (?:har tid|hinner|får tid)|i god tid"
    r"|om (?:ett tag|en stund|någon (?:dag|vecka|månad)|några (?:dagar|veckor|månader))|inom några (?:dagar|veckor|månader)"
    r"|snart|i sinom tid|med det snaraste|vid tillfälle|(?:efter|före|innan) (?:helgerna|semestern|semestrarna|semesterperioden|ledigheten)|senare)(?!\w)",
    # Single words: in the text as it came a line may end between two.
    "inom snar fort tidigt omgående omedelbart skyndsamt dröjsmål asap a.s.a.p framöver framgent vidare småningom längre "
    "sikt närtid närmast närmst kommande dagarna tillfälle tid hinner tag stund någon några sinom semest ledighet "
    "helgerna senare",
    re.NOFLAG,
)


def find_vague(text: str) -> list[tuple[int, int]]:
    """(start, end) of every vague expression, in text order."""
    if not _VAGUE.may_match(text.lower()):
        return []
    return [found.span() for found in _VAGUE.pattern.finditer(normalise(text))]
