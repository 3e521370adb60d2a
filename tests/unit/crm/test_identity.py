"""Who stands behind an address."""

import pytest

from crm.folding import name_key
from crm.identity import address_kind, kind_of, organisation_of, person_name
from ingest.model import Mailbox


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
        (None, "bygglov.norr@filipstad.se", "function"),
        ("Medborgarkontoret", "medborgarkontoret@filipstad.se", "function"),
        ("Kansliet", "ksk@filipstad.se", "function"),
        ("Anna Lindgren", "info@lindgrensmaleri.example", "function"),
        ("Anna Lindgren via Teams", "noreply@teams.example", "function"),
        ("Anna Kontorsson", "anna.kontorsson@filipstad.se", "person"),
        (None, "ks-ledamoter@filipstad.se", "list"),
        ("Alla medarbetare", "medarb@filipstad.se", "list"),
        (None, "ks42@filipstad.se", "unknown"),
        (None, None, "unknown"),
    ],
)
def test_address_kind(name: str | None, address: str | None, kind: str) -> None:
    assert address_kind(name, address) == kind


@pytest.mark.parametrize(
    ("name", "address", "reason"),
    [
        ("Lindgren Anna", "anna.lindgren@filipstad.se", "name-and-address"),
        ("Anna Lindgren", "al77@filipstad.se", "name"),
        (None, "anna.lindgren@filipstad.se", "address"),
        (None, "noreply@filipstad.se", "automatic"),
        ("Filipstad (Funktionsadress för kommun@filipstad.se)", "kommun@filipstad.se", "function-name"),
        (None, "registrator@filipstad.se", "function-address"),
        (None, "filipstad@filipstad.se", "house"),
        ("Postlista KS", "ks@filipstad.se", "list-name"),
        (None, "postlista.ks@filipstad.se", "list-address"),
        (None, None, ""),
    ],
)
def test_why_it_is_of_that_kind(name: str | None, address: str | None, reason: str) -> None:
    assert kind_of(name, address).reason == reason


def test_a_name_is_given_name_first() -> None:
    assert person_name(Mailbox("Ekdahl Bo", "bo.ekdahl@ange.se")) == "Bo Ekdahl"
    assert person_name(Mailbox("Registrator", "registrator@ange.se")) is None


def test_the_house_behind_an_address() -> None:
    assert organisation_of("bo.ekdahl@ange.se") == "Ånge kommun"
    assert organisation_of("bo@hyresbolaget.example") is None
    assert organisation_of(None) is None


def test_spellings_of_one_name_share_a_key() -> None:
    assert name_key("Anna-Karin Öberg") == name_key("anna karin oberg")
