"""Offices: all of them as a list, a board or over time, and a page for each that begins with what is owed."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import ContentSwitcher, Static

from crm.rows.follow_ups import FollowUpRow
from crm.rows.messages import MessageRow
from crm.rows.offices import OfficeRow, ProposalRow
from tui import dates, office_words, words
from tui.backend import Decision
from tui.i18n import _, ngettext
from tui.keys import NOTE, Key, bindings
from tui.keys_offices import BOARD, OFFICES, PAGE
from tui.screens.ask import Answered, AskScreen, Question
from tui.screens.deciding import Deciding
from tui.screens.noting import Noting
from tui.screens.office_page import OfficePage, head
from tui.text import clean_line, line
from tui.widgets.beside import Beside
from tui.widgets.board import Board, board_heading
from tui.widgets.office_rows import OfficeList, OfficeTimes, heading, name, office_line
from tui.widgets.rows import RowList
from tui.widgets.table import cell

if TYPE_CHECKING:
    from crm.office_pages import OfficeMap, OfficeStory
    from crm.office_setting import Wanted

__all__ = ["OfficesView", "message_line", "name", "office_line"]

SHAPES: Final = ("offices", "board", "times")


def message_line(row: MessageRow) -> Content:
    """A message in a list: day, sender, subject."""
    return Content.assemble(
        " ",
        cell(row.date.date().isoformat() if row.date else "–", 11),
        cell(words.short_name(row.sender), 24),
        " ",
        line(words.subject(row.subject)),
    )


class OfficesView(Noting, Deciding):
    """All offices in one of three shapes, and instead of them the page of the office that was opened."""

    DEFAULT_CSS = """
    OfficesView { height: 1fr; layout: vertical; }
    OfficesView ContentSwitcher { height: 1fr; }
    OfficesView #shapes { width: 2fr; }
    OfficesView #heading { height: auto; background: $surface; text-wrap: nowrap; }
    OfficesView #told { height: 2; padding: 0 1; background: $surface; }
    OfficesView #facts { height: auto; padding: 0 1; border-bottom: solid $primary; }
    OfficesView #list-side, OfficesView #page-side { height: 1fr; layout: vertical; }
    """
    KEYS: ClassVar[tuple[Key, ...]] = tuple(dict.fromkeys((*BOARD, *PAGE[1:], NOTE)))
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    found: "OfficeMap | None" = None

    class Open(Message):
        """Show a letter of this office."""

        def __init__(self, message: str, sentence: str | None) -> None:
            super().__init__()
            self.message = message
            self.sentence = sentence

    def compose(self) -> ComposeResult:
        with ContentSwitcher(initial="list-side", id="sides"):
            with Vertical(id="list-side"):
                yield Static("", id="heading")
                with Horizontal():
                    with ContentSwitcher(initial=SHAPES[0], id="shapes"):
                        yield OfficeList(id="offices")
                        yield Board(id="board")
                        yield OfficeTimes(id="times")
                    yield Beside(OfficePage())
                yield Static("", id="told")
            with Vertical(id="page-side"):
                yield Static("", id="facts")
                yield OfficePage(id="office")

    @property
    def shape(self) -> str:
        return self.query_one("#shapes", ContentSwitcher).current or SHAPES[0]

    @property
    def rows(self) -> RowList:
        return self.query_one(f"#{self.shape}", RowList)

    @property
    def page_shown(self) -> bool:
        return self.query_one("#sides", ContentSwitcher).current == "page-side"

    @property
    def keys(self) -> tuple[Key, ...]:
        if self.page_shown:
            return (*PAGE, NOTE)
        return (*(BOARD if self.shape == "board" else OFFICES), NOTE)

    def load(self) -> None:
        self.ask("offices", lambda b: b.office_map(), self._put)
        view = self.query_one("#office", OfficePage).view
        if self.page_shown and view is not None:
            office = view.office.id
            self.ask("office", lambda b: b.office_story(office), self._show)

    def _put(self, found: "OfficeMap") -> None:
        self.found = found
        self.query_one("#offices", OfficeList).put(found.offices, found.silent)
        self.query_one(Board).put(found.offices, found.silent)
        self.query_one(OfficeTimes).put_map(found, self.screens.today)
        self._say_heading()
        self._tell()

    def _say_heading(self) -> None:
        """What stands above the rows, as wide as they are."""
        found, width = self.found, self.query_one("#shapes").size.width
        if found is None:
            return
        if not found.offices:
            said = line("  " + _("No offices yet. “aterkom db upgrade” puts them in place."))
        elif self.shape == "times":
            said = self.query_one(OfficeTimes).heading(width - 1)
        elif self.shape == "board":
            said = board_heading(found.offices, width - 1)
        else:
            said = heading(width)
        self.query_one("#heading", Static).update(said)

    def on_resize(self) -> None:
        self._fit()

    def _fit(self) -> None:
        """A page beside the list where there is room; board and times take all of it."""
        self.query_one(Beside).fit(self.size.width if self.shape == "offices" else 0)
        self.call_after_refresh(self._fitted)

    def _fitted(self) -> None:
        self._say_heading()
        self._tell()

    def focus_first(self) -> None:
        self.put_focus(self.query_one("#office" if self.page_shown else f"#{self.shape}"))

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        event.stop()
        if event.rows is self.rows:
            self._tell()

    def _tell(self) -> None:
        """The office under the cursor, in words."""
        offices = self.found.offices if self.found else ()
        row = next((each for each in offices if each.id == self.rows.current), None)
        silent = self.found.silent if self.found else frozenset()
        shown = told(row, is_silent=row.id in silent) if row else Content("")
        self.query_one("#told", Static).update(shown, layout=False)
        if row is not None and self.query_one(Beside).display:
            office = row.id
            self.ask("beside", lambda b: b.office_story(office), self._put_beside)

    def _put_beside(self, story: "OfficeStory") -> None:
        beside, page = self.query_one(Beside), self.query_one(Beside).page
        beside.put_head(head(story.view, self.screens.today))
        if isinstance(page, OfficePage):
            page.put(story, self.screens.today)

    def on_row_list_opened(self, event: RowList.Opened) -> None:
        event.stop()
        if not isinstance(event.rows, OfficePage):
            self.open_office(str(event.rows.current))
            return
        opened = event.rows.lines[event.rows.cursor]
        if opened.before is not None:
            self._ask_older(opened.before)
        elif opened.contact is not None:
            self.app.call_later(self.screens.open_contact, opened.contact)
        elif opened.message is not None:
            self.post_message(self.Open(opened.message, opened.sentence))

    def action_shape(self) -> None:
        """The next shape; the cursor stays with its office."""
        if self.page_shown:
            return
        office = self.rows.current
        shape = SHAPES[(SHAPES.index(self.shape) + 1) % len(SHAPES)]
        self.query_one("#shapes", ContentSwitcher).current = shape
        self.rows.focus()
        self.call_after_refresh(self._shaped, office)

    def _shaped(self, office: object) -> None:
        self.rows.select(str(office), otherwise=max(self.rows.cursor, 0))
        self._fit()

    def open_office(self, office: str) -> None:
        """Shows an office's page; `office` is its id, code or name."""
        self.ask("office", lambda b: b.office_story(office), self._show)

    def _show(self, story: "OfficeStory") -> None:
        self.query_one("#facts", Static).update(head(story.view, self.screens.today))
        self.query_one("#office", OfficePage).put(story, self.screens.today)
        self.query_one("#sides", ContentSwitcher).current = "page-side"
        if self.screens.active_view == "offices":
            self.query_one("#office", OfficePage).focus()

    def action_new_note(self) -> None:
        """About the office whose page is shown, or all that are marked, or the one under the cursor."""
        chosen = self.offices_chosen()
        if len(chosen) == 1:
            self.ask_note(name(chosen[0]), office=chosen[0].id)
        elif chosen:
            many = ngettext("{n} office", "{n} offices", len(chosen)).format(n=dates.number(len(chosen)))
            self.ask_note(many, offices=[row.id for row in chosen])

    def action_back(self) -> None:
        self.query_one("#sides", ContentSwitcher).current = "list-side"
        self.rows.focus()

    def _ask_older(self, before: str) -> None:
        view = self.query_one("#office", OfficePage).view
        if view is not None:
            office = view.office.id
            self.ask(
                "older",
                lambda b: b.office_happened(office, before),
                self.query_one("#office", OfficePage).put_older,
            )

    # Decisions.

    def chosen(self) -> tuple[str, ...]:
        """Follow-ups of the page, where nothing else is chosen with them."""
        lines = self.query_one("#office", OfficePage).chosen() if self.page_shown else []
        ids = tuple(each.follow_up for each in lines if each.follow_up is not None)
        if lines and len(ids) < len(lines):
            self.post_message(self.Said(_("This works on what somebody owes: go to a sentence above.")))
            return ()
        return ids

    def action_decide(self, action: str) -> None:
        lines = self.query_one("#office", OfficePage).chosen() if self.page_shown else []
        names = tuple(each.proposal for each in lines if each.proposal is not None)
        if not names:
            super().action_decide(action)
        elif len(names) < len(lines):
            self.post_message(self.Said(_("Mark either what is owed or proposed changes, not both.")))
        elif action == "done":
            self.post_message(self.Said(_("A proposed change is accepted with b or rejected with a.")))
        else:
            accepted = action == "accept"
            self.ask("judge", lambda b: b.judge_proposals(names, accepted=accepted), self._judged, keep=True)

    def _judged(self, rows: list[ProposalRow]) -> None:
        many = len(rows)
        if rows and rows[0].state == "accepted":
            said = ngettext("{n} proposal accepted", "{n} proposals accepted", many)
        else:
            said = ngettext("{n} proposal rejected", "{n} proposals rejected", many)
        self._done(f"{said.format(n=dates.number(many))}.")

    def decided(self, decision: Decision, rows: list[FollowUpRow]) -> None:
        del decision, rows
        self.query_one("#office", OfficePage).marks.clear()
        self.load()

    def _done(self, said: str) -> None:
        self.query_one("#office", OfficePage).marks.clear()
        self.post_message(self.Changed(f"{said} " + _("u undoes it.")))
        self.load()

    def offices_chosen(self) -> list[OfficeRow]:
        """The office whose page is shown; else the marked ones, or the one under the cursor."""
        view, offices = self.query_one("#office", OfficePage).view, self.found.offices if self.found else ()
        if self.page_shown:
            return [view.office] if view is not None else []
        rows = self.rows
        names = rows.chosen() if isinstance(rows, OfficeList) else [rows.current]
        return [row for row in offices if row.id in names]

    def _of(self, title: str, chosen: Sequence[OfficeRow]) -> str:
        """What is asked, and of which office or how many."""
        if len(chosen) == 1:
            return f"{title} · {clean_line(name(chosen[0]))}"
        many = ngettext("{n} office", "{n} offices", len(chosen))
        return f"{title} · {many.format(n=dates.number(len(chosen)))}"

    def action_owner(self) -> None:
        chosen = self.offices_chosen()
        if chosen:
            now = chosen[0].owner if len({row.owner for row in chosen}) == 1 else None
            question = Question(_("Responsible"), self.screens.user, needed=False, value=now or "")
            title = self._of(_("Who is responsible for the office?"), chosen)
            self.app.push_screen(AskScreen(title, [question]), partial(self._owned, chosen))

    def _owned(self, chosen: Sequence[OfficeRow], answer: Answered | None) -> None:
        if answer is not None:
            from crm.office_setting import Wanted

            self._set(chosen, Wanted(owner=answer.texts[0]))

    def action_assess(self) -> None:
        chosen = self.offices_chosen()
        if not chosen:
            return
        view = self.query_one("#office", OfficePage).view if self.page_shown else None
        choices = ", ".join(_(word).lower() for word in office_words.ASSESSMENTS.values())
        said = {words.said(office_words.ASSESSMENTS, row.assessment).lower() for row in chosen}
        questions = [
            Question(_("Assessment"), choices, needed=False, value=said.pop() if len(said) == 1 else ""),
            Question(_("Deviation"), needed=False, value=(view and view.deviation) or ""),
            Question(_("Reason"), needed=False, value=(view and view.reason) or ""),
            Question(_("Measure"), needed=False, value=(view and view.measure) or ""),
        ]
        title = self._of(_("How does the office stand?"), chosen)
        self.app.push_screen(AskScreen(title, questions), partial(self._assessed, chosen))

    def _assessed(self, chosen: Sequence[OfficeRow], answer: Answered | None) -> None:
        if answer is None:
            return
        from crm.office_setting import Wanted

        key = _assessment(answer.texts[0])
        if key is None:
            choices = ", ".join(_(word).lower() for word in office_words.ASSESSMENTS.values())
            self.post_message(
                self.Said(_("Nothing changed: write one of {choices}.").format(choices=choices))
            )
            return
        _word, deviation, reason, measure = answer.texts
        self._set(chosen, Wanted(assessment=key, deviation=deviation, reason=reason, measure=measure))

    def _set(self, chosen: Sequence[OfficeRow], wanted: "Wanted") -> None:
        names = [row.id for row in chosen]
        self.ask("set", lambda b: b.set_offices(names, wanted), self._changed, keep=True)

    def _changed(self, many: int) -> None:
        said = _("Written down.") + " " + _("u undoes it.") if many else _("Nothing became different.")
        for rows in self.query(OfficeList):
            rows.marks.clear()
        self.post_message(self.Changed(said))
        self.load()


def _assessment(text: str) -> str | None:
    """The key for a word of ours, "" for none at all; None where it is neither."""
    said = " ".join(text.split()).casefold()
    known = {_(word).casefold(): key for key, word in office_words.ASSESSMENTS.items()}
    if said in {"", *office_words.ASSESSMENTS}:
        return said
    return known.get(said, office_words.ASSESSMENT_WORDS.get(said))


def told(row: OfficeRow, *, is_silent: bool) -> Content:
    """What is to be known of an office at first: what is late, how long it was silent, its step, who has it."""
    late = "; ".join(office_words.late_line(each) for each in row.late)
    parts = [
        f"! {late}" if late else "",
        f"… {office_words.silence(row)}" if is_silent else "",
        _("Phase {n}").format(n=row.phase) if row.phase else "",
        words.said(words.STEPS, row.step),
        words.said(office_words.ASSESSMENTS, row.assessment),
        _("Responsible: {who}").format(who=row.owner) if row.owner else _("No one responsible"),
    ]
    said = " · ".join(clean_line(part) for part in parts if part)
    return Content.assemble(line(name(row), "bold"), "  ", line(said))
