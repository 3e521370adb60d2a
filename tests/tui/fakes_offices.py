"""The part of the fake that the view of the offices asks."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from crm.office_pages import OfficeMap, OfficeStory
from crm.office_setting import Wanted
from crm.office_steps import StepState, Window
from crm.rows import MessageRow, OfficeRow, OfficeView, TimelineRow

SENT = datetime(2021, 6, 14, 9, 12, tzinfo=UTC)


@dataclass
class FakeOffices:
    """Answers from its fields, as the fake that it is a part of."""

    office_steps: Mapping[str, tuple[StepState, ...]] = field(default_factory=dict)
    phases: Mapping[int, Window] = field(
        default_factory=lambda: {
            1: Window(date(2021, 1, 1), date(2022, 12, 31)),
            2: Window(date(2022, 1, 1), date(2023, 12, 31)),
        }
    )
    silent: frozenset[str] = frozenset()

    # What the other part of the fake has.
    office_rows: list[OfficeRow] = field(default_factory=list)
    found: list[MessageRow] = field(default_factory=list)

    def _note(self, name: str, *facts: Any) -> None:
        raise NotImplementedError

    def offices(self) -> list[OfficeRow]:
        self._note("offices")
        return list(self.office_rows)

    def _view(self, name: str) -> OfficeView:
        raise NotImplementedError

    def office(self, name: str) -> OfficeView:
        self._note("office", name)
        return self._view(name)

    def office_map(self) -> OfficeMap:
        return OfficeMap(tuple(self.offices()), self.office_steps, self.phases, self.silent)

    def office_story(self, name: str) -> OfficeStory:
        view = self.office(name)
        steps = self.office_steps.get(view.office.id, ())
        view = replace(view, steps=steps, silent=view.office.id in self.silent)
        letters = tuple(
            TimelineRow(row.id, "message", row.date, row.sender.name if row.sender else None, row.subject, direction=row.direction, message=row.id)
            for row in self.found
        )  # fmt: skip
        note = TimelineRow("n3", "call", SENT, "eva", "Karin ringde", note="n3")
        return OfficeStory(view, letters, (note,), {row.id: row for row in self.found})

    def set_office(self, name: str, wanted: Wanted) -> bool:
        self._note("set_office", name, wanted)
        said = {"owner": wanted.owner, "assessment": wanted.assessment}
        changes: dict[str, Any] = {key: value or None for key, value in said.items() if value is not None}
        self.office_rows[:] = [replace(o, **changes) if o.id == name else o for o in self.office_rows]
        return True
