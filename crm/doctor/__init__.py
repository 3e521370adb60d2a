"""What is in order and what is not, looked at without changing anything; every finding is a row of its own."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from crm.doctor.machine import clock, disk, server, terminal, versions
from crm.doctor.mailboxes import accounts
from crm.doctor.mailing import mailing
from crm.doctor.model import Check, Diagnosis, Patient, guarded
from crm.doctor.preferences import preferences
from crm.doctor.storage import backup, log, permissions, store, unread, writable
from crm.settings import Settings

__all__ = ["Diagnosis", "diagnose"]

# The store comes before what can only be asked of it; where it does not open, its own row says why.
_FIRST: dict[str, Check] = {
    "versions": versions,
    "terminal": terminal,
    "disk": disk,
    "permissions": permissions,
    "store": store,
}
_THEN: dict[str, Check] = {
    "postgresql": server,
    "writable": writable,
    "log": log,
    "unread": unread,
    "backup": backup,
    "reminders": mailing,
    "account": accounts,
}


def diagnose(
    settings: Callable[[], Settings], config: Path | None, *, offline: bool = False
) -> Iterator[Diagnosis]:
    """Every check in turn, each row as soon as it is known; `offline` makes no connection to a mail server.

    Without settings that hold nothing else can be looked at. Raises nothing but what ends the program.
    """
    try:
        found = settings()
    except Exception as error:  # noqa: BLE001 (it becomes the row that says why there is no other)
        yield Diagnosis("settings", ok=False, code="failed", error=error)
        return
    patient = Patient(found, datetime.now(ZoneInfo(found.zone)), offline)
    yield from guarded("settings", lambda _: preferences(config), patient)
    for name, check in _FIRST.items():
        rows = guarded(name, check, patient)
        yield from rows
    if any(row.error for row in rows):
        yield from guarded("clock", clock, patient)
        return
    yield from guarded("clock", clock, replace(patient, opens=True))
    for name, check in _THEN.items():
        yield from guarded(name, check, patient)
