"""The whole of a follow-up, and what to do where there is none."""

from typing import TYPE_CHECKING

from textual.content import Content

from crm.agenda_rows import Agenda
from tui import dates, words
from tui.i18n import _
from tui.text import clean_line, line

if TYPE_CHECKING:
    from crm.rows.follow_ups import FollowUpRow

_QUIET = "$foreground 65%"
_LABEL = 13


def about(row: "FollowUpRow") -> Content:
    """Its sentence, its window, who and why."""
    kinds = words.said(words.KINDS, row.kind), words.said(words.OWES, row.owes)
    kind = " · ".join((words.state(row), *kinds, words.office(row)))
    parts = [
        Content.assemble((words.sign(row), "bold"), " ", line(kind, "bold")),
        line(f"”{clean_line(row.text)}”" if row.text else "–", "italic"),
    ]
    parts += [_field(label, value) for label, value in _facts(row) if value]
    return Content("\n").join(parts)


def _facts(row: "FollowUpRow") -> list[tuple[str, str]]:
    return [
        (_("When"), words.window(row)),
        (_("Moved from"), words.first_promised(row.moved) if row.moved else ""),
        (_("Evidence"), words.evidence(row.evidence) if row.evidence else ""),
        (_("Responsible"), clean_line(row.assignee or "")),
        (_("From"), words.origin(row)),
        (_("Why"), words.rule(row)),
        (_("Who"), clean_line(row.who or "") or words.said(words.OBLIGORS, row.obligor)),
        (_("Decided by"), clean_line(row.decided_by or "")),
        (_("Note"), "" if row.found else _("No longer found in the letter; your decision stands.")),
    ]


def _field(label: str, value: str) -> Content:
    return Content.assemble((label.ljust(_LABEL), _QUIET), line(value))


def nothing_due(agenda: Agenda) -> Content | None:
    """Said above a list in which nothing is to be done today; None where something is."""
    if {section for section, _names in agenda.sections} & {"overdue", "due", "proposed", "snoozed", "closed"}:
        return None
    if agenda.coming is None:
        return None
    day = agenda.coming.due_start or agenda.coming.due_end
    when = dates.day(day) if day else ""
    said = _("Nothing due today. Next: {office}, {date}")
    return line(said.format(office=words.office(agenda.coming), date=when), "bold")


def nothing_chosen() -> Content:
    """An empty list that is limited to some."""
    return Content("\n").join(
        [
            line(_("Nothing here with these limits."), "bold"),
            line(_("m shows what is everybody's, v what each side owes, g what is open.")),
        ]
    )


def nothing_to_do() -> Content:
    """There are letters, and nothing of them is to be done."""
    return Content("\n").join(
        [
            line(_("Nothing to do today."), "bold"),
            line(_("What is promised in letters that come will stand here, to be reviewed.")),
        ]
    )
