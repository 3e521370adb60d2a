"""Organisations: agencies by name, acronym and mail domain, municipalities, regions, companies, departments."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from nlp.data import rows
from nlp.model import TextMention
from nlp.municipalities.finder import find_municipalities
from nlp.municipalities.gazetteer import municipality_of_domain
from nlp.spans import WORD, Taken, compose, places_of, web_spans, words_in

# Municipalities that call themselves stad; all others are kommun, and Gotland is a region.
_CITIES = frozenset(
    "Borås Göteborg Haparanda Helsingborg Landskrona Lidingö Malmö Mölndal Stockholm Sundbyberg Solna Vaxholm Västerås".split()
)
_GAP_BEFORE = re.compile(r"-?\s{1,4}|-")
_S = r"[ \t\xa0]"
_CAPITAL = r"[A-ZÅÄÖÉ][\w&.’'-]{0,30}"
_COMPANY = re.compile(
    rf"(?<![\w&])(?:AB{_S}{_CAPITAL}(?:{_S}{_CAPITAL}){{0,2}}|{_CAPITAL}(?:{_S}(?:{_CAPITAL}|&|och|i)){{0,4}}?{_S}(?:AB|HB|KB|Aktiebolag))(?![\w-])"
)
_DEPARTMENT = re.compile(
    r"(?<![\w-])(?:[A-ZÅÄÖa-zåäö][^\W\d_]{2,30}-{1,2}[ \t\xa0]?(?:och|&)[ \t\xa0])?[A-ZÅÄÖa-zåäö][^\W\d_]{2,30}"
    r"(?:nämnd|nämnden|nämndens|förvaltning|förvaltningen|förvaltningens|styrelsens?|fullmäktiges?|departementet|departementets)(?![\w-])"
)
_PLACE_BEFORE = re.compile(r"(?:^|[\s(])(?:i|inom|runt|kring|utanför|från|till)\s{1,4}$", re.IGNORECASE)
_KOMMUN = re.compile(r"\s{1,3}(?:kommuns?|stads?)\b", re.IGNORECASE)
_REGION = re.compile(
    rf"\bRegion{_S}(?:Jämtland{_S}Härjedalen|[A-ZÅÄÖ][^\W\d_]{{2,20}}(?:{_S}läns?\b)?)"
    rf"|\bLänsstyrelsen(?:{_S}i)?(?:{_S}[A-ZÅÄÖ][^\W\d_]{{2,20}}){{1,2}}(?:{_S}läns?\b)?"
)
_COMPANY_SIGNS = ("AB", "HB", "KB", "Aktiebolag")
_REGION_SIGNS = ("Region", "Länsstyrelsen")
_DEPARTMENT_SIGNS = ("nämnd", "förvaltning", "styrelse", "fullmäktige", "departementet")
_DEPARTMENT_SIGN = re.compile("|".join(_DEPARTMENT_SIGNS))
_BEFORE_SIGN = 80  # signs of a department before what makes it one
_AFTER_SIGN = 8  # signs of the longest ending after it, and one more
_COMMON = frozenset(
    "förvaltning förvaltningen förvaltningens nämnd nämnden nämndens styrelsen styrelse bolagsstyrelsen stadsförvaltningen "
    "fastighetsförvaltning egendomsförvaltning".split()
)


def organisation_of_domain(domain: str) -> str | None:
    """`Ånge kommun` for ange.se, `Statens servicecenter` for statenssc.se, for subdomains too; else None."""
    return _of_domain(domain) if len(domain) <= _LONGEST_DOMAIN else None


@lru_cache(maxsize=4096)
def _of_domain(domain: str) -> str | None:
    """Kept, since the same few domains write most mail."""
    labels = domain.lower().strip(". ").split(".")[-6:]
    known = _by_domain()
    for i in range(len(labels) - 1):
        name = ".".join(labels[i:])
        if name in known:
            return known[name]
    place = municipality_of_domain(domain)
    return municipal_name(place.name) if place else None


def municipal_name(name: str) -> str:
    """What a municipality calls itself: Ånge kommun, Stockholms stad, Region Gotland."""
    if name == "Gotland":
        return "Region Gotland"
    if name in _CITIES:
        return f"{name if name.endswith('s') or name in _BARE_CITIES else name + 's'} stad"
    if name == "Falun":
        return "Falu kommun"
    return f"{name if name[-1] in 'sxz' or name[-1] in 'aeiouyåäö' else name + 's'} kommun"


_LONGEST_DOMAIN = 253  # RFC 1035
_BARE_CITIES = frozenset({"Malmö", "Lidingö", "Solna", "Haparanda", "Landskrona"})


@cache
def _by_domain() -> Mapping[str, str]:
    table: dict[str, str] = {}
    for row in rows("organisations.csv"):
        if row["domain"] and row["domain"] != "gotland.se":
            table.setdefault(row["domain"], row["name"])
    return table


_Named = tuple[tuple[str, ...], str]


@cache
def _names() -> Mapping[str, tuple[_Named, ...]]:
    """First word in lower case, with and without genitive -s → (words, name) of every organisation that begins
    with it, longest first.
    """
    table: dict[str, list[_Named]] = {}
    for row in rows("organisations.csv"):
        parts = tuple(WORD.findall(row["name"].lower()))
        for first in (parts[0], parts[0] + "s"):
            table.setdefault(first, []).append((parts, row["name"]))
    return {first: tuple(sorted(found, key=lambda one: -len(one[0]))) for first, found in table.items()}


@cache
def _acronyms() -> Mapping[str, tuple[str, str]]:
    """Acronym in lower case → as it is written, and whose it is."""
    known = [row for row in rows("organisations.csv") if len(row["acronym"]) > 2]
    return {row["acronym"].lower(): (row["acronym"], row["name"]) for row in known}


def find_organisations(text: str) -> list[TextMention]:
    """Organisations in text order, none inside another; spans hold the genitive -s, values do not."""
    return list(_found(text))


@lru_cache(maxsize=2)
def _found(text: str) -> tuple[TextMention, ...]:
    """Kept for the last text, since people are asked with the organisations beside them."""
    composed = compose(text)
    words = composed.text
    web = Taken(web_spans(words))
    found: list[TextMention] = []
    last = 0
    candidates = [*_known(words), *_municipal(words), *_by_form(words)]
    for start, end, value, rule, confidence in sorted(candidates, key=lambda one: (one[0], -one[1])):
        if start < last or web.hits(start, end):
            continue
        last = end
        origin = composed.span(start, end)
        found.append(TextMention("ORGANISATION", text[slice(*origin)], *origin, value, rule, confidence))
    return tuple(found)


_Found = tuple[int, int, str, str, float]


def _known(text: str) -> Iterator[_Found]:
    names, acronyms = _names(), _acronyms()
    low, words = words_in(text)
    for start, acronym in places_of(low, acronyms.keys() & words):
        written, name = acronyms[acronym]
        if text.startswith(written, start):
            yield start, start + len(written), name, "organisation.acronym", 0.85
    for start, first in places_of(low, names.keys() & words):
        if text[start].isupper():
            yield from _longest(text, start, start + len(first), names[first])


def _longest(text: str, start: int, first_end: int, choices: Sequence[_Named]) -> Iterator[_Found]:
    second = _second(text, first_end)
    for parts, name in choices:
        is_near = len(parts) == 1 or second.startswith(parts[1])
        end = _end_of(text, start, parts) if is_near else None
        if end is not None:
            yield start, end, name, "organisation.name", 0.95
            return


def _second(text: str, end: int) -> str:
    """The word after a first one, in lower case: it settles most of the many names that begin alike."""
    gap = _GAP_BEFORE.match(text, end)
    word = WORD.match(text, gap.end()) if gap else None
    return word.group().lower() if word else ""


def _end_of(text: str, start: int, parts: tuple[str, ...]) -> int | None:
    position = start
    for number, part in enumerate(parts):
        gap = _GAP_BEFORE.match(text, position) if number else None
        word = WORD.match(text, gap.end() if gap else position)
        if word is None:
            return None
        written, is_last = word.group().lower(), number == len(parts) - 1
        if written != part and not (is_last and written == part + "s"):
            return None
        position = word.end()
    return position


def _municipal(text: str) -> Iterator[_Found]:
    """X kommun as an acting body; "i X kommun" is the place."""
    for mention in find_municipalities(text):
        kind = _KOMMUN.match(text, mention.end)
        before = text[max(0, mention.start - 12) : mention.start]
        if kind and not _PLACE_BEFORE.search(before):
            yield mention.start, kind.end(), municipal_name(mention.name), "organisation.municipality", 0.85


def _by_form(text: str) -> Iterator[_Found]:
    """Companies, regions and departments; most texts hold no word that can make one, and are not searched."""
    for match in _COMPANY.finditer(text) if _holds(text, _COMPANY_SIGNS) else ():
        yield *match.span(), " ".join(match.group().split()), "organisation.company", 0.8
    for match in _REGION.finditer(text) if _holds(text, _REGION_SIGNS) else ():
        yield *match.span(), " ".join(match.group().split()), "organisation.region", 0.9
    for match in _departments(text):
        if match.group().lower() not in _COMMON:
            value = re.sub(r"(?<=en|et)s$", "", " ".join(match.group().split()))
            yield *match.span(), value, "organisation.department", 0.7


def _holds(text: str, signs: tuple[str, ...]) -> bool:
    return any(sign in text for sign in signs)


def _departments(text: str) -> Iterator[re.Match[str]]:
    """Looks only around the words that make one: a search from every word would cost more than all else here."""
    last = 0
    if not _holds(text, _DEPARTMENT_SIGNS):
        return
    for sign in _DEPARTMENT_SIGN.finditer(text):
        match = _DEPARTMENT.search(text, max(last, sign.start() - _BEFORE_SIGN), sign.end() + _AFTER_SIGN)
        if sign.start() >= last and match:
            yield match
            last = match.end()
