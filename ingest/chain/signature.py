"""Where a message's signature begins: greeting, name with title and phones, `Skickat från min iPhone`, disclaimers."""

import re
from functools import lru_cache

from ingest.chain.labels import fold, is_rule, table

MAX_LINES = 60
_MOST_LINES = 400
_LONGEST_KEPT = 8_000
_LINES_KEPT = 2_048
_GREETING, _TAIL = 80, 120  # signs of the longest line that is one
_DELIMITER = re.compile(r"--\s?\Z")
_IMAGE = re.compile(
    r"\[?(?:cid:\S{1,120}|image\d{1,4}\.\w{3,4}|inline-bild\S{0,20})\]?\Z|\[(?:cid:[^\]]{1,120}|bild|logotyp|logo|image[^\]]{0,60})\]\Z|!\[[^\]]{0,80}\]\([^)]{0,200}\)\Z",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"(?<!\w)(?:mobil|mobile|tel|telefon|phone|tfn|direkt|växel|vx|fax|e-post|epost|e-mail|mail|postadress|besöksadress|adress|address|web|webb|hemsida|org\.?\s?nr|puh|gsm|handy)(?:nummer|telefon)?\s?[.:]"
    r"|(?<!\w)(?:www\.|https?://)|\+?\d[\d() /\xa0-]{6,20}\d|(?<!\d)\d{3}\s?\d{2}\s[A-ZÅÄÖ]",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[^\s@<>]@[^\s@<>]")
# What every contact but an address holds.
_CONTACT_SIGN = re.compile(r"[\d.:]")
_PHONE = re.compile(
    r"\+?\d[\d() /\xa0-]{6,20}\d|(?<!\w)(?:mobil|mobile|tel|telefon|phone|tfn|växel)\w{0,8}\s?[.:]|www\.|@",
    re.IGNORECASE,
)
_DASHED = re.compile(
    r"(?:/{1,2}|[–—-])\s?[A-ZÅÄÖÉÜ][\w.,-]{0,20}(?:\s[A-ZÅÄÖÉÜ]?[\w.,-]{0,24}){0,3}\s?/{0,2}\Z"
)
_SMALL = frozenset({"från", "from", "oss", "på", "i", "vid", "och", "för", "av", "de", "von", "af"})
_SENTENCE = re.compile(r"(?:\S{1,60}\s){4,}\S{1,60}[.?!]\Z")
# How one works, said below every letter: it belongs to the name above it.
_HABIT = re.compile(
    r"(?:(?:jag|vi) (?:läser|svarar|besvarar|arbetar|jobbar|nås|tjänstgör|har (?:kontorstid|telefontid)|träffas|är (?:på (?:plats|kontoret)|ledig))|"
    r"(?:telefontid|kontorstid|öppettid)\w*|(?:i |we )(?:work|read|reply|answer))\b.{0,80}?"
    r"\b(?:e-?post\w*|mejl\w*|mail\w*|arbetsdag\w*|vardag\w*|måndag\w*|tisdag\w*|onsdag\w*|torsdag\w*|fredag\w*|procent|deltid|kl|e-?mails?)\b",
    re.IGNORECASE,
)
_POSTSCRIPT = re.compile(r"P\.?\s?S\b", re.IGNORECASE)
_PROSE_END = re.compile(r"[.?!]\Z")


def signature_start(body: str, name: str | None = None) -> int | None:
    """Offset into `body` at which its signature begins, None if there is none.

    The greeting belongs to the signature. `name` is the sender's as written: a last line with it alone is one.
    """
    return _kept(body, name) if len(body) <= _LONGEST_KEPT else _signature_start(body, name)


@lru_cache(1_024)
def _kept(body: str, name: str | None) -> int | None:
    """The same message comes again as a quote in every answer."""
    return _signature_start(body, name)


def _signature_start(body: str, name: str | None) -> int | None:
    lines = _lines(body)
    filled = [number for number, (_, words) in enumerate(lines) if words]
    if not filled:
        return None
    first = max(0, len(lines) - MAX_LINES)
    tail = _tailed(lines, first)
    above = filled if tail is None else [number for number in filled if number < tail]
    found = [
        number
        for number in (_greeted(lines, first), tail, _contact_block(lines, above, first) if above else None)
        if number is not None
    ]
    start = min(found, default=None)
    named = _named(lines, filled, name, start)
    start = named if named is not None else start
    return None if start is None else lines[_with_image(lines, start)][0]


def _lines(body: str) -> list[tuple[int, str]]:
    """The lines with where their words begin; of a very long body the last ones, and all above as one."""
    lines, start = [], 0
    if body.count("\n") > _MOST_LINES:
        cut = len(body)
        for _ in range(_MOST_LINES):
            cut = body.rfind("\n", 0, cut)
        lines, start = [(0, body[:cut].strip()[:_GREETING])], cut + 1
        body = body[start:]
    for raw in body.split("\n"):
        lines.append((start + len(raw) - len(raw.lstrip()), raw.strip(" \t\xa0*_")))
        start += len(raw) + 1
    return lines


def _greeted(lines: list[tuple[int, str]], first: int) -> int | None:
    """The first greeting or `-- ` after which nothing reads like a letter any more."""
    for number in range(first, len(lines)):
        words = lines[number][1]
        if (_is_greeting(words) or _DELIMITER.fullmatch(words)) and _ends_here(lines, number + 1):
            return number
    return None


def _is_greeting(words: str) -> bool:
    """`Med vänlig hälsning`, `Mvh Anna`, `Hälsningar, Anna Ek`: the phrase, then at most a name."""
    return 1 < len(words) <= _GREETING and _greets(words)


@lru_cache(_LINES_KEPT)
def _greets(words: str) -> bool:
    tokens = fold(words.replace(",", " ").replace("!", " ").replace("/", " ")).rstrip(".").split()
    for size in range(min(len(tokens), 5), 0, -1):
        phrase = " ".join(tokens[:size])
        if phrase in table().closings or phrase.rstrip(".") in table().closings:
            return _is_after_greeting(words, tokens[size:], size)
    return False


def _is_after_greeting(words: str, rest: list[str], phrase: int) -> bool:
    """Whether a name or an organisation follows the greeting on its line, not the rest of a sentence."""
    if not rest or " ".join(rest) in table().closings:
        return True
    written = words.replace(",", " ").replace("!", " ").replace("/", " ").split()[-len(rest) :]
    lower = sum(word[:1].islower() and word not in _SMALL for word in written)
    whole = not _PROSE_END.search(words) and not words.endswith(":")
    return whole and len(rest) <= (7 if phrase > 1 else 5) and lower <= (1 if len(rest) > 2 else 0)


def _ends_here(lines: list[tuple[int, str]], start: int) -> bool:
    """Whether only short lines, or a disclaimer, follow; a sentence or a postscript belongs to the letter."""
    contact = False
    for number in range(start, len(lines)):
        words = lines[number][1]
        if _is_tail(words) or is_rule(words):
            return True
        contact = contact or _is_contact(words[:200])
        in_prose = len(words) > 100 or _SENTENCE.fullmatch(words)
        if not contact and in_prose and not _HABIT.match(words[:200]):
            return False
        if _POSTSCRIPT.match(words):
            return False
    return True


def _tailed(lines: list[tuple[int, str]], first: int) -> int | None:
    """The first line that a phone or program wrote, or a disclaimer."""
    for number in range(first, len(lines)):
        if _is_tail(lines[number][1]) and not _is_banner(lines, number):
            start = number
            while start > first and (
                is_rule(lines[start - 1][1])
                or (not lines[start - 1][1] and start > 1 and is_rule(lines[start - 2][1]))
            ):
                start -= 1
            return start
    return None


def _is_banner(lines: list[tuple[int, str]], number: int) -> bool:
    """A warning that a server put above the words, `CAUTION: This email came from outside`, ends nothing: a letter follows."""
    if any(words for _, words in lines[:number]):
        return False
    below = number
    while below < len(lines) and lines[below][1]:
        below += 1
    return any(words and not _is_tail(words) and not is_rule(words) for _, words in lines[below:])


@lru_cache(_LINES_KEPT)
def _is_phone(words: str) -> bool:
    return _PHONE.search(words) is not None


@lru_cache(_LINES_KEPT)
def _is_contact(words: str) -> bool:
    """Whether a line holds a phone, an address, a web page or the label of one."""
    if "@" in words and _ADDRESS.search(words):
        return True
    return _CONTACT_SIGN.search(words) is not None and _CONTACT.search(words) is not None


def _is_tail(words: str) -> bool:
    return _begins_tail(words[: _TAIL + 1])


@lru_cache(_LINES_KEPT)
def _begins_tail(words: str) -> bool:
    head = fold(words[:60]).lstrip("*_[(<")
    return bool(head) and (
        (len(words) <= _TAIL and head.startswith(table().devices)) or head.startswith(table().notices)
    )


def _contact_block(lines: list[tuple[int, str]], filled: list[int], first: int) -> int | None:
    """A name over title, organisation and phones at the end, without a greeting."""
    start = end = filled[-1]
    contacts = phones = 0
    for number in range(end, first - 1, -1):
        words = lines[number][1]
        if not words:
            if not _block_goes_on(lines, number, first):
                break
            continue
        if not _is_short(words):
            break
        contacts += _is_contact(words)
        phones += _is_phone(words)
        start = number
    if not (phones or (contacts and end - start > 2)) or contacts * 6 < end - start:
        return None
    return _from_name(lines, start, end)


def _is_short(words: str) -> bool:
    return len(words) <= 90 and (
        _is_contact(words) or not (_PROSE_END.search(words) or words.endswith((",", ":")))
    )


def _block_goes_on(lines: list[tuple[int, str]], number: int, first: int) -> bool:
    above = next(
        (lines[here][1] for here in range(number, max(first, number - 3) - 1, -1) if lines[here][1]), ""
    )
    return _is_short(above) and bool(above)


def _from_name(lines: list[tuple[int, str]], start: int, end: int) -> int | None:
    """The block begins with a name that begins a paragraph: two to four capitalised words without digits."""
    for number in range(start, end):
        if _is_name(lines[number][1]) and (
            number == 0 or not (above := lines[number - 1][1]) or _IMAGE.fullmatch(above) or is_rule(above)
        ):
            return number
    return None


def _is_name(words: str) -> bool:
    words = re.split(r"[|,(]|\s[-–]\s", words, maxsplit=1)[0].strip()
    parts = words.split()
    return (
        2 <= len(parts) <= 4
        and len(words) <= 50
        and not re.search(r"[\d:@/?!]", words)
        and all(part[:1].isupper() or part in {"af", "av", "von", "van", "de"} for part in parts)
    )


def _named(
    lines: list[tuple[int, str]], filled: list[int], name: str | None, start: int | None
) -> int | None:
    """A name alone as the last words, `/Anna` or the sender's own, is a signature; so is one just above a tail."""
    above = [number for number in filled if start is None or number < start]
    if not above or (start is not None and _is_greeting(lines[start][1])) or len(above) < 2:
        return None
    words = lines[above[-1]][1]
    known = {token for token in re.split(r"[^\w]+", fold(name or "")) if len(token) > 1}
    tokens = set(re.split(r"[^\w]+", fold(words.strip("/–—-., ")))) - {""}
    mine = bool(tokens) and tokens <= known and len(tokens) <= 4
    dashed = _DASHED.fullmatch(words) and (words[0] == "/" or not lines[above[-1] - 1][1])
    return above[-1] if mine or dashed else None


def _with_image(lines: list[tuple[int, str]], start: int) -> int:
    """A logotype right above belongs to the signature."""
    above = next((number for number in range(start - 1, max(-1, start - 4), -1) if lines[number][1]), None)
    return above if above is not None and _IMAGE.fullmatch(lines[above][1]) else start
