"""Registry numbers (diarienummer) and ticket numbers, by their forms and by the words that announce them."""

import re
from collections.abc import Iterable, Iterator

from nlp.model import TextMention
from nlp.spans import places_of, words_in

_S = r"[ \t\xa0]"
# Words that announce a number; what follows may then have almost any form.
_LABELLED = re.compile(
    rf"\b(?P<label>dnr|d\.nr|diarienr|diarienummer|ärendenr|ärendenummer|ärende-?id|ärende|case|ticket|målnr|målnummer|mål{_S}nr|"
    rf"(?:vår|er|ert|eran?|vårt){_S}(?:beteckning|ref(?:erens)?|dnr)|beteckning|beslut{_S}(?:nr|dnr)|ref\.?nr|referensnummer)(?![^\W\d_])"
    rf"(?:{_S}?(?:nr|nummer))?\.?{_S}?:?{_S}{{0,3}}"
    rf"(?P<number>#\d{{3,20}}|(?:[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{{0,7}}[ \t\xa0/.-]?)?\d{{1,8}}(?:[-/:.]\w{{1,10}}){{0,5}}(?:{_S}\d{{4}}(?!\d|[-/.]\d))?)"
    r"(?![\w@])",
    re.IGNORECASE,
)
_YEAR = r"(?:19|20)\d{2}"
_FREE = re.compile(
    r"(?<![\w./:-])(?:"
    rf"(?P<agency>{_YEAR}-\d{{5}}(?:[-.]\d{{1,4}}){{0,4}})"
    rf"|(?P<ministry>(?:Fi|Ju|Fö|Ku|KN|LI|UD|SB|Kn|S|M|N|U|A|I){_YEAR}/\d{{4,5}}(?:/[A-ZÅÄÖ]\w{{0,5}})?)"
    rf"|(?P<code>[A-ZÅÄÖ]{{2,6}}[ \t\xa0/-]{_YEAR}[-/.:]\d{{1,6}}(?:[-.]\d{{1,4}}){{0,3}})"
    rf"|(?P<glued>[A-ZÅÄÖ]{{2,6}}{_YEAR}[-/:]\d{{3,6}}(?:[-.]\d{{1,4}}){{0,3}})"
    rf"|(?P<short>[A-ZÅÄÖ]{{2,6}}-\d{{4}}{_S}\d{{4}}(?!\d))"
    rf"|(?P<year>{_YEAR}/\d{{3,6}})"
    rf"|(?P<letters>{_YEAR}/[A-ZÅÄÖ]{{2,5}}\d{{3,6}})"
    r")(?![\w/])"
)
# Laws, bills and reports are cited by such numbers too.
_CITED = re.compile(
    r"(?:\b(?:SOU|SFS|prop\.?|proposition(?:en)?|Ds|bet\.?|betänkande|dir\.?|skr\.?|rskr\.?|NJA|HFD|RÅ|JO|EU|EG|nr)[ \t\xa0]{1,2}|"
    r"(?:lag|lagen|förordning|förordningen|direktiv)[ \t\xa0]{1,2}\(?)\Z",
    re.IGNORECASE,
)
_CITED_CODE = re.compile(r"(?:SOU|SFS|DS|PROP|EU|EG|HFD|NJA|JO|ISO|SS)[ \t\xa0/\d-]", re.IGNORECASE)
_DAY = re.compile(
    r"(?:19|20)\d{2}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}(?:[-/.]\d{2,4})?|\d{1,2}[.:]\d{2}|\d{6,8}-\d{4}|\d{1,2}"
)


# Every label of `_LABELLED` has one of these words, at most so many signs after its beginning; every free number
# has four digits, at most so many signs after its own.
_LABEL_WORDS = frozenset(
    "dnr nr diarienr diarienummer ärendenr ärendenummer ärende ärendeid id case ticket målnr målnummer beteckning ref referens "
    "refnr referensnummer".split()
)
_BEFORE_LABEL_WORD, _BEFORE_DIGITS = 10, 7
_LONGEST_PERIOD = 10  # years
_FOUR_DIGITS = re.compile(r"\d{4}(?<!\d\d{4})")  # its first sign is looked for before all else


def _from(pattern: re.Pattern[str], text: str, signs: Iterable[int], before: int) -> Iterator[re.Match[str]]:
    """The matches that begin at most `before` signs before one of the `signs`: a search would look everywhere."""
    last = 0
    for sign in signs:
        tries = (pattern.match(text, start) for start in range(max(last, sign - before), sign + 1))
        match = next((one for one in tries if one), None)
        if match:
            yield match
            last = match.end()


def find_cases(text: str) -> list[TextMention]:
    """Case numbers in text order; the span and the value hold the number, not the word that announces it."""
    low, words = words_in(text)
    labels = (start for start, _ in places_of(low, _LABEL_WORDS & words))
    found = [one for m in _from(_LABELLED, text, labels, _BEFORE_LABEL_WORD) if (one := _labelled(m))]
    ends = {mention.start: mention.end for mention in found}
    digits = (match.start() for match in _FOUR_DIGITS.finditer(text))
    free = [one for m in _from(_FREE, text, digits, _BEFORE_DIGITS) if (one := _free(text, m))]
    covered = _covered(found)
    found.extend(mention for mention in free if mention.start not in ends and mention.end not in covered)
    return sorted(found, key=lambda mention: mention.start)


def _covered(mentions: list[TextMention]) -> set[int]:
    return {position for mention in mentions for position in range(mention.start + 1, mention.end + 1)}


def _labelled(match: re.Match[str]) -> TextMention | None:
    number = match["number"].rstrip(".:-/")
    label = match["label"].lower()
    digits = sum(sign.isdigit() for sign in number)
    if (
        _DAY.fullmatch(number)
        or digits < 3
        or (label in {"ärende", "case"} and number.isdigit() and digits < 5)
    ):
        return None
    start = match.start("number")
    value = " ".join(number.lstrip("#").split())
    return TextMention("CASE", number, start, start + len(number), value, "case.labelled", 0.95)


def _is_period(number: str) -> bool:
    """Läsåret 2021/2022: two years, of which the second comes within ten years of the first, are no number."""
    first, _, second = number.partition("/")
    return len(second) == 4 and 0 < int(second) - int(first) <= _LONGEST_PERIOD


def _free(text: str, match: re.Match[str]) -> TextMention | None:
    if _CITED.search(text, max(0, match.start() - 16), match.start()) or _CITED_CODE.match(match.group()):
        return None
    kind = match.lastgroup or ""
    if kind == "year" and _is_period(match.group()):
        return None
    confidence = 0.6 if kind == "year" else 0.9
    value = " ".join(match.group().split())
    return TextMention("CASE", match.group(), *match.span(), value, f"case.{kind}", confidence)
