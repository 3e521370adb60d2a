"""Options that many commands have, each said once: as decorators of a command's function."""

from collections.abc import Callable
from typing import Any

import click

from tui.cli.frame import option
from tui.i18n import N_

Decorated = Callable[..., Any]

json_option = option("--json", "as_json", is_flag=True, help=N_("Print JSON Lines"))
limit_option = option("--limit", type=click.IntRange(0), default=200, help=N_("At most so many; 0: all"))
before_option = option("--before", metavar="ID", help=N_("Go on below this one"))
due_option = option(
    "--due",
    required=True,
    metavar="WHEN",
    help=N_("A day or window: 2021-11-15, “v. 46”, “slutet av november”"),
)


def page_options(body: Decorated) -> Decorated:
    """Which page of a list is shown: `limit` and `before`."""
    return limit_option(before_option(body))


def reason_options(body: Decorated) -> Decorated:
    """Why something is set, and the mail that says so: `because` and `message`."""
    because = option("--because", metavar="TEXT", help=N_("Why it is set so"))
    message = option("--message", metavar="ID", help=N_("The mail that says so"))
    return because(message(body))
