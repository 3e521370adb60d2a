"""Which offices a message concerns, by which reason."""

from typing import Any

from crm.linking import OfficeLink, inherit, link_message
from nlp.model import MunicipalityMention, Reading

CODES = frozenset({"2260", "1782", "2582", "0180", "1381"})


def place(name: str, code: str, role: Any = "place") -> MunicipalityMention:
    return MunicipalityMention(name, 0, len(name), name, code, role)


ANGE = place("Ånge", "2260")


def reasons(addresses: list[str | None], **said: Any) -> list[tuple[str, str]]:
    return [(link.code, link.reason) for link in link_message(addresses, Reading(**said), CODES)]


def test_a_municipalitys_address_is_a_reason() -> None:
    assert reasons(["bo.ekdahl@ange.se", "anna@statenssc.se", None]) == [("2260", "address")]


def test_a_subdomain_is_the_municipalitys_too() -> None:
    assert reasons(["bo.ekdahl@edu.ange.se"]) == [("2260", "address")]


def test_a_mention_is_a_weaker_reason_than_the_subject() -> None:
    assert reasons([], mentions=(ANGE,)) == [("2260", "mention")]
    assert reasons([], mentions=(ANGE,), subject_mentions=(ANGE,)) == [("2260", "subject")]


def test_a_metropolitan_area_is_none() -> None:
    elsewhere = (place("Stockholms", "0180", "metropolitan"),)
    assert reasons([], mentions=elsewhere) == []


def test_a_list_of_many_is_about_none_of_them() -> None:
    many = (ANGE, place("Filipstad", "1782"), place("Boden", "2582"), place("Laholm", "1381"))
    assert reasons([], mentions=many) == []


def test_a_municipality_without_an_office_is_none() -> None:
    assert reasons(["bo@goteborg.se"], mentions=(place("Kiruna", "2584"),)) == []


def test_what_says_nothing_concerns_what_its_chain_does() -> None:
    link = OfficeLink("2260", "mention", "Ånge", 0.8)
    assert inherit([(), (link,)], [None, 0])[0] == (OfficeLink("2260", "chain", "Ånge", 0.7),)
    assert inherit([()], [None]) == [()]


def test_what_a_newsletter_names_is_no_reason() -> None:
    reading = Reading(mentions=(ANGE,), subject_mentions=(ANGE,))
    assert link_message(["bo.ekdahl@ange.se"], reading, CODES, automatic=True)[0].reason == "address"
    assert link_message([], reading, CODES, automatic=True) == ()
