"""`aterkom privacy`: what is held of a person, put together for them or disposed of by a decision."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli.commands.opening import lock_timeout_option, opened
from tui.cli.frame import Options, argument, group, option
from tui.cli.output import plain, print_json, print_line, say
from tui.cli.shared_options import json_option
from tui.i18n import N_, _

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from crm.privacy.compiling import Record
    from crm.privacy.disposing import Plan
    from crm.privacy.subject import Subject
    from crm.retention_settings import RetentionClass
    from tui.cli.extract import Form

UNCHANGED = 1

_login_option = option(
    "--login",
    "logins",
    multiple=True,
    metavar="NAME",
    help=N_("How this system calls them, if they are staff"),
)


@group("privacy", help=N_("What is held of a person: put it together, or dispose of it"))
def privacy(options: Options) -> None:
    """Without a command it says which there are."""
    del options
    context = click.get_current_context().parent
    click.echo(context.get_help() if context is not None else "")


@privacy.sub("export", help=N_("All that is held of a person, as GDPR article 15 asks for it"))
@argument("person", metavar="PERSON")
@option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=N_("Write it to a new file; a page for browser and Word if it ends in .html, otherwise text"),
)
@_login_option
@option("--with-secret", is_flag=True, help=N_("What is marked confidential as well"))
@json_option
def export(
    options: Options,
    person: str,
    output: Path | None,
    logins: tuple[str, ...],
    with_secret: bool,
    as_json: bool,
) -> None:
    from crm.privacy.compiling import note
    from crm.privacy.subject import find_subject

    settings = options.settings()
    with opened(options) as store:
        with store.read() as session:
            subject = find_subject(session, person, logins=logins)
            records = _records(session, subject, options, with_secret=with_secret)
            _write(records, output, _form(output, as_json=as_json))
        with store.write() as session:
            note(session, subject, with_secret=with_secret, by=settings.user, now=settings.now())
    if output is not None:
        say(_("Written: {path}").format(path=output))


def _form(output: Path | None, *, as_json: bool) -> "Form":
    if as_json:
        return "json"
    return "html" if output is not None and output.suffix.lower() in {".html", ".htm"} else "text"


def _records(
    session: "Session", subject: "Subject", options: Options, *, with_secret: bool
) -> "Iterator[Record]":
    from crm.privacy.compiling import Record, compile_data
    from tui.extracts import static

    yield from compile_data(session, subject, options.settings().now().date(), with_secret=with_secret)
    for kind, text in static():
        yield Record(kind, {"text": text})


def _write(records: "Iterator[Record]", output: Path | None, form: "Form") -> None:
    from crm.new_files import new_file
    from tui.cli.extract import written

    if output is None:
        for line in written(records, form):
            click.echo(line.encode() if form == "json" else line)
        return
    with new_file(output) as file:
        for line in written(records, form):
            file.write(f"{line}\n".encode())


@privacy.sub(
    "erase", help=N_("Dispose of what is held of a person, for ever; says first what goes and what stays")
)
@argument("person", metavar="PERSON")
@option("--decision", metavar="N", help=N_("The number of the disposal decision"))
@option("--dry-run", is_flag=True, help=N_("Only say what would go and what would stay"))
@option("--yes", is_flag=True, help=N_("Do not ask"))
@lock_timeout_option
@json_option
def erase(
    options: Options,
    person: str,
    decision: str | None,
    dry_run: bool,
    yes: bool,
    lock_timeout: float,
    as_json: bool,
) -> int:
    from crm.privacy.disposing import decision_number, dispose, plan
    from tui.erasures import leftovers

    settings = options.settings()
    number = None if dry_run and decision is None else decision_number(_needed(decision))
    if not dry_run and not yes and not sys.stdin.isatty():
        raise click.UsageError(
            _("Removing cannot be undone. Say --yes, or run it at a terminal that can ask.")
        )
    with opened(options, lock_timeout) as store:
        with store.read() as session:
            planned = plan(store, session, person, settings.now())
        _print_plan(planned, as_json=as_json, planned=dry_run)
        if dry_run or number is None:
            return 0
        if not yes and not _agreed():
            say(_("Nothing was removed."))
            return UNCHANGED
        done = dispose(store, person, decision=number, by=settings.user, now=settings.now())
    if as_json:
        print_json([{"kind": "erased", "decision": number, **plain(done.plan)}])
    else:
        print_line(_("Removed, by decision {number}.").format(number=number))
    for told in leftovers(done.erased):
        say(told)
    return 0 if done.erased.scrubbed is not False else UNCHANGED


@privacy.sub(
    "retention",
    help=N_(
        "What the retention classes of the settings would dispose of; with --run, by their decisions, for ever"
    ),
)
@option("--class", "name", metavar="NAME", help=N_("Only this class"))
@option("--run", is_flag=True, help=N_("Dispose of it; without this it is only said what would go"))
@option("--yes", is_flag=True, help=N_("Do not ask"))
@lock_timeout_option
@json_option
def retention(
    options: Options, name: str | None, run: bool, yes: bool, lock_timeout: float, as_json: bool
) -> int:
    from tui.cli.retention import dispose_of, printed

    settings = options.settings()
    classes = _classes(settings.retention, name)
    if not classes:
        say(
            _(
                "No retention classes are set: nothing is disposed of by rule. Name them in the settings, [[retention]]."
            )
        )
        return 0
    if run and not yes and not sys.stdin.isatty():
        raise click.UsageError(
            _("Removing cannot be undone. Say --yes, or run it at a terminal that can ask.")
        )
    with opened(options, lock_timeout) as store:
        planned = printed(store, classes, settings.day(), as_json=as_json, aside=run)
        if not run:
            return 0
        if not any(one.mails and one.decision for one in planned):
            say(_("Nothing was removed."))
            return 0
        if not yes and not _agreed():
            say(_("Nothing was removed."))
            return UNCHANGED
        return dispose_of(store, classes, settings.user, settings.now(), as_json=as_json)


def _classes(known: "Sequence[RetentionClass]", name: str | None) -> "list[RetentionClass]":
    """All, or the one of that name. Raises UsageError where there is none of it."""
    chosen = [one for one in known if name is None or one.name.casefold() == name.casefold()]
    if name is not None and not chosen:
        names = ", ".join(one.name for one in known)
        raise click.UsageError(
            _("There is no retention class {name}. There are: {known}.").format(name=name, known=names or "–")
        )
    return chosen


def _needed(decision: str | None) -> str:
    if decision is None:
        raise click.UsageError(
            _("Disposing needs a decision: say its number with --decision, or only look with --dry-run.")
        )
    return decision


def _print_plan(plan: "Plan", *, as_json: bool, planned: bool) -> None:
    """On stdout where it is what was asked for, otherwise beside it."""
    from tui.disposals import told

    if as_json and planned:
        print_json([{"kind": "plan", **plain(plan)}])
        return
    for line in told(plan):
        (print_line if planned else say)(line)


def _agreed() -> bool:
    answer = click.prompt(
        _("Remove this for ever? It cannot be undone. Type “yes” to go on"),
        default="",
        show_default=False,
        err=True,
    )
    return str(answer).strip().casefold() in {"yes", _("yes").casefold()}
