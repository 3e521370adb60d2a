"""Under which login somebody of ours decides: said by a person, and taken back."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm import audit, ids
from crm.errors import AlreadyThere, Ambiguous, EmptyText
from crm.people import person_rows, show_person
from crm.rows.people import PersonRow
from db.schema import Arrangement, Person

_SUBJECT = "login"


def set_login(session: Session, person: str, login: str | None, *, by: str, now: datetime) -> list[PersonRow]:
    """Says under which login somebody decides; None: under none. One step of undo.

    Raises NotFound, Ambiguous, EmptyText for a login without a sign, AlreadyThere for that of somebody else.
    """
    rows = show_person(session, person)
    if len(rows) > 1:
        raise Ambiguous(person, tuple(f"{row.id} {row.name}" for row in rows))
    row = session.get_one(Person, ids.number("person", rows[0].id))
    before, row.login = row.login, _free(session, login, row.id)
    session.add(
        Arrangement(
            subject=_SUBJECT, action="set", one=row.id, payload={"before": before}, at=now, by=by,
            batch=secrets.token_hex(8),
        )
    )  # fmt: skip
    audit.record(session, now, by, "people login", {"person": rows[0].id, "login": row.login})
    session.flush()
    return person_rows(session, [row.id])


def _free(session: Session, login: str | None, person: int) -> str | None:
    if login is None:
        return None
    login = login.strip()
    if not login:
        raise EmptyText
    taken = select(Person.id).where(func.lower(Person.login) == login.lower(), Person.id != person)
    if session.scalar(taken.limit(1)) is not None:
        raise AlreadyThere("login", login)
    return login


def take_back(session: Session, step: Sequence[Arrangement]) -> list[PersonRow]:
    """What the login was before."""
    for each in step:
        each.undone = True
        session.get_one(Person, each.one).login = each.payload["before"]
    session.flush()
    return person_rows(session, list(dict.fromkeys(each.one for each in step)))
