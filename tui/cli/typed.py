"""What somebody types: a text from the command line, the terminal or a pipe, and what was understood of it."""

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import click

from tui import dates, words
from tui.cli.output import say
from tui.i18n import _
from tui.text import clean_line

if TYPE_CHECKING:
    from crm.sentence import Understood

_MOST: Final = 200_000
"""Signs read from a pipe; more than any text that is taken."""


def text_of(given: tuple[str, ...], question: str) -> str:
    """The words given; else what is typed at the terminal, or comes through the pipe."""
    if given:
        return " ".join(given)
    if sys.stdin.isatty():
        return str(click.prompt(question, default="", show_default=False, err=True, prompt_suffix=" "))
    return sys.stdin.read(_MOST)


def agreed(read: "Understood") -> bool:
    """Shows what was understood and asks; where nobody can be asked it is taken as said."""
    if not sys.stdin.isatty():
        return True
    for told in understood(read):
        say(told)
    answer = click.prompt(_("Save it? [Y/n]"), default="", show_default=False, err=True, prompt_suffix=" ")
    return str(answer).strip().casefold() in {"", "y", "yes", _("y").casefold(), _("yes").casefold()}


def understood(read: "Understood") -> Iterator[str]:
    """What a sentence was read as, a line each."""
    window = dates.window(read.due_start, read.due_end, approximate=read.approximate)
    hours = dates.hours(read.start_time, read.end_time)
    office = f"{read.office.municipality} {read.office.place or ''}" if read.office else ""
    side = ", ".join(part for part in (words.said(words.OWES, read.owes), read.who or "") if part)
    yield words.quoted(read.text)
    yield _("Window: {window}").format(window=f"{window} {hours}".strip() or _("no date"))
    yield _("Office: {office}").format(office=clean_line(office) or "–")
    yield _("Who: {side}").format(side=clean_line(side))
    yield _("Kind: {kind}").format(kind=words.said(words.KINDS, read.kind))
    yield _("Responsible: {name}").format(name=clean_line(read.assignee or "") or "–")
    yield from _unclear(read)


def doubts(read: "Understood") -> None:
    """Says on stderr which office could not be told from the sentence."""
    if not sys.stdin.isatty():
        for told in _unclear(read):
            say(told)


def _unclear(read: "Understood") -> Iterator[str]:
    if read.candidates:
        names = ", ".join(f"{one.municipality} {one.place or ''}".strip() for one in read.candidates)
        yield _("Several offices are named: {names}. Say which with --office.").format(names=names)
    if read.elsewhere and read.office is None and not read.candidates:
        yield _("{names} has no office in the plan.").format(names=", ".join(read.elsewhere))
