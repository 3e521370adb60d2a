"""Mail from files: one mail a file, mbox, Maildir and Maildir++, folders of all of them, standard input.

An mbox is read as mboxrd (one `>` is taken from `>From ` lines), in one pass, one mail in memory at a time.
"""

import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from ingest import headers
from ingest.errors import UsageError
from ingest.model import Source

_SEPARATOR = re.compile(
    rb"From (?:.{0,300}?[ :])?\d{1,2}:\d{2}(?::\d{2})?\b.{0,60}$|From (?:.{0,200} )?\d{4}\s*$"
)
_FIELD = re.compile(rb"[!-9;-~]{1,100}[ \t]*:")
_QUOTED = re.compile(rb">+From ")
_STAMP = re.compile(r"\d{1,18}")
_BOX_FOLDERS = ("cur", "new")


class PathMissing(UsageError):
    """A path that was asked for does not exist."""

    line = "no such file or folder"

    def __init__(self, path: str) -> None:
        super().__init__(path=path)


class PathUnreadable(UsageError):
    """A path is there and cannot be read; `reason` is the system's word for it."""

    line = "cannot be read"

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path=path, reason=reason)


def sources(paths: Iterable[str], stdin: BinaryIO, skipped: list[str] | None = None) -> Iterator[Source]:
    """Every raw mail of these paths, in order; "-" is standard input.

    With `skipped`, a file that was found in a folder and is no mail is put there instead; one that is named, and
    everything in a Maildir, is mail whatever it holds.

    Raises PathMissing at once, before anything is read; PathUnreadable for the first file that could not be
    read, after all others were given.
    """
    wanted = list(paths)
    for path in wanted:
        if path != "-" and not Path(path).exists():
            raise PathMissing(path)
    return _all(wanted, stdin, skipped)


def _all(paths: list[str], stdin: BinaryIO, skipped: list[str] | None) -> Iterator[Source]:
    failed: list[PathUnreadable] = []
    for path in paths:
        if path == "-":
            yield from _stream(stdin, "-", {})
        else:
            yield from _path(path, failed, skipped)
    if failed:
        raise failed[0]


def _path(path: str, failed: list[PathUnreadable], skipped: list[str] | None) -> Iterator[Source]:
    if Path(path).is_dir():
        yield from _folder(path, path, failed, skipped)
    else:
        yield from _file(path, {"path": path}, failed)


def _file(path: str, locator: dict[str, str], failed: list[PathUnreadable]) -> Iterator[Source]:
    """The mails of one file; one that cannot be read is noted, and the others go on."""
    try:
        with Path(path).open("rb") as stream:
            yield from _stream(stream, path, locator)
    except OSError as error:
        failed.append(PathUnreadable(path, error.strerror or type(error).__name__))


def _stream(stream: BinaryIO, name: str, locator: dict[str, str]) -> Iterator[Source]:
    """One mail, or the mails of an mbox; its first two lines tell."""
    first = stream.readline()
    if not first.startswith(b"From "):
        yield Source(name, first + stream.read(), dict(locator))
        return
    second = stream.readline()
    if not _separates(first, second):
        yield Source(name, first + second + stream.read(), dict(locator))
        return
    for number, raw in enumerate(_mbox(second, stream), 1):
        yield Source(f"{name}#{number}", raw, locator | {"number": str(number)})


def _separates(line: bytes, following: bytes) -> bool:
    """A separator has a time of day or ends in a year, or a header field follows it."""
    if not headers.SEPARATOR.match(line):
        return False
    return _SEPARATOR.match(line.rstrip()) is not None or _FIELD.match(following) is not None


def _mbox(line: bytes, stream: BinaryIO) -> Iterator[bytes]:
    """The mails of an mbox whose first separator has been read; `line` is the one behind it."""
    lines: list[bytes] = []
    while line:
        following = stream.readline()
        at_gap = not lines or lines[-1] in {b"\n", b"\r\n"}
        if at_gap and line.startswith(b"From ") and _separates(line, following):
            yield _joined(lines)
            lines = []
        else:
            lines.append(line[1:] if line[:1] == b">" and _QUOTED.match(line) else line)
        line = following
    yield _joined(lines)


def _joined(lines: list[bytes]) -> bytes:
    """A mail without the empty line that an mbox puts behind it."""
    if len(lines) > 1 and lines[-1] in {b"\n", b"\r\n"}:
        lines.pop()
    return b"".join(lines)


def _folder(path: str, top: str, failed: list[PathUnreadable], skipped: list[str] | None) -> Iterator[Source]:
    """A Maildir with the folders in it, or a folder of anything; sorted by name, hidden files left out."""
    try:
        entries = sorted(os.scandir(path), key=lambda entry: entry.name)
    except OSError as error:
        failed.append(PathUnreadable(path, error.strerror or type(error).__name__))
        return
    is_box = all(any(entry.name == name and entry.is_dir() for entry in entries) for name in _BOX_FOLDERS)
    if is_box:
        yield from _maildir(path, top, failed)
    for entry in entries:
        if is_box and (entry.name in {"cur", "new", "tmp"} or not entry.is_dir(follow_symlinks=False)):
            continue
        if entry.name.startswith(".") and not (is_box and (Path(entry.path) / "cur").is_dir()):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _folder(entry.path, top, failed, skipped)
        elif _is_regular(entry):
            yield from _found(entry.path, failed, skipped)


def _found(path: str, failed: list[PathUnreadable], skipped: list[str] | None) -> Iterator[Source]:
    """A file that nobody named: mail, or noted as none where that is asked for."""
    if skipped is not None:
        from ingest.mailfiles import is_mail_file  # it knows every language's header lines

        try:
            with Path(path).open("rb") as stream:
                if not is_mail_file(path, stream):
                    skipped.append(path)
                    return
        except OSError:
            pass  # reading it below says so
    yield from _file(path, {"path": path}, failed)


def _is_regular(entry: os.DirEntry[str]) -> bool:
    """Pipes and devices in a folder would wait for ever."""
    try:
        return stat.S_ISREG(entry.stat().st_mode)
    except OSError:
        return entry.is_symlink() is False


def _maildir(path: str, top: str, failed: list[PathUnreadable]) -> Iterator[Source]:
    """The mails of one Maildir, oldest first by the time stamp in their names."""
    folder = os.path.relpath(path, top)
    files: list[os.DirEntry[str]] = []
    for name in _BOX_FOLDERS:
        try:
            files += [entry for entry in os.scandir(Path(path) / name) if not entry.name.startswith(".")]
        except OSError as error:
            failed.append(PathUnreadable(str(Path(path) / name), error.strerror or type(error).__name__))
    number = 0
    for entry in sorted(filter(_is_regular, files), key=_age):
        number += 1
        locator = {"path": entry.path, "folder": "" if folder == "." else folder, "number": str(number)}
        try:
            raw = Path(entry.path).read_bytes()
        except OSError as error:
            failed.append(PathUnreadable(entry.path, error.strerror or type(error).__name__))
            continue
        yield Source(f"{path}#{number}", raw, locator)


def _age(entry: os.DirEntry[str]) -> tuple[int, str]:
    """Delivery time in seconds, then the rest of the unique name (maildir(5))."""
    stamp = _STAMP.match(entry.name)
    return (int(stamp[0]) if stamp else 0, entry.name)
