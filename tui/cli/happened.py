"""What has happened, said in lines: a timeline, a follow-up's history, a moved date, an absence."""

import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

import click

from tui import dates, words
from tui.cli.frame import option
from tui.cli.output import print_line, print_table
from tui.happening import about, from_to, moment, what
from tui.i18n import N_, _
from tui.text import clean_line

if TYPE_CHECKING:
    from crm.rows.follow_ups import DecisionRow, FollowUpView
    from crm.rows.notes import AbsenceRow
    from crm.rows.timeline import TimelineRow

_PAGE: Final = 50


def timeline_options(body: Callable[..., Any]) -> Callable[..., Any]:
    """Which page of what has happened is shown."""
    more = option("--before", metavar="ID", help=N_("Go on with what happened before this entry"))
    most = option(
        "--limit",
        type=click.IntRange(0),
        default=_PAGE,
        help=N_("At most so many entries of what has happened; 0: all"),
    )
    return most(more(body))


def print_timeline(rows: "Sequence[TimelineRow]") -> None:
    """What has happened, newest first: two lines an entry on a terminal, one line of columns when piped."""
    if not rows:
        return
    print_line(_("What has happened"))
    if not sys.stdout.isatty():
        head = [_("Id"), _("Date"), _("What"), _("Who"), _("Text")]
        print_table(head, [(*_head(row), about(row)) for row in rows])
        return
    for row in rows:
        print_line(", ".join(part for part in _head(row) if part), 2)
        print_line(about(row), 6)


def _head(row: "TimelineRow") -> tuple[str, str, str, str]:
    """Its id, when, what and who."""
    return row.id, moment(row.at) if row.at else "", what(row), row.by or ""


def away(row: "AbsenceRow") -> str:
    """`anna 21–25 okt 2021 (v. 42–43), ersättare bo`."""
    return _("{who} {window}, deputy {deputy}").format(
        who=clean_line(row.who), window=dates.window(row.first, row.last), deputy=clean_line(row.deputy)
    )


def history(view: "FollowUpView") -> Iterator[str]:
    """A line for each decision, then its evidence."""
    row = view.follow_up
    yield _("Since {date}").format(date=dates.day(row.since))
    for each in view.history:
        said = f"{moment(each.at)} {clean_line(each.by)}: {decided(each)}"
        if each.undone_by and each.undone_at:
            back = _("taken back by {name} {when}")
            said += f" ({back.format(name=clean_line(each.undone_by), when=moment(each.undone_at))})"
        yield said
    if row.evidence:
        yield _("Evidence: {what}").format(what=words.evidence(row.evidence))


def decided(row: "DecisionRow") -> str:
    """`flyttad från 21–31 okt 2021 till 15–21 nov 2021: Cia ringde`."""
    said = [words.said(words.ACTIONS, row.action)]
    if row.action == "move":
        said.append(from_to(row.from_start, row.from_end, row.due_start, row.due_end))
    if row.until:
        said.append(_("on {date}").format(date=dates.day(row.until)))
    if row.action == "assign":
        said.append(_("to {name}").format(name=clean_line(row.who or "") or _("nobody")))
    if row.note:
        said.append(_("with the note {note}").format(note=clean_line(row.note)))
    told = " ".join(said)
    return f"{told}: {clean_line(row.because)}" if row.because else told
