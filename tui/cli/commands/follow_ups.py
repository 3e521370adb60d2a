"""`aterkom follow-ups` and `aterkom undo`: listing and deciding."""

import sys
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from tui import words
from tui.cli.commands.opening import opened
from tui.cli.commands.reminders import print_follow_up
from tui.cli.frame import Command, Options, argument, command, group, option
from tui.cli.happened import away, history
from tui.cli.output import print_json, print_line, print_table, say
from tui.cli.shared_options import due_option, json_option, page_options
from tui.cli.typed import agreed, doubts, text_of
from tui.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from crm.deciding import Action
    from crm.rows.follow_ups import FollowUpRow
    from crm.undoing import Changed


@group("follow-ups", help=N_("Promises and requests: list, accept, dismiss, move …"))
@option("--state", type=click.Choice(sorted(words.STATES)), help=N_("Only those in this state"))
@option("--office", help=N_("Only this office (name or code)"))
@option("--owes", type=click.Choice(["us", "them", "others"]), help=N_("Only what this side owes"))
@option("--assignee", help=N_("Only what this person is responsible for"))
@page_options
@json_option
def follow_ups(options: Options, as_json: bool, office: str | None, **asked: Any) -> None:
    from crm.followups import FollowUpQuery, list_follow_ups
    from crm.offices import find_office

    with opened(options) as store, store.read() as session:
        code = find_office(session, office).code if office else None
        rows = list_follow_ups(session, FollowUpQuery(office=code, **asked))
    if not rows and not as_json:
        say(_("No such follow-up."))
    show(rows, as_json=as_json)


def show(rows: "Sequence[FollowUpRow]", *, as_json: bool) -> None:
    """Follow-ups as JSON Lines; two lines each on a terminal, one line of columns each when piped."""
    if as_json:
        print_json(rows)
        return
    if sys.stdout.isatty():
        for row in rows:
            print_follow_up(row)
        return
    print_table(
        [_("Id"), _("Window"), _("Office"), _("Side"), _("State"), _("Responsible"), _("Sentence")],
        [
            (
                row.id,
                words.window(row),
                words.office(row),
                words.said(words.OWES, row.owes),
                words.state(row),
                row.assignee or "",
                row.text,
            )
            for row in rows
        ],
    )


UNCHANGED = 1


def _decided(
    options: Options, ids: tuple[str, ...], action: "Action", *, as_json: bool, **given: Any
) -> None:
    from crm.followups import decide

    with opened(options) as store, store.write() as session:
        rows = decide(session, ids, action, by=options.settings().user, now=options.settings().now(), **given)
    show(rows, as_json=as_json)


def _simple(action: "Action", text: str) -> Command:
    """A decision that needs nothing but the ids."""

    @follow_ups.sub(action, help=text)
    @argument("ids", nargs=-1, required=True, metavar="ID…")
    @json_option
    def run(options: Options, ids: tuple[str, ...], as_json: bool) -> None:
        _decided(options, ids, action, as_json=as_json)

    return run


_simple("accept", N_("Accept: watch over it"))
_simple("dismiss", N_("Dismiss: it is no follow-up"))


@follow_ups.sub("done", help=N_("Mark as done; with a note as evidence, as kept"))
@argument("ids", nargs=-1, required=True, metavar="ID…")
@option("--note", metavar="NOTE", help=N_("The note that shows it: n12"))
@json_option
def done(options: Options, ids: tuple[str, ...], note: str | None, as_json: bool) -> None:
    from crm.followups import decide
    from crm.notes import evidence

    settings = options.settings()
    with opened(options) as store, store.write() as session:
        found = evidence(session, note) if note else None
        rows = decide(session, ids, "done", by=settings.user, now=settings.now(), note=found)
    show(rows, as_json=as_json)


_simple("waive", N_("Waive: it is no longer needed"))
_simple("reopen", N_("Reopen: it is not done after all"))


@follow_ups.sub("snooze", help=N_("Be reminded later; the promised date stays"))
@argument("ids", nargs=-1, required=True, metavar="ID…")
@option("--until", required=True, metavar="WHEN", help=N_("A day: 2021-10-25, “på måndag”, “v. 46”"))
@json_option
def snooze(options: Options, ids: tuple[str, ...], until: str, as_json: bool) -> None:
    from crm.when import day_to_snooze

    wanted: date = day_to_snooze(until, options.settings().day())
    _decided(options, ids, "snooze", as_json=as_json, until=wanted)


@follow_ups.sub("move", help=N_("Change the date, with the reason; the old one is kept"))
@argument("ids", nargs=-1, required=True, metavar="ID…")
@due_option
@option("--because", required=True, metavar="TEXT", help=N_("Why"))
@json_option
def move(options: Options, ids: tuple[str, ...], due: str, because: str, as_json: bool) -> None:
    from crm.when import window

    wanted = window(due, options.settings().day())
    _decided(options, ids, "move", as_json=as_json, due=wanted, because=because)


@follow_ups.sub("assign", help=N_("Say who is responsible, for one or for all open ones of somebody"))
@argument("id_", metavar="ID", required=False)
@argument("who", metavar="WHO", required=False)
@option("--from", "giver", metavar="A", help=N_("Hand over all open ones of this person"))
@option("--to", "taker", metavar="B", help=N_("To this person"))
@json_option
def assign(
    options: Options,
    id_: str | None,
    who: str | None,
    giver: str | None,
    taker: str | None,
    as_json: bool,
) -> None:
    if giver and taker and id_ is None:
        _hand_over(options, giver, taker, as_json=as_json)
    elif id_ is not None and who is not None and not (giver or taker):
        _decided(options, (id_,), "assign", as_json=as_json, who=who)
    else:
        raise click.UsageError(_("Name a follow-up and a person, or else --from A --to B."))


def _hand_over(options: Options, giver: str, taker: str, *, as_json: bool) -> None:
    from crm.handing_over import hand_over

    settings = options.settings()
    with opened(options) as store, store.write() as session:
        rows = hand_over(session, giver, taker, by=settings.user, now=settings.now())
    if not rows and not as_json:
        say(_("{name} has no open follow-up.").format(name=giver))
    show(rows, as_json=as_json)


@follow_ups.sub("show", help=N_("Show one with its history: who decided what when, moved from and to"))
@argument("id_", metavar="ID")
@json_option
def show_one(options: Options, id_: str, as_json: bool) -> None:
    from crm.history import show_follow_up

    with opened(options) as store, store.read() as session:
        view = show_follow_up(session, id_)
    if as_json:
        print_json([view])
        return
    print_follow_up(view.follow_up)
    for told in history(view):
        print_line(told, 6)


@follow_ups.sub(
    "add", help=N_("Watch over what a sentence says: “Återkomma till Ånge om lokalen på torsdag”")
)
@argument("words_", nargs=-1, metavar="[TEXT]")
@option("--office", help=N_("The office, if the sentence does not say it"))
@option("--due", metavar="WHEN", help=N_("A day or window: 2021-11-15, “v. 46”, “slutet av november”"))
@option("--owes", type=click.Choice(["us", "them", "others"]), help=N_("Who is to do it"))
@option("--assignee", metavar="WHO", help=N_("Who is responsible"))
@option("--kind", type=click.Choice(list(words.KINDS)), help=N_("What it is"))
@option("--yes", is_flag=True, help=N_("Do not ask"))
@json_option
def add(
    options: Options,
    words_: tuple[str, ...],
    due: str | None,
    yes: bool,
    as_json: bool,
    **said: Any,
) -> int:
    from crm.adding import Overruled, add_follow_up, read_sentence
    from crm.bootstrap import own_of
    from crm.when import window

    settings = options.settings()
    text = text_of(words_, _("What is to be watched over?"))
    overruled = Overruled(due=window(due, settings.day()) if due else None, **said)
    with opened(options) as store:
        with store.read() as session:
            own = sorted(own_of(session, settings).domains)
            read = read_sentence(session, text, settings.day(), by=settings.user, own=own, say=overruled)
        if not (yes or as_json or agreed(read)):
            say(_("Nothing was saved."))
            return UNCHANGED
        with store.write() as session:
            row = add_follow_up(session, read, by=settings.user, now=settings.now())
    doubts(read)
    show([row], as_json=as_json)
    return 0


@command("undo", help=N_("Take back your latest decision"))
@option("--steps", type=click.IntRange(1, 1000), default=1, help=N_("How many of them"))
@json_option
def undo(options: Options, steps: int, as_json: bool) -> None:
    from crm.undoing import undo as take_back

    with opened(options) as store, store.write() as session:
        rows = take_back(session, by=options.settings().user, now=options.settings().now(), steps=steps)
    if as_json:
        print_json(rows)
        return
    _show_undone(rows)


def _show_undone(rows: "Sequence[Changed]") -> None:
    """What is as before, each kind by itself."""
    from crm.rows.follow_ups import FollowUpRow
    from crm.rows.messages import MessageRow

    decided = [row for row in rows if isinstance(row, FollowUpRow)]
    if decided:
        say(
            ngettext("{n} follow-up is as before", "{n} follow-ups are as before", len(decided)).format(
                n=len(decided)
            )
        )
        show(decided, as_json=False)
    judged = [row for row in rows if isinstance(row, MessageRow)]
    if judged:
        from tui.cli.commands.register_rows import show_judged

        say(_("As before:"))
        show_judged(judged, as_json=False)
    others = [row for row in rows if not isinstance(row, FollowUpRow | MessageRow)]
    if others:
        say(_("As before:"))
        print_table([_("Id"), _("Name")], [(row.id, _called(row)) for row in others])


def _called(row: "Changed") -> str:
    from crm.rows.follow_ups import FollowUpRow
    from crm.rows.messages import MessageRow, ThreadRow
    from crm.rows.notes import AbsenceRow, NoteRow
    from crm.rows.searching import SavedSearchRow

    if isinstance(row, ThreadRow | MessageRow):
        return words.subject(row.subject)
    if isinstance(row, AbsenceRow):
        return away(row)
    if isinstance(row, NoteRow):
        return f"{row.text} ({_('Taken back').lower()})" if row.removed else row.text
    if isinstance(row, SavedSearchRow) and row.removed:
        return _("{name} (not kept)").format(name=row.name)
    return row.text if isinstance(row, FollowUpRow) else row.name
