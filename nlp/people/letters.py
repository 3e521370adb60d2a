"""The people of one letter: in its words and in its signature, with those of the headers known by name."""

import re
from collections.abc import Iterator
from dataclasses import replace

from nlp.model import Letter, PersonMention
from nlp.people.finder import find_people, name_key
from nlp.people.mailboxes import given_first
from nlp.people.titles import is_title
from nlp.signature import Signature, read_signature
from nlp.spans import fold

_TAIL = 2_500  # signs at the end among which a signature that nothing announces is looked for
_LAST_LINES = 40
_MARKS = " \t\r*_/,.–-"
_BRACKETED = re.compile(r"\([^()\n]{0,40}\)")


def known_names(letter: Letter) -> tuple[str, ...]:
    """Names of sender and recipients, given name first, without functions and lists."""
    parties = [letter.sender, *letter.recipients]
    names = (given_first(party.name, party.address) for party in parties if party and party.name)
    return tuple(dict.fromkeys(name for name in names if name))


def find_people_of(letter: Letter, text: str) -> list[PersonMention]:
    """People in `text`, the letter's body. What a signature says of its writer goes to the name there."""
    known, sender = known_names(letter), _sender(letter)
    start = letter.signature_start if letter.signature_start is not None else _own_line(text, sender)
    signed = start is not None and start < len(text)
    signature = read_signature(text[start:], sender) if signed else None
    if signature is None or start is None:
        return find_people(text, known=known)
    signer = _signer(letter, known, signature)
    found = find_people(text, known=[*known, *([signer.name] if signer else [])])
    mention = _mention(text, start, signer) if signer else None
    if mention is None:
        return found
    kept = [one for one in found if one.end <= mention.start or one.start >= mention.end]
    return sorted([*kept, mention], key=lambda one: one.start)


def _own_line(text: str, sender: str | None) -> int | None:
    """Where a line near the end is the sender's name and nothing else, or some name above a title."""
    words = sorted(fold(sender).split()) if sender else []
    below = ""
    for start, line in _last_lines(text):
        bare = _BRACKETED.sub("", line).strip(_MARKS)
        if words and sorted(fold(bare).split()) == words:
            return start
        if sender is None and below and is_title(below) and " " in bare and given_first(bare, None) == bare:
            return start
        below = bare
    return None


def _last_lines(text: str) -> Iterator[tuple[int, str]]:
    """The last lines and where they begin, the last one first."""
    end = len(text)
    for _ in range(_LAST_LINES):
        start = text.rfind("\n", 0, end) + 1
        if start < len(text) - _TAIL:
            return
        yield start, text[start:end]
        if not start:
            return
        end = start - 1


def _signer(letter: Letter, known: tuple[str, ...], signature: Signature) -> Signature | None:
    """A given name alone is the sender's, if it is one of the sender's names; else it names nobody."""
    if " " in signature.name:
        return signature
    sender = _sender(letter)
    full = [
        name
        for name in ([sender] if sender else known)
        if name_key(signature.name) == name_key(name).split()[0]
    ]
    return replace(signature, name=full[0]) if len(full) == 1 else None


def _sender(letter: Letter) -> str | None:
    return given_first(letter.sender.name or "", letter.sender.address) if letter.sender else None


def _mention(text: str, offset: int, signature: Signature) -> PersonMention:
    start, end = offset + signature.start, offset + signature.end
    return PersonMention(
        text=text[start:end],
        start=start,
        end=end,
        name=signature.name,
        title=signature.title,
        organisation=signature.organisation,
        phones=signature.phones,
        addresses=signature.addresses,
        unit=signature.unit,
        rule="person.signature",
        confidence=0.95,
    )
