"""Recipient lists as people paste them and mail programs spell them in quoted headers: no RFC, many habits.

`;` or `,` or line breaks between the parties, `Surname, Given`, `[mailto:a@x]`, `<a@x<mailto:a@x>>`, Markdown
links, quotes, an address inside a display name, names alone. Linear in the length of the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from ingest.directions import without_directions
from ingest.model import Mailbox

MAX_LIST = 200_000
MAX_SENDER = 2_000
MAX_MAILBOXES = 5_000
_LONGEST_KEPT = 400

_ADDR = r"[^\s<>()\[\]\";,:@]{1,64}@[^\s<>()\[\]\";,:@]{1,255}"
_ADDRESS = re.compile(_ADDR)
_BRACKETED = re.compile(rf"\(\s?{_ADDR}\s?\)")
_TOKEN = re.compile(
    r'(?P<quoted>"(?:[^"\\\n]|\\.){0,200}"|"(?:[^"\\]|\\.){0,200}"(?=\s?<))'
    r"|\[\s?(?P<label>[^\[\]\n]{1,320}?)\s?\]\s?\(\s?mailto:(?P<link>[^()\s<>]{1,320})\s?\)"
    r"|[<\[(]\s?(?:mailto:)(?P<mailto>[^<>\[\]()\s]{1,320})\s?[>\])]"
    rf"|[<\[]\s?(?P<angle>{_ADDR})(?:\s?<mailto:[^<>\s]{{1,320}}>)?\s?[>\]]"
    rf"|<\s?(?P<linked>{_ADDR})\s?\(mailto:[^()\s]{{1,320}}\)\s?>"
    rf"|\(\s?(?P<paired>{_ADDR})\s?\(mailto:[^()\s]{{1,320}}\)\s?\)"
    r"|<(?P<other>/[^<>\n]{0,320})>"
    r"|(?P<sep>[;,\n])"
    r"|(?P<text>[^\"<\[(;,\n]+|.)"
)


# As most lists are: `Anna Ek <a@x>; Bo-Ivar Ek <b@x>`, without anything that means more than it says.
_ONE = re.compile(rf"([^\W\d_][\w .-]{{0,100}}?) <({_ADDR})>")
_SIMPLE = re.compile(rf"{_ONE.pattern}(?:; ?{_ONE.pattern}){{0,300}}")
_COMMAS = re.compile(r"@[^\s<>,]{1,255}>?\s?,")
_PARTICLES = frozenset(
    {"af", "av", "von", "van", "der", "den", "de", "la", "le", "du", "di", "da", "zu", "och"}
)
_TORN = re.compile(r"(?<=[^\s<>]@)\s{1,4}(?=[\w.-]{1,255}>)")
_RUN = re.compile(r"([<\[(\"])[<\[(\" ]*\1")


@dataclass(slots=True)
class _Item:
    """What has been read of one party, or of several names in a row before the first address."""

    words: list[str] = field(default_factory=list)
    address: str | None = None
    spaced: bool = True


def parse_mailboxes(text: str, *, semicolons: bool = False) -> tuple[Mailbox, ...]:
    """Every party of a list in its order: `name` as written without quotes, `address` in lower case.

    `semicolons`: another list of the same hand is parted by them, so that a comma belongs to a name.
    """
    return (
        _kept_list(text, semicolons)
        if len(text) <= _LONGEST_KEPT
        else _mailboxes(text, semicolons=semicolons)
    )


@lru_cache(2_048)
def _kept_list(text: str, semicolons: bool) -> tuple[Mailbox, ...]:
    """The same people write to each other again and again."""
    return _mailboxes(text, semicolons=semicolons)


def _mailboxes(text: str, *, semicolons: bool) -> tuple[Mailbox, ...]:
    if _SIMPLE.fullmatch(text):
        return tuple(map(_simple, _ONE.finditer(text)))
    text = _plain(text)
    semicolons = semicolons or ";" in text
    commas = _COMMAS.search(text) is not None
    found: list[Mailbox] = []
    for item in _items(text):
        found.extend(_parties(item, semicolons=semicolons, commas=commas))
        if len(found) >= MAX_MAILBOXES:
            break
    return tuple(found[:MAX_MAILBOXES])


def parse_mailbox(text: str) -> Mailbox | None:
    """The one party of a sender's field; a name on both sides of the address (`x [mailto:y] on behalf of z`) is kept."""
    return _kept_one(text[:MAX_SENDER])


@lru_cache(2_048)
def _kept_one(text: str) -> Mailbox | None:
    if simple := _ONE.fullmatch(text):
        return _simple(simple)
    items = [item for item in _items(_plain(text)) if item.address or "".join(item.words).strip()]
    if not items:
        return None
    address = next((item.address for item in items if item.address), None)
    name = _clean(
        " ".join(part for item in items[:2] for part in ("".join(item.words),) if part.strip(" ,\n"))
    )
    if address is None:
        return _unbracketed(name)
    doubled = not items[0].spaced and name.casefold() == address
    return Mailbox(None if doubled else name or None, address)


def _simple(match: re.Match[str]) -> Mailbox:
    return Mailbox(" ".join(match[1].split()), match[2].casefold().strip("'."))


def _plain(text: str) -> str:
    if "&lt;" in text:
        text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
    text = (
        _RUN.sub(r"\1\1", without_directions(text)[:MAX_LIST])
        .replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\\<", "<")
        .replace("\\>", ">")
    )
    if "@ " in text or "@\n" in text:
        text = _TORN.sub("", text)
    return (
        text.replace("\xa0", " ")
        .replace("\t", " ")
        .replace("**", "")
        .replace("\u200b", "")
        .replace("\ufeff", "")
    )


def _items(text: str) -> Iterator[_Item]:
    """Cut where it is certain: at `;`, and after an address at anything."""
    item, depth = _Item(), 0
    for match in _TOKEN.finditer(text):
        address = match["link"] or match["mailto"] or match["angle"] or match["linked"] or match["paired"]
        if address is not None:
            if item.address:
                yield item
                item = _Item()
            _address(item, match, address)
            continue
        piece = match[0] if match["other"] is None else ""
        depth = max(0, depth + piece.count("(") - piece.count(")"))
        if match["sep"] and (piece == ";" or item.address) and not (depth and piece == ","):
            yield item
            item, depth = _Item(), 0
        elif item.address and piece.strip(" <>)]*_'"):
            yield item
            item = _Item([piece])
        elif not item.address:
            item.words.append(piece)
    yield item


def _address(item: _Item, match: re.Match[str], address: str) -> None:
    if match["label"] and "@" not in match["label"]:
        item.words.append(match["label"])
    item.spaced = not item.words or item.words[-1][-1:].isspace()
    item.address = address.casefold().strip("'.")


def _parties(item: _Item, *, semicolons: bool, commas: bool) -> Iterator[Mailbox]:
    addressed = item.address is not None
    found = _names(item.words, semicolons=semicolons, commas=commas, addressed=addressed)
    names = [name for name in found if _clean(name)]
    if item.address:
        last = _clean(names.pop()) if names and not "".join(item.words).rstrip(" ").endswith(",") else ""
        for name in names:
            yield from _alone(name)
        doubled = not item.spaced and last.casefold() == item.address
        yield Mailbox(None if doubled else last or None, item.address)
    else:
        for name in names:
            yield from _alone(name)


def _alone(name: str) -> Iterator[Mailbox]:
    party = _unbracketed(_clean(name))
    if party:
        yield party


def _unbracketed(name: str) -> Mailbox | None:
    """A party whose address, if any, stands without angle brackets: `a@x`, `Anna (a@x)`, `a@x (Anna)`, `Anna a@x`."""
    head, bracket, tail = name.rpartition("(")
    if bracket and name.endswith(")") and _ADDRESS.fullmatch(inside := tail.rstrip(") ")):
        return Mailbox(_clean(head) or None, inside.casefold())
    head, bracket, tail = name.partition("(")
    inside = tail.rstrip(") ")
    if bracket and _ADDRESS.fullmatch(head.strip()):
        return Mailbox(inside.strip() or None, head.strip().casefold())
    words = name.split(" ")
    bare = words[-1].strip("'\"")
    if _ADDRESS.fullmatch(bare) and "." in bare.rpartition("@")[2]:
        return Mailbox(_clean(" ".join(words[:-1])) or None, bare.casefold().rstrip("."))
    nobody = name.endswith(":") or not any(letter.isalnum() for letter in name)
    return None if nobody else Mailbox(name, None)


def _names(words: list[str], *, semicolons: bool, commas: bool, addressed: bool) -> list[str]:
    """The names that stand in a row without certain separators, cut at commas and line breaks where they part people."""
    pieces = _pieces(words, separated=semicolons or commas)
    if semicolons and "," in words and _joined(pieces):
        return [", ".join(pieces)]
    if semicolons or len(pieces) < 2 or "," not in words:
        return pieces
    paired = len(pieces) % 2 == 0 and all(
        _is_surname(last) and _is_given(first) for last, first in zip(pieces[::2], pieces[1::2], strict=True)
    )
    if paired:
        return [f"{last}, {first}" for last, first in zip(pieces[::2], pieces[1::2], strict=True)]
    return [", ".join(pieces)] if addressed and "\n" not in words and _is_one_name(pieces) else pieces


def _is_one_name(pieces: list[str]) -> bool:
    """Whether commas part a name from its house or title rather than people: `Anna Ek, Ånge kommun <a@x>`, `Raj Patel, MBE <r@x>`."""
    if any("@" in piece for piece in pieces):
        return False
    titled = len(pieces) == 2 and len(pieces[0].split()) > 1 and len(pieces[1].split()) == 1
    return titled or any(piece.rsplit(maxsplit=1)[-1].islower() for piece in pieces[1:])


def _joined(pieces: list[str]) -> bool:
    """In a list with semicolons a comma belongs to the name, unless an address is among its parts."""
    return not any("@" in piece for piece in pieces)


def _pieces(words: list[str], *, separated: bool) -> list[str]:
    pieces, depth = [""], 0
    breaks: list[int] = []
    for word in words:
        depth = max(0, depth + word.count("(") - word.count(")"))
        if word == "," and not depth:
            pieces.append("")
        elif word == "\n":
            breaks.append(len(pieces))
            pieces.append("")
        else:
            pieces[-1] += word
    return _rejoin(pieces, breaks, separated=separated)


def _rejoin(pieces: list[str], breaks: list[int], *, separated: bool) -> list[str]:
    """A line break parts two whole names (two words each); else it fell inside a name or a long comma list."""
    joined: list[str] = []
    broken = set(breaks)
    separated = separated or len(pieces) - 1 > len(breaks)
    for number, raw in enumerate(pieces):
        piece = raw.strip()
        if number in broken and joined and _wraps(joined[-1], piece, separated=separated):
            joined[-1] = f"{joined[-1]} {piece}".strip()
        else:
            joined.append(piece)
    return [piece for piece in joined if piece]


def _wraps(before: str, after: str, *, separated: bool) -> bool:
    if before and after[:1] == "(" and "@" not in before:
        return True
    if not before or not after or "@" in before or "@" in after:
        return bool(before) and (not after or ("@" not in before and bool(_BRACKETED.fullmatch(after))))
    short = len(before.split()) < 2 and len(after.split()) < 2
    return (
        short
        or before.rsplit(maxsplit=1)[-1] in _PARTICLES
        or (separated and (len(before.split()) < 2 or len(after.split()) < 2))
    )


def _is_surname(piece: str) -> bool:
    words = piece.split()
    return (
        bool(words) and "@" not in piece and (len(words) == 1 or all(word.islower() for word in words[:-1]))
    )


def _is_given(piece: str) -> bool:
    bare = piece.partition("(")[0].split()
    return 0 < len(bare) <= 2 and "@" not in piece


def _clean(name: str) -> str:
    name = " ".join(name.split()).strip(" ,;<>*")
    if name.endswith("("):
        name = name[:-1].rstrip()
    for quote in ('"', "'"):
        if len(name) > 2 and name[0] == quote and name[-1] == quote:
            name = name[1:-1].replace(f"\\{quote}", quote)
    return name.strip()
