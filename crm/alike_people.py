"""Who may be one person under two numbers: by name first, then by what the two share. A person decides."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import ids
from crm.collecting import collecting_seldom
from crm.rows.people import AlikeRow
from crm.same_person import alike_words, words_of_name
from db.schema import Address, Arrangement, Person, Phone

CERTAIN = 0.95  # one name and one phone, or more than that
_LEAST = 0.6  # what is less sure is not worth a look
_MOST = 60  # people of one surname or phone that are compared with one another

# What a name is worth by itself, and in one house: there two spellings are rarely two people.
_NAME = {"same": 0.6, "order": 0.6, "fuller": 0.5, "initial": 0.45, "spelling": 0.45, "surname": 0.1}
_HOUSE = {"same": 0.3, "order": 0.3, "fuller": 0.25, "initial": 0.2, "spelling": 0.2, "surname": 0.1}
_PHONE, _LOCAL = 0.4, 0.15


@dataclass(slots=True)
class _Known:
    id: int
    name: str
    houses: set[object] = field(default_factory=set)
    locals: set[str] = field(default_factory=set)
    phones: set[str] = field(default_factory=set)
    ordered: list[str] = field(default_factory=list)
    words: frozenset[str] = frozenset()
    key: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.ordered = words_of_name(self.name)
        self.words, self.key = frozenset(self.ordered[-2:]), tuple(sorted(self.ordered))


def alike_people(session: Session, *, limit: int = 200) -> list[AlikeRow]:
    """Pairs that may be one person, the surest first; without those that somebody has split."""
    apart = _apart(session)
    with collecting_seldom():  # a hundred thousand people are half a million objects, and none in a cycle
        rows = [
            row
            for one, other in _pairs(_people(session))
            if frozenset((one.id, other.id)) not in apart and (row := _compared(one, other)) is not None
        ]
    rows.sort(key=lambda row: (-row.score, row.name, row.person, row.other))
    return rows[:limit] if limit else rows


def _people(session: Session) -> list[_Known]:
    standing = select(Person.id, Person.name).where(Person.merged_into_id.is_(None))
    people = {number: _Known(number, name) for number, name in session.execute(standing.order_by(Person.id))}
    for person, address, house in session.execute(
        select(Address.person_id, Address.address, Address.organisation_id)
    ):
        if person in people:
            local, _, domain = address.partition("@")
            people[person].houses.add(house or domain)
            people[person].locals.add(local)
    for person, number in session.execute(select(Phone.person_id, Phone.number)):
        if person in people:
            people[person].phones.add(number)
    return list(people.values())


def _apart(session: Session) -> set[frozenset[int]]:
    """Pairs of whom a person has said that they are two."""
    split = select(Arrangement.one, Arrangement.other).where(
        Arrangement.subject == "person", Arrangement.action == "split", Arrangement.undone.is_(False)
    )
    return {frozenset((one, other)) for one, other in session.execute(split) if other is not None}


def _pairs(people: Iterable[_Known]) -> Iterator[tuple[_Known, _Known]]:
    """Those of one name, and those who share a number, or a word of their names and a house or the local part of an
    address: less than that is never worth a look. What very many share tells nobody apart.
    """
    everybody = list(people)
    bearers = Counter(word for one in everybody for word in one.words)
    blocks: dict[Hashable, list[_Known]] = {}
    for one in everybody:
        for key in _shared(one, bearers):
            blocks.setdefault(key, []).append(one)
    seen: set[tuple[int, int]] = set()
    for block in blocks.values():
        for one, other in combinations(block, 2) if len(block) <= _MOST else ():
            if (one.id, other.id) not in seen:
                seen.add((one.id, other.id))
                yield one, other


def _shared(one: _Known, bearers: Mapping[str, int]) -> set[Hashable]:
    """What somebody has to have in common with another to be looked at beside them."""
    telling = [word for word in one.words if bearers[word] <= _MOST]
    beside = one.houses | one.locals
    return {one.key, *one.phones, *((word, where) for word in telling for where in beside)}


def _compared(one: _Known, other: _Known) -> AlikeRow | None:
    name = alike_words(one.ordered, other.ordered)
    if name.reason not in _NAME:
        return None
    score, reasons = _NAME[name.reason], [name.reason]
    for shared, worth, word in (
        (one.houses & other.houses, _HOUSE[name.reason], "house"),
        (one.phones & other.phones, _PHONE, "phone"),
        (one.locals & other.locals, _LOCAL, "local"),
    ):
        if shared:
            score += worth
            reasons.append(word)
    if score < _LEAST:
        return None
    return AlikeRow(
        ids.printed("person", one.id),
        one.name,
        ids.printed("person", other.id),
        other.name,
        min(round(score, 2), 0.99),
        tuple(reasons),
    )
