"""A day's list by the plain functions alone: what the store's own sorting is held to."""

from collections.abc import Iterable
from datetime import date

from crm.buckets import sort_key
from crm.reminders import reminder
from crm.rows.follow_ups import OPEN_STATES, FollowUpRow, ReminderRow


def sorted_reminders(rows: Iterable[FollowUpRow], today: date) -> list[ReminderRow]:
    """Buckets for rows that are open and not asleep; others are left out."""
    awake = (
        row
        for row in rows
        if row.state in OPEN_STATES and (row.snoozed_until is None or row.snoozed_until <= today)
    )
    return sorted((reminder(row, today) for row in awake), key=sort_key)
