"""Hurried mails: what is brought, asked and listed in few words; programs and good company owe nothing."""

from datetime import date

import pytest

from nlp.dates import find_dates
from nlp.followups import find_follow_ups
from nlp.model import Letter
from tests.unit.nlp.test_followups_sentences import REFERENCE, SENDERS, brief, read, rows

POSITIVE = """
municipality | commitment sender 2022-04-04 2022-04-10 | Vi kommer med ett prisförslag vecka 14.
municipality | commitment sender 2022-03-15 2022-03-15 | Hinner inte räkna på det nu, skickar siffrorna i morgon.
municipality | commitment sender .. .. | Jag uppdaterar listan.
municipality | request recipient 2022-04-04 2022-04-10 | Går det att få skisserna vecka 14?
municipality | request recipient .. 2022-04-01 | Har ni möjlighet att skriva under avtalet före den 2 april?
municipality | meeting both 2022-03-22 2022-03-22 | Har ni möjlighet att ses den 22 mars?
municipality | meeting both 2022-05-20 2022-05-20 | Vad säger ni om fredagen den 20 maj?
municipality | request recipient .. .. | Ni behöver montera ner era skyltar.
municipality | request recipient .. .. | Ni ansvarar själva för att anmäla flytten.
municipality | request recipient 2022-04-20 2022-04-20 | Ert yttrande till oss: 20 april
municipality | commitment sender .. .. | Under tiden preppar jag kravspecen.
municipality | request recipient .. .. | Någon behöver öppna åt hantverkarna.
municipality | request recipient .. .. | Programutkastet torde ni sända åt mig i god tid.
municipality | request recipient .. 2022-03-29 | Sammanträdet är den 31 mars. Bildspelet skickas till mig senast två arbetsdagar före sammanträdet.
landlord | commitment sender 2022-03-21 2022-03-27 | Väggen tas om hand av vår egen personal nästa vecka.
"""
NEGATIVE = """
municipality | Jag kommer med bussen på torsdag.
municipality | Vi måste flytta mötet den 22 mars, två av oss är sjuka.
municipality | Återkom om felet kvarstår.
municipality | Vi bjuder in till samråd i frågan.
municipality | Håkan blir er kontaktperson hos oss.
municipality | Golvläggarna räknar med att vara klara i april.
municipality | Fint att ni vill komma till oss.
municipality | Behöver ni nycklar får ni vända er till vaktmästaren.
municipality | Ta hand om er så hörs vi framöver.
municipality | Vi lovade er besked och det beklagar vi att ni inte har fått.
"""
PROGRAMS = [
    "Servicenytt nr 3 2022\n\nAnmäl dig till träffen den 4 april!\nVill du sluta få Servicenytt? Klicka här.",
    "Hej prenumerant!\nMissa inte vår konferens den 12 maj – boka din plats redan idag!",
    "Tack för att du kontaktar Lysekils kommun! Vi har tagit emot din fråga och svarar inom två arbetsdagar. Ärendenummer 2022-1122.",
]


@pytest.mark.parametrize(("sender", "expected", "sentence"), rows(POSITIVE))
def test_owed(sender: str, expected: str, sentence: str) -> None:
    assert [brief(one) for one in read(sentence, SENDERS[sender])] == [expected]


@pytest.mark.parametrize("line", NEGATIVE.strip().splitlines())
def test_not_owed(line: str) -> None:
    sender, sentence = line.split(" | ")
    assert read(sentence, SENDERS[sender]) == []


@pytest.mark.parametrize("text", PROGRAMS)
def test_programs_owe_nothing(text: str) -> None:
    assert read(text, SENDERS["municipality"]) == []


def test_a_dated_line_gives_its_day_to_the_points_below() -> None:
    text = "Kan ni senast den 6 april:\n- utse en kontaktperson\n- skicka en planskiss\n\nTack!"
    letter = Letter(body=text, reference=REFERENCE, sender=SENDERS["agency"])
    found = find_follow_ups(letter, find_dates(text, REFERENCE))
    assert [one.text for one in found] == ["utse en kontaktperson", "skicka en planskiss"]
    assert {one.due_end for one in found} == {date(2022, 4, 6)}


def test_times_below_a_line_are_one_meeting() -> None:
    text = "Tider som fungerar för oss:\n- tis 22/3 13-15\n- tors 24/3 9-10.30"
    letter = Letter(body=text, reference=REFERENCE, sender=SENDERS["municipality"])
    (found,) = find_follow_ups(letter, find_dates(text, REFERENCE))
    assert (found.kind, found.due_start, found.due_end) == ("meeting", date(2022, 3, 22), date(2022, 3, 24))
