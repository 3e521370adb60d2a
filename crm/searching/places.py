"""Offices, municipalities, folders and mailboxes by what is typed for them. There are few: all names are looked at."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import ids
from crm.folding import fold
from crm.searching.language import Field
from crm.searching.values import refused
from db.schema import Account, Folder, Municipality, Office


def offices(session: Session, field: Field) -> list[int]:
    """Every office of that municipality or place, by name, code or id. Raises SearchRefused for none."""
    found = session.execute(
        select(Office.id, Office.municipality_code, Municipality.name, Office.place).join(
            Municipality, Office.municipality_code == Municipality.code
        )
    ).all()
    value = field.value
    chosen = [
        number
        for number, code, name, place in found
        if value in {code, ids.printed("office", number)}
        or is_called(value, name)
        or (place and (is_called(value, place) or is_called(value, f"{name} {place}")))
    ]
    if not chosen:
        raise refused(field)
    return chosen


def municipalities(session: Session, field: Field) -> tuple[list[str], list[int]]:
    """The codes of that municipality, by name or code, and the ids of its offices. Raises SearchRefused for none."""
    codes = [
        code
        for code, name in session.execute(select(Municipality.code, Municipality.name))
        if field.value == code or is_called(field.value, name)
    ]
    if not codes:
        raise refused(field)
    return codes, list(session.scalars(select(Office.id).where(Office.municipality_code.in_(codes))))


def folders(session: Session, field: Field) -> list[int]:
    """Folders whose name holds these words as they stand. Raises SearchRefused for none."""
    asked = fold(field.value)
    chosen = [
        number for number, name in session.execute(select(Folder.id, Folder.name)) if asked in fold(name)
    ]
    if not chosen:
        raise refused(field)
    return chosen


def folders_of_account(session: Session, field: Field) -> list[int]:
    """The folders of the mailboxes whose name holds these words. Raises SearchRefused for none."""
    asked = fold(field.value)
    names = session.execute(select(Account.id, Account.name))
    chosen = [number for number, name in names if asked in fold(name)]
    if not chosen:
        raise refused(field)
    return list(session.scalars(select(Folder.id).where(Folder.account_id.in_(chosen))))


def is_called(typed: str, name: str) -> bool:
    """Å ä ö that are typed are meant; what is typed without them may have any."""
    asked, called = " ".join(typed.lower().split()), name.lower()
    return asked == called or (asked.isascii() and asked == fold(called))
