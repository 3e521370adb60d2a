"""The home view: what is due and what is proposed, most pressing first, and one key for each decision."""

from collections.abc import Collection
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from crm.agenda_rows import Agenda, AgendaQuery, News
from tui import dates, words
from tui.backend import Decision
from tui.i18n import _, ngettext
from tui.keys import BEGIN, FOLLOW_UPS, Key, bindings
from tui.screens.deciding import Deciding
from tui.widgets.about import about, nothing_chosen, nothing_due, nothing_to_do
from tui.widgets.agenda import AgendaList, NewsLine, columns
from tui.widgets.filters import FilterBar, next_side, next_whose
from tui.widgets.rows import RowList
from tui.widgets.welcome import Welcome, first_page

if TYPE_CHECKING:
    from crm.rows.follow_ups import FollowUpRow


class FollowUpsView(Deciding):
    """Limits, list, and below it the whole of what the cursor is on."""

    DEFAULT_CSS = """
    FollowUpsView { height: 1fr; layout: vertical; }
    FollowUpsView #columns { height: 1; text-wrap: nowrap; }
    FollowUpsView AgendaList { height: 1fr; }
    FollowUpsView #detail { height: 7; border-top: solid $primary; padding: 0 1; scrollbar-size-vertical: 1; }
    FollowUpsView #welcome { height: auto; padding: 0 1; display: none; }
    FollowUpsView #welcome.-alone { padding: 1 2 0 2; }
    """
    KEYS: ClassVar[tuple[Key, ...]] = FOLLOW_UPS
    BINDINGS: ClassVar[list[BindingType]] = bindings(FOLLOW_UPS)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self.asked = AgendaQuery()
        self._was_welcomed = False

    def compose(self) -> ComposeResult:
        yield FilterBar()
        yield Welcome("", id="welcome")
        yield Static("", id="columns")
        yield AgendaList(id="list")
        with VerticalScroll(id="detail"):
            yield Static("", id="about")

    @property
    def keys(self) -> tuple[Key, ...]:
        """Where there is no letter yet, nothing can be decided on."""
        return BEGIN if self.query_one(Welcome).has_focus else FOLLOW_UPS

    @property
    def rows(self) -> AgendaList:
        return self.query_one(AgendaList)

    def load(self) -> None:
        self._load()
        since = self.screens.visit.seen if self.screens.visit else None
        self.ask("news", lambda b: b.news(since), self._put_news)

    def _load(self, decided: Collection[str] = ()) -> None:
        query = self.asked
        self.ask("agenda", lambda b: b.agenda(query), lambda agenda: self._put(agenda, decided))

    def _put(self, agenda: Agenda, decided: Collection[str]) -> None:
        if self.screens.situation is not None:
            self.rows.today = self.screens.situation.today
        self.rows.put(agenda, decided)
        self._show_detail()
        self._show_welcome(agenda)
        if not agenda.sections:
            self.screens.home.get_ready()

    def _put_news(self, news: News) -> None:
        from crm.rows import COUNTED

        visit, self.screens.seen = self.screens.visit, news.now
        if visit is None:
            return
        letters = ngettext("{n} new letter", "{n} new letters", news.messages).format(
            n=dates.number_up_to(news.messages, COUNTED)
        )
        title = _("New since {date}").format(date=dates.day(visit.at.date(), week=False))
        self.rows.put_news(news.rows, f"{title}: {letters}" if news.messages else title)

    def _show_welcome(self, agenda: Agenda) -> None:
        """What to do first, above what there is: the plan's own dates stand there before any letter does."""
        situation = self.screens.situation
        fresh = situation is not None and not situation.summary.messages
        nothing = not agenda.sections
        self.query_one("#detail").display = not nothing and not fresh
        self.query_one(FilterBar).display = not fresh
        self.query_one("#columns").display = not nothing and not fresh
        welcome = self.query_one(Welcome)
        limited = self.asked != AgendaQuery()
        said = nothing_chosen() if nothing and limited else nothing_due(agenda)
        if situation is not None and fresh:
            said = first_page(situation.summary, fetching=self.screens.is_fetching)
        elif said is None and nothing:
            said = nothing_to_do()
        welcome.set_class(nothing or fresh, "-alone")
        welcome.display = said is not None
        welcome.can_focus = fresh
        welcome.update(said or Content(""))
        self._welcome(fresh=fresh)

    def _welcome(self, *, fresh: bool) -> None:
        """The cursor goes to the first page while it stands there, unless something else has it already."""
        welcome, rows = self.query_one(Welcome), self.rows
        if fresh and rows.has_focus and not self._was_welcomed:
            self._was_welcomed = True
            self.put_focus(welcome)
        elif not fresh and welcome.has_focus:
            self.put_focus(rows)

    def on_welcome_begin(self, event: Welcome.Begin) -> None:
        event.stop()
        situation = self.screens.situation
        has_account = situation is not None and situation.summary.accounts
        self.app.call_later(self.screens.fetch_mail if has_account else self.screens.set_up_mailbox)

    def focus_first(self) -> None:
        welcome = self.query_one(Welcome)
        self.put_focus(welcome if welcome.can_focus and welcome.display else self.rows)

    def on_row_list_fitted(self, event: RowList.Fitted) -> None:
        event.stop()
        self.query_one("#columns", Static).update(columns(event.rows.line_width), layout=False)

    def on_agenda_list_wanted(self, event: AgendaList.Wanted) -> None:
        event.stop()
        ids = event.ids
        if ids:
            self.ask(f"page {ids[0]}", lambda b: b.agenda_page(ids), self._put_rows)

    def _put_rows(self, rows: "list[FollowUpRow]") -> None:
        self.rows.put_rows(rows)
        self._show_detail()
        self.screens.home.get_ready()

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        event.stop()
        self._show_detail()

    def on_row_list_opened(self, event: RowList.Opened) -> None:
        event.stop()
        item, row = self.rows.item, self.rows.row()
        if isinstance(item, NewsLine) and item.row.office is not None:
            self.post_message(self.OpenOffice(item.row.office))
        elif row is not None and row.message is not None:
            self.post_message(self.Open(row.message, row.text))
        elif row is not None:
            self.post_message(self.Said(_("This was written by hand: there is no letter to show.")))

    def _show_detail(self) -> None:
        row = self.rows.row()
        self.query_one("#about", Static).update(about(row) if row else Content(""))

    def on_filter_bar_chosen(self, event: FilterBar.Chosen) -> None:
        event.stop()
        self._limit(event.query)

    def action_whose(self) -> None:
        self._limit(next_whose(self.asked))

    def action_side(self) -> None:
        self._limit(next_side(self.asked))

    def action_settled(self) -> None:
        self._limit(AgendaQuery(self.asked.whose, self.asked.side, not self.asked.settled))

    def _limit(self, query: AgendaQuery) -> None:
        """Marks go: what is out of sight is not decided on."""
        self.asked = self.query_one(FilterBar).query_shown = query
        self.rows.marks.clear()
        self._load()

    def chosen(self) -> tuple[str, ...]:
        return self.rows.chosen()

    def action_copy(self) -> None:
        rows = [row for name in self.rows.chosen() if (row := self.rows.loaded.get(name))]
        if rows:
            self.screens.copy("\n".join(words.copied(row) for row in rows))

    def decided(self, decision: Decision, rows: "list[FollowUpRow]") -> None:
        self.rows.marks.clear()
        self.rows.put_rows(rows)
        self._load(decision.ids)
