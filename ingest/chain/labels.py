"""The words that mail programs write around what they quote, from `labels.toml`, in shapes quick to ask."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

Role = Literal["sender", "sent", "date", "to", "cc", "bcc", "subject", "reply_to", "other"]
ROLES: tuple[Role, ...] = ("sender", "sent", "date", "to", "cc", "bcc", "subject", "reply_to", "other")
MARKUP = "*_ \t\xa0\u200b\u200e\u200f\ufeff"
MAX_LABEL = 40
MAX_MARKER = 160
_LONGEST_KEPT = 400
_BLANK = " \t\xa0\u200b\ufeff"
_CLOSING = re.compile(r"\A[ \t\xa0]{0,4}[*_]{1,4}")
_FRAME = "-_=*─—–━>+#:： \t\xa0\r"
SCISSORS = "8<"
_RULE = frozenset("-_=*─—–━ \t\xa0")


@dataclass(frozen=True, slots=True)
class Table:
    """All languages at once: every word is folded; `roles` give the languages in which a label is used."""

    roles: dict[str, dict[Role, frozenset[str]]]
    markers: dict[str, Literal["forwarded", "original", "ended"]]
    wrote: dict[str, frozenset[str]]
    openers: frozenset[str]
    fillers: frozenset[str]
    by: frozenset[str]
    you: frozenset[str]
    forward: dict[str, frozenset[str]]
    reply: dict[str, frozenset[str]]
    hidden: frozenset[str]
    forms: frozenset[str]
    flags: frozenset[str]
    months: dict[str, dict[int, frozenset[str]]]
    days: dict[str, frozenset[int]]
    closings: frozenset[str]
    devices: tuple[str, ...]
    notices: tuple[str, ...]


def fold(text: str) -> str:
    """NFC without case, with single spaces and plain apostrophes: the form in which words are compared."""
    if text.isascii():
        return " ".join(text.lower().split())
    text = unicodedata.normalize("NFC", text).casefold().replace("’", "'").replace("i\u0307", "i")
    # Romanian is written with a comma below or a cedilla.
    return " ".join(text.replace("ș", "ş").replace("ț", "ţ").split())


@cache
def table() -> Table:
    """Read the data file once."""
    data: dict[str, dict[str, list[str]]] = tomllib.loads(
        files(__package__).joinpath("labels.toml").read_text(encoding="utf-8")
    )
    openers = frozenset(word for phrase in _all(data, "opener") for word in phrase.split())
    return Table(
        roles=_roles(data),
        markers=_markers(data),
        wrote=_by_language(data, "wrote"),
        openers=openers,
        fillers=frozenset(_all(data, "filler")),
        by=frozenset(_all(data, "by")),
        you=frozenset(_all(data, "you")),
        forward=_by_language(data, "forward"),
        reply=_by_language(data, "reply"),
        hidden=frozenset(_all(data, "hidden")),
        forms=frozenset(_all(data, "form")),
        flags=frozenset(_all(data, "flag")),
        months=_names(data, "months", 3),
        days={word: frozenset(numbers) for word, numbers in _names(data, "days", 2, openers).items()},
        closings=frozenset(_all(data, "closing")),
        devices=tuple(set(_all(data, "device"))),
        notices=tuple(set(_all(data, "notice"))),
    )


def roles_of(line: str) -> tuple[dict[Role, frozenset[str]], str] | None:
    """The roles of the label that a line begins with, and the value after it; None for any other line."""
    return _kept_roles(line) if len(line) <= _LONGEST_KEPT else _roles_in(line)


@lru_cache(2_048)
def _kept_roles(line: str) -> tuple[dict[Role, frozenset[str]], str] | None:
    """A line of a header is asked again by whoever stands above it."""
    return _roles_in(line)


def _roles_in(line: str) -> tuple[dict[Role, frozenset[str]], str] | None:
    cut = line.find(":", 0, MAX_LABEL + 20)
    if not line.isascii():
        wide = line.find("\uff1a", 0, MAX_LABEL)
        cut = wide if wide > 0 and not 0 < cut < wide else cut
    if cut < 1:
        return None
    label = line[:cut].strip(MARKUP + "|")
    known = table().roles
    roles = known.get(label.casefold())
    if roles is None and (" " in label or not label.isascii()):
        roles = known.get(fold(label))
    return None if roles is None else (roles, _value(line, cut + 1))


def months_of(word: str, languages: frozenset[str] = frozenset()) -> list[int]:
    """The numbers that a month's name may mean, the likeliest first (listopad is October or November).

    Those of `languages` come before the others.
    """
    known = table().months.get(fold(word), {})
    if len(known) < 2:
        return list(known)
    return sorted(known, key=lambda number: not known[number] & languages)


def marker_of(line: str) -> Literal["forwarded", "original", "ended"] | None:
    """What a line such as `-----Original Message-----` or `Vidarebefordrat brev:` announces."""
    return _kept_marker(line) if len(line) <= MAX_MARKER else None


def may_mark(line: str) -> bool:
    """Whether a line begins as a marker does; asked of lines that mostly do not."""
    head = line[:MAX_LABEL].lstrip(_FRAME).partition(" ")[0]
    return head.lower().rstrip(_FRAME) in _marker_heads() or not head.isascii()


@cache
def _marker_heads() -> frozenset[str]:
    return frozenset(marker.split(" ", 1)[0] for marker in table().markers)


@lru_cache(4_096)
def _kept_marker(line: str) -> Literal["forwarded", "original", "ended"] | None:
    bare = fold(line.strip(_FRAME).removeprefix(SCISSORS).strip(_FRAME))
    if not bare:
        return None
    found = table().markers.get(bare)
    if found or not _ruled(line):
        return found
    words = bare.split()
    return next((table().markers[key] for key in _heads(words) if key in table().markers), None)


def is_ruled_marker(line: str) -> bool:
    """Whether a marker stands between rules, so that it can be believed without a header block below."""
    return _ruled(line) and marker_of(line) in {"forwarded", "original"}


@lru_cache(1_024)
def is_rule(line: str) -> bool:
    """A line of dashes, underscores, equal signs or stars, at least three."""
    bare = line.strip()
    return 3 <= len(bare) <= 300 and _RULE.issuperset(bare)


def is_framed(line: str) -> bool:
    """`-----Anna Ek/ORG wrote: -----`: words between rules, which Notes and others put above a header block."""
    return 6 <= len(line) <= 200 and _ruled(line)


def is_forward(subject: str | None, languages: frozenset[str] = frozenset()) -> bool:
    """Whether the first prefix of a subject says forwarded; `languages` decide where two disagree (VS)."""
    head, colon, _ = (subject or "")[:40].lstrip(MARKUP + "[(").partition(":")
    key = fold(head.rstrip(MARKUP + "0123456789[]()"))
    if not colon or key not in table().forward:
        return False
    replies = table().reply.get(key, frozenset())
    return not (languages & replies and not languages & table().forward[key])


def _value(line: str, start: int) -> str:
    """What stands after a label, without the marks that close the label's own emphasis or a table's cell."""
    head, value = line[: start - 1].rstrip(), line[start:]
    if "|" in head:
        value = value.strip(MARKUP + "|")
    if ("*" in head or "__" in head) and head[-1] not in "*_":
        value = _CLOSING.sub("", value, count=1)
    value = value.strip(_BLANK)
    if value[-1:] == "*" and (value[0] == "*" or value.rstrip("*").count("*") == 0):
        value = value.strip("*")
    return value.strip(_BLANK)


def _ruled(line: str) -> bool:
    bare = line.strip()
    return len(bare) > 4 and bare[:2] in {"--", "__", "==", "**", "——", "──"} and bare[-1] in "-_=*—─"


def _heads(words: list[str]) -> list[str]:
    return [" ".join(words[:size]) for size in range(min(len(words), 4), 1, -1)]


def _all(data: dict[str, dict[str, list[str]]], name: str) -> list[str]:
    return [fold(word) for language in data.values() for word in language.get(name, [])]


def _roles(data: dict[str, dict[str, list[str]]]) -> dict[str, dict[Role, frozenset[str]]]:
    found: dict[str, dict[Role, frozenset[str]]] = {}
    for code, language in data.items():
        for role in ROLES:
            for label in (spelled for name in language.get(role, []) for spelled in _spellings(name)):
                entry = found.setdefault(label, {})
                entry[role] = entry.get(role, frozenset()) | {code}
    return found


def _markers(data: dict[str, dict[str, list[str]]]) -> dict[str, Literal["forwarded", "original", "ended"]]:
    found: dict[str, Literal["forwarded", "original", "ended"]] = {}
    kinds: tuple[Literal["forwarded", "original", "ended"], ...] = ("forwarded", "original", "ended")
    for kind in kinds:
        for word in _all(data, kind):
            found.update((spelled, kind) for spelled in _spellings(word) if spelled not in found)
    return found


def _spellings(word: str) -> set[str]:
    """A word, and what programs make of it that lose its accents or its character set: `Fr?n`, `FrÃ¥n`."""
    word = fold(word)
    if word.isascii() or not any(letter.isascii() and letter.isalpha() for letter in word):
        return {word}
    lost = {
        "".join(letter if letter.isascii() else mark for letter in word)
        for mark in ("?", "??", "\ufffd", "\ufffd\ufffd")
    }
    misread = {
        form.encode().decode(name, "replace")
        for form in (word, word.capitalize())
        for name in ("cp1252", "latin-1")
    }
    bare = "".join(
        letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter)
    )
    return {word, fold(bare), *map(fold, lost), *map(fold, misread)}


def _by_language(data: dict[str, dict[str, list[str]]], name: str) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for code, language in data.items():
        for word in language.get(name, []):
            found[fold(word)] = found.get(fold(word), frozenset()) | {code}
    return found


def _names(
    data: dict[str, dict[str, list[str]]], name: str, shortest: int, words: frozenset[str] = frozenset()
) -> dict[str, dict[int, frozenset[str]]]:
    """What every month or day name may mean, and where; whole names go before the cut ones of any language.

    A cut name that is one of `words` (`Il`, `Le`, `On`) means none.
    """
    found: dict[str, dict[int, frozenset[str]]] = {}
    names = [
        (fold(form), number % 7 if name == "days" else number + 1, code)
        for code, language in data.items()
        for number, forms in enumerate(language.get(name, []))
        for form in forms.split("/")
    ]
    cut = [
        (form[:size], number, code)
        for form, number, code in names
        for size in range(len(form) - 1, shortest - 1, -1)
        if form[:size] not in words
    ]
    for form, number, code in [*names, *cut]:
        meanings = found.setdefault(form, {})
        meanings[number] = meanings.get(number, frozenset()) | {code}
    return found
