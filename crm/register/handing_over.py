"""What the registrar is handed: a folder of mails, their documents as files, and a sheet to write the numbers in."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, TextIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import audit, ids
from crm.exporting import file_name, sheet
from crm.lookup import chunks
from crm.messages import newest_first, rows
from crm.new_files import new_folder, write_new
from crm.raws import unpack
from crm.rows.messages import MessageRow
from crm.secrecy import veiled
from db.schema import AttachmentRow, Message, Raw, Registration
from ingest.mime import contents

Which = Literal["to-registrar", "registered", "both"]
SHEET = "register.csv"

_STATES: dict[Which, tuple[str, ...]] = {
    "to-registrar": ("sent",),
    "registered": ("number",),
    "both": ("sent", "number"),
}
_UNSAFE = re.compile(r'[<>:"/\\|?*\s]+')
_NAME_BYTES, _ENDING = 80, 12


@dataclass(frozen=True, slots=True)
class HandedRow:
    """A mail that was handed over: its file, the folder with its documents, if any, and the hash of its bytes.

    `message` is veiled where it is marked secret: the mail itself lies beside the sheet.
    """

    message: MessageRow
    number: str | None
    secret: str | None
    sha256: str
    file: str
    documents: str | None


OpenSheet = Callable[[TextIO], Callable[[HandedRow], None]]


def waiting(session: Session, which: Which) -> list[int]:
    """The numbers of the mails that were judged so, newest first."""
    chosen = select(Message.id).join(Registration, Registration.message_id == Message.id)
    return newest_first(chosen.where(Registration.state.in_(_STATES[which])), session, None, 0)


def hand_over(
    session: Session,
    numbers: Sequence[int],
    target: Path,
    open_sheet: OpenSheet,
    progress: Callable[[int, int], None] = lambda _done, _todo: None,
) -> list[HandedRow]:
    """Writes the mails into a new folder that appears whole or not at all. Raises OSErrors and NotWritten."""
    handed: list[HandedRow] = []
    with new_folder(target) as folder, sheet(folder / SHEET) as stream:
        add = open_sheet(stream)
        taken = {SHEET}
        for part in chunks(numbers):
            for row in rows(session, part):
                handed.append(_put(session, folder, row, taken))
                add(handed[-1])
            progress(len(handed), len(numbers))
    return handed


def _put(session: Session, folder: Path, row: MessageRow, taken: set[str]) -> HandedRow:
    message = session.get_one(Message, ids.number("message", row.id))
    raw = session.get_one(Raw, message.raw_id)
    content, digest = unpack(raw), raw.sha256
    shown = veiled(row)
    name = file_name(shown, taken)
    write_new(folder / name, content)
    stem = name.removesuffix(".eml")
    judged = row.registration
    secret = judged.secret if judged else None
    count = _put_documents(session, folder / stem, raw.id, content, hide=secret is not None)
    session.expunge(raw)  # a mail at a time in memory, however many there are
    number = judged.number if judged else None
    return HandedRow(shown, number, secret, digest, name, stem if count else None)


def _put_documents(session: Session, folder: Path, raw: int, content: bytes, *, hide: bool) -> int:
    """The documents of a mail and of the mails in it, numbered in their order; gives how many there were."""
    named = (
        select(AttachmentRow.part, AttachmentRow.filename)
        .join(Message, AttachmentRow.message_id == Message.id)
        .where(Message.raw_id == raw)
    )
    names = dict(session.execute(named).all())
    count = 0
    for part, data in contents(content, names) if names else ():
        if not count:
            folder.mkdir(mode=0o700)
        count += 1
        write_new(folder / safe_name(count, names[part], hide=hide), data)
    return count


def safe_name(number: int, name: str | None, *, hide: bool = False) -> str:
    """`2_beslut om lokal.pdf` as `2_beslut-om-lokal.pdf`: a file's name on every system; hidden, its number and ending."""
    letters = "".join(_letters(unicodedata.normalize("NFC", name or "")))
    stem, dot, ending = _UNSAFE.sub("-", letters).strip("-. ").rpartition(".")
    if not dot or not ending.isalnum() or len(ending.encode()) > _ENDING:
        stem, ending = f"{stem}{dot}{ending}", ""
    short = "" if hide else stem.encode()[:_NAME_BYTES].decode("utf-8", "ignore").strip("-. ")
    return f"{number}{'_' if short else ''}{short}{'.' if ending else ''}{ending}"


def _letters(text: str) -> Iterator[str]:
    """Without controls, direction marks, surrogates and what else no file name should hold."""
    return (sign for sign in text if unicodedata.category(sign)[0] not in "CM" or sign.isspace())


def note(session: Session, rows: Sequence[HandedRow], *, by: str, now: datetime) -> None:
    """The log says which mails were handed over."""
    audit.record(session, now, by, "register export", {"ids": [row.message.id for row in rows]})
