"""`aterkom sync` and `aterkom read`: mail fetched, and read."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from tui.cli.commands.account import secret_prompt
from tui.cli.commands.opening import lock_timeout_option, opened
from tui.cli.errors import code_of, text_of
from tui.cli.frame import Options, argument, command, option
from tui.cli.output import print_json, print_line, say
from tui.cli.progress import Report, progress
from tui.cli.reasons import problem
from tui.cli.shared_options import json_option
from tui.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from crm.bootstrap import Store
    from crm.rows.accounts import SyncRow
    from crm.syncing import Listener, SyncReport
    from crm.waiting import ReadResult

PROBLEMS = 1
# What a person has to see to comes before what the next run may mend: a sign-in tried again locks accounts.
GRAVEST = (3, 5, 4)


@command("sync", help=N_("Fetch new mail and read it"))
@argument("names", nargs=-1, metavar="[NAME…]")
@option("--watch", is_flag=True, help=N_("Keep running, and fetch mail as it arrives"))
@option("--no-read", is_flag=True, help=N_("Fetch and make searchable only; read later with: aterkom read"))
@option(
    "--renumbered",
    is_flag=True,
    help=N_("Accept that the server has numbered a folder anew although few of its mails are known"),
)
@lock_timeout_option
@json_option
def sync(options: Options, watch: bool, as_json: bool, **how: Any) -> int:
    """Once, or with `--watch` until it is told to end."""
    if watch and how["renumbered"]:
        raise click.UsageError(_("Use --renumbered for one sync, without --watch."))
    with opened(options, how["lock_timeout"]) as store:
        accounts = _accounts(store, how["names"])
        with progress(options, accounts) as tell:
            if watch and accounts:
                from tui.cli.commands.watching import stay

                return stay(options, store, tell, as_json=as_json, **how)
            report = _once(options, store, tell, **how)
            tell_unreadable(store, report.reading)
    if not accounts:
        say(_("There is no mailbox yet. Add one with: aterkom account add NAME --host … --user … --secret …"))
    return finish(report, as_json=as_json)


def _accounts(store: "Store", names: tuple[str, ...]) -> tuple[str, ...]:
    """The mailboxes that are to be synced, in their order."""
    from crm.accounts import named_accounts

    with store.read() as session:
        return tuple(row.name for row in named_accounts(session, names))


def _once(
    options: Options,
    store: "Store",
    tell: Report,
    *,
    names: tuple[str, ...],
    no_read: bool,
    renumbered: bool,
    lock_timeout: float,
) -> "SyncReport":
    from crm.syncing import sync as run

    return run(
        store,
        options.settings(),
        names,
        listener=told_by(tell, reads=not no_read),
        prompt=secret_prompt(),
        lock_timeout=lock_timeout,
        read=not no_read,
        renumbered=renumbered,
    )


def told_by(tell: Report, *, reads: bool = True) -> "Listener":
    """The progress of a run as bars: one for each account, and one for what is read or made searchable."""
    from crm.syncing import Listener

    doing = _("Reading") if reads else _("Making searchable")
    return Listener(
        fetched=lambda account, folder, done, todo: tell(f"{account}: {folder}", done, todo, task=account),
        read=lambda done, todo: tell(doing, done, todo),
        mended=say_error,
    )


def finish(report: "SyncReport", *, as_json: bool) -> int:
    """Prints a run's rows, says its problems, and gives its exit code."""
    print_rows(report.rows, as_json=as_json)
    for error in report.errors:
        say_error(error)
    say_problems(report.rows)
    if report.errors:
        return gravest(report.errors)
    return PROBLEMS if report.reading.quarantined or any(row.problems for row in report.rows) else 0


def print_rows(rows: Iterable["SyncRow"], *, as_json: bool) -> None:
    """A line a folder."""
    if as_json:
        print_json(rows)
    else:
        for row in rows:
            print_line(folder_line(row))


def say_error(error: Exception, after: str = "") -> None:
    """What kept an account from being synced, with its name: several may be on one server."""
    account = getattr(error, "facts", {}).get("account")
    said = f"{account}: {text_of(error)}" if account else text_of(error)
    say(f"aterkom: {said} {after}".rstrip())


def say_problems(rows: Iterable["SyncRow"]) -> None:
    """What could not be done in each folder."""
    for row in rows:
        for found in row.problems:
            say(f"aterkom: {row.account}, {row.folder}: {_problem(found)}")


def gravest(errors: Iterable[Exception]) -> int:
    """The exit code for several errors."""
    codes = {code_of(error) for error in errors}
    return next((code for code in GRAVEST if code in codes), PROBLEMS)


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
    if kind == "folder_refused":
        return _(
            "the server refuses what was asked of the folder; the other folders are not kept by it, and it is asked again next time"
        )
    if kind == "epoch_mismatch":
        return _(
            "the server has numbered the folder anew, and too few mails were found again ({detail}); nothing was "
            "changed. If that is as it should be: aterkom sync NAME --renumbered"
        ).format(detail=detail)
    if kind == "not_delivered":
        return _("a mail did not come ({detail}); it is asked for again next time").format(detail=detail)
    return code


@command("read", help=N_("Read mail that is fetched but not read"))
@option("--all", "again", is_flag=True, help=N_("Read everything again"))
@option("--jobs", type=click.IntRange(1, 64), help=N_("Reading processes; otherwise one for each processor"))
@lock_timeout_option
@json_option
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
