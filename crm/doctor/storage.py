"""The store: that it opens, holds together, may be written, is backed up and read, and belongs to one user alone."""

import os
import stat
from collections.abc import Iterator
from datetime import UTC, timedelta
from pathlib import Path

from sqlalchemy import func, select, text

from crm.backups import last_copy
from crm.doctor.machine import parts
from crm.doctor.model import Diagnosis, Fact, Patient
from crm.doctor.opening import looked_at, store_file
from crm.waiting import unread as waits_to_be_read
from db.check import check
from db.schema import Message, Raw

BACKUP_AGE = timedelta(days=7)
UNREAD_DAYS = 1
_LARGE_LOG = 200_000_000


def store(patient: Patient) -> Iterator[Diagnosis]:
    """It opens, is of this version, and holds together."""
    with looked_at(patient.settings) as opened:
        problems = check(opened)
        with opened.read() as session:
            mails = session.scalar(select(func.count(Raw.id))) or 0
            size = session.scalar(select(func.sum(func.length(Raw.content)))) or 0
        facts: dict[str, Fact] = {
            "url": opened.url,
            "mails": mails,
            "bytes": int(size),
            "version": opened.version(),
        }
        first = f"{problems[0].kind} {problems[0].where}: {problems[0].detail}" if problems else None
    yield Diagnosis(
        "store",
        not problems,
        "damaged" if problems else "store",
        {**facts, "problems": len(problems), "first": first},
    )


def writable(patient: Patient) -> Iterator[Diagnosis]:
    """Asked of the system or the server, not tried: a check changes nothing."""
    file = store_file(patient.settings)
    if file is not None:
        good = all(os.access(path, os.W_OK) for path in (file, file.absolute().parent))
        yield Diagnosis("writable", good, "writable", {"path": str(file)})
        return
    with looked_at(patient.settings) as opened, opened.read() as session:
        asked = text("SELECT NOT pg_is_in_recovery() AND has_table_privilege('raw', 'INSERT')")
        yield Diagnosis("writable", bool(session.scalar(asked)), "writable", {"path": opened.url})


def log(patient: Patient) -> Iterator[Diagnosis]:
    """A write-ahead log that only grows is held back by a program that never lets go of the store."""
    file = store_file(patient.settings)
    if file is None:
        return
    wal = Path(f"{file}-wal")
    size = wal.stat().st_size if wal.exists() else 0
    yield Diagnosis("log", size <= max(_LARGE_LOG, file.stat().st_size), "log", {"size": size})


def unread(patient: Patient) -> Iterator[Diagnosis]:
    """What was fetched and nobody has read, and what nobody could read."""
    with looked_at(patient.settings) as opened, opened.read() as session:
        waiting = waits_to_be_read()
        count = session.scalar(select(func.count()).where(waiting)) or 0
        oldest = session.scalar(select(func.min(Raw.taken_in_on)).where(waiting))
        bad = session.scalar(select(func.count()).where(Message.status == "quarantined")) or 0
    late = oldest is not None and (patient.settings.day() - oldest).days > UNREAD_DAYS
    yield Diagnosis("unread", not late, "unread" if count else "all-read", {"count": count, "oldest": oldest})
    yield Diagnosis("quarantined", ok=True, code="quarantined" if bad else "none", facts={"count": bad})


def backup(patient: Patient) -> Iterator[Diagnosis]:
    """How long ago this program made a copy, and whether it lies where it was written."""
    if store_file(patient.settings) is None:
        yield Diagnosis("backup", ok=True, code="server")
        return
    with looked_at(patient.settings) as opened, opened.read() as session:
        last = last_copy(session)
        mails = session.scalar(select(func.count(Raw.id))) or 0
    if last is None:
        yield Diagnosis("backup", not mails, "never")
        return
    age = patient.settings.now().astimezone(UTC) - last.at
    facts: dict[str, Fact] = {"file": last.file, "at": last.at, "days": age.days}
    if not Path(last.file).exists():
        yield Diagnosis("backup", ok=True, code="elsewhere", facts=facts)
    else:
        yield Diagnosis("backup", age <= BACKUP_AGE, "backup", facts)


def permissions(patient: Patient) -> Iterator[Diagnosis]:
    """The store's files 0600 and their folder closed to others' writing; each that is not is named."""
    file = store_file(patient.settings)
    if file is None or not file.parent.is_dir():
        return
    for path in (*parts(file), *sorted(file.parent.glob(f"{file.name}.before-*"))):
        if path.exists():
            yield private(path)
    yield _folder(file.absolute().parent)


def private(path: Path) -> Diagnosis:
    """Whether a file is its owner's alone, and the owner is who runs this (root may look after others' files)."""
    status = path.stat()
    mode = stat.S_IMODE(status.st_mode)
    facts: dict[str, Fact] = {"path": str(path), "mode": f"{mode:04o}"}
    if mode & 0o077:
        return Diagnosis("permissions", ok=False, code="open", facts=facts)
    if os.geteuid() not in {0, status.st_uid}:
        return Diagnosis("permissions", ok=False, code="foreign", facts=facts)
    return Diagnosis("permissions", ok=True, code="private", facts=facts)


def _folder(path: Path) -> Diagnosis:
    """Whoever may write in the folder may put another file in the store's place; a sticky one protects it."""
    mode = stat.S_IMODE(path.stat().st_mode)
    good = not mode & 0o022 or bool(mode & stat.S_ISVTX)
    return Diagnosis("permissions", good, "folder", {"path": str(path), "mode": f"{mode:04o}"})
