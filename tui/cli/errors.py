"""Every error as one plain line on stderr, and its exit code. Its words stand in `tui.cli.error_texts`."""

import sys
import traceback
from collections.abc import Iterator, Mapping
from types import SimpleNamespace
from typing import Final

import click

from tui.cli import reasons
from tui.cli.error_texts import HINTS, NOTED, TEXTS
from tui.cli.usage import usage_text
from tui.i18n import _
from tui.text import clean, short_line

USAGE: Final = 2
INTERRUPTED: Final = 130
UNEXPECTED: Final = 70
"""An error of ours (EX_SOFTWARE): none of the contract's codes may be said for it."""


class _Facts(Mapping[str, str]):
    """An error's attributes as cleaned words, for `format_map`."""

    def __init__(self, error: object) -> None:
        self.error = error

    def __getitem__(self, name: str) -> str:
        facts = getattr(self.error, "facts", {})
        value = facts.get(name) if name in facts else getattr(self.error, name, None)
        if value is None and name == "path":  # a secret in a file is named by its reference
            value = self["ref"].partition(":")[2]
        if value is None:
            return "–"
        if name == "kind":
            return short_line(reasons.kind(str(value)))
        if name == "reason":
            return short_line(reasons.reason(str(value)))
        if isinstance(value, tuple | list | set | frozenset):
            return short_line(", ".join(str(item) for item in value))
        return short_line(str(value))

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def text_of(error: BaseException) -> str:
    """One translated line for an error that we know, else the error's own words."""
    for kind in type(error).__mro__:
        for variant in (getattr(error, "kind", None), getattr(error, "reason", None)):
            if f"{kind.__name__}:{variant}" in TEXTS:
                return _filled(TEXTS[f"{kind.__name__}:{variant}"], error)
        if kind.__name__ in TEXTS:
            return _filled(TEXTS[kind.__name__], error)
    return short_line(str(error)) or type(error).__name__


def _filled(text: str, error: BaseException) -> str:
    return _(text).format_map(_Facts(error))


def text_of_noted(noted: Mapping[str, str]) -> str:
    """The same for a problem that an account has noted: its `kind` and its facts."""
    name = {"folder_missing": "FolderMissing"}.get(noted["kind"], noted["kind"])
    error = SimpleNamespace(facts={key: value for key, value in noted.items() if key != "kind"})
    text = TEXTS.get(f"{name}:{noted.get('reason')}") or TEXTS.get(name) or NOTED.get(name)
    return _(text).format_map(_Facts(error)) if text else reasons.problem(name)


def code_of(error: BaseException) -> int:
    """The exit code that an error's class says, 2 for a path that is none, 70 for what nobody foresaw."""
    code = getattr(error, "exit_code", None)
    if isinstance(code, int):
        return code
    return USAGE if type(error).__name__ in TEXTS else UNEXPECTED


def report(error: BaseException, *, verbose: bool) -> int:
    """Says the error on stderr in one line (and where it arose, if asked), and gives the exit code."""
    if isinstance(error, click.ClickException):
        click.echo(_prefixed(usage_text(error)), err=True)
        return error.exit_code
    code = code_of(error)
    if code == UNEXPECTED:
        said = _(
            "Something went wrong in Återkom itself: {what}. Nothing that was saved is lost. Run it again with -v and send what it says to whoever looks after Återkom."
        )
        click.echo(_prefixed(said.format(what=f"{type(error).__name__}: {short_line(str(error))}")), err=True)
    else:
        hint = HINTS.get(type(error).__name__)
        click.echo(_prefixed(text_of(error) + (f" {_(hint)}" if hint else "")), err=True)
    if verbose:
        # Frames without their locals: those may hold a secret.
        click.echo(clean("".join(traceback.format_exception(error))), err=True)
    return code


def _prefixed(said: str) -> str:
    return f"aterkom: {said}"


def silence_stdout() -> None:
    """After a broken pipe: no second complaint when the interpreter flushes."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
