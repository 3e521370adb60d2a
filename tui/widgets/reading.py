"""The reading pane: the chain as a tree, and under it one message of it."""

from collections.abc import Hashable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message

from crm.rows.reading_pane import MentionView, MessageView, ThreadPart
from tui import dates, words
from tui.i18n import _
from tui.keys import READING, bindings
from tui.text import clean, line
from tui.widgets.letter import QUIET, letter
from tui.widgets.page import Page
from tui.widgets.rows import RowList

_DEEPEST = 12


class Chain(RowList):
    """The messages of a chain or thread, each under the one that carried it; below them the way to further ones."""

    DEFAULT_CSS = """
    Chain { height: auto; max-height: 30%; min-height: 1; border-bottom: solid $panel; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self.messages: Sequence[MessageView] = ()
        self.start = 0
        self.total = 0

    @property
    def is_part(self) -> bool:
        """Whether the thread has more messages than are here."""
        return self.total > len(self.messages)

    def count(self) -> int:
        return len(self.messages) + self.is_part

    def key(self, index: int) -> Hashable | None:
        return index if 0 <= index < self.count() else None

    def draw(self, index: int, width: int) -> Content:
        del width
        if index == len(self.messages):
            return line(self._part(), "bold $text-accent")
        view = self.messages[index]
        branch = "   " * (min(view.depth, _DEEPEST) - 1) + "└─ " if view.depth > 0 else ""
        when = dates.moment_column(view.date) if view.date else (view.date_text or "–")
        said = f"{words.short_name(view.sender)} · {when} · {words.said(words.MESSAGE_KINDS, view.kind)}"
        sign = " ▸" if view.follow_ups else ""
        return Content.assemble((f" {branch}", QUIET), line(said), (sign, "bold $text-warning"))

    def _part(self) -> str:
        first, last = self.start + 1, self.start + len(self.messages)
        return _("{first}–{last} of {total} messages. Enter: the next ones").format(
            first=dates.number(first), last=dates.number(last), total=dates.number(self.total)
        )


class ReadingPane(Vertical):
    """Shows messages; which one, is for its chain's cursor to say."""

    DEFAULT_CSS = """
    ReadingPane { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings(READING[1:])

    class Wanted(Message):
        """Something about the message in sight."""

        def __init__(self, message: MessageView) -> None:
            super().__init__()
            self.view = message
            self.message = message.id

    class Headers(Wanted):
        """Show its headers."""

    class Private(Wanted):
        """It is private: ask, and remove it."""

    class Links(Wanted):
        """Show and change its offices."""

    class Documents(Wanted):
        """Show what is attached to it."""

    class Split(Wanted):
        """Make it a thread of its own."""

    class Note(Wanted):
        """Note something about it."""

    class Reply(Wanted):
        """Answer it, quoting `sentence`."""

        def __init__(self, message: MessageView, sentence: str | None) -> None:
            super().__init__(message)
            self.sentence = sentence

    class Entity(Message):
        """A mention in the text was opened."""

        def __init__(self, mention: MentionView) -> None:
            super().__init__()
            self.mention = mention

    class Thread(Message):
        """Another thread: the next one, or the one before."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    class More(Message):
        """The messages of the thread from number `start` on."""

        def __init__(self, start: int) -> None:
            super().__init__()
            self.start = start

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self.messages: Sequence[MessageView] = ()
        self.sentence: str | None = None
        self.unfolded = False

    def compose(self) -> ComposeResult:
        yield Chain(id="chain")
        yield Page(id="page")

    def show(
        self, messages: Sequence[MessageView], *, at: str | None = None, sentence: str | None = None
    ) -> None:
        """Unfolds a chain; `at` is the message to begin with, `sentence` the one that stands out in it."""
        self.show_part(ThreadPart(tuple(messages), 0, len(messages)), at=at, sentence=sentence)

    def show_part(self, part: ThreadPart, *, at: str | None = None, sentence: str | None = None) -> None:
        """The same of a thread, of which there may be more."""
        self.messages, self.sentence = part.messages, sentence
        chain = self.query_one(Chain)
        chain.messages, chain.start, chain.total = part.messages, part.start, part.total
        chain.display = part.total > 1
        chain.cursor = -1
        chain.reload()
        chain.cursor = _first(part.messages, at)
        self._show_letter()

    def clear(self, text: str = "") -> None:
        """Nothing to read, and why."""
        self.messages = ()
        self.query_one(Chain).display = False
        self.query_one(Page).show(line(text, QUIET))

    @property
    def view(self) -> MessageView | None:
        """The message in sight."""
        at = self.query_one(Chain).cursor
        return self.messages[at] if 0 <= at < len(self.messages) else None

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        event.stop()
        self._show_letter()

    def on_row_list_opened(self, event: RowList.Opened) -> None:
        event.stop()
        chain = self.query_one(Chain)
        if chain.cursor < len(self.messages):
            self.query_one("#page").focus()
            return
        after = chain.start + len(self.messages)
        self.post_message(self.More(after if after < chain.total else 0))

    def on_page_opened(self, event: Page.Opened) -> None:
        event.stop()
        if isinstance(event.what, MentionView):
            self.post_message(self.Entity(event.what))

    def action_step(self, step: int) -> None:
        self.query_one(Chain).action_move(step)

    def action_thread(self, step: int) -> None:
        self.post_message(self.Thread(step))

    def action_quotes(self) -> None:
        self.unfolded = not self.unfolded
        self._show_letter()

    def action_headers(self) -> None:
        self._announce(self.Headers)

    def action_private(self) -> None:
        self._announce(self.Private)

    def action_links(self) -> None:
        self._announce(self.Links)

    def action_documents(self) -> None:
        self._announce(self.Documents)

    def action_split(self) -> None:
        self._announce(self.Split)

    def action_new_note(self) -> None:
        self._announce(self.Note)

    def action_reply(self) -> None:
        if (view := self.view) is not None:
            sentence = self.sentence or next((row.text for row in view.follow_ups if row.text), None)
            self.post_message(self.Reply(view, sentence))

    def _announce(self, wanted: type[Wanted]) -> None:
        if (view := self.view) is not None:
            self.post_message(wanted(view))

    def _show_letter(self) -> None:
        view = self.view
        if view is None:
            return
        carried = _carried(self.messages, self.query_one(Chain).cursor)
        shown = letter(view, self.sentence, carried=carried, unfolded=self.unfolded)
        self.query_one(Page).show_text(shown.text, shown.spans, shown.target, shown.spots)


def _carried(messages: Sequence[MessageView], at: int) -> Sequence[MessageView]:
    """What stands below a message in the tree."""
    end = at + 1
    while end < len(messages) and messages[end].depth > messages[at].depth:
        end += 1
    return messages[at + 1 : end]


def _first(messages: Sequence[MessageView], at: str | None) -> int:
    """The message that was asked for, else the newest with words of its own."""
    for index, view in enumerate(messages):
        if view.id == at:
            return index
    roots = [i for i, view in enumerate(messages) if view.depth == 0 and view.date is not None]
    begin = max(roots, key=lambda i: messages[i].date, default=0)  # type: ignore[arg-type, return-value]
    for index in range(begin, len(messages)):
        if clean(messages[index].body).strip():
            return index
    return begin if messages else -1
