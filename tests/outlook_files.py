"""Outlook's files made in a test: .msg and winmail.dat of invented mails."""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from ingest.mapi import APPOINTMENT, COMMON, TASK
from tests.compound import Tree, compound

Value = str | bytes | int | bool | datetime
NAMED: dict[int, tuple[bytes, int]] = {
    0x8001: (APPOINTMENT, 0x820D),
    0x8002: (APPOINTMENT, 0x820E),
    0x8003: (APPOINTMENT, 0x8208),
    0x8004: (APPOINTMENT, 0x8215),
    0x8005: (TASK, 0x8105),
    0x8006: (COMMON, 0x8516),
    0x8007: (APPOINTMENT, 0x8223),
    0x8008: (APPOINTMENT, 0x8232),
}
START, END, PLACE, ALL_DAY, DUE, RECURS, PATTERN = 0x8001, 0x8002, 0x8003, 0x8004, 0x8005, 0x8007, 0x8008


@dataclass(frozen=True)
class Saved:
    """An item: properties by id, recipients, attachments (an item among them is attached whole)."""

    properties: Mapping[int, Value]
    recipients: Sequence[Mapping[int, Value]] = ()
    attachments: Sequence["Mapping[int, Value] | Saved"] = field(default=())


def filetime(moment: datetime) -> bytes:
    since = moment - datetime(1601, 1, 1, tzinfo=UTC)
    return struct.pack("<Q", (since.days * 86_400 + since.seconds) * 10_000_000)


def _fixed(value: Value) -> tuple[int, bytes] | None:
    if isinstance(value, bool):
        return 0x0B, struct.pack("<H6x", value)
    if isinstance(value, int):
        return 3, struct.pack("<i4x", value)
    return (0x40, filetime(value)) if isinstance(value, datetime) else None


def _streams(properties: Mapping[int, Value], header: int, *, narrow: str | None) -> dict[str, bytes]:
    table = bytes(header)
    streams: dict[str, bytes] = {}
    for number, value in properties.items():
        if found := _fixed(value):
            table += struct.pack("<HHI", found[0], number, 6) + found[1]
        elif isinstance(value, bytes):
            streams[f"__substg1.0_{number:04X}0102"] = value
            table += struct.pack("<HHIII", 0x102, number, 6, len(value), 0)
        elif isinstance(value, str):
            kind, data = (0x1F, value.encode("utf-16-le")) if narrow is None else (0x1E, value.encode(narrow))
            streams[f"__substg1.0_{number:04X}{kind:04X}"] = data
            table += struct.pack("<HHIII", kind, number, 6, len(data), 0)
    return streams | {"__properties_version1.0": table}


def _storage(saved: Saved, header: int, *, narrow: str | None) -> dict[str, "bytes | Tree"]:
    tree: dict[str, bytes | Tree] = {**_streams(saved.properties, header, narrow=narrow)}
    for number, recipient in enumerate(saved.recipients):
        tree[f"__recip_version1.0_#{number:08X}"] = _streams(recipient, 8, narrow=narrow)
    for number, attached in enumerate(saved.attachments):
        if isinstance(attached, Saved):
            inner: dict[str, bytes | Tree] = {**_streams({0x3705: 5}, 8, narrow=narrow)}
            inner["__substg1.0_3701000D"] = _storage(attached, 24, narrow=narrow)
        else:
            inner = {**_streams(attached, 8, narrow=narrow)}
        tree[f"__attach_version1.0_#{number:08X}"] = inner
    return tree


def msg(saved: Saved, *, narrow: str | None = None, shift: int = 9) -> bytes:
    """A .msg as Outlook saves it; `narrow`: a charset for strings that are no Unicode; `shift`: see `compound`."""
    tree = _storage(saved, 32, narrow=narrow)
    groups = list(dict.fromkeys(group for group, _ in NAMED.values()))
    entries = b"".join(
        struct.pack("<IHH", name, (groups.index(group) + 3) << 1, number - 0x8000)
        for number, (group, name) in NAMED.items()
    )
    tree["__nameid_version1.0"] = {
        "__substg1.0_00020102": b"".join(groups),
        "__substg1.0_00030102": entries,
        "__substg1.0_00040102": b"",
    }
    return compound(tree, shift)


def _attribute(level: int, number: int, data: bytes) -> bytes:
    return struct.pack("<BII", level, number, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 4)


def _listed(properties: Mapping[int, Value | tuple[int, bytes]]) -> bytes:
    found = struct.pack("<I", len(properties))
    for number, value in properties.items():
        kind, data, sized = _typed(value)
        found += struct.pack("<HH", kind, number)
        if number >= 0x8000:
            group, name = NAMED[number]
            found += group + struct.pack("<II", 0, name)
        found += struct.pack("<II", 1, len(data)) + _padded(data) if sized else _padded(data)
    return found


def _typed(value: Value | tuple[int, bytes]) -> tuple[int, bytes, bool]:
    if isinstance(value, tuple):
        return value[0], value[1], True
    if isinstance(value, bool):
        return 0x0B, struct.pack("<H", value), False
    if isinstance(value, int):
        return 3, struct.pack("<i", value), False
    if isinstance(value, datetime):
        return 0x40, filetime(value), False
    return (
        (0x102, value, True) if isinstance(value, bytes) else (0x1F, (value + "\0").encode("utf-16-le"), True)
    )


def tnef(saved: Saved, *, body: bytes | None = None) -> bytes:
    """A winmail.dat; `body`: a plain text in code page 1252, as an attribute of its own."""
    out = b"\x78\x9f\x3e\x22\x01\x00"
    out += _attribute(1, 0x00089006, struct.pack("<I", 0x10000))
    out += _attribute(1, 0x00069007, struct.pack("<II", 1252, 0))
    if body is not None:
        out += _attribute(1, 0x0002800C, body + b"\0")
    out += _attribute(1, 0x00069003, _listed(saved.properties))
    for attached in saved.attachments:
        out += _attribute(2, 0x00069002, struct.pack("<HIHHI", 1, 0xFFFFFFFF, 0, 0, 0))
        if isinstance(attached, Saved):
            message = bytes.fromhex("0703020000000000c000000000000046") + tnef(attached)
            out += _attribute(2, 0x00069005, _listed({0x3705: 5, 0x3701: (0x0D, message)}))
            continue
        data = attached[0x3701]
        if not isinstance(data, bytes):
            raise TypeError(data)
        rest = {number: value for number, value in attached.items() if number != 0x3701}
        out += _attribute(2, 0x00018010, b"KORT~1.PDF\0") + _attribute(2, 0x0006800F, data)
        out += _attribute(2, 0x00069005, _listed(rest))
    return out


def literal_lzfu(rtf: bytes) -> bytes:
    """Compressed RTF in which nothing is compressed: eight letters behind each control byte."""
    body = b"".join(b"\0" + rtf[at : at + 8] for at in range(0, len(rtf), 8))
    return struct.pack("<IIII", len(body) + 12, len(rtf), 0x75465A4C, 0) + body
