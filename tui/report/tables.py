"""A report's tables in words: the same rows for the screen, the page and the sheet. Text from outside is cleaned here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from crm.report.changes import days_of
from crm.report.model import (
    AnswerFigure,
    ChangeFigure,
    Figures,
    OfficeFigure,
    PhaseFigure,
    PromiseFigure,
    StepFigure,
    TakenOut,
)
from tui import dates, office_words, words
from tui.i18n import N_, _, ngettext
from tui.text import clean_line

Kind = Literal["text", "long", "count", "number", "day"]
Value = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """A heading and what stands below it."""

    name: str
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption; `empty` is said where there is no row. The first column names the row.

    `total`: the last row is the sum of the others.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    empty: str
    total: bool = False


SIDES: Final[dict[str, str]] = {"ours": N_("Ours to them"), "theirs": N_("Theirs to us")}
STANDS: Final[dict[str, str]] = {"open": N_("Open promise"), "broken": N_("Broken promise")}
_CHANGED: Final[dict[str, str]] = {
    "joined": N_("New in the plan"),
    "left": N_("No longer in the plan"),
    "name": N_("Name"),
    "step": N_("Step"),
}


def title(shown: Figures) -> str:
    """What the report is called."""
    return _("Service offices: figures as of {day}").format(day=dates.day(shown.as_of, week=False))


def about(shown: Figures) -> list[str]:
    """The plan that held, what it is compared with, and how it is counted."""
    lines = [_plan(shown)]
    if shown.compared is not None:
        lines.append(_compared(shown))
    lines.append(
        _(
            "Letters are mails that had come or gone by that day, as far as they concern an office of the plan; automatic "
            "mail and mail that is only quoted is not counted. A promise is broken when its last day has passed."
        )
    )
    if shown.mail_since is None:
        lines.append(_("No mail had been taken in by that day: letters and promises are missing."))
    else:
        since = dates.day(shown.mail_since, week=False)
        lines.append(_("Mail has been taken in since {day}.").format(day=since))
    if shown.marked:
        told = ngettext(
            "{n} promise in a letter that is marked confidential is counted and not listed.",
            "{n} promises in letters that are marked confidential are counted and not listed.",
            shown.marked,
        )
        lines.append(told.format(n=shown.marked))
    return [*lines, *(_taken_out(one) for one in shown.taken_out)]


def _taken_out(gone: TakenOut) -> str:
    """The trace of what an issued report has lost."""
    told = ngettext(
        "{n} sentence was taken out of this report on {day}: […] stands in its place. The figures are as issued.",
        "{n} sentences were taken out of this report on {day}: […] stands in their place. The figures are as issued.",
        gone.many,
    ).format(n=gone.many, day=dates.day(gone.on, week=False))
    if gone.decision is None:
        return told
    return f"{told} " + _("Disposal decision: {number}").format(number=clean_line(gone.decision))


def _plan(shown: Figures) -> str:
    plan = shown.plan
    if plan is None:
        return _("There was no plan on that day.")
    said = _("Plan: {title} ({day}). Source: {source}")
    return said.format(
        title=clean_line(plan.title), day=dates.day(plan.day, week=False), source=clean_line(plan.source)
    )


def _compared(shown: Figures) -> str:
    than = shown.compared
    if than is None:
        return ""
    day = dates.day(than.as_of, week=False)
    if than.number:
        said = _("Compared with the report as of {day}, number {number}.")
        return said.format(day=day, number=clean_line(than.number))
    return _("Compared with the report as of {day}.").format(day=day)


def tables(shown: Figures) -> list[Table]:
    """All of them, in the order of the report."""
    return [
        overview(shown),
        standing(shown),
        correspondence(shown),
        steps(shown),
        promises(shown),
        changes(shown),
        answers(shown),
    ]


def overview(shown: Figures) -> Table:
    """Totals by phase."""
    columns = (
        Column(_("Phase")),
        Column(_("Offices"), "count"),
        Column(_("In use"), "count"),
        *(Column(_(name), "count") for name in office_words.ASSESSMENTS.values()),
        Column(_("Not assessed"), "count"),
        Column(_("With late steps"), "count"),
        Column(_("Letters in"), "count"),
        Column(_("Letters out"), "count"),
        Column(_("Ours, open"), "count"),
        Column(_("Ours, broken"), "count"),
        Column(_("Theirs, open"), "count"),
        Column(_("Theirs, broken"), "count"),
    )
    rows = [_phase(row, phase(row.phase)) for row in shown.phases]
    rows.append(_phase(shown.total, _("All")))
    return Table(_("Totals by phase"), columns, tuple(rows), _("No office."), total=True)


def phase(number: int | None) -> str:
    """`Phase 2`."""
    return _("Phase {n}").format(n=number) if number is not None else _("No phase")


def _phase(row: PhaseFigure, name: str) -> tuple[Value, ...]:
    assessed = (row.on_plan, row.risk, row.late, row.done, row.unassessed)
    letters = (row.letters_in, row.letters_out)
    promised = (row.ours.open, row.ours.broken, row.theirs.open, row.theirs.broken)
    return (name, row.offices, row.in_use, *assessed, row.with_late_steps, *letters, *promised)


def standing(shown: Figures) -> Table:
    """Every office: how it stands and why."""
    columns = (
        Column(_("Office")),
        Column(_("Phase"), "count"),
        Column(_("Step")),
        Column(_("Assessment")),
        Column(_("Late steps"), "long"),
        Column(_("Deviation"), "long"),
        Column(_("Reason"), "long"),
        Column(_("Measure"), "long"),
        Column(_("Socially vulnerable area")),
    )
    rows = tuple(_standing(row) for row in shown.offices)
    return Table(_("Offices: step, assessment and deviation"), columns, rows, _("No office."))


def _standing(row: OfficeFigure) -> tuple[Value, ...]:
    late = ", ".join(_late(step) for step in row.steps if step.days_late)
    why = (_text(row.deviation), _text(row.reason), _text(row.measure))
    step = words.said(words.STEPS, row.step) or None
    assessed = words.said(office_words.ASSESSMENTS, row.assessment) or None
    area = words.said(words.AREAS, row.vulnerable_area)
    return (clean_line(row.name), row.phase, step, assessed, late or None, *why, area)


def _late(step: StepFigure) -> str:
    days = step.days_late or 0
    told = ngettext("{step} ({n} day)", "{step} ({n} days)", days)
    return told.format(step=words.said(words.STEPS, step.step), n=days)


def _text(text: str | None) -> str | None:
    return clean_line(text) if text else None


def correspondence(shown: Figures) -> Table:
    """Every office: letters, last contact, promises."""
    columns = (
        Column(_("Office")),
        Column(_("Letters in"), "count"),
        Column(_("Letters out"), "count"),
        Column(_("Other letters"), "count"),
        Column(_("Last contact"), "day"),
        Column(_("Ours, open"), "count"),
        Column(_("Ours, broken"), "count"),
        Column(_("Ours, kept"), "count"),
        Column(_("Theirs, open"), "count"),
        Column(_("Theirs, broken"), "count"),
        Column(_("Theirs, kept"), "count"),
    )
    rows = tuple(_correspondence(row) for row in shown.offices)
    return Table(_("Offices: correspondence and promises"), columns, rows, _("No office."))


def _correspondence(row: OfficeFigure) -> tuple[Value, ...]:
    letters = (row.letters_in, row.letters_out, row.letters_others, row.last_contact)
    ours = (row.ours.open, row.ours.broken, row.ours.kept)
    return (clean_line(row.name), *letters, *ours, row.theirs.open, row.theirs.broken, row.theirs.kept)


def steps(shown: Figures) -> Table:
    """Every step of which a day is known, or that is not needed."""
    columns = (
        Column(_("Office")),
        Column(_("Phase"), "count"),
        Column(_("Step")),
        Column(_("Planned from"), "day"),
        Column(_("Planned to"), "day"),
        Column(_("Actual from"), "day"),
        Column(_("Actual to"), "day"),
        Column(_("Days late"), "count"),
        Column(_("Remark")),
    )
    rows = tuple(_step(row, step) for row in shown.offices for step in row.steps if is_known(step))
    return Table(_("Steps: planned and actual dates"), columns, rows, _("No step has a date."))


def is_known(step: StepFigure) -> bool:
    """Something is known of when, or that it is not needed."""
    days = (step.planned_start, step.planned_end, step.actual_start, step.actual_end)
    return not step.needed or any(days)


def _step(row: OfficeFigure, step: StepFigure) -> tuple[Value, ...]:
    days = (step.planned_start, step.planned_end, step.actual_start, step.actual_end)
    remark = None if step.needed else _("not needed")
    return (
        clean_line(row.name), row.phase, words.said(words.STEPS, step.step), *days, step.days_late, remark,
    )  # fmt: skip


def promises(shown: Figures) -> Table:
    """Open and broken promises, ours and theirs."""
    columns = (
        Column(_("Id")),
        Column(_("Office")),
        Column(_("Whose")),
        Column(_("Kind")),
        Column(_("Standing")),
        Column(_("Said"), "day"),
        Column(_("From"), "day"),
        Column(_("Last day"), "day"),
        Column(_("What was said"), "long"),
        Column(_("Remark")),
    )
    rows = tuple(_promise(row) for row in shown.promises)
    caption = _("Promises that are open or broken: ours to them, theirs to us")
    return Table(caption, columns, rows, _("No promise is open or broken."))


def _promise(row: PromiseFigure) -> tuple[Value, ...]:
    remarks = [_("about") if row.approximate else "", "" if row.judged else _("not judged by anybody")]
    return (
        row.id,
        clean_line(row.office_name) if row.office_name else _("no single office"),
        words.said(SIDES, row.side),
        words.said(words.KINDS, row.type),
        words.said(STANDS, row.stands),
        row.said_on,
        row.due_start,
        row.due_end,
        _text(row.text),
        ", ".join(part for part in remarks if part) or None,
    )


def changes(shown: Figures) -> Table:
    """What is otherwise than in the report before."""
    columns = (Column(_("Office")), Column(_("What")), Column(_("Before"), "long"), Column(_("Now"), "long"))
    rows = tuple(_change(row) for row in shown.changes)
    if shown.compared is None:
        return Table(
            _("Changes since the last report"), columns, (), _("No report had been issued before that day.")
        )
    caption = _("Changes since the report as of {day}").format(
        day=dates.day(shown.compared.as_of, week=False)
    )
    return Table(caption, columns, rows, _("Nothing has changed."))


def _change(row: ChangeFigure) -> tuple[Value, ...]:
    field = words.said(_CHANGED, row.field) if row.field in _CHANGED else office_words.field_said(row.field)
    return clean_line(row.office_name), field, _changed(row.field, row.before), _changed(row.field, row.after)


def _changed(field: str, value: str | None) -> str | None:
    if value is None:
        return None
    if field.endswith((".planned", ".actual")):
        return dates.window(*days_of(value))
    if field.endswith(".needed"):
        return _("yes") if value == "yes" else _("no")
    if field == "step":
        return words.said(words.STEPS, value)
    return office_words.value_said(field, value, {})


def answers(shown: Figures) -> Table:
    """Answer times by office; never by employee."""
    columns = (
        Column(_("Office")),
        Column(_("Answered questions"), "count"),
        Column(_("Median, working days"), "number"),
        Column(_("Longest, working days"), "count"),
        Column(_("Unanswered"), "count"),
        Column(_("Longest wait so far, working days"), "count"),
    )
    rows = tuple(_answer(row) for row in shown.answers)
    caption = _("Answer times: from their question to our answer")
    return Table(caption, columns, rows, _("Nobody has asked us anything."))


def _answer(row: AnswerFigure) -> tuple[Value, ...]:
    name = clean_line(row.office_name) if row.office_name else _("no single office")
    return (name, row.answered, row.median, row.longest, row.unanswered, row.longest_waiting)


def texts(row: Sequence[Value]) -> list[str]:
    """The cells of a row as text: days in ISO, decimals as they are written here."""
    return [text(value) for value in row]


def text(value: Value) -> str:
    """One cell as text."""
    match value:
        case None:
            return ""
        case float():
            said = f"{value:.1f}"
            return said.replace(".", ",") if _comma() else said
        case int():
            return dates.number(value)
        case date():
            return value.isoformat()
        case _:
            return value


def _comma() -> bool:
    from tui.i18n import language

    return language() == "sv"
