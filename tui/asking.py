"""Asking the backend: a thread works, a message brings the answer, and an answer that is late never lands."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar, cast

from textual.message import Message
from textual.widget import Widget
from textual.worker import get_current_worker

from tui.backend import Backend

if TYPE_CHECKING:
    from tui.app import AterkomApp

T = TypeVar("T")


class Asking(Widget):
    """A widget or screen that asks the backend."""

    class Answer(Message, bubble=False):
        """What the backend gave to question number `turn` of the kind `question`."""

        def __init__(self, question: str, turn: int, value: object, then: Callable[[Any], None]) -> None:
            super().__init__()
            self.question = question
            self.turn = turn
            self.value = value
            self.then = then

    class Trouble(Message):
        """The backend raised; the application says so in one line, unless somebody below does."""

        def __init__(self, question: str, error: Exception) -> None:
            super().__init__()
            self.question = question
            self.error = error

    @property
    def screens(self) -> "AterkomApp":
        """The application, with what it is here to know."""
        return cast("AterkomApp", self.app)

    def ask(
        self, question: str, job: Callable[[Backend], T], then: Callable[[T], None], *, keep: bool = False
    ) -> None:
        """Runs `job` in a thread and `then` with its result here, unless the same question came again.

        `keep`: the job writes, so a later one does not take its place.
        """
        turn = self._turns[question] = self._turns.get(question, 0) + 1
        work = partial(self._work, question, 0 if keep else turn, job, then)
        self.run_worker(work, thread=True, group=question, exclusive=not keep, exit_on_error=False)

    @property
    def _turns(self) -> dict[str, int]:
        turns: dict[str, int] = self.__dict__.setdefault("_asked_turns", {})
        return turns

    def _work(self, question: str, turn: int, job: Callable[[Backend], T], then: Callable[[T], None]) -> None:
        worker = get_current_worker()
        answer: Message
        try:
            answer = self.Answer(question, turn, job(self.screens.backend), then)
        except Exception as error:  # noqa: BLE001 - it becomes a line on the screen, whatever it is
            answer = self.Trouble(question, error)
        if not worker.is_cancelled and self.is_attached:
            self.post_message(answer)

    def on_asking_answer(self, message: Answer) -> None:
        if message.turn in {0, self._turns.get(message.question, 0)}:
            message.then(message.value)
