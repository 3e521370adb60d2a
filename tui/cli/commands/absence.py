"""`aterkom absence`: who is away, and who stands in."""

from typing import TYPE_CHECKING

import click

from tui.cli.commands.opening import opened
from tui.cli.frame import Options, argument, group, option
from tui.cli.output import print_json, print_table, say
from tui.cli.shared_options import json_option, page_options
from tui.i18n import N_, _

if TYPE_CHECKING:
    from crm.rows.notes import AbsenceRow


@group("absence", help=N_("Who is away; or say it: aterkom absence WHO FROM TO --deputy WHO"))
@argument("who", metavar="WHO", required=False)
@argument("first", metavar="FROM", required=False)
@argument("last", metavar="TO", required=False)
@option("--deputy", metavar="WHO", help=N_("Who is reminded as well of what is theirs"))
@option(
    "--list", "listing", is_flag=True, help=N_("List who is away and will be; the same as without anything")
)
@option("--all", "past", is_flag=True, help=N_("List past ones as well"))
@page_options
@json_option
def absence(
    options: Options,
    who: str | None,
    first: str | None,
    last: str | None,
    deputy: str | None,
    listing: bool,
    past: bool,
    limit: int,
    before: str | None,
    as_json: bool,
) -> None:
    if listing or (who is None and deputy is None):
        _list(options, past=past, limit=limit, before=before, as_json=as_json)
    elif who and first and last and deputy:
        _show([_added(options, who, first, last, deputy)], as_json=as_json)
    else:
        raise click.UsageError(_("Write: aterkom absence WHO FROM TO --deputy WHO."))


def _list(options: Options, *, past: bool, limit: int, before: str | None, as_json: bool) -> None:
    from crm.absences import list_absences

    with opened(options) as store, store.read() as session:
        rows = list_absences(session, options.settings().day(), past=past, limit=limit, before=before)
    if not rows and not as_json:
        say(_("Nobody is away."))
    _show(rows, as_json=as_json)


def _added(options: Options, who: str, first: str, last: str, deputy: str) -> "AbsenceRow":
    from crm.absences import add_absence
    from crm.when import span

    settings = options.settings()
    begin, end = span(first, last, settings.day())
    with opened(options) as store, store.write() as session:
        return add_absence(session, who, begin, end, deputy=deputy, by=settings.user, now=settings.now())


@absence.sub("end", help=N_("Somebody is back: from today on nobody stands in"))
@argument("id_", metavar="ID")
@json_option
def end(options: Options, id_: str, as_json: bool) -> None:
    from crm.absences import end_absence

    settings = options.settings()
    with opened(options) as store, store.write() as session:
        row = end_absence(session, id_, by=settings.user, now=settings.now())
    _show([row], as_json=as_json)


def _show(rows: "list[AbsenceRow]", *, as_json: bool) -> None:
    if as_json:
        print_json(rows)
        return
    print_table(
        [_("Id"), _("Who"), _("From"), _("To"), _("Deputy")],
        [
            (row.id, row.who, row.first, row.last, row.deputy if not row.removed else _("taken away"))
            for row in rows
        ],
    )
