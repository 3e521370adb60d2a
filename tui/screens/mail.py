"""Correspondence: threads in a list that holds a million, and what stands in the one under the cursor."""

from collections.abc import Hashable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from crm.rows import MessageView, ThreadRow
from tui import dates, words
from tui.i18n import _
from tui.keys import LIST, READING, Key
from tui.screens.headers import HeadersScreen
from tui.screens.private import PrivateScreen
from tui.text import line
from tui.widgets.reading import ReadingPane
from tui.widgets.rows import RowList
from tui.widgets.table import cell
from tui.widgets.view import View

PAGE = 100


class ThreadList(RowList):
    """All ids at once, rows by pages as they come into sight."""

    class Wanted(Message):
        """Rows are in sight that are not here yet."""

        def __init__(self, ids: Sequence[int]) -> None:
            super().__init__()
            self.ids = ids

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self.ids: Sequence[int] = ()
        self.loaded: dict[int, ThreadRow] = {}
        self.asked: set[int] = set()

    def put_ids(self, ids: Sequence[int]) -> None:
        before, at = self.current, self.cursor
        self.ids = ids
        self.loaded.clear()
        self.asked.clear()
        self.reload()
        self.select(before, otherwise=max(at, 0))

    def select(self, key: Hashable | None, otherwise: int = 0) -> None:
        """As everywhere, but a million ids are looked through in C."""
        found = key in self.ids if isinstance(key, int) else False
        self.cursor = self.ids.index(key) if found and isinstance(key, int) else self._nearest(otherwise, 1)

    def put_rows(self, ids: Sequence[int], rows: Sequence[ThreadRow]) -> None:
        self.loaded |= dict(zip(ids, rows, strict=False))
        self.refresh()

    def count(self) -> int:
        return len(self.ids)

    def key(self, index: int) -> Hashable | None:
        return self.ids[index] if 0 <= index < len(self.ids) else None

    def row(self) -> ThreadRow | None:
        return self.loaded.get(self.ids[self.cursor]) if 0 <= self.cursor < len(self.ids) else None

    def draw(self, index: int, width: int) -> Content:
        row = self.loaded.get(self.ids[index])
        if row is None:
            self._want(index)
            return line("…", "$foreground 65%")
        many = f" ({dates.number(row.messages)})" if row.messages > 1 else ""
        waiting = words.said(words.WAITING, row.waiting)
        parts: list[Content | str] = [
            cell(row.last_date.date().isoformat() if row.last_date else "–", 11),
            cell(f"?{dates.number(row.proposed)}" if row.proposed else "", 4, "bold $text-warning"),
            cell(row.last_sender or words.short_name(None), 24 if width >= 100 else 18),
            " ",
            line(words.subject(row.subject) + many, "bold" if row.proposed else ""),
        ]
        if waiting:
            parts += ["  ", line(f"· {waiting}", "$text-accent")]
        return Content.assemble(" ", *parts)

    def _want(self, index: int) -> None:
        """Asks for the page around a line, once."""
        page = index // PAGE
        if page not in self.asked:
            self.asked.add(page)
            self.post_message(self.Wanted(self.ids[page * PAGE : (page + 1) * PAGE]))


class MailView(View):
    """Threads above (or to the left), the letter below (or to the right)."""

    DEFAULT_CSS = """
    MailView { height: 1fr; layout: vertical; }
    MailView ThreadList { height: 40%; }
    MailView ReadingPane { height: 1fr; border-top: solid $primary; }
    MailView.-reading ThreadList { display: none; }
    MailView.-reading ReadingPane { border-top: none; }
    """
    KEYS: ClassVar[tuple[Key, ...]] = (*LIST, *READING)
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", show=False)]

    class Removed(Message):
        """A mail was removed; what is to be said of it."""

        def __init__(self, said: str) -> None:
            super().__init__()
            self.said = said

    def compose(self) -> ComposeResult:
        yield ThreadList(id="threads")
        yield ReadingPane(id="reading")

    @property
    def rows(self) -> ThreadList:
        return self.query_one(ThreadList)

    @property
    def reading(self) -> ReadingPane:
        return self.query_one(ReadingPane)

    def load(self) -> None:
        self.ask("threads", lambda b: b.thread_ids(), self._put_ids)

    def _put_ids(self, ids: list[int]) -> None:
        self.rows.put_ids(ids)
        if not ids:
            self.reading.clear(
                _("No letters yet. “aterkom sync” fetches them, “aterkom import” takes them from files.")
            )

    def on_thread_list_wanted(self, event: ThreadList.Wanted) -> None:
        event.stop()
        ids = list(event.ids)
        self.ask(f"page-{ids[0]}", lambda b: b.thread_page(ids), lambda rows: self._put_rows(ids, rows))

    def _put_rows(self, ids: Sequence[int], rows: Sequence[ThreadRow]) -> None:
        self.rows.put_rows(ids, rows)
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

    def on_reading_pane_headers(self, event: ReadingPane.Headers) -> None:
        event.stop()
        self.app.push_screen(HeadersScreen(event.message))

    def on_reading_pane_private(self, event: ReadingPane.Private) -> None:
        event.stop()
        self.app.push_screen(PrivateScreen(event.message), self._removed)

    def _removed(self, said: str | None) -> None:
        if said is not None:
            self.reading.clear()
            self.post_message(self.Removed(said))

    def action_back(self) -> None:
        self.remove_class("-reading")
        self.rows.focus()

    def focus_first(self) -> None:
        self.query_one("#page" if self.has_class("-reading") else "#threads").focus()

    def _read(self) -> None:
        row = self.rows.row()
        if row is not None:
            thread = row.id
            self.ask("thread", lambda b: b.thread_messages(thread), self._show)

    def _show(self, messages: list[MessageView]) -> None:
        self.reading.show(messages)
