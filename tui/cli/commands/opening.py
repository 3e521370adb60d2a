"""The store as a command uses it: opened, and closed whatever happens."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from tui.cli.frame import option
from tui.cli.options import Options
from tui.i18n import N_

if TYPE_CHECKING:
    from crm.bootstrap import Store


LOCK_TIMEOUT = 10.0

lock_timeout_option = option(
    "--lock-timeout",
    type=click.FloatRange(0, 3600),
    default=LOCK_TIMEOUT,
    metavar="SECONDS",
    help=N_("Seconds to wait while another program uses the store or the mailbox"),
)


@contextmanager
def opened(options: Options, lock_timeout: float = LOCK_TIMEOUT) -> Iterator["Store"]:
    """The store that options and settings name; a locked one is waited for, `lock_timeout` seconds."""
    from crm.bootstrap import open_store

    store = open_store(options.settings().database_url, lock_timeout=lock_timeout)
    try:
        yield store
    finally:
        store.close()
