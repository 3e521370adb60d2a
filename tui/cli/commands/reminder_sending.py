"""`aterkom reminders --send`: each person's digest of the day, by mail."""

from contextlib import closing
from typing import TYPE_CHECKING, Any

from tui import dates
from tui.cli import errors
from tui.cli.commands.opening import opened
from tui.cli.output import json_text, print_line, say
from tui.i18n import _, ngettext
from tui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crm.sending import SentRow
    from tui.cli.options import Options


def send(options: "Options", who: str | None, *, as_json: bool) -> int:
    """Sends them one after the other; the exit code is that of the gravest problem, each of which is named."""
    from crm.posting import LazyRelay, sender_of
    from crm.sending import Sending, gravest, send_digests
    from tui import digest

    settings = options.settings()
    sender, now = sender_of(settings), settings.now()
    rows: list[SentRow] = []
    with closing(LazyRelay(settings)) as post, opened(options) as store:
        run = Sending(
            store=store,
            day=settings.day(),
            now=now,
            sender=sender,
            compose=lambda made, name: digest.mail(made, now, sender=sender, message_id=name),
            post=post,
        )
        for row in send_digests(run, settings, who=who):
            _tell(row, rows, options, as_json=as_json)
            rows.append(row)
    if not any(row.state == "sent" or row.error for row in rows):
        say(_("Nothing is new: nothing is sent."))
    return gravest(rows)


def _tell(row: "SentRow", before: "Sequence[SentRow]", options: "Options", *, as_json: bool) -> None:
    """A problem that is the same for everybody is said once."""
    told = {errors.text_of(one.error) for one in before if one.error is not None}
    if row.error is not None and errors.text_of(row.error) not in told:
        errors.report(row.error, verbose=options.verbose > 0)
    if as_json:
        print_line(json_text(_fields(row)))
    elif row.state == "sent":
        said = ngettext("{n} reminder", "{n} reminders", row.new).format(n=dates.number(row.new))
        print_line(_("{person}: sent, {reminders}").format(person=clean_line(row.person), reminders=said))
    elif row.state == "already":
        print_line(_("{person}: has today's already").format(person=clean_line(row.person)))


def _fields(row: "SentRow") -> dict[str, Any]:
    names = ("person", "day", "state", "new", "standing", "message_id")
    return {**{name: getattr(row, name) for name in names}, "error": str(row.error) if row.error else None}
