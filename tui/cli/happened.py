"""What has happened, said in lines: a timeline, a follow-up's history, a moved date, an absence."""

import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

import click

from tui import dates, words
from tui.cli.frame import option
from tui.cli.output import print_line, print_table
from tui.i18n import N_, _
from tui.text import clean_line

if TYPE_CHECKING:
    from crm.rows import AbsenceRow, DecisionRow, FollowUpView, TimelineRow

_PAGE: Final = 50


def timeline_options(body: Callable[..., Any]) -> Callable[..., Any]:
    """Which page of what has happened is shown."""
    more = option("--before", metavar="ID", help=N_("Go on with what happened before this entry"))
    most = option(
        "--limit",
        type=click.IntRange(0),
        default=_PAGE,
        help=N_("At most so much of what has happened; 0: all"),
    )
    return most(more(body))


def print_timeline(rows: "Sequence[TimelineRow]") -> None:
    """What has happened, newest first: two lines an entry on a terminal, one line of columns when piped."""
    if not rows:
        return
    print_line(_("What has happened"))
    if not sys.stdout.isatty():
        head = [_("Id"), _("Date"), _("What"), _("Who"), _("Text")]
        print_table(head, [(*_head(row), _about(row)) for row in rows])
        return
    for row in rows:
        print_line(", ".join(part for part in _head(row) if part), 2)
        print_line(_about(row), 6)


def _head(row: "TimelineRow") -> tuple[str, str, str, str]:
    """Its id, when, what and who."""
    return row.id, moment(row.at) if row.at else "", what(row), row.by or ""


def what(row: "TimelineRow") -> str:
    """A word or two for an entry of a timeline."""
    match row.kind:
        case "message":
            return words.said(words.DIRECTIONS, row.direction)
        case "follow-up":
            return _("New follow-up")
        case "kept":
            return _("Kept")
        case "decision":
            return words.said(words.ACTIONS, row.action).capitalize()
        case _:
            return words.said(words.NOTES, row.kind)


def _about(row: "TimelineRow") -> str:
    """Its subject or words; of a follow-up its number, whose it is and when as well."""
    if row.kind == "message":
        return words.subject(row.text)
    if row.follow_up is None:
        return row.text or ""
    said = [words.said(words.OWES, row.owes)]
    if row.id != row.follow_up:
        said.insert(0, row.follow_up)
    if row.action == "move":
        said.append(from_to(row.from_start, row.from_end, row.due_start, row.due_end))
    elif row.kind == "follow-up" or row.action == "add":
        said.append(dates.window(row.due_start, row.due_end) or _("no date"))
    shown = row.note or (row.message if row.kind == "kept" else None)
    said += [each for each in (row.because, row.who, shown) if each]
    return f"{', '.join(said)}: {words.quoted(row.text or '')}"


def away(row: "AbsenceRow") -> str:
    """`anna 21–25 okt 2021 (v. 42–43), ersättare bo`."""
    return _("{who} {window}, deputy {deputy}").format(
        who=clean_line(row.who), window=dates.window(row.first, row.last), deputy=clean_line(row.deputy)
    )


def moment(at: datetime) -> str:
    """Of a moment here, day and clock time; midnight is a day of which no clock time is known."""
    from crm.when import local

    here = local(at)
    return (
        dates.moment_column(here)
        if here.time().replace(tzinfo=None) != _MIDNIGHT
        else here.date().isoformat()
    )


_MIDNIGHT = datetime.min.time()


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


def from_to(from_start: date | None, from_end: date | None, start: date | None, end: date | None) -> str:
    """`från 21–31 okt 2021 (v. 42–43) till 15 nov 2021 (v. 46)`."""
    old, new = (dates.window(*window) or _("no date") for window in ((from_start, from_end), (start, end)))
    return _("from {old} to {new}").format(old=old, new=new)
