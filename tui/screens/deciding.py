"""What is decided about follow-ups, asked for and done the same wherever they are listed."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui import dates
from tui.backend import Decision
from tui.i18n import N_, _, ngettext
from tui.screens.ask import Answered, AskScreen, Question
from tui.text import clean_line
from tui.widgets.view import View

if TYPE_CHECKING:
    from crm.rows.follow_ups import FollowUpRow

DONE: dict[str, str] = {
    "accept": N_("Watched"),
    "dismiss": N_("Dismissed"),
    "done": N_("Done"),
    "snooze": N_("Put off"),
    "move": N_("Moved"),
    "assign": N_("Assigned"),
    "waive": N_("Waived"),
    "reopen": N_("Reopened"),
}


class Deciding(View):
    """A view with follow-ups: a key works on those that are chosen, and is one step of undo."""

    def chosen(self) -> tuple[str, ...]:
        """The ids of the marked follow-ups, else of the one under the cursor; none where there is none."""
        raise NotImplementedError

    def decided(self, decision: Decision, rows: "list[FollowUpRow]") -> None:
        """It was done; `rows` are as they stand now."""
        raise NotImplementedError

    def action_decide(self, action: str) -> None:
        self._decide(Decision(self.chosen(), action))

    def action_snooze(self) -> None:
        self._ask_then(_("Remind me later"), [_day_question()], self._snooze)

    def action_move(self) -> None:
        reason = Question(_("Reason"), _("for example: they asked for more time"))
        self._ask_then(_("Change date"), [_day_question(), reason], self._move)

    def action_assign(self) -> None:
        self._ask_then(_("Assign to"), [Question(_("Who"), value=self.screens.user)], self._assign)

    def _ask_then(
        self, title: str, questions: list[Question], then: Callable[[tuple[str, ...], Answered], None]
    ) -> None:
        ids = self.chosen()
        if not ids:
            return

        def answered(answer: Answered | None) -> None:
            if answer is not None:
                then(ids, answer)

        many = ngettext("{n} follow-up", "{n} follow-ups", len(ids)).format(n=dates.number(len(ids)))
        self.app.push_screen(AskScreen(f"{title} · {many}" if len(ids) > 1 else title, questions), answered)

    def _snooze(self, ids: tuple[str, ...], answer: Answered) -> None:
        start, end = answer.window
        self._decide(Decision(ids, "snooze", until=start or end))

    def _move(self, ids: tuple[str, ...], answer: Answered) -> None:
        self._decide(Decision(ids, "move", due=answer.window, because=answer.texts[1]))

    def _assign(self, ids: tuple[str, ...], answer: Answered) -> None:
        self._decide(Decision(ids, "assign", who=answer.texts[0]))

    def _decide(self, decision: Decision) -> None:
        if decision.ids:
            self.ask(
                "decide",
                lambda b: b.decide(decision),
                lambda rows: self._was_decided(decision, rows),
                keep=True,
            )

    def _was_decided(self, decision: Decision, rows: "list[FollowUpRow]") -> None:
        self.post_message(self.Changed(f"{said_of(decision, rows)} " + _("u undoes it.")))
        self.decided(decision, rows)


def said_of(decision: Decision, rows: "list[FollowUpRow]") -> str:
    """What was done to how many, and until when."""
    many = ngettext("{n} follow-up", "{n} follow-ups", len(rows)).format(n=dates.number(len(rows)))
    said = f"{_(DONE[decision.action])}: {many}"
    if decision.until is not None:
        said += f", {dates.day(decision.until)}"
    if decision.due is not None:
        said += f", {dates.window(*decision.due)}"
    if decision.action == "assign":
        said += f", {clean_line(decision.who or '')}"
    return f"{said}."


def _day_question() -> Question:
    return Question(_("When"), _("for example: on Monday, w. 46 or 2021-11-15"), is_day=True)
