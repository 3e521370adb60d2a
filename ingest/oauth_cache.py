"""A token on disk: one file an account, for its owner alone, replaced whole, renewed by one program at a time.

It holds the access token, when it ends, and for a person's sign-in what msal needs to renew it. It is JSON, not
encrypted: like a file with a password it is protected by its mode, and one that others may read is not used.
"""

import contextlib
import fcntl
import json
import os
import stat
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NoReturn

from ingest.errors import AuthorityUnreachable, TokenFileDamaged, TokenFileTooOpen, TokenFileUnusable
from ingest.secrets import Secret

MARGIN_SECONDS: Final = 300.0  # a sync begins with a token that has some minutes left, as msal itself does
LONGEST_SECONDS: Final = 7 * 86400  # no service is believed about a longer life
NEW_SECONDS: Final = 600.0
LOCK_SECONDS: Final = 120.0
MAX_BYTES: Final = 1024 * 1024
_POLL: Final = 0.05
_FORM: Final = 1


@dataclass(frozen=True, slots=True)
class Token:
    """An access token, when it ends and when it was got (seconds of the epoch), msal's notes for a renewal, and whose it is."""

    access: Secret
    expires: float
    notes: Secret | None = None
    user: str | None = None
    got: float = 0.0

    def lasts(self, now: float) -> bool:
        """Whether it is worth a try: not near its end, and no clock has jumped by days since it was kept."""
        return MARGIN_SECONDS < self.expires - now < LONGEST_SECONDS + MARGIN_SECONDS

    def is_new(self, now: float) -> bool:
        """Whether it was got so lately that the service would say the same again."""
        return 0.0 <= now - self.got < NEW_SECONDS


class TokenFile:
    """Where an account's token is kept. Its methods raise TokenFileTooOpen, TokenFileUnusable or as they say."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> Token | None:
        """The token, None where there is no file. Raises TokenFileDamaged as well."""
        try:
            descriptor = os.open(self.path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
        except FileNotFoundError:
            return None
        except OSError as error:
            self._unusable(error)
        with os.fdopen(descriptor, "rb") as file:
            self._check(os.fstat(descriptor))
            try:
                data = file.read(MAX_BYTES + 1)
            except OSError as error:
                self._unusable(error)
        token = _token_of(data)
        if token is None:
            raise TokenFileDamaged(ref=str(self.path))
        return token

    def write(self, token: Token) -> None:
        """Replaces the file whole: whoever reads sees the old one or the new one, after a power cut as well."""
        try:
            self._folder()
            descriptor, name = tempfile.mkstemp(dir=self.path.parent, prefix=f".{self.path.name}.")
            try:
                with os.fdopen(descriptor, "wb") as file:  # mkstemp makes it 0600
                    file.write(_data_of(token))
                    file.flush()
                    os.fsync(descriptor)
                Path(name).replace(self.path)
            except BaseException:
                with contextlib.suppress(OSError):
                    Path(name).unlink()
                raise
            _sync_folder(self.path.parent)
        except OSError as error:
            self._unusable(error)

    def remove(self) -> bool:
        """Deletes the token; whether there was one."""
        try:
            self.path.unlink()
        except FileNotFoundError:
            return False
        except OSError as error:
            self._unusable(error)
        return True

    @contextlib.contextmanager
    def locked(self, timeout: float = LOCK_SECONDS) -> Iterator[None]:
        """Held by one program at a time; the system takes it from one that dies. The empty file beside stays."""
        try:
            self._folder()
            flags = os.O_CREAT | os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW
            descriptor = os.open(self.path.with_name(f"{self.path.name}.lock"), flags, 0o600)
        except OSError as error:
            self._unusable(error)
        try:
            try:
                held = _flock(descriptor, timeout)
            except OSError as error:  # a file system without locks
                self._unusable(error)
            if not held:
                raise AuthorityUnreachable(reason="busy", ref=str(self.path))
            yield
        finally:
            os.close(descriptor)

    def _folder(self) -> None:
        """Made for us alone; in a folder that others write in the file could be replaced by theirs."""
        folder = self.path.parent
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.stat()
        if status.st_uid != os.geteuid() or status.st_mode & 0o022:
            raise TokenFileTooOpen(ref=str(folder), reason=f"mode {stat.S_IMODE(status.st_mode):04o}")

    def _check(self, status: os.stat_result) -> None:
        if not stat.S_ISREG(status.st_mode):
            raise TokenFileUnusable(ref=str(self.path), reason="not a file")
        if status.st_uid != os.geteuid():
            raise TokenFileTooOpen(ref=str(self.path), reason="owned by another")
        if status.st_mode & 0o177:
            raise TokenFileTooOpen(ref=str(self.path), reason=f"mode {stat.S_IMODE(status.st_mode):04o}")

    def _unusable(self, error: OSError) -> NoReturn:
        raise TokenFileUnusable(ref=str(self.path), reason=error.strerror or type(error).__name__) from None


def _flock(descriptor: int, timeout: float) -> bool:
    """A flock has no time limit of its own; a thread that waits in it could not be ended."""
    until = time.monotonic() + timeout
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                return False
            threading.Event().wait(_POLL)
        else:
            return True


def _sync_folder(folder: Path) -> None:
    """The rename itself on disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _data_of(token: Token) -> bytes:
    notes = token.notes.reveal() if token.notes else None
    kept = {"form": _FORM, "access": token.access.reveal(), "expires": token.expires, "got": token.got}
    return json.dumps({**kept, "notes": notes, "user": token.user}).encode()


def _token_of(data: bytes) -> Token | None:
    """None for what is not a file of ours, whole."""
    try:
        kept = json.loads(data) if len(data) <= MAX_BYTES else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(kept, dict) or kept.get("form") != _FORM:
        return None
    access, expires, got = kept.get("access"), kept.get("expires"), kept.get("got")
    notes, user = kept.get("notes"), kept.get("user")
    if not isinstance(access, str) or not access or not isinstance(notes, str | None):
        return None
    if not isinstance(expires, float) or not isinstance(got, float) or not isinstance(user, str | None):
        return None
    return Token(Secret(access), expires, Secret(notes) if notes else None, user, got)
