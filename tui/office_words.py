"""Offices and plans in words: how one stands, what became different, what one plan says otherwise than another."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from crm.office_steps import OPTIONAL, Blocked, LateStep, StepState, Window
from crm.plan_differences import Difference
from crm.rows.offices import OfficeChangeRow, OfficeRow, ProposalRow
from tui import dates, words
from tui.i18n import N_, _, ngettext
from tui.text import clean_line

ASSESSMENTS: Final[dict[str, str]] = {
    "on_plan": N_("On plan"),
    "risk": N_("Risk of delay"),
    "late": N_("Late"),
    "done": N_("Completed"),
}
# As people type them, beside the keys themselves.
ASSESSMENT_WORDS: Final[dict[str, str]] = {
    "enligt plan": "on_plan",
    "risk för försening": "risk",
    "försenat": "late",
    "försenad": "late",
    "klart": "done",
    "klar": "done",
}
AREA_WORDS: Final[dict[str, str]] = {"krävs": "required", "valt": "chosen", "nej": "none", "okänt": "unknown"}
FIELDS: Final[dict[str, str]] = {
    "in_plan": N_("In the plan"),
    "phase": N_("Phase"),
    "vulnerable_area": N_("Socially vulnerable area"),
    "municipality": N_("Municipality"),
    "place": N_("Place"),
    "owner": N_("Responsible"),
    "assessment": N_("Assessment"),
    "deviation": N_("Deviation"),
    "reason": N_("Reason"),
    "measure": N_("Measure"),
    "contacts": N_("Contact persons"),
    "decisions": N_("Decisions"),
}
FACTS: Final[dict[str, str]] = {
    "planned": N_("planned"),
    "actual": N_("actual"),
    "responsible": N_("responsible"),
    "blocked_by": N_("waits for"),
    "needed": N_("needed"),
}
REPORTS: Final[dict[str, str]] = {"interim": N_("Interim report"), "final": N_("Final report")}
INTERNAL: Final[dict[str, str]] = {
    "draft": N_("Draft"),
    "decision": N_("Decision"),
    "dispatch": N_("Dispatch"),
}
_NOTHING: Final = "–"


def window(shown: Window) -> str:
    """A window in words; a dash for none."""
    return dates.window(shown.start, shown.end) or _NOTHING


def step_line(step: StepState) -> str:
    """A step with what was planned and what became of it."""
    name = words.said(words.STEPS, step.kind)
    if not step.needed:
        return f"{name}: " + _("not needed")
    parts = []
    if step.planned:
        parts.append(_("planned {when}").format(when=window(step.planned)))
    if step.actual:
        parts.append(_actual(step))
    if step.responsible:
        parts.append(_("responsible: {who}").format(who=clean_line(step.responsible)))
    if step.blocked_by:
        parts.append(_("waits for: {what}").format(what=clean_line(step.blocked_by)))
    return f"{name}: " + ("; ".join(parts) or _("no dates"))


def _actual(step: StepState) -> str:
    if step.actual.end is None and step.actual.start is not None:
        return _("begun {when}").format(when=dates.day(step.actual.start))
    return _("done {when}").format(when=window(step.actual))


def shown_steps(steps: Sequence[StepState]) -> list[StepState]:
    """All but an optional one of which nothing is known."""
    return [step for step in steps if step.kind not in OPTIONAL or step.is_known or not step.needed]


def late_line(late: LateStep) -> str:
    """A late step: since when, and for whom it is waited."""
    days = ngettext("{n} day late", "{n} days late", late.days).format(n=late.days)
    said = f"{words.said(words.STEPS, late.step)}: {days} ({dates.day(late.planned_end)})"
    if late.blocked_by:
        said += "; " + _("waits for: {what}").format(what=clean_line(late.blocked_by))
    return said


def blocked(rows: Sequence[Blocked], office: str) -> str:
    """What waits for a late step, with the office where it is another."""
    told = []
    for row in rows:
        step = words.said(words.STEPS, row.step)
        when = dates.column(row.planned_start, row.planned_end)
        place = "" if row.office == office else f"{clean_line(row.office)} "
        told.append(place + (f"{step} ({when})" if when else step))
    return ", ".join(told)


def silence(row: OfficeRow) -> str:
    """For how long nobody has been in contact."""
    weeks = row.silent_weeks or 0
    if row.last_contact is None:
        return ngettext(
            "No contact yet, {n} week into the phase", "No contact yet, {n} weeks into the phase", weeks
        ).format(n=weeks)
    return ngettext("No contact for {n} week", "No contact for {n} weeks", weeks).format(n=weeks)


def late_steps(row: OfficeRow) -> str:
    """What is late, in a few words for a column."""
    return ", ".join(words.said(words.STEPS, late.step) for late in row.late)


def history_line(row: OfficeChangeRow, people: Mapping[int, str]) -> str:
    """One change: the day, what it was and is, through whom and why."""
    before, after = (value_said(row.field, value, people) for value in (row.before, row.after))
    who = _("plan {name}").format(name=clean_line(row.plan)) if row.plan else clean_line(row.by)
    said = f"{row.on.isoformat()} {field_said(row.field)}: {before} → {after} ({who})"
    because = row.because if row.plan is None else None
    tail = [part for part in (because, row.message) if part]
    return said + (f" – {clean_line(', '.join(tail))}" if tail else "")


def field_said(field: str) -> str:
    """The word for a field of the history."""
    if not field.startswith("step."):
        return words.said(FIELDS, field)
    kind, _dot, fact = field.removeprefix("step.").rpartition(".")
    return f"{words.said(words.STEPS, kind)}, {words.said(FACTS, fact)}"


def value_said(field: str, value: Any, people: Mapping[int, str]) -> str:
    """A value of the history in words."""
    if value is None or value in ([], ""):
        return _NOTHING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return dates.window(*_sides(value))
    if field == "assessment":
        return words.said(ASSESSMENTS, value)
    if field == "vulnerable_area":
        return words.said(words.AREAS, value)
    if field == "contacts" and not isinstance(value, str):
        return ", ".join(clean_line(people.get(number, f"p{number}")) for number in value)
    if isinstance(value, list):
        return ", ".join(clean_line(str(one)) for one in value)
    return clean_line(str(value))


def proposal_said(row: ProposalRow) -> str:
    """`Lokalval, planerat: 1–31 okt 2021 → 1–30 nov 2021`: what would become what."""
    after = value_said(row.field, row.value, {})
    if row.approximate:
        after = _("about {when}").format(when=after)
    if row.before in (None, [], "") or row.state == "accepted":
        return f"{field_said(row.field)}: {after}"
    if row.field == "contacts":
        return f"{field_said(row.field)}: {_('also {name}').format(name=after)}"
    return f"{field_said(row.field)}: {value_said(row.field, row.before, {})} → {after}"


def _sides(value: Mapping[str, str | None]) -> tuple[date | None, date | None]:
    start, end = value.get("start"), value.get("end")
    return (date.fromisoformat(start) if start else None, date.fromisoformat(end) if end else None)


_CHANGES: Final[dict[str, str]] = {
    "offices": N_("Offices in all: {before} → {after}"),
    "phase-offices": N_("Phase {subject}, number of offices: {before} → {after}"),
    "phase-dates": N_("Phase {subject} runs: {before} → {after}"),
    "metropolitan": N_("Metropolitan offices without a name: {before} → {after}"),
    "named": N_("{subject}: named, phase {after} (a metropolitan office)"),
    "added": N_("{subject}: new in the plan, phase {after}"),
    "split": N_("{subject}: split off from {before}, phase {after}"),
    "left": N_("{subject}: no longer in the plan (was in phase {before})"),
    "renamed": N_("{before} is called {after}"),
    "phase": N_("{subject}: phase {before} → {after}"),
    "area": N_("{subject}: socially vulnerable area {before} → {after}"),
    "opens": N_("{subject}: in use {before} → {after}"),
    "report": N_("Report {subject}: {before} → {after}"),
}


def difference(row: Difference) -> str:
    """One line for what a plan says otherwise."""
    return _(_CHANGES[row.change]).format(
        subject=clean_line(row.subject or ""),
        before=_said(row.change, row.before),
        after=_said(row.change, row.after),
    )


def _said(change: str, value: Any) -> str:
    if value is None:
        return _("not said")
    if isinstance(value, dict) and "min" in value:
        return _bounds(value)
    if isinstance(value, dict):
        return dates.window(*_sides(value))
    if change == "area":
        return words.said(words.AREAS, value)
    return clean_line(str(value))


def _bounds(value: Mapping[str, Any]) -> str:
    """`28`, `at least 28`, `5–6`, with the areas in which they lie."""
    low, high = value.get("min"), value.get("max")
    if low == high:
        said = str(low)
    elif high is None:
        said = _("at least {n}").format(n=low)
    else:
        said = f"{low}–{high}" if low is not None else _("at most {n}").format(n=high)
    areas = ", ".join(value.get("areas") or ())
    return _("{bounds} in {areas}").format(bounds=said, areas=clean_line(areas)) if areas else said
