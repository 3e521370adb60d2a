"""What is sent and told about under several names: a drawing is a plan, minutes are notes. Pure.

Each name stands for its kind by a mark of four letters that no word has. A name counts from its beginning on:
"städavtal" is no "hyresavtal", and has no mark.
"""

import re
from functools import lru_cache
from typing import Final

_KINDS: Final = {
    "ritn": "ritning planritning planlösning planskiss skiss layout dwg situationsplan bygglovsritning våningsplan "
    "golvplan arkitektritning sektionsritning planerna möbleringsplan fasadritning elritning lokalskiss relationsritning cad",
    "avta": "avtal kontrakt hyresavtal hyreskontrakt avtalsförslag avtalsutkast kontraktsförslag hyresförslag "
    "avtalstext kontraktsutkast samverkansavtal hyresdokument överenskommelse",
    "offe": "offert anbud prisförslag kostnadsförslag prisuppgift hyresoffert offertförslag prisindikation quote",
    "tidp": "tidplan tidsplan tidtabell tidsschema tidschema projektplan planering tidslinje genomförandeplan",
    "prot": "protokoll minnesanteckning mötesanteckning anteckning mötesprotokoll noteringar minnesnotering referat sammanfattning avstämningsnotering",
    "kall": "dagordning agenda kallelse föredragningslista mötesprogram mötesinbjudan ärendelista",
    "stat": "statistik siffror besökssiffror besöksstatistik besökstal besöksantal besök besökare besöksunderlag besöksdata kötid kundantal",
    "krav": "krav kravspec kravspecifikation kravspecen specen specifikation lokalkrav kravlista kravställning kravdokument",
    "beho": "behovsanalys analys behovsbeskrivning lokalbehov behovsunderlag behovsbild",
    "nyck": "nyckel nycklar passerkort tagg taggar inpasseringskort nyckelbricka passerbricka nyckelknippa",
    "sida": "webb hemsida webbplats sida sidan webbsida",
    "fakt": "faktura räkning fakturaunderlag hyresavi kreditfaktura debitering",
    "synp": "synpunkt invändning kommentar yttrande remissvar ändringsförslag remissyttrande önskemål anmärkning",
    "kont": "kontaktuppgift kontaktperson telefonnummer mobilnummer mejladress mailadress kontaktlista kontaktväg direktnummer växelnummer telefonlista",
    "foto": "bild foto fotografi fotografier fotona presentation bildspel powerpoint pptx",
    "skyl": "skylt vägvisare vepa fasadskylt skyltning skyltprogram skyltförslag hänvisningsskylt",
    "nätk": "fiber bredband stadsnät nätverk uppkoppling internet fiberanslutning wifi trådlös datauttag nätverksuttag uttag internetanslutning accesspunkt",
    "bran": "brandskydd brandskyddsdokumentation utrymningsplan brandritning brandskyddsbeskrivning",
    "ovkk": "ovk ventilationskontroll ventilation luftflöde luftflöden aggregat",
    "städ": "städning lokalvård städ",
    "vakt": "bevakning ordningsvakt väktare vakt larm bevakningsbolag rondering",
    "öppe": "öppettid öppethållande öppnar öppnas öppning öppna öppnade öppnat portarna invigning inviger",
    "hyra": "hyra hyresnivå bashyra hyresbelopp årshyra hyreskostnad kallhyra hyressättning kvadratmeterpris",
    "ytan": "yta ytan area kvm kvadratmeter lokalyta lokalarea kvadratmetern",
    "pris": "pris kostnad kostar kronor priset prislapp",
    "delt": "deltagare deltagarlista namnlista anmälda närvarolista närvarande gästlista anmälningar anmälan",
    "unds": "underskrift underteckna undertecknad påskrift påskriven signering signerad signera skrivit skrivet",
    "inre": "möbel möbler möblering inredning",
    "besl": "beslut beslutet protokollsutdrag beslutade beslutat nämndbeslut beslutsprotokoll delegationsbeslut",
    "bygl": "bygglov lovet startbesked bygglovet bygglovsfråga bygglovsbeslut bygglovsbesked lovplikt lovpliktig",
    "adre": "adress besöksadress leveransadress gatuadress",
    "kost": "budget kalkyl kostnadskalkyl kostnadsberäkning kostnadsunderlag",
    "pers": "bemanning handläggare medarbetare personal rekrytering personalplan bemanningsplan personallista",
    "tolk": "tolk tolkning telefontolk språk",
    "full": "fullmakt firmateckning",
    "inty": "intyg besiktningsprotokoll besiktningsutlåtande kontrollrapport certifikat",
    "förs": "försäkring försäkringsbevis försäkringsbrev",
    "park": "parkering parkeringsplats parkeringstillstånd parkeringsplatser besöksparkering handikapparkering",
    "snör": "snöröjning skottning halkbekämpning skottar skotta sandning sandar plogar",
    "datu": "datum tidpunkt tidsförslag",
    "text": "text texter textförslag textutkast webbtext informationstext",
    "detp": "detaljplan plankarta planbeskrivning planbestämmelse",
    "inbj": "inbjudan inbjudningskort inbjudningslista",
}
# How many come is asked and told without a name for it: "hur många ni blir", "vi blir fyra".
_THEY_COME = re.compile(
    r"\bhur många (?:(?:ni|du|som|personer|från er) ){0,2}(?:blir|kommer|deltar)|\b(?:vi|ni|det) (?:blir|kommer|är) (?:nog )?"
    r"(?:en|två|tre|fyra|fem|sex|sju|åtta|nio|tio|\d+)(?: (?:personer|stycken|st|deltagare))?(?=[ ,.:;]|$)"
)
_SHORT = re.compile(r"\b[^\W\d_]{3,4}\b")
_MARK: Final = "§"
# Kinds that words say as well as a paper does.
_IN_WORDS: Final = frozenset(
    _MARK + kind
    for kind in "offe stat synp kont öppe hyra ytan pris delt pers datu adre bygl snör park besl kall text".split()
)
# Names of any paper: what is called so is not told apart from another.
_ANY_PAPER = re.compile(
    r"^(?:(?:handling|dokument|bilag|fil|material|underlag|uppgift|papper|papperen|version|mejl|mail|kopia|kopior|utskrift|information|"
    r"varsågod|länk|svar|begär|önskemål|fråg|ärende|skrivelse|brev|meddelande|kännedom|del|översikt|detta|efterfråga|utlova|lovade|aktuell|"
    r"nytt|nya|senaste|slutlig|uppdatera|revidera|komplett|färdig|bifoga|följande|snabb|original)\w{0,5}|.*ehandlingar)$"
)


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


@lru_cache(8192)
def told_in_words(words: frozenset[str]) -> bool:
    """Whether these folded words name a kind of thing that words say as well as a paper: a price, a number of visitors."""
    return not _IN_WORDS.isdisjoint(kinds(words))


@lru_cache(8192)
def particular(words: frozenset[str]) -> frozenset[str]:
    """These folded words without those that any paper is called by."""
    return frozenset(word for word in words if not _ANY_PAPER.match(word))


def short_names(text: str) -> set[str]:
    """The marks of what a text in lower case names in words that are too short for a topic: "hyra", "krav"."""
    found = {mark for word in _SHORT.findall(text) if (mark := kind_of(word))}
    return found | {_MARK + "delt"} if _THEY_COME.search(text) else found
