"""Alembic, driven from here: no alembic.ini, the revisions lie in the package."""

import threading
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

_ONE_AT_A_TIME = threading.Lock()  # Alembic keeps its context in a module


def config() -> Config:
    """Alembic's settings for the revisions of this package."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return made


def run_migrations(connection: Connection) -> None:
    """To the newest revision, in the transaction of `connection`."""
    made = config()
    made.attributes["connection"] = connection
    with _ONE_AT_A_TIME:
        command.upgrade(made, "head")
