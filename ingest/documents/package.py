"""A document that is a ZIP of XML parts (OOXML, ODF): read part by part, bounded, and nothing outside of it.

Entries are counted before the directory is parsed; sizes are checked against the directory before, and against
what really comes out while unpacking. XML is handed on tag by tag, so that no tree is built; libxml2 itself
ends at 256 levels. A document type declaration is refused: neither format has one, entity bombs do.
"""

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import IO, Any

from lxml import etree

from ingest.documents.model import Bounds, Enough, Problem, Unreadable

_CHUNK = 64_000
_CHECKED = 1_000  # elements between two looks at the clock
_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, OverflowError, RuntimeError, OSError
)  # fmt: skip


class Target:
    """What takes the tags and the text of one part, names without their namespace; by itself it takes no notice."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def data(self, text: str) -> None:
        """Text between two tags, or a piece of it."""


class Package:
    """The parts of one document, by name. Raises Unreadable for what is no ZIP, or one beyond a limit."""

    def __init__(self, data: bytes, bounds: Bounds) -> None:
        limits = bounds.limits
        if data.count(_ENTRY) > limits.document_entries:
            raise Unreadable("limit-document-entries", f"more than {limits.document_entries} files in it")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as error:
            raise Unreadable("document-broken", "the ZIP around it is damaged or cut off") from error
        self._bounds = bounds
        self._limits = limits
        self._unpacked = 0
        self._elements = 0
        self._parts = {_plain(info.filename): info for info in self._zip.infolist()}

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self._parts

    def read(self, name: str) -> bytes:
        """The bytes of a small part; b"" where there is none."""
        return b"".join(self._chunks(name)) if name in self else b""

    def parse(self, name: str, target: Target) -> None:
        """Hands a part's tags to `target`; one that is missing has none.

        Raises Unreadable where it is no XML to its end (what came before has been handed over), and lets
        through what the target raises.
        """
        if name not in self:
            return
        parser = etree.XMLParser(
            target=_Local(target, self),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
        )
        try:
            for chunk in self._chunks(name):
                parser.feed(chunk)
            parser.close()
        except etree.XMLSyntaxError as error:
            raise Unreadable("document-broken", f"{posixpath.basename(name)} is no XML to its end") from error

    def count_element(self) -> None:
        self._elements += 1
        if self._elements % _CHECKED == 0:
            self._bounds.check()
        if self._elements > self._limits.document_elements:
            raise Enough(
                "limit-document-elements", f"more than {self._limits.document_elements} XML elements"
            )

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """Id → (last word of the type, name of the part) of what a part refers to inside the package.

        A list that is damaged ends there: the document itself may be whole.
        """
        folder, base = posixpath.split(name)
        found = _Relations(folder)
        parsed(self, posixpath.join(folder, "_rels", f"{base}.rels"), found)
        return found.targets

    def main_part(self, default: str) -> str:
        """The name of the part that is the document itself."""
        for kind, target in self.relations("").values():
            if kind == "officeDocument":
                return target
        return default

    def _chunks(self, name: str) -> Iterator[bytes]:
        info = self._parts[_plain(name)]
        if info.flag_bits & _ENCRYPTED:
            raise Unreadable("document-encrypted")
        limit = self._limits.document_unpacked
        if info.compress_type not in _METHODS:
            raise Unreadable("document-broken", "packed in a way that no office program uses")
        if self._unpacked + info.file_size > limit:
            raise Unreadable("limit-document-unpacked", f"{info.file_size} bytes unpacked, {limit} read")
        try:
            with self._zip.open(info) as part:
                yield from self._counted(part)
        except _BROKEN as error:
            raise Unreadable("document-broken", "the ZIP around it is damaged") from error

    def _counted(self, part: IO[bytes]) -> Iterator[bytes]:
        """The directory may lie about the size: what comes out is counted."""
        while chunk := part.read(_CHUNK):
            self._unpacked += len(chunk)
            if self._unpacked > self._limits.document_unpacked:
                raise Unreadable(
                    "limit-document-unpacked", f"more than {self._limits.document_unpacked} bytes unpacked"
                )
            yield chunk


def parsed(package: Package, name: str, target: Target) -> tuple[Problem, ...]:
    """Hands a part's tags to `target`; gives a problem where it does not end well."""
    try:
        package.parse(name, target)
    except (Unreadable, Enough) as end:
        return ((end.code, end.detail),)
    return ()


def _plain(name: str) -> str:
    """Part names differ in case and slashes between programs (ECMA-376-2, 9.1.1: case does not matter)."""
    return name.replace("\\", "/").lstrip("/").lower()


class _Local:
    """libxml2's target: counts elements, takes namespaces away, refuses a document type declaration."""

    def __init__(self, target: Target, package: Package) -> None:
        self._target = target
        self._package = package

    def start(self, tag: Any, attributes: Any) -> None:
        self._package.count_element()
        # "{" sorts after every letter: of `id` and `r:id` the second stays.
        named = {_local(name): attributes[name] for name in sorted(attributes)} if attributes else {}
        self._target.start(tag.rpartition("}")[2], named)

    def end(self, tag: Any) -> None:
        self._target.end(tag.rpartition("}")[2])

    def data(self, data: Any) -> None:
        self._target.data(data)

    def doctype(self, name: str, public: str | None, system: str | None) -> None:  # noqa: ARG002 (lxml gives all)
        raise Unreadable("document-broken", "it declares XML entities")

    def comment(self, text: Any) -> None:
        """A comment is nobody's words."""

    def pi(self, target: str, data: str | None = None) -> None:
        """Nor is an instruction to a program."""

    def close(self) -> None:
        """The end of the part is for the parser to judge."""


def _local(name: str) -> str:
    return name.rpartition("}")[2] if name[0] == "{" else name


class _Relations(Target):
    def __init__(self, folder: str) -> None:
        self._folder = folder
        self.targets: dict[str, tuple[str, str]] = {}

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag != "Relationship" or attributes.get("TargetMode") == "External":
            return
        target = attributes.get("Target", "")
        path = target if target.startswith("/") else posixpath.join(self._folder, target)
        kind = attributes.get("Type", "").rpartition("/")[2]
        self.targets[attributes.get("Id", "")] = kind, posixpath.normpath(path).lstrip("/")
