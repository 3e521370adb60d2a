"""Correspondence: threads in a list that holds a million, and what stands in the one under the cursor."""

from collections.abc import Sequence
from functools import partial
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from crm.rows.messages import ThreadRow
from crm.rows.reading_pane import ThreadPart
from tui import dates, words
from tui.i18n import N_, _
from tui.keys import READING, Key, bindings
from tui.keys_mail import MAIL, THREADS
from tui.screens.acting import Acting
from tui.text import line
from tui.widgets.paged import PagedList, Reach
from tui.widgets.reading import ReadingPane
from tui.widgets.rows import RowList
from tui.widgets.table import cell
from tui.widgets.view import View

_WIDE = 100
_OF_LETTER: Final = {key.id: key for key in READING[1:] if key.keys}
"""What the letter's own keys do from the list beside it."""
_WAITS: Final = {"us": N_("→ us"), "them": N_("→ them")}


class ThreadList(PagedList[ThreadRow]):
    """Marked, unread, unjudged; then day, whom it waits for, sender, proposals, subject."""

    can_mark = True

    def draw(self, index: int, width: int) -> Content:
        row = self.row_at(index)
        if row is None:
            return line("…", "$foreground 65%")
        many = f" ({dates.number(row.messages)})" if row.messages > 1 else ""
        parts: list[Content | str | tuple[str, str]] = [
            ("■" if self.ids[index] in self.marks else " ", "bold"),
            ("●" if row.unread else " ", "bold $text-accent"),
            ("○ " if row.unjudged else "  ", "$foreground 65%"),
            cell(row.last_date.date().isoformat() if row.last_date else "–", 11),
            cell(_waits(row.waiting, width), 18 if width >= _WIDE else 7, "$text-accent"),
            cell(row.last_sender or words.short_name(None), 22 if width >= _WIDE else 14),
            " ",
            cell(f"?{dates.number(row.proposed)}" if row.proposed else "", 3, "bold $text-warning"),
            line(words.subject(row.subject) + many, "bold" if row.proposed or row.unread else ""),
        ]
        return Content.assemble(*parts)


def heading(width: int) -> Content:
    """The names of the columns, over rows that are as wide."""
    wide = width >= _WIDE
    parts: list[Content | str] = [
        "    ",
        cell(_("Date"), 11),
        cell(_("Waits"), 18 if wide else 7),
        cell(_("From"), 22 if wide else 14),
        " ",
        cell("?", 3),
        line(_("Subject")),
    ]
    return Content.assemble(*parts).stylize("$foreground 65%")


def _waits(side: str | None, width: int) -> str:
    """Whom a thread waits for: in words where there is room, else in one."""
    if side is None:
        return ""
    return words.said(words.WAITING, side) if width >= _WIDE else words.said(_WAITS, side)


class MailView(Acting, View):
    """Threads above (or to the left), the letter below (or to the right)."""

    DEFAULT_CSS = """
    MailView { height: 1fr; layout: vertical; }
    MailView #list-side { height: 40%; layout: vertical; }
    MailView #heading { height: 1; text-wrap: nowrap; }
    MailView ThreadList { height: 1fr; }
    MailView ReadingPane { height: 1fr; border-top: solid $primary; }
    MailView.-reading #list-side { display: none; }
    MailView.-reading ReadingPane { border-top: none; }
    """
    KEYS: ClassVar[tuple[Key, ...]] = MAIL
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", show=False),
        *bindings(THREADS),
        *(Binding(k.keys, f"letter('{k.id}')", show=False, id=k.id) for k in _OF_LETTER.values()),
    ]

    class Removed(Message):
        """A mail was removed; what is to be said of it."""

        def __init__(self, said: str) -> None:
            super().__init__()
            self.said = said

    _rereads = False

    def compose(self) -> ComposeResult:
        with Vertical(id="list-side"):
            yield Static("", id="heading")
            yield ThreadList(id="threads")
        yield ReadingPane(id="reading")

    @property
    def rows(self) -> ThreadList:
        return self.query_one(ThreadList)

    @property
    def reading(self) -> ReadingPane:
        return self.query_one(ReadingPane)

    def on_row_list_fitted(self, event: RowList.Fitted) -> None:
        if event.rows is self.rows:
            event.stop()
            self.query_one("#heading", Static).update(heading(self.rows.line_width), layout=False)

    def load(self) -> None:
        self._load(self.rows.again())

    def _load(self, reach: Reach) -> None:
        self.ask(
            "threads", lambda b: b.thread_ids(reach.limit, last=reach.last), partial(self._put_ids, reach)
        )

    def on_paged_list_longer(self, event: PagedList.Longer) -> None:
        event.stop()
        self._load(event.reach)

    def _put_ids(self, reach: Reach, ids: list[int]) -> None:
        self.rows.put_ids(ids, reach)
        if self._rereads:
            self._rereads = False
            self._read()
        if not ids:
            self.reading.clear(
                _(
                    "No letters yet. Fetch them under Mailboxes (7), or with: aterkom sync. "
                    "Files are taken in with: aterkom import"
                )
            )

    def on_paged_list_wanted(self, event: PagedList.Wanted) -> None:
        event.stop()
        ids = list(event.ids)
        self.ask(f"page-{ids[0]}", lambda b: b.thread_page(ids), partial(self._put_rows, ids))

    def _put_rows(self, ids: Sequence[int], rows: Sequence[ThreadRow]) -> None:
        self.rows.put_rows({int(row.id[1:]): row for row in rows})
        if self.rows.current in ids and not self.reading.messages:
            self._read()

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        event.stop()
        if event.rows is self.rows:
            self._read()

    def on_row_list_opened(self, event: RowList.Opened) -> None:
        event.stop()
        self.add_class("-reading")
        self.query_one("#page").focus()

    def on_reading_pane_thread(self, event: ReadingPane.Thread) -> None:
        event.stop()
        self.rows.action_move(event.step)

    def on_reading_pane_more(self, event: ReadingPane.More) -> None:
        event.stop()
        self._read(event.start)

    def removed(self, said: str | None) -> None:
        if said is not None:
            self.reading.clear()
            self.post_message(self.Removed(said))

    def reread(self) -> None:
        """The list first: the thread under the cursor may be gone."""
        self._rereads = True
        self.load()

    def action_join(self) -> None:
        """The marked threads and the one under the cursor, the marked ones first."""
        chosen = list(self.rows.marks)
        if self.rows.current is not None and self.rows.current not in chosen:
            chosen.append(self.rows.current)
        if len(chosen) < 2:
            self.say(_("Mark with Space the threads that are one."))
            return
        names = [f"t{number}" for number in chosen]
        self.ask("join", lambda b: b.join_threads(names), self._joined, keep=True)

    def _joined(self, many: int) -> None:
        del many
        self.rows.marks.clear()
        self.say(_("They are one thread now.") + " " + _("u undoes it."))
        self.reread()

    async def action_letter(self, name: str) -> None:
        """A letter's key from the list beside it: it is the letter in sight that is meant, and never one of many."""
        if self.rows.marks:
            self.say(_("This is done with one letter: Space takes the marks away."))
        else:
            await self.reading.run_action(_OF_LETTER[name].action)

    def action_back(self) -> None:
        self.remove_class("-reading")
        self.rows.focus()

    def focus_first(self) -> None:
        self.put_focus(self.query_one("#page" if self.has_class("-reading") else "#threads"))

    def _read(self, start: int = 0) -> None:
        if self.rows.current is not None:
            thread = f"t{self.rows.current}"
            self.ask("thread", lambda b: b.thread_part(thread, start), self._show)

    def _show(self, part: ThreadPart) -> None:
        self.reading.show_part(part)
