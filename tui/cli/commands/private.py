"""`aterkom private`: mail that is nobody else's business, removed from here for ever."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from tui.cli.commands.opening import lock_timeout_option, opened
from tui.cli.frame import Options, argument, command, option
from tui.cli.output import print_json, print_line, say
from tui.cli.shared_options import json_option
from tui.erasures import consequences, leftovers, quoted
from tui.i18n import N_, _

if TYPE_CHECKING:
    from crm.erasing import Erased, Erasure

UNCHANGED = 1


@command("private", help=N_("Remove private mail from here, for ever"))
@argument("ids", nargs=-1, required=True, metavar="ID…")
@option("--yes", is_flag=True, help=N_("Do not ask"))
@lock_timeout_option
@json_option
def private(options: Options, ids: tuple[str, ...], yes: bool, lock_timeout: float, as_json: bool) -> int:
    from crm.erasing import erase, preview

    settings = options.settings()
    with opened(options, lock_timeout) as store:
        with store.read() as session:
            planned = preview(session, ids)
        if not yes and not _agreed(planned):
            say(_("Nothing was removed."))
            return UNCHANGED
        done = erase(store, ids, by=settings.user, now=settings.now())
    if as_json:
        print_json([{**_fields(row), "copies": [copy.file for copy in done.copies]} for row in done.rows])
    else:
        for row in done.rows:
            print_line(_("Removed: {what}").format(what=consequences(row)[0]))
    _tell(done)
    return 0 if done.scrubbed is not False else UNCHANGED


def _fields(row: "Erasure") -> dict[str, object]:
    return {
        "id": row.id,
        "raws": row.raws,
        "messages": row.messages,
        "follow_ups": row.follow_ups,
        "decided": row.decided,
        "still_in": row.still_in,
    }


def _agreed(planned: Sequence["Erasure"]) -> bool:
    """Asks on a terminal; without one it has to be said with --yes."""
    if not sys.stdin.isatty():
        raise click.UsageError(
            _("Removing cannot be undone. Say --yes, or run it at a terminal that can ask.")
        )
    for row in planned:
        for told in consequences(row):
            say(told)
    answer = click.prompt(
        _("Remove this for ever? It cannot be undone. Type “yes” to go on"),
        default="",
        show_default=False,
        err=True,
    )
    return str(answer).strip().casefold() in {"yes", _("yes").casefold()}


def _tell(done: "Erased") -> None:
    for row in done.rows:
        for told in quoted(row):
            say(told)
    for told in leftovers(done):
        say(told)
