"""What goes to the registrar and comes back, and the e-mail log."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from tui import dates, registrations, words
from tui.cli.commands.opening import opened
from tui.cli.frame import Options
from tui.cli.output import plain, print_json, print_line, print_table, say
from tui.cli.progress import progress
from tui.i18n import _, ngettext

if TYPE_CHECKING:
    from crm.register.handing_over import HandedRow, Which
    from crm.register.numbers_back import Taken
    from crm.rows.register import LogEntryRow

PROBLEMS = 1
PAGE = 200


def hand_over(
    options: Options, folder: Path, which: "Which", names: Sequence[str], *, as_json: bool
) -> int | None:
    """Writes the folder for the registrar, and notes it in the log; 1 where there is nothing to write."""
    from crm.register.handing_over import SHEET, hand_over, note, waiting
    from crm.register.naming import received
    from tui.cli.register_sheets import open_papers

    settings = options.settings()
    with opened(options) as store:
        with store.read() as session, progress(options) as tell:
            numbers = received(session, names) if names else waiting(session, which)
            if not numbers:
                say(_("There is nothing to hand over: no mail was judged so."))
                return PROBLEMS
            rows = hand_over(
                session, numbers, folder, open_papers, lambda done, todo: tell(_("Writing"), done, todo)
            )
        with store.write() as session:
            note(session, rows, by=settings.user, now=settings.now())
    if as_json:
        print_json(_handed_json(row) for row in rows)
        return None
    told = ngettext("{n} mail handed over in {path}", "{n} mails handed over in {path}", len(rows))
    print_line(told.format(n=len(rows), path=folder))
    say(_("The numbers go into the column number of {path}.").format(path=folder / SHEET))
    return None


def _handed_json(row: "HandedRow") -> dict[str, Any]:
    return {**plain(row.message), "sha256": row.sha256, "file": row.file, "documents": row.documents}


def take_numbers(options: Options, sheet: Path, *, as_json: bool) -> int:
    """Takes the registrar's numbers back and says which lines do not fit."""
    from crm.messages import rows
    from crm.register.numbers_back import read_sheet, take_numbers

    settings = options.settings()
    lines = read_sheet(sheet)
    with opened(options) as store, store.write() as session:
        taken = take_numbers(session, lines, by=settings.user, now=settings.now())
        changed = rows(session, taken.changed)
    from tui.cli.commands.register_rows import show_judged

    show_judged(changed, as_json=as_json)
    _tell(taken)
    return PROBLEMS if taken.misfits else 0


def _tell(taken: "Taken") -> None:
    counts = (
        (len(taken.changed), ngettext("{n} mail registered", "{n} mails registered", len(taken.changed))),
        (taken.same, ngettext("{n} had its number already", "{n} had their numbers already", taken.same)),
        (taken.waiting, ngettext("{n} has no number yet", "{n} have no number yet", taken.waiting)),
        (len(taken.misfits), ngettext("{n} does not fit", "{n} do not fit", len(taken.misfits))),
    )
    say(", ".join(text.format(n=dates.number(n)) for n, text in counts if n) or _("The sheet is empty."))
    for one in taken.misfits:
        say(registrations.misfit(one.line, one.reason, one.detail))


def show_log(options: Options, asked: Mapping[str, Any], output: Path | None, *, as_json: bool) -> int | None:
    """The e-mail log on stdout, or all of it in a file."""
    from crm.register.log import LogQuery, left_out, log_ids, log_rows

    limit = (0 if output else PAGE) if asked["limit"] is None else asked["limit"]
    query = LogQuery(**{**asked, "limit": limit})
    with opened(options) as store, store.read() as session:
        numbers = log_ids(session, query)
        absent = left_out(session, query)
        if output is not None:
            _write_log(output, (row for row in _in_parts(numbers, lambda part: log_rows(session, part))))
        else:
            _print_log(log_rows(session, numbers), as_json=as_json)
    if output is not None:
        told = ngettext("{n} mail in the log: {path}", "{n} mails in the log: {path}", len(numbers))
        print_line(told.format(n=dates.number(len(numbers)), path=output))
    if absent:
        told = ngettext(
            "{n} mail that is not an official document is left out.",
            "{n} mails that are not official documents are left out.",
            absent,
        )
        say(told.format(n=dates.number(absent)))
    return None


def _in_parts(
    numbers: Sequence[int], rows: "Callable[[Sequence[int]], list[LogEntryRow]]", size: int = 500
) -> "Iterator[LogEntryRow]":
    """A log of years is never held in memory as a whole."""
    for start in range(0, len(numbers), size):
        yield from rows(numbers[start : start + size])


def _write_log(path: Path, rows: "Iterator[LogEntryRow]") -> None:
    from tui.cli.register_sheets import open_email_log

    with _text(path) as stream:
        add = open_email_log(stream)
        for row in rows:
            add(row)


@contextmanager
def _text(path: Path) -> Iterator[TextIO]:
    """UTF-8 with a byte order mark, whole or not at all."""
    from crm.new_files import new_file

    with new_file(path) as file:
        text = TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
        yield text
        text.detach()


def _print_log(rows: "Sequence[LogEntryRow]", *, as_json: bool) -> None:
    if as_json:
        print_json(rows)
        return
    if not rows:
        say(_("No mail in that time."))
    cells = [_cells(row) for row in rows]
    if not sys.stdout.isatty():
        print_table([], cells)
        return
    for when, number, sender, to, subject in cells:
        print_line(" ".join(part for part in (when, number, sender, f"→ {to}" if to else "") if part))
        print_line(subject, 6)


def _cells(row: "LogEntryRow") -> tuple[str, str, str, str, str]:
    when, number = dates.moment_column(row.date) if row.date else "", row.number or ""
    if row.secret:
        return when, number, "", "", _("Marked confidential")
    to = ", ".join(words.short_name(box) for box in row.to)
    return when, number, words.short_name(row.sender), to, words.subject(row.subject)
