"""Search: words and operators in, letters out, newest first; below an empty field the searches that are kept."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input, Static

from crm.errors import SearchRefused
from crm.rows.messages import MessageRow
from crm.rows.searching import SavedSearchRow
from tui import dates, words
from tui.asking import Asking
from tui.backend import LISTED
from tui.cli.errors import text_of
from tui.i18n import _, ngettext
from tui.keys import Key, bindings
from tui.keys_search import SEARCH, TYPED
from tui.screens.ask import Answered, AskScreen, Question
from tui.screens.saying import Saying
from tui.text import clean_line, line
from tui.widgets.completions import Completions
from tui.widgets.rows import RowList
from tui.widgets.search_field import Field
from tui.widgets.search_rows import ResultList, SavedList, heading
from tui.widgets.view import View

if TYPE_CHECKING:
    from crm.rows.searching import Completion
    from tui.backend_search import Nothing

_PAUSE = 0.03
_QUIET = "$foreground 65%"
_FIRST = 50  # found at once while one types; the rest follows


class SearchView(Saying, View):
    """Asks as one types; Enter goes to the results, or to the searches that are kept."""

    DEFAULT_CSS = """
    SearchView { height: 1fr; layout: vertical; }
    SearchView Input { height: 3; }
    SearchView #count { height: auto; padding: 0 1; color: $foreground 65%; }
    SearchView #heading { height: 1; text-wrap: nowrap; display: none; }
    SearchView ResultList, SearchView SavedList { height: 1fr; }
    SearchView SavedList { display: none; }
    """
    KEYS: ClassVar[tuple[Key, ...]] = SEARCH
    BINDINGS: ClassVar[list[BindingType]] = bindings(SEARCH)
    _typing: Timer | None = None

    class Open(Message):
        """Show a letter that was found."""

        def __init__(self, message: str) -> None:
            super().__init__()
            self.message = message

    def compose(self) -> ComposeResult:
        yield Field(placeholder=_("Words in subject or text, for example: Ånge premises"), id="query")
        yield Completions(id="completions")
        yield Static("", id="count")
        yield Static("", id="heading")
        yield ResultList(id="results")
        yield SavedList(id="saved")

    @property
    def keys_typed(self) -> tuple[Key, ...]:
        return TYPED

    @property
    def field(self) -> Field:
        return self.query_one(Field)

    @property
    def text(self) -> str:
        return self.field.value.strip()

    @property
    def rows(self) -> RowList:
        """The list in sight."""
        return self.query_one(ResultList) if self.text else self.query_one(SavedList)

    def put_words(self, words: str) -> None:
        """Searches for these words."""
        self.field.value = words

    def load(self) -> None:
        self._search()

    def focus_first(self) -> None:
        self.put_focus(self.field)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self._typing is not None:
            self._typing.stop()
        self._typing = self.set_timer(_PAUSE, self._search)

    def on_field_moved(self, event: Field.Moved) -> None:
        event.stop()
        self._complete()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._search()
        self.rows.focus()

    def on_field_leave(self, event: Field.Leave) -> None:
        event.stop()
        self.rows.focus()

    def on_completions_taken(self, event: Completions.Taken) -> None:
        event.stop()
        self.field.take(event.taken)

    def _complete(self) -> None:
        text, cursor = self.field.value, self.field.cursor_position
        if text.strip():
            self.ask("complete", lambda b: b.complete(text, cursor), self._put_completions)
        else:
            self.query_one(Completions).put(())

    def _put_completions(self, rows: "list[Completion]") -> None:
        here = rows if self.text and self.field.has_focus else []
        self.query_one(Completions).put(here)

    def on_descendant_blur(self) -> None:
        self.query_one(Completions).put(())

    def _search(self) -> None:
        text = self.text
        self.query_one(ResultList).display = bool(text)
        self.query_one(SavedList).display = not text
        if text:
            self.ask("search", lambda b: b.search(text, _FIRST), self._put)
        else:
            self.ask("saved", lambda b: b.saved_searches(), self._put_saved)

    def _put(self, results: list[MessageRow]) -> None:
        text = self.text
        if not text:
            return
        self.query_one(ResultList).put(results)
        self._head(is_needed=bool(results))
        self._say(found(len(results)) if len(results) < _FIRST else "…")
        if len(results) >= _FIRST:
            self.ask("search-more", lambda b: b.search(text, LISTED), partial(self._put_more, text))
        if not results:
            self.ask("nothing", lambda b: b.nothing_found(text), self._put_nothing)

    def _head(self, *, is_needed: bool) -> None:
        """Names of columns stand over letters alone."""
        heads = self.query_one("#heading", Static)
        heads.display = is_needed

    def on_row_list_fitted(self, event: RowList.Fitted) -> None:
        event.stop()
        if isinstance(event.rows, ResultList):
            self.query_one("#heading", Static).update(heading(event.rows.line_width), layout=False)

    def _put_more(self, text: str, results: list[MessageRow]) -> None:
        if self.text == text:
            self.query_one(ResultList).put_more(results)
            self._say(found(len(results)))

    def _put_nothing(self, nothing: "Nothing") -> None:
        if self.text and not self.query_one(ResultList).results:
            self._say("\n".join(said_of_nothing(nothing)))

    def _put_saved(self, saved: list[SavedSearchRow]) -> None:
        if self.text:
            return
        self._head(is_needed=False)
        self.query_one(SavedList).put(saved)
        how = _(
            "Every word must be there. Operators as from: office: before: are explained as you type; Tab puts one in."
        )
        kept = (
            _("Below are the searches that you keep.")
            if saved
            else _("A search is kept with s in its results; it stands here then, with its number of letters.")
        )
        self._say(f"{how}\n{kept}")

    def _say(self, text: str) -> None:
        lines = [line(each) for each in text.split("\n")]
        self.query_one("#count", Static).update(Content("\n").join(lines))

    def on_asking_trouble(self, event: Asking.Trouble) -> None:
        """What cannot be searched for is said where it is typed, until it can."""
        if event.question in {"search", "nothing", "complete"} and isinstance(event.error, SearchRefused):
            event.stop()
            self.query_one(ResultList).put(())
            self._say(text_of(event.error))

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        event.stop()

    def on_row_list_opened(self, event: RowList.Opened) -> None:
        event.stop()
        if isinstance(event.rows, SavedList):
            if event.rows.row is not None:
                self.put_words(event.rows.row.query)
                self.field.focus()
        else:
            self.post_message(self.Open(str(event.rows.current)))

    def action_back(self) -> None:
        """From what was found to the field, from the field to where one came from."""
        if self.field.has_focus:
            self.app.call_later(self.screens.home.show_last)
        else:
            self.field.focus()

    def action_copy(self) -> None:
        rows = self.query_one(ResultList).chosen() if self.text else []
        if rows:
            self.screens.copy("\n".join(words.letter_copied(row) for row in rows))

    def action_save(self) -> None:
        if not self.text:
            self.say(_("Write what you look for first; s in its results keeps it."))
            return
        question = Question(_("Name"), value=self.text)
        self.app.push_screen(AskScreen(_("Keep this search"), [question]), self._named)

    def _named(self, answer: "Answered | None") -> None:
        if answer is not None:
            (name,), query = answer.texts, self.text
            self.ask("save", lambda b: b.save_search(name, query), self._saved, keep=True)

    def _saved(self, rows: list[SavedSearchRow]) -> None:
        names = ", ".join(clean_line(row.name) for row in rows)
        self.say(_("Kept: {name}.").format(name=names) + " " + _("u undoes it."))

    def action_remove(self) -> None:
        row = self.query_one(SavedList).row if not self.text else None
        if row is None:
            self.say(_("Only a search that is kept can be removed: they stand below the empty field."))
            return
        name = row.name
        self.ask("remove", lambda b: b.remove_search(name), self._removed, keep=True)

    def _removed(self, rows: list[SavedSearchRow]) -> None:
        names = ", ".join(clean_line(row.name) for row in rows)
        self.say(_("No longer kept: {name}.").format(name=names) + " " + _("u undoes it."))
        self._search()


def found(many: int) -> str:
    """How many, and what to do with none or too many."""
    if many >= LISTED:
        return _("The newest {n}, newest first. One more word narrows it.").format(n=dates.number(many))
    if not many:
        return _("Nothing found. Fewer words find more.")
    return ngettext("{n} letter", "{n} letters, newest first", many).format(n=dates.number(many))


def said_of_nothing(nothing: "Nothing") -> Iterator[str]:
    """Where it was looked, up to when, and which search would find something."""
    mailboxes = ", ".join(nothing.mailboxes) or _("the mail that was imported")
    if nothing.until is None:
        yield _(
            "No letters yet. Fetch them under Mailboxes (7), or with: aterkom sync. "
            "Files are taken in with: aterkom import"
        )
    else:
        time = dates.moment(nothing.until)
        yield _("Nothing found in {mailboxes} up to {time}.").format(mailboxes=mailboxes, time=time)
    for row in nothing.instead:
        many = ngettext("{n} letter found", "{n} letters found", row.messages)
        number = many.format(n=dates.number(row.messages)) if not row.more else _("many letters")
        if row.without is None:
            yield _("Without å, ä, ö: {number}. Search for: {query}").format(number=number, query=row.query)
        else:
            yield _("Without {part}: {number}").format(part=row.without, number=number)
