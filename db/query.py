"""What a person types into the search box, as terms. Every character is allowed, none is an operator but two:

quotes hold a phrase together, `*` at the end of a word finds all that begin like it. Words that are written
together ("Ånge-kommun", "2021-10", "a.b@c.se") are a phrase. All terms must be found.
"""

from dataclasses import dataclass

from db.tokens import fold, has_letters, stems, words

QUERY_CHARACTERS = 1_000
TERMS = 32


@dataclass(frozen=True, slots=True)
class Phrase:
    """Stems that follow one another; the last one may be only the beginning of a word."""

    stems: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """One of `phrases` must stand in the text: in its exact words, or in those without å, ä, ö (`folded`)."""

    phrases: tuple[Phrase, ...]
    folded: bool


def parse(query: str) -> tuple[Term, ...]:
    """The terms of a query, at most 32 of its first 1 000 characters; none if it has no word."""
    terms = []
    for number, piece in enumerate(query[:QUERY_CHARACTERS].split('"')):
        quoted = number % 2 == 1
        for group in (piece,) if quoted else piece.split():
            found = term(group)
            if found is not None and found not in terms:
                terms.append(found)
    return tuple(terms[:TERMS])


def term(group: str) -> Term | None:
    """The term of one word or phrase, None where it has no word; `*` at its end as above."""
    found = words(group)
    if not found:
        return None
    folded = not any(has_letters(word) for word in found)
    whole = Phrase(tuple(_stem(word, folded=folded) for word in found))
    if not group.rstrip().endswith("*"):
        return Term((whole,), folded)
    begun = fold(found[-1]) if folded else found[-1]
    return Term((Phrase((*whole.stems[:-1], begun), prefix=True), whole), folded)


def _stem(word: str, *, folded: bool) -> str:
    """As the index has it. A beginning longer than its stem ("kontore*") is also looked up as its stem."""
    made = stems(word)
    return made.folded if folded else made.exact
