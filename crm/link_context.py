"""Whether a place is named in passing: where somebody travels, meets or lives, or what it is compared with. Pure.

Every pattern is matched over a window of bounded length before a name.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from nlp.model import MunicipalityMention

# More places in one sentence are a list, in one letter the programme.
FEW = 3
MOST = 10

_BEFORE = 90  # signs looked at before a name
_AT = r"(?:i|till|från|via|mot|genom|utanför|nära|av|med)"
_TOWARDS = rf"(?:[\w-]+ ){{0,4}}{_AT} (?:(?:centrala|norra|södra|östra|västra) )?$"

_TRAVEL = re.compile(
    rf"(?i)\b(?:tåg\w*|flyg\w*|buss\w*|färja\w*|pendl\w+|res(?:a|an|er|te|or)|åker|åkte|kör(?:de)?|på väg|semester\w*|ledig|flytta\w*|utställning\w*|showroom\w*|tillbaka|"
    rf"konferens\w*|utbildning\w*|kurs(?:en|er)?|mäss(?:a|an)|seminari\w+|föreläs\w+|nätverksträff\w*|kongress\w*|tjänsteresa\w*|"
    rf"bor|bodde|bosatt|uppvuxen|hemma|barndom\w*|hotell\w*|studerar|studerade|pluggar) {_TOWARDS}"
)
_COMPARED = re.compile(
    rf"(?i)(?:\b(?:precis|liksom|likt|likadan\w*|samma (?:sätt|lösning|upplägg|modell) som|så ?som|jämfört med|jämför (?:gärna )?med|"
    rf"till skillnad från|skiljer sig från|i likhet med|erfarenhet\w* (?:från|av|i)|exempelvis|till exempel|t\.? ?ex\.?|förebild\w*|"
    rf"inspirer\w+|motsvarande|som (?:ni|de|man|vi) (?:gjorde|gjort|byggde|byggt|fick|har|hade|löste|gör)|(?:prövad?|prövats?|testad?|testats?|provats?|använts|fungera[rt]) (?:\w+ )?i|hur (?:det gick|(?:ni|de) (?:gick|går|gjorde|löste)))\b"
    rf"(?: som)?(?: [\w-]+){{0,5}}?|(?<=, )som|^som) (?:{_AT} )?(?:kontoret i )?$"
)
_HOUSE = re.compile(
    r"(?i)\b(?:residens\w*|\w*universitet\w*|\w*högskol\w+|\w*sjukhus\w*|\w*rätten|länsstyrelse\w*|polis\w*|museet|flygplats\w*|regionen|stiftet|"
    r"försvarsmakten|arenan) (?:i|vid|på) $"
)
_LABEL = re.compile(
    r"(?i)\b(?:(?:besöks|post|leverans|faktura|gatu)?adress(?:en)?|box \d+|fe \d+)\b[:,]? ?[^.\n]{0,60}$"
)
_VENUE = re.compile(
    rf"(?i)\b(?:ses|träffas|möts|hålls|äger rum|sammanträd\w+|huvudkontor\w*|sitter|jobbar|arbetar|stationerad\w*|(?:jag|vi) är|är (?:jag|vi)|befinner|"
    rf"deltar?|ansluter|kopplar upp|(?:hälsa[rt]?|hälsade) på|(?:kollega|vän|väninna|kusin|släkting|bekant)\w*|"
    rf"(?:våra|vårt|vår) (?:lokal\w*|kontor\w*|hus|mötesrum\w*)) {_TOWARDS}"
)
_ERRAND = re.compile(
    r"(?i) (?:(?:på|den|hela|i) [\w ]{1,20} )?(?:på|för) (?:en |ett |årets )?(?:konferens|utbildning|kurs|mässa|seminari|möte\b|semester|träff)"
)
# The weather is where it is; of those whom one has asked how they did it, the letter is not.
_WEATHER = re.compile(r"(?i)\b(?:snö\w*|regna\w*|oväder\w*|storm\w*|blåser|halka\w*) (?:\w+ ){0,2}i $")
_HOW_THEY_DID = re.compile(
    r"(?i)s? (?:om (?:hur|vad) (?:de|det|man)\b|(?:finns|har|fick) (?:det |de )?redan\b)"
)
# "Jag tar tåget till Norrköping och ser på lokalen där": the way ends where the work is.
_WORK_THERE = re.compile(
    r"(?i) (?:och|för att) (?:ser?|tittar?|besöker?|besiktigar?|möter?|syna?r?|träffar?|går igenom) "
)
# The last line of a letter: "Arkitekterna, Malmö".
_LAST_LINE = re.compile(r"(?:^|\n)[^\n,.!?]{2,40}, ?$")
# Places before a name that stand in the same row: "i Åre och Ånge".
_ROW = re.compile(r"(?:[A-ZÅÄÖ][\w-]+(?:, | och | samt ))+$")
# "Stockholms-, Göteborgs- och Malmöområdet": what the last one says is said of all.
_PART_OF_AN_AREA = re.compile(
    r"(?i)-(?:, ?\w{2,30}-){0,4},? (?:och|samt|eller|respektive) \w{2,30}?(?:område|region|trakt)\w{0,8}\b"
)
# Where everybody meets and travels; a small town is met in for its own sake.
_CITIES = frozenset({"Stockholm", "Göteborg", "Malmö", "Uppsala", "Linköping", "Norrköping", "Jönköping"})
_BREAK = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ])|\n")


def in_earnest(mentions: Iterable[MunicipalityMention], body: str) -> list[MunicipalityMention]:
    """The places that a text is about: neither in passing, nor one of many in a sentence, nor one of very many."""
    places = [one for one in mentions if one.role == "place" and not is_aside(body, one)]
    if len({one.code for one in places}) > MOST:
        return []
    return [one for some in _by_sentence(places, body) for one in some]


def _by_sentence(places: Sequence[MunicipalityMention], body: str) -> Iterator[list[MunicipalityMention]]:
    """The places of each sentence that names few."""
    if len({one.code for one in places}) <= FEW:
        yield list(places)
        return
    breaks = [match.start() for match in _BREAK.finditer(body)]
    for _, group in groupby(places, key=lambda one: sum(place < one.start for place in breaks)):
        some = list(group)
        if len({one.code for one in some}) <= FEW:
            yield some


def is_aside(body: str, one: MunicipalityMention) -> bool:
    """Whether the words before a name make it a place that the letter is not about."""
    before = re.split(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ])", body[max(0, one.start - _BEFORE) : one.start])[-1]
    before = _ROW.sub("", " ".join(before.split()) + (" " if before[-1:].isspace() else ""))
    if _WEATHER.search(before) or _HOW_THEY_DID.match(body, one.end) or _signs_off(body, one):
        return True
    if _COMPARED.search(before) or _HOUSE.search(before) or _LABEL.search(before):
        return True
    if _PART_OF_AN_AREA.match(body, one.end):
        return True
    on_the_way = _TRAVEL.search(before) or _VENUE.search(before) or _ERRAND.match(body, one.end)
    if on_the_way and _WORK_THERE.match(body, one.end):
        return False
    return one.name in _CITIES and on_the_way is not None


def _signs_off(body: str, one: MunicipalityMention) -> bool:
    """Whether a name ends a letter, behind a house: a last line that no signature was found in."""
    at_the_end = not body[one.end :].strip()
    return at_the_end and _LAST_LINE.search(body, max(0, one.start - _BEFORE), one.start) is not None
