"""Offices, people, organisations and threads by what is typed of them; what a search says when it finds nothing; completions."""

from datetime import date

import pytest
from sqlalchemy import select

from crm.finding import find_organisations, find_people, likeness
from crm.lookup import find
from crm.party_arranging import merge_people
from crm.search import complete
from crm.searching.completing import spot
from crm.searching.instead import instead, searched
from db.schema import Person
from db.store import Store
from tests.intake import Take
from tests.mails import ANNA, BO, CIA, mail
from tests.rows import AT

TODAY = date(2021, 10, 18)
ASA = "Åsa Quist <asa.quist@ange.se>"
MAILS = (
    mail("Hej!\n\nMed vänlig hälsning\nBo Ekdahl\nTfn 0690-25 01 00", sender=BO, to=ANNA, subject="Lokal i Ånge", at="2021-05-03 09:00"),
    mail("Tack.", sender=CIA, to=[ANNA, ASA], subject="Filipstad", at="2021-05-04 09:00"),
)  # fmt: skip


@pytest.fixture
def told(filled: Store, take: Take) -> Store:
    take(*MAILS)
    return filled


def _found(store: Store, text: str) -> list[tuple[str, str]]:
    with store.read() as session:
        return [(row.kind, row.name) for row in find(session, text)]


def test_the_place_comes_before_whoever_works_there(told: Store) -> None:
    found = _found(told, "ange")
    assert found[:2] == [("office", "Ånge"), ("organisation", "Ånge kommun")]
    assert ("thread", "Lokal i Ånge") in found
    assert ("person", "Bo Ekdahl") in found
    assert _found(told, "Ånge") == found
    assert _found(told, "2260")[0] == ("office", "Ånge")


@pytest.mark.parametrize(
    "typed", ["bo ekdahl", "EKDAHL", "ekd", "bo.ekdahl@ange.se", "0690-25 01 00", "+46690250100"]
)
def test_a_person_is_found_by_name_address_and_number(told: Store, typed: str) -> None:
    assert ("person", "Bo Ekdahl") in _found(told, typed)


def test_whoever_was_merged_into_another_is_that_one(told: Store) -> None:
    with told.write() as session:
        numbers = dict(session.execute(select(Person.name, Person.id)).all())
        merge_people(session, f"p{numbers['Bo Ekdahl']}", f"p{numbers['Åsa Quist']}", by="anna", now=AT)
    with told.read() as session:
        assert find_people(session, "quist") == [numbers["Bo Ekdahl"]]
        assert find_people(session, "asa") == [numbers["Bo Ekdahl"]]


def test_nothing_typed_finds_nothing(told: Store) -> None:
    assert _found(told, "") == _found(told, "***") == _found(told, "finnsinte") == []
    with told.read() as session:
        assert find_organisations(session, "finnsinte") == find_people(session, '"') == []


def test_a_whole_name_is_nearer_than_its_beginning() -> None:
    nearer = [likeness("ange", name) for name in ("Ånge", "Ånge kommun", "Ångermanland", "Laholm")]
    assert nearer == sorted(nearer, reverse=True)
    assert nearer[-1] == 0


def test_what_was_looked_through_and_what_would_find_something(told: Store) -> None:
    with told.read() as session:
        looked = searched(session)
        rows = instead(session, "tack från:bo", TODAY)
    assert looked.mailboxes == ()
    assert looked.until is not None
    assert looked.until.date() == date(2021, 5, 4)
    assert {(row.without, row.query) for row in rows} == {("tack", "från:bo"), ("från:bo", "tack")}


def test_a_ring_too_many_is_told(told: Store) -> None:
    with told.read() as session:
        (row,) = instead(session, "täck", TODAY)
    assert (row.query, row.without, row.messages, row.more) == ("tack", None, 1, False)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("fr", "från:"),
        ("lokal ko", "kopia:"),
        ("sub", "subject:"),
        ("är:vi", "är:vidarebefordrat "),
        ("-is:qu", "-is:quoted "),
        ("från:ekd", 'från:"Bo Ekdahl" '),
        ("organisation:ange", 'organisation:"Ånge kommun" '),
        ("kontor:ån", "kontor:Ånge "),
        ("kommun:ange", "kommun:Ånge "),
    ],
)
def test_what_can_stand_at_the_cursor(told: Store, text: str, first: str) -> None:
    with told.read() as session:
        assert complete(session, text, len(text))[0].text == first


@pytest.mark.parametrize("text", ['"lokal', "xyz", "från:", "före:", "zz:ab"])
def test_nothing_is_put_where_nothing_fits(told: Store, text: str) -> None:
    with told.read() as session:
        assert complete(session, text, len(text)) == []


def test_the_piece_at_the_cursor_is_replaced_whole() -> None:
    assert (spot("lokal från:bo mer", 12).start, spot("lokal från:bo mer", 12).end) == (6, 13)
    assert spot("lokal från:bo mer", 12).typed == "b"
    assert spot("lokal ", 6) == spot("lokal ", 99)
    assert spot("-är:", 4).head == "är"
