"""Reminders as bytes: a calendar, a sheet, a mail."""

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

from tui.cli.output import say
from tui.i18n import _
from tui.text import clean_line

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from crm.rows.follow_ups import ReminderRow
    from tui.cli.commands.reminders import Asked
    from tui.cli.options import Options


def listed(session: "Session", asked: "Asked") -> "list[ReminderRow]":
    """The page that was asked for, without what marked mails say."""
    from crm.reminders import list_reminders
    from crm.secrecy import concealed

    rows = list_reminders(
        session,
        asked.today,
        who=asked.who,
        office=asked.office,
        limit=asked.limit,
        before=asked.before,
    )
    return concealed(session, rows)


def calendar(
    options: "Options", session: "Session", asked: "Asked", rows: "list[ReminderRow]", output: Path | None
) -> bytes:
    """The calendar; written in the place of another it changes and cancels that one's events."""
    from crm.calendar import as_calendar
    from crm.calendar_rows import told

    settings = options.settings()
    found = [row.follow_up for row in rows if row.follow_up.state == "accepted"]
    now, previous = settings.now(), _previous(output)
    known = told(session, found, asked.today, now, who=asked.who, office=asked.office, previous=previous)
    return as_calendar(found, now, clean_line, settings.zone, known)


def _previous(output: Path | None) -> bytes | None:
    """The calendar that is to be replaced. Raises FileExistsError for a file that is none."""
    if output is None or not output.exists():
        return None
    previous = output.read_bytes()
    if previous and not previous.startswith(b"BEGIN:VCALENDAR"):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(output))
    return previous or None


def sheet(asked: "Asked", rows: "list[ReminderRow]") -> bytes:
    """The workbook."""
    from tui.reminder_sheet import workbook

    return workbook(rows, asked.today)


def mail(options: "Options", session: "Session", asked: "Asked") -> bytes | None:
    """The digest that the person would get today, or one of everything; not sent, and noted nowhere."""
    from crm.digests import preview
    from crm.freshness import stale_on
    from crm.recipients import recipients
    from tui import digest

    settings = options.settings()
    to = recipients(session, settings, {asked.who} if asked.who else ())
    address = next(iter(to.of(asked.who)), None)
    stale = stale_on(session, asked.today, settings.zone)
    made = preview(session, asked.today, asked.who, asked.office, address, stale)
    if not made.entries and stale is None:
        say(_("Nothing is due, and nothing waits to be judged."))
        return None
    return digest.mail(made, settings.now(), sender=settings.reminder_from)
