"""Whatever a name or a number leads to, on every store."""

from collections.abc import Callable

import pytest

from crm.agenda_rows import Found
from crm.finding import find
from db.schema import Affiliation, Organisation, Person, PersonName, Phone
from db.store import Store
from tests.intake import filled  # noqa: F401 - a fixture

Find = Callable[[str], list[Found]]


@pytest.fixture
def finds(filled: Store) -> Find:  # noqa: F811
    with filled.write() as session:
        house = Organisation(name="Ånge kommun")
        people = [
            Person(name="Åsa Öberg"),
            Person(name="Bo Angelin"),
            Person(name="Borta Ånger", merged_into_id=1),
        ]
        session.add_all([house, *people])
        session.flush()
        session.add_all(PersonName(person_id=p.id, name=p.name) for p in people)
        session.add(Phone(person_id=people[0].id, number="+46690250100"))
        session.add(Affiliation(person_id=people[0].id, organisation_id=house.id, title="Lokalstrateg"))

    def run(text: str) -> list[Found]:
        with filled.read() as session:
            return find(session, text)

    return run


def names(found: list[Found]) -> list[str]:
    return [row.name for row in found]


def test_an_office_comes_first_and_needs_no_rings(finds: Find) -> None:
    found = finds("ange")
    assert [(row.kind, row.name) for row in found] == [
        ("office", "Ånge"),
        ("person", "Bo Angelin"),
        ("organisation", "Ånge kommun"),
    ]


@pytest.mark.parametrize("text", ["åsa", "ASA", "oberg", "Öberg", "asa o", "A\u030asa"])
def test_a_person_by_any_spelling_with_where_they_work(finds: Find, text: str) -> None:
    (person,) = finds(text)
    assert (person.kind, person.name, person.about) == ("person", "Åsa Öberg", "Lokalstrateg, Ånge kommun")


@pytest.mark.parametrize("text", ["0690-25 01 00", "+46 690 25 01 00", "0046690250100", "0690-25"])
def test_a_person_by_phone(finds: Find, text: str) -> None:
    assert names(finds(text)) == ["Åsa Öberg"]


@pytest.mark.parametrize("text", ["", " ", "%", "_", "' OR 1=1", "zzz", "0700-00 00 00", "\\"])
def test_nothing_is_found_by_what_nobody_is_called(finds: Find, text: str) -> None:
    assert names(finds(text)) == []


def test_an_office_by_its_code_or_place(finds: Find) -> None:
    assert names(finds("2260")) == ["Ånge"]
