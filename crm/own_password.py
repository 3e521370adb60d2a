"""A password that somebody types, kept where the schedule finds it: a file of theirs alone, named by reference."""

from pathlib import Path

from crm.new_files import private_folder, write_free
from crm.settings import config_file


def keep(password: str, config: Path | None = None) -> str:
    """Writes a file of mode 0600 beside the settings, never over another; gives its `file:` reference. Raises OSErrors.

    `config` is the settings file where one was named.
    """
    folder = private_folder(_folder(config))
    return f"file:{write_free(folder, 'password', password.encode()).resolve()}"


def forget(reference: str, config: Path | None = None) -> None:
    """Takes away what `keep` wrote, by the same `config`. Raises OSErrors, and ValueError for any other file."""
    path = Path(reference.removeprefix("file:"))
    if path.parent != _folder(config).resolve():
        raise ValueError(reference)
    path.unlink(missing_ok=True)


def _folder(config: Path | None) -> Path:
    return (config or config_file()).parent / "passwords"
