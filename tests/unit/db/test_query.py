"""What is typed into the search box, as terms."""

from db.query import Phrase, Term, parse


def test_words_are_terms_and_quotes_hold_together() -> None:
    assert parse('hyra "nytt kontor" Ånge') == (
        Term((Phrase(("hyr",)),), folded=True),
        Term((Phrase(("nytt", "kont")),), folded=True),
        Term((Phrase(("ång",)),), folded=False),
    )


def test_a_star_begins_a_word() -> None:
    assert parse("kontore*") == (Term((Phrase(("kontore",), prefix=True), Phrase(("kont",))), folded=True),)


def test_a_term_counts_once_and_their_number_is_bounded() -> None:
    assert len(parse("kontor kontoret KONTOR")) == 1
    assert len(parse(" ".join(f"a{number}" for number in range(100)))) == 32
