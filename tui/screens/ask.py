"""A small window that asks for a line or two, and stays until they can be read."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tui.asking import Asking
from tui.i18n import _
from tui.text import clean_line, line
from tui.widgets.hints import Hints

Window = tuple[date | None, date | None]


class Question(NamedTuple):
    """One line to fill in. `is_day`: it must be readable as a day; `needed`: it may not be empty; `value`: what
    stands there, gone with the first letter typed; `choices`: it must be the beginning of one of these, or nothing;
    `hidden`: it is a password.
    """

    label: str
    placeholder: str = ""
    is_day: bool = False
    needed: bool = True
    value: str = ""
    choices: tuple[str, ...] = ()
    hidden: bool = False

    def picked(self, text: str) -> int:
        """Which choice is meant, nothing being the first; -1 for none."""
        begun = (each.casefold().startswith(text.casefold()) for each in self.choices)
        return next((number for number, fits in enumerate(begun) if fits), -1)


class Answered(NamedTuple):
    """The lines as written, and the window that the day means."""

    texts: tuple[str, ...]
    window: Window


class AskScreen(ModalScreen[Answered | None], Asking):
    """Asks its questions; gives None when left with Escape."""

    DEFAULT_CSS = """
    AskScreen { align: center middle; }
    AskScreen #box { width: 64; max-width: 95%; height: auto; padding: 1 2; background: $surface; border: round $primary; }
    AskScreen Input { margin-bottom: 1; }
    AskScreen #title { text-style: bold; margin-bottom: 1; }
    AskScreen #wrong { color: $text-error; text-style: bold; display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(self, title: str, questions: Sequence[Question]) -> None:
        super().__init__()
        self.heading = title
        self.questions = questions

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield Static(line(self.heading), id="title")
            for number, question in enumerate(self.questions):
                yield Static(line(question.label))
                yield Input(
                    clean_line(question.value),
                    placeholder=question.placeholder,
                    password=question.hidden,
                    id=f"answer-{number}",
                )
            yield Static("", id="wrong")
            yield Hints(_("Enter: go on · Esc: change nothing"), ("enter", "escape"))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        inputs = list(self.query(Input))
        after = inputs.index(event.input) + 1
        if after < len(inputs):
            inputs[after].focus()
        else:
            self._finish(tuple(i.value if i.password else i.value.strip() for i in inputs))

    def _finish(self, texts: tuple[str, ...]) -> None:
        for question, text in zip(self.questions, texts, strict=True):
            if question.needed and not text:
                self._complain(_("{name} is missing.").format(name=question.label))
                return
            if question.choices and question.picked(text) < 0:
                self._complain(_("Write one of these: {names}.").format(names=", ".join(question.choices)))
                return
        day = next((t for q, t in zip(self.questions, texts, strict=True) if q.is_day), None)
        if day is None:
            self.dismiss(Answered(texts, (None, None)))
        else:
            self.ask("day", lambda b: b.parse_day(day), partial(self._done, texts))

    def _done(self, texts: tuple[str, ...], window: Window) -> None:
        self.dismiss(Answered(texts, window))

    def on_asking_trouble(self, event: Asking.Trouble) -> None:
        event.stop()
        from tui.cli.errors import text_of

        self._complain(
            text_of(event.error) + " " + _("Write for example “on Monday”, “w. 46” or “2021-11-15”.")
        )

    def _complain(self, text: str) -> None:
        wrong = self.query_one("#wrong", Static)
        wrong.update(line(text))
        wrong.display = True

    def action_leave(self) -> None:
        self.dismiss(None)
