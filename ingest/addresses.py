"""Address headers: split first, decode after (RFC 5322, 3.4), with what real programs write besides.

"Ange (Funktionsadress för ange@ange.se)" <ange@ange.se>, unquoted commas and brackets, groups, semicolons,
missing angle brackets, `mailto:`, old-style `user@host (Name)`.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from ingest import charset
from ingest.headers import decode_words
from ingest.model import Mailbox

_PIECE = re.compile(r'"(?:[^"\\]|\\.)*+("?)|<[^<>]*+>|[(),;:\\]', re.DOTALL)
_UNQUOTED_PIECE = re.compile(r"<[^<>]*+>|[(),;:\\]")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*+)("?)', re.DOTALL)
_BARE = re.compile(r"[^\s<>\"'(),;:\[\]]{1,64}@[^\s<>\"'(),;]{1,255}")
_BRACKETED = re.compile(r"\[(?:mailto:)?([^\[\]\s<>]{1,255}@[^\[\]\s<>]{1,255})\]", re.IGNORECASE)
# A comment may hold escaped brackets and one more comment (RFC 5322, 3.2.2); deeper ones are words.
_COMMENT = re.compile(r"(?<!\\)\(((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*+\))*+)\)", re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_MAX_ADDRESS = 320
_MAX_NAME = 1_000
_SHORT = 200


def mailboxes(values: Iterable[bytes], limit: int) -> tuple[tuple[Mailbox, ...], int]:
    """The parties of all headers of one name, at most `limit`, and how many there were."""
    found: list[Mailbox] = []
    total = 0
    for value in values:
        if len(found) >= limit:
            total += value.count(b",") + 1
            continue
        text = value.decode("ascii") if value.isascii() else charset.guess(value)
        if "[" in text:
            text = _BRACKETED.sub(r"<\1>", text)
        for entry in _merged(_entries(text)):
            total += 1
            if len(found) < limit and (box := _remembered(entry) if len(entry) <= _SHORT else mailbox(entry)):
                found.append(box)
    return tuple(found), total


def _entries(text: str) -> list[tuple[str, str]]:
    """Split at separators outside quotes, comments and angle brackets: (entry, the separator behind it).

    A group's name goes (RFC 5322, 3.4); a second address in brackets begins an entry even without a separator.
    """
    entries: list[tuple[str, str]] = []
    start = depth = angle = 0
    closers = text.count(")")
    last_semicolon = text.rfind(";")
    for match in _pieces(text):
        piece = match[0]
        if piece == "(" and closers:
            depth += 1
        elif piece == ")":
            depth = max(0, depth - 1)
            closers -= 1
        elif depth and closers:
            continue
        elif piece in {",", ";"}:
            entries.append((text[start : match.start()], piece))
            start, angle = match.end(), 0
        elif (
            piece == ":"
            and match.end() <= last_semicolon
            and "@" not in text[start : match.start()][-_MAX_NAME:]
        ):
            start = match.end()
        elif piece[0] == "<" and "@" in piece:
            if angle:
                entries.append((text[start:angle], ";"))
                start = angle
            angle = match.end()
    entries.append((text[start:], ""))
    return [
        (entry.strip(), separator)
        for entry, separator in entries
        if entry.strip() and not entry.strip().endswith(":")
    ]


def _pieces(text: str) -> Iterator[re.Match[str]]:
    """Quoted strings, angle brackets and separators. A quote that nothing closes is a letter, as is all behind it:
    looking for the end of each of them again would take quadratic time.
    """
    for match in _PIECE.finditer(text):
        if match[0][0] == '"' and not match[1]:
            yield from _UNQUOTED_PIECE.finditer(text, match.start() + 1)
            return
        yield match


def _merged(entries: list[tuple[str, str]]) -> list[str]:
    """Put "Sjögren, Ulf <…>" together again: an entry without an address before a comma is half a name."""
    merged: list[str] = []
    half = ""
    for entry, separator in entries:
        whole = f"{half}, {entry}" if half else entry
        half = ""
        if separator == "," and "@" not in entry and "<" not in entry and "=?" not in entry:
            half = whole if len(whole) < _MAX_NAME else ""
            if half:
                continue
        merged.append(whole)
    return [*merged, half] if half else merged


def mailbox(entry: str) -> Mailbox | None:
    """One party; None where there is neither name nor address."""
    written_name, written_address = _parts(entry)
    if not written_address and "=?" in entry:
        # Some programs encode the address along with the name, against RFC 2047, 5.
        written_name, written_address = _parts(decode_words(entry))
    address = _address(written_address)
    name = _name(written_name)
    if name and address and name.lower() == address:
        name = None
    return Mailbox(name, address) if name or address else None


_remembered = lru_cache(maxsize=10_000)(mailbox)  # the same parties write again and again


def _parts(entry: str) -> tuple[str, str]:
    """Name and address as they stand. An angle bracket rules; without one a comment is the name."""
    open_at = _last_angle(entry)
    if open_at >= 0:
        inside, _, behind = entry[open_at + 1 :].partition(">")
        return (entry[:open_at].strip() or _comment_of(behind)), inside
    if bare := _BARE.search(_COMMENT.sub(" ", entry)):
        rest = _COMMENT.sub(" ", entry).replace(bare[0], " ", 1).strip(" \t-:\"'")
        return rest or _comment_of(entry), bare[0]
    return entry, ""


def _comment_of(text: str) -> str:
    match = _COMMENT.search(text)
    return match[1] if match else ""


def _last_angle(entry: str) -> int:
    """Where the last angle bracket outside quotes opens; -1 if none."""
    at = entry.rfind("<")
    if at < 0:
        return at
    quoted = [match.span() for match in _pieces(entry) if match[0][0] == '"']
    for begin, end in reversed(quoted):
        if at >= end:
            break
        if at > begin:
            at = entry.rfind("<", 0, begin)
    return at


def _address(text: str) -> str | None:
    """An address in lower case, without route (RFC 5322, 4.4), `mailto:`, quotes or white space."""
    text = decode_words(text) if "=?" in text else text
    text = "".join(text.split()).strip("<>,;")
    if len(text) > 1 and text[0] in "\"'" and text[0] == text[-1]:
        text = text[1:-1]
    if text.lower().startswith("mailto:"):
        text = text[7:].partition("?")[0]
    if text.startswith("@") and ":" in text:
        text = text.rpartition(":")[2]
    text = text.replace("\0", "").rstrip(".").lower()
    return text if 0 < len(text) <= _MAX_ADDRESS else None


def _name(text: str) -> str | None:
    """A display name as written: quotes and escapes taken away, words decoded, white space single."""
    text = _unquoted(text[:_MAX_NAME].strip())
    text = " ".join(decode_words(text).replace("\xa0", " ").split())
    for quote in ('"', "'"):
        if len(text) > 1 and text[0] == quote == text[-1]:
            text = text[1:-1].strip()
    return text or None


def _unquoted(text: str) -> str:
    """Quoted strings without their quotes; quotes within a name that is not quoted as a whole go as well."""
    if '"' not in text:
        return _ESCAPE.sub(r"\1", text) if "\\" in text else text
    return _QUOTED.sub(lambda match: _ESCAPE.sub(r"\1", match[1]) if match[2] else match[0], text)
