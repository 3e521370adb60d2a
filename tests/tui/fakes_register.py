"""The part of the fake backend that answers for the register's queue."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from crm.rows.register import QueueRow
from tests.tui.fakes_mail import part
from tui.backend_register import Verdict


@dataclass
class FakeRegister:
    """Answers from its fields; every judgement is kept, so that it can be undone."""

    waiting: list[QueueRow] = field(default_factory=list)
    steps: list[Callable[[], None]] = field(default_factory=list)

    def _note(self, name: str, *facts: Any) -> None:
        raise NotImplementedError

    def queue_ids(self, limit: int = 0, *, oldest: bool, last: bool = False) -> list[int]:
        self._note("queue_ids", oldest)
        ids = [int(row.message.id[1:]) for row in self.waiting]
        return part(ids[::-1] if oldest else ids, limit, last=last)

    def queue_page(self, ids: Sequence[int]) -> list[QueueRow]:
        self._note("queue_page", len(ids))
        rows = {int(row.message.id[1:]): row for row in self.waiting}
        return [rows[number] for number in ids if number in rows]

    def judge(self, verdicts: Mapping[str, Verdict]) -> int:
        self._note("judge", dict(verdicts))
        before = list(self.waiting)
        self.steps.append(lambda: self._wait(before))
        self._wait([row for row in before if row.message.id not in verdicts])
        return len(before) - len(self.waiting)

    def _wait(self, rows: list[QueueRow]) -> None:
        self.waiting = rows
