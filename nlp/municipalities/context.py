"""What stands beside a municipality's name, and what it says: a place, a person, a club, a county, a company.

Every pattern is matched at one position or over a window of bounded length, so that judging costs the same
for any text.
"""

import re
from dataclasses import dataclass
from typing import Literal

from nlp.municipalities.gazetteer import Spelling, given_names, spellings
from nlp.municipalities.heads import S, W, is_other_name, opens_name, shares_noun

Role = Literal["place", "list", "metropolitan"]

POSTAL = "municipality.postal"  # the town of an address: where mail goes, no place that is written about
_BEFORE = 60  # signs looked at on either side of a name
_AFTER = 80


@dataclass(frozen=True, slots=True)
class Verdict:
    """accept, reject, or undecided: then only its neighbours can make it a place."""

    decision: Literal["accept", "reject", "undecided"]
    rule: str
    confidence: float = 0.9
    role: Role = "place"
    weak: bool = False

    @property
    def accepted(self) -> bool:
        return self.decision == "accept"

    @property
    def undecided(self) -> bool:
        return self.decision == "undecided"


_CIVIC = re.compile(
    rf"{W}(?:kommun(?:s|en|ens|er|ers|erna|ernas)?|stad(?:s|en|ens)?|tätort(?:en)?|centrum|kommun(?:hus|styrelse|fullmäktige|"
    r"direktör|chef|ledning|kansli|förvaltning|råd|området)\w{0,12}|stads(?:hus|kontor|byggnad|del|kärn|ledning)\w{0,14}|"
    r"servicekontor\w{0,5}|lokalkontor\w{0,5}|medborgarkontor\w{0,5}|kontor(?:et|ets)?|invånare|resecentrum|torg(?:et)?|\w{0,9}station(?:en)?|bibliotek(?:et)?)\b",
    re.IGNORECASE,
)
_KOMMUN = re.compile(rf"{W}(?:kommun(?:s|en|ens|er|ers|erna)?|stad(?:s|en|ens)?)\b", re.IGNORECASE)
_HYPHEN_CIVIC = re.compile(
    r"[-\u2010\u2011](?:kontor|projekt|bor|servicekontor|lokal|etablering|ärende|möte)\w{0,6}\b"
)

_REGION = re.compile(rf"\bRegion{S}$", re.IGNORECASE)

# Countable nouns and an infinitive: as such they stand before no finite verb at the beginning of a sentence.
_BARE_SUBJECTS = frozenset({"Trosa", "Kil", "Köping", "Säter", "Vara"})
_FINITE = re.compile(
    rf"{W}(?:är|var|har|hade|får|fick|ska|skulle|vill|kan|kommer|ligger|blir|blev|säger|svarar|återkommer|tackar|planerar|deltar|väntar|"
    r"behöver|saknar|hyr|önskar|ställer|meddelar|avstår|ingår)\b"
)

_PERSON_TITLE = re.compile(
    rf"(?:\b(?:herr|fru|fröken|doktor|dr\.?|prof\.?|professor|advokat|rektor|kommunalråd(?:et)?|landshövding(?:en)?|statsråd(?:et)?)|"
    rf"(?:chef|chefen|direktör|direktören|minister|ministern|ordförande|ledare|handläggare|sekreterare)){S}$",
    re.IGNORECASE,
)
_PREVIOUS = re.compile(rf"([^\W\d_][\w.’'-]{{0,40}})({S}{{1,3}})$")
_NEXT = re.compile(rf"{S}{{1,2}}([A-ZÅÄÖÉ][\w-]{{0,30}})")
_INITIAL = re.compile(rf"(?:^|[\s(,;/])[A-ZÅÄÖ]\.{S}?$")
_DOUBLE = re.compile(r"[-\u2010\u2011][A-ZÅÄÖ]")
_HYPHENS = ("-", "\u2010", "\u2011")
_RIGHT_HALF = re.compile(r"[-\u2010\u2011]([^\W\d_]{2,40})")
_LEFT_HALF = re.compile(r"([^\W\d_]{2,40})[-\u2010\u2011]$")
_DOUBLE_BEFORE = re.compile(r"[^\W\d_][-\u2010\u2011]$")

_VISIT_BEFORE = re.compile(r"\b(?:besök(?:er|te|a|t)|lämnar|passerar|når|gästar)\s{1,3}$")
_PLACE_BEFORE = re.compile(
    rf"(?:^|[\s(\"”/–-])(i|från|till|kring|runt|utanför|nära|via|omkring|mellan|ifrån|vid|mot|inom|genom|norr om|söder om|"
    rf"öster om|väster om|på väg till)(?:{W}(?:centrala|norra|södra|östra|västra|inre|yttre|hela|själva))?{W}$",
    re.IGNORECASE,
)
_GREETING_BEFORE = re.compile(r"\bhälsning(?:ar|en)?\sfrån\s{1,3}$", re.IGNORECASE)
_TO_PERSON = frozenset({"till", "från", "mot", "vid", "ifrån", "genom"})
_MOVING = re.compile(
    r"\b(?:res|åk|kör|kom|flytt|pendl|tåg|buss|bil|mil|km|väg|besök|anländ|etabler|utvid|öppn|kontor|avstånd|resa|transport)\w{0,14}\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?\n]")
_LABEL_BEFORE = re.compile(
    rf"(?:\b(?:kommun(?:erna|er|en)?|stad(?:en)?|städer(?:na)?|ort(?:en|er|erna)?|(?:service|lokal|medborgar)?kontor(?:et|en)?|placering|"
    rf"tingsställe|stationeringsort|etablering(?:en)?)\b{S}?[:–-]?{W})$",
    re.IGNORECASE,
)
_CITY_VERB = re.compile(
    rf"{W}(?:(?:ska |kommer att |har )?(?:få|får|fått)\b[^.\n]{{0,30}}kontor|ingår i\b|ligger (?:i|på|vid|nära|\d)|"
    r"planeras (?:att )?(?:ingå|öppna|få)|är (?:en|ett) (?:\w{1,20} )?(?:stad|kommun|ort|tätort|samhälle)\b|har \d[\d  ]{0,6} invånare)"
)
_POSTCODE = re.compile(rf"(?:^|[^\d])(?:SE?{S}?[-–]?{S}?)?\d{{3}}{S}?\d{{2}}{S}{{1,3}}$")
_STREET = re.compile(
    r"(?:\b(?:Torget|[A-ZÅÄÖ]\w{0,30}(?:gatan|gata|vägen|väg|gränd|gränden|stigen|torget|torg|plan|platsen|allén|backen|leden|esplanaden))"
    rf"{S}\d{{1,4}}{S}?[A-Za-z]?|\bBox{S}\d{{1,6}}){S}?,\s{{0,2}}$"
)
_COMMA_END = re.compile(r",\s{0,2}$")
_SENTENCE_START = re.compile(r"(?:^|[.!?:][\"”)]?\s{1,4}|\n\s{0,8}|[•*–-]\s{1,3}|[\"”(])$")

_GAP = re.compile(
    r"(?:\s(?:kommun|stad)s?)?(?:\s?\([^()\n]{1,40}\))?"
    r"(?:\s{0,3}[,;/&+]\s{0,3}(?:och|samt|eller|respektive)?\s{0,3}|\s{1,3}(?:och|samt|eller|respektive|resp\.?|till|–|-)\s{1,3}"
    r"|[–-]|[^\S\n]{0,3}\r?\n\s{0,6}(?:[-–•*·▪]|\d{1,2}[.)])?[ \t\xa0]{0,6}|[ \t]{0,2}\t[ \t]{0,2})"
    r"(?:(?:i|från|bland annat|bl\.a\.)\s)?"
)
_METROPOLITAN_AFTER = re.compile(
    r"\s{1,3}(?:stor(?:stads|stad)(?:s|en|ens)?(?:område|region|kommun|län|regioner)?\w{0,6}|storstad\w{0,20})",
    re.IGNORECASE,
)
_METROPOLITAN_BEFORE = re.compile(
    r"\bstor(?:städer(?:na)?|stads(?:område|region|kommun)\w{0,5})\b(?:\s{0,2}[:–(-])?\s{1,3}(?:som |är |i ){0,2}$",
    re.IGNORECASE,
)
_KOMMUNER = re.compile(r"\s{1,3}kommuner", re.IGNORECASE)
_LAN_AFTER = re.compile(
    rf"(?:\s{{0,2}},\s{{0,2}}[A-ZÅÄÖ]\w{{1,20}}|{W}(?:och|samt|eller|respektive){W}[A-ZÅÄÖ]\w{{1,20}}(?:{S}[A-ZÅÄÖ]\w{{1,20}})?){{0,4}}"
    rf"{W}län(?:s|et|ets|en|ens)?\b"
)


def judge(text: str, start: int, end: int, spelling: Spelling) -> Verdict | None:
    """What the name's own surroundings say; None where the letters are no name at all (lower case)."""
    before, after = text[max(0, start - _BEFORE) : start], text[end : end + _AFTER]
    written = text[start:end]
    if not _is_name_case(written, before, after, spelling):
        return _small(written, spelling)
    if _POSTCODE.search(before[-16:]) or (_COMMA_END.search(before[-3:]) and _STREET.search(before)):
        return Verdict("reject", POSTAL)
    if spelling.bound:
        return _accepted("municipality.kommun", 0.95) if _KOMMUN.match(after) else None
    if (_KOMMUN.match(after) and not spelling.locality) or (
        spelling.place.code == "0980" and _REGION.search(before[-10:])
    ):
        return _accepted("municipality.kommun", 0.98)
    if is_other_name(before, after) or _opens_name(before, after, written):
        return Verdict("reject", "municipality.other-name")
    if _is_person(before, after):
        return Verdict("reject", "municipality.person")
    return _by_evidence(before, after, written, spelling)


def _accepted(rule: str, confidence: float, *, weak: bool = False) -> Verdict:
    return Verdict("accept", rule, confidence, weak=weak)


def _is_name_case(written: str, before: str, after: str, spelling: Spelling) -> bool:
    if written[0].isupper():
        return written.isupper() or not written[1:2].isupper()
    if spelling.place.homonym or spelling.bound or spelling.locality:
        return False
    return bool(_KOMMUN.match(after) or _PLACE_BEFORE.search(before[-30:]))


def _small(written: str, spelling: Spelling) -> Verdict | None:
    """A name in small letters is one beside another: i luleå och piteå."""
    if written[0].isupper() or spelling.place.homonym or spelling.bound or spelling.locality:
        return None
    return Verdict("undecided", "municipality.lower-case")


def _opens_name(before: str, after: str, written: str) -> bool:
    if written.isupper() or _CIVIC.match(after) or not opens_name(after):
        return False
    return not (_PLACE_BEFORE.search(before[-30:]) or _LABEL_BEFORE.search(before))


def _is_person(before: str, after: str) -> bool:
    if before[-1:] in _HYPHENS and _DOUBLE_BEFORE.search(before):
        return not _is_place_pair(before)
    if after[:1] in _HYPHENS and _DOUBLE.match(after):
        right = _RIGHT_HALF.match(after)
        return not (right and right[1].lower() in spellings())
    if _INITIAL.search(before[-4:]) or _PERSON_TITLE.search(before[-20:]):
        return True
    previous = _PREVIOUS.search(before[-32:]) if before[-1:].isspace() else None
    if previous is None or not previous[1][0].isupper():
        return False
    name = previous[1].lower()
    return name in given_names() or name.partition("-")[0] in given_names()


def _is_place_pair(before: str) -> bool:
    match = _LEFT_HALF.search(before)
    return bool(match and match[1].lower() in spellings())


def _by_evidence(before: str, after: str, written: str, spelling: Spelling) -> Verdict:
    if spelling.locality:
        return _accepted("municipality.locality", 0.75)
    homonym = spelling.place.homonym
    if _CIVIC.match(after) or _HYPHEN_CIVIC.match(after):
        return _accepted("municipality.suffix", 0.95)
    if not homonym:
        lower = not written[0].isupper()
        return _accepted("municipality.lower-case" if lower else "municipality.name", 0.6 if lower else 0.9)
    if _followed_by_surname(after, homonym):
        return Verdict("reject", "municipality.person")
    return _as_place(before, after, homonym) or _as_word(before, after, written, homonym)


def _as_place(before: str, after: str, homonym: str) -> Verdict | None:
    """A homonym that its surroundings make a place: a preposition, a label, a verb of cities."""
    place = None if _GREETING_BEFORE.search(before[-24:]) else _PLACE_BEFORE.search(before[-30:])
    if place and place[1].lower() not in _TO_PERSON:
        return _accepted("municipality.preposition", 0.85)
    if place and (homonym != "given" or _MOVING.search(_SENTENCE_END.split(before)[-1])):
        return _accepted("municipality.direction", 0.75)
    if _LABEL_BEFORE.search(before) or _VISIT_BEFORE.search(before[-14:]) or _CITY_VERB.match(after):
        return _accepted("municipality.label", 0.75)
    return None


def _as_word(before: str, after: str, written: str, homonym: str) -> Verdict:
    """A homonym with no more than its own capital to tell it from a word or a surname."""
    previous = _PREVIOUS.search(before) if before[-1:].isspace() else None
    if homonym != "word" and previous and previous[1][0].isupper():
        return Verdict("reject", "municipality.person")
    if written in _BARE_SUBJECTS and _FINITE.match(after):
        return _accepted("municipality.subject", 0.7)
    if homonym == "word" and not written.isupper() and not _SENTENCE_START.search(before[-12:]):
        return _accepted("municipality.capital", 0.7, weak=True)
    return Verdict("undecided", "municipality.homonym")


def _followed_by_surname(after: str, homonym: str) -> bool:
    match = _NEXT.match(after)
    return bool(match and homonym == "given" and not match[1].isupper())


def joined(text: str, end: int, start: int) -> bool:
    """Whether two names belong to one enumeration: nothing but a comma, och, a line end between them."""
    return start - end <= 64 and _GAP.fullmatch(text, end, start) is not None


def head_of(
    text: str, start: int, end: int
) -> Literal["metropolitan", "municipality", "county", "body"] | None:
    """The noun that an enumeration shares: storstadsområden, kommuner, län, universitet; None without one."""
    after = text[end : end + 160]
    if _METROPOLITAN_AFTER.match(after) or _METROPOLITAN_BEFORE.search(text[max(0, start - 60) : start]):
        return "metropolitan"
    if _KOMMUNER.match(after):
        return "municipality"
    if _LAN_AFTER.match(after):
        return "county"
    return "body" if text[end - 1] == "s" and shares_noun(after) else None
