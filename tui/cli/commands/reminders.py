"""`aterkom reminders`: what is due on a day, as a list, a calendar, a sheet or a mail."""

import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui import reminder_words, words
from tui.cli.commands.opening import opened
from tui.cli.frame import Options, command, option
from tui.cli.output import json_text, plain, print_line, say
from tui.cli.shared_options import before_option, json_option
from tui.i18n import N_, _
from tui.reminder_words import PROPOSALS
from tui.text import clean_line

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from crm.rows.follow_ups import FollowUpRow, ReminderRow

_AT_MOST = 200
_FORMS = ["table", "json", "ics", "mail", "xlsx"]
# What stands in JSON of a mail that is marked confidential; all else is null.
_SHOWN = frozenset(
    "bucket id message due_start due_end start_time end_time approximate state snoozed_until since found secret number".split()
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which reminders: of whom, of which office (a code), and which page."""

    today: date
    who: str | None
    office: str | None
    limit: int
    before: str | None = None


@command("reminders", help=N_("What is due today, and soon"))
@option("--for", "who", help=N_("Only what this person is responsible for"))
@option("--office", help=N_("Only this office (name or code)"))
@option(
    "--format",
    "form",
    type=click.Choice(_FORMS),
    default="table",
    help=N_("How to print it"),
)
@option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help=N_("Write it to this file, whole or not at all; a calendar keeps what it was told before"),
)
@option("--send", is_flag=True, help=N_("Mail to each person what is new today, once a day"))
@option("--limit", type=click.IntRange(0), help=N_("At most so many; 0: all"))
@before_option
@json_option
def reminders(
    options: Options,
    who: str | None,
    office: str | None,
    form: str,
    output: Path | None,
    send: bool,
    limit: int | None,
    as_json: bool,
    **page: Any,
) -> int | None:
    if send:
        return _send(options, who, refused=office is not None or output is not None, as_json=as_json)
    form = "json" if as_json else form
    if limit is None:
        limit = _AT_MOST if form in {"table", "json"} else 0  # a file has no next page
    with opened(options) as store, store.read() as session:
        asked = Asked(options.settings().day(), who, _code(session, office), limit, **page)
        made = _made(options, session, asked, form, output)
    if output is not None and made is not None:
        from crm.new_files import replace_file

        replace_file(output, made)
    elif made is not None:
        _print_bytes(made, form)
    return None


def _code(session: "Session", office: str | None) -> str | None:
    from crm.offices import find_office

    return find_office(session, office).code if office else None


def _made(options: Options, session: "Session", asked: Asked, form: str, output: Path | None) -> bytes | None:
    """The bytes of that form; None where there is nothing, which is said."""
    from tui.cli.commands import reminder_files as files

    if form == "mail":
        return files.mail(options, session, asked)
    rows = files.listed(session, asked)
    if form == "ics":
        return files.calendar(options, session, asked, rows, output)
    if form == "xlsx":
        return files.sheet(asked, rows)
    if form == "json":
        return "".join(f"{line}\n" for line in json_lines(rows)).encode()
    if rows:
        _say_rest(session, asked, rows)
        return "".join(f"{line}\n" for line in table_lines(rows)).encode()
    say(_("Nothing is due, and nothing waits to be judged."))
    return None if output is None else b""


def _say_rest(session: "Session", asked: Asked, rows: "list[ReminderRow]") -> None:
    """How many there are, where a page does not show them all."""
    if not asked.limit or len(rows) < asked.limit:
        return
    from crm.reminders import counts

    whole = sum(counts(session, asked.today, who=asked.who, office=asked.office).values())
    if whole > len(rows):
        said = _("{shown} of {all} are shown; go on with --before {id}, or see all with --limit 0.")
        say(said.format(shown=len(rows), all=whole, id=rows[-1].follow_up.id))


def _print_bytes(made: bytes, form: str) -> None:
    if form == "xlsx" and sys.stdout.isatty():
        raise click.UsageError(_("A sheet is no text. Name a file with --output."))
    click.echo(made, nl=False)


def _send(options: Options, who: str | None, *, refused: bool, as_json: bool) -> int:
    if refused:
        raise click.UsageError(_("--send goes to each person; it takes --for alone."))
    from tui.cli.commands.reminder_sending import send

    return send(options, who, as_json=as_json)


def json_lines(rows: "list[ReminderRow]") -> "list[str]":
    """One JSON object each."""
    return [json_text(_bare(row)) for row in rows]


def _bare(row: "ReminderRow") -> dict[str, Any]:
    made: dict[str, Any] = plain(row)
    return {name: made[name] if name in _SHOWN else None for name in made} if row.follow_up.secret else made


def print_buckets(rows: "list[ReminderRow]") -> None:
    """Headings by bucket, proposals under a heading of their own in each."""
    click.echo("".join(f"{line}\n" for line in table_lines(rows)), nl=False)


def table_lines(rows: "list[ReminderRow]") -> "list[str]":
    """The lines of `print_buckets`."""
    said: list[str] = []
    heading = None
    for row in rows:
        title = _title(row)
        if title != heading:
            heading = title
            said.append(title)
        said += _lines(row.follow_up, row.on_behalf_of)
    return said


def _title(row: "ReminderRow") -> str:
    title = words.said(words.BUCKETS, row.bucket)
    return f"{title} – {_(PROPOSALS).lower()}" if row.follow_up.state == "proposed" else title


def _lines(row: "FollowUpRow", on_behalf_of: str | None = None) -> list[str]:
    """Two for a reader: what is due and whose it is, then the sentence and who said it; a third where it was moved."""
    head = reminder_words.head(row)
    if on_behalf_of:
        head += ", " + clean_line(_("for {name}").format(name=on_behalf_of))
    details = [reminder_words.detail(row)]
    if row.moved:
        details.append(_("Moved from {window}").format(window=words.first_promised(row.moved)))
    return [f"  {head}", *(f"      {detail}" for detail in details if detail)]


def print_follow_up(row: "FollowUpRow") -> None:
    """The same, of one that was just changed."""
    for at, line in enumerate(_lines(row)):
        print_line(line, 6 if at else 2)
