"""`aterkom demo`: the whole way from a mailbox to a reminder, on invented mail."""

import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui import dates
from tui.cli.commands.opening import opened
from tui.cli.commands.reminders import print_buckets
from tui.cli.commands.sync import folder_line
from tui.cli.frame import Options, command, option
from tui.cli.main import run_screen
from tui.cli.output import print_line
from tui.cli.progress import progress
from tui.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from crm.bootstrap import Store
    from crm.demo import DemoServer

DAY = date(2021, 10, 18)
OWN = "statenssc.se"
ACCOUNT = "demo"


@command("demo", help=N_("See it work on an invented mailbox"))
@option("--no-tui", is_flag=True, help=N_("Do not open the full screen at the end"))
@option("--keep", type=click.Path(path_type=Path, file_okay=False), help=N_("Keep the store in this folder"))
@option("--serve", "serve_only", is_flag=True, help=N_("Only leave the mailbox running, until Ctrl+C"))
@option("--port", type=click.IntRange(1, 65535), help=N_("The mailbox's port; otherwise any that is free"))
def demo(options: Options, no_tui: bool, keep: Path | None, serve_only: bool, port: int | None) -> int:
    if serve_only:
        return _serve(options, port)
    with _folder(keep) as folder:
        here = replace(
            options,
            database=f"sqlite:///{folder / 'aterkom.sqlite'}",
            today=options.today or DAY,
            own=options.own or OWN,
        )
        _take_in(here, port)
        _print_due(here)
        if no_tui or not (sys.stdin.isatty() and sys.stdout.isatty()):
            return 0
        return run_screen(here)


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    if keep is not None:
        keep.mkdir(mode=0o700, parents=True, exist_ok=True)
        yield keep.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="aterkom-demo-") as folder:
        yield Path(folder)


def _take_in(options: Options, port: int | None) -> None:
    """Two syncs, so that everybody sees the second add nothing."""
    from crm.demo import serve

    with progress(options) as tell:
        tell(_("Starting a mail server on this machine"), 0, None)
        with serve(port, lambda done, todo: tell(_("Filling the mailbox"), done, todo)) as server:
            said = ngettext("{n} mail", "{n} mails", server.mails).format(n=server.mails)
            print_line(
                _("A mailbox on this machine, at port {port}: {mails}").format(port=server.port, mails=said)
            )
            with opened(options) as store:
                _add(store, server)
                _sync(options, store)
                _sync(options, store)


def _add(store: "Store", server: "DemoServer") -> None:
    """A store that was kept has the account already, at the port of the last time."""
    from crm.accounts import NewAccount, put_account
    from crm.demo import USER

    new = NewAccount(
        name=ACCOUNT,
        host=server.host,
        port=server.port,
        user=USER,
        secret="env:ATERKOM_DEMO_PASSWORD",  # noqa: S106 (a reference)
        security="plain",
    )
    with store.write() as session:
        put_account(session, new)


def _sync(options: Options, store: "Store") -> None:
    from crm.demo import PASSWORD
    from crm.syncing import Listener, sync

    os.environ["ATERKOM_DEMO_PASSWORD"] = PASSWORD
    with progress(options) as tell:
        report = sync(
            store,
            options.settings(),
            (ACCOUNT,),
            listener=Listener(
                fetched=lambda _account, folder, done, todo: tell(folder, done, todo),
                read=lambda done, todo: tell(_("Reading"), done, todo),
            ),
        )
    if report.errors:
        raise report.errors[0]
    new = sum(row.new for row in report.rows)
    folders = "; ".join(folder_line(row) for row in report.rows)
    print_line(ngettext("Synced: {n} new", "Synced: {n} new", new).format(n=new) + f" ({folders})")


def _print_due(options: Options) -> None:
    from crm.reminders import list_reminders

    today = options.settings().day()
    with opened(options) as store, store.read() as session:
        rows = list_reminders(session, today)
    print_line("")
    print_line(_("What is due on {date}:").format(date=dates.day(today)))
    print_buckets(rows)


def _serve(options: Options, port: int | None) -> int:
    from crm.demo import PASSWORD, USER, serve

    with progress(options) as tell, serve(port, lambda done, todo: tell("", done, todo)) as server:
        print_line(
            _(
                "A mailbox on this machine until Ctrl+C: host {host}, port {port}, user {user}, password {password}"
            ).format(host=server.host, port=server.port, user=USER, password=PASSWORD)
        )
        print_line(
            f"aterkom account add demo --host {server.host} --port {server.port} --user {USER} "
            "--security plain --secret prompt"
        )
        threading.Event().wait()
    return 0
