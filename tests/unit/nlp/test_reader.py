"""A letter read whole, and the two documents."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from nlp.model import DateMention, Letter, MunicipalityMention, Party, PersonMention, Reading, TextMention
from nlp.reader import LONGEST_TEXT, Reader

DAY = date(2022, 3, 1)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def people(reading: Reading) -> list[PersonMention]:
    return [one for one in reading.mentions if isinstance(one, PersonMention)]


def test_a_letter(reader: Reader) -> None:
    body = "Hej Elsa,\n\nvi återkommer om lokalen i Vara senast den 4 maj 2022 (dnr 2022-00123).\n\nBerit Sandell\nDivisionschef\n010-456 04 16"
    letter = Letter(
        body,
        DAY,
        subject="Servicekontor i Vara kommun",
        signature_start=body.index("Berit"),
        sender=Party("Sandell Berit", "berit.sandell@statenssc.se"),
        recipients=(Party("Elsa Holmgren", "elsa.holmgren@vara.se"),),
    )
    reading = reader.read(letter)
    assert [(one.name, one.title) for one in people(reading)] == [
        ("Elsa Holmgren", None),
        ("Berit Sandell", "Divisionschef"),
    ]
    assert [one.value_end for one in reading.mentions if isinstance(one, DateMention)] == [date(2022, 5, 4)]
    assert [one.label for one in reading.mentions if isinstance(one, TextMention)] == ["CASE", "PHONE"]
    assert [one.name for one in reading.subject_mentions if isinstance(one, MunicipalityMention)] == ["Vara"]
    assert [(one.kind, one.due_end) for one in reading.follow_ups] == [("commitment", date(2022, 5, 4))]
    assert all(body[one.start : one.end] == one.text for one in reading.mentions)


def test_a_person_hides_the_place_in_the_name_and_the_town_of_an_address_is_no_place(reader: Reader) -> None:
    reading = reader.read(Letter("Karin Berg bor på Torggatan 10, 841 81 Ånge.", DAY))
    places = [one for one in reading.mentions if isinstance(one, MunicipalityMention)]
    assert [one.name for one in people(reading)] == ["Karin Berg"]
    assert places == []


def test_no_date_inside_numbers(reader: Reader) -> None:
    reading = reader.read(Letter("Dnr 2021-05-1234 och 010-456 04 16 och box.2021@x.example", DAY))
    assert not [one for one in reading.mentions if isinstance(one, DateMention)]


@pytest.mark.parametrize("body", ["", "\ud800 i Vara", "x" * 3000, "a\x00b\x1b[31m", "Ånge " * 2000])
def test_hostile_bodies_are_read(reader: Reader, body: str) -> None:
    reading = reader.read(Letter(body, DAY, subject=body, signature_start=len(body)))
    assert all(body[one.start : one.end] == one.text for one in reading.mentions)


def test_only_the_first_part_of_a_very_long_body_is_read(reader: Reader) -> None:
    body = "." * LONGEST_TEXT + " i Vara"
    assert reader.read(Letter(body, DAY)).mentions == ()


def test_the_news_item(reader: Reader, shared: Path) -> None:
    stem = shared / "seeds" / "pressmeddelande-28-servicekontor"
    expected = json.loads(stem.with_suffix(".expected.json").read_text(encoding="utf-8"))
    reading = reader.read(Letter(stem.with_suffix(".txt").read_text(encoding="utf-8"), date(2021, 5, 27)))
    assert sorted({one.name for one in people(reading)}) == expected["people"]
    named = {one.name for one in reading.mentions if isinstance(one, MunicipalityMention)}
    assert sorted(named) == expected["municipalities"]


def test_the_letter_names_its_sender_and_its_coordinator(reader: Reader, shared: Path) -> None:
    stem = shared / "seeds" / "ange-vidarebefordran"
    expected = {
        one["name"]: one
        for one in json.loads(stem.with_suffix(".expected.json").read_text(encoding="utf-8"))["people"]
    }
    text = stem.with_suffix(".txt").read_text(encoding="utf-8")
    body = text[text.index("Hej,") :]
    sender = next(one for one in expected.values() if "title" in one)
    letter = Letter(body, date(2021, 6, 7), signature_start=body.rindex(sender["name"]))
    found = {one.name: one for one in people(reader.read(letter))}
    assert found.keys() == {one["name"] for one in expected.values() if "phones" in one}
    assert all(list(one.phones) == expected[name]["phones"] for name, one in found.items())
    assert (found[sender["name"]].title, found[sender["name"]].organisation) == (
        sender["title"],
        sender["organisation"],
    )


def test_a_quote_with_other_recipients_names_the_same_people(reader: Reader) -> None:
    body = "Hej Elsa,\n\nBerit ringer dig på måndag."
    sender = Party("Berit Sandell", "berit.sandell@statenssc.se")
    others = tuple(Party(f"Nils Nord{n}", f"nils.nord{n}@vara.se") for n in range(3))
    elsa = Party("Elsa Holmgren", "elsa.holmgren@vara.se")
    both = reader.read(Letter(body, DAY, sender=sender, recipients=(elsa, *others)))
    alone = reader.read(Letter(body, DAY, sender=sender))
    assert [one.name for one in people(both)] == ["Elsa Holmgren", "Berit Sandell"]
    assert [one.name for one in people(alone)] == ["Berit Sandell"]


def test_a_name_that_two_known_people_bear_is_nobodys(reader: Reader) -> None:
    body = "Anna ringer i morgon."
    annas = (Party("Anna Ek", "anna.ek@vara.se"), Party("Anna Ros", "anna.ros@vara.se"))
    assert people(reader.read(Letter(body, DAY, recipients=annas))) == []
    assert [one.name for one in people(reader.read(Letter(body, DAY, recipients=annas[:1])))] == ["Anna Ek"]


def test_the_reader_needs_no_spacy() -> None:
    code = (
        "import sys, nlp.reader; nlp.reader.Reader(); print('spacy' in sys.modules, 'numpy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
