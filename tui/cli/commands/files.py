"""`aterkom import`: mail from files and folders into the store."""

import sys

from tui.cli.commands.opening import lock_timeout_option, opened
from tui.cli.commands.sync import finish, tell_unreadable
from tui.cli.frame import Options, argument, command, option
from tui.cli.progress import progress
from tui.i18n import N_, _


@command("import", help=N_("Take in mail from files and folders"))
@argument("paths", nargs=-1, required=True, metavar="PATH…")
@option("--folder", default="import", help=N_("The folder under which they stand"))
@lock_timeout_option
@option("--json", "as_json", is_flag=True, help=N_("Print JSON Lines"))
def import_(options: Options, paths: tuple[str, ...], folder: str, lock_timeout: float, as_json: bool) -> int:
    from crm.importing import import_files
    from crm.inspecting import open_sources
    from crm.syncing import Watch

    found = open_sources(paths, sys.stdin.buffer)  # a path that is none is said before a store is made
    with opened(options, lock_timeout) as store, progress(options) as tell:
        report = import_files(
            store,
            options.settings(),
            found,
            folder,
            watch=Watch(
                fetched=lambda account, name, done, _todo: tell(f"{account}: {name}", done, None),
                read=lambda done, todo: tell(_("Reading"), done, todo),
            ),
        )
        tell_unreadable(store, report.reading)
    return finish(report, as_json=as_json)
