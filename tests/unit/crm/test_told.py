"""What one sentence of a letter does."""

import pytest

from crm.told import (
    answers,
    are_others,
    asks_back,
    deed,
    goes,
    meets,
    of_what,
    offers_a_time,
    only_thanks,
    states_a_day,
    told,
    topic,
)


@pytest.mark.parametrize(
    ("sentence", "does"),
    [
        ("Här är avtalsförslaget.", "gives"),
        ("Offerten bilägges.", "gives"),
        ("Den efterfrågade kalkylen ligger i excelfilen.", "gives"),
        ("Nedan hittar ni våra synpunkter.", "gives"),
        ("Anteckningarna finns nu på den gemensamma ytan.", "gives"),
        ("Vi har öppet 9-15.", "tells"),
        ("Fem dagar tack.", "tells"),
        ("Hur många räknar ni med?", "asks"),
        ("Det blir nog december innan ni har förslagen.", "later"),
        ("Ärendet bordlades i tisdags.", "later"),
        ("Avtalet ligger på kommunchefens skrivbord.", "later"),
        ("Tidplanen revideras just nu.", "later"),
        ("Vi behöver skjuta på det till v. 22.", "later"),
        ("Vi får höras igen efter lovet.", "later"),
        ("Ge oss några dagar till.", "later"),
        ("Ärendet kommer upp i nämnden på torsdag.", "later"),
        ("Upphandlingen pågår.", "later"),
        ("I lokalen står sex skrivbord.", "tells"),
        ("Det där är inte mitt bord, prata med Cia.", "refuses"),
        ("Tack för en givande träff i går!", "small"),
        ("Har du frågor är det bara att ringa, eller?", "small"),
        ("Ha en fin helg!", "small"),
    ],
)
def test_a_sentence_does_one_thing(sentence: str, does: str) -> None:
    assert deed(sentence) == does


def test_what_stands_below_the_sign_off_says_nothing() -> None:
    assert [one.text for one in told("Vi har valt ett.\n\nMed vänliga hälsningar\nCia\nHär är vi")] == [
        "Vi har valt ett."
    ]


@pytest.mark.parametrize(
    ("sentence", "question", "is_one"),
    [
        ("Åtta.", "Hur många skrivbord behöver ni?", True),
        ("Nej tack.", "Vill ni ha fler?", True),
        ("Med kommunen.", "Ska avtalet skrivas med kommunen eller bolaget?", True),
        ("Vaktmästaren har dem.", "Vem har nycklarna?", True),
        ("Kontaktperson blir Bo Ekdahl.", "Vem är er kontaktperson?", True),
        ("Uthyraren är också lärare.", "Vem har nycklarna?", False),
        ("Bussen gick aldrig.", "Var ligger lokalen?", False),
    ],
)
def test_an_answer_has_to_do_with_the_question(sentence: str, question: str, is_one: bool) -> None:
    (said,) = told(sentence)
    assert answers(said, question, topic(question)) is is_one


def test_a_proposed_day_is_an_offer_though_it_asks() -> None:
    offer, question = told("Funkar tisdagen den 28 september? Vet du vilket rum?")
    assert offers_a_time(offer)
    assert not offers_a_time(question)


def test_an_instruction_asks_nothing_back() -> None:
    assert not asks_back("Anmäl er i receptionen.")
    assert asks_back("Skicka gärna er adress.")


def test_to_be_somewhere_is_no_promise_of_a_thing() -> None:
    assert meets("Vi möter upp i receptionen.")
    assert not meets("Vi skickar listan.")


def test_thanks_and_a_name_are_thanks() -> None:
    assert only_thanks("Tack för det!\n\nCia Norberg")
    assert not only_thanks("Tack, fjorton.")


@pytest.mark.parametrize(
    ("sentence", "promised", "other"),
    [
        ("Här är vårt förslag till program för invigningen.", "Vi skickar ett förslag till avtal.", True),
        ("Här är vårt förslag till avtal om städning.", "Vi skickar ett förslag till avtal.", False),
        ("Här är förslaget.", "Vi skickar ett förslag till avtal.", False),
        ("Listan över lokaler bifogas.", "Ni får en lista på nycklar.", True),
    ],
)
def test_two_things_of_a_kind_are_told_apart_by_what_they_are_for(
    sentence: str, promised: str, other: bool
) -> None:
    assert are_others(of_what(sentence), of_what(promised)) is other


def test_what_was_handed_over_today_has_gone_to_the_reader() -> None:
    assert goes("I dag lämnade vi nyckelbrickorna i er reception.")
    assert not goes("I dag lämnade vi frågan till gatukontoret.")
    assert not goes("Vi lämnade frågan.")


def test_a_day_that_is_settled_is_no_promise_for_later() -> None:
    assert states_a_day("Vi tillträder den 1 september.")
    assert not states_a_day("Vi tar det på mötet den 1 september.")
    assert not states_a_day("Vi återkommer den 1 september.")
