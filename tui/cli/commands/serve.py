"""`aterkom serve`: the full screen in a browser on this machine."""

import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

import click

from tui.cli.frame import Options, command, option
from tui.cli.output import print_json, print_line, say
from tui.cli.shared_options import json_option
from tui.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from tui.serve.address import Address


@command("serve", help=N_("Show the full screen in a browser on this machine"))
@option(
    "--host",
    metavar="ADDRESS",
    default="127.0.0.1",
    help=N_("The address to listen at; otherwise this machine alone"),
)
@option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=0,
    help=N_("The port to listen at; otherwise any that is free"),
)
@option(
    "--accept-unencrypted",
    is_flag=True,
    help=N_("Accept that letters go over the network for others to read, where --host says so"),
)
@json_option
def serve(options: Options, host: str, port: int, accept_unencrypted: bool, as_json: bool) -> int:
    from crm.errors import ServeUnavailable
    from tui.serve.address import checked_host, is_loopback

    options.settings()
    here = checked_host(host, unencrypted=accept_unencrypted)
    if find_spec("textual_serve") is None:
        raise ServeUnavailable
    from tui.serve.server import serve as run

    if not is_loopback(here):
        say(_("Note: what is shown at {host} goes over the network unencrypted.").format(host=here))
    return run(options, here, port, _print_json if as_json else _print_plain)


def _print_plain(address: "Address", way_in: str) -> None:
    from tui.serve.keys import LIVES

    del address
    print_line(way_in)
    minutes = LIVES // 60
    said = ngettext(
        "Open that in your browser within {n} minute; it works once.",
        "Open that in your browser within {n} minutes; it works once.",
        minutes,
    )
    keys = _("Enter gives a new one, Ctrl+C ends.") if sys.stdin.isatty() else _("Ctrl+C ends.")
    say(said.format(n=minutes) + " " + keys)


def _print_json(address: "Address", way_in: str) -> None:
    from tui.serve.keys import LIVES

    print_json([{"url": way_in, "host": address.host, "port": address.port, "seconds": LIVES}])
