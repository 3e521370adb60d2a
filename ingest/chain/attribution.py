"""Attribution lines: `Den 8 juni 2021 kl. 09:14 skrev Anna Ek <a@x.example>:` in its many word orders and wraps.

No order of words is assumed: the verb, the date and what belongs to them are taken out, and what is left has to
be one piece that can be a sender.
"""

import re
from dataclasses import dataclass

from ingest.chain.blocks import Header, is_name
from ingest.chain.dates import LOCAL_ZONE, find_header_date, find_yearless
from ingest.chain.labels import fold, is_rule, marker_of, roles_of, table
from ingest.chain.lines import Line, join_words, next_filled
from ingest.chain.verbs import languages_of, verb_in
from ingest.mailboxes import parse_mailbox
from ingest.model import Mailbox

MAX_LINES = 4
MAX_LENGTH = 600
_END = re.compile(r"[\s*_]*[:：][\s*_\u200b]*\Z")
_ARROWS = re.compile(r"\s*>>>\s(.*\S)\s>>>\s*\Z")
_FRAMED = re.compile(r"\s*-{3,10}\s(.*[^\s:：-])\s-{3,10}\s*\Z")
_DATED_PARTY = re.compile(
    r"[^<>@:]{0,100}<[^\s<>@]{1,64}@[^\s<>@]{1,255}(?:<mailto:[^\s<>]{1,320}>)?>\s?[\u2013\u2014-]\s([^<>@]{8,60})\Z"
)
# Viveka Sandelin, 2024-11-13 08:47: as Delta Chat and pasted conversations have it
_NAMED = re.compile(
    r"[^\W\d_a-zåäö][\w.’'-]{0,30}(?:[ \xa0](?:af|av|von|de|[^\W\d_a-zåäö][\w.’'-]{0,30})){1,3}"
)
_SPOKEN = re.compile(
    rf"{_NAMED.pattern}(?:,[ \xa0]|[ \xa0]\()[^,()<>@]{{6,40}}\d[:.]\d{{2}}(?:[:.]\d{{2}})?\)?:\s*\Z"
)
_LAST = frozenset("0123456789) ")
_ARRIVED = re.compile(r"\d[:.]\d{2}\)?\s?\Z")
_BRACKETED = re.compile(r"<\s?(?:mailto:)?[^\s<>@]{1,64}@[^\s<>@]{1,255}\s?>")
_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
_PARTICLES = frozenset(
    "af av von van de der den dem och la le via du di da do dos das del della zu zum zur ten ter 't i y e bin el al".split()
)
_TITLE = re.compile(r"[^\W\d_]{1,6}\.")
_AFTER_COLON = " \t\r\n\f\v\xa0*_\u200b\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069"
_IDEOGRAMS = "\u2e80"
_BETWEEN = " ,،;\xa0\t*_、，—–-"
_SECOND_CLOCK = re.compile(r"\A(?:at |kl\.? )?\d{1,2}[:.]\d{2},\s")
_CLOCK = re.compile(r"\d\s?[:.hH時시点]\s?\d|\d\s?[AaPp]\.?[Mm]")


@dataclass(frozen=True, slots=True)
class Attribution:
    """The attribution line(s) from `first` up to before `end`; `quoted` is the depth of the quotes below, None if none."""

    header: Header
    first: int
    end: int
    quoted: int | None


@dataclass(frozen=True, slots=True)
class _Reading:
    header: Header
    verb: bool
    timed: bool
    known: bool

    def completes(self, shorter: Header, *, verbless: bool) -> bool:
        """Whether the line above belongs to it as well: it has the date, the verb or the name that were missing."""
        name = self.header.sender.name if self.header.sender else None
        if shorter.date_text is None:
            return self.header.date_text is not None
        named = shorter.sender is not None and shorter.sender.name is None and name is not None
        return (verbless and self.verb) or (named and is_name(name or "") and _is_capital(name or ""))


def read_attribution(lines: list[Line], last: int, floor: int, zone: str = LOCAL_ZONE) -> Attribution | None:
    """The attribution that ends with line `last` and begins not above `floor`; None if the line is prose."""
    line = lines[last]
    if not may_end_at(lines, last):
        return None
    depth = _depth(lines, last, floor)
    below = next_filled(lines, last + 1)
    quoted = lines[below].depth if below is not None and lines[below].depth > depth else None
    if quoted is None and not _is_ended(line.words):
        return None
    best: Attribution | None = None
    verbless = False
    for first in range(last, max(last - MAX_LINES, floor - 1), -1):
        words = lines[first].words
        if lines[first].depth not in {depth, line.depth} or lines[first].blank or _stops(words):
            break
        if first < last and "(" not in words and _is_ended(words):
            break
        text = join_words(lines, first, last)
        candidate = _is_candidate(text, quoted=quoted is not None) or (
            quoted is not None and first == last and _SPOKEN.match(words) is not None
        )
        reading = _read(text, zone) if candidate else None
        if reading is None or not _believable(reading, quoted=quoted is not None):
            continue
        if best is None or reading.completes(best.header, verbless=verbless):
            best, verbless = Attribution(reading.header, first, last + 1, quoted), not reading.verb
        if best.header.date_text is not None and reading.verb and not text.startswith("<"):
            break
    return best if best is not None or quoted is None else _loose(lines, last, floor, quoted, zone)


def _loose(lines: list[Line], last: int, floor: int, quoted: int, zone: str) -> Attribution | None:
    """An attribution in words that no table has: a clock time, an address in brackets, a colon, and quotes below."""
    for first in range(last, max(last - 2, floor - 1), -1):
        if lines[first].depth != lines[last].depth or lines[first].blank or _stops(lines[first].words):
            break
        text = join_words(lines, first, last)
        party = _BRACKETED.search(text) if len(text) <= MAX_LENGTH and _is_ended(text) else None
        if party is None or not (_CLOCK.search(text) and _YEAR.search(text)):
            continue
        date = find_header_date(text, zone)
        span = (date.start, date.end) if date else None
        before = text[span[1] if span and span[1] <= party.start() else 0 : party.start()]
        sender = parse_mailbox(f"{_capitals(before)} {party[0]}")
        header = Header(sender=sender, date=date, date_text=_spelled(text, span))
        return Attribution(header, first, last + 1, quoted)
    return None


def _capitals(text: str) -> str:
    """The words with capitals that a text ends with, four at most: a name among words that nobody knows."""
    words: list[str] = []
    for word in reversed(text.split()[-4:]):
        if not (_may_be_capital(word) or word in _PARTICLES) or word[-1] in ",;:":
            break
        words.insert(0, word)
    return " ".join(words)


def _may_be_capital(word: str) -> bool:
    """Whether a word has a capital, or is of a script that knows none."""
    return word[:1].isupper() or (word[:1].isalpha() and not word[:1].islower())


def _depth(lines: list[Line], last: int, floor: int) -> int:
    """The quote depth of an attribution; a program that wraps it leaves the marks off its last line."""
    before = lines[last - 1] if last > floor else None
    torn = before is not None and before.depth > lines[last].depth and not before.blank
    return (
        before.depth
        if before is not None and torn and "<" in before.words + lines[last].words[:1]
        else lines[last].depth
    )


def may_end(words: str) -> bool:
    """Whether a line can end an attribution: with a colon, between arrows, or with an address, after which a colon was forgotten."""
    if len(words) > MAX_LENGTH:
        return False
    return (
        _is_ended(words)
        or words[-4:].rstrip().endswith(">")
        or _is_dated_party(words)
        or (words[-1:] in _LAST and _ARRIVED.search(words[-12:]) is not None and verb_in(words) is not None)
    )


def may_end_at(lines: list[Line], number: int) -> bool:
    """Whether line `number` can end an attribution; a party and its day above a quote may be broken between the two."""
    if may_end(lines[number].words):
        return True
    if not 0 < number < len(lines) - 1 or lines[number + 1].depth <= lines[number].depth:
        return False
    above = lines[number - 1]
    whole = "<" in above.words and above.depth == lines[number].depth and len(above.words) <= MAX_LENGTH
    return whole and _is_dated_party(join_words(lines, number - 1, number))


def _is_dated_party(words: str) -> bool:
    """Whether a line is a party, a dash and a clock time, as Nextcloud announces a quote without a colon."""
    found = _DATED_PARTY.match(words.strip()) if "@" in words else None
    return found is not None and _CLOCK.search(found[1]) is not None


def is_dear(lines: list[Line], last: int, floor: int) -> bool:
    """Whether it took much to see that no attribution ends with line `last`: there was a verb or an address to look at."""
    text = join_words(lines, max(last - MAX_LINES + 1, floor), last)[-MAX_LENGTH:]
    return "<" in text or verb_in(text) is not None


def _is_ended(words: str) -> bool:
    tail = words[-20:]
    if tail.rstrip().endswith(">>>") and _ARROWS.match(words):
        return True
    if tail.rstrip().endswith("---") and not is_rule(words) and verb_in(words):
        return True
    return tail.rstrip(_AFTER_COLON)[-1:] in {":", "："}


def _stops(words: str) -> bool:
    return is_rule(words) or marker_of(words) is not None or roles_of(words) is not None


def _is_candidate(text: str, *, quoted: bool) -> bool:
    """A cheap look before the dear one: a verb or an address, and what makes either believable."""
    if len(text) > MAX_LENGTH or not (quoted or "@" in text or _CLOCK.search(text)):
        return False
    return "<" in text or ">>>" in text or (quoted and "@" in text) or verb_in(text) is not None


def _read(text: str, zone: str) -> _Reading | None:
    """Take verb and date out of the text and see whether one sender is left."""
    arrows = _ARROWS.match(text)
    framed = None if arrows else _FRAMED.match(text)
    text = arrows[1] if arrows else framed[1] if framed else _END.sub("", text)
    verb = verb_in(text)
    languages = languages_of(verb[0]) if verb else frozenset[str]()
    date = find_header_date(text, zone, languages)
    vague = find_yearless(text) if date is None else None
    span = (date.start, date.end) if date else vague
    rests = [rest for rest in map(_without_clock, _rests(text, verb, span)) if rest]
    if len(rests) != 1:
        return None
    sender = _sender(rests[0], bare=verb is None and not arrows, timed=date is not None and date.has_time)
    if sender is None:
        return None
    reader = verb is not None and sender.address is None and fold(sender.name or "") in table().you
    header = Header(
        sender=None if reader else sender,
        date=date,
        date_text=_spelled(text, span),
        languages=languages,
        by_reader=reader,
    )
    return _Reading(header, verb is not None, date is not None and date.has_time, _is_known(sender))


def _without_clock(piece: str) -> str:
    """BlueMail says the hour twice: `On 14 Sep 2022, 14:05, at 14:05, Ann Reed`."""
    return _SECOND_CLOCK.sub("", piece)


def _sender(text: str, *, bare: bool, timed: bool) -> Mailbox | None:
    """The party that a piece names; `bare`: no verb says so, and it has to be an address, beside a time at least."""
    if bare and not (timed and _NAMED.fullmatch(text)):
        first, _, rest = text.partition(" ")
        text = rest if first in table().by else text
        if "<" not in text and not (timed and "@" in text):
            return None
    return parse_mailbox(text[1:-1] if text[:1] == "(" and text[-1:] == ")" else text)


def _rests(text: str, verb: re.Match[str] | None, date: tuple[int, int] | None) -> list[str]:
    """The pieces of the text beside verb and date that are more than small words."""
    cuts = sorted(span for span in (verb.span() if verb else None, date) if span)
    pieces, start = [], 0
    for first, end in [*cuts, (len(text), len(text))]:
        pieces.append(
            _trimmed(text[start : max(first, start)], before_date=date is not None and first == date[0])
        )
        start = max(start, end)
    return [piece for piece in pieces if piece]


def _trimmed(piece: str, *, before_date: bool) -> str:
    """A piece without the small words at its edges: `Den tis`, `On Tue,`, `kl.`, `följande`."""
    words = piece.strip(_BETWEEN).split()
    if before_date and all(_may_precede(word) for word in words):
        return ""
    while words and _is_small(words[-1], before_date=before_date):
        words.pop()
    while words and _is_small(words[0], before_date=before_date and len(words) < 3):
        words.pop(0)
    return " ".join(words).strip(_BETWEEN)


def _may_precede(word: str) -> bool:
    """Whether nothing but a date can follow a word, if nothing else stands before it: `W dniu`, `E,`."""
    bare = fold(word.strip(" ,;.()"))
    return (
        (len(bare) == 1 and bare < _IDEOGRAMS)
        or bare in table().openers
        or bare in table().fillers
        or bare in table().days
    )


def _is_small(word: str, *, before_date: bool) -> bool:
    """Punctuation, prepositions and, before a date, the name of a weekday; `A Ek` is a name all the same."""
    bare = fold(word.strip(" ,;.()*_:'\""))
    if not bare or bare in table().fillers:
        return True
    leading = word[:1].islower() or (before_date and len(bare) > 1)
    return (leading and bare in table().openers) or (before_date and bare in table().days)


def _is_known(sender: Mailbox) -> bool:
    return sender.address is not None and "@" in sender.address


def _believable(reading: _Reading, *, quoted: bool) -> bool:
    """Prose ends with a colon too: ask for an address or a clock time, or for quotes below."""
    header = reading.header
    name = (header.sender.name if header.sender else None) or ""
    dated = header.date is not None
    if header.by_reader:
        return quoted
    if reading.known:
        short = len(name.split()) <= 9
        return short and (dated or (quoted and reading.verb))
    if not is_name(name) or not _is_capital(name):
        return False
    return (
        (dated and reading.timed)
        or (dated and quoted)
        or (quoted and reading.verb and len(name.split()) <= 5)
    )


def _is_capital(name: str) -> bool:
    """Names are written with capitals; particles, titles and words in brackets need none."""
    words = [
        word
        for word in name.partition("(")[0].split()
        if word not in _PARTICLES and not _TITLE.fullmatch(word)
    ]
    return (
        bool(words) and len(words) <= 6 and all(not word[:1].islower() or len(words) == 1 for word in words)
    )


def _spelled(text: str, date: tuple[int, int] | None) -> str | None:
    """The date with the weekday before it, as it stands."""
    if date is None:
        return None
    head = text[: date[0]].rstrip(" ,.")
    word = head.rpartition(" ")[2]
    bare = fold(word.strip(".,()"))
    named = len(word) > 1 and bare in table().days and bare not in table().openers
    return text[len(head) - len(word) if named else date[0] : date[1]].strip()
