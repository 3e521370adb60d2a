"""`aterkom account`: mailboxes added, tested and listed."""

import sys
from collections.abc import Callable
from typing import Any

import click

from tui import dates, words
from tui.cli.commands.opening import opened
from tui.cli.errors import text_of_noted
from tui.cli.frame import Options, argument, group, option
from tui.cli.options import DAY
from tui.cli.output import print_json, print_line, print_table, say
from tui.i18n import N_, _

_STATES = {"new": N_("New"), "ok": N_("In order"), "problem": N_("Problem")}


@group("account", help=N_("Add, test and list mailboxes"))
@option("--json", "as_json", is_flag=True, help=N_("Print JSON Lines"))
def account(options: Options, as_json: bool) -> None:
    from crm.accounts import list_accounts

    with opened(options) as store, store.read() as session:
        rows = list_accounts(session)
    if as_json:
        print_json(rows)
        return
    if not rows:
        say(_("There is no mailbox yet. Add one with: aterkom account add NAME --host … --user … --secret …"))
    print_table(
        [_("Name"), _("Server"), _("User"), _("Fetched"), _("State")],
        [
            (
                row.name,
                f"{row.host}:{row.port}",
                row.user,
                dates.moment_column(row.last_sync) if row.last_sync else _("never"),
                words.said(_STATES, row.state),
            )
            for row in rows
        ],
    )
    for row in rows:
        if row.problem:
            say(f"{row.name}: {text_of_noted(row.problem)}")


@account.sub("add", help=N_("Add a mailbox; makes no connection"))
@argument("name")
@option("--host", required=True, help=N_("The mail server's name"))
@option("--port", type=int, help=N_("Its port; otherwise the usual one"))
@option("--user", "login", required=True, help=N_("Who signs in"))
@option(
    "--secret",
    required=True,
    help=N_(
        "Where the password is: env:VAR, file:PATH, command:…, keyring:SERVICE/USER, credential:NAME, prompt"
    ),
)
@option(
    "--security",
    type=click.Choice(["tls", "starttls", "plain"]),
    default="tls",
    help=N_("tls (usual), starttls, or plain to this machine alone"),
)
@option("--ca-file", help=N_("A certificate authority of your own"))
@option(
    "--auth",
    type=click.Choice(["password", "xoauth2", "oauthbearer"]),
    default="password",
    help=N_("password, xoauth2 or oauthbearer"),
)
@option(
    "--folders", multiple=True, help=N_("Folders to fetch, * is a wildcard; otherwise inbox and sent mail")
)
@option("--exclude", multiple=True, help=N_("Folders to leave out"))
@option("--since", type=DAY, help=N_("Only mail received on this day or later"))
@option("--json", "as_json", is_flag=True, help=N_("Print JSON Lines"))
def add(options: Options, name: str, as_json: bool, login: str, **given: Any) -> None:
    from crm.accounts import NewAccount, add_account

    new = NewAccount(name=name, user=login, **given)
    with opened(options) as store, store.write() as session:
        row = add_account(session, new)
    if as_json:
        print_json([row])
    else:
        print_line(_("Added. Try it with: aterkom account test {name}").format(name=name))


@account.sub("test", help=N_("Sign in, list folders, find sent mail; changes nothing"))
@argument("name")
@option("--json", "as_json", is_flag=True, help=N_("Print JSON Lines"))
def test(options: Options, name: str, as_json: bool) -> int:
    from crm.accounts import named_accounts, try_account

    with opened(options) as store, store.read() as session:
        row = named_accounts(session, (name,))[0]
    report = try_account(row, secret_prompt())
    folders = [{"name": folder.name, "messages": count} for folder, count in report.folders]
    if as_json:
        told = {"name": name, "ok": True, "folders": folders, "sent_folder": report.sent}
        print_json([{**told, "capabilities": report.capabilities, "tls": report.tls}])
    else:
        print_line(_("Signed in at {host} as {user}.").format(host=row.host, user=row.user))
        print_table([_("Folder"), _("Messages")], [(item["name"], item["messages"]) for item in folders])
        _say_sent(report.sent)
    return 0 if report.sent else 1


def _say_sent(sent: str | None) -> None:
    if sent:
        print_line(_("Sent mail: {folder}").format(folder=sent))
    else:
        say(
            _(
                "No folder of sent mail was found: without it no promise of yours is ever seen kept. "
                "Name it with --folders."
            )
        )


def secret_prompt() -> Callable[[str], str] | None:
    """Asks for a password without showing it; None where nobody can be asked."""
    return _ask_secret if sys.stdin.isatty() else None


def _ask_secret(reference: str) -> str:
    del reference
    password: str = click.prompt(_("Password"), hide_input=True, err=True)
    return password
