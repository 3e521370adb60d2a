"""Header blocks that mail programs put above a forwarded or quoted message, in any order and layout of labels."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from ingest.chain.dates import LOCAL_ZONE, HeaderDate, find_header_date
from ingest.chain.fields import Fields, read_fields
from ingest.chain.labels import (
    SCISSORS,
    Role,
    fold,
    is_framed,
    is_rule,
    is_ruled_marker,
    marker_of,
    roles_of,
    table,
)
from ingest.chain.lines import MAX_HEADER_LINE, Line, next_filled, previous_filled
from ingest.chain.unknown import read_unknown
from ingest.directions import without_directions
from ingest.mailboxes import parse_mailbox, parse_mailboxes
from ingest.model import Mailbox

_LONGEST_DATED = 80
_FRAME = 15
_CUT = re.compile(r"\b([^\W\d_]{3})[^\W\d_]{2,}")
_MAIN: frozenset[Role] = frozenset({"sender", "date", "to", "cc", "subject"})


@dataclass(frozen=True, slots=True)
class Header:
    """What a header block or an attribution line says about the message below it."""

    sender: Mailbox | None = None
    to: tuple[Mailbox, ...] = ()
    cc: tuple[Mailbox, ...] = ()
    subject: str | None = None
    date: HeaderDate | None = None
    date_text: str | None = None
    message_id: str | None = None
    languages: frozenset[str] = frozenset()
    by_reader: bool = False  # "you wrote": by whom the letter around it is to


@dataclass(frozen=True, slots=True)
class Block:
    """A header block that ends before line `end`."""

    header: Header
    end: int


def read_block(
    lines: list[Line], first: int, *, marked: bool = False, zone: str = LOCAL_ZONE
) -> Block | None:
    """The header block that begins in line `first`, None if these lines are prose.

    `marked`: a line above says that a message follows, so that less is asked of the labels.
    """
    if roles_of(lines[first].words) is None:
        return None
    fields = read_fields(lines, first)
    if not _is_candidate(fields, marked=marked):
        return None
    header = _header(fields, zone)
    if not _believable(fields, header, marked=marked):
        return None
    return Block(header, _past_rule(lines, fields.end))


def read_unlabelled(
    lines: list[Line], first: int, zone: str = LOCAL_ZONE, *, announced: bool = True
) -> Block | None:
    """The header block in a language that no table has; more is asked of one that no rule or marker announces."""
    found = read_unknown(lines, first, announced=announced)
    if found is None:
        return None
    values, end = found
    header = header_of(values, zone)
    if header.date is None and header.date_text:
        header = replace(header, date=find_header_date(_CUT.sub(r"\1", header.date_text), zone))
    return Block(header, _past_rule(lines, end))


def header_of(values: dict[Role, str], zone: str = LOCAL_ZONE) -> Header:
    """What values say whose roles were found without labels."""
    return _header(Fields(values), zone)


def _past_rule(lines: list[Line], end: int) -> int:
    """Some programs close their header block with a rule; one above a further header belongs to that."""
    scissors = end + 1 if end + 1 < len(lines) and lines[end].blank else end
    if scissors < len(lines) and SCISSORS in (words := lines[scissors].words)[:8] and is_ruled_marker(words):
        return scissors + 1
    if end >= len(lines) or not (is_rule(lines[end].words) or is_ruled_marker(lines[end].words)):
        return end
    below = next_filled(lines, end + 1)
    return end if below is not None and roles_of(lines[below].words) is not None else end + 1


def _is_candidate(fields: Fields, *, marked: bool) -> bool:
    """Whether there are labels enough to look at their values."""
    roles = _MAIN.intersection(fields.values)
    if marked:
        return len(roles) >= 2 or "sender" in roles
    return "sender" in roles and len(roles) >= 2 and any(fields.values[role] for role in roles)


def _header(fields: Fields, zone: str) -> Header:
    values = fields.values
    date_text = _flat(without_directions(values.get("date", "")))
    languages = _common(tuple(fields.languages))
    semicolons = any(";" in values.get(role, "") for role in ("to", "cc"))
    return Header(
        sender=parse_mailbox(values.get("sender", "")),
        to=_parties(values.get("to", ""), semicolons=semicolons),
        cc=_parties(values.get("cc", ""), semicolons=semicolons),
        subject=_flat(values.get("subject")),
        date=find_header_date(date_text, zone, languages) if date_text else None,
        date_text=date_text,
        message_id=fields.message_id,
        languages=languages,
    )


def _parties(text: str, *, semicolons: bool) -> tuple[Mailbox, ...]:
    if "@" not in text and fold(text[:60]).strip(" <>:;.") in table().hidden:
        return ()
    return parse_mailboxes(text, semicolons=semicolons)


def _flat(value: str | None) -> str | None:
    return " ".join(value[: MAX_HEADER_LINE * 2].replace("\xa0", " ").split()) or None if value else None


@lru_cache(512)
def _common(languages: tuple[frozenset[str], ...]) -> frozenset[str]:
    """The languages that most labels share. Kept, since a program writes the same labels again."""
    counted: dict[str, int] = {}
    for code in (code for group in languages for code in group):
        counted[code] = counted.get(code, 0) + 1
    most = max(counted.values(), default=0)
    return frozenset(code for code, count in counted.items() if count == most)


def _believable(fields: Fields, header: Header, *, marked: bool) -> bool:
    """A sender that looks like one, and a date, a subject or recipients; names alone need more to be believed.

    A memorandum in a letter and a note of a call have names alone too, but begin with whom it is to, have no hour, or are to nobody.
    """
    roles = _MAIN.intersection(fields.values)
    dated = header.date is not None or any(letter.isdigit() for letter in header.date_text or "")
    addressed = header.sender is not None and header.sender.address is not None
    if marked and (len(roles) >= 2 or addressed):
        return True
    if "sender" not in roles or len(roles) < 2:
        return False
    if header.sender is None:
        return len(roles) >= 3 and header.date is not None
    if addressed:
        return "date" not in roles or dated or len(roles) >= 3
    others = any(party.address for party in header.to + header.cc)
    timed = header.date is not None and header.date.has_time
    memo = (
        next(iter(fields.values)) == "to" or fields.inside or not timed or "to" not in roles
    ) and not others
    mailish = fields.sent or ("subject" in roles and not memo)
    name = header.sender.name or ""
    proper = is_name(name) and (fields.sent or not name[0].islower())
    return len(roles) >= 3 and mailish and (dated or others) and proper


def is_name(name: str) -> bool:
    """Whether words can be a party's name rather than a sentence."""
    return (
        0 < len(name) <= 120
        and len(name.split()) <= 9
        and name[-1] not in ".?!:"
        and any(map(str.isalpha, name))
    )


def dated_marker(lines: list[Line], first: int, floor: int, zone: str) -> tuple[int, HeaderDate, str] | None:
    """The line above a block if it is a marker with the moment that the block lacks: `Message du 14/09/22 10:02`."""
    above = previous_filled(lines, first - 1, floor, 2)
    if above is None or lines[above].depth != lines[first].depth or len(lines[above].words) > _LONGEST_DATED:
        return None
    words = lines[above].words
    found = find_header_date(words, zone)
    if found is None or not found.has_time or marker_of(words[: found.start]) != "original":
        return None
    return above, found, words[found.start : found.end]


def announcement(lines: list[Line], first: int, floor: int) -> tuple[int, str | None]:
    """The first of the rules and markers above line `first`, and what the marker says."""
    kind, start, number = None, first, first - 1
    for _ in range(3):
        above = previous_filled(lines, number, floor)
        if above is None or lines[above].depth > lines[first].depth:
            break
        words = lines[above].words
        found = marker_of(words)
        if found == "ended" or not (found or is_rule(words) or (is_framed(words) and kind is None)):
            break
        if words[:3] == "***" and not found and _closes_frame(lines, above, floor):
            break
        kind, start, number = kind or found, above, above - 1
    return start, kind


def _closes_frame(lines: list[Line], number: int, floor: int) -> bool:
    """Whether a rule is the lower edge of a frame, as one of stars around a disclaimer: then it parts nothing."""
    return any(line.words == lines[number].words for line in lines[max(floor, number - _FRAME) : number - 1])
