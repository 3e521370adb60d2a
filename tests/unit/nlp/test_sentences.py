"""Where a sentence ends, in typed, pasted and wrapped Swedish."""

import pytest

from nlp.sentences import sentences

ONE = [
    "Vi öppnar bl.a. i Boden, t.ex. i stadshuset.",
    "Mötet börjar kl. 10.00 i sal B.",
    "Vi ses v. 42 i Ånge.",
    "Avtalet gäller fr.o.m. 1 maj t.o.m. 30 juni.",
    "Det blir senast den 7. juni.",
    "Det gäller ca. 300 kvm, dvs. hela planet.",
    "Se dnr. 2021/00123 i bilagan.",
    "Lokalen är 12.5 meter bred.",
    "Kontakta A. Lindgren eller P. G. Ek.",
    "Vi hörs den 4 okt. 2021 igen.",
    "Läs mer på www.example.se/a.b om detta.",
    "Skriv till anna.ek@kommun.example om detta.",
    "Kommunen m.fl. har svarat.",
    "Han sade (på mötet!) att det går.",
    "Enligt prop. 2020/21:1 ska det ske.",
    "1. Behovsanalys",
    "Kommer de verkligen? undrade hon.",
]
TWO = [
    ("Vi ses den 4 maj. Välkomna!", "Vi ses den 4 maj."),
    ("Passar v. 42? Vi kan även v. 43.", "Passar v. 42?"),
    ("Kontoret öppnar 2022. Det blir i Ånge.", "Kontoret öppnar 2022."),
    ("Vi har bord, stolar m.m. Skriv gärna.", "Vi har bord, stolar m.m."),
    ("Vi möts kl. 10. Ta med ritningen.", "Vi möts kl. 10."),
    ("Han sade ”ja.” Sedan gick han.", "Han sade ”ja.”"),
    ("Det är klart (enligt planen.) Vi hörs.", "Det är klart (enligt planen.)"),
    ("Se www.example.se. Där finns mer.", "Se www.example.se."),
    ("Den 4 okt. Vi ses då.", "Den 4 okt."),
    ("Vi hörs snart. återkom gärna.", "Vi hörs snart."),
    ("Det kostar 2 tkr. Vi betalar.", "Det kostar 2 tkr."),
    ("Vi väljer plan B. Den är bäst.", "Vi väljer plan B."),
    ("har ni hunnit läsa utkastet? vi behöver svar snart", "har ni hunnit läsa utkastet?"),
]


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize("text", ONE)
def test_a_stop_that_ends_nothing(text: str) -> None:
    assert "".join(split(text)).replace("1. ", "") == text.replace("1. ", "")
    assert len(split(text)) == 1


@pytest.mark.parametrize(("text", "first"), TWO)
def test_a_stop_that_ends(text: str, first: str) -> None:
    assert split(text) == [first, text[len(first) + 1 :]]


def test_a_blank_line_ends_a_heading() -> None:
    assert split("Tidplan för kontoret\n\nVi börjar i maj") == ["Tidplan för kontoret", "Vi börjar i maj"]


def test_bullets_and_numbers_are_taken_off() -> None:
    text = "Tider:\n- måndag 3 maj\n* tisdag 4 maj\n1) onsdag 5 maj\n2. torsdag 6 maj"
    assert split(text) == ["Tider:", "måndag 3 maj", "tisdag 4 maj", "onsdag 5 maj", "torsdag 6 maj"]


def test_a_line_that_begins_with_a_day_is_no_list() -> None:
    assert split("Vi ses den\n7. juni hos er.") == ["Vi ses den\n7. juni hos er."]


def test_wrapped_lines_are_one_sentence() -> None:
    text = (
        "Vi har nu gått igenom det underlag som ni skickade till oss i förra\n"
        "veckan och återkommer med besked om lokalen i Sundsvall senast i\n"
        "Oktober. Hör gärna av er."
    )
    first, second = split(text)
    assert first.startswith("Vi har nu")
    assert first.endswith("Oktober.")
    assert second == "Hör gärna av er."


def test_a_line_that_ends_with_a_small_word_goes_on() -> None:
    assert split("Vi återkommer till\nÅnge kommun.") == ["Vi återkommer till\nÅnge kommun."]


def test_greeting_and_closing_stand_alone() -> None:
    text = "Hej Anna,\nkan du svara i dag?\nMed vänlig hälsning\nBo Ek\nenhetschef"
    assert split(text)[:3] == ["Hej Anna,", "kan du svara i dag?", "Med vänlig hälsning"]


def test_lines_of_a_signature_are_apart() -> None:
    text = "Bo Ek\nEnhetschef\nÅnge kommun\nTel: 0690-25 01 00\nbo.ek@kommun.example"
    assert split(text) == text.split("\n")


def test_rows_of_a_table_are_apart() -> None:
    assert split("Ritning\t4 maj\nBygglov\t6 juni") == ["Ritning\t4 maj", "Bygglov\t6 juni"]


def test_long_lines_are_paragraphs() -> None:
    line = "Vi har gått igenom underlaget och tycker att det är bra men att det saknas en ritning över det andra planet"
    assert split(f"{line}\nVi hörs") == [line, "Vi hörs"]


@pytest.mark.parametrize("text", ["", " \n\n \t", "---\n***", "...", "\xa0"])
def test_nothing_is_no_sentence(text: str) -> None:
    assert sentences(text) == []


@pytest.mark.parametrize("piece", ["1. ", "a.b.", "v. ", "\n- ", '."', "A. ", " \n"])
def test_much_of_one_thing_is_read_to_its_end(piece: str) -> None:
    text = piece * 20_000 + "slut"
    assert sentences(text)[-1][1] == len(text)
