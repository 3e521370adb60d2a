"""The spaCy frame: its checks of itself, its tokenizer's bounds, its spans."""

from datetime import date

import pytest
from spacy.language import Language

from nlp.model import Letter, Reading
from nlp.pipeline import COMPONENTS, LONGEST_TOKEN, build_pipeline


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
