"""What a letter says of offices, sentence by sentence, and where nothing is said."""

from datetime import date

import pytest

from nlp.facts import find, find_facts
from nlp.model import Fact, Letter, Party
from nlp.municipalities.finder import find_municipalities
from nlp.reader import Reader
from tests.unit.nlp.fact_sentences import NEGATIVE, POSITIVE

REFERENCE = date(2022, 5, 10)
MAJA = Party("Maja Ahl", "maja.ahl@statenssc.se", "Statens servicecenter")
SENTENCES = [[cell.strip() for cell in line.split("|")] for line in POSITIVE.strip().splitlines()]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def letter(text: str, **said: object) -> Letter:
    return Letter(text, **{"reference": REFERENCE, "subject": "Servicekontor", "sender": MAJA, **said})  # type: ignore[arg-type]


def brief(fact: Fact) -> str:
    said = [fact.kind, fact.step, fact.status, fact.value, fact.municipality]
    if fact.kind == "step":
        said += [fact.side, str(fact.window_start or ".."), str(fact.window_end or "..")]
    return " ".join(one for one in (*said, fact.role) if one)


@pytest.mark.parametrize(("expected", "text"), SENTENCES)
def test_a_fact_is_found(reader: Reader, expected: str, text: str) -> None:
    assert "; ".join(brief(fact) for fact in reader.read(letter(text)).facts) == expected


@pytest.mark.parametrize("text", NEGATIVE.strip().splitlines())
def test_nothing_is_said(reader: Reader, text: str) -> None:
    assert [(brief(fact), fact.rule) for fact in reader.read(letter(text)).facts] == []


@pytest.mark.parametrize("text", [text for _, text in SENTENCES])
def test_every_fact_names_its_rule_and_its_sentence(reader: Reader, text: str) -> None:
    body = f"Hej!\n\n{text}\n\nVi hörs."
    for fact in reader.read(letter(body)).facts:
        assert fact.rule.startswith("fact.")
        assert 0 < fact.confidence < 1
        assert body[fact.start : fact.end] == fact.text == text


@pytest.mark.parametrize(("expected", "text"), [row for row in SENTENCES if ":" not in row[1]])
def test_a_line_end_makes_no_difference(reader: Reader, expected: str, text: str) -> None:
    body = "Vi kan berätta följande om läget just nu, som ser bra ut. " + text
    wrapped = body[:58] + body[58:].replace(" ", "\n", 1) if len(text) > 60 else body.replace(" ", "\xa0")
    assert "; ".join(brief(fact) for fact in reader.read(letter(wrapped)).facts) == expected


def test_a_sentence_that_said_nothing_before_is_read_as_if_it_were_new() -> None:
    texts = [*(text for _, text in SENTENCES), *NEGATIVE.strip().splitlines()]
    letters = [
        letter(text, subject=subject, sender=sender, reference=day)
        for text in texts
        for subject in (None, "Servicekontor")
        for sender in (None, MAJA, Party("Olle Bark", None))
        for day in (REFERENCE, date(2023, 1, 30))
    ]
    found = [find_facts(one, find_municipalities(one.body)) for one in letters]
    assert found == [afresh(one) for one in letters]
    assert any(found)


def afresh(one: Letter) -> list[Fact]:
    find._kept.cache_clear()
    return find_facts(one, find_municipalities(one.body))


def test_what_is_in_doubt_is_less_sure(reader: Reader) -> None:
    sure, doubted = (
        reader.read(letter(f"Invigningen blir {word}den 25 september.")).facts[0]
        for word in ("", "troligen ")
    )
    assert doubted.confidence < sure.confidence


def test_what_is_done_on_a_day_that_nobody_names_is_about_the_day_of_the_letter(reader: Reader) -> None:
    fact = reader.read(letter("Behovsanalysen är nu klar.")).facts[0]
    assert (fact.window_start, fact.window_end, fact.approximate) == (None, REFERENCE, True)


def test_automatic_mail_newsletters_and_signatures_say_nothing(reader: Reader) -> None:
    text = "Behovsanalysen blev klar den 2 maj."
    assert reader.read(letter(text, automatic=True)).facts == ()
    assert reader.read(letter(f"{text}\n\nAvregistrera dig från nyhetsbrevet här.")).facts == ()
    assert reader.read(letter(text, signature_start=0)).facts == ()
    assert len(reader.read(letter(text)).facts) == 1


def test_an_ordinary_letter_is_not_taken_apart() -> None:
    text = "Hej! Tack för senast. Jag återkommer på torsdag."
    assert find_facts(letter(text), ()) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "kontor" * 40_000,
        "(" * 9_000 + "lokal",
        "behovsanalysen är " * 9_000,
        "\x1b]52;kontor\x07" * 500,
        "i" * 150_000,
    ],
)
def test_any_text_can_be_read(text: str) -> None:
    assert find_facts(letter(text), ()) == []
