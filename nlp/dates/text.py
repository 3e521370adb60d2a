"""The text as the scanner sees it: the same length, plain blanks and dashes, lower case, and no false dates.

What looks like a date and is none is blanked out first: phones, case numbers, laws, post codes, sums,
street numbers, people called Jan or Maj, "i vår ledningsgrupp", "varje måndag".
"""

import re

from nlp.dates.lexicon import CARDINALS, MONTHS, ORDINALS, either
from nlp.dates.pattern import Pattern

FILLER = "\x1f"
"""Stands for every character that was blanked out; no rule matches it."""
BREAK = "\x1e"
"""Stands for a blank line or a bullet, which no expression crosses."""

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−\u00ad"), "-")
_BLANKS = dict.fromkeys(map(ord, "\xa0\u202f\u2007\u2009\u2002\u2003\u200a\u3000\t\r\v\f"), " ")
_QUOTES = dict.fromkeys(map(ord, "’‘´`"), "'")
_TABLE = {chr(code): plain for code, plain in (_DASHES | _BLANKS | _QUOTES).items()}
_BLANK_LINES = Pattern(r"\n[ ]*+\n[\n ]*+")

# A dash at the head of a line begins the next proposal; it runs from nothing to nothing.
_BULLETS = Pattern(r"\n {0,20}(?:[-*•·o]|\d{1,2}\)) ")

_MONTH_NAMES = either([m.capitalize() for m in MONTHS])
_CASED = Pattern(
    r"(?<![\w.])(?:"
    # People who are called like a month, and are followed by their surname.
    rf"(?<!\d )(?:Jan|Maj|April|Juni|Juli|Augusti|Mars)[- ](?!{_MONTH_NAMES}\b)[A-ZÅÄÖ][a-zåäöé]"
    r"|[A-ZÅÄÖ][a-zåäöé]{1,15}-(?:Maj|Jan)\b"
    # and those whose surname it is.
    r"|(?!I |Till |Under |Före |Innan |Efter |Senast |Från |Sen |Start|Slut|Mitten |Början |Tid|Plan|Sista |Datum |Av |Vid )"
    r"[A-ZÅÄÖ][a-zåäö]{1,14} Maj\b(?! \d)"
    r"|(?<=/)Maj\b"
    # Registry numbers: KC-2106 0001, Fi2024/02222, KS 2021/123, 2024-01431-1.1.1.
    r"|[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{0,5}[- ]?\d{4}/\d{3,}(?:[-.]\d{1,4})*"
    r"|[A-ZÅÄÖ]{1,6}-\d{4}[-/: ]\d{2,}(?:[-.]\d{1,4})*"
    r"|[A-ZÅÄÖ]{2,6} \d{4}(?:/\d{1,6}|-\d{3,})(?!\d|-\d)(?:[-.]\d{1,4})*"
    r"|\d{4}[-/](?!(?:19|20)\d\d(?!\d))\d{3,6}(?![\d])(?:[-.]\d{1,4})*(?! ?/)"
    # Post codes with their town.
    r"|(?:SE?-)?\d{3} ?\d{2} {1,2}[A-ZÅÄÖ]{2}"
    r"|(?:SE?-)?\d{3} \d{2} {1,2}[A-ZÅÄÖ]"
    r")"
)
_UNITS = (
    r"(?:kr|kronor|sek|tkr|mkr|mnkr|msek|miljoner|miljarder|kvm|m2|m²|kvadratmeter|procent|%|st|stycken|personer|platser"
    r"|medarbetare|anställda|meter|km|kg|sidor|invånare|exemplar|ex|års)"
)
_WEB_SIGNS = ("@", "://", "www.")
_WEB = Pattern(r"(?:https?://|www\.)[^\s<>]{1,2000}|(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,255}")
_DAYS = r"(?:mån|tis|ons|tors?|fre|lör|sön)"
_EVERY = (
    rf"(?:varje|varannan|vartannat|var {either(ORDINALS)}|alla) "
    r"(?:vardag|\w{2,7}dag(?:ar)?|dag|dagar|vecka|veckor|månad|månader|år|kvartal|vår|höst|sommar|vinter|helg|helger|jul|halvår)\b"
)
# What begins with a word. Each alternative begins with a letter of its own, so that most words fail at the first sign.
_WORDED = Pattern(
    # Phones and other numbers by their word.
    r"\b(?=[a-zåäö])(?:(?:tel|telefon|tfn|mobil|fax|växel|orgnr|org\.? ?nr|bankgiro|bg|plusgiro|pg|konto|faktura|fakturanr|fakturanummer|artikelnummer|ordernummer|ordernr|referensnummer|beställningsnummer|telefonnummer|mobilnummer|kundnr|id|pin|kod"
    r"|sammanträdes-id|mötes-id|isbn)\b[.:]? {0,2}(?:nr|nummer)?[.:]? {0,2}[+(\d][\d ()/-]{3,24}"
    # Bills and registry numbers by their word.
    r"|(?:prop|bet|rskr|skr)\. ?\d{4}/\d{2}\S{0,10}"
    r"|(?:dnr|d\.nr|diarienummer|diarienr|ärendenr|ärendenummer|ärende|vår ref|er ref|referens|refnr)\b[.:]{0,2} ?(?:nr )?"
    r"(?=\S{0,30}\d)[^\s,;()]{2,40}"
    # Floors, pages, paragraphs, shares, versions.
    r"|(?:plan|våning|våningen|vån\.?|sid|sida|sidan|s\.|sidorna|bilaga|punkt|punkterna|lgh|rum|trappa|version|ver\.?|kap\.?"
    r"|kapitel|paragraf|alternativ|etapp|box|skala|art\.?|artikel) {0,2}\d{1,5}(?:[/.:-]\d{1,5}){0,3}(?![\d])"
    # Names of programmes and products.
    r"|(?:agenda|vision|strategi|office|windows|server|mål|ramavtal) (?:19|20)\d\d\b"
    # Good wishes.
    r"|(?:god|gott|glad|glada|trevlig|skön|fin|härlig|riktigt) (?:och \w{1,12} )?(?:jul|nytt år|påsk|helg|sommar|midsommar|höst|vår|vinter"
    r"|fortsättning|vecka|dag|kväll|morgon|eftermiddag|förmiddag)\b(?: och (?:ett )?gott nytt år)?"
    # Opening hours.
    r"|(?:öppet|öppettid|öppettider|öppettiderna|telefontid|telefontider|bemannat|bemannad|besökstid|besökstider)\b"
    rf"[: ]{{1,3}}(?:är )?(?:helgfria )?{_DAYS}\w{{0,5}} ?(?:-|till|och|,) ?{_DAYS}\w{{0,5}}(?! (?:den )?\d{{1,2}}[ /][\da-z])"
    # What comes round: no single day.
    r"|den \d{1,2}(?::?[ae])? (?:i )?(?:varje månad|varje år|månaden)\b"
    rf"|(?:{either(ORDINALS)}|sista) (?:\w{{2,7}}dagen )?(?:i )?{_EVERY}|(?:{_DAYS}|var)dagen (?:i )?{_EVERY}|i {_EVERY}|{_EVERY}"
    r"|(?:(?<!någon )gång|gånger|ggr|dag|dagar|timmar|timme|tim|pass|besök|möten) (?:i veckan|i månaden|om året|om dagen|per \w{3,7})"
    r"|(?:per|om) (?:vecka|året|månad|år|kvartal)\b"
    r"|(?:någon|några|vilken|viss) (?:vecka|veckor|månad|dag|dagar)\b(?! (?:sedan|senare)))"
)
# What begins with a figure or is told by one, and is looked for only where there are figures.
_NUMBERED = Pattern(
    r"(?=[\d+§])(?:"
    # Phones and identity numbers.
    r"\+(?<![\w.]\+)\d[\d ()/-]{6,18}\d|0(?<![\w./-]0)\d{1,3} ?- ?\d{2,3}[\d ]{2,10}\d(?![./]\d)"
    r"|(?<![\w-])(?:\d{6}|\d{8})[-+]\d{4}(?![\d-])"
    # A dozen numbers in a chain.
    r"|(?<![\d/-])\d{1,4}(?:[/-]\d{1,4}){11,}+"
    # Laws.
    r"|(?<![\w.])\d{4}(?:/\d{2,4})?:\w{1,12}(?!:)"
    r"|(?<![\d/.-])\d{1,2}/\d{1,2} (?:av|del|delar|tjänst|heltid)\b|\b\d{1,3}(?:\.\d{1,3}){3}\b|§ ?\d{1,4}"
    # Streets: their number.
    r"|(?:(?<=gatan )|(?<=vägen )|(?<=torget )|(?<=gränd )|(?<=allén )|(?<=stigen )|(?<=esplanaden )|(?<=backen )|(?<=väg )|(?<=kajen ))"
    rf"\d{{1,4}}(?:/\d{{1,3}})?(?! ?{either(MONTHS)}\b)[a-d]?\b"
    # Sums and areas.
    rf"|(?<![\w.:/-])\d[\d ]{{0,12}}(?:,\d{{1,3}})? ?{_UNITS}(?![\w%])"
    r"|(?<![\w.:/-])\d{1,3}(?: \d{3})+(?![\d])"
    # What comes round.
    r"|\b\d{1,2}(?::?[ae])? (?:i )?(?:varje månad|varje år|månaden)\b)"
)
_DIGIT = Pattern(r"\d")
_SPRING = Pattern(r"\bi vår (?:och er )?(\w{1,40})( \w{1,40})?")
# After these "i vår" is the season; before any other word it is "in our".
_AFTER_SPRING = frozenset(
    "är ska skall kommer kan blir bli vi ni jag de det den och eller men att för på i med om när innan efter till "
    "samt har så redan inte också som hos vid från under utan där då ser hoppas planerar öppnar återkommer fram får "
    "går hade var flyttar startar börjar sker göra igen istället eftersom tidigast senast dock kommunen inför hålla "
    "genomföra ha få återkomma öppna starta besöka träffas ses höras kring via mot av ge ta".split()
)


def normalise(text: str) -> str:
    """Lower case, one kind of blank and dash, blank lines as BREAK; every character keeps its place."""
    return _lower(_CASED.sub(_fill, _one_for_one(text)))


def _one_for_one(text: str) -> str:
    flat = text
    for sign, plain in _TABLE.items():
        # Looking first is many times cheaper than `str.translate`: hardly any text holds them.
        if sign in flat:
            flat = flat.replace(sign, plain)
    flat = _BLANK_LINES.sub(_break, flat)
    flat = _BULLETS.sub(_break, flat)
    return flat.replace("\n", " ")


def _break(found: re.Match[str]) -> str:
    return BREAK * len(found.group())


def _lower(text: str) -> str:
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _fill(found: re.Match[str]) -> str:
    return FILLER * len(found.group())


def _fill_pronoun(found: re.Match[str]) -> str:
    """Blank "i vår ledningsgrupp" but keep the season of "i vår öppnar vi"."""
    noun, then = found.group(1), (found.group(2) or "").strip()
    verb_first = noun.endswith(("r", "s")) and then in {
        "vi",
        "ni",
        "jag",
        "kontoret",
        "kontoren",
        "det",
        "de",
    }
    if noun in _AFTER_SPRING or verb_first or noun in CARDINALS:
        return found.group()
    return FILLER * 5 + found.group()[5:]


def masked(text: str) -> str:
    """The normalised text with everything blanked out that is no date."""
    low = normalise(text)
    if any(sign in low for sign in _WEB_SIGNS):
        low = _WEB.sub(_fill, low)
    low = _WORDED.sub(_fill, low)
    if _DIGIT.search(low):
        low = _NUMBERED.sub(_fill, low)
    return _SPRING.sub(_fill_pronoun, low) if "i vår " in low else low
