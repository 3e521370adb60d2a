"""Letters as mail programs write them, HTML and plain, that were put down before they were read: every field of every level."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from ingest import html, mime
from ingest.chain import unfold
from ingest.model import ChainMessage, Mailbox, ParsedMail

FOLDER = Path(__file__).with_name("letters")
_HEAD = re.compile(r"^%% (\S+) (\S+) (html|text|raw) : (.*)\n", re.MULTILINE)
_PARTY = re.compile(r"(.*?)\s*<([^<>]+)>")


@dataclass(frozen=True)
class Letter:
    """A mail's subject and text, its own words, and a line for each embedded message: level, fields, words."""

    name: str
    kind: str
    subject: str
    text: str
    own: str
    levels: tuple[tuple[str, ...], ...]


def letters(file: Path) -> Iterator[Letter]:
    parts = _HEAD.split(file.read_text(encoding="utf-8"))[1:]
    for program, language, kind, subject, content in zip(*[iter(parts)] * 5, strict=True):
        text, _, expected = content.partition("\n%=")
        own, *levels = expected.split("\n%- ")
        fields = tuple(tuple(map(str.strip, f"{level} ".split("¦"))) for level in levels)
        yield Letter(f"{program} {language}", kind, subject, text, _flat(own), fields)


def _letters() -> Iterator[Letter]:
    for file in sorted(FOLDER.glob("*.txt")):
        yield from letters(file)


def _flat(text: str | None) -> str:
    return " ".join((text or "").replace("\ufeff", " ").split())


def _party(text: str) -> Mailbox:
    match = _PARTY.fullmatch(text.strip())
    return Mailbox(match[1] or None, match[2]) if match else Mailbox(text.strip(), None)


def _parties(text: str) -> list[Mailbox]:
    return [] if text == "-" else [_party(each) for each in text.split(" + ")]


def _fields(message: ChainMessage, level: int) -> tuple[object, ...]:
    moment = message.date.isoformat()[:19].removesuffix(":00") if message.date else "-"
    parties: Sequence[list[Mailbox]] = [
        [message.sender] if message.sender else [],
        [*message.to],
        [*message.cc],
    ]
    return level, *parties, message.subject or "-", moment, _flat(message.body)


def read(letter: Letter) -> tuple[str, list[tuple[object, ...]]]:
    """The mail's own words and each embedded message's level and fields, as the reader has them."""
    return levels_of(unfold(_parsed(letter)))


def levels_of(found: Sequence[ChainMessage]) -> tuple[str, list[tuple[object, ...]]]:
    """A mail's own words and each embedded message's level and fields."""
    depths = {0: 0}
    for message in found[1:]:
        depths[message.index] = depths[message.parent or 0] + 1
    return _flat(found[0].body), [_fields(message, depths[message.index]) for message in found[1:]]


def _parsed(letter: Letter) -> ParsedMail:
    """A letter that is `raw` has its own headers and transfer encoding."""
    if letter.kind == "raw":
        return mime.parse(letter.text.encode())
    text = html.to_text(letter.text) if letter.kind == "html" else letter.text
    return ParsedMail("ok", subject=letter.subject, text=text)


def wanted(letter: Letter) -> list[tuple[object, ...]]:
    return [
        (int(level), *map(_parties, parties), subject, moment, words)
        for level, *parties, subject, moment, words in letter.levels
    ]


@pytest.mark.parametrize("letter", list(_letters()), ids=lambda letter: letter.name)
def test_every_field_of_every_level(letter: Letter) -> None:
    own, levels = read(letter)
    assert own == letter.own
    assert levels == wanted(letter)
