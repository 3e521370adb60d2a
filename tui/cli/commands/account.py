"""`aterkom account`: mailboxes added, changed, removed, signed in to, tested and listed."""

import sys
from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING, Any, Final

import click

from tui import dates, words
from tui.cli.commands.opening import opened
from tui.cli.errors import text_of, text_of_noted
from tui.cli.frame import Options, argument, group, option
from tui.cli.options import DAY
from tui.cli.output import print_json, print_line, print_table, say
from tui.cli.shared_options import json_option
from tui.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from crm.rows.accounts import AccountRow

_STATES = {"new": N_("New"), "ok": N_("In order"), "problem": N_("Problem")}
# What `account set --reset` puts back to what an account has when nothing is said.
_RESET: Final = (
    "port",
    "ca-file",
    "folders",
    "exclude",
    "since",
    "secret",
    "token",
    "tenant",
    "client-id",
    "authority",
    "login-as",
    "certificate",
    "scope",
)


@group("account", help=N_("Add, change, test and list mailboxes"))
@json_option
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
                _("{name} (personal)").format(name=row.name) if row.personal else row.name,
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


# An account's settings, as they are given when one is added or changed.
_SETTINGS: Final[tuple[tuple[tuple[str, ...], dict[str, Any]], ...]] = (
    (("--host",), {"help": N_("The mail server's name")}),
    (("--port",), {"type": int, "help": N_("Its port; otherwise the usual one")}),
    (("--user",), {"help": N_("Whose mailbox it is, as the server knows it")}),
    (
        ("--secret",),
        {
            "help": N_(
                "Where the password is: env:VAR, file:PATH, command:…, keyring:SERVICE/USER, credential:NAME, prompt"
            )
        },
    ),
    (
        ("--security",),
        {
            "type": click.Choice(["tls", "starttls", "plain"]),
            "help": N_("tls (usual), starttls, or plain to this machine alone"),
        },
    ),
    (("--ca-file",), {"help": N_("A certificate authority of your own")}),
    (
        ("--auth",),
        {
            "type": click.Choice(["password", "xoauth2", "oauthbearer"]),
            "help": N_("password, xoauth2 or oauthbearer"),
        },
    ),
    (
        ("--token", "flow"),
        {
            "type": click.Choice(["device", "client"]),
            "help": N_(
                "Get access tokens: device (a person signs in with a code) or client (the application by itself)"
            ),
        },
    ),
    (("--tenant",), {"help": N_("The organisation at the sign-in service, its id or domain")}),
    (("--client-id",), {"help": N_("The application's id at the sign-in service")}),
    (("--authority",), {"help": N_("The sign-in service's https address; otherwise Microsoft's")}),
    (
        ("--login-as",),
        {"help": N_("Who signs in with the code, where that is not the mailbox's own user")},
    ),
    (
        ("--certificate",),
        {"help": N_("The application's certificate, a PEM file; --secret then has its key")},
    ),
    (("--scope",), {"help": N_("What the token is asked for; otherwise IMAP at Microsoft 365")}),
    (
        ("--folders",),
        {"multiple": True, "help": N_("Folders to fetch, * is a wildcard; otherwise inbox and sent mail")},
    ),
    (("--exclude",), {"multiple": True, "help": N_("Folders to leave out")}),
    (("--since",), {"type": DAY, "help": N_("Only mail received on this day or later")}),
    (
        ("--personal/--not-personal",),
        {
            "default": None,
            "help": N_("One person's own mailbox: --folders names every folder, --since a day"),
        },
    ),
    (("--json", "as_json"), {"is_flag": True, "help": N_("Print JSON Lines")}),
)
_WHEN_ADDED: Final[dict[str, dict[str, Any]]] = {
    "--host": {"required": True},
    "--user": {"required": True},
    "--security": {"default": "tls"},
    "--auth": {"default": "password"},
    "--personal/--not-personal": {"default": False},
}


def _settings(*, adding: bool) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declares the options; for a change none is needed and none has a default."""

    def declare(body: Callable[..., Any]) -> Callable[..., Any]:
        for names, attributes in reversed(_SETTINGS):
            more = _WHEN_ADDED.get(names[0], {}) if adding else {}
            body = option(*names, **{**attributes, **more})(body)
        return body

    return declare


@account.sub("add", help=N_("Add a mailbox; makes no connection"))
@argument("name")
@_settings(adding=True)
def add(options: Options, name: str, as_json: bool, **given: Any) -> None:
    from crm.accounts import NewAccount, add_account

    if given["secret"] is None and given["flow"] != "device":
        raise click.MissingParameter(param_hint="--secret", param_type="option")
    with opened(options) as store, store.write() as session:
        row = add_account(session, NewAccount(name=name, **given))
    if as_json:
        print_json([row])
    elif given["flow"] == "device":
        print_line(_("Added. Sign in with: aterkom account login {name}").format(name=name))
    else:
        print_line(_("Added. Try it with: aterkom account test {name}").format(name=name))


@account.sub("set", help=N_("Change a mailbox's settings; makes no connection"))
@argument("name")
@_settings(adding=False)
@option(
    "--reset", multiple=True, type=click.Choice(_RESET), help=N_("Settings to put back as if never given")
)
def change(options: Options, name: str, as_json: bool, reset: tuple[str, ...], **given: Any) -> None:
    from crm.accounts import change_account
    from crm.own_password import forgotten_unless_named

    changes = {_field(what): () if what in {"folders", "exclude"} else None for what in reset}
    changes |= {what: value for what, value in given.items() if value is not None and value != ()}
    if not changes:
        raise click.UsageError(_("Nothing to change was named."))
    other = options.settings().smtp_secret
    with (
        opened(options) as store,
        forgotten_unless_named(store, name, options.config, other=other),
        store.write() as session,
    ):
        row = change_account(session, name, changes)
    _print_changed(row, as_json)


def _field(what: str) -> str:
    """The setting's name in the domain."""
    return "flow" if what == "token" else what.replace("-", "_")


def _print_changed(row: "AccountRow", as_json: bool) -> None:
    if as_json:
        print_json([row])
    else:
        print_line(_("Changed. Try it with: aterkom account test {name}").format(name=row.name))


@account.sub("remove", help=N_("Forget how to sign in to a mailbox; its mail stays"))
@argument("name")
@json_option
def remove(options: Options, name: str, as_json: bool) -> None:
    from crm.accounts import remove_account
    from crm.own_password import forgotten_unless_named

    other = options.settings().smtp_secret
    with (
        opened(options) as store,
        forgotten_unless_named(store, name, options.config, other=other),
        store.write() as session,
    ):
        row = remove_account(session, name)
    if as_json:
        print_json([row])
        return
    if not row.messages:
        print_line(_("Removed: {name} is not fetched any more.").format(name=name))
        return
    stays = ngettext(
        "Removed: {name} is not fetched any more. {count} mail that came from it stays, with all that was found in it.",
        "Removed: {name} is not fetched any more. {count} mails that came from it stay, with all that was found in them.",
        row.messages,
    )
    print_line(stays.format(name=name, count=row.messages))


@account.sub("login", help=N_("Sign in with a code that is shown here and typed at another screen"))
@argument("name")
@json_option
def login(options: Options, name: str, as_json: bool) -> None:
    from crm.accounts import log_in, named_accounts

    with opened(options) as store, store.read() as session:
        row = named_accounts(session, (name,))[0]
    done = log_in(row, _show_code, Event().wait)
    if as_json:
        print_json([done])
        return
    print_line(
        _("Signed in as {user}. Try it with: aterkom account test {name}").format(
            user=done.user or "–", name=name
        )
    )


def _show_code(code: Any) -> None:
    minutes = max(1, round(code.seconds / 60))
    say(_("Open {address} in a web browser, on any machine.").format(address=code.address))
    say(_("Write the code {code} there and sign in.").format(code=code.code))
    waits = ngettext(
        "Waiting; the code is good for {count} minute.",
        "Waiting; the code is good for {count} minutes.",
        minutes,
    )
    say(waits.format(count=minutes))


@account.sub("test", help=N_("Sign in, list folders, find sent mail; changes nothing"))
@argument("name")
@json_option
def test(options: Options, name: str, as_json: bool) -> int:
    from crm.accounts import named_accounts, try_account

    with opened(options) as store, store.read() as session:
        row = named_accounts(session, (name,))[0]
    report = try_account(row, secret_prompt(), lambda error: say(text_of(error)))
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
