"""What is typed into the search, read into clauses. Pure; whatever is typed can be read, in linear time.

All clauses must hold; of a clause with several atoms (`OR`, `ELLER`) one must. An atom is a word or a phrase, or a known
operator with a value, each turned around by a `-` before it. All else, an unknown operator among them, is words.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from crm.folding import fold
from crm.searching.operators import OPERATORS, Operator
from db.query import QUERY_CHARACTERS, TERMS, term

_OR = frozenset({"OR", "ELLER"})
_SEVERAL_WORDS = frozenset({"date", "phone"})  # values that people write in several words
_MORE = 5

Reads = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Words:
    """A word or a phrase as it was typed; a `*` at its end stands for any ending."""

    text: str
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """An operator, how it was written, and its value without quotes."""

    operator: Operator
    written: str
    value: str
    negated: bool = False


Atom = Words | Field
Clause = tuple[Atom, ...]
Query = tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the text, `start` to `end`: a word, or what stands between quotes; `head` is the operator before it."""

    start: int
    end: int
    text: str
    quoted: bool = False
    negated: bool = False
    head: str | None = None


def parse(text: str, reads: Reads = lambda _takes, _value: False) -> Query:
    """The clauses of a search: of its first 1 000 characters at most 32 atoms, none if it has no word.

    `reads(takes, value)` says whether several words are one value of the kind that an operator takes ("v. 42").
    """
    clauses: list[Clause] = []
    joined = False
    pieces = list(scan(text))
    at = count = 0
    while at < len(pieces) and count < TERMS:
        if _joins(pieces, at) and clauses and not joined:
            joined, at = True, at + 1
            continue
        atom, at = _atom(pieces, at, reads)
        if atom is None:
            continue
        count += 1
        if joined:
            clauses[-1] = (*clauses[-1], atom)
        elif (atom,) not in clauses:
            clauses.append((atom,))
        joined = False
    return tuple(clauses)


def scan(text: str) -> Iterator[Piece]:
    """The pieces of the first 1 000 characters, in order."""
    text = text[:QUERY_CHARACTERS]
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        piece = _piece(text, at)
        yield piece
        at = piece.end


def _piece(text: str, start: int) -> Piece:
    negated = text[start] == "-" and start + 1 < len(text) and not text[start + 1].isspace()
    begun = start + negated
    if text[begun] == '"':
        return _quoted(text, start, begun, negated=negated, head=None)
    end = begun
    while end < len(text) and not text[end].isspace() and text[end] != '"':
        end += 1
    head, colon, value = text[begun:end].partition(":")
    known = colon and operator(head) is not None
    if known and not value and text[end : end + 1] == '"':
        return _quoted(text, start, end, negated=negated, head=head)
    if known and any(sign.isalnum() for sign in value):
        return Piece(start, end, value, negated=negated, head=head)
    return Piece(start, end, text[begun:end], negated=negated)


def _quoted(text: str, start: int, opened: int, *, negated: bool, head: str | None) -> Piece:
    """From quote to quote, or to the end; a `*` behind it belongs to its last word."""
    closed = text.find('"', opened + 1)
    end = len(text) if closed < 0 else closed + 1
    inner = text[opened + 1 : len(text) if closed < 0 else closed]
    if text[end : end + 1] == "*":
        return Piece(start, end + 1, f"{inner}*", quoted=True, negated=negated, head=head)
    return Piece(start, end, inner, quoted=True, negated=negated, head=head)


def _joins(pieces: list[Piece], at: int) -> bool:
    """Whether a piece stands for "one of the two": in capitals, without quotes; at the end its other is still to come."""
    piece = pieces[at]
    return at > 0 and piece.text in _OR and not (piece.quoted or piece.negated or piece.head)


def _atom(pieces: list[Piece], at: int, reads: Reads) -> tuple[Atom | None, int]:
    """The atom that begins with a piece, None for one without a word; and the piece behind it."""
    piece = pieces[at]
    known = operator(piece.head) if piece.head else None
    if known is None:
        found = Words(piece.text, piece.negated) if term(piece.text) is not None else None
        return found, at + 1
    value, behind = piece.text, at + 1
    if known.takes in _SEVERAL_WORDS and not piece.quoted:
        value, behind = _longest(pieces, at, known.takes, reads)
    if not any(sign.isalnum() for sign in value):
        return None, behind
    return Field(known, piece.head or "", " ".join(value.split()), piece.negated), behind


def _longest(pieces: list[Piece], at: int, takes: str, reads: Reads) -> tuple[str, int]:
    """The most words from here that are one value; the first alone if none are."""
    run = [pieces[at].text]
    for piece in pieces[at + 1 : at + 1 + _MORE]:
        if piece.quoted or piece.negated or piece.head or piece.text in _OR:
            break
        run.append(piece.text)
    for length in range(len(run), 1, -1):
        if reads(takes, " ".join(run[:length])):
            return " ".join(run[:length]), at + length
    return run[0], at + 1


def operator(head: str) -> Operator | None:
    """The operator of that name, in any case, with or without å ä ö."""
    return _by_word().get(fold(head)) if len(head) <= _longest_word() else None


@cache
def _by_word() -> dict[str, Operator]:
    return {fold(word): one for one in OPERATORS for word in one.words}


@cache
def _longest_word() -> int:
    return max(map(len, _by_word()))
