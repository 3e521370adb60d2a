"""Compound files (MS-CFB) made in a test: storages and streams as nested dicts of names."""

import struct
from collections.abc import Mapping
from typing import Union

Tree = Mapping[str, Union[bytes, "Tree"]]

_MINI, _CUTOFF = 64, 4096
_END, _FREE, _FAT, _LIST, _NOBODY = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFC, 0xFFFFFFFF
_HEADER = struct.Struct("<8s16sHHHHH6sIIIIIIIII")


class _File:
    """Collects entries, sectors and mini sectors."""

    def __init__(self, sector: int) -> None:
        self.sector = sector
        self.entries: list[list[object]] = []
        self.sectors: list[bytes] = []
        self.fat: list[int] = []
        self.mini = b""
        self.mini_fat: list[int] = []

    def entry(self, name: str, kind: int) -> int:
        self.entries.append([name, kind, _NOBODY, _NOBODY, _NOBODY, _END, 0])
        return len(self.entries) - 1

    def place(self, data: bytes) -> int:
        """Sectors in a row; the number of the first."""
        if not data:
            return _END
        size = self.sector
        first, count = len(self.sectors), -(-len(data) // size)
        self.sectors += [data[at * size : (at + 1) * size].ljust(size, b"\0") for at in range(count)]
        self.fat += [*range(first + 1, first + count), _END]
        return first

    def place_mini(self, data: bytes) -> int:
        if not data:
            return _END
        first, count = len(self.mini_fat), -(-len(data) // _MINI)
        self.mini += data.ljust(count * _MINI, b"\0")
        self.mini_fat += [*range(first + 1, first + count), _END]
        return first

    def fill(self, parent: int, tree: Tree) -> None:
        names = sorted(tree, key=lambda name: (len(name), name.upper()))
        numbers = {name: self.entry(name, 2 if isinstance(tree[name], bytes) else 1) for name in names}
        self.entries[parent][4] = self._balance([numbers[name] for name in names])
        for name in names:
            content = tree[name]
            if isinstance(content, bytes):
                self.entries[numbers[name]][6] = len(content)
                place = self.place_mini if len(content) < _CUTOFF else self.place
                self.entries[numbers[name]][5] = place(content)
            else:
                self.fill(numbers[name], content)

    def _balance(self, numbers: list[int]) -> int:
        if not numbers:
            return _NOBODY
        middle = len(numbers) // 2
        self.entries[numbers[middle]][2] = self._balance(numbers[:middle])
        self.entries[numbers[middle]][3] = self._balance(numbers[middle + 1 :])
        return numbers[middle]


def compound(tree: Tree, shift: int = 9) -> bytes:
    """The bytes of a compound file with sectors of 512 bytes (version 3) or, with `shift` 12, of 4096."""
    file = _File(1 << shift)
    size, each = file.sector, file.sector // 4
    file.fill(file.entry("Root Entry", 5), tree)
    file.entries[0][6] = len(file.mini)
    file.entries[0][5] = file.place(file.mini)
    first_mini = file.place(struct.pack(f"<{len(file.mini_fat)}I", *file.mini_fat))
    directory = b"".join(_directory_entry(entry) for entry in file.entries)
    first_directory = file.place(directory + bytes(-len(directory) % size))
    tables = lists = 0
    while tables * each < len(file.fat) + tables + lists:
        tables += 1
        lists = max(0, -(-(tables - 109) // (each - 1)))
    first_table = len(file.sectors)
    fat = [*file.fat, *[_FAT] * tables, *[_LIST] * lists]
    table = struct.pack(f"<{tables * each}I", *fat, *[_FREE] * (tables * each - len(fat)))
    numbers = [*range(first_table, first_table + tables)]
    first_list = first_table + tables
    header = _HEADER.pack(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3 if shift == 9 else 4, 0xFFFE, shift, 6, b"", 0, tables,
        first_directory, 0, _CUTOFF, first_mini, 1, first_list if lists else _END, lists,
    )  # fmt: skip
    header += struct.pack("<109I", *numbers[:109], *[_FREE] * (109 - len(numbers[:109])))
    return (
        header.ljust(size, b"\0") + b"".join(file.sectors) + table + _lists(numbers[109:], first_list, each)
    )


def _lists(numbers: list[int], first: int, each: int) -> bytes:
    """Where the allocation table goes on beyond its 109th sector; each list ends with the place of the next."""
    blocks = [numbers[at : at + each - 1] for at in range(0, len(numbers), each - 1)]
    return b"".join(
        struct.pack(
            f"<{each}I",
            *block,
            *[_FREE] * (each - 1 - len(block)),
            first + number if number < len(blocks) else _END,
        )
        for number, block in enumerate(blocks, 1)
    )


def _directory_entry(entry: list[object]) -> bytes:
    name, kind, left, right, child, first, size = entry
    spelled = (str(name) + "\0").encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16sI8s8sIII",
        spelled,
        len(spelled),
        kind,
        1,
        left,
        right,
        child,
        b"",
        0,
        b"",
        b"",
        first,
        size,
        0,
    )
