"""`aterkom report`: the figures of a day, on the screen, as JSON, as a page or as a sheet; reports that were issued."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui import dates
from tui.cli.commands.opening import opened
from tui.cli.frame import Options, argument, group, option
from tui.cli.options import Day
from tui.cli.output import json_text, print_json, print_line, print_table, say
from tui.cli.shared_options import json_option
from tui.i18n import N_, _, ngettext
from tui.text import clean_line

if TYPE_CHECKING:
    from crm.report.issuing import IssuedRow
    from crm.report.material import Outside
    from crm.report.model import Figures

FORMATS = ("xlsx", "html", "json")
_as_of = option(
    "--as-of", "day", type=Day(), metavar="DAY", help=N_("The day whose figures these are (2021-10-31); else today")
)  # fmt: skip
_form = option(
    "--format", "form", type=click.Choice(FORMATS), help=N_("How to write it; otherwise as the file's name ends")
)  # fmt: skip
_output = option(
    "--output", type=click.Path(path_type=Path), metavar="FILE", help=N_("Into a file that is not there yet")
)  # fmt: skip
_as_json = json_option


@group(
    "report",
    help=N_("Figures for a report to the government: the same for a day whenever they are asked for"),
    own="figures",
)
@_as_of
@option("--since", metavar="ID", help=N_("Compare with this issued report; else with the one before the day"))
@_form
@_output
@_as_json
def report(options: Options, day: date | None, since: str | None, **asked: Any) -> None:
    from crm.report.issuing import report as figures
    from crm.report.material import outside

    today = options.settings().day()
    day = day or today
    form = _chosen(asked["form"], asked["output"], as_json=asked["as_json"])
    with opened(options) as store, store.read() as session:
        shown = figures(session, day, since=since)
        left_out = outside(session, day)
    _write(shown, form, asked["output"])
    _warn(day, today, left_out)


def _chosen(form: str | None, output: Path | None, *, as_json: bool) -> str | None:
    """What to write; None: a few lines for a reader. Refused where bytes would meet a terminal."""
    suffix = output.suffix.lower().removeprefix(".") if output is not None else ""
    found = form or ("json" if as_json else suffix if suffix in FORMATS else None)
    if output is not None and found is None:
        raise click.UsageError(
            _("Say what to write with --format, or end the name with .xlsx, .html or .json.")
        )
    if found == "xlsx" and output is None and sys.stdout.isatty():
        raise click.UsageError(_("A sheet is not shown on a terminal. Name a file with --output."))
    return found


def _write(shown: "Figures", form: str | None, output: Path | None) -> None:
    if form is None:
        _print(shown)
        return
    content = _content(shown, form)
    if output is None:
        click.echo(content, nl=False)
        return
    from crm.new_files import write_new

    write_new(output, content)
    print_line(_("The figures of {day} are in {path}").format(day=dates.day(shown.as_of), path=output))


def _content(shown: "Figures", form: str) -> bytes:
    if form == "xlsx":
        from tui.report.sheet import as_sheet

        return as_sheet(shown)
    if form == "html":
        from tui.report.page import as_page

        return as_page(shown).encode()
    from tui.report.lines import as_lines

    return "".join(f"{json_text(row)}\n" for row in as_lines(shown)).encode()


def _warn(day: date, today: date, left_out: "Outside") -> None:
    """What somebody should know before they send the figures away."""
    if day > today:
        say(_("{day} has not come yet: these figures will change.").format(day=dates.day(day)))
    elif day == today:
        say(_("Today is not over: what is taken in or decided today still changes these figures."))
    if left_out.unread:
        told = ngettext(
            "{n} mail of that time is not read yet and not counted. Read it with: aterkom read",
            "{n} mails of that time are not read yet and not counted. Read them with: aterkom read",
            left_out.unread,
        )
        say(told.format(n=dates.number(left_out.unread)))
    if left_out.late_letters:
        told = ngettext(
            "{n} letter was written by that day and taken in later; it is not counted.",
            "{n} letters were written by that day and taken in later; they are not counted.",
            left_out.late_letters,
        )
        say(told.format(n=dates.number(left_out.late_letters)))


def _print(shown: "Figures") -> None:
    """The phases and the offices, a line each."""
    from tui.report import tables

    print_line(tables.title(shown))
    for line in tables.about(shown):
        print_line(line)
    for table in (tables.overview(shown), tables.standing(shown)):
        print_line("")
        print_line(table.caption)
        print_table([column.name for column in table.columns], [tables.texts(row) for row in table.rows])


@report.sub(
    "issue", help=N_("Keep a day's figures as those of a report that was handed over; undo takes it back")
)
@option(
    "--as-of", "day", required=True, type=Day(), metavar="DAY", help=N_("The day whose figures these are (2021-10-31)")
)  # fmt: skip
@option("--number", metavar="NUMBER", help=N_("Its number in the diary"))
@_as_json
def issue(options: Options, day: date, number: str | None, as_json: bool) -> None:
    from crm.report.issuing import issue as keep

    settings = options.settings()
    with opened(options) as store, store.write() as session:
        row = keep(session, day, number=number, by=settings.user, now=settings.now())
    _show([row], as_json=as_json)


@report.sub("list", help=N_("Reports that were issued, the newest first"))
@_as_json
def listed(options: Options, as_json: bool) -> None:
    from crm.report.issuing import list_issued

    with opened(options) as store, store.read() as session:
        rows = list_issued(session)
    _show(rows, as_json=as_json)
    if not rows:
        say(_("No report has been issued yet. Keep one with: aterkom report issue --as-of DAY"))


@report.sub("show", help=N_("Show a report as it was issued"))
@argument("name", metavar="ID")
@_form
@_output
@_as_json
def show(options: Options, name: str, form: str | None, output: Path | None, as_json: bool) -> None:
    from crm.report.issuing import issued

    chosen = _chosen(form, output, as_json=as_json)
    with opened(options) as store, store.read() as session:
        shown = issued(session, name)
    _write(shown, chosen, output)


def _show(rows: "list[IssuedRow]", *, as_json: bool) -> None:
    if as_json:
        print_json(rows)
        return
    for row in rows:
        number = _("number {number}").format(number=clean_line(row.number)) if row.number else ""
        issued_on = _("issued {date} by {who}").format(
            date=dates.day(row.issued_on, week=False), who=clean_line(row.by)
        )
        back = (
            _("taken back {date}").format(date=dates.day(row.withdrawn_on, week=False))
            if row.withdrawn_on
            else ""
        )
        less = (
            ngettext("{n} sentence taken out", "{n} sentences taken out", row.taken_out).format(
                n=row.taken_out
            )
            if row.taken_out
            else ""
        )
        as_of = _("as of {date}").format(date=dates.day(row.as_of, week=False))
        print_line(", ".join(part for part in (f"{row.id}: {as_of}", number, issued_on, back, less) if part))
