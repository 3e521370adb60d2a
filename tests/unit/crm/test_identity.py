"""Who stands behind an address."""

import pytest

from crm.address_book import AddressBook
from crm.identity import address_kind, name_key, organisation_of, person_name
from ingest.model import Mailbox
from nlp.model import PersonMention


@pytest.mark.parametrize(
    ("name", "address", "kind"),
    [
        ("Anna Lindgren", "anna.lindgren@statenssc.se", "person"),
        ("Lindgren Anna", "anna.lindgren@filipstad.se", "person"),
        ("Lindgren, Anna", "anna.lindgren@filipstad.se", "person"),
        (None, "anna.lindgren@filipstad.se", "person"),
        ("Filipstad (Funktionsadress för kommun@filipstad.se)", "kommun@filipstad.se", "function"),
        ("Boden", "boden@boden.se", "function"),
        ("Registrator", "registrator@regeringskansliet.se", "function"),
        (None, "info@hyresbolaget.example", "function"),
        (None, "no-reply@utskick.example", "function"),
        ("Postlista Kommunstyrelsen", "postlista.kommunstyrelsen@filipstad.se", "list"),
        ("Sändlista etablering", "etablering@statenssc.se", "list"),
        (None, "nyhetsbrev@servicekontor.example", "list"),
        (None, "ks42@filipstad.se", "unknown"),
        (None, None, "unknown"),
    ],
)
def test_address_kind(name: str | None, address: str | None, kind: str) -> None:
    assert address_kind(name, address) == kind


def test_a_name_is_given_name_first() -> None:
    assert person_name(Mailbox("Ekdahl Bo", "bo.ekdahl@ange.se")) == "Bo Ekdahl"
    assert person_name(Mailbox("Registrator", "registrator@ange.se")) is None


def test_the_house_behind_an_address() -> None:
    assert organisation_of("bo.ekdahl@ange.se") == "Ånge kommun"
    assert organisation_of("bo@hyresbolaget.example") is None
    assert organisation_of(None) is None


def test_spellings_of_one_name_share_a_key() -> None:
    assert name_key("Anna-Karin Öberg") == name_key("anna karin oberg")


def test_a_person_is_listed_once_with_all_that_is_said() -> None:
    book = AddressBook()
    book.add_mailbox(Mailbox("Ekdahl Bo", "bo.ekdahl@ange.se"))
    book.add_mailbox(Mailbox("Kansliet", "kansliet@ange.se"))
    book.add_mention(
        PersonMention("Bo Ekdahl", 0, 9, "Bo Ekdahl", title="Kommunchef", phones=("+46690123456",))
    )
    (card,) = book.cards()
    assert (card.name, card.addresses, card.title) == ("Bo Ekdahl", ["bo.ekdahl@ange.se"], "Kommunchef")
    assert (card.organisation, card.phones) == ("Ånge kommun", ["+46690123456"])
