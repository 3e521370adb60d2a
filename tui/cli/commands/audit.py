"""`aterkom audit`: the log of what was decided, and whether it holds together."""

import json
from typing import Final

from tui import dates
from tui.cli.commands.opening import opened
from tui.cli.frame import Options, group, option
from tui.cli.output import plain, print_json, print_line, print_table, say
from tui.cli.shared_options import json_option, page_options
from tui.i18n import N_, _, ngettext

BROKEN: Final = 5
_FAULTS: Final = {
    "changed": N_("Event {n}: time, person or action are not those that were recorded."),
    "payload": N_("Event {n}: it does not say what was recorded."),
    "gap": N_("Event {n}: something before it was taken away or put in."),
}


@group("audit", help=N_("Who decided what, and whether the log of it is intact"))
@page_options
@json_option
def audit(options: Options, limit: int, before: str | None, as_json: bool) -> None:
    """The newest decision first."""
    from crm.audit import list_events

    with opened(options) as store, store.read() as session:
        rows = list_events(session, limit=limit, before=before)
    if as_json:
        print_json(rows)
        return
    head = (_("Number"), _("When"), _("Who"), _("What"), _("About"))
    told = ((row.id, dates.moment_column(row.at), row.actor, row.action, _about(row.payload)) for row in rows)
    print_table(head, told)


def _about(payload: object) -> str:
    return _("erased") if payload is None else json.dumps(plain(payload), ensure_ascii=False)


@audit.sub("verify", help=N_("Verify that nothing in the log was changed, removed or inserted"))
@option("--digest", metavar="DIGEST", help=N_("One that an earlier check printed: it has to be there still"))
@json_option
def verify(options: Options, digest: str | None, as_json: bool) -> int:
    from crm.audit import verify as look

    with opened(options) as store, store.read() as session:
        found = look(session, digest)
    holds = not found.broken and found.stands
    if as_json:
        print_json([{**plain(found), "ok": holds}])
        return 0 if holds else BROKEN
    for one in found.broken:
        print_line(_(_FAULTS[one.fault]).format(n=one.id))
    if not found.stands:
        print_line(
            _("No event has the digest {digest}: what came last was cut off, or it is another log.").format(
                digest=digest
            )
        )
    if holds:
        told = ngettext(
            "The log holds together: {n} event.", "The log holds together: {n} events.", found.events
        )
        say(told.format(n=found.events))
        say(
            _(
                "The last digest is {digest}; noted elsewhere it shows later whether anything was cut off."
            ).format(digest=found.digest)
        )
    return 0 if holds else BROKEN
