"""`aterkom offices`: the list by the newest plan, and one office's page."""

from typing import TYPE_CHECKING

import click

from tui import dates, words
from tui.cli.commands.opening import opened
from tui.cli.frame import Options, argument, group, option
from tui.cli.output import print_json, print_line, print_table
from tui.i18n import N_, _

if TYPE_CHECKING:
    from crm.rows import FollowUpRow


@group("offices", help=N_("List service offices, or show one"))
@option("--find", metavar="WORDS", help=N_("Only those with these words in their name"))
@option("--limit", type=click.IntRange(0), default=200, help=N_("At most so many; 0: all"))
@option("--before", metavar="ID", help=N_("Go on below this one"))
@option("--json", "as_json", is_flag=True, help=N_("Print JSON Lines"))
def offices(options: Options, find: str | None, limit: int, before: str | None, as_json: bool) -> None:
    from crm.finding import likeness
    from crm.offices import list_offices

    with opened(options) as store, store.read() as session:
        rows = list_offices(session, limit=0 if find else limit, before=before)
    if find is not None:
        called = [row for row in rows if likeness(find, f"{row.municipality} {row.place or ''}")]
        rows = called[: limit or None]
    if as_json:
        print_json(rows)
        return
    print_table(
        [_("Code"), _("Office"), _("Phase"), _("Area"), _("Messages"), _("Open"), _("Last contact")],
        [
            (
                row.code,
                f"{row.municipality} {row.place or ''}",
                row.phase,
                words.said(words.AREAS, row.vulnerable_area),
                row.messages,
                row.follow_ups_open,
                row.last_message.isoformat() if row.last_message else _("never"),
            )
            for row in rows
        ],
    )


@offices.sub("show", help=N_("One office: last contact, who owes what, correspondence"))
@argument("name", metavar="NAME|CODE|ID")
@option("--json", "as_json", is_flag=True, help=N_("Print JSON Lines"))
def show(options: Options, name: str, as_json: bool) -> None:
    from crm.offices import show_office

    with opened(options) as store, store.read() as session:
        view = show_office(session, name)
    if as_json:
        print_json([view])
        return
    office = view.office
    phase = _("phase {n}").format(n=office.phase) if office.phase else _("phase not known")
    print_line(f"{office.municipality} {office.place or ''} ({office.code}), {phase}")
    today = options.settings().day()
    print_line(_("Last contact: {date}").format(date=words.ago(office.last_message, today)))
    _side(words.said(words.OWES, "us"), view.we_owe)
    _side(words.said(words.OWES, "them"), view.they_owe)
    _side(words.said(words.OWES, "others"), view.others)
    if view.messages:
        print_line(_("Correspondence"))
    for row in view.messages:
        when = dates.moment_column(row.date) if row.date else ""
        print_line(f"{row.id} {when} {words.short_name(row.sender)}: {words.subject(row.subject)}", 2)


def _side(title: str, rows: "tuple[FollowUpRow, ...]") -> None:
    if not rows:
        return
    print_line(title)
    for row in rows:
        said = f"{row.id} {words.window(row)}, {words.state(row)}: {words.quoted(row.text)}"
        origin = words.origin(row)
        print_line(said + (f" – {origin}" if origin else ""), 2)
