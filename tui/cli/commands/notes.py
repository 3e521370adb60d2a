"""`aterkom note`: what no mail says, written down by hand."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from tui import words
from tui.cli.commands.opening import opened
from tui.cli.frame import Options, argument, group, option
from tui.cli.output import print_json, print_line, print_table, say
from tui.cli.shared_options import json_option, page_options
from tui.cli.typed import text_of
from tui.happening import moment
from tui.i18n import N_, _

if TYPE_CHECKING:
    from crm.notes import Kind
    from crm.rows.notes import NoteRow


@group("note", help=N_("List notes, or write one"))
@option("--office", help=N_("Only this office (name or code)"))
@option("--person", metavar="NAME|ID", help=N_("Only about this person"))
@page_options
@json_option
def note(
    options: Options,
    office: str | None,
    person: str | None,
    limit: int,
    before: str | None,
    as_json: bool,
) -> None:
    from crm.notes import NoteQuery, list_notes
    from crm.offices import find_office
    from crm.people import find_person

    with opened(options) as store, store.read() as session:
        place = find_office(session, office).id if office else None
        somebody = find_person(session, person).id if person else None
        rows = list_notes(session, NoteQuery(place, somebody, limit, before))
    if not rows and not as_json:
        say(_("No notes found."))
    show(rows, as_json=as_json)


def _described(body: Any) -> Any:
    """The options that say what a note is about."""
    for add_option in (
        option(
            "--at",
            "when",
            metavar="WHEN",
            help=N_("When it happened, if not now: “i går kl. 14”, 2021-10-14"),
        ),
        option("--letter", "kind", flag_value="letter", help=N_("It is about a paper letter")),
        option("--call", "kind", flag_value="call", help=N_("It is about a phone call")),
        option("--person", metavar="NAME|ID", help=N_("The person that it is about")),
        option("--office", help=N_("The office that it is about (name or code)")),
    ):
        body = add_option(body)
    return body


@note.sub("add", help=N_("Write a note: a phone call, a paper letter, something to remember"))
@argument("words_", nargs=-1, metavar="[TEXT]")
@_described
@option("--keeps", metavar="ID", help=N_("The follow-up that it shows to be kept"))
@json_option
def add(
    options: Options,
    words_: tuple[str, ...],
    when: str | None,
    kind: "Kind | None",
    keeps: str | None,
    as_json: bool,
    **about: str | None,
) -> None:
    from crm.notes import add_note

    settings = options.settings()
    text, at = text_of(words_, _("What is to be noted?")), _moment(options, when)
    given: dict[str, Any] = {**about, "kind": kind or "note", "at": at, "keeps": [keeps] if keeps else ()}
    with opened(options) as store, store.write() as session:
        row = add_note(session, text, by=settings.user, now=settings.now(), **given)
    show([row], as_json=as_json)


@note.sub("correct", help=N_("Change a note; how it stood before is kept"))
@argument("id_", metavar="ID")
@argument("words_", nargs=-1, metavar="[TEXT]")
@_described
@json_option
def correct(
    options: Options,
    id_: str,
    words_: tuple[str, ...],
    when: str | None,
    kind: "Kind | None",
    as_json: bool,
    **about: str | None,
) -> None:
    from crm.notes import correct_note

    settings = options.settings()
    given = {**about, "kind": kind, "at": _moment(options, when), "text": " ".join(words_) or None}
    if not any(given.values()):
        raise click.UsageError(_("Say what is to be changed: the text, or an option."))
    with opened(options) as store, store.write() as session:
        row = correct_note(session, id_, by=settings.user, now=settings.now(), **given)  # type: ignore[arg-type]
    show([row], as_json=as_json)


@note.sub("show", help=N_("Show a note, and how it stood before it was corrected"))
@argument("id_", metavar="ID")
@json_option
def show_one(options: Options, id_: str, as_json: bool) -> None:
    from crm.notes import show_note

    with opened(options) as store, store.read() as session:
        view = show_note(session, id_)
    if as_json:
        print_json([view])
        return
    _print(view.note)
    for version in view.versions:
        print_line(_("Before:"))
        _print(version)


def _print(row: "NoteRow") -> None:
    print_line(", ".join(part for part in (row.id, *_heads(row)) if part))
    for told in row.text.splitlines():
        print_line(told, 2)
    if row.changed_at and row.changed_by:
        print_line(
            _("Corrected {when} by {name}").format(when=moment(row.changed_at), name=row.changed_by), 2
        )
    if row.removed:
        print_line(_("Taken back"), 2)


def _heads(row: "NoteRow") -> tuple[str, ...]:
    """When, what, who wrote it, which office and person."""
    kind = words.said(words.NOTES, row.kind)
    return moment(row.at), kind, row.author, row.office_name or "", row.person_name or ""


def _moment(options: Options, when: str | None) -> datetime | None:
    from crm.when import past_moment

    return past_moment(when, options.settings().now()) if when else None


def show(rows: "list[NoteRow]", *, as_json: bool) -> None:
    """Notes as JSON Lines or as a table."""
    if as_json:
        print_json(rows)
        return
    head = [_("Id"), _("Date"), _("Kind"), _("Written by"), _("Office"), _("Person"), _("Text")]
    print_table(head, [(row.id, *_heads(row), row.text) for row in rows])
