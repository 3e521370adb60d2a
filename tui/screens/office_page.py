"""An office's page: last contact, what we owe, what they owe, then what mails propose, facts, steps, people, what happened, changes."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from textual.content import Content

from crm.office_steps import Window
from crm.rows.follow_ups import OPEN_STATES, FollowUpRow
from crm.rows.messages import MessageRow
from crm.rows.offices import OfficeChangeRow, OfficeView
from crm.rows.people import PersonRow
from tui import dates, office_words, words
from tui.i18n import _
from tui.text import clean_line, content, line
from tui.widgets import timeline
from tui.widgets.office_rows import name
from tui.widgets.page_lines import Line, Page, happened_lines
from tui.widgets.table import cell

if TYPE_CHECKING:
    from crm.office_pages import OfficeStory

_QUIET = "$foreground 65%"
_LABEL = 26
_WIDE = 140
_CHANGES = 10
_HIDDEN = frozenset({"municipality", "place", "in_plan"})


class OfficePage(Page):
    """Everything that is known of an office."""

    can_mark = True

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self.view: OfficeView | None = None
        self.today = date.today()

    def put(self, story: "OfficeStory", today: date) -> None:
        is_same = self.view is not None and self.view.office.id == story.view.office.id
        before = self.current if is_same else None
        self.view, self.today = story.view, today
        self.lines = list(_lines(story, today))
        self.marks = self.marks & {shown.key for shown in self.lines} if is_same else set()
        if not is_same:
            self.cursor = -1
        self.reload()
        self.select(before, otherwise=max(self.cursor, 0))

    def chosen(self) -> list[Line]:
        """The marked lines, else the one under the cursor."""
        if self.marks:
            return [shown for shown in self.lines if shown.key in self.marks]
        return [self.lines[self.cursor]] if 0 <= self.cursor < len(self.lines) else []

    def action_mark(self) -> None:
        if 0 <= self.cursor < len(self.lines) and self.lines[self.cursor].can_mark:
            super().action_mark()

    def draw(self, index: int, width: int) -> Content:
        shown = self.lines[index]
        if shown.can_mark:
            sign = "■" if shown.key in self.marks else ""
            return Content("").join([cell(sign, 1, "bold $text-accent"), shown.content])
        if not shown.drawn or width < _WIDE:
            return shown.content
        known = [each for row in self.lines for each in row.drawn]
        room = width * 3 // 5
        scale = timeline.scale_over(known, self.today, width - room - 1)
        bar = content(timeline.bar(shown.drawn, scale, self.today))
        return Content(" ").join([shown.content.truncate(room, ellipsis=True, pad=True), bar])


def head(view: OfficeView, today: date) -> Content:
    """The office, when anybody was last in contact, and for how long nobody was if that is too long."""
    row = view.office
    phase = _("Phase {n}").format(n=row.phase) if row.phase else _("phase not known")
    last = line(_("Last contact: {when}").format(when=words.ago(row.last_contact, today)))
    silence = line(f"… {office_words.silence(row)}", "bold") if view.silent else Content("")
    first = Content.assemble(line(name(row), "bold"), "  ", line(f"{row.code} · {phase}", _QUIET))
    return Content("\n").join([first, Content.assemble(last, "  ", silence)])


def _says_nothing(row: OfficeChangeRow) -> bool:
    """From not told to not known, or back."""
    return row.field == "vulnerable_area" and {row.before, row.after} <= {None, "unknown"}


def _lines(story: "OfficeStory", today: date) -> Iterator[Line]:
    view, sources = story.view, story.sources or {}
    nothing = _("We owe them nothing that we know of."), _("They owe us nothing that we know of.")
    yield from _owed(_("We owe"), view, "us", sources, nothing[0])
    yield from _owed(_("They owe"), view, "them", sources, nothing[1])
    if view.others:
        yield from _owed(_("Between others"), view, "others", sources, "")
    yield from _section(_count(_("Proposed changes"), len(view.proposals)), _proposals(view))
    yield from _section(_("Facts"), _facts(view))
    yield from _section(_("Steps"), _steps(view, today))
    yield from _section(_("People"), map(_person, view.contacts))
    yield from _section(
        _("Correspondence, notes and decisions"),
        happened_lines(story.happened),
        _("No letters and no notes yet."),
    )
    yield from _section(_("What became different"), _changes(view))


def _owed(
    title: str, view: OfficeView, side: str, sources: Mapping[str, MessageRow], nothing: str
) -> Iterator[Line]:
    """The heading counts what is open; below that stands what was kept."""
    rows = {"us": view.we_owe, "them": view.they_owe}.get(side, view.others)
    lines = [each for row in rows for each in _owed_lines(row, sources.get(row.message or ""))]
    many = view.open.get(side, 0)
    rest = many - sum(row.state in OPEN_STATES for row in rows)
    if rest > 0:
        said = _("and {n} more; all of them: aterkom follow-ups --office {code}")
        more = said.format(n=dates.number(rest), code=view.office.code)
        lines.append(Line(None, Content.assemble("   ", line(more, _QUIET))))
    yield from _section(_count(title, many), iter(lines), nothing)


def _count(title: str, many: int) -> str:
    return f"{title} ({dates.number(many)})" if many else title


def _proposals(view: OfficeView) -> Iterator[Line]:
    """What would become what, and below it the sentence with who wrote it when."""
    for row in view.proposals:
        first = Content.assemble(("? ", "bold"), line(office_words.proposal_said(row)))
        yield Line(f"q{row.id}", first, row.message, row.text, proposal=row.id)
        who = ", ".join(filter(None, (clean_line(row.sender or ""), dates.day(row.date, week=False))))
        told = f"{words.quoted(row.text)} – {who}"
        yield Line(None, Content.assemble("   ", line(told, _QUIET)))


def _owed_lines(row: FollowUpRow, source: MessageRow | None) -> Iterator[Line]:
    """The sentence with its last day, and below it who wrote it to whom and when."""
    day = dates.column(row.due_start, row.due_end, approximate=row.approximate) or "–"
    first = Content.assemble((f"{words.sign(row)} ", "bold"), cell(day, 12), " ", line(row.text))
    yield Line(f"f{row.id}", first, row.message, row.text, follow_up=row.id)
    told = [_said(row, source), words.state(row), clean_line(row.assignee or "")]
    yield Line(None, Content.assemble(" " * 5, line(" · ".join(filter(None, told)), _QUIET)))


def _said(row: FollowUpRow, source: MessageRow | None) -> str:
    """`Eva Ek till Karin Ståhl med flera, 2021-06-14`: with its state it fits the narrowest screen."""
    when = row.since.isoformat()
    who = words.origin(row) or clean_line(row.decided_by or "")
    if source is None or not source.to:
        return ", ".join(filter(None, (who, when)))
    to = words.short_name(source.to[0])
    if len(source.to) > 1:
        to = _("{name} and others").format(name=to)
    return _("{who} to {recipient}, {date}").format(who=who, recipient=to, date=when)


def _section(title: str, lines: Iterator[Line], nothing: str = "") -> Iterator[Line]:
    """A heading with its lines; of a section without any only what is said then."""
    found = list(lines)
    if found or nothing:
        yield Line(None, line(title, "bold"))
        yield from found or [Line(None, Content.assemble("   ", line(nothing, _QUIET)))]
        yield Line(None, Content(""))


def _facts(view: OfficeView) -> Iterator[Line]:
    row = view.office
    told = [
        (_("Responsible"), row.owner or _("nobody")),
        (_("Phase"), str(row.phase or "–")),
        (_("Socially vulnerable area"), words.said(words.AREAS, row.vulnerable_area)),
        (_("Assessment"), words.said(office_words.ASSESSMENTS, row.assessment) or "–"),
        (_("Deviation"), view.deviation or ""),
        (_("Reason"), view.reason or ""),
        (_("Measure"), view.measure or ""),
        (_("Decisions"), ", ".join(view.decisions)),
    ]
    for label, value in told:
        if value:
            shown = Content.assemble("   ", cell(label, _LABEL, _QUIET), " ", line(value))
            yield Line(f"x{label}", shown)


def _steps(view: OfficeView, today: date) -> Iterator[Line]:
    """Steps of which anything is known; a late one says so."""
    late = {each.step: each for each in view.office.late}
    for step in office_words.shown_steps(view.steps):
        said = office_words.step_line(step)
        if step.kind in late:
            rest = said.partition("; ")[2]  # after what was planned, which is told already
            said = "! " + office_words.late_line(late[step.kind]) + (f"; {rest}" if rest else "")
        drawn = tuple(timeline.stretches([step], Window(), today))
        yield Line(f"s{step.kind}", Content.assemble("   ", line(said)), drawn=drawn)


def _person(row: PersonRow) -> Line:
    phone = row.phones[0] if row.phones else ""
    shown = Content.assemble("   ", cell(row.name, _LABEL), " ", cell(row.title or "", 26), " ", line(phone))
    return Line(row.id, shown, contact=row.id)


def _changes(view: OfficeView) -> Iterator[Line]:
    people = {int(person.id[1:]): person.name for person in view.contacts}
    shown = [row for row in view.history if row.field not in _HIDDEN and not _says_nothing(row)]
    for number, row in enumerate(shown[:_CHANGES]):
        said = office_words.history_line(row, people)
        yield Line(f"h{number}", Content.assemble("   ", line(said)), row.message)
