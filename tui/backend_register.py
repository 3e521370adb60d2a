"""What the register's queue asks of the store; a part of `tui.backend`.

Everything may wait, may be asked from any thread, and raises errors that `tui.cli.errors` can say.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from crm.bootstrap import Store
    from crm.rows.register import QueueRow, RegisterState
    from crm.settings import Settings


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person says of a mail, as crm.register.judging takes it; `secret` is the provision of the mark."""

    state: "RegisterState"
    number: str | None = None
    secret: str | None = None


class RegisterQuestions(Protocol):
    """What nobody has judged, and judging it; mails are named by their printed ids."""

    def queue_ids(self, limit: int = 0, *, oldest: bool, last: bool = False) -> list[int]: ...
    def queue_page(self, ids: Sequence[int]) -> "list[QueueRow]": ...
    def judge(self, verdicts: Mapping[str, Verdict]) -> int: ...


class RegisterAnswers:
    """The same, of a real store."""

    if TYPE_CHECKING:

        @cached_property
        def _settings(self) -> "Settings": ...
        def _store(self) -> "Store": ...

    def queue_ids(self, limit: int = 0, *, oldest: bool, last: bool = False) -> list[int]:
        from crm.messages import MessageQuery
        from crm.register.queue import unjudged_ids

        with self._store().read() as session:
            found = unjudged_ids(session, MessageQuery(limit=limit), oldest=oldest != last)
        return found[::-1] if last else found

    def queue_page(self, ids: Sequence[int]) -> "list[QueueRow]":
        from crm.register.queue import queued

        with self._store().read() as session:
            return queued(session, ids, self._settings.own_numbers, self._settings.day())

    def judge(self, verdicts: Mapping[str, Verdict]) -> int:
        """One step of undo, whatever is said of each; gives how many were changed."""
        from crm.register.judging import Judgement, judge_each
        from crm.register.naming import received

        each = [Judgement(one.state, one.number, one.secret).checked() for one in verdicts.values()]
        by, now = self._settings.user, self._settings.now()
        with self._store().write() as session:
            numbers = received(session, verdicts)
            return len(judge_each(session, dict(zip(numbers, each, strict=True)), by=by, now=now))
