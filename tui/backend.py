"""Everything that the screen asks of the store, as one protocol, and the real thing behind it.

The screen calls a backend in worker threads alone. Only here is crm called, and only when something is
asked: the first frame is painted before the store's libraries are loaded.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Protocol, cast

from tui.backend_home import HomeAnswers, HomeQuestions
from tui.backend_mail import MailAnswers, MailQuestions
from tui.backend_notes import NoteAnswers, NoteQuestions
from tui.backend_offices import OfficeAnswers, OfficeQuestions
from tui.backend_register import RegisterAnswers, RegisterQuestions
from tui.backend_search import SearchAnswers, SearchQuestions

if TYPE_CHECKING:
    from crm.bootstrap import Store
    from crm.erasing import Erased, Erasure
    from crm.headers import HeadersRow
    from crm.notes import NoteView
    from crm.rows.accounts import StoreSummary
    from crm.rows.follow_ups import FollowUpRow
    from crm.rows.messages import ThreadRow
    from crm.rows.reading_pane import MessageView
    from crm.settings import Settings
    from tui.cli.options import Options

LISTED = 200


@dataclass(frozen=True, slots=True)
class Situation:
    """What every view shows at its top. `pinned`: today is not the calendar's day but one that was given.

    `version` is another text whenever anybody has changed the store; `store` its address without a password.
    """

    summary: "StoreSummary"
    today: date
    pinned: bool
    user: str
    version: str = ""
    store: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision about follow-ups, as crm.followups.decide takes it."""

    ids: tuple[str, ...]
    action: str
    until: date | None = None
    due: tuple[date | None, date | None] | None = None
    because: str | None = None
    who: str | None = None


class Backend(
    HomeQuestions, MailQuestions, OfficeQuestions, RegisterQuestions, NoteQuestions, SearchQuestions, Protocol
):
    """Every call may wait, may be made from any thread, and raises errors that `tui.cli.errors` can say."""

    def situation(self) -> Situation: ...
    def decide(self, decision: Decision) -> "list[FollowUpRow]": ...
    def parse_day(self, text: str) -> tuple[date | None, date | None]: ...
    def thread_ids(self, limit: int = 0, *, last: bool = False) -> list[int]: ...
    def thread_page(self, ids: Sequence[int]) -> "list[ThreadRow]": ...
    def chain(self, message: str) -> "list[MessageView]": ...
    def headers(self, message: str) -> "HeadersRow": ...
    def private_preview(self, message: str) -> "Erasure": ...
    def erase(self, message: str) -> "Erased": ...
    def note(self, name: str) -> "NoteView": ...
    def warm(self) -> None: ...
    def close(self) -> None: ...


class StoreBackend(HomeAnswers, MailAnswers, OfficeAnswers, RegisterAnswers, NoteAnswers, SearchAnswers):
    """The store that the options and settings name, opened at the first question; `alone`: the process is the screen's."""

    def __init__(self, options: "Options", *, alone: bool = False) -> None:
        self._options = options
        self._alone = alone
        self._opening = Lock()
        self._opened: Store | None = None

    @cached_property
    def _settings(self) -> "Settings":
        return self._options.settings()

    def _store(self) -> "Store":
        from crm.bootstrap import SCREEN_CACHE, open_store

        with self._opening:
            if self._opened is None:
                self._opened = open_store(self._settings.database_url, cache=SCREEN_CACHE)
            return self._opened

    def situation(self) -> Situation:
        from crm.status import summary

        version = self.version()  # before reading: what changes meanwhile is seen at the next look
        with self._store().read() as session:
            found = summary(session, self._settings.day())
        settings, store = self._settings, self._store().url
        return Situation(found, settings.day(), settings.today is not None, settings.user, version, store)

    def decide(self, decision: Decision) -> "list[FollowUpRow]":
        from crm.deciding import Action
        from crm.followups import decide

        with self._store().write() as session:
            return decide(
                session,
                decision.ids,
                cast("Action", decision.action),
                by=self._settings.user,
                now=self._settings.now(),
                until=decision.until,
                due=decision.due,
                because=decision.because,
                who=decision.who,
            )

    def parse_day(self, text: str) -> tuple[date | None, date | None]:
        from crm.when import window

        return window(text, self._settings.day())

    def thread_ids(self, limit: int = 0, *, last: bool = False) -> list[int]:
        from crm.messages import MessageQuery
        from crm.threads import thread_ids

        with self._store().read() as session:
            return thread_ids(session, MessageQuery(limit=limit), last=last)

    def thread_page(self, ids: Sequence[int]) -> "list[ThreadRow]":
        from crm.threads import thread_page

        with self._store().read() as session:
            return thread_page(session, list(ids))

    def chain(self, message: str) -> "list[MessageView]":
        from crm.letters import chain

        with self._store().read() as session:
            return chain(session, message)

    def headers(self, message: str) -> "HeadersRow":
        from crm.headers import headers

        with self._store().read() as session:
            return headers(session, message, self._settings.limits())

    def private_preview(self, message: str) -> "Erasure":
        from crm.erasing import preview

        with self._store().read() as session:
            return preview(session, (message,))[0]

    def erase(self, message: str) -> "Erased":
        from crm.erasing import erase

        return erase(self._store(), (message,), by=self._settings.user, now=self._settings.now())

    def note(self, name: str) -> "NoteView":
        from crm.notes import show_note

        with self._store().read() as session:
            return show_note(session, name)

    def warm(self) -> None:
        """Asks what the views ask first: modules are loaded and statements made before anybody waits for them."""
        from crm.collecting import set_aside
        from tui.widgets.paged import FIRST, PAGE

        threads = self.thread_ids(FIRST)[:PAGE]
        self.thread_page(threads)
        for thread in threads[:1]:
            self.thread_part(f"t{thread}")
        self.contact_page("person", self.contact_ids("person", "", FIRST)[:PAGE])
        self.queue_page(self.queue_ids(FIRST, oldest=False)[:PAGE])
        self.office_map()
        self.mailboxes()
        if self._alone:
            set_aside()

    def close(self) -> None:
        self._close_home()
        with self._opening:
            if self._opened is not None:
                self._opened.close()
                self._opened = None
