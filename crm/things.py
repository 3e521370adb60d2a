"""What is sent and told about under several names: a drawing is a plan, minutes are notes. Pure.

Each name stands for its kind by a mark of four letters that no word has. A name counts from its beginning on:
"städavtal" is no "hyresavtal", and has no mark.
"""

import re
from functools import lru_cache
from typing import Final

_KINDS: Final = {
    "ritn": "ritning planritning planlösning planskiss skiss layout dwg situationsplan bygglovsritning våningsplan "
    "golvplan arkitektritning sektionsritning planerna",
    "avta": "avtal kontrakt hyresavtal hyreskontrakt avtalsförslag avtalsutkast kontraktsförslag hyresförslag",
    "offe": "offert anbud prisförslag kostnadsförslag prisuppgift hyresoffert",
    "tidp": "tidplan tidsplan tidtabell tidsschema tidschema projektplan",
    "prot": "protokoll minnesanteckning mötesanteckning anteckning mötesprotokoll noteringar",
    "kall": "dagordning agenda kallelse föredragningslista mötesprogram",
    "stat": "statistik siffror besökssiffror besöksstatistik besökstal besöksantal besök besökare besöksunderlag",
    "krav": "krav kravspec kravspecifikation kravspecen specen specifikation lokalkrav",
    "beho": "behovsanalys analys behovsbeskrivning",
    "nyck": "nyckel nycklar passerkort tagg taggar inpasseringskort",
    "sida": "webb hemsida webbplats sida sidan webbsida",
    "fakt": "faktura räkning fakturaunderlag",
    "synp": "synpunkt invändning kommentar yttrande remissvar ändringsförslag remissyttrande önskemål",
    "kont": "kontaktuppgift kontaktperson telefonnummer mobilnummer mejladress mailadress kontaktlista",
    "foto": "bild foto fotografi fotografier fotona",
    "skyl": "skylt vägvisare vepa fasadskylt skyltning",
    "nätk": "fiber bredband stadsnät nätverk uppkoppling internet fiberanslutning wifi trådlös",
    "bran": "brandskydd brandskyddsdokumentation utrymningsplan brandritning",
    "ovkk": "ovk ventilationskontroll ventilation",
    "städ": "städning lokalvård städ",
    "vakt": "bevakning ordningsvakt väktare vakt larm bevakningsbolag",
    "öppe": "öppettid öppethållande öppnar öppnas öppning öppna öppnade öppnat portarna invigning inviger",
    "hyra": "hyra hyresnivå bashyra hyresbelopp årshyra hyreskostnad",
    "ytan": "yta ytan area kvm kvadratmeter lokalyta lokalarea",
    "pris": "pris kostnad kostar kronor priset prislapp",
    "delt": "deltagare deltagarlista namnlista anmälda närvarolista närvarande",
    "unds": "underskrift underteckna undertecknad påskrift påskriven signering signerad signera skrivit skrivet",
    "inre": "möbel möbler möblering inredning",
    "besl": "beslut beslutet protokollsutdrag beslutade beslutat",
    "bygl": "bygglov lovet startbesked",
    "adre": "adress besöksadress leveransadress gatuadress",
    "kost": "budget kalkyl kostnadskalkyl kostnadsberäkning",
    "pers": "bemanning handläggare medarbetare personal rekrytering",
    "tolk": "tolk tolkning telefontolk språk",
}
# How many come is asked and told without a name for it: "hur många ni blir", "vi blir fyra".
_THEY_COME = re.compile(
    r"\bhur många (?:(?:ni|du|som|personer|från er) ){0,2}(?:blir|kommer|deltar)|\b(?:vi|ni|det) (?:blir|kommer|är) (?:nog )?"
    r"(?:en|två|tre|fyra|fem|sex|sju|åtta|nio|tio|\d+)(?: (?:personer|stycken|st|deltagare))?(?=[ ,.:;]|$)"
)
_SHORT = re.compile(r"\b[^\W\d_]{3,4}\b")
_MARK: Final = "§"


def _begin_with() -> dict[str, list[tuple[str, str]]]:
    """The names by their first three letters, each with its mark, the longest first."""
    found: dict[str, list[tuple[str, str]]] = {}
    for kind, names in _KINDS.items():
        for name in names.split():
            found.setdefault(name[:3], []).append((name, _MARK + kind))
    return {begin: sorted(some, key=lambda one: -len(one[0])) for begin, some in found.items()}


_NAMES: Final = _begin_with()
_ENDING = 4  # letters that a form may have more than its name: "ritningarna", but not "avtalsbrott"


@lru_cache(65_536)
def kind_of(word: str) -> str:
    """The mark of the kind of thing that a folded word names, or ""; a mark stands for itself."""
    if word[:1] == _MARK:
        return word
    for name, mark in _NAMES.get(word[:3], ()):
        if word.startswith(name) and len(word) <= len(name) + _ENDING:
            return mark
    return ""


@lru_cache(8192)
def kinds(words: frozenset[str]) -> frozenset[str]:
    """The marks of what these folded words name."""
    return frozenset(mark for word in words if (mark := kind_of(word)))


def short_names(text: str) -> set[str]:
    """The marks of what a text in lower case names in words that are too short for a topic: "hyra", "krav"."""
    found = {mark for word in _SHORT.findall(text) if (mark := kind_of(word))}
    return found | {_MARK + "delt"} if _THEY_COME.search(text) else found
