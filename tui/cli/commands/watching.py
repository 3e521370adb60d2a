"""`aterkom sync --watch`: what happens, in a line each, until it is told to end."""

from collections.abc import Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from tui.cli.commands.account import secret_prompt
from tui.cli.commands.sync import gravest, print_rows, say_error, say_problems, tell_unreadable, told_by
from tui.cli.options import Options
from tui.cli.output import say
from tui.cli.progress import Report
from tui.i18n import _

if TYPE_CHECKING:
    from crm.bootstrap import Store
    from crm.watching import Happening


def stay(
    options: Options,
    store: "Store",
    tell: Report,
    *,
    names: Sequence[str],
    no_read: bool,
    renumbered: bool,
    lock_timeout: float,
    as_json: bool,
) -> int:
    """Watches until no mailbox is left; the exit code is what the last of them ended with."""
    from crm.watching import Ended, watch

    happenings = watch(
        store,
        options.settings(),
        tuple(names),
        listener=told_by(tell, reads=not no_read),
        prompt=secret_prompt(),
        lock_timeout=lock_timeout,
        read=not no_read,
        renumbered=renumbered,
    )
    ended: list[Exception] = []
    say(_("Watching. Ctrl+C ends it."))
    with closing(happenings):
        for happened in happenings:
            tell.end()
            _tell(store, happened, as_json=as_json)
            if isinstance(happened, Ended):
                ended.append(happened.error)
    return gravest(ended)


def _tell(store: "Store", happened: "Happening", *, as_json: bool) -> None:
    from crm.watching import Connected, Ended, Synced, Waiting

    match happened:
        case Connected(account, tells=True):
            say(_("{account}: connected; the server tells when something changes").format(account=account))
        case Connected(account, seconds=seconds):
            say(
                _("{account}: connected; looking again every {n} s").format(account=account, n=f"{seconds:g}")
            )
        case Synced(_account, report):
            print_rows(report.rows, as_json=as_json)
            say_problems(report.rows)
            tell_unreadable(store, report.reading)
        case Waiting(_account, error, seconds):
            say_error(error, _("Next try in {n} s.").format(n=round(seconds)))
        case Ended(account, error):
            say_error(error)
            say(_("{account}: no longer watched. Put it right, then start again.").format(account=account))
