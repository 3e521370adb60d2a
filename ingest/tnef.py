"""TNEF (MS-OXTNEF): the winmail.dat in which Outlook and Exchange send an item to those who do not ask for it.

A reader of our own: tnefparse reads every length it is given, recurses without a bound, and raises whatever
struct raises.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from ingest import mapi
from ingest.limits import Budget
from ingest.mapi import Enclosed, Item, Properties

MAGIC = b"\x78\x9f\x3e\x22"
_IID_MESSAGE = bytes.fromhex("0703020000000000c000000000000046")
_SUBJECT, _BODY, _FROM, _CLASS, _SENT, _ID = 0x8004, 0x800C, 0x8000, 0x8008, 0x8005, 0x8009
_RENDERED, _ATTACHED, _ATTACHED_DATA, _TITLE = 0x9002, 0x9005, 0x800F, 0x8010
_PROPERTIES, _RECIPIENTS, _CODEPAGE = 0x9003, 0x9004, 0x9007
_START, _END = 0x0006, 0x0007
_DAMAGED = "tnef-broken", "some of winmail.dat could not be read"
_MAX_ATTRIBUTES = 20_000
_MAX_PROPERTIES = 20_000
_VARIABLE = {mapi.STRING8, mapi.UNICODE, mapi.BINARY, mapi.OBJECT}


def read(data: bytes, budget: Budget, depth: int = 0) -> Item | None:
    """The item of a TNEF stream; None if it is none. What is damaged is read as far as it goes, with a problem.

    `depth` counts the levels around it.
    """
    if not data.startswith(MAGIC):
        return None
    reader = _Reader(budget, depth)
    for number, value in _attributes(data, budget):
        reader.take(number, value)
    return reader.item


def _attributes(data: bytes, budget: Budget) -> Iterator[tuple[int, bytes]]:
    """(id, value) of every attribute: level, id and type, length, value, checksum."""
    at = 6
    for _ in range(_MAX_ATTRIBUTES):
        if at + 9 > len(data):
            return
        level, number, _, length = struct.unpack_from("<BHHI", data, at)
        at += 9
        if level not in {1, 2} or at + length > len(data):
            budget.report(*_DAMAGED)
            if level not in {1, 2}:
                return
        yield number, data[at : at + length]
        at += length + 2
    budget.report(*_DAMAGED)


@dataclass(slots=True)
class _Reader:
    """Collects an item from its attributes; an attachment begins with the one that says how it is drawn."""

    budget: Budget
    depth: int
    item: Item = field(default_factory=lambda: Item(Properties()))

    def take(self, number: int, value: bytes) -> None:
        own = self.item.properties
        if number == _CODEPAGE:
            own.encoding = mapi.codepage(int.from_bytes(value[:4], "little"))
        elif number in _TEXTS:
            own.values.setdefault(_TEXTS[number], (mapi.STRING8, value))
        elif number in _TIMES:
            own.values.setdefault(_TIMES[number], (mapi.TIME, _filetime(value)))
        elif number == _PROPERTIES:
            self._merge(own, value)
        elif number == _RECIPIENTS:
            self._recipients(value)
        elif number == _RENDERED and len(self.item.attachments) < self.budget.limits.parts:
            self.item.attachments.append(Enclosed(Properties(encoding=own.encoding)))
        elif self.item.attachments:
            self._attachment(self.item.attachments[-1], number, value)

    def _merge(self, into: Properties, value: bytes) -> None:
        found, _ = _listed(value, 0, self.budget, into.encoding)
        into.values |= found.values
        into.names = {**into.names, **found.names}
        into.encoding = into.encoding or mapi.codepage(into.number(0x3FFD) or into.number(0x3FDE))

    def _recipients(self, value: bytes) -> None:
        rows = int.from_bytes(value[:4], "little")
        at = 4
        for _ in range(min(rows, self.budget.limits.recipients)):
            if at >= len(value):
                break
            row, at = _listed(value, at, self.budget, self.item.properties.encoding)
            self.item.recipients.append(row)

    def _attachment(self, attachment: Enclosed, number: int, value: bytes) -> None:
        if number == _ATTACHED_DATA:
            attachment.data = value
        elif number == _TITLE:
            attachment.properties.values.setdefault(0x3704, (mapi.STRING8, value))
        elif number == _ATTACHED:
            self._merge(attachment.properties, value)
            self._embedded(attachment)

    def _embedded(self, attachment: Enclosed) -> None:
        """The item that is attached, which is TNEF again; or a document that is kept as a property."""
        kind, value = attachment.properties.kind(0x3701), attachment.properties.data(0x3701)
        if value is None:
            return
        if kind == mapi.OBJECT and value.startswith(_IID_MESSAGE):
            if self.depth >= self.budget.limits.depth:
                limit = self.budget.limits.depth
                self.budget.report("limit-depth", f"more than {limit} levels, {limit} read")
                return
            attachment.item = read(self._taken(value), self.budget, self.depth + 1)
        elif kind == mapi.BINARY:
            attachment.data = value

    def _taken(self, value: bytes) -> bytes:
        """The bytes behind the interface's name, as long as there is room: each level is a copy of all in it."""
        if len(value) > self.budget.unpackable:
            self.budget.report("limit-size", f"{len(value)} bytes to unpack, {self.budget.unpackable} left")
            return b""
        self.budget.unpackable -= len(value)
        return value[16:]


_TEXTS = {_SUBJECT: 0x0037, _BODY: 0x1000, _ID: 0x300B, _CLASS: 0x001A}
_TIMES = {_SENT: 0x0039, _START: 0x0060, _END: 0x0061}


def _filetime(value: bytes) -> bytes:
    """Year, month, day, hour, minute, second as the count of MAPI; nothing if there is no such day."""
    try:
        year, month, day, hour, minute, second = struct.unpack_from("<6H", value)
        moment = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except (struct.error, ValueError):
        return b""
    since = moment - datetime(1601, 1, 1, tzinfo=UTC)
    return struct.pack("<Q", (since.days * 86_400 + since.seconds) * 10_000_000)


def _listed(data: bytes, at: int, budget: Budget, encoding: str | None) -> tuple[Properties, int]:
    """A list of MAPI properties (MS-OXTNEF, 2.1.3.4) and where it ends."""
    values: dict[int, tuple[int, mapi.Value]] = {}
    names: dict[tuple[bytes, int | str], int] = {}
    try:
        count = struct.unpack_from("<I", data, at)[0]
        at += 4
        for _ in range(min(count, _MAX_PROPERTIES)):
            kind, number = struct.unpack_from("<HH", data, at)
            at += 4
            if number >= 0x8000:
                name, at = _named(data, at)
                names.setdefault(name, number)
            value, at = _value(data, at, kind)
            if not kind & mapi.MULTIPLE:
                values.setdefault(number, (kind, value))
    except struct.error:
        budget.report(*_DAMAGED)
        at = len(data)
    return Properties(values, names, encoding), at


def _named(data: bytes, at: int) -> tuple[tuple[bytes, int | str], int]:
    group = data[at : at + 16]
    kind, number = struct.unpack_from("<II", data, at + 16)
    at += 24
    if kind == 0:
        return (group, number), at
    name = data[at : at + min(number, 510)].decode("utf-16-le", "replace").rstrip("\0")
    return (group, name), at + number + -number % 4


def _value(data: bytes, at: int, kind: int) -> tuple[bytes, int]:
    """The value's bytes (of several the last) and where the next property begins; four bytes are the least."""
    base = kind & ~mapi.MULTIPLE
    if base in _VARIABLE:
        count = struct.unpack_from("<I", data, at)[0]
        at += 4
        value = b""
        for _ in range(min(count, _MAX_PROPERTIES)):
            size = struct.unpack_from("<I", data, at)[0]
            value = data[at + 4 : at + 4 + size]
            at += 4 + size + -size % 4
        return value, at
    count = 1
    if kind & mapi.MULTIPLE:
        count = struct.unpack_from("<I", data, at)[0]
        at += 4
    size = mapi.FIXED.get(base)
    if size is None:
        raise struct.error
    return data[at : at + size], at + count * (size + -size % 4)
