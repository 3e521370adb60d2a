"""Municipalities in sentences: half of them are traps."""

import json
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from nlp.data import rows
from nlp.municipalities.finder import find_municipalities
from nlp.municipalities.gazetteer import by_name, municipalities, municipality_of_domain

PLACES = [
    ("Ett nytt servicekontor i Ånge kommun planeras till nästa år.", "Ånge"),
    ("Ånges kommunledning har svarat.", "Ånges"),
    ("Stockholms stad äger huset.", "Stockholms"),
    ("Borås kommun, Västerås stad och Höganäs kommun är tillfrågade.", "Borås|Västerås|Höganäs"),
    ("Borås Stads lokaler", "Borås"),
    ("ÅNGE KOMMUN, KOMMUNLEDNINGSKONTORET", "ÅNGE"),
    ("Falu kommun har tackat nej, Falun är däremot positivt.", "Falu|Falun"),
    ("Region Gotland återkommer.", "Gotland"),
    ("Kontoret på Gotland öppnar i vår.", "Gotland"),
    ("Målet prövas av domstolen i Vänersborg.", "Vänersborg"),
    ("Upplands Väsby kommun och Upplands-Bro kommun", "Upplands Väsby|Upplands-Bro"),
    ("Lokalen i Upplands\nVäsby är ledig.", "Upplands\nVäsby"),
    ("Lilla Edets kommun hyr ut.", "Lilla Edets"),
    ("Östra Göinge kommun och Malung-Sälens kommun", "Östra Göinge|Malung-Sälens"),
    ("Vi besökte Dals-Ed i går.", "Dals-Ed"),
    ("Dals-Eds kommun", "Dals-Eds"),
    ("Vi träffas i Vara på tisdag.", "Vara"),
    ("Vara kommun vill veta mer.", "Vara"),
    ("Kontoret i Boden öppnar.", "Boden"),
    ("Personalen från Boden deltar.", "Boden"),
    ("Resan går till Mora.", "Mora"),
    ("Kils kommun, Marks kommun och Eda kommun", "Kils|Marks|Eda"),
    ("En lokal i Mark.", "Mark"),
    ("Bergs kommun i Jämtland", "Bergs"),
    ("Karin Berg arbetar i Berg.", "Berg"),
    ("Erik Lund bor i Lund.", "Lund"),
    ("Lunds kommun", "Lunds"),
    ("Vi ses i Nora.", "Nora"),
    ("Salems kommun och Dorotea kommun", "Salems|Dorotea"),
    ("Sala, Heby och Enköping delar på ansvaret.", "Sala|Heby|Enköping"),
    ("Avesta, Hedemora och Säter", "Avesta|Hedemora|Säter"),
    ("kommunerna Ale, Lerum och Partille", "Ale|Lerum|Partille"),
    ("mellan Berg och Lund", "Berg|Lund"),
    ("Servicekontor Sala", "Sala"),
    ("Servicekontoret i Klippan är klart.", "Klippan"),
    ("Klippans kommun", "Klippans"),
    ("Ett kontor i Sandviken och ett i Köping.", "Sandviken|Köping"),
    ("Köpings kommun", "Köpings"),
    ("Trosa kommun svarar.", "Trosa"),
    ("Hallsberg och Hallstahammar", "Hallsberg|Hallstahammar"),
    ("Håbo kommun och Habo kommun förväxlas ofta.", "Håbo|Habo"),
    ("Ånge-kontoret blir försenat.", "Ånge"),
    ("sträckan Stockholm–Uppsala", "Stockholm|Uppsala"),
    ("kontoret i malmö", "malmö"),
    ("ånge kommun", "ånge"),
    ("Statens servicecenter Göteborg har flyttat.", "Göteborg"),
    ("Åre: lokalen är vald.", "Åre"),
    ("Hej Tranås!", "Tranås"),
    ("Norrköpings och Linköpings kommuner", "Norrköpings|Linköpings"),
    ("Bergs och Åre kommuner", "Bergs|Åre"),
    ("Kristinehamns kommun samt Filipstads", "Kristinehamns|Filipstads"),
    ("Möte med Växjös kommundirektör", "Växjös"),
    ("Vi väntar på Södertälje.", "Södertälje"),
    ("Lokalerna i Södertälje, Eskilstuna", "Södertälje|Eskilstuna"),
    ("(Lysekil)", "Lysekil"),
    ("Norbergs kommun och Falkenbergs kommun", "Norbergs|Falkenbergs"),
    ("i centrala Kiruna", "Kiruna"),
    ("Kontoret ligger i Laxå.", "Laxå"),
    ("Åmåls centrum och Ystads centrum", "Åmåls|Ystads"),
    ("Älvdalens kommun och Älvdalen", "Älvdalens|Älvdalen"),
    ("Vilhelmina kommun", "Vilhelmina"),
    ("Vi åker till Dorotea med buss.", "Dorotea"),
    ("i Ånge och hela Västernorrlands län", "Ånge"),
    ("Åre kommun har kontor i Järpen.", "Åre|Järpen"),
    ("Lokalen i Visby", "Visby"),
    ("Kontor i luleå och piteå", "luleå|piteå"),
    ("Trosa har tackat nej.", "Trosa"),
    ("Sala är en stad i länet.", "Sala"),
    ("Mötet i Göteborg Angered", "Göteborg"),
    ("i centrala Lund", "Lund"),
    ("Vi besöker Falkenberg.", "Falkenberg"),
]

TRAPS = [
    "Ange gärna vilken dag som passar.",
    "ANGE DIARIENUMMER",
    "Vara beredd på frågor. Boden är stor.",
    "Mark ska köpas in. Ale har ringt.",
    "Linköpings universitet och Stockholms universitet",
    "Uppsala län, Kalmar län och Örebro län",
    "Stockholms, Södermanlands och Uppsala län",
    "Kalmar och Jönköpings län",
    "Region Stockholm och Region Uppsala",
    "Malmö FF vann mot IFK Norrköping.",
    "Örebro SK, Mora IK och Timrå IK",
    "Karin Berg och Erik Lund deltog.",
    "Anna-Karin Berg och K. Lund",
    "Hälsningar Zeynep Berg",
    "Herr Berg och fru Lund",
    "Rektor Norberg hälsar.",
    "Nora ringer i morgon.",
    "Dorotea Lindgren och Nora Ek",
    "Vilhelmina Åberg",
    "Mark Johansson svarar.",
    "Berg och Lund Arkitekter",
    "Berg-Andersson har sökt dig.",
    "Familjen Berg",
    "Förvaltningsrätten i Härnösand",
    "Högskolan i Borås och Högskolan i Gävle",
    "Kammarrätten i Sundsvall",
    "Migrationsdomstolen i Luleå",
    "Falu rödfärg",
    "Falu tingsrätt",
    "Linköpings tingsrätt",
    "Umeå Energi AB",
    "Ånge Fastighets AB",
    "Stockholm Arlanda",
    "Hotell Mora",
    "Fastigheten Ånge 12:3 är till salu.",
    "Kvarteret Lund",
    "se https://www.example.se/Malmö för mer",
    "skriv till info@Lund.example",
    "Göteborgs-Posten skriver om det.",
    "Sundsvalls Tidning",
    "Stockholmsvägen 12",
    "Jag ringde Anders Kalmar.",
    "Lund, Erik",
    "Sala ni? frågade han.",
    "Säter och betesmark",
    "vara, mark, berg, lund, kil",
    "Kil och hammare",
    "Haboskolan och Moraskolan",
    "Uppsala domkyrkoförsamling",
    "Akademiska sjukhuset och Kalmar lasarett",
    "Malmö Live",
    "Stockholms handelskammare",
    "Norra Berg",
    "Sandviken är fin om sommaren.",
    "Trosa",
    "Kommunalrådet Berg säger nej.",
    "Enhetschef Lund",
    "Skicka det till Nora.",
    "Eda Öztürk har frågor.",
    "Salem Haddad ansvarar.",
    "Lunds universitet",
    "",
    "Hjo Mejeri och Jönköping University",
    "Växjö Lakers, Umeå BSKT och Mjölby Södra IF",
    "Ystads teater, Kalmar slott och Oskarshamns kärnkraftverk",
    "Hyres- och arrendenämnden i Sundsvall",
    "Stockholms, Göteborgs och Lunds universitet",
    "Hälsningar från Berg",
    "Familjen Solna och Tidningen Arboga",
    "Gamla Uppsala",
    "Torget 1, Kalix",
    "säl och sälen, ett visby",
]


def names(text: str) -> list[str]:
    return [mention.text for mention in find_municipalities(text)]


@pytest.mark.parametrize(("text", "expected"), PLACES)
def test_places_are_found_with_exact_spans(text: str, expected: str) -> None:
    assert names(text) == expected.split("|")


@pytest.mark.parametrize("text", TRAPS)
def test_what_only_looks_like_a_place_is_left(text: str) -> None:
    assert names(text) == []


def roles(text: str) -> list[tuple[str, str]]:
    return [(mention.name, mention.role) for mention in find_municipalities(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Box 12, 100 61 Stockholm", []),
        ("841 81 ÅNGE", []),
        ("SE-531 30 Vara", []),
        ("Torggatan 10, Ånge", []),
        ("Ånge, Torggatan 10, 841 81 Ånge", [("Ånge", "place")]),
        (
            "Stockholms, Göteborgs och Malmös storstadsområden",
            [("Stockholm", "metropolitan"), ("Göteborg", "metropolitan"), ("Malmö", "metropolitan")],
        ),
        ("Göteborgs storstadsområde", [("Göteborg", "metropolitan")]),
        (
            "storstäderna Stockholm, Göteborg och Malmö",
            [("Stockholm", "metropolitan"), ("Göteborg", "metropolitan"), ("Malmö", "metropolitan")],
        ),
        (
            "- Boden\n- Kiruna\n- Luleå\n- Piteå",
            [("Boden", "list"), ("Kiruna", "list"), ("Luleå", "list"), ("Piteå", "list")],
        ),
        ("Ånge och Åre", [("Ånge", "place"), ("Åre", "place")]),
    ],
)
def test_roles(text: str, expected: list[tuple[str, str]]) -> None:
    assert roles(text) == expected


def test_decomposed_letters_give_the_same_names_at_their_own_offsets() -> None:
    text = unicodedata.normalize("NFD", "Mötet i Ånge kommun och i Malmö.")
    found = find_municipalities(text)
    assert [mention.name for mention in found] == ["Ånge", "Malmö"]
    assert all(text[mention.start : mention.end] == mention.text for mention in found)
    assert unicodedata.normalize("NFC", found[0].text) == "Ånge"


def test_every_name_is_read_before_kommun_in_both_cases() -> None:
    for place in municipalities():
        for written in (place.genitive, place.genitive.upper()):
            found = find_municipalities(f"Lokalen hyrs av {written} kommun.")
            assert [(one.code, one.text) for one in found] == [(place.code, written)]


def test_a_locality_stands_for_its_municipality() -> None:
    found = find_municipalities("Visby och Järpen")
    assert [(one.name, one.rule) for one in found] == [
        ("Gotland", "municipality.locality"),
        ("Åre", "municipality.locality"),
    ]


def test_every_locality_lies_in_a_municipality_and_is_none_itself() -> None:
    for row in rows("localities.csv"):
        assert row["municipality"] in by_name()
        assert row["locality"] not in by_name()


def test_every_mention_names_its_rule() -> None:
    assert all(
        one.rule.startswith("municipality.") for one in find_municipalities("Ånge, Åre och Vara kommun")
    )


def test_all_290_with_codes_counties_and_unique_domains(shared: Path) -> None:
    reference = (shared / "reference" / "kommuner.csv").read_text(encoding="utf-8").splitlines()[1:]
    ours = [f"{one.code},{one.name},{one.county_code},{one.county}" for one in municipalities()]
    assert ours == reference
    assert len({one.domain for one in municipalities()}) == 290


@pytest.mark.parametrize(
    ("domain", "name"),
    [
        ("ange.se", "Ånge"),
        ("skola.ange.se", "Ånge"),
        ("ODESHOG.SE", "Ödeshög"),
        ("habo.se", "Håbo"),
        ("habokommun.se", "Habo"),
        ("malung-salen.se", "Malung-Sälen"),
        ("upplandsvasby.se", "Upplands Väsby"),
    ],
)
def test_mail_domains(domain: str, name: str) -> None:
    assert municipality_of_domain(domain) == by_name()[name]


def test_other_domains_are_nobodys() -> None:
    assert municipality_of_domain("ange.example") is None
    assert municipality_of_domain("se") is None


def test_names_load_no_spacy() -> None:
    code = "import sys, nlp.municipalities, nlp.people; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    "text", ["Ånge " * 4000, "Sala, " * 4000, "Berg-" * 4000, "A\u030a" * 9000, "(" * 20000]
)
def test_hostile_text_is_read(text: str) -> None:
    found = find_municipalities(text)
    assert all(text[one.start : one.end] == one.text for one in found)


def test_the_two_documents(shared: Path) -> None:
    for stem in ("ange-vidarebefordran", "pressmeddelande-28-servicekontor"):
        text = (shared / "seeds" / f"{stem}.txt").read_text(encoding="utf-8")
        expected = json.loads((shared / "seeds" / f"{stem}.expected.json").read_text(encoding="utf-8"))
        assert sorted({one.name for one in find_municipalities(text)}) == expected["municipalities"]
