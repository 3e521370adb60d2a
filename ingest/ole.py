"""Compound files (MS-CFB), the file system in which Outlook keeps a saved item: storages and streams.

A reader of our own since olefile recurses over the directory, compares every stream with all others, and gives up
the whole file over one wrong sector. This one is iterative, reads a stream only when asked, gives what is left of
a damaged one, and reads no more than twice the file's bytes however often sectors are named.
"""

import struct
from array import array
from dataclasses import dataclass, field

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFA  # this and all above it are no sectors (MS-CFB, 2.1)
_NOBODY = 0xFFFFFFFF
_ENTRY = struct.Struct("<64sHBBIII16sI8s8sIII")
_ENTRY_SIZE = 128
_MAX_ENTRIES = 100_000
_MINI = 64
_STORAGE, _STREAM, _ROOT = 1, 2, 5


class OleBrokenError(ValueError):
    """These bytes are no compound file, or their directory cannot be found."""


@dataclass(slots=True)
class Storage:
    """A folder of a compound file; names are in lower case."""

    file: "OleFile"
    streams: dict[str, tuple[int, int]] = field(default_factory=dict)
    storages: dict[str, "Storage"] = field(default_factory=dict)

    def read(self, name: str) -> bytes | None:
        """The bytes of a stream, cut where the file is damaged; None if there is no such stream."""
        place = self.streams.get(name.lower())
        return None if place is None else self.file.read(*place)


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    left: int
    right: int
    child: int
    first: int
    size: int


class OleFile:
    """A compound file; `root` is its outermost storage, `damaged` True once something was missing.

    Raises OleBrokenError if there is no directory to read.
    """

    def __init__(self, data: bytes) -> None:
        if len(data) < 512 or not data.startswith(MAGIC):
            raise OleBrokenError
        shift = struct.unpack_from("<H", data, 30)[0]
        if shift not in {9, 12}:
            raise OleBrokenError
        self._data = data
        self._sector = 1 << shift
        self._left = 2 * len(data) + 65_536
        self.damaged = False
        first_directory, _, self._cutoff, first_mini, _, first_more, more = struct.unpack_from(
            "<7I", data, 48
        )
        self._fat = self._table(self._fat_sectors(first_more, more))
        self._mini_fat = self._table(self._chain(first_mini, len(self._fat)))
        entries = self._entries(first_directory)
        if not entries or entries[0].kind != _ROOT:
            raise OleBrokenError
        self._mini = self._from_sectors(entries[0].first, entries[0].size) if entries[0].size else b""
        self.root = self._tree(entries)

    def read(self, first: int, size: int) -> bytes:
        """`size` bytes of the chain that begins at sector `first`; small streams lie in the mini stream."""
        wanted = min(size, self._left)
        self._left -= wanted
        if wanted < size:
            self.damaged = True
        data = self._from_mini(first, wanted) if size < self._cutoff else self._from_sectors(first, wanted)
        if len(data) < wanted:
            self.damaged = True
        return data

    def _sector_at(self, number: int) -> bytes:
        return self._data[(number + 1) * self._sector : (number + 2) * self._sector]

    def _fat_sectors(self, first_more: int, more: int) -> list[int]:
        """Where the allocation table stands: 109 sectors by the header, others by a chain of lists."""
        sectors = list(struct.unpack_from("<109I", self._data, 76))
        bound = len(self._data) // self._sector + 1
        each = self._sector // 4
        at = first_more
        for _ in range(min(more, bound // each + 1)):
            block = self._sector_at(at) if at < _END else b""
            if len(block) < self._sector:
                break
            *listed, at = struct.unpack(f"<{each}I", block)
            sectors += listed
        return [sector for sector in sectors if sector < bound][:bound]

    def _table(self, sectors: list[int]) -> "array[int]":
        joined = b"".join(self._sector_at(sector) for sector in sectors)
        table = array("I")
        table.frombytes(joined[: len(joined) // 4 * 4])
        return table

    def _chain(self, first: int, most: int) -> list[int]:
        return _followed(self._fat, first, min(most, len(self._fat)))

    def _from_sectors(self, first: int, size: int) -> bytes:
        chain = self._chain(first, -(-size // self._sector))
        return b"".join(map(self._sector_at, chain))[:size]

    def _from_mini(self, first: int, size: int) -> bytes:
        chain = _followed(self._mini_fat, first, min(-(-size // _MINI), len(self._mini_fat)))
        return b"".join(self._mini[at * _MINI : (at + 1) * _MINI] for at in chain)[:size]

    def _entries(self, first: int) -> list[_Entry]:
        chain = self._chain(first, _MAX_ENTRIES * _ENTRY_SIZE // self._sector)
        data = b"".join(map(self._sector_at, chain))
        return [_entry(data, at) for at in range(0, len(data) - _ENTRY_SIZE + 1, _ENTRY_SIZE)]

    def _tree(self, entries: list[_Entry]) -> Storage:
        """Storages with what is in them. The order of the red-black tree says nothing: names are looked up."""
        root = Storage(self)
        seen = {0}
        waiting = [(entries[0].child, root)]
        while waiting:
            number, holder = waiting.pop()
            if number == _NOBODY:
                continue
            if number >= len(entries) or number in seen:
                self.damaged = True
                continue
            seen.add(number)
            entry = entries[number]
            waiting += [(entry.left, holder), (entry.right, holder)]
            if entry.kind == _STREAM:
                holder.streams.setdefault(entry.name, (entry.first, entry.size))
            elif entry.kind == _STORAGE:
                inner = holder.storages.setdefault(entry.name, Storage(self))
                waiting.append((entry.child, inner))
        return root


def _followed(table: "array[int]", first: int, most: int) -> list[int]:
    """A chain of sectors, at most `most` of them: a loop ends there."""
    chain: list[int] = []
    at = first
    while len(chain) < most and at < len(table):
        chain.append(at)
        at = table[at]
    return chain


def _entry(data: bytes, at: int) -> _Entry:
    name, length, kind, _, left, right, child, _, _, _, _, first, size, _ = _ENTRY.unpack_from(data, at)
    spelled = name[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace").lower()
    return _Entry(spelled, kind, left, right, child, first, size)
