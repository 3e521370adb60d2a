"""What removing a private mail takes away, and what may hold it still, in words for the screen and the line."""

from typing import TYPE_CHECKING

from tui import dates
from tui.i18n import _, ngettext

if TYPE_CHECKING:
    from crm.erasing import Erased, Erasure


def consequences(row: "Erasure") -> list[str]:
    """`m12: 2 kopior, 3 meddelanden, 1 bevakning`, the decisions among them, and who quotes it."""
    parts = [
        ngettext("{n} copy", "{n} copies", len(row.raws)).format(n=len(row.raws)),
        ngettext("{n} message", "{n} messages", row.messages).format(n=row.messages),
        ngettext("{n} follow-up", "{n} follow-ups", row.follow_ups).format(n=row.follow_ups),
    ]
    told = [f"{row.id}: {', '.join(parts)}"]
    if row.decided:
        decided = ngettext(
            "Somebody has decided on {n} of them: that goes as well.",
            "Somebody has decided on {n} of them: that goes as well.",
            row.decided,
        )
        told.append(decided.format(n=row.decided))
    return told + quoted(row)


def quoted(row: "Erasure") -> list[str]:
    """Which mails say the same still, if any do."""
    if not row.still_in:
        return []
    told = _("{id} is quoted in {others}, which stay. Remove these as well if they are private.")
    return [told.format(id=row.id, others=", ".join(row.still_in))]


def leftovers(done: "Erased") -> list[str]:
    """Where it may still be found when all is done."""
    told = [
        _("A copy of the store from {date} may hold it still: {file}").format(
            date=dates.moment_column(copy.at), file=copy.file
        )
        for copy in done.copies
    ]
    if done.scrubbed is False:
        told.append(
            _("Another program kept the store's log from being emptied. End it, then run: aterkom db check")
        )
    if done.scrubbed is None:
        told.append(
            _(
                "PostgreSQL keeps what was deleted until VACUUM, and in its own log and backups: ask whoever runs it."
            )
        )
    return told
