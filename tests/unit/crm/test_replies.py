"""Replies that keep a promise in words that no rule knows, and those that only look like it."""

from datetime import date
from typing import Any

import pytest

from crm.keeping import keeps
from crm.promised import Letter, Promise
from crm.weighing import BIAS, learnt, signs, weights

OURS, THEIRS = "Statens servicecenter", "Ånge kommun"


def promise(text: str, **said: Any) -> Promise:
    ordinary: dict[str, Any] = {
        "kind": "commitment",
        "said": date(2021, 10, 4),
        "due_start": date(2021, 10, 11),
        "due_end": date(2021, 10, 15),
        "debtors": frozenset({THEIRS}),
        "creditors": frozenset({OURS}),
        "thread": 1,
        "text": text,
    }
    return Promise(**{**ordinary, **said})


def question(text: str) -> Promise:
    return promise(text, kind="request", due_start=None, due_end=None)


def reply(words: str, **said: Any) -> Letter:
    ordinary: dict[str, Any] = {
        "day": date(2021, 10, 13),
        "sender": THEIRS,
        "recipients": frozenset({OURS}),
        "words": words,
        "thread": 1,
    }
    return Letter(**{**ordinary, **said})


def thanks(words: str, **said: Any) -> Letter:
    return reply(words, sender=OURS, recipients=frozenset({THEIRS}), day=date(2021, 10, 16), **said)


BESKED = "Jag frågar fastighetschefen och återkommer nästa vecka."
MOUNTED = "Vi monterar hyllorna nästa vecka."


@pytest.mark.parametrize(
    "words",
    [
        "Ni får två platser på gården från den 1 november.",
        "Svaret är nej, av brandskäl.",
        "Han säger ja, kostnaden blir 400 kr i månaden.",
    ],
)
def test_what_tells_in_time_comes_back(words: str) -> None:
    assert keeps(promise(BESKED), reply(words)) is not None


@pytest.mark.parametrize(
    "words",
    [
        "Han är på tjänsteresa hela veckan.",
        "Jag har inte fått tag på honom.",
        "Han undrar hur många det gäller?",
        "En annan sak: hissen är avstängd på torsdag.",
        "Tack för ett trevligt möte!",
        "Det är svårare än vi trodde.",
        "Det gör jag.",
        "Tyvärr behöver vi skjuta på det till v. 42.",
        "Det har kommit annat emellan.",
        "Vi räknar med att vara klara i slutet av månaden.",
        "Ditt ärende har fått nummer 4711.",
    ],
)
def test_what_puts_off_excuses_or_speaks_of_something_else_does_not(words: str) -> None:
    assert keeps(promise(BESKED), reply(words)) is None


def test_what_was_to_be_done_is_reported() -> None:
    assert keeps(promise(MOUNTED), reply("Hyllorna är monterade och står i personalrummet.")) is not None
    assert keeps(promise(MOUNTED), reply("Hyllorna är packade men montören kom aldrig fram.")) is None


def test_whoever_waited_says_that_all_is_well() -> None:
    assert keeps(promise(MOUNTED), thanks("Hyllorna ser fina ut, bra jobbat!")) == "content"
    assert keeps(promise(MOUNTED), thanks("Hyllorna lutar fortfarande.")) is None
    assert keeps(promise(MOUNTED), thanks("Hyllorna ser fina ut, bra jobbat!", thread=2)) is None


def test_an_answer_may_be_followed_by_a_question_but_not_be_one() -> None:
    asked = question("Har ni öppet hela juli?")
    assert keeps(asked, reply("Vi stänger vecka 28 till 31. Hur gör ni?")) is not None
    assert keeps(asked, reply("Hur gör ni själva?")) is None


def test_when_is_answered_by_a_day_to_come() -> None:
    asked = question("När kan vi vänta oss ett beslut om skylten?")
    assert keeps(asked, reply("Nämnden fattar beslut den 12 november.")) is not None
    assert keeps(asked, reply("Vi återkommer om det den 12 november.")) is None


def test_a_letter_of_its_own_is_headed_by_what_it_answers() -> None:
    asked = question("Vilken adress ska stå på fakturan?")
    other = {"thread": 2, "subject": "Adress för fakturan"}
    assert keeps(asked, reply("Ange Box 12, 841 21 Ånge.", **other)) == "answered"
    assert keeps(asked, reply("Ställ frågan till ekonomi.", **other)) is None
    assert keeps(asked, reply("Ange Box 12, 841 21 Ånge.", thread=2, subject="Julkort")) is None


def test_a_letter_about_one_numbered_thing_answers_nothing_about_another() -> None:
    asked = promise(
        "Hur stor är lokal 2?", kind="request", due_start=None, due_end=None, subject="Lokal 2 i Ånge"
    )
    assert keeps(asked, reply("240 kvadratmeter.", thread=2, subject="Lokal 2 i Ånge")) is not None
    assert keeps(asked, reply("240 kvadratmeter.", thread=2, subject="Lokal 1 i Ånge")) is None


def test_words_that_begin_as_common_ones_name_things() -> None:
    owed = promise("Vi lämnar ett underlag senast den 15 oktober.", due_start=None)
    words = "Bifogat finns underlaget i två versioner."
    assert keeps(owed, reply(words, thread=2, subject="Underlag", files=("Underlag.pdf",))) is not None


def test_what_comes_months_later_is_no_reply() -> None:
    assert keeps(promise(BESKED), reply("Svaret är nej, av brandskäl.")) == "replied"
    assert keeps(promise(BESKED), reply("Svaret är nej, av brandskäl.", day=date(2021, 12, 10))) is None


def test_names_are_no_words_to_learn_from() -> None:
    found = signs(promise(BESKED), reply("Han heter Torsten Kvist."), None)
    assert not any("torsten" in sign or "kvist" in sign for sign in found)


def test_weights_are_written_in_hundredths_without_those_of_nothing() -> None:
    assert learnt([("w b", 0.004), ("w a", -1.239)]) == "w a\t-124\n"
    assert BIAS in weights() or len(weights()) > 100
