"""Registration: the mails that nobody has judged for the diary, each with a suggestion; one key judges all that are marked."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import partial
from typing import ClassVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from crm.rows.register import QueueRow, RegisterState
from tui import dates, registrations, words
from tui.backend_register import Verdict
from tui.i18n import _, ngettext
from tui.keys import Key, bindings
from tui.keys_register import REGISTER
from tui.screens.ask import Answered, AskScreen, Question
from tui.text import line
from tui.widgets.paged import PagedList, Reach
from tui.widgets.rows import RowList
from tui.widgets.table import cell, figure
from tui.widgets.view import View

_QUIET = "$foreground 65%"
_WIDE = 116


class QueueList(PagedList[QueueRow]):
    """Marked; then the age in working days, sender, subject, and the suggestion with its reason."""

    can_mark = True

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self.kept: dict[int, QueueRow] = {}

    def put_ids(self, ids: Sequence[int], reach: Reach | None = None) -> None:
        """What is marked stays as it was seen; what is no longer in the queue is marked no longer."""
        gone = set(self.ids) - set(ids) if reach is None or reach.last == self.reach.last else set()
        self.marks -= gone
        known = self.kept | self.loaded
        self.kept = {key: row for key, row in known.items() if key in self.marks}
        super().put_ids(ids, reach)

    def chosen(self) -> list[QueueRow]:
        """Every marked mail as it was shown, else the one under the cursor."""
        known = self.kept | self.loaded
        keys: Iterable[Hashable | None] = self.marks or (self.current,)
        return [known[key] for key in keys if isinstance(key, int) and key in known]

    def mark_alike(self) -> None:
        """Marks what is in sight and suggested as under the cursor, for the same reason."""
        here, top = self.row(), self.scroll_offset.y
        for index in range(top, min(top + self.size.height, self.count())):
            row = self.loaded.get(self.ids[index])
            if row is not None and here is not None and _kind(row) == _kind(here):
                self.marks.add(self.ids[index])
        self.refresh()

    def draw(self, index: int, width: int) -> Content:
        row = self.row_at(index)
        if row is None:
            return line("…", _QUIET)
        age = "" if row.working_days is None else dates.number(row.working_days)
        return _cells(
            ("■ " if self.ids[index] in self.marks else "  "),
            age,
            words.short_name(row.message.sender),
            words.subject(row.message.subject),
            registrations.suggestion(row.suggestion),
            width,
        )


def _kind(row: QueueRow) -> tuple[str | None, str]:
    return row.suggestion.state, row.suggestion.reason


def _cells(mark: str, age: str, sender: str, subject: str, suggestion: str, width: int) -> Content:
    """A line, or the names of the columns, in the room that there is."""
    wide = width >= _WIDE
    return Content.assemble(
        cell(mark, 2, "bold"),
        figure(age, 5, _QUIET),
        cell(sender, 24 if wide else 15),
        " ",
        cell(subject, 48 if wide else 24),
        " ",
        line(suggestion, "$text-accent"),
    )


def _about(row: QueueRow) -> Content:
    """The whole of what a line has no room for."""
    mail = row.message
    sent = dates.moment(mail.date) if mail.date else _("No date")
    to = ", ".join(words.short_name(box) for box in mail.to)
    said = [
        part
        for part in (sent, f"{words.short_name(mail.sender)} → {to}", registrations.age(row.working_days))
        if part
    ]
    documents = ", ".join(one.filename or one.content_type for one in mail.attachments)
    rows = [
        line(words.subject(mail.subject), "bold"),
        line(" · ".join(said)),
        line(registrations.suggestion(row.suggestion), "bold $text-accent"),
        line(_("Attached: {names}").format(names=documents) if documents else mail.snippet or "", _QUIET),
    ]
    return Content("\n").join(rows)


class RegisterView(View):
    """The queue, and below it the whole of what the cursor is on."""

    DEFAULT_CSS = """
    RegisterView { height: 1fr; layout: vertical; }
    RegisterView #columns { height: 1; text-wrap: nowrap; }
    RegisterView #empty { height: auto; padding: 1 2; display: none; }
    RegisterView QueueList { height: 1fr; }
    RegisterView #about { height: 5; border-top: solid $primary; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    """
    KEYS: ClassVar[tuple[Key, ...]] = REGISTER
    BINDINGS: ClassVar[list[BindingType]] = bindings(REGISTER)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self.oldest = False

    def compose(self) -> ComposeResult:
        yield Static("", id="columns")
        yield Static(
            line(_("Nothing waits to be judged. Letters come here once they are fetched (7).")), id="empty"
        )
        yield QueueList(id="queue")
        yield Static("", id="about")

    @property
    def rows(self) -> QueueList:
        return self.query_one(QueueList)

    def load(self) -> None:
        self._load(self.rows.again())

    def _load(self, reach: Reach) -> None:
        """The end of an order is the beginning of the other."""
        oldest = self.oldest
        self.ask(
            "queue",
            lambda b: b.queue_ids(reach.limit, oldest=oldest, last=reach.last),
            partial(self._put_ids, reach),
        )

    def on_paged_list_longer(self, event: PagedList.Longer) -> None:
        event.stop()
        self._load(event.reach)

    def _put_ids(self, reach: Reach, ids: list[int]) -> None:
        self.rows.put_ids(ids, reach)
        self.query_one("#empty").display = not ids
        self._show()

    def on_paged_list_wanted(self, event: PagedList.Wanted) -> None:
        event.stop()
        ids = list(event.ids)
        self.ask(f"page-{ids[0]}", lambda b: b.queue_page(ids), self._put_rows)

    def _put_rows(self, rows: Sequence[QueueRow]) -> None:
        self.rows.put_rows({int(row.message.id[1:]): row for row in rows})
        self._show()

    def _show(self) -> None:
        row = self.rows.row()
        self.query_one("#about", Static).update(_about(row) if row else Content(""), layout=False)

    def focus_first(self) -> None:
        self.put_focus(self.rows)

    def on_row_list_fitted(self, event: RowList.Fitted) -> None:
        event.stop()
        heads = ("", _("Days"), _("From"), _("Subject"), _("Suggestion"))
        self.query_one("#columns", Static).update(
            _cells(*heads, event.rows.line_width).stylize(_QUIET), layout=False
        )

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        event.stop()
        self._show()

    def on_row_list_opened(self, event: RowList.Opened) -> None:
        event.stop()
        if self.rows.current is not None:
            self.post_message(self.Open(f"m{self.rows.current}"))

    def action_alike(self) -> None:
        self.rows.mark_alike()
        many = len(self.rows.marks)
        said = ngettext("{n} mail is marked.", "{n} mails are marked.", many).format(n=dates.number(many))
        self.post_message(self.Said(said))

    def action_order(self) -> None:
        self.oldest = not self.oldest
        self.post_message(self.Said(_("The oldest first.") if self.oldest else _("The newest first.")))
        self._load(Reach())

    def action_accept(self) -> None:
        """Each as its own line says; where nothing is suggested a person has to look."""
        chosen = self.rows.chosen()
        verdicts = {
            row.message.id: Verdict(row.suggestion.state, row.suggestion.number)
            for row in chosen
            if row.suggestion.state is not None
        }
        if chosen and not verdicts:
            self.post_message(self.Said(_("Nothing is suggested here: look at it and judge it yourself.")))
        self._judge(verdicts, left=len(chosen) - len(verdicts))

    def action_judge(self, state: str) -> None:
        verdict = Verdict(cast("RegisterState", state))
        self._judge({row.message.id: verdict for row in self.rows.chosen()})

    def action_number(self) -> None:
        chosen = self.rows.chosen()
        question = Question(_("Number"), value=_same(row.suggestion.number for row in chosen))
        self._ask_then(_("Registered under a number"), [question], chosen, _numbered)

    def action_secret(self) -> None:
        """What is confidential has to be registered: under a number, or by the registrar."""
        chosen = self.rows.chosen()
        questions = [
            Question(
                _("Provision"),
                _("for example: OSL 19:1"),
                value=_same(row.suggestion.secret for row in chosen),
            ),
            Question(_("Number, or nothing: to the registrar"), needed=False),
        ]
        self._ask_then(_("Confidential: it has to be registered"), questions, chosen, _confidential)

    def _ask_then(
        self,
        title: str,
        questions: list[Question],
        chosen: Sequence[QueueRow],
        verdict: Callable[[tuple[str, ...]], Verdict],
    ) -> None:
        def answered(answer: Answered | None) -> None:
            if answer is not None:
                said = verdict(answer.texts)
                self._judge({row.message.id: said for row in chosen})

        if chosen:
            many = ngettext("{n} mail", "{n} mails", len(chosen)).format(n=dates.number(len(chosen)))
            self.app.push_screen(AskScreen(f"{title} · {many}", questions), answered)

    def _judge(self, verdicts: dict[str, Verdict], left: int = 0) -> None:
        if verdicts:
            self.ask("judge", lambda b: b.judge(verdicts), partial(self._judged, left), keep=True)

    def _judged(self, left: int, many: int) -> None:
        said = ngettext("{n} mail judged.", "{n} mails judged.", many).format(n=dates.number(many))
        if left:
            rest = ngettext("{n} without a suggestion waits.", "{n} without a suggestion wait.", left)
            said += " " + rest.format(n=dates.number(left))
        else:
            self.rows.marks.clear()
        self.post_message(self.Changed(f"{said} " + _("u undoes it.")))
        self.load()


def _same(values: Iterable[str | None]) -> str:
    """What all say, where they say the same."""
    said = set(values)
    return (said.pop() or "") if len(said) == 1 else ""


def _numbered(texts: tuple[str, ...]) -> Verdict:
    return Verdict("number", texts[0])


def _confidential(texts: tuple[str, ...]) -> Verdict:
    provision, number = texts
    return Verdict("number", number, provision) if number else Verdict("sent", None, provision)
