"""What retention classes would dispose of, and what a run disposed of, on the line."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from tui import dates
from tui.cli.output import plain, print_json, print_line, say
from tui.i18n import _, ngettext
from tui.registrations import STATES
from tui.text import clean_line

if TYPE_CHECKING:
    from crm.bootstrap import Store
    from crm.privacy.retention import Due
    from crm.retention_settings import RetentionClass

_NAMED = 20  # ids that are written out


def printed(
    store: "Store", classes: "Sequence[RetentionClass]", today: date, *, as_json: bool, aside: bool
) -> "list[Due]":
    """Says what a run would remove: on stdout where that is what was asked for, else beside it."""
    from crm.privacy.retention import due

    with store.read() as session:
        planned = due(session, classes, today)
    if as_json and not aside:
        print_json([{"kind": "retention", "removed": False, **plain(one)} for one in planned])
        return planned
    for one in planned:
        for line in _told(one):
            (say if aside else print_line)(line)
    return planned


def dispose_of(
    store: "Store", classes: "Sequence[RetentionClass]", by: str, now: datetime, *, as_json: bool
) -> int:
    """Removes what is due of each class that has a decision; 1 where the store's files may hold something still."""
    from crm.privacy.retention import dispose_due
    from tui.erasures import leftovers

    code = 0
    for one in classes:
        if one.decision is None:
            continue
        done, erased = dispose_due(store, one, by=by, now=now)
        if as_json:
            print_json([{"kind": "retention", "removed": True, **plain(done)}])
        else:
            print_line(f"{_head(done)}: {_removed(done)}")
        for line in leftovers(erased) if done.mails else ():
            say(line)
        code = code or int(bool(done.mails) and erased.scrubbed is False)
    return code


def _removed(done: "Due") -> str:
    count = len(done.mails)
    said = ngettext(
        "{n} mail removed, by decision {number}", "{n} mails removed, by decision {number}", count
    )
    return said.format(n=dates.number(count), number=clean_line(done.decision or ""))


def _head(one: "Due") -> str:
    return f"{clean_line(one.name)} ({_(STATES[one.judged]).lower()})"


def _told(one: "Due") -> Iterator[str]:
    """A class: how much would go, which, by which decision; and what is as old and stays."""
    count = len(one.mails)
    until = one.until.isoformat()
    going = ngettext("{n} mail until {day} would go", "{n} mails until {day} would go", count)
    yield f"{_head(one)}: {going.format(n=dates.number(count), day=until)}"
    if count:
        more = ", …" if count > _NAMED else ""
        yield f"  {', '.join(one.mails[:_NAMED])}{more}"
    if one.decision is None:
        yield "  " + _("No disposal decision is named for it: nothing of it is removed.")
    else:
        yield "  " + _("By decision {number}").format(number=clean_line(one.decision))
    if one.waiting:
        said = ngettext(
            "{n} as old stays: a follow-up of it is open",
            "{n} as old stay: a follow-up of them is open",
            one.waiting,
        )
        yield "  " + said.format(n=dates.number(one.waiting))
    if one.secret:
        said = ngettext(
            "{n} as old stays: it is marked confidential",
            "{n} as old stay: they are marked confidential",
            one.secret,
        )
        yield "  " + said.format(n=dates.number(one.secret))
