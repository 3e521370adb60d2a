"""`aterkom sync` and `aterkom read`: mail fetched, and read."""

from typing import TYPE_CHECKING

import click

from tui.cli.commands.account import secret_prompt
from tui.cli.commands.opening import lock_timeout_option, opened
from tui.cli.errors import text_of
from tui.cli.frame import Options, argument, command, option
from tui.cli.output import print_json, print_line, say
from tui.cli.progress import progress
from tui.cli.reasons import problem
from tui.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from crm.bootstrap import Store
    from crm.reading_stage import ReadResult
    from crm.rows import SyncRow
    from crm.syncing import SyncReport

PROBLEMS = 1
# What a person has to see to comes before what the next run may mend: a sign-in tried again locks accounts.
GRAVEST = (3, 5, 4)


@command("sync", help=N_("Fetch new mail and read it"))
@argument("names", nargs=-1, metavar="[NAME…]")
@option("--no-read", is_flag=True, help=N_("Fetch only; read later with: aterkom read"))
@lock_timeout_option
@option("--json", "as_json", is_flag=True, help=N_("Print JSON Lines"))
def sync(options: Options, names: tuple[str, ...], no_read: bool, lock_timeout: float, as_json: bool) -> int:
    from crm.syncing import Watch
    from crm.syncing import sync as run

    with opened(options, lock_timeout) as store, progress(options) as tell:
        report = run(
            store,
            options.settings(),
            names,
            watch=Watch(
                fetched=lambda account, folder, done, todo: tell(f"{account}: {folder}", done, todo),
                read=lambda done, todo: tell(_("Reading"), done, todo),
            ),
            prompt=secret_prompt(),
            lock_timeout=lock_timeout,
            read=not no_read,
        )
        tell_unreadable(store, report.reading)
    if not report.rows and not report.errors:
        say(_("There is no mailbox yet. Add one with: aterkom account add NAME --host … --user … --secret …"))
    return finish(report, as_json=as_json)


def finish(report: "SyncReport", *, as_json: bool) -> int:
    """Prints a run's rows, says its problems, and gives its exit code."""
    if as_json:
        print_json(report.rows)
    else:
        for row in report.rows:
            print_line(folder_line(row))
    for error in report.errors:
        say(f"aterkom: {text_of(error)}")
    for row in report.rows:
        for found in row.problems:
            say(f"aterkom: {row.account}, {row.folder}: {_problem(found)}")
    codes = {error.exit_code for error in report.errors}
    for code in GRAVEST:
        if code in codes:
            return code
    if codes:
        return PROBLEMS
    return PROBLEMS if report.reading.quarantined or any(row.problems for row in report.rows) else 0


def tell_unreadable(store: "Store", result: "ReadResult") -> None:
    """Names each mail that this run could not read, and says where they are kept."""
    from crm.syncing import unreadable

    if not result.quarantined:
        return
    for row in unreadable(store, result):
        place = ", ".join(dict.fromkeys(f"{place.account}, {place.folder}" for place in row.locations))
        told = "; ".join(problem(one) for one in row.problems)
        say(f"aterkom: {row.id} ({place}): {told}")
    say(
        ngettext(
            "{n} mail could not be read. It is kept; see: aterkom messages --quarantined",
            "{n} mails could not be read. They are kept; see: aterkom messages --quarantined",
            result.quarantined,
        ).format(n=result.quarantined)
    )


def folder_line(row: "SyncRow") -> str:
    """One folder in a line: what is new, what was known, what is gone."""
    said = ngettext("{n} new", "{n} new", row.new).format(n=row.new)
    if row.known:
        said += ", " + _("{n} known").format(n=row.known)
    if row.gone:
        said += ", " + _("{n} gone").format(n=row.gone)
    return f"{row.account}: {row.folder}: {said}"


def _problem(code: str) -> str:
    kind, _sep, detail = code.partition(": ")
    if kind == "folder_missing":
        return _("the folder is not on the server; see its folders with: aterkom account test NAME")
    if kind == "not_delivered":
        return _("a mail did not come ({detail}); it is asked for again next time").format(detail=detail)
    return code


@command("read", help=N_("Read mail that is fetched but not read"))
@option("--all", "again", is_flag=True, help=N_("Read everything again"))
@option("--jobs", type=click.IntRange(1, 64), help=N_("Reading processes; otherwise one for each processor"))
@lock_timeout_option
@option("--json", "as_json", is_flag=True, help=N_("Print JSON Lines"))
def read(options: Options, again: bool, jobs: int | None, lock_timeout: float, as_json: bool) -> int:
    from time import monotonic

    from crm.syncing import read_new

    started = monotonic()
    with opened(options, lock_timeout) as store, progress(options) as tell:
        result = read_new(
            store,
            options.settings(),
            again=again,
            jobs=jobs,
            progress=lambda done, todo: tell(_("Reading"), done, todo),
        )
        tell_unreadable(store, result)
    seconds = round(monotonic() - started, 3)
    if as_json:
        print_json([{"read": result.read, "quarantined": result.quarantined, "seconds": seconds}])
    else:
        print_line(ngettext("{n} mail read", "{n} mails read", result.read).format(n=result.read))
    return PROBLEMS if result.quarantined else 0
