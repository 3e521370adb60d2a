"""`aterkom offices proposals`, `accept`, `reject`: what mails say of offices, and a person's yes or no."""

from typing import TYPE_CHECKING

from tui import dates, office_words, words
from tui.cli.commands.opening import opened
from tui.cli.frame import Options, argument, command
from tui.cli.output import print_json, print_line, say
from tui.cli.shared_options import json_option, page_options
from tui.i18n import N_, _, ngettext
from tui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crm.rows.offices import OfficeView, ProposalRow


@command("proposals", help=N_("What mails say of offices and nobody has judged: accept or reject it"))
@argument("office", required=False, metavar="[OFFICE]")
@page_options
@json_option
def proposals(options: Options, office: str | None, limit: int, before: str | None, as_json: bool) -> None:
    from crm.proposals import office_proposals

    with opened(options) as store, store.read() as session:
        rows = office_proposals(session, office, limit=limit, before=before)
    if as_json:
        print_json(rows)
    elif not rows:
        say(_("No mail proposes anything that nobody has judged."))
    for row in () if as_json else rows:
        _print(row, with_office=True)


@command("accept", help=N_("Enter what mails propose into the history of their offices; undo takes it back"))
@argument("names", nargs=-1, required=True, metavar="ID…")
@json_option
def accept(options: Options, names: tuple[str, ...], as_json: bool) -> None:
    from crm.proposals import accept_proposals

    settings = options.settings()
    with opened(options) as store, store.write() as session:
        rows = accept_proposals(session, names, by=settings.user, now=settings.now())
    done = ngettext("{n} proposal accepted", "{n} proposals accepted", len(rows))
    _show(rows, done, as_json=as_json)


@command("reject", help=N_("Propose this no more, nor the same said again; undo takes it back"))
@argument("names", nargs=-1, required=True, metavar="ID…")
@json_option
def reject(options: Options, names: tuple[str, ...], as_json: bool) -> None:
    from crm.proposals import reject_proposals

    settings = options.settings()
    with opened(options) as store, store.write() as session:
        rows = reject_proposals(session, names, by=settings.user, now=settings.now())
    done = ngettext("{n} proposal rejected", "{n} proposals rejected", len(rows))
    _show(rows, done, as_json=as_json)


def _show(rows: "Sequence[ProposalRow]", done: str, *, as_json: bool) -> None:
    if as_json:
        print_json(rows)
        return
    say(done.format(n=len(rows)))
    for row in rows:
        print_line(f"{row.id} {clean_line(row.office_name or '')}: {office_words.proposal_said(row)}")


def proposals_of(view: "OfficeView") -> None:
    """What waits on an office's page."""
    if view.proposals:
        print_line(_("Proposed by mails"))
    for row in view.proposals:
        _print(row, with_office=False)


def _print(row: "ProposalRow", *, with_office: bool) -> None:
    """Two lines: what would become what, and the sentence with who wrote it when."""
    office = f"{clean_line(row.office_name or '')}: " if with_office else ""
    print_line(f"{row.id} {office}{office_words.proposal_said(row)}", 0 if with_office else 2)
    who = clean_line(row.sender or "")
    said = ", ".join(part for part in (who, dates.day(row.date), row.message) if part)
    print_line(f"{words.quoted(row.text)} – {said}", 4)
