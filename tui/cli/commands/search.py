"""`aterkom search`: messages by words."""

import click

from tui.cli.commands.messages import show
from tui.cli.commands.opening import opened
from tui.cli.frame import Options, argument, command, option
from tui.i18n import N_


@command("search", help=N_("Find messages by words"))
@argument("query", nargs=-1, required=True, metavar="QUERY")
@option("--order", type=click.Choice(["date", "rank"]), default="date", help=N_("Newest or best first"))
@option("--limit", type=click.IntRange(0), default=200, help=N_("At most so many; 0: all"))
@option("--before", metavar="ID", help=N_("Go on below this one"))
@option("--json", "as_json", is_flag=True, help=N_("Print JSON Lines"))
def search(
    options: Options, query: tuple[str, ...], order: str, limit: int, before: str | None, as_json: bool
) -> None:
    from crm.search import search as find

    with opened(options) as store, store.read() as session:
        rows = find(
            session,
            " ".join(query),
            order="rank" if order == "rank" else "date",
            limit=limit,
            before=before,
        )
    show(rows, as_json=as_json)
