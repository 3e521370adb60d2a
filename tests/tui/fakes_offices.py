"""The part of the fake that the view of the offices asks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from crm.office_pages import OfficeMap, OfficeStory
from crm.office_setting import Wanted
from crm.office_steps import StepState, Window
from crm.rows.messages import MessageRow
from crm.rows.offices import OfficeRow, OfficeView, ProposalRow
from crm.rows.timeline import TimelineRow
from tests.tui.fakes_mail import entry

SENT = datetime(2021, 6, 14, 9, 12, tzinfo=UTC)


def proposal_row(**changes: Any) -> ProposalRow:
    row = ProposalRow(
        id="r1",
        office="2260",
        office_id="o1",
        office_name="Ånge",
        kind="step",
        field="step.lokalval.planned",
        before={"start": "2021-09-01", "end": "2021-10-08"},
        value={"start": "2021-11-01", "end": "2021-11-30"},
        approximate=False,
        text="Lokalvalet skjuts till november.",
        message="m2",
        message_id="<2@ssc.example>",
        sender="Karin Ståhl",
        date=date(2021, 10, 11),
        rule="fact.step",
        confidence=0.8,
        state="proposed",
        decided_by=None,
    )
    return replace(row, **changes)


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

    proposed: list[ProposalRow] = field(default_factory=list)

    # What the other parts of the fake have.
    steps: list[Callable[[], None]] = field(default_factory=list)
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
        letters = map(entry, self.found)
        note = TimelineRow("n3", "call", SENT, "eva", "Karin ringde", note="n3")
        view = replace(view, proposals=tuple(row for row in self.proposed if row.state == "proposed"))
        return OfficeStory(view, (*letters, note), {row.id: row for row in self.found})

    def office_happened(self, office: str, before: str) -> list[TimelineRow]:
        self._note("office_happened", office, before)
        return [TimelineRow("n0", "note", SENT, "eva", "Det första samtalet", note="n0")]

    def judge_proposals(self, names: Sequence[str], *, accepted: bool) -> list[ProposalRow]:
        self._note("judge_proposals", tuple(names), accepted)
        before, state = list(self.proposed), "accepted" if accepted else "dismissed"
        self.steps.append(lambda: setattr(self, "proposed", before))
        self.proposed = [replace(row, state=state) if row.id in names else row for row in before]
        return [row for row in self.proposed if row.id in names]

    def set_offices(self, names: Sequence[str], wanted: Wanted) -> int:
        self._note("set_offices", tuple(names), wanted)
        said = {"owner": wanted.owner, "assessment": wanted.assessment}
        changes: dict[str, Any] = {key: value or None for key, value in said.items() if value is not None}
        self.office_rows[:] = [replace(o, **changes) if o.id in names else o for o in self.office_rows]
        return len(names)
