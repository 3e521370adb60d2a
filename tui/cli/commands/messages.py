"""`aterkom messages`."""

import sys
from pathlib import Path
from typing import Any

import click

from tui import dates, registrations, words
from tui.cli.commands.opening import opened
from tui.cli.frame import Options, command, option
from tui.cli.options import DAY
from tui.cli.output import print_json, print_line, print_table, say
from tui.cli.reasons import problem
from tui.cli.shared_options import before_option, json_option, limit_option
from tui.i18n import N_, _

_FILTERS = (
    option("--thread", metavar="ID", help=N_("Only this thread")),
    option("--office", help=N_("Only this office (name or code)")),
    option("--person", metavar="ID", help=N_("Only what this person wrote or got")),
    option("--since", type=DAY, help=N_("Only from this day on")),
    option("--until", type=DAY, help=N_("Only up to this day")),
    option(
        "--direction",
        type=click.Choice(["in", "out", "internal", "others"]),
        help=N_("Only mail that goes this way"),
    ),
    option("--quarantined", is_flag=True, help=N_("Only mail that could not be read")),
    option("--unjudged", is_flag=True, help=N_("Only mail that nobody has judged for the diary")),
    limit_option,
    before_option,
    json_option,
)


def filtered(body: Any) -> Any:
    """The options by which messages and threads are chosen."""
    for add in reversed(_FILTERS):
        body = add(body)
    return body


@command("messages", help=N_("List messages"))
@option("--raw", metavar="ID", help=N_("The original of this message, byte for byte"))
@option(
    "--headers",
    metavar="ID",
    help=N_("The headers of this message's mail, its way, and what is odd about it"),
)
@option(
    "--attachment",
    nargs=2,
    type=(str, click.IntRange(1, 100_000)),
    metavar="ID N",
    help=N_("Document N of this message, as it came (1 for the first)"),
)
@option(
    "--output",
    type=click.Path(path_type=Path),
    help=N_("Where to write the original or the document; a document also into a folder"),
)
@filtered
def messages(
    options: Options,
    raw: str | None,
    headers: str | None,
    attachment: tuple[str, int] | None,
    output: Path | None,
    as_json: bool,
    office: str | None,
    **asked: Any,
) -> None:
    from crm.messages import MessageQuery, list_messages
    from crm.offices import find_office

    if raw is not None:
        _write_raw(options, raw, output)
        return
    if attachment is not None:
        _save_document(options, *attachment, output)
        return
    if headers is not None:
        _show_headers(options, headers, as_json=as_json)
        return
    with opened(options) as store, store.read() as session:
        code = find_office(session, office).code if office else None
        rows = list_messages(session, MessageQuery(office=code, **asked))
    show(rows, as_json=as_json)


def show(rows: Any, *, as_json: bool) -> None:
    """Messages as JSON Lines or as a table."""
    if as_json:
        print_json(rows)
        return
    if not rows:
        say(_("No messages found."))
    print_table(
        [_("Id"), _("Date"), _("Kind"), _("From"), _("Offices"), _("Subject")],
        [
            (
                row.id,
                dates.moment_column(row.date) if row.date else "",
                words.said(words.MESSAGE_KINDS, row.kind),
                words.short_name(row.sender) if row.status != "quarantined" else _("Could not be read"),
                " ".join(row.offices),
                _what(row),
            )
            for row in rows
        ],
    )


def _what(row: Any) -> str:
    """Its subject, or where the words stand that were looked for, or why it could not be read."""
    if row.status == "quarantined":
        return "; ".join(problem(told) for told in row.problems)
    said = str(row.snippet or words.subject(row.subject))
    return registrations.beside(said, registrations.short_state(row))


def _write_raw(options: Options, name: str, output: Path | None) -> None:
    """The bytes to a file or a pipe; a terminal would obey what stands in them."""
    from crm.messages import raw_bytes
    from crm.new_files import write_new

    if output is None and sys.stdout.isatty():
        raise click.UsageError(_("The original is not written to a terminal. Name a file with --output."))
    with opened(options) as store, store.read() as session:
        content = raw_bytes(session, name)
    if output is None:
        sys.stdout.buffer.write(content)
    else:
        write_new(output, content)


def _save_document(options: Options, name: str, number: int, output: Path | None) -> None:
    """A document to a file, into a folder under its own name, or to a pipe; never over a file that is there."""
    from crm.messages import document
    from crm.new_files import write_new

    if output is None and sys.stdout.isatty():
        raise click.UsageError(
            _("A document is not written to a terminal. Name a file or folder with --output.")
        )
    with opened(options) as store, store.read() as session:
        found = document(session, name, number)
    if output is None:
        sys.stdout.buffer.write(found.content)
        return
    target = output / found.name if output.is_dir() else output
    write_new(target, found.content)
    say(_("Written: {path}").format(path=target))


def _show_headers(options: Options, name: str, *, as_json: bool) -> None:
    from crm.headers import headers
    from tui.heads import lines

    with opened(options) as store, store.read() as session:
        row = headers(session, name, options.settings().limits())
    if as_json:
        print_json([row])
        return
    for heading, text in lines(row):
        print_line(text, 0 if heading else 2)
