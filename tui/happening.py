"""What an entry of a timeline is and says, in words for any place."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from tui import dates, words
from tui.i18n import _

if TYPE_CHECKING:
    from crm.rows.timeline import TimelineRow

_MIDNIGHT: Final = datetime.min.time()


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


def about(row: "TimelineRow", *, numbered: bool = True) -> str:
    """Its subject or words; of a follow-up its number (if `numbered`), whose it is and when as well."""
    if row.kind == "message":
        return words.subject(row.text)
    if row.follow_up is None:
        return row.text or ""
    said = [words.said(words.OWES, row.owes)]
    if numbered and row.id != row.follow_up:
        said.insert(0, row.follow_up)
    if row.action == "move":
        said.append(from_to(row.from_start, row.from_end, row.due_start, row.due_end))
    elif row.kind == "follow-up" or row.action == "add":
        said.append(dates.window(row.due_start, row.due_end) or _("no date"))
    shown = row.note or (row.message if row.kind == "kept" else None)
    said += [each for each in (row.because, row.who, shown if numbered else None) if each]
    return f"{', '.join(said)}: {words.quoted(row.text or '')}"


def moment(at: datetime) -> str:
    """Of a moment here, day and clock time; midnight is a day of which no clock time is known."""
    from crm.when import local

    here = local(at)
    return (
        dates.moment_column(here)
        if here.time().replace(tzinfo=None) != _MIDNIGHT
        else here.date().isoformat()
    )


def from_to(from_start: date | None, from_end: date | None, start: date | None, end: date | None) -> str:
    """`från 21–31 okt 2021 (v. 42–43) till 15 nov 2021 (v. 46)`."""
    old, new = (dates.window(*window) or _("no date") for window in ((from_start, from_end), (start, end)))
    return _("from {old} to {new}").format(old=old, new=new)
