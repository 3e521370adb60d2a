"""The store as the screen asks it, and what was looked up ahead the first time."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from crm.agenda_rows import Agenda, AgendaQuery, News, Seen
from tui.backend import Situation, StoreBackend
from tui.first_look import FirstLook

if TYPE_CHECKING:
    from crm.rows.follow_ups import FollowUpRow
    from tui.cli.options import Options


class AheadBackend(StoreBackend):
    """Each question is answered ahead once, and only if it is the one that was looked up."""

    def __init__(self, options: "Options", ahead: FirstLook) -> None:
        super().__init__(options, alone=True)
        self._ahead = ahead

    def situation(self) -> Situation:
        return self._ahead.take("situation") or super().situation()

    def must_ask_who(self) -> bool:
        told: bool | None = self._ahead.take("must_ask_who")
        return super().must_ask_who() if told is None else told

    def news(self, since: Seen | None) -> News:
        looked = self._ahead.take("since")
        told: News | None = self._ahead.take("news")
        return told if told is not None and looked == since else super().news(since)

    def agenda(self, query: AgendaQuery) -> Agenda:
        told: Agenda | None = self._ahead.take("agenda") if query == AgendaQuery() else None
        return told or super().agenda(query)

    def agenda_page(self, ids: Sequence[str]) -> "list[FollowUpRow]":
        rows = {row.id: row for row in self._ahead.take("rows") or ()}
        return [rows[name] for name in ids] if rows.keys() >= set(ids) else super().agenda_page(ids)

    def close(self) -> None:
        self._ahead.close()
        super().close()
