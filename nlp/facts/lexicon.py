"""The words by which a letter speaks of offices and their steps."""

import re
from collections.abc import Mapping

# Every fact holds one of these, in lower case: a letter without any is not looked at.
SIGNS = (
    "behovsanalys",
    "kravspec",
    "lokal",
    "ombygg",
    "bygger om",
    "installation",
    "invig",
    "öppn",
    "i bruk",
    "inflytt",
    "flytta",
    "hyresavtal",
    "omgång",
    "fas ",
    "fasen",
    "etapp",
    "utsatt",
    "kontor",
    "kontaktperson",
    "projektledare",
)
_NOUNS: Mapping[str, str] = {
    "behovsanalys": r"behovsanalys(?:en)?",
    "kravspecifikation": r"kravspec(?:en|ifikation(?:en)?)?",
    "lokalsökning": r"(?:lokalsökning(?:en)?|sökandet efter (?:en )?lokal(?:er)?)",
    "lokalval": r"(?:lokalval(?:et)?|val(?:et)? av lokal(?:er)?)",
    "ombyggnation": r"(?:ombyggnation(?:en)?|ombyggnad(?:en)?|ombygget|lokalanpassning(?:en|arna)?)",
    "installation": r"installation(?:en|erna)?",
    "invigning": r"invigning(?:en)?",
    "i bruk": r"(?:inflyttning(?:en)?|öppning(?:en)?|öppnandet|driftstart(?:en)?)",
}
NOUNS = {step: re.compile(rf"\b{words}\b") for step, words in _NOUNS.items()}
# What every noun of a step begins with, or holds.
STEMS: Mapping[str, tuple[str, ...]] = {
    "behovsanalys": ("behovsanalys",),
    "kravspecifikation": ("kravspec",),
    "lokalsökning": ("lokalsök", "efter"),
    "lokalval": ("lokalval", "val"),
    "ombyggnation": ("ombygg", "lokalanpass"),
    "installation": ("installation",),
    "invigning": ("invigning",),
    "i bruk": ("inflyttning", "öppn", "driftstart"),
}
ANY_NOUN = "|".join(_NOUNS.values())
# These are said of many other things: an office has to be near.
SHARED = frozenset({"installation", "ombyggnation", "i bruk"})

OFFICE = re.compile(r"\b(?:service)?kontor(?:et|ets|en)?\b|\b(?:nya )?lokal(?:en|erna)\b")
_OFFICES = re.compile(r"kontor(?:(?<=\bkontor)|(?<=\bservicekontor))")
# Of several, or of others: nothing is said of one office.
SEVERAL = re.compile(
    r"\b(?:\d+|två|tre|fyra|fem|sex|sju|åtta|nio|tio|flera|många|alla|samtliga|några|de|nya|övriga|ytterligare(?: \w+)?) (?:nya )?(?:service)?kontor\b"
    r"|\b(?:service)?kontoren\b|\bkontor i \d+ kommuner\b"
)
OTHER = re.compile(
    r"\b\w*(?:skola|skolan|bibliotek|biblioteket|badhus|badhuset|simhall|simhallen|vårdcentral|vårdcentralen|boende|boendet|museum"
    r"|museet|parken|sporthall|sporthallen|idrottshall|idrottshallen|bron|vägen|hotell|hotellet|butik|butiken|restaurang"
    r"|restaurangen|kafé|kaféet|stadshuset|utställning|utställningen|mässa|mässan|konsthall|konsthallen|teater|teatern|arena"
    r"|arenan|station|stationen|lekplats|lekplatsen|system|systemet|webbplats|webbplatsen|anmälan|ansökan|programvara)\b"
)
_ADVERBS = r"(?:(?:nu|redan|äntligen|helt|också|även|därmed|alltså|i dag|idag|officiellt|formellt|tyvärr|glädjande nog|sedan|vi|ni|jag|kommunen) ){0,3}"
_READY = (
    r"(?:klar[at]?|färdig[at]?|avslutad[e]?|avslutat|genomför[dt]a?|slutför[dt]a?|gjord|gjort|färdigställ[dt]a?|fastställ[dt]a?"
    r"|godkän[dt]a?|avklara[dt]|i mål|i hamn)"
)
READY = re.compile(rf"\b{_READY}\b")
NOT_QUITE = re.compile(
    r"\b(?:nästan|snart|i princip|i stort sett|delvis|så gott som|strax|halv|väntar på|när|inför|innan|tills)\b"
)
_SUPINE_PASSIVE = r"(?:avslutats|genomförts|slutförts|färdigställts|gjorts|fastställts|godkänts|hållits|ägt rum|blivit klara?|blivit klart|blivit färdig)"
_SUPINE = r"(?:avslutat|genomfört|slutfört|färdigställt|gjort|fastställt|godkänt)"
DONE = re.compile(
    rf"\b(?:blev|är|var) {_ADVERBS}{_READY}\b|\bhar {_ADVERBS}(?:{_SUPINE_PASSIVE}|{_SUPINE})\b"
    r"|\b(?:avslutades|genomfördes|slutfördes|färdigställdes|fastställdes|godkändes|gjordes|hölls|ägde rum|gick av stapeln)\b"
    rf"|\b(?:genomförde|slutförde|avslutade|färdigställde) {_ADVERBS}"
)
BEGUN = re.compile(
    rf"\b(?:påbörjades|inleddes|startade|startades|började|drog igång|pågår)\b|\bär {_ADVERBS}(?:igång|i gång|påbörjad|påbörjat|inledd|startad)\b"
    rf"|\bhar {_ADVERBS}(?:påbörjats|påbörjat|startat|startats|inletts|inlett|börjat|kommit igång|dragit igång)\b"
)
PLANNED = re.compile(
    r"\b(?:planeras|planerar|planerad|planerat|beräknas|beräknar|väntas|förväntas|ska|skall|kommer|avser|avses|tänkt|tänker|räknar|siktar|inplanerad"
    r"|bestämd|bestämt|bokad|bokat|satt|utsatt|bedöms|blir|sker|äger rum|hålls|genomförs|görs|slutförs|avslutas|färdigställs|startar"
    r"|påbörjas|inleds|börjar|går av stapeln|är|flyttas|flyttats|flyttad|skjuts|skjutits|senareläggs|senarelagts|senarelagd"
    r"|tidigareläggs|tidigarelagts|försenas|försenats|dröjer|fördröjs|hoppas)\b"
)
MOVED = re.compile(r"\b(?:flytt|skjut|senarel|tidigarel|försena|dröjer|fördröj)\w*")
BEGINS = re.compile(r"\b(?:start|påbörj|inled|börja|dra igång|drar igång|sätta igång|komma igång)\w*")
ENDS = re.compile(rf"\b(?:{_READY}|avsluta\w*|slutför\w*|färdigställ\w*)\b")


def speaks_of_offices(low: str) -> bool:
    """Whether a text in lower case names an office, or offices, by a word of their own."""
    return "kontor" in low and _OFFICES.search(low) is not None
