"""`aterkom export`: mail out of the store, with a log of what it is."""

from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import click

from tui.cli.commands.opening import opened
from tui.cli.frame import Options, argument, command, option
from tui.cli.output import print_json, print_line, say
from tui.cli.progress import progress
from tui.cli.shared_options import json_option
from tui.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

NOTHING = 1


@command("export", help=N_("Write mail to an mbox or a folder, with a log for a sheet program"))
@argument("query", nargs=-1, metavar="[QUERY]")
@option(
    "--to",
    "target",
    type=click.Path(path_type=Path),
    required=True,
    metavar="PATH",
    help=N_("An mbox or a folder that is not there yet"),
)
@option("--thread", metavar="ID", help=N_("This thread instead of a search"))
@option("--quarantined", is_flag=True, help=N_("What could not be read instead of a search"))
@option("--all", "everything", is_flag=True, help=N_("Every message instead of a search"))
@option(
    "--format",
    "form",
    type=click.Choice(["mbox", "eml"]),
    help=N_("mbox: one file; eml: a folder, one file a mail; otherwise as PATH ends"),
)
@json_option
def export(
    options: Options,
    query: tuple[str, ...],
    target: Path,
    thread: str | None,
    quarantined: bool,
    everything: bool,
    form: str | None,
    as_json: bool,
) -> int:
    from crm.exporting import export as write
    from tui.cli.sheet import open_log

    words = " ".join(query)
    if sum((bool(words), thread is not None, quarantined, everything)) != 1:
        raise click.UsageError(_("Name one of these alone: a search, --thread, --quarantined or --all."))
    kind = form or ("mbox" if target.suffix.lower() == ".mbox" else "eml")
    started = monotonic()
    with opened(options) as store, store.read() as session, progress(options) as tell:
        numbers = _chosen(session, words, thread, options.settings().day(), quarantined=quarantined)
        if not numbers:
            say(_("There is nothing to write: no such message."))
            return NOTHING
        done = write(
            session,
            numbers,
            target,
            "mbox" if kind == "mbox" else "eml",
            open_log,
            lambda done, todo: tell(_("Writing"), done, todo),
        )
    if as_json:
        counted = {"new": done.mails, "known": 0, "gone": 0, "quarantined": done.quarantined}
        row = {"account": "files", "folder": target, **counted, "seconds": round(monotonic() - started, 3)}
        print_json([{**row, "messages": done.messages, "log": done.log}])
    else:
        told = ngettext("{n} mail written to {path}", "{n} mails written to {path}", done.mails)
        print_line(told.format(n=done.mails, path=target))
        say(_("Log: {path}").format(path=done.log))
    return 0


def _chosen(
    session: "Session", words: str, thread: str | None, today: "date", *, quarantined: bool
) -> list[int]:
    """The numbers of the messages that were asked for, newest first."""
    from crm.messages import MessageQuery, message_ids
    from crm.search import search_ids

    if words:
        return search_ids(session, words, today)
    return message_ids(session, MessageQuery(thread=thread, quarantined=quarantined, limit=0))
