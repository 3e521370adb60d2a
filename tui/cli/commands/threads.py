"""`aterkom threads`."""

from typing import Any

import click

from tui import dates, registrations, words
from tui.cli.commands.messages import filtered
from tui.cli.commands.opening import opened
from tui.cli.frame import Options, argument, group
from tui.cli.output import print_json, print_table
from tui.cli.shared_options import json_option
from tui.i18n import N_, _


@group("threads", help=N_("List correspondence by thread"))
@filtered
def threads(options: Options, as_json: bool, office: str | None, **asked: Any) -> None:
    from crm.messages import MessageQuery
    from crm.offices import find_office
    from crm.threads import thread_ids, thread_page, thread_tree

    with opened(options) as store, store.read() as session:
        code = find_office(session, office).code if office else None
        numbers = thread_ids(session, MessageQuery(office=code, **asked))
        rows = thread_page(session, numbers)
        found = thread_tree(session, numbers) if as_json else {}
    trees = {number: found[number] for number in numbers} if as_json else {}
    _print_threads(rows, trees, as_json=as_json)


def _print_threads(rows: Any, trees: Any, *, as_json: bool) -> None:
    if as_json:
        print_json(_thread_json(row, tree) for row, tree in zip(rows, trees.values(), strict=True))
        return
    print_table(
        [_("Id"), _("Date"), _("Messages"), _("From"), _("Offices"), _("Subject")],
        [
            (
                row.id,
                dates.moment_column(row.last_date) if row.last_date else "",
                row.messages,
                row.last_sender or "",
                " ".join(row.offices),
                registrations.beside(words.subject(row.subject), ", ".join(row.numbers)),
            )
            for row in rows
        ],
    )


@threads.sub("split", help=N_("Make a message, and what answers it, a thread of its own; it stays so"))
@argument("ids", nargs=-1, required=True, metavar="MESSAGE…")
@json_option
def split(options: Options, ids: tuple[str, ...], as_json: bool) -> None:
    from crm.thread_arranging import split as part

    with opened(options) as store, store.write() as session:
        rows = part(session, ids, by=options.settings().user, now=options.settings().now())
        trees = _trees_of(session, rows)
    _print_threads(rows, trees, as_json=as_json)


@threads.sub("join", help=N_("Make one thread of several; it stays so"))
@argument("ids", nargs=-1, required=True, metavar="THREAD|MESSAGE…")
@json_option
def join(options: Options, ids: tuple[str, ...], as_json: bool) -> None:
    from crm.thread_arranging import join as unite

    if len(ids) < 2:
        raise click.UsageError(_("Name at least two threads or messages."))
    with opened(options) as store, store.write() as session:
        rows = unite(session, ids, by=options.settings().user, now=options.settings().now())
        trees = _trees_of(session, rows)
    _print_threads(rows, trees, as_json=as_json)


def _trees_of(session: Any, rows: Any) -> dict[int, Any]:
    """The trees of threads, in their order."""
    from crm.threads import thread_tree

    numbers = [int(row.id[1:]) for row in rows]
    trees = thread_tree(session, numbers)
    return {number: trees[number] for number in numbers}


def _thread_json(row: Any, tree: tuple[list[str], list[str], list[dict[str, object]]]) -> dict[str, Any]:
    heads, names, roots = tree
    return {
        "id": row.id,
        "subject": row.subject,
        "message_ids": heads,
        "messages": names,
        "roots": roots,
        "offices": row.offices,
        "last_date": row.last_date,
        "waiting": row.waiting,
        "numbers": row.numbers,
    }
