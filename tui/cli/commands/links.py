"""`aterkom link`, `unlink` and `explain`: which office a message concerns, and why."""

from typing import TYPE_CHECKING

from tui import words
from tui.cli.commands.opening import opened
from tui.cli.frame import Options, argument, command, option
from tui.cli.output import print_json, print_line, say
from tui.i18n import N_, _

if TYPE_CHECKING:
    from crm.rows import LinkRow


@command("link", help=N_("Connect a message to an office"))
@argument("message", metavar="MESSAGE")
@argument("office", metavar="OFFICE")
@option("--json", "as_json", is_flag=True, help=N_("Print JSON Lines"))
def link(options: Options, message: str, office: str, as_json: bool) -> None:
    from crm.links import link as connect

    with opened(options) as store, store.write() as session:
        rows = connect(session, message, office, by=options.settings().user, now=options.settings().now())
    _print(rows, as_json=as_json)


@command("unlink", help=N_("Take a connection away"))
@argument("message", metavar="MESSAGE")
@argument("office", metavar="OFFICE")
@option("--json", "as_json", is_flag=True, help=N_("Print JSON Lines"))
def unlink(options: Options, message: str, office: str, as_json: bool) -> None:
    from crm.links import unlink as disconnect

    with opened(options) as store, store.write() as session:
        rows = disconnect(session, message, office, by=options.settings().user, now=options.settings().now())
    _print(rows, as_json=as_json)


@command("explain", help=N_("Say why a message is connected to an office"))
@argument("message", metavar="ID")
@option("--json", "as_json", is_flag=True, help=N_("Print JSON Lines"))
def explain(options: Options, message: str, as_json: bool) -> None:
    from crm.links import explain as why

    with opened(options) as store, store.read() as session:
        rows = why(session, message)
    _print(rows, as_json=as_json)


def _print(rows: "list[LinkRow]", *, as_json: bool) -> None:
    if as_json:
        print_json(rows)
        return
    if not rows:
        say(_("The message is not connected to any office."))
    for row in rows:
        by = row.decided_by or words.confidence(row.confidence)
        print_line(f"{row.message}  {row.office_name} ({row.office}): {words.reason(row.reason)} ({by})")
