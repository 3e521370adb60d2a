"""What disposing of a person's data takes away, what stays and why, in words."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tui import dates
from tui.i18n import _, ngettext

if TYPE_CHECKING:
    from crm.privacy.disposing import Going, Kept, Plan

_NAMED = 20  # ids that are written out


def told(plan: "Plan") -> Iterator[str]:
    """The plan, line by line: a heading, what goes, what stays."""
    who = f"{plan.name} ({plan.person})" if plan.person else plan.name
    yield _("Of {who} goes, for ever:").format(who=who)
    yield from (f"- {line}" for line in _goes(plan))
    yield _("What stays:")
    yield from (f"- {line}" for line in _stays(plan))


def _goes(plan: "Plan") -> Iterator[str]:
    count = len(plan.mails)
    mails = ngettext("{n} mail that they wrote", "{n} mails that they wrote", count).format(n=count)
    yield f"{mails}{_listed(plan.mails)}"
    yield from filter(None, (_of_mails(plan.going), _of_them(plan.going), _of_staff(plan.going)))


def _of_mails(going: "Going") -> str:
    follow_ups = ngettext("{n} follow-up of these", "{n} follow-ups of these", going.follow_ups)
    decided = ngettext("{n} decided on", "{n} decided on", going.decided)
    return _counted((going.follow_ups, follow_ups), (going.decided, decided))


def _of_them(going: "Going") -> str:
    return _counted(
        (going.names, ngettext("{n} name", "{n} names", going.names)),
        (going.addresses, ngettext("{n} address", "{n} addresses", going.addresses)),
        (going.phones, ngettext("{n} phone number", "{n} phone numbers", going.phones)),
        (
            going.affiliations,
            ngettext("{n} title or employer", "{n} titles or employers", going.affiliations),
        ),
    )


def _of_staff(going: "Going") -> str:
    events = ngettext(
        "the content of {n} event of the log", "the content of {n} events of the log", going.events
    )
    issued = ngettext(
        "{n} sentence of reports that were issued, whose figures stay",
        "{n} sentences of reports that were issued, whose figures stay",
        going.issued,
    )
    return _counted(
        (going.notes, ngettext("{n} note about them", "{n} notes about them", going.notes)),
        (going.searches, ngettext("{n} saved search", "{n} saved searches", going.searches)),
        (going.events, events),
        (going.issued, issued),
        (
            going.renamed,
            ngettext("their name on {n} follow-up", "their name on {n} follow-ups", going.renamed),
        ),
    )


def _counted(*parts: tuple[int, str]) -> str:
    """What there is any of."""
    return ", ".join(text.format(n=n) for n, text in parts if n)


def _stays(plan: "Plan") -> Iterator[str]:
    for one in plan.kept:
        yield kept(one)
    if plan.quoted_in:
        yield _("Mails of others in which words of theirs are quoted: {ids}").format(
            ids=_some(plan.quoted_in)
        )
    if plan.named_in:
        yield _("Messages of others that name or address them: {ids}").format(ids=_some(plan.named_in))
    if plan.kept_addresses:
        count = ngettext(
            "{n} address that these name; when they are read again, a person with that name is listed again",
            "{n} addresses that these name; when they are read again, a person with that name is listed again",
            plan.kept_addresses,
        )
        yield count.format(n=plan.kept_addresses)
    if plan.noted_in:
        yield _("Notes about others whose words name them; correct these by hand: {ids}").format(
            ids=_some(plan.noted_in)
        )
    if plan.said_in:
        yield _("Follow-ups added by hand whose words name them: {ids}").format(ids=_some(plan.said_in))
    yield _("That their mails were erased, by hashes alone, so that none of them comes back")
    yield from _elsewhere(plan)


def _elsewhere(plan: "Plan") -> Iterator[str]:
    """What the program cannot see or reach."""
    if plan.unread:
        count = ngettext(
            "{n} mail has not been read and may be theirs; read first: aterkom read",
            "{n} mails have not been read and may be theirs; read first: aterkom read",
            plan.unread,
        )
        yield count.format(n=plan.unread)
    for copy in plan.copies:
        yield _("A copy of the store from {date} may hold it still: {file}").format(
            date=dates.moment_column(copy.at), file=copy.file
        )
    yield _("The mails on the mail server, in exported files and in the server's own backups")


def kept(one: "Kept") -> str:
    """A mail of theirs that stays, and why."""
    if one.number:
        return _("{id}: registered in the diary under {number}").format(id=one.id, number=one.number)
    return _("{id}: with the registrar, to be registered").format(id=one.id)


def _listed(names: Sequence[str]) -> str:
    return f": {_some(names)}" if names else ""


def _some(names: Sequence[str]) -> str:
    rest = len(names) - _NAMED
    more = f" {_('and {n} more').format(n=rest)}" if rest > 0 else ""
    return ", ".join(names[:_NAMED]) + more
