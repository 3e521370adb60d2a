"""What `aterkom register` lists: judged mails, the queue, and a mail's history."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tui import dates, registrations, words
from tui.cli.commands.opening import opened
from tui.cli.frame import Options
from tui.cli.output import plain, print_json, print_line, print_table, say
from tui.i18n import _

if TYPE_CHECKING:
    from crm.rows.messages import MessageRow
    from crm.rows.register import JudgementRow, QueueRow

PAGE = 200


def named_ids(ids: Sequence[str]) -> list[str]:
    """Ids as they were named; `-` stands for those on stdin."""
    return [name for word in ids for name in (_from_stdin() if word == "-" else [word])]


def _from_stdin() -> Iterator[str]:
    """The first word of each line, or `id` of a line of JSON: what any of our own lists prints."""
    for line in sys.stdin:
        text = line.strip()
        if text.startswith("{"):
            yield str(_id_of(text))
        elif text:
            yield text.split(maxsplit=1)[0]


def _id_of(text: str) -> object:
    try:
        return json.loads(text).get("id", text[:80])
    except (ValueError, RecursionError):
        return text[:80]


def show_judged(rows: "Sequence[MessageRow]", *, as_json: bool) -> None:
    """Mails with how they were judged: two lines each on a terminal, columns when piped."""
    if as_json:
        print_json(rows)
        return
    if sys.stdout.isatty():
        for row in rows:
            _print_mail(row)
            print_line(registrations.state(row.registration), 6)
        return
    print_table(
        [],
        [
            (
                row.id,
                registrations.state(row.registration),
                _date(row),
                _sender(row),
                words.subject(row.subject),
            )
            for row in rows
        ],
    )


def _print_mail(row: "MessageRow", *more: str) -> None:
    parts = (row.id, _date(row) or _("No date"), *more, _sender(row), words.subject(row.subject))
    print_line("  ".join(part for part in parts if part))


def _date(row: "MessageRow") -> str:
    return dates.moment_column(row.date) if row.date else ""


def _sender(row: "MessageRow") -> str:
    return _("Could not be read") if row.status == "quarantined" else words.short_name(row.sender)


def show_queue(options: Options, asked: Mapping[str, Any], *, oldest: bool, as_json: bool) -> None:
    """What nobody has judged, with its age and a suggestion."""
    from crm.messages import MessageQuery
    from crm.offices import find_office
    from crm.register.queue import unjudged

    settings = options.settings()
    limit = PAGE if asked["limit"] is None else asked["limit"]
    with opened(options) as store, store.read() as session:
        code = find_office(session, asked["office"]).code if asked["office"] else None
        query = MessageQuery(**{**asked, "limit": limit, "office": code})
        rows = unjudged(session, query, settings.own_numbers, settings.day(), oldest=oldest)
    if as_json:
        print_json(_queue_json(row) for row in rows)
    elif not rows:
        say(_("Nothing waits to be judged."))
    elif sys.stdout.isatty():
        _print_queue(rows)
    else:
        _print_queue_columns(rows)


def _queue_json(row: "QueueRow") -> dict[str, Any]:
    return {
        **plain(row.message),
        "working_days": row.working_days,
        "suggestion": plain(row.suggestion),
    }


def _print_queue(rows: "Sequence[QueueRow]") -> None:
    """Two lines each: the mail, and what could be said of it."""
    for row in rows:
        _print_mail(row.message, registrations.age(row.working_days))
        print_line(registrations.suggestion(row.suggestion), 6)


def _print_queue_columns(rows: "Sequence[QueueRow]") -> None:
    print_table(
        [],
        [
            (
                row.message.id,
                _date(row.message),
                row.working_days,
                _sender(row.message),
                registrations.suggestion(row.suggestion),
                words.subject(row.message.subject),
            )
            for row in rows
        ],
    )


def show_history(options: Options, names: Sequence[str], *, as_json: bool) -> None:
    """Every judgement of these mails, newest first."""
    from crm.register.judging import history

    with opened(options) as store, store.read() as session:
        rows = history(session, names)
    if as_json:
        print_json(rows)
    elif not rows:
        say(_("Nobody has judged it."))
    else:
        print_table(
            [_("Id"), _("Date"), _("Judged by"), _("State")],
            [_history_cells(row, options.settings().zone) for row in rows],
        )


def _history_cells(row: "JudgementRow", zone: str) -> tuple[str, str, str, str]:
    said = registrations.state(row.after)
    told = _("{state} (taken back)").format(state=said) if row.undone else said
    return row.message, registrations.judged_at(row.at, zone), row.by, told
