"""Whatever is typed into the search can be read, and asked of a store."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from crm.searching.language import Field, parse, scan
from crm.searching.operators import OPERATORS
from crm.searching.values import reads
from db.names import name_words, named
from db.query import QUERY_CHARACTERS, TERMS

TODAY = date(2021, 10, 18)
_PIECES = st.one_of(
    st.text(max_size=12),
    st.sampled_from([f"{word}:" for one in OPERATORS for word in one.words]),
    st.sampled_from(
        ['"', "-", "*", " ", "OR", "ELLER", ":", "v. 42", "i går", "0690-25 01 00", "'", "\\", "\0", "%"]
    ),
)
TYPED = st.lists(_PIECES, max_size=40).map("".join)


@given(TYPED)
def test_whatever_is_typed_can_be_read(typed: str) -> None:
    query = parse(typed, reads(TODAY))
    atoms = [atom for clause in query for atom in clause]
    assert len(atoms) <= TERMS
    assert all(any(sign.isalnum() for sign in atom.value) for atom in atoms if isinstance(atom, Field))


@given(TYPED)
def test_pieces_stand_one_after_another(typed: str) -> None:
    pieces = list(scan(typed))
    ends = [0, *(piece.end for piece in pieces)]
    assert all(
        piece.start >= end and piece.end > piece.start for piece, end in zip(pieces, ends, strict=False)
    )
    assert ends[-1] <= QUERY_CHARACTERS
    between = [typed[end : piece.start] for piece, end in zip(pieces, ends, strict=False)]
    assert all(not gap.strip() for gap in between)


@given(TYPED)
def test_names_are_quoted_safely(typed: str) -> None:
    words = name_words(typed)
    if words:
        made = named("sqlite", "person", words).compile(dialect=sqlite.dialect())
        (match,) = [value for value in made.params.values() if isinstance(value, str)]
        assert match.count('"') == 2 * len(words)
