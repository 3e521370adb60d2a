"""`aterkom people` and `aterkom organisations`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from tui import words
from tui.cli.commands.opening import opened
from tui.cli.frame import Options, argument, group, option
from tui.cli.happened import print_timeline, timeline_options
from tui.cli.output import print_json, print_line, print_table, say
from tui.cli.shared_options import json_option, limit_option, page_options
from tui.i18n import N_, _
from tui.text import clean_line

if TYPE_CHECKING:
    from crm.rows.people import OrganisationRow, PersonRow


ALL = 1_000_000


@group("people", help=N_("List people, or show one"))
@option(
    "--find",
    metavar="WORDS",
    help=N_("Only people with these words in a name or address, or with this telephone number"),
)
@page_options
@json_option
def people(options: Options, find: str | None, limit: int, before: str | None, as_json: bool) -> None:
    from crm.finding import find_people
    from crm.people import list_people, person_rows

    with opened(options) as store, store.read() as session:
        if find is None:
            rows = list_people(session, limit=limit, before=before)
        else:
            rows = person_rows(session, find_people(session, find, limit or ALL))
    if not rows and find is not None:
        say(_("Nobody found. Fewer words, or the beginning of one, find more."))
    print_people(rows, as_json=as_json)


@people.sub("show", help=N_("Show whoever has this name, address or id"))
@argument("name", metavar="NAME|ADDRESS|ID")
@timeline_options
@json_option
def show_person(options: Options, name: str, limit: int, before: str | None, as_json: bool) -> None:
    from crm.people import show_person as find
    from crm.rows.timeline import WithTimeline
    from crm.timeline import of_person, timeline

    with opened(options) as store, store.read() as session:
        rows = find(session, name)
        happened = (
            timeline(session, of_person(rows[0].id), limit=limit, before=before) if len(rows) == 1 else []
        )
    if as_json:
        print_json([WithTimeline(row, tuple(happened)) for row in rows])
        return
    print_people(rows, as_json=False)
    if len(rows) > 1:
        say(_("Name one of them by its id to see what has happened."))
    print_timeline(happened)


@people.sub("merge", help=N_("Merge two into one: the first gets the other's addresses; undo takes it back"))
@argument("one", metavar="A")
@argument("other", metavar="B")
@json_option
def merge_people(options: Options, one: str, other: str, as_json: bool) -> None:
    from crm.party_arranging import merge_people as unite

    with opened(options) as store, store.write() as session:
        rows = unite(session, one, other, by=options.settings().user, now=options.settings().now())
    print_people(rows, as_json=as_json)


@people.sub(
    "split",
    help=N_("Split one into two: these addresses, or who was merged in last, belong to somebody else"),
)
@argument("person", metavar="PERSON")
@argument("addresses", nargs=-1, metavar="ADDRESS…")
@json_option
def split_person(options: Options, person: str, addresses: tuple[str, ...], as_json: bool) -> None:
    from crm.party_arranging import split_person as part

    with opened(options) as store, store.write() as session:
        rows = part(session, person, addresses, by=options.settings().user, now=options.settings().now())
    print_people(rows, as_json=as_json)


@people.sub(
    "login",
    help=N_("Tie one of our people to the login under which they decide, so that both are one person"),
)
@argument("person", metavar="PERSON")
@argument("login", metavar="LOGIN", required=False)
@option("--none", "none", is_flag=True, help=N_("Under none"))
@json_option
def person_login(options: Options, person: str, login: str | None, none: bool, as_json: bool) -> None:
    from crm.staff_logins import set_login

    if (login is None) != none:
        raise click.UsageError(_("Say the login, or --none."))
    settings = options.settings()
    with opened(options) as store, store.write() as session:
        rows = set_login(session, person, login, by=settings.user, now=settings.now())
    if as_json:
        print_json(rows)
        return
    for row in rows:
        said = _("{name} decides as {login}.") if row.login else _("{name} has no login.")
        print_line(said.format(name=clean_line(row.name), login=clean_line(row.login or "")))


@people.sub("alike", help=N_("Pairs that may be one person, the surest first, and why"))
@limit_option
@json_option
@option("--join", "join", is_flag=True, help=N_("Join those who are certain at once; undo takes it back"))
def alike_people(options: Options, limit: int, as_json: bool, join: bool) -> None:
    from crm.alike_people import alike_people as find

    if join:
        _join_certain(options, as_json=as_json)
        return
    with opened(options) as store, store.read() as session:
        rows = find(session, limit=limit)
    if as_json:
        print_json(rows)
        return
    if not rows:
        say(_("Nobody seems to be there twice."))
    print_table(
        [_("Id"), _("Name"), _("Id"), _("Name"), _("Likeness"), _("Why")],
        [
            (
                row.person,
                row.name,
                row.other,
                row.other_name,
                words.confidence(row.score),
                ", ".join(words.said(words.LIKENESS, reason) for reason in row.reasons),
            )
            for row in rows
        ],
    )


def _join_certain(options: Options, *, as_json: bool) -> None:
    from crm.party_arranging import merge_certain

    with opened(options) as store, store.write() as session:
        rows = merge_certain(session, by=options.settings().user, now=options.settings().now())
    print_people(rows, as_json=as_json)


def print_people(rows: "Sequence[PersonRow]", *, as_json: bool) -> None:
    if as_json:
        print_json(rows)
        return
    print_table(
        [_("Id"), _("Name"), _("Title"), _("Organisation"), _("Phone"), _("Messages"), _("Address")],
        [
            (
                row.id,
                row.name,
                row.title,
                row.organisation,
                ", ".join(row.phones),
                row.messages,
                ", ".join(box.address or "" for box in row.addresses),
            )
            for row in rows
        ],
    )


@group("organisations", help=N_("List organisations, or show one"))
@option("--find", metavar="WORDS", help=N_("Only those with these words in their name or domain"))
@page_options
@json_option
def organisations(options: Options, find: str | None, limit: int, before: str | None, as_json: bool) -> None:
    from crm.finding import find_organisations
    from crm.people import list_organisations, organisation_rows

    with opened(options) as store, store.read() as session:
        if find is None:
            rows = list_organisations(session, limit=limit, before=before)
        else:
            rows = organisation_rows(session, find_organisations(session, find, limit or ALL))
    if not rows and find is not None:
        say(_("Nobody found. Fewer words, or the beginning of one, find more."))
    print_organisations(rows, as_json=as_json)


@organisations.sub("show", help=N_("Show the one with this name, domain or id"))
@argument("name", metavar="NAME|DOMAIN|ID")
@timeline_options
@json_option
def show_organisation(options: Options, name: str, limit: int, before: str | None, as_json: bool) -> None:
    from crm.people import show_organisation as find
    from crm.rows.timeline import WithTimeline
    from crm.timeline import of_organisation, timeline

    with opened(options) as store, store.read() as session:
        row = find(session, name)
        happened = timeline(session, of_organisation(row.id), limit=limit, before=before)
    if as_json:
        print_json([WithTimeline(row, tuple(happened))])
        return
    print_organisations([row], as_json=False)
    print_timeline(happened)


@organisations.sub(
    "merge", help=N_("Merge two into one: the first gets the other's addresses; undo takes it back")
)
@argument("one", metavar="A")
@argument("other", metavar="B")
@json_option
def merge_organisations(options: Options, one: str, other: str, as_json: bool) -> None:
    from crm.party_arranging import merge_organisations as unite

    with opened(options) as store, store.write() as session:
        rows = unite(session, one, other, by=options.settings().user, now=options.settings().now())
    print_organisations(rows, as_json=as_json)


def print_organisations(rows: "Sequence[OrganisationRow]", *, as_json: bool) -> None:
    if as_json:
        print_json(rows)
        return
    print_table(
        [_("Id"), _("Name"), _("Messages"), _("Last contact"), _("Address")],
        [
            (
                row.id,
                row.name,
                row.messages,
                row.last_message.isoformat() if row.last_message else None,
                ", ".join(box.address or "" for box in row.addresses[:5]),
            )
            for row in rows
        ],
    )
