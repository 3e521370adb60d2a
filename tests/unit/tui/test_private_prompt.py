"""Before private mail goes a person has to write a word."""

from types import SimpleNamespace

import click
import pytest

from crm.erasing import Erasure
from tui.cli.commands import private
from tui.i18n import set_language

PLANNED = [Erasure("m2", ("0" * 64, "1" * 64), 3, 2, 1, ("m7",))]


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(private, "sys", SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True)))


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize(
    ("answer", "agreed"), [("yes", True), (" Yes ", True), ("", False), ("y", False), ("no", False)]
)
def test_only_the_word_agrees(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], answer: str, agreed: bool
) -> None:
    set_language("en")
    monkeypatch.setattr(click, "prompt", lambda *_, **__: answer)
    assert private._agreed(PLANNED) is agreed
    set_language("sv")
    said = capsys.readouterr().err
    assert "m2: 2 copies, 3 messages, 2 follow-ups" in said
    assert "1 of them" in said
    assert "m7" in said


def test_nobody_is_asked_without_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(private, "sys", SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: False)))
    with pytest.raises(click.UsageError):
        private._agreed(PLANNED)
