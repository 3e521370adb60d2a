"""The machine: versions, the clock, room on the disk, what the terminal can show."""

import locale
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from zoneinfo import ZoneInfo

from packaging.requirements import Requirement
from sqlalchemy import func, select

from crm.doctor.model import Diagnosis, Fact, Patient
from crm.doctor.opening import looked_at, store_file
from crm.settings import APP
from db.schema import Account, Audit

PYTHON = (3, 11)
SQLITE = (3, 40, 0)
POSTGRESQL = 150_000
GIGABYTE = 1_000_000_000
_RELEASED = datetime(2026, 1, 1, tzinfo=UTC)  # no clock that is right shows an earlier day
_AHEAD = timedelta(minutes=10)


def versions(_patient: Patient) -> Iterator[Diagnosis]:
    """Python, SQLite, and the libraries against what they have to be."""
    yield _version("python", sys.version_info[:3], PYTHON)
    yield _version("sqlite", sqlite3.sqlite_version_info, SQLITE)
    yield _libraries()


def server(patient: Patient) -> Iterator[Diagnosis]:
    """PostgreSQL, where the store is one."""
    if store_file(patient.settings) is None:
        with looked_at(patient.settings) as store, store.read() as session:
            number = int(session.connection().exec_driver_sql("SHOW server_version_num").scalar_one())
        facts: dict[str, Fact] = {
            "found": f"{number // 10_000}.{number % 10_000}",
            "least": str(POSTGRESQL // 10_000),
        }
        yield Diagnosis("postgresql", number >= POSTGRESQL, "version", {**facts})


def _version(name: str, found: tuple[int, ...], least: tuple[int, ...]) -> Diagnosis:
    facts: dict[str, Fact] = {"found": ".".join(map(str, found)), "least": ".".join(map(str, least))}
    return Diagnosis(name, found >= least, "version", facts)


def _libraries() -> Diagnosis:
    """Each library that the program is declared to need, with its version within the bounds."""
    try:
        needed = [Requirement(line) for line in requires(APP) or ()]
    except PackageNotFoundError:
        return Diagnosis("libraries", ok=True, code="not-installed")
    wrong = [told for need in needed if _applies(need) and (told := _wrong(need))]
    return Diagnosis("libraries", not wrong, "libraries", {"count": len(needed), "wrong": ", ".join(wrong)})


def _applies(need: Requirement) -> bool:
    return need.marker is None or need.marker.evaluate({"extra": ""})


def _wrong(need: Requirement) -> str | None:
    """`textual 9.1 (>=8,<9)`, or None where it fits."""
    try:
        found = version(need.name)
    except PackageNotFoundError:
        return f"{need.name} – ({need.specifier})"
    return (
        None
        if need.specifier.contains(found, prereleases=True)
        else f"{need.name} {found} ({need.specifier})"
    )


def clock(patient: Patient) -> Iterator[Diagnosis]:
    """Not before this program was made, not behind what the store has noted; and the zone's rules are there."""
    ZoneInfo(patient.settings.zone).utcoffset(patient.now)
    now = patient.now.astimezone(UTC)
    behind = max((at for at in _noted(patient) if at), default=None)
    facts: dict[str, Fact] = {"now": patient.now, "zone": patient.settings.zone}
    if now < _RELEASED:
        yield Diagnosis("clock", ok=False, code="early", facts=facts)
    elif behind is not None and behind > now + _AHEAD:
        yield Diagnosis("clock", ok=False, code="behind", facts={**facts, "noted": behind})
    else:
        yield Diagnosis("clock", ok=True, code="clock", facts=facts)


def _noted(patient: Patient) -> list[datetime | None]:
    """The latest moments that the store knows of; none where it does not open, which its own row says."""
    if not patient.opens:
        return []
    with looked_at(patient.settings) as store, store.read() as session:
        return [session.scalar(select(func.max(column))) for column in (Account.last_sync, Audit.at)]


def disk(patient: Patient) -> Iterator[Diagnosis]:
    """Room for twice the store, a backup and an upgrade, and for a gigabyte at least."""
    file = store_file(patient.settings)
    if file is None:
        yield Diagnosis("disk", ok=True, code="server")
        return
    size = sum(part.stat().st_size for part in parts(file) if part.exists())
    folder = next(parent for parent in file.absolute().parents if parent.exists())
    free = shutil.disk_usage(folder).free
    needed = max(GIGABYTE, 2 * size)
    facts: dict[str, Fact] = {"free": free, "size": size, "needed": needed, "folder": str(folder)}
    yield Diagnosis("disk", free >= needed, "disk", facts)


def parts(file: Path) -> list[Path]:
    """The file of a store and what SQLite lays beside it."""
    return [Path(f"{file}{suffix}") for suffix in ("", "-wal", "-shm")]


def terminal(_patient: Patient) -> Iterator[Diagnosis]:
    """å, ä and ö need UTF-8; where nobody looks at the output it makes no difference."""
    encoding = (
        getattr(sys.stdout, "encoding", None) or locale.getpreferredencoding(do_setlocale=False)
    ).lower()
    good = encoding.replace("-", "") in {"utf8", "utf8sig"}
    yield Diagnosis("terminal", good, "terminal", {"encoding": encoding})
