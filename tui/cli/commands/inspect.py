"""`aterkom inspect`: what stands in letters, without any store."""

import sys
from datetime import date
from typing import TYPE_CHECKING, Any

from tui import dates, words
from tui.cli.frame import Options, argument, command, option
from tui.cli.options import DAY
from tui.cli.output import print_json, print_line
from tui.cli.reasons import problem
from tui.cli.shared_options import json_option
from tui.i18n import N_, _, ngettext
from tui.text import clean_line

if TYPE_CHECKING:
    from crm.readings import ReadMail, ReadMessage

PROBLEMS = 1


@command("inspect", help=N_("Read letters from files and show what stands in them"))
@argument("paths", nargs=-1, required=True, metavar="PATH…")
@option("--date", "text_date", type=DAY, help=N_("The day of a text that has no header block"))
@json_option
def inspect(options: Options, paths: tuple[str, ...], text_date: date | None, as_json: bool) -> int:
    """Exit 1 where something could not be read."""
    from crm.inspecting import as_dict, open_sources
    from crm.inspecting import inspect as read
    from crm.readings import ReadingContext

    settings = options.settings()
    context = ReadingContext(
        settings.day(), settings.zone, text_date, limits=settings.limits(), name_model=settings.name_model
    )
    good = bad = 0
    for source, mail in read(
        open_sources(paths, sys.stdin.buffer), context, settings.jobs, settings.worker_limits()
    ):
        if as_json:
            print_json([as_dict(source, mail)])
        else:
            _print(source.name, mail)
        bad += mail.status == "quarantined"
        good += mail.status != "quarantined"
    return PROBLEMS if bad or not good else 0


def _print(name: str, mail: "ReadMail") -> None:
    """A letter for a reader at a terminal: the chain, what was promised by whom, who is who."""
    count = len(mail.messages)
    print_line(f"{name}: " + ngettext("{n} message", "{n} messages", count).format(n=count))
    for found in mail.problems:
        print_line("! " + problem(found), 2)
    depths: dict[int, int] = {}
    for message in mail.messages:
        parent = message.chain.parent
        depths[message.chain.index] = 0 if parent is None else depths[parent] + 1
        _print_message(message, 2 + 2 * min(depths[message.chain.index], 20))
    if mail.offices:
        print_line(_("Offices: {names}").format(names=", ".join(_office(link) for link in mail.offices)), 2)
    if mail.people:
        print_line(_("People: {names}").format(names="; ".join(_person(card) for card in mail.people)), 2)


def _print_message(message: "ReadMessage", indent: int) -> None:
    from crm.rows.people import MailboxRow

    chain = message.chain
    sender = MailboxRow(chain.sender.name, chain.sender.address) if chain.sender else None
    when = dates.moment(chain.date) if chain.date else _("no date")
    kind = words.said(words.MESSAGE_KINDS, chain.kind)
    print_line(f"{kind}: {words.short_name(sender)}, {when}: {words.subject(chain.subject)}", indent)
    for item in message.reading.follow_ups:
        found = dates.window(item.due_start, item.due_end, approximate=item.approximate) or _("no date")
        hours = dates.hours(item.start_time, item.end_time)
        heading = f"{words.said(words.KINDS, item.kind)}, {words.said(words.OBLIGORS, item.obligor)}"
        heading += _source(message, item.field)
        print_line(f"→ {heading}: {' '.join(part for part in (found, hours) if part)}", indent + 2)
        print_line(
            f"{words.quoted(item.text)} ({words.confidence(item.confidence).lower()}, {item.rule})",
            indent + 4,
        )


def _source(message: "ReadMessage", field: str) -> str:
    """`, i bilagan avtal.pdf` for what stands in a document."""
    from crm.fields import number_of

    number = number_of(field)
    if number is None:
        return ""
    document = message.chain.attachments[number - 1]
    return ", " + _("in the document {name}").format(name=document.filename or document.content_type)


def _office(link: Any) -> str:
    from crm.inspecting import office_name

    return (
        f"{office_name(link.code)} ({words.confidence(link.confidence).lower()}, {clean_line(link.detail)})"
    )


def _person(card: Any) -> str:
    parts = [card.title, card.organisation, *card.phones]
    told = ", ".join(part for part in parts if part)
    return f"{card.name} ({told})" if told else card.name
