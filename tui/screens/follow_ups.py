"""The home view: what is due and what is proposed, most pressing first, and one key for each decision."""

from collections.abc import Callable, Hashable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from crm.rows import FollowUpRow, ReminderRow, StoreSummary
from tui import dates, words
from tui.backend import Decision
from tui.i18n import N_, _, ngettext
from tui.keys import FOLLOW_UPS, Key, bindings
from tui.screens.ask import Answered, AskScreen, Question
from tui.text import clean_line, line
from tui.widgets.rows import RowList
from tui.widgets.table import cell
from tui.widgets.view import View

_QUIET = "$foreground 65%"
_LABEL = 13
_WIDE = 110
_BUCKET_STYLES = {"overdue": "bold $text-error", "due": "bold $text-warning"}
DONE: dict[str, str] = {
    "accept": N_("Watched"),
    "dismiss": N_("Dismissed"),
    "done": N_("Done"),
    "snooze": N_("Put off"),
    "move": N_("Moved"),
    "assign": N_("Assigned"),
}


class FollowUpList(RowList):
    """Follow-ups under the headings of their buckets."""

    can_mark = True

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self.lines: list[ReminderRow | tuple[str, int]] = []

    def put(self, reminders: Sequence[ReminderRow]) -> None:
        """New rows; cursor and marks stay with those that are still there."""
        before, at = self.current, self.cursor
        self.lines = []
        for bucket in words.BUCKETS:
            inside = [row for row in reminders if row.bucket == bucket]
            if inside:
                self.lines += [(bucket, len(inside)), *inside]
        self.marks &= {row.follow_up.id for row in reminders}
        self.reload()
        self.select(before, otherwise=max(at, 0))

    def count(self) -> int:
        return len(self.lines)

    def key(self, index: int) -> Hashable | None:
        item = self.lines[index]
        return item.follow_up.id if isinstance(item, ReminderRow) else None

    def row(self) -> FollowUpRow | None:
        """The follow-up under the cursor."""
        if not 0 <= self.cursor < len(self.lines):
            return None
        item = self.lines[self.cursor]
        return item.follow_up if isinstance(item, ReminderRow) else None

    def draw(self, index: int, width: int) -> Content:
        item = self.lines[index]
        if isinstance(item, ReminderRow):
            return self._row(item.follow_up, width)
        bucket, many = item
        return line(f"{_(words.BUCKETS[bucket])} ({dates.number(many)})", _BUCKET_STYLES.get(bucket, "bold"))

    def _row(self, row: FollowUpRow, width: int) -> Content:
        mark = "■" if row.id in self.marks else " "
        return Content.assemble(
            (f"{mark}{words.sign(row)} ", "bold"),
            cell(when(row, width), 31 if width >= _WIDE else 12),
            " ",
            cell(words.office(row), 20 if width >= _WIDE else 11, "bold"),
            " ",
            cell(words.said(words.OWES, row.owes), 14),
            " ",
            line(row.text),
        )


def when(row: FollowUpRow, width: int) -> str:
    """The window in the room that there is."""
    if width >= _WIDE:
        return dates.window(row.due_start, row.due_end, approximate=row.approximate)
    return dates.column(row.due_start, row.due_end, approximate=row.approximate)


class FollowUpsView(View):
    """List and, below or beside it, the whole of what the cursor is on."""

    DEFAULT_CSS = """
    FollowUpsView { height: 1fr; layout: vertical; }
    FollowUpsView FollowUpList { height: 1fr; }
    FollowUpsView #detail { height: 10; border-top: solid $primary; padding: 0 1; scrollbar-size-vertical: 1; }
    FollowUpsView #welcome { height: auto; padding: 1 2 0 2; display: none; }
    """
    KEYS: ClassVar[tuple[Key, ...]] = FOLLOW_UPS
    BINDINGS: ClassVar[list[BindingType]] = bindings(FOLLOW_UPS)

    class Source(Message):
        """Show the letter that a follow-up stands in."""

        def __init__(self, row: FollowUpRow) -> None:
            super().__init__()
            self.row = row

    class Changed(Message):
        """Something was decided; `said` tells what."""

        def __init__(self, said: str) -> None:
            super().__init__()
            self.said = said

    def compose(self) -> ComposeResult:
        yield Static("", id="welcome")
        yield FollowUpList(id="list")
        with VerticalScroll(id="detail"):
            yield Static("", id="about")

    @property
    def rows(self) -> FollowUpList:
        return self.query_one(FollowUpList)

    def load(self) -> None:
        self.ask("reminders", lambda b: b.reminders(), self._put)

    def _put(self, reminders: list[ReminderRow]) -> None:
        self.rows.put(reminders)
        self._show_detail()
        self._show_welcome(nothing=not reminders)

    def _show_welcome(self, *, nothing: bool) -> None:
        """What to do first, above what there is: the plan's own dates stand there before any letter does."""
        situation = self.screens.situation
        fresh = situation is not None and not situation.summary.messages
        self.rows.display = not nothing
        self.query_one("#detail").display = not nothing and not fresh
        welcome = self.query_one("#welcome", Static)
        welcome.display = nothing or fresh
        if situation is not None:
            welcome.update(empty(situation.summary))

    def focus_first(self) -> None:
        self.rows.focus()

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        event.stop()
        self._show_detail()

    def on_row_list_opened(self, event: RowList.Opened) -> None:
        event.stop()
        row = self.rows.row()
        if row is not None:
            self.post_message(self.Source(row))

    def _show_detail(self) -> None:
        row = self.rows.row()
        self.query_one("#about", Static).update(about(row) if row else Content(""))

    def chosen(self) -> tuple[str, ...]:
        """The marked follow-ups, else the one under the cursor."""
        if self.rows.marks:
            return tuple(sorted(str(key) for key in self.rows.marks))
        row = self.rows.row()
        return (row.id,) if row else ()

    def action_decide(self, action: str) -> None:
        self._decide(Decision(self.chosen(), action))

    def action_snooze(self) -> None:
        self._ask_then(_("Remind me later"), [_day_question()], self._snooze)

    def action_move(self) -> None:
        reason = Question(_("Reason"), _("for example: they asked for more time"))
        self._ask_then(_("Change date"), [_day_question(), reason], self._move)

    def action_assign(self) -> None:
        self._ask_then(_("Assign to"), [Question(_("Who"), self.screens.user)], self._assign)

    def action_undo(self) -> None:
        self.ask("undo", lambda b: b.undo(), lambda rows: self._decided(_("Undone"), rows), keep=True)

    def _ask_then(
        self, title: str, questions: list[Question], then: Callable[[tuple[str, ...], Answered], None]
    ) -> None:
        ids = self.chosen()
        if not ids:
            return

        def answered(answer: Answered | None) -> None:
            if answer is not None:
                then(ids, answer)

        self.app.push_screen(AskScreen(title, questions), answered)

    def _snooze(self, ids: tuple[str, ...], answer: Answered) -> None:
        start, end = answer.window
        self._decide(Decision(ids, "snooze", until=start or end))

    def _move(self, ids: tuple[str, ...], answer: Answered) -> None:
        self._decide(Decision(ids, "move", due=answer.window, because=answer.texts[1]))

    def _assign(self, ids: tuple[str, ...], answer: Answered) -> None:
        self._decide(Decision(ids, "assign", who=answer.texts[0]))

    def _decide(self, decision: Decision) -> None:
        if decision.ids:
            said = _(DONE[decision.action])
            self.ask(
                "decide", lambda b: b.decide(decision), lambda rows: self._decided(said, rows), keep=True
            )

    def _decided(self, said: str, rows: Sequence[FollowUpRow]) -> None:
        self.rows.marks.clear()
        many = len(rows)
        what = ngettext("{n} follow-up", "{n} follow-ups", many).format(n=dates.number(many))
        self.post_message(self.Changed(f"{said}: {what}. " + _("u undoes it.")))
        self.load()


def _day_question() -> Question:
    return Question(_("When"), _("for example: on Monday, w. 46 or 2021-11-15"), is_day=True)


def about(row: FollowUpRow) -> Content:
    """The whole of a follow-up: its sentence, its window, who and by which rule."""
    kind = " · ".join((words.state(row), words.said(words.KINDS, row.kind), words.said(words.OWES, row.owes)))
    parts = [
        Content.assemble((words.sign(row), "bold"), " ", line(kind, "bold")),
        line(f"”{clean_line(row.text)}”" if row.text else "–", "italic"),
    ]
    parts += [_field(label, value) for label, value in _facts(row) if value]
    return Content("\n").join(parts)


def _facts(row: FollowUpRow) -> list[tuple[str, str]]:
    return [
        (_("When"), words.window(row)),
        (_("Office"), words.office(row)),
        (_("From"), words.origin(row)),
        (_("Who"), clean_line(row.who or "") or words.said(words.OBLIGORS, row.obligor)),
        (_("Responsible"), clean_line(row.assignee or "")),
        (_("Why"), words.rule(row)),
        (_("Decided by"), clean_line(row.decided_by or "")),
        (_("Note"), "" if row.found else _("No longer found in the letter; your decision stands.")),
    ]


def _field(label: str, value: str) -> Content:
    return Content.assemble((label.ljust(_LABEL), _QUIET), line(value))


def empty(summary: StoreSummary) -> Content:
    """What to do when there is nothing to do."""
    if summary.messages:
        return Content("\n").join(
            [
                line(_("Nothing to do today."), "bold"),
                line(_("What is promised in letters that come will stand here, to be reviewed.")),
            ]
        )
    if summary.accounts:
        steps = [(_("Fetch your mail:"), "aterkom sync")]
    else:
        steps = [
            (
                _("Add your mailbox:"),
                _("aterkom account add NAME --host SERVER --user ADDRESS --secret prompt"),
            ),
            (_("Then fetch the mail:"), "aterkom sync"),
            (_("See how it works, with invented letters:"), "aterkom demo"),
        ]
    heading = _("No mailbox yet") if not summary.accounts else _("No mail yet")
    parts = [
        line(heading, "bold"),
        line(_("Återkom reads letters, and reminds of what was promised in them.")),
        Content(""),
    ]
    for said, typed in steps:
        shown = Content.assemble("    ", line(typed, "bold $text-accent"))
        parts += [line(said), shown, Content("")]
    parts.append(line(_("Leave with q and type the command."), _QUIET))
    return Content("\n").join(parts)
