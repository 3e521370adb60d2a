"""`aterkom reminders`: what is due on a day."""

from typing import TYPE_CHECKING, Any

import click

from tui import words
from tui.cli.commands.opening import opened
from tui.cli.frame import Options, command, option
from tui.cli.output import print_json, print_line, say
from tui.i18n import N_, _
from tui.text import clean_line

if TYPE_CHECKING:
    from crm.rows import FollowUpRow, ReminderRow

_AT_MOST = 200


@command("reminders", help=N_("What is due today, and soon"))
@option("--for", "who", help=N_("Only what this person is responsible for"))
@option("--office", help=N_("Only this office (name or code)"))
@option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "ics"]),
    default="table",
    help=N_("How to print it"),
)
@option("--limit", type=click.IntRange(0), help=N_("At most so many; 0: all"))
@option("--before", metavar="ID", help=N_("Go on below this one"))
@option("--json", "as_json", is_flag=True, help=N_("Print JSON Lines"))
def reminders(
    options: Options, office: str | None, form: str, limit: int | None, as_json: bool, **asked: Any
) -> None:
    from crm.offices import find_office
    from crm.reminders import list_reminders

    today = options.settings().day()
    if limit is None:
        limit = 0 if form == "ics" else _AT_MOST  # a calendar has no next page
    with opened(options) as store, store.read() as session:
        code = find_office(session, office).code if office else None
        rows = list_reminders(session, today, office=code, limit=limit, **asked)
    if as_json or form == "json":
        print_json(rows)
    elif form == "ics":
        from crm.calendar import as_calendar

        click.echo(
            as_calendar([row.follow_up for row in rows], options.settings().now(), clean_line), nl=False
        )
    elif rows:
        print_buckets(rows)
    else:
        say(_("Nothing is due, and nothing waits to be judged."))


def print_buckets(rows: "list[ReminderRow]") -> None:
    """Headings by bucket, proposals under a heading of their own in each."""
    heading = None
    for row in rows:
        title = words.said(words.BUCKETS, row.bucket)
        if title != heading:
            heading = title
            print_line(title)
        print_follow_up(row.follow_up, on_behalf_of=row.on_behalf_of)


def print_follow_up(row: "FollowUpRow", *, on_behalf_of: str | None = None) -> None:
    """Two lines for a reader: what is due and whose it is, then the sentence and who said it; a third where it was moved."""
    side = words.said(words.OWES, row.owes)
    parts = [row.id, words.window(row), words.office(row), side, words.state(row)]
    if on_behalf_of:
        parts.append(_("for {name}").format(name=on_behalf_of))
    print_line(", ".join(clean_line(part) for part in parts), 2)
    origin = words.origin(row)
    print_line(words.quoted(row.text) + (f" – {origin}" if origin else ""), 6)
    if row.moved:
        print_line(_("Moved from {window}").format(window=words.first_promised(row.moved)), 6)
