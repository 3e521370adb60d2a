"""What a view of the offices needs at once: all of them with their steps, and one with its letters and notes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from crm import ids, office_watch
from crm.duty_settings import SILENT_WEEKS
from crm.messages import rows as message_rows
from crm.office_steps import StepState, Window
from crm.offices import OfficeQuery, list_offices, show_office
from crm.rows.follow_ups import FollowUpRow
from crm.rows.messages import MessageRow
from crm.rows.offices import OfficeRow, OfficeView
from crm.rows.timeline import TimelineRow
from crm.timeline import of_office, timeline

HAPPENED = 50


@dataclass(frozen=True, slots=True)
class OfficeMap:
    """Every office of the plan. `steps` by office id, only of those of which something is known; `phases` by number.

    `silent` are the ids of those without contact for longer than is allowed, in a phase that is running.
    """

    offices: tuple[OfficeRow, ...]
    steps: Mapping[str, tuple[StepState, ...]]
    phases: Mapping[int, Window]
    silent: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class OfficeStory:
    """An office's page with the newest of what has happened, and by their id the letters in which somebody owes."""

    view: OfficeView
    happened: tuple[TimelineRow, ...] = ()
    sources: Mapping[str, MessageRow] | None = None


def office_map(session: Session, today: date, silent_weeks: int = SILENT_WEEKS) -> OfficeMap:
    """All offices as seen from `today`: as many queries for a hundred as for one."""
    rows = list_offices(session, query=OfficeQuery(today))
    return OfficeMap(
        offices=tuple(rows),
        steps=office_watch.known_steps(session, rows),
        phases=office_watch.phase_windows(session),
        silent=frozenset(row.id for row in office_watch.silent(session, rows, today, silent_weeks)),
    )


def office_story(session: Session, name: str, today: date, silent_weeks: int = SILENT_WEEKS) -> OfficeStory:
    """One office's page, by id, code or name. Raises NotFound, Ambiguous."""
    view = show_office(session, name, today, silent_weeks, letters=0)  # they stand in what happened
    return OfficeStory(
        view=view,
        happened=tuple(happened(session, view.office.id, letters=view.office.messages)),
        sources=_sources(session, (*view.we_owe, *view.they_owe, *view.others)),
    )


def happened(session: Session, office: str, before: str | None = None, letters: int = 0) -> list[TimelineRow]:
    """A page of letters, notes and decisions of an office, by its printed id, newest first. Raises NotFound.

    `letters`: how many it has, where that is known.
    """
    return timeline(session, of_office(office, letters), limit=HAPPENED, before=before, made=False)


def _sources(session: Session, due: Iterable[FollowUpRow]) -> dict[str, MessageRow]:
    wanted = {ids.number("message", row.message) for row in due if row.message is not None}
    return {row.id: row for row in message_rows(session, sorted(wanted))}
