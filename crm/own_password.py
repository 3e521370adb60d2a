"""A password that somebody types, kept where the schedule finds it: a file of theirs alone, named by reference."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import select

from crm.new_files import private_folder, write_free
from crm.settings import config_file
from db.schema import Account
from db.store import Store


def keep(password: str, config: Path | None = None) -> str:
    """Writes a file of mode 0600 beside the settings, never over another; gives its `file:` reference. Raises OSErrors.

    `config` is the settings file where one was named.
    """
    folder = private_folder(_folder(config))
    return f"file:{write_free(folder, 'password', password.encode()).resolve()}"


def forget(reference: str, config: Path | None = None) -> None:
    """Takes away what `keep` wrote, by the same `config`. Raises OSErrors, and ValueError for any other file."""
    if not _is_ours(reference, config):
        raise ValueError(reference)
    _path(reference).unlink(missing_ok=True)


@contextmanager
def forgotten_unless_named(
    store: Store, account: str, config: Path | None = None, *, other: str | None = None
) -> Iterator[None]:
    """An account's password that `keep` wrote goes after the block, if no account names it then, nor `other`.

    A password that lies anywhere else is left alone. Raises OSErrors.
    """
    with store.read() as session:
        before = session.scalar(select(Account.secret).where(Account.name == account))
    yield
    if before is None or before == other or not _is_ours(before, config):
        return
    with store.read() as session:
        is_named = session.scalar(select(Account.id).where(Account.secret == before).limit(1)) is not None
    if not is_named:
        forget(before, config)


def _is_ours(reference: str, config: Path | None) -> bool:
    return reference.startswith("file:") and _path(reference).parent == _folder(config).resolve()


def _path(reference: str) -> Path:
    return Path(reference.removeprefix("file:"))


def _folder(config: Path | None) -> Path:
    return (config or config_file()).parent / "passwords"
