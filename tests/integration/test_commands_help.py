"""Help: a line for every command and option, in Swedish and in English, and nothing loaded for it."""

import re
import subprocess
import sys
from collections.abc import Iterator

import click
import pytest

from tests.integration.commands import Machine
from tui.cli.frame import LIST, Group
from tui.cli.options import GlobalOption, translated
from tui.cli.table import COMMANDS
from tui.i18n import set_language


def commands() -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command that can be called, by the words that call it."""
    for name, lazy in COMMANDS.items():
        command = lazy.load()
        yield (name,), command
        if isinstance(command, Group):
            for below, inner in command.commands.items():
                if below != LIST:
                    yield (name, below), inner


ALL = dict(commands())


@pytest.fixture(autouse=True)
def _swedish() -> Iterator[None]:
    yield
    set_language("sv")


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_help_has_a_line_for_every_option_in_both_languages(machine: Machine, words: tuple[str, ...]) -> None:
    swedish, english = (machine("--lang", lang, *words, "--help").out for lang in ("sv", "en"))
    assert swedish.startswith(f"Användning: aterkom {' '.join(words)}")
    assert english.startswith(f"Usage: aterkom {' '.join(words)}")
    command = ALL[words]
    body = command.commands[LIST] if isinstance(command, Group) else command
    for option in body.params:
        if isinstance(option, click.Argument | GlobalOption):
            continue
        assert isinstance(option, click.Option)
        set_language("en")
        assert _flat(translated(option.help)) in _flat(english), option.opts
        told = translated(option.help)
        set_language("sv")
        assert _flat(translated(option.help)) in _flat(swedish), option.opts
        assert translated(option.help) != told, option.opts


def _flat(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_the_first_page_names_every_command(machine: Machine) -> None:
    shown = machine("--help").out
    for name in COMMANDS:
        assert re.search(rf"^  {name} +[A-ZÅÄÖ]", shown, re.MULTILINE), name
    for option in ("--database", "--config", "--lang", "--today", "--user", "--own", "--no-progress", "-v"):
        assert option in shown


@pytest.mark.parametrize("words", [("--help",), ("follow-ups", "--help"), ("--lang", "en", "sync", "--help")])
def test_help_loads_nothing_heavy(words: tuple[str, ...]) -> None:
    code = (
        "import sys\n"
        "from tui.cli.main import run_line\n"
        f"assert run_line({list(words)!r}) == 0\n"
        "heavy = {'spacy', 'sqlalchemy', 'textual', 'msal', 'requests'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_installed_command_is_the_same_as_here(machine: Machine) -> None:
    with machine.start("offices", "show", "Atlantis") as process:
        out, err = process.communicate()
    here = machine("offices", "show", "Atlantis", code=2)
    assert (process.returncode, out.decode(), err.decode()) == (2, here.out, here.err)
