"""The spaCy frame: its checks of itself, its tokenizer's bounds, its spans."""

from datetime import date

import pytest
from spacy.language import Language

from nlp.model import DateMention, Letter, Reading
from nlp.pipeline import COMPONENTS, LONGEST_TOKEN, build_pipeline
from nlp.reader import read_letter
from nlp.trained import name_model
from tests.unit.nlp.followup_sentences import NEGATIVE, POSITIVE
from tests.unit.nlp.test_followups_letters import ASKING, STATUS
from tests.unit.nlp.test_followups_sentences import SENDERS, rows


@pytest.fixture(scope="module")
def nlp() -> Language:
    return build_pipeline()


def test_the_pipeline_finds_no_fault_with_itself(nlp: Language) -> None:
    analysis = nlp.analyze_pipes()
    assert analysis is not None
    assert not any(analysis["problems"].values())
    assert tuple(nlp.pipe_names) == COMPONENTS


@pytest.mark.parametrize(
    "text", ["", " ", "å" * 1000, "hej " + "x" * 450 + " då\n\n", "a  b\n" * 3, "(" * 700]
)
def test_tokens_are_bounded_and_hold_the_text(nlp: Language, text: str) -> None:
    doc = nlp.make_doc(text)
    assert doc.text == text
    assert all(len(token) <= LONGEST_TOKEN for token in doc)


def test_tokens_are_words_signs_and_white_space(nlp: Language) -> None:
    doc = nlp.make_doc("Kl. 9, Ånge-kontoret\n Hej")
    assert [token.text for token in doc] == "Kl|.|9|,|Ånge|-|kontoret|\n|Hej".split("|")


def test_spans_and_entities(nlp: Language) -> None:
    doc = nlp.make_doc("Berit Sandell ringer Ånge kommun den 4 maj.")
    doc._.aterkom_letter = Letter(doc.text, date(2022, 3, 1))
    doc = nlp(doc)
    assert [span.text for span in doc.spans["people"]] == ["Berit Sandell"]
    assert {ent.label_ for ent in doc.ents} >= {"PERSON", "ORGANISATION", "DATE"}
    assert isinstance(doc._.aterkom_reading, Reading)


def test_a_bare_text_is_read_too(nlp: Language) -> None:
    doc = nlp("Kontoret i Vara")
    assert doc.spans["municipalities"][0].label_ == "MUNICIPALITY"


LETTERS = [
    *(Letter(text, date(2022, 3, 14), sender=SENDERS[row[0]]) for row in rows(POSITIVE) for text in row[2:]),
    *(Letter(text, date(2022, 3, 14), sender=SENDERS[sender]) for sender, text in rows(NEGATIVE)),
    *(
        Letter(text, date(2022, 3, 14), signature_start=at, sender=sender, automatic=automatic)
        for text in (
            ASKING,
            STATUS,
            f"{ASKING}\n\nMaja Ahl\nEnhetschef\n010-456 04 16\nmaja.ahl@statenssc.se",
        )
        for sender in (None, *SENDERS.values())
        for at in (None, len(ASKING))
        for automatic in (False, True)
    ),
]


def test_the_components_find_what_the_plain_reader_finds(nlp: Language) -> None:
    for letter in LETTERS:
        doc = nlp.make_doc(letter.body)
        doc._.aterkom_letter = letter
        assert nlp(doc)._.aterkom_reading == read_letter(letter, name_model()), letter.body


def test_their_spans_lie_over_what_the_plain_reader_finds(nlp: Language) -> None:
    doc = nlp.make_doc(ASKING)
    doc._.aterkom_letter = Letter(ASKING, date(2022, 3, 14))
    found = read_letter(Letter(ASKING, date(2022, 3, 14))).mentions
    dates = [one for one in found if isinstance(one, DateMention)]
    spans = [(span.start_char, span.end_char) for span in nlp(doc).spans["dates"]]
    assert len(dates) > 2
    assert all(any(a <= one.start and one.end <= b for a, b in spans) for one in dates)
