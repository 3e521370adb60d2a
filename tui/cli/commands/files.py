"""`aterkom import`: mail from files and folders into the store."""

import sys
from collections.abc import Sequence

from tui.cli.commands.opening import lock_timeout_option, opened
from tui.cli.commands.sync import finish, tell_unreadable
from tui.cli.frame import Options, argument, command, option
from tui.cli.output import say
from tui.cli.progress import progress
from tui.cli.shared_options import json_option
from tui.i18n import N_, _, ngettext

NOTHING = 1
MOST_NAMED = 20


@command("import", help=N_("Import mail from files and folders"))
@argument("paths", nargs=-1, required=True, metavar="PATH…")
@option("--folder", default="import", help=N_("The folder under which they stand"))
@lock_timeout_option
@json_option
def import_(options: Options, paths: tuple[str, ...], folder: str, lock_timeout: float, as_json: bool) -> int:
    from crm.importing import import_files
    from crm.inspecting import open_sources
    from crm.syncing import Listener

    skipped: list[str] = []
    found = open_sources(
        paths, sys.stdin.buffer, skipped
    )  # a path that is none is said before a store is made
    with opened(options, lock_timeout) as store, progress(options) as tell:
        report = import_files(
            store,
            options.settings(),
            found,
            folder,
            listener=Listener(
                fetched=lambda account, name, done, _todo: tell(f"{account}: {name}", done, None),
                read=lambda done, todo: tell(_("Reading"), done, todo),
            ),
        )
        tell_unreadable(store, report.reading)
    _tell_skipped(skipped)
    code = finish(report, as_json=as_json)
    return code or (NOTHING if skipped and not any(row.new + row.known for row in report.rows) else 0)


def _tell_skipped(skipped: Sequence[str]) -> None:
    """What was left out, so that nobody misses it; a file that is named is taken in whatever it holds."""
    for path in skipped[:MOST_NAMED]:
        say(_("“{path}” is no mail and was left out.").format(path=path))
    if skipped:
        said = ngettext(
            "{n} file in the folders is no mail. Name it to have it taken in all the same.",
            "{n} files in the folders are no mail. Name them to have them taken in all the same.",
            len(skipped),
        )
        say(said.format(n=len(skipped)))
