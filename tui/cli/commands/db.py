"""`aterkom db`: the store made, upgraded, copied and checked."""

from pathlib import Path

import click

from tui.cli.commands.opening import opened
from tui.cli.frame import Options, argument, group, option
from tui.cli.output import print_json, print_line, say
from tui.cli.progress import progress
from tui.cli.shared_options import json_option
from tui.i18n import N_, _, ngettext

PROBLEMS = 5


@group("db", help=N_("Make, upgrade, back up and check the store"))
def db(options: Options) -> None:
    """Without a command below it: where the store is and which revision it has."""
    with opened(options) as store:
        print_line(f"{store.url} {store.version()}")


@db.sub("upgrade", help=N_("Upgrade the store to this version; creates it where it is missing"))
def upgrade(options: Options) -> None:
    from crm.bootstrap import upgrade_store

    revision = upgrade_store(options.settings().database_url)
    say(_("The store is at revision {revision}.").format(revision=revision))


@db.sub("backup", help=N_("Make a verified copy while the store is in use"))
@argument("file", type=click.Path(path_type=Path), metavar="FILE")
def backup(options: Options, file: Path) -> None:
    from crm.maintenance import backup as copy

    settings = options.settings()
    with opened(options) as store:
        copy(store, file, by=settings.user, now=settings.now())
    say(_("Copied to {file}.").format(file=file))


@db.sub("restore", help=N_("Restore a copy of the store; the present one is set aside"))
@argument("file", type=click.Path(path_type=Path), metavar="FILE")
def restore(options: Options, file: Path) -> None:
    from crm.maintenance import restore as put_back

    settings = options.settings()
    done = put_back(file, settings.database_url, by=settings.user, now=settings.now())
    say(_("Restored from {file}.").format(file=file))
    if done.aside is not None:
        say(_("The old store lies at {file}.").format(file=done.aside))
    if done.again:
        told = ngettext(
            "{n} private mail that the copy held was removed again.",
            "{n} private mails that the copy held were removed again.",
            done.again,
        )
        say(told.format(n=done.again))
    if done.again is None:
        say(
            _(
                "The copy is of an older Återkom: run aterkom db upgrade, then remove private mail again that it brought back."
            )
        )


@db.sub("check", help=N_("Check that the store is intact"))
@option("--full", is_flag=True, help=N_("Unpack and hash every mail as well"))
@json_option
def check(options: Options, full: bool, as_json: bool) -> int:
    from crm.maintenance import check as look

    with opened(options) as store, progress(options) as tell:
        problems = look(store, full=full, progress=lambda done, todo: tell(_("Checking"), done, todo))
    if as_json:
        print_json(problems)
    else:
        for problem in problems:
            print_line(f"{problem.kind} {problem.where}: {problem.detail}")
    if not problems:
        say(_("The store holds together."))
    return PROBLEMS if problems else 0
