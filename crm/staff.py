"""Who of us is who: somebody who decides under a login, and stands under a name in mails and plans, is one person.

What names a person (whose a follow-up is, who is away) is kept as it was written; it is read with this in mind.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema import Person, PersonName


def staff(session: Session) -> list[tuple[str, ...]]:
    """What each person with a login is called: the login first, then their names. Two small queries."""
    home = func.coalesce(Person.merged_into_id, Person.id)
    logins = dict(session.execute(select(home, Person.login).where(Person.login.is_not(None))).all())
    if not logins:
        return []
    bearers = Person.id.in_(logins) | Person.merged_into_id.in_(logins)
    borne = select(home, Person.name, PersonName.name)
    names: dict[int, dict[str, None]] = {number: {} for number in logins}
    for number, *both in session.execute(
        borne.outerjoin(PersonName, PersonName.person_id == Person.id).where(bearers).order_by(Person.id)
    ):
        names[number] |= dict.fromkeys(name for name in both if name)
    return [tuple(dict.fromkeys((login or "", *names[number]))) for number, login in logins.items()]


def called(session: Session, who: str) -> tuple[str, ...]:
    """Every name of whoever is called so, that one first; it alone for somebody of whom no login is known."""
    return called_among(staff(session), who)


def called_among(known: Sequence[tuple[str, ...]], who: str) -> tuple[str, ...]:
    """The same, of people that are known already."""
    wanted = who.casefold()
    found = next((names for names in known if wanted in {name.casefold() for name in names}), ())
    return tuple(dict.fromkeys((who, *found)))


def one_name(known: Sequence[tuple[str, ...]]) -> Mapping[str, str]:
    """Name in lower case → the login of whoever is called so."""
    return {name.casefold(): names[0] for names in known for name in names}
