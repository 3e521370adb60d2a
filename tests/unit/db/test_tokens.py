"""The words and stems that both stores index."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.compounds import split
from db.stemming import stem
from db.tokens import has_letters, normalise, stems, tokens, words


@pytest.mark.parametrize(
    "forms",
    [
        "kontor kontoret kontoren kontorets kontorens",
        "servicekontor servicekontoret servicekontorens",
        "skola skolan skolor skolorna skolans",
        "verk verket verken verkets",
        "ärende ärendet ärenden ärendena",
        "rum rummet rummen",
        "protokoll protokollet protokollen",
        "möte mötet möten mötena",
        "enhet enheten enheter enheternas",
        "återkomma återkommer återkom återkommande",
        "kommun kommunen kommuner kommunernas",
        "Ånge Ånges",
    ],
)
def test_forms_of_a_word_have_one_stem(forms: str) -> None:
    assert len({stems(word).exact for word in words(forms)}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ånge", "ange"), ("lokal", "lokaltrafik"), ("hus", "hur"), ("plan", "plats"), ("öre", "ore")],
)
def test_other_words_have_another_stem(one: str, other: str) -> None:
    assert stems(words(one)[0]).exact != stems(words(other)[0]).exact


def test_the_folded_stem_is_the_same_with_and_without_letters() -> None:
    assert stems("ånge").folded == stems("ange").folded == stems("ange").exact


@pytest.mark.parametrize(
    ("word", "part"),
    [
        ("servicekontoret", "kontor"),
        ("servicekontoret", "service"),
        ("medborgarservicekontoren", "medborgare"),
        ("medborgarservicekontoren", "kontor"),
        ("tidplanen", "plan"),
        ("mötestiden", "tid"),
        ("hyresavtalet", "avtal"),
        ("kommunhuset", "hus"),
        ("förvaltningschefen", "chef"),
        ("lokalsökningen", "lokal"),
        ("öppettider", "tid"),
        ("verksamhetsutvecklare", "verksamhet"),
    ],
)
def test_a_compound_has_its_parts(word: str, part: str) -> None:
    assert stem(part) in stems(word).parts


@pytest.mark.parametrize(
    "word",
    ["förslag", "uppdrag", "kontakt", "Norrköping", "planering", "kommunikation", "Halmstad", "framtid"],
)
def test_what_only_looks_like_a_compound_has_none(word: str) -> None:
    assert stems(words(word)[0]).parts == ()


def test_nfd_is_read_as_nfc() -> None:
    assert words(unicodedata.normalize("NFD", "Återkom till Ånge")) == ["återkom", "till", "ånge"]


def test_a_soft_hyphen_parts_no_word() -> None:
    assert words("service\u00adkontor") == ["servicekontor"]


def test_accents_other_than_the_letters_are_dropped() -> None:
    assert words("Linné Müller Čapek Åsa Øst") == ["linne", "muller", "capek", "åsa", "øst"]


def test_letters_are_told_from_accents() -> None:
    assert [has_letters(word) for word in ("ånge", "ange", "linne")] == [True, False, False]


def test_what_is_no_word_parts_words() -> None:
    assert words("a.b@c.se 2021-10\x00Fi2024/02222 _x_ \ud800") == ["a", "b", "c", "se", "2021", "10", "fi2024", "02222", "x"]  # fmt: skip


def test_a_long_token_is_cut() -> None:
    assert [len(word) for word in words("a" * 5_000 + " b")] == [200, 1]


def test_places_are_those_in_the_normalised_text() -> None:
    text = normalise("Möte i A\u030ange")
    assert [text[token.start : token.end] for token in tokens(text)] == ["Möte", "i", "Ånge"]


def test_a_long_run_of_combining_marks_is_cut() -> None:
    assert len(normalise("a" + "\u0301\u0316" * 50_000)) <= 31


def test_a_very_long_text_is_cut() -> None:
    assert len(words("ord " * 100_000)) == 50_000


def test_splitting_ends_for_any_length() -> None:
    assert split("kontor" * 30 + "kont")[-1] == "kont"


@given(st.text())
def test_any_text_gives_words_without_spaces_and_quotes(text: str) -> None:
    for word in words(text):
        made = stems(word)
        for part in (made.exact, made.folded, *made.parts, *made.folded_parts):
            assert part
            assert not set(part) & set(" \t\n\"'\\*:()\0")


@given(st.text(alphabet="abcdeoröåäskntg", min_size=1, max_size=30))
def test_a_stem_is_its_own_stem(word: str) -> None:
    assert stem(stem(word)) == stem(word)
