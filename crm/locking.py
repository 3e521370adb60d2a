"""One sync of an account at a time, by a lock that the system takes away when its holder dies."""

import contextlib
import fcntl
import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from crm.errors import AccountBusy, SettingsInvalid

_POLL = 0.1


@contextlib.contextmanager
def account_lock(store_url: str, account: str, timeout: float) -> Iterator[None]:
    """Holds the account's lock; waits `timeout` seconds for another sync, then raises AccountBusy.

    Raises SettingsInvalid where its folder is not ours alone.
    """
    digest = hashlib.sha256(f"{store_url} {account}".encode()).hexdigest()
    path = _folder() / f"{digest[:32]}.lock"
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        _wait(descriptor, account, time.monotonic() + timeout)
        yield
    finally:
        os.close(descriptor)


def _folder() -> Path:
    """A folder of this user's alone; the lock lives and dies with the machine."""
    folder = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()) / f"aterkom-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != os.getuid():
        raise SettingsInvalid("XDG_RUNTIME_DIR", f"{folder} belongs to somebody else")
    return folder


def _wait(descriptor: int, account: str, until: float) -> None:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if time.monotonic() >= until:
                raise AccountBusy(account) from None
            time.sleep(_POLL)
        else:
            return
