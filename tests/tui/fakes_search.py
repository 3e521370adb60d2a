"""The part of the fake that the view of the search asks."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from crm.rows.messages import MessageRow
from crm.rows.searching import Completion, SavedSearchRow
from tui.backend_search import Nothing


@dataclass
class FakeSearch:
    """Answers from its fields, as the fake that it is a part of. `completing`: what may stand at the end of a text."""

    completing: dict[str, list[Completion]] = field(default_factory=dict)
    nothing: Nothing = field(default_factory=lambda: Nothing((), None, ()))
    saved: list[SavedSearchRow] = field(default_factory=list)

    # What the other parts of the fake have.
    found: list[MessageRow] = field(default_factory=list)
    steps: list[Callable[[], None]] = field(default_factory=list)

    def _note(self, name: str, *facts: Any) -> None:
        raise NotImplementedError

    def search(self, text: str, limit: int) -> list[MessageRow]:
        self._note("search", text, limit)
        return self.found[:limit]

    def complete(self, text: str, cursor: int) -> list[Completion]:
        self._note("complete", text, cursor)
        return self.completing.get(text[:cursor], [])

    def nothing_found(self, text: str) -> Nothing:
        self._note("nothing_found", text)
        return self.nothing

    def saved_searches(self) -> list[SavedSearchRow]:
        self._note("saved_searches")
        return list(self.saved)

    def save_search(self, name: str, query: str) -> list[SavedSearchRow]:
        self._note("save_search", name, query)
        row = SavedSearchRow(f"s{len(self.saved) + 1}", name, query, len(self.found))
        self._keep([*self.saved, row])
        return [row]

    def remove_search(self, name: str) -> list[SavedSearchRow]:
        self._note("remove_search", name)
        gone = [row for row in self.saved if row.name == name]
        self._keep([row for row in self.saved if row.name != name])
        return gone

    def _keep(self, saved: list[SavedSearchRow]) -> None:
        before = self.saved
        self.steps.append(lambda: setattr(self, "saved", before))
        self.saved = saved
