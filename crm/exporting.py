"""Mail out of the store: the exact bytes of a search or a thread, as an mbox or a folder of .eml, with a log of them.

Nothing is overwritten, and nothing half-written has its name. An mbox is written as mboxrd
(https://www.loc.gov/preservation/digital/formats/fdd/fdd000385.shtml): `aterkom import` reads it back to the same
hashes. A mail that an mbox cannot hold byte for byte (its last line has no end) lies in a folder beside it.
"""

import os
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Literal, TextIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import ids
from crm.lookup import chunks
from crm.messages import rows
from crm.new_files import new_file, new_folder, refuse_existing, write_new
from crm.raws import unpack
from crm.rows.messages import MessageRow
from crm.rows.people import MailboxRow
from crm.secrecy import veiled
from db.schema import MentionRow, Raw

Format = Literal["mbox", "eml"]
Progress = Callable[[int, int], None]

_FROM = re.compile(rb"(?m)^(?=>*From )")
_NO_LETTER = re.compile(r"[\W_]+")
_SUBJECT_BYTES = 100
LOG = "log.csv"


@dataclass(frozen=True, slots=True)
class LogRow:
    """One message of the log: date, from, to, subject and number, then where its bytes are.

    `number` is its number in the diary, else the case numbers that it names. An embedded message has the file and
    the hash of the mail that carries it. One that is marked secret shows day and number alone, also as a file's name.
    """

    date: datetime | None
    sender: MailboxRow | None
    to: tuple[MailboxRow, ...]
    subject: str | None
    number: str
    message_id: str | None
    sha256: str
    file: str
    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Exported:
    """How many mails were written and messages logged, how many nobody could read, and where the log lies."""

    mails: int
    messages: int
    quarantined: int
    log: Path


OpenLog = Callable[[TextIO], Callable[[LogRow], None]]
Put = Callable[[bytes, MessageRow], str]  # writes a mail, and gives the name of its file


def export(
    session: Session,
    numbers: Sequence[int],
    target: Path,
    form: Format,
    open_log: OpenLog,
    progress: Progress = lambda _done, _todo: None,
) -> Exported:
    """Writes the mails in which these messages came, each once, and a row for each message.

    Raises OSErrors where `target` is there or cannot be made, and NotWritten for a disk that is full.
    """
    log = target / LOG if form == "eml" else target.with_name(f"{target.name}.csv")
    files: dict[str, str] = {}
    done = quarantined = 0
    with _folder(target) if form == "eml" else _mbox(target, log) as (put, stream):
        add = open_log(stream)
        for part in chunks(numbers):
            cases = _numbers(session, part)
            for row in rows(session, part):
                shown = veiled(row)
                for digest in row.raws or (row.occurrences[0].raw,):
                    if digest not in files:
                        files[digest] = put(_bytes(session, digest), shown)
                    add(_log_row(shown, _number(row, cases), digest, files[digest]))
                done, quarantined = done + 1, quarantined + (row.status == "quarantined")
            progress(done, len(numbers))
        stream.flush()
    return Exported(len(files), done, quarantined, log)


def _bytes(session: Session, digest: str) -> bytes:
    row = session.scalars(select(Raw).where(Raw.sha256 == digest)).one()
    content = unpack(row)
    session.expunge(row)  # a mail at a time in memory, however many there are
    return content


def _numbers(session: Session, messages: Sequence[int]) -> dict[str, str]:
    """The case numbers that each message names."""
    found: dict[str, dict[str, None]] = {}
    named = select(MentionRow.message_id, MentionRow.name).where(
        MentionRow.message_id.in_(messages), MentionRow.label == "CASE"
    )
    for number, name in session.execute(named.order_by(MentionRow.id)):
        found.setdefault(ids.printed("message", number), {})[name or ""] = None
    return {name: ", ".join(cases) for name, cases in found.items()}


def _number(row: MessageRow, cases: Mapping[str, str]) -> str:
    """Its number in the diary, else those that it names; what a secret one names is its own business."""
    judged = row.registration
    if judged is not None and (judged.number or judged.secret):
        return judged.number or ""
    return cases.get(row.id, "")


def _log_row(row: MessageRow, number: str, digest: str, file: str) -> LogRow:
    return LogRow(
        row.date,
        row.sender,
        (*row.to, *row.cc),
        row.subject,
        number,
        row.message_id,
        digest,
        file,
        row.kind,
        row.id,
    )


@contextmanager
def _folder(target: Path) -> Iterator[tuple[Put, TextIO]]:
    """A folder of .eml, with the log in it."""
    with new_folder(target) as folder, sheet(folder / LOG) as stream:
        taken: set[str] = {LOG}

        def put(raw: bytes, row: MessageRow) -> str:
            name = file_name(row, taken)
            write_new(folder / name, raw)
            return name

        yield put, stream


@contextmanager
def _mbox(target: Path, log: Path) -> Iterator[tuple[Put, TextIO]]:
    """An mbox, with the log beside it; what an mbox cannot hold lies in a folder, made when it is needed."""
    beside = target.with_name(f"{target.name}.eml")
    refuse_existing(target, log, beside)
    with ExitStack() as stack:
        stream = stack.enter_context(new_file(log))
        text = TextIOWrapper(stream, encoding="utf-8-sig", newline="", write_through=True)
        file = stack.enter_context(new_file(target))
        folder: Path | None = None
        taken: set[str] = set()

        def put(raw: bytes, row: MessageRow) -> str:
            nonlocal folder
            if raw.endswith(b"\n"):
                _write_mboxrd(file, raw, row)
                return target.name
            folder = folder or stack.enter_context(new_folder(beside))
            name = file_name(row, taken)
            write_new(folder / name, raw)
            return f"{beside.name}/{name}"

        yield put, text
        text.detach()


def _write_mboxrd(file: IO[bytes], raw: bytes, row: MessageRow) -> None:
    address = (row.sender.address if row.sender else None) or "MAILER-DAEMON"
    sender = (
        address if address.isascii() and address.isprintable() and " " not in address else "MAILER-DAEMON"
    )
    when = row.date.astimezone(UTC) if row.date else datetime(1970, 1, 1, tzinfo=UTC)
    file.write(f"From {sender} {when:%a %b} {when.day:2} {when:%H:%M:%S %Y}\n".encode())
    file.write(_FROM.sub(b">", raw))
    file.write(b"\n")


@contextmanager
def sheet(path: Path) -> Iterator[TextIO]:
    """UTF-8 with a byte order mark, without which Excel takes it for another charset."""
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8-sig", newline="") as stream:
        yield stream


def file_name(row: MessageRow, taken: set[str]) -> str:
    """`2021-06-07_0900_kattvakt-i-sommar_m12.eml`: safe on every system, and never one of `taken`."""
    when = f"{row.date:%Y-%m-%d_%H%M}" if row.date else "0000-00-00"
    words = _NO_LETTER.sub("-", unicodedata.normalize("NFC", row.subject or "")).strip("-").lower()
    short = words.encode("utf-8", "ignore")[:_SUBJECT_BYTES].decode("utf-8", "ignore").strip("-")
    stem = "_".join(part for part in (when, short, row.id) if part)
    name, number = f"{stem}.eml", 1
    while name in taken:
        number += 1
        name = f"{stem}-{number}.eml"
    taken.add(name)
    return name


__all__ = ["Exported", "Format", "LogRow", "export", "file_name", "sheet"]
