"""`aterkom register`: judging mail for the diary, the queue of what waits, and what goes to and from the registrar."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from tui.cli.commands.opening import opened
from tui.cli.commands.register_papers import hand_over, show_log, take_numbers
from tui.cli.commands.register_rows import named_ids, show_history, show_judged, show_queue
from tui.cli.frame import Options, argument, command, option
from tui.cli.options import DAY
from tui.cli.output import say
from tui.cli.shared_options import before_option, json_option
from tui.i18n import N_, _

if TYPE_CHECKING:
    from crm.register.judging import Judgement
    from crm.rows.register import RegisterState

_STATES: "Final[dict[str, RegisterState]]" = {
    "minor": "minor",
    "ordered": "ordered",
    "not_public": "not_public",
    "to_registrar": "sent",
}


@command("register", help=N_("Judge mail for the diary; list what waits; hand over, log"))
@argument("ids", nargs=-1, metavar="[ID…]")
@option("--number", metavar="N", help=N_("It is registered under this number"))
@option("--minor", is_flag=True, help=N_("It is of minor importance"))
@option("--ordered", is_flag=True, help=N_("It is kept in order instead of being registered"))
@option("--not-public", is_flag=True, help=N_("It is not an official document"))
@option("--to-registrar", is_flag=True, help=N_("The registrar is to register it"))
@option(
    "--secret",
    metavar="PROVISION",
    help=N_("Mark it confidential under this provision; alone on a judged one"),
)
@option("--not-secret", is_flag=True, help=N_("Take the mark away"))
@option("--history", is_flag=True, help=N_("Every judgement of these mails, with who and when"))
@option(
    "--queue", is_flag=True, help=N_("What nobody has judged, with a suggestion (also without any words)")
)
@option("--oldest", is_flag=True, help=N_("The oldest first"))
@option(
    "--export",
    "folder",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help=N_("Hand mail over to the registrar: a folder with mails, documents and a sheet for the numbers"),
)
@option(
    "--which",
    type=click.Choice(["to-registrar", "registered", "both"]),
    help=N_("What is handed over, unless ids are named; otherwise to-registrar"),
)
@option(
    "--import",
    "sheet",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="CSV",
    help=N_("Take the numbers back from that sheet"),
)
@option("--log", is_flag=True, help=N_("The e-mail log: date, from, to, subject and number"))
@option("--output", type=click.Path(path_type=Path), metavar="FILE", help=N_("Write the log as CSV"))
@option("--since", type=DAY, help=N_("Only from this day on"))
@option("--until", type=DAY, help=N_("Only up to this day"))
@option(
    "--direction",
    type=click.Choice(["in", "out", "internal", "others"]),
    help=N_("Only mail that goes this way"),
)
@option("--office", help=N_("Only this office (name or code)"))
@option("--thread", metavar="ID", help=N_("Only this thread"))
@option("--limit", type=click.IntRange(0), help=N_("At most so many (200); 0: all"))
@before_option
@json_option
def register(options: Options, ids: tuple[str, ...], as_json: bool, **said: Any) -> int | None:
    judgement = _judgement(said)
    _refuse_mixed(said, ids, judges=judgement is not None)
    if judgement is not None:
        _judge(options, named_ids(ids), judgement, as_json=as_json)
        return None
    if said["history"]:
        show_history(options, named_ids(ids), as_json=as_json)
        return None
    if said["folder"] is not None:
        names = named_ids(ids)
        return hand_over(options, said["folder"], said["which"] or "to-registrar", names, as_json=as_json)
    if said["sheet"] is not None:
        return take_numbers(options, said["sheet"], as_json=as_json)
    asked = {name: said[name] for name in ("since", "until", "direction", "limit", "before")}
    if said["log"]:
        return show_log(options, asked, said["output"], as_json=as_json)
    asked |= {"office": said["office"], "thread": said["thread"]}
    show_queue(options, asked, oldest=said["oldest"], as_json=as_json)
    return None


def _judgement(said: Mapping[str, Any]) -> "Judgement | None":
    """What the options say of a mail; None where they say nothing."""
    from crm.register.judging import Judgement

    states = [state for name, state in _STATES.items() if said[name]]
    states += ["number"] if said["number"] is not None else []
    if len(states) > 1:
        raise click.UsageError(
            _("Name one of these alone: --number, --minor, --ordered, --not-public or --to-registrar.")
        )
    if said["secret"] is not None and said["not_secret"]:
        raise click.UsageError(_("--secret and --not-secret contradict each other."))
    if not states and said["secret"] is None and not said["not_secret"]:
        return None
    return Judgement(states[0] if states else None, said["number"], said["secret"], said["not_secret"])


def _refuse_mixed(said: Mapping[str, Any], ids: tuple[str, ...], *, judges: bool) -> None:
    """One thing at a time; and mails are named where mails are meant."""
    folder, sheet, log = said["folder"] is not None, said["sheet"] is not None, said["log"]
    if sum((judges, said["history"], said["queue"], folder, sheet, log)) > 1:
        raise click.UsageError(
            _("One thing at a time: a judgement, --history, --queue, --export, --import or --log.")
        )
    if (judges or said["history"]) and not ids:
        raise click.UsageError(_("Name the mails, or read their ids from stdin with “-”."))
    if ids and not (judges or said["history"] or folder):
        raise click.UsageError(
            _("Say how it is judged: --number N, --minor, --ordered, --not-public or --to-registrar.")
        )
    if said["which"] is not None and (ids or not folder):
        raise click.UsageError(_("--which goes with --export, and without ids."))
    if said["output"] is not None and not log:
        raise click.UsageError(_("--output goes with --log."))


def _judge(options: Options, names: list[str], judgement: "Judgement", *, as_json: bool) -> None:
    from crm.register.judging import judge

    settings = options.settings()
    with opened(options) as store, store.write() as session:
        rows = judge(session, names, judgement, by=settings.user, now=settings.now())
    show_judged(rows, as_json=as_json)
    if any(
        row.registration and row.registration.state == "ordered" and row.registration.secret for row in rows
    ):
        say(_("What is confidential has to be registered: keeping it in order is not enough."))
