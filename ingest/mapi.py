"""MAPI properties, as Outlook's two formats carry them (.msg by `msg`, TNEF by `tnef`), and the items they make.

Identifiers and types: MS-OXPROPS, MS-OXCDATA 2.11. An `Item` is a mail, meeting or task with its recipients and
attachments; `outlook` writes it as a MIME mail.
"""

import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from ingest import charset

I2, I4, BOOLEAN, OBJECT, I8, STRING8, UNICODE, TIME, BINARY = 2, 3, 0x0B, 0x0D, 0x14, 0x1E, 0x1F, 0x40, 0x102
MULTIPLE = 0x1000
FIXED = {I2: 2, I4: 4, 4: 4, 5: 8, 6: 8, 7: 8, 0x0A: 4, BOOLEAN: 2, I8: 8, TIME: 8, 0x48: 16}

APPOINTMENT = bytes.fromhex("0220060000000000c000000000000046")
TASK = bytes.fromhex("0320060000000000c000000000000046")
COMMON = bytes.fromhex("0820060000000000c000000000000046")
MEETING = bytes.fromhex("90dad86e0b451b1098da00aa003f1305")

_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_CODEPAGES = {
    65001: "utf-8", 65000: "utf-7", 1200: "utf-16-le", 1201: "utf-16-be", 20127: "us-ascii",
    20866: "koi8-r", 21866: "koi8-u", 50220: "iso-2022-jp", 50221: "iso-2022-jp", 50222: "iso-2022-jp",
    50225: "iso-2022-kr", 51932: "euc-jp", 51949: "euc-kr", 52936: "hz", 54936: "gb18030", 936: "gbk",
    10000: "mac-roman",
}  # fmt: skip

Value = bytes | Callable[[], bytes | None]


def codepage(number: int | None) -> str | None:
    """The charset of a Windows code page; None for one that is unknown."""
    if number is None:
        return None
    if 28591 <= number <= 28605:
        return f"iso-8859-{number - 28590}"
    name = _CODEPAGES.get(number) or f"cp{number}"
    return name if charset.known(name) else None


@dataclass(slots=True)
class Properties:
    """The properties of one object: id → (type, bytes or what gives them), named ones by (set, name) → id.

    Every question gives None for a property that is missing, of another type or damaged.
    """

    values: dict[int, tuple[int, Value]] = field(default_factory=dict)
    names: Mapping[tuple[bytes, int | str], int] = field(default_factory=dict)
    encoding: str | None = None

    def data(self, number: int) -> bytes | None:
        """The bytes of a property, whatever its type."""
        held = self.values.get(number)
        if held is None:
            return None
        return held[1] if isinstance(held[1], bytes) else held[1]()

    def kind(self, number: int) -> int | None:
        held = self.values.get(number)
        return None if held is None else held[0]

    def text(self, *numbers: int) -> str | None:
        """The first of these properties that is a string with something in it."""
        for number in numbers:
            data = self.data(number) if self.kind(number) in {STRING8, UNICODE} else None
            text = self._decoded(data, self.kind(number)) if data else ""
            if text.strip():
                return text
        return None

    def _decoded(self, data: bytes, kind: int | None) -> str:
        if kind == UNICODE:
            text = data[: len(data) // 2 * 2].decode("utf-16-le", "replace")
        else:
            text = charset.decode(data, self.encoding)[0]
        return text.rstrip("\0").replace("\0", "")

    def number(self, number: int) -> int | None:
        """A number or truth value."""
        kind, data = self.kind(number), self.data(number) if number in self.values else None
        size = FIXED.get(kind or 0, 0)
        if data is None or kind not in {I2, I4, BOOLEAN, I8} or len(data) < size:
            return None
        return int.from_bytes(data[:size], "little", signed=kind in {I2, I4, I8})

    def moment(self, *numbers: int) -> datetime | None:
        """The first of these properties that is a time with a year that a mail can have, in UTC."""
        for number in numbers:
            data = self.data(number) if self.kind(number) == TIME else None
            if data is None or len(data) < 8:
                continue
            days, ticks = divmod(struct.unpack("<Q", data[:8])[0], 864_000_000_000)
            if 134_000 < days < 219_000:  # 1967 to 2200
                return _EPOCH + timedelta(days=days, microseconds=ticks // 10)
        return None

    def named(self, group: bytes, name: int | str) -> int:
        """The id that a named property has here; 0, which no property has, if it has none."""
        return self.names.get((group, name), 0)


@dataclass(slots=True)
class Enclosed:
    """An attachment: its properties, the item in it if it is one, and its bytes."""

    properties: Properties
    item: "Item | None" = None
    data: Value | None = None

    def content(self) -> bytes | None:
        """The document's bytes; None if they lie elsewhere or are no plain bytes."""
        if self.data is None or isinstance(self.data, bytes):
            return self.data
        return self.data()


@dataclass(slots=True)
class Item:
    """What Outlook saved: a mail, a meeting, a task."""

    properties: Properties
    recipients: list[Properties] = field(default_factory=list)
    attachments: list[Enclosed] = field(default_factory=list)
