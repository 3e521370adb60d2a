"""Outlook's .msg (MS-OXMSG): a compound file with a stream for each property of an item."""

import re
import struct
from functools import partial

from ingest import mapi, ole
from ingest.limits import Budget
from ingest.mapi import Enclosed, Item, Properties
from ingest.ole import Storage

_PROPERTIES = "__properties_version1.0"
_NAMES = "__nameid_version1.0"
_STREAM = re.compile(r"__substg1\.0_([0-9a-f]{4})([0-9a-f]{4})")
_EMBEDDED = "__substg1.0_3701000d"
_WELL_KNOWN = {
    1: bytes.fromhex("2803020000000000c000000000000046"),
    2: bytes.fromhex("2903020000000000c000000000000046"),
}
_VARIABLE = {mapi.STRING8, mapi.UNICODE, mapi.BINARY}
_MAX_PROPERTIES = 20_000
_HEADER, _HEADER_EMBEDDED, _HEADER_INNER = 32, 24, 8

Names = dict[tuple[bytes, int | str], int]


def read(data: bytes, budget: Budget, depth: int = 0) -> Item | None:
    """The item of a .msg; None if it is none. What is damaged is read as far as it goes, with a problem.

    `depth` counts the levels around it.
    """
    try:
        file = ole.OleFile(data)
    except ole.OleBrokenError:
        return None
    if not any(name.startswith("__substg1.0_") for name in file.root.streams) and not file.root.streams.get(
        _PROPERTIES
    ):
        return None
    names = _names(file.root.storages.get(_NAMES))
    item = _item(file.root, names, _HEADER, depth, budget)
    if file.damaged:
        budget.report("msg-broken", "some of it could not be read")
    return item


def _item(storage: Storage, names: Names, header: int, depth: int, budget: Budget) -> Item:
    properties = _properties(storage, names, header, None)
    recipients = [
        _properties(inner, names, _HEADER_INNER, properties.encoding)
        for inner in _numbered(storage, "__recip_version1.0_", budget.limits.recipients)
    ]
    attachments = [
        _enclosed(inner, names, properties.encoding, depth, budget)
        for inner in _numbered(storage, "__attach_version1.0_", budget.limits.parts)
    ]
    return Item(properties, recipients, attachments)


def _numbered(storage: Storage, prefix: str, most: int) -> list[Storage]:
    """The storages of recipients or attachments in their order."""
    names = sorted(name for name in storage.storages if name.startswith(prefix))
    return [storage.storages[name] for name in names[:most]]


def _enclosed(storage: Storage, names: Names, encoding: str | None, depth: int, budget: Budget) -> Enclosed:
    properties = _properties(storage, names, _HEADER_INNER, encoding)
    inner = storage.storages.get(_EMBEDDED)
    if inner is None:
        return Enclosed(properties, None, partial(storage.read, "__substg1.0_37010102"))
    if depth >= budget.limits.depth:
        budget.report("limit-depth", f"more than {budget.limits.depth} levels, {budget.limits.depth} read")
        return Enclosed(properties)
    if _PROPERTIES not in inner.streams:
        # An OLE object, a drawing or a sheet that lies in the text: of some its file is one of its streams.
        whole = next((name for name in ("package", "contents") if name in inner.streams), None)
        return Enclosed(properties, None, partial(inner.read, whole) if whole else None)
    return Enclosed(properties, _item(inner, names, _HEADER_EMBEDDED, depth + 1, budget))


def _properties(storage: Storage, names: Names, header: int, encoding: str | None) -> Properties:
    """Fixed values out of the table of properties, variable ones read when asked for; Unicode goes first."""
    table = storage.read(_PROPERTIES) or b""
    values: dict[int, tuple[int, mapi.Value]] = {}
    for at in range(header, min(len(table), 16 * _MAX_PROPERTIES) - 15, 16):
        kind, number = struct.unpack_from("<HH", table, at)
        if kind in mapi.FIXED:
            values.setdefault(number, (kind, table[at + 8 : at + 16]))
    for name in storage.streams:
        match = _STREAM.fullmatch(name)
        number, kind = (int(match[1], 16), int(match[2], 16)) if match else (0, 0)
        if kind in _VARIABLE and values.get(number, (0,))[0] != mapi.UNICODE:
            values[number] = (kind, partial(storage.read, name))
    found = Properties(values, names, encoding)
    declared = found.number(0x3FFD) or found.number(0x3FDE)
    found.encoding = mapi.codepage(declared) or encoding
    return found


def _names(storage: Storage | None) -> Names:
    """Which id stands for which named property (MS-OXMSG, 2.2.3)."""
    if storage is None:
        return {}
    groups, entries, strings = (storage.read(f"__substg1.0_000{at}0102") or b"" for at in (2, 3, 4))
    names: Names = {}
    for at in range(0, min(len(entries), 8 * 0x7FFE) - 7, 8):
        number, kind, index = struct.unpack_from("<IHH", entries, at)
        group = _WELL_KNOWN.get(kind >> 1) or groups[16 * ((kind >> 1) - 3) :][:16]
        name = _name(strings, number) if kind & 1 else number
        names.setdefault((group, name), 0x8000 + index)
    return names


def _name(strings: bytes, at: int) -> str:
    size = int.from_bytes(strings[at : at + 4], "little")
    return strings[at + 4 : at + 4 + min(size, 510)].decode("utf-16-le", "replace")
