"""What the view of the offices asks of the store; a part of `tui.backend`."""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from crm.bootstrap import Store
    from crm.office_pages import OfficeMap, OfficeStory
    from crm.office_setting import Wanted
    from crm.rows.offices import OfficeRow, OfficeView, ProposalRow
    from crm.rows.timeline import TimelineRow
    from crm.settings import Settings


class OfficeQuestions(Protocol):
    """Offices as they stand today, silence and lateness included."""

    def offices(self) -> "list[OfficeRow]": ...
    def office(self, name: str) -> "OfficeView": ...
    def office_map(self) -> "OfficeMap": ...
    def office_story(self, name: str) -> "OfficeStory": ...
    def office_happened(self, office: str, before: str) -> "list[TimelineRow]": ...
    def set_offices(self, names: Sequence[str], wanted: "Wanted") -> int: ...
    def judge_proposals(self, names: Sequence[str], *, accepted: bool) -> "list[ProposalRow]": ...


class OfficeAnswers:
    """The same, of a real store."""

    if TYPE_CHECKING:

        @cached_property
        def _settings(self) -> "Settings": ...
        def _store(self) -> "Store": ...

    def offices(self) -> "list[OfficeRow]":
        from crm.offices import OfficeQuery, list_offices

        with self._store().read() as session:
            return list_offices(session, query=OfficeQuery(self._settings.day()))

    def office(self, name: str) -> "OfficeView":
        from crm.offices import show_office

        with self._store().read() as session:
            return show_office(session, name, self._settings.day(), self._settings.silent_weeks)

    def office_map(self) -> "OfficeMap":
        from crm.office_pages import office_map

        with self._store().read() as session:
            return office_map(session, self._settings.day(), self._settings.silent_weeks)

    def office_story(self, name: str) -> "OfficeStory":
        from crm.office_pages import office_story

        with self._store().read() as session:
            return office_story(session, name, self._settings.day(), self._settings.silent_weeks)

    def office_happened(self, office: str, before: str) -> "list[TimelineRow]":
        """The page of what happened before the entry of that id."""
        from crm.office_pages import happened

        with self._store().read() as session:
            return happened(session, office, before)

    def judge_proposals(self, names: Sequence[str], *, accepted: bool) -> "list[ProposalRow]":
        """A person's yes or no to changes that mails propose: one step of undo."""
        from crm.proposals import accept_proposals, reject_proposals

        judge = accept_proposals if accepted else reject_proposals
        with self._store().write() as session:
            return judge(session, names, by=self._settings.user, now=self._settings.now())

    def set_offices(self, names: Sequence[str], wanted: "Wanted") -> int:
        """Of how many of these offices (by id) anything became different: one step of undo."""
        from crm.office_setting import Why, set_offices

        why = Why(self._settings.user, self._settings.now())
        with self._store().write() as session:
            return len(set_offices(session, names, wanted, why))
