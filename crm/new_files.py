"""Files that appear whole or not at all, for their owner alone, and in the place of another only where that is asked."""

import errno
import os
import secrets
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from crm.errors import NotWritten

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS, errno.ENAMETOOLONG}
_TRIES = 1000  # names beside one that is taken


def refuse_existing(*paths: Path) -> None:
    """Raises FileExistsError for the first that is there, be it a link that leads nowhere."""
    for path in paths:
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))


@contextmanager
def new_file(path: Path) -> Iterator[IO[bytes]]:
    """A file of mode 0600 that has its name when the block has ended well. Raises OSErrors and NotWritten."""
    refuse_existing(path)
    with _told(path):
        part = _part(path)
        descriptor = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            os.link(part, path)  # unlike a rename it fails where somebody else was faster
        finally:
            part.unlink()


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """A folder of mode 0700, to be filled under another name. Raises OSErrors and NotWritten."""
    refuse_existing(path)
    with _told(path):
        part = _part(path)
        part.mkdir(mode=0o700)
        try:
            yield part
            refuse_existing(path)
            part.rename(path)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise


def replace_file(path: Path, content: bytes) -> None:
    """Puts a file in the place of another at once: whoever reads it has the old or the new. Raises OSErrors, NotWritten.

    A new one has the mode 0600; one that was there keeps its own, so that it can be shared once and for all.
    """
    target = path.resolve()
    with _told(path):
        mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o600
        part = _part(target)
        descriptor = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.chmod(mode)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)


def write_new(path: Path, content: bytes) -> None:
    """A file of its owner's alone; one that is there already, or a link, is left as it is: FileExistsError."""
    with new_file(path) as file:
        file.write(content)


def write_free(folder: Path, name: str, content: bytes) -> Path:
    """A file under `name`, or where that is taken under `name (2)` and so on; gives its path."""
    stem, dot, extension = name.rpartition(".")
    stem, ending = (stem, dot + extension) if stem else (name, "")
    for number in range(1, _TRIES):
        path = folder / (name if number == 1 else f"{stem} ({number}){ending}")
        with suppress(FileExistsError):
            write_new(path, content)
            return path
    raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(folder / name))


def private_folder(path: Path) -> Path:
    """The folder, made for its owner alone where it is missing."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _part(path: Path) -> Path:
    return path.with_name(f".{path.name[:100]}.{secrets.token_hex(4)}.part")


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """A full or failing disk is not the caller's mistake; a wrong path is, and keeps its own error."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise NotWritten(str(path), error.strerror or str(error)) from error
        if Path(str(error.filename)).parent != path.parent:
            raise
        # The name before the last is nobody's business; what is missing is the folder.
        named = path.parent if error.errno == errno.ENOENT else path
        raise OSError(error.errno, error.strerror, str(named)) from error
