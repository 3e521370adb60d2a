"""`aterkom link`, `unlink` and `explain`: which office a message concerns, and why."""

from datetime import datetime
from typing import TYPE_CHECKING

from tui import dates, words
from tui.cli.commands.opening import opened
from tui.cli.frame import Options, argument, command, option
from tui.cli.output import print_json, print_line, say
from tui.cli.shared_options import json_option
from tui.i18n import N_, _

if TYPE_CHECKING:
    from crm.rows.messages import LinkRow


@command("link", help=N_("Connect a message to an office"))
@argument("message", metavar="MESSAGE")
@argument("office", metavar="OFFICE")
@json_option
def link(options: Options, message: str, office: str, as_json: bool) -> None:
    from crm.links import link as connect

    with opened(options) as store, store.write() as session:
        rows = connect(session, message, office, by=options.settings().user, now=options.settings().now())
    _print(rows, as_json=as_json)


@command("unlink", help=N_("Remove a connection"))
@argument("message", metavar="MESSAGE")
@argument("office", metavar="OFFICE")
@json_option
def unlink(options: Options, message: str, office: str, as_json: bool) -> None:
    from crm.links import unlink as disconnect

    with opened(options) as store, store.write() as session:
        rows = disconnect(session, message, office, by=options.settings().user, now=options.settings().now())
    _print(rows, as_json=as_json)


@command("explain", help=N_("Say why a message is connected to an office, and why not to another"))
@argument("message", metavar="ID")
@option("--all", "everything", is_flag=True, help=N_("In JSON also the offices that it is not connected to"))
@json_option
def explain(options: Options, message: str, everything: bool, as_json: bool) -> None:
    from crm.bootstrap import own_of
    from crm.explaining import explain as why

    with opened(options) as store, store.read() as session:
        own = own_of(session, options.settings())
        rows = why(session, message, own, why_not=everything or not as_json)
    _print(rows, as_json=as_json)


def _print(rows: "list[LinkRow]", *, as_json: bool) -> None:
    if as_json:
        print_json(rows)
        return
    if not any(row.linked for row in rows):
        say(_("The message is not connected to any office."))
    for row in rows:
        print_line(_line(row))


def _line(row: "LinkRow") -> str:
    office = f"{row.message}  {row.office_name} ({row.office})"
    if not row.linked:
        return _("{office}: not connected: {why}").format(office=office, why=_why_not(row))
    sure = row.decided_by or words.confidence(row.confidence)
    return f"{office}: {words.reason(row.reason)}{_taught(row)} ({sure})"


def _why_not(row: "LinkRow") -> str:
    if row.decided_by:
        return _("{who} said no").format(who=row.decided_by)
    return words.reason(row.reason) + _taught(row)


def _taught(row: "LinkRow") -> str:
    """On which message it was learnt, from whom and when."""
    if row.taught_by is None:
        return ""
    day = dates.day(datetime.fromisoformat(row.taught_by["at"]).date())
    return _(", as {who} decided for {message} on {day}").format(
        who=row.taught_by["by"], message=row.taught_by["message"], day=day
    )
