"""Who is told of what somebody is responsible for."""

from crm.recipients import Recipients, recipients
from crm.settings import load
from db.schema import Address, Person
from db.store import Store

SETTINGS = load(
    own="statenssc.se",
    reminder_unassigned="kontor@statenssc.se",
    reminder_addresses={"Anna": "a@statenssc.se"},
)


def told(store: Store, assignee: str | None, **absent: tuple[str, ...]) -> tuple[str, ...]:
    with store.read() as session:
        return recipients(session, SETTINGS, {assignee} if assignee else (), absent).of(assignee)


def known(store: Store, name: str, *addresses: str) -> None:
    with store.write() as session:
        person = Person(name=name)
        session.add(person)
        session.flush()
        session.add_all(Address(address=one, kind="person", person_id=person.id) for one in addresses)


def test_settings_say_it_whatever_the_case(store: Store) -> None:
    assert told(store, "anna") == told(store, "ANNA ") == ("a@statenssc.se",)


def test_a_name_that_is_an_address(store: Store) -> None:
    assert told(store, "Bo.Ekdahl@statenssc.se") == ("bo.ekdahl@statenssc.se",)


def test_a_person_by_the_one_address_of_ours(store: Store) -> None:
    known(store, "Eva Berg", "eva.berg@statenssc.se", "eva.berg@kommun.example")
    known(store, "Cia Norberg", "cia.norberg@kommun.example")
    known(store, "Liv Ek", "liv.ek@statenssc.se", "liv@statenssc.se")
    assert told(store, "Eva Berg") == ("eva.berg@statenssc.se",)
    assert told(store, "Cia Norberg") == ()
    assert told(store, "Liv Ek") == ()


def test_nobody_and_a_stranger(store: Store) -> None:
    assert told(store, None) == ("kontor@statenssc.se",)
    assert told(store, "okänd") == ()
    assert Recipients({}, None).of(None) == ()


def test_whoever_stands_in_is_told_instead(store: Store) -> None:
    assert told(store, "bo", Bo=("anna", "eva@statenssc.se")) == ("a@statenssc.se", "eva@statenssc.se")
    assert told(store, "anna", anna=("anna",)) == ("a@statenssc.se",)
