"""The people of one mail, each once: headers, signatures and words together. All of them are invented."""

from datetime import date

import pytest

from crm.address_book import AddressBook, PersonCard
from crm.reading import read_mail
from crm.readings import ReadingContext
from ingest.model import Mailbox
from nlp.model import PersonMention
from nlp.reader import Reader
from tests.mails import mail


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def people(raw: bytes, reader: Reader) -> dict[str, PersonCard]:
    cards = read_mail(raw, reader, ReadingContext(today=date(2021, 6, 9))).people
    assert len({card.name for card in cards}) == len(cards)
    return {card.name: card for card in cards}


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


@pytest.mark.parametrize(
    ("boxes", "name"),
    [
        (
            [
                ("Sjögren Ulf", "ulf.sjogren@ange.se"),
                ("Ulf Sjögren", None),
                (None, "ulf.sjogren@ange.se"),
            ],
            "Ulf Sjögren",
        ),
        (
            [("Ulf Sjogren", "ulf.sjogren@ange.se"), ("Sjögren, Ulf", "ulf.sjogren@ange.se")],
            "Ulf Sjögren",
        ),
        ([("U. Sjögren", "ulf.sjogren@ange.se"), ("Ulf Sjögren", None)], "Ulf Sjögren"),
        ([("Ulf", "ulf.sjogren@ange.se"), ("Ulf Sjögren", None)], "Ulf Sjögren"),
        ([("Anna Berg", "anna.berg@ange.se"), ("Anna-Karin Berg", None)], "Anna Berg"),
        ([("Eva Sandvik", "eva.sandvik@ange.se"), ("Eva Bergdal", "eva.sandvik@ange.se")], "Eva Sandvik"),
        ([(None, "asa.akerstrom@ange.se")], "Åsa Åkerström"),
        ([("Tomas Ö", "tomas.ostberg@ange.se"), ("Tomas Östberg", None)], "Tomas Östberg"),
    ],
)
def test_several_ways_to_write_one_person(boxes: list[tuple[str | None, str | None]], name: str) -> None:
    book = AddressBook()
    for box in boxes:
        book.add_mailbox(Mailbox(*box))
    assert [card.name for card in book.cards()] == [name]


def test_two_of_one_surname_are_two() -> None:
    book = AddressBook()
    for name, address in (
        ("Anna Berg", "anna.berg@ange.se"),
        ("Anna Karin Berg", "anna-karin.berg@ange.se"),
        ("Per Berg", None),
    ):
        book.add_mailbox(Mailbox(name, address))
    assert [card.name for card in book.cards()] == ["Anna Berg", "Anna Karin Berg", "Per Berg"]


def test_who_writes_through_a_function_is_a_person_without_its_address() -> None:
    book = AddressBook()
    book.add_mailbox(Mailbox("Anna Berg", "info@bergsmaleri.example"))
    book.add_mailbox(Mailbox("Hyresgästservice", "info@bergsmaleri.example"))
    assert [(card.name, card.addresses) for card in book.cards()] == [("Anna Berg", [])]


def test_a_hundred_namesakes_cost_no_more_than_others() -> None:
    book = AddressBook()
    for number in range(2_000):
        book.add_mailbox(
            Mailbox(f"Anna {chr(65 + number % 26)}{'abcdefghij'[number % 10]}son", f"a{number}@x.example")
        )
    assert len(book.cards()) <= 2_000


def test_a_letter_with_functions_lists_and_a_chain(reader: Reader) -> None:
    raw = mail(
        """Hej Jörgen,

Jag bollar frågan vidare till Petra Sundin som ansvarar för våra lokaler.

/Ann-Kristin

Ann-Kristin Hedström
Kanslichef
Strömsunds kommun
Box 500, 833 24 Strömsund
Tel 0670-161 02, vx 0670-161 00
ann-kristin.hedstrom@stromsund.se

Från: Wikman Jörgen
Skickat: den 8 juni 2021 15:01
Till: Hedström Ann-Kristin
Kopia: Lindqvist Pär <par.lindqvist@statenssc.se>; Etablering <etablering@statenssc.se>
Ämne: Lokal

Har ni hunnit titta på ritningarna?

Med vänlig hälsning
Jörgen Wikman
Etableringsledare
Telefon: 010-456 01 23
""",
        sender='"Hedström Ann-Kristin" <ann-kristin.hedstrom@stromsund.se>',
        to='"Wikman, Jörgen" <jorgen.wikman@statenssc.se>',
        cc=[
            '"Strömsund (Funktionsadress för kommun@stromsund.se)" <kommun@stromsund.se>',
            "Postlista KLF <postlista.klf@stromsund.se>",
        ],
    )
    found = people(raw, reader)
    assert set(found) == {"Ann-Kristin Hedström", "Jörgen Wikman", "Petra Sundin", "Pär Lindqvist"}
    assert found["Ann-Kristin Hedström"].phones == ["+4667016102"]
    assert found["Ann-Kristin Hedström"].title == "Kanslichef"
    assert found["Jörgen Wikman"].title == "Etableringsledare"
    assert found["Jörgen Wikman"].addresses == ["jorgen.wikman@statenssc.se"]


def test_a_signature_above_a_disclaimer_is_found_by_its_name(reader: Reader) -> None:
    text = (
        "Hej!\n\nMed vänlig hälsning\nBest regards\n\nBlerond Xhaferi (han)\nServicechef\n____________\nÖsthammars kommun\n"
        "Konfidentialitet: Detta meddelande kan innehålla sekretessbelagd information som inte får spridas vidare."
    )
    found = people(mail(text, sender="Xhaferi Blerond <blerond.xhaferi@osthammar.se>"), reader)
    assert found["Blerond Xhaferi"].title == "Servicechef"


def test_who_signs_for_a_function_is_found_by_the_title_below(reader: Reader) -> None:
    text = (
        "Hej!\n\nBeslutet bifogas.\n\nFör kommunstyrelsen\nGun-Britt Holmlund\nNämndsekreterare\n0930-140 00"
    )
    found = people(
        mail(text, sender="Kommunstyrelsen <ks@nordmaling.se>", to="Anna Ek <anna.ek@x.example>"), reader
    )
    assert found["Gun-Britt Holmlund"].title == "Nämndsekreterare"
    assert set(found) == {"Gun-Britt Holmlund", "Anna Ek"}


def test_a_list_that_the_headers_name_is_nobody(reader: Reader) -> None:
    headers = {"List-Id": "<malin.holm.listor.ange.se>", "List-Post": "<mailto:malin.holm@listor.ange.se>"}
    to = ["Malin Holm <malin.holm@listor.ange.se>", "Bo Ekdahl <bo.ekdahl@ange.se>"]
    found = people(
        mail("Hej!", sender="Anna Lindgren <anna.lindgren@statenssc.se>", to=to, headers=headers), reader
    )
    assert sorted(found) == ["Anna Lindgren", "Bo Ekdahl"]
    raw = mail("Hej!", sender="Siv Ek via KS Nytt <malin.holm@listor.ange.se>", to=to[1], headers=headers)
    assert sorted(people(raw, reader)) == ["Bo Ekdahl", "Siv Ek"]
