"""Names, addresses and file names by their words, the same on both stores: å ä ö make no difference, nor does case.

The stores keep the words themselves (migration 0010): SQLite in the FTS5 table `name_text`, in which a row's id says what
it is of, PostgreSQL in indexes on an expression. Senders and recipients are those without an address.
"""

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, func, literal_column, select, table, text

from db.tokens import words

Kind = Literal["person", "organisation", "address", "sender", "to", "cc", "document"]

_NO_RINGS: Final = str.maketrans("åäö", "aao")  # what the stores leave of them
_SHORTEST_BEGINNING: Final = 3
_WORDS: Final = 12

_KIND_BITS, _PLACE_BITS, _COPY_BIT = 60, 20, 19
_OF_MESSAGES: Final = frozenset({"to", "cc", "document"})  # their places stand below the message's id
_BELOW: Final = (1 << _KIND_BITS) - 1
_NUMBERS: Final[dict[Kind, int]] = {
    "person": 0,
    "organisation": 1,
    "address": 2,
    "sender": 3,
    "to": 4,
    "cc": 4,
    "document": 5,
}
_PUNCTUATION: Final = r"[!-/:-@\[-`{-~]+"
_ACCENTED: Final = "ÅÄÖÉÈÊËÁÀÂÃÍÌÎÏÓÒÔÕÚÙÛÜÇÑÝåäöéèêëáàâãíìîïóòôõúùûüçñýÿ"
_PLAIN: Final = "AAOEEEEAAAAIIIIOOOOUUUUCNYaaoeeeeaaaaiiiioooouuuucnyy"
# Table, what is asked for, the words, and which rows the index holds.
_INDEXED: Final[dict[Kind, tuple[str, str, str, str]]] = {
    "person": ("person_name", "person_id", "name", "true"),
    "organisation": ("organisation", "id", "name || ' ' || coalesce(domain, '')", "true"),
    "address": ("address", "id", "address", "true"),
    "sender": ("message", "id", "from_name", "address_id IS NULL AND from_name IS NOT NULL"),
    "to": ("recipient", "message_id", "name", "address_id IS NULL AND name IS NOT NULL AND field = 'to'"),
    "cc": ("recipient", "message_id", "name", "address_id IS NULL AND name IS NOT NULL AND field = 'cc'"),
    "document": ("attachment", "message_id", "filename", "filename IS NOT NULL"),
}


class NameWord(NamedTuple):
    """A word of a name; `begins`: or any that begins like it."""

    word: str
    begins: bool


def name_words(typed: str, *, begins: bool = True) -> tuple[NameWord, ...]:
    """The words of what was typed, at most 12. With `begins` those of three letters or more may be beginnings.

    A `*` at the end makes the last word a beginning in any case.
    """
    found = [word.translate(_NO_RINGS) for word in words(typed)][:_WORDS]
    star = typed.rstrip().endswith("*")
    return tuple(
        NameWord(word, (begins and len(word) >= _SHORTEST_BEGINNING) or (star and at == len(found) - 1))
        for at, word in enumerate(found)
    )


Within = tuple[int, int]


def named(
    dialect: str, kind: Kind, asked: Sequence[NameWord], within: Within = (0, (1 << 40) - 1)
) -> Select[int]:
    """The ids of the people, organisations, addresses, or (for the other kinds) messages that have every word.

    An id may come several times. `asked` has a word at least. Only ids from the first to the last of `within` are
    looked at in SQLite; PostgreSQL gives all.
    """
    if dialect == "sqlite":
        return _in_sqlite(kind, asked, within)
    return _in_postgresql(kind, asked)


def _in_sqlite(kind: Kind, asked: Sequence[NameWord], within: Within) -> Select[int]:
    base = _NUMBERS[kind] << _KIND_BITS
    shift = _PLACE_BITS if kind in _OF_MESSAGES else 0
    first, last = within[0] << shift, ((within[1] + 1) << shift) - 1
    row = literal_column("rowid", Integer)
    matches = literal_column("name_text").bool_op("MATCH")(" AND ".join(map(_fts5, asked)))
    chosen = select(_id_in_sqlite(kind).label("id")).select_from(table("name_text"))
    chosen = chosen.where(matches, row.between(base + first, base + last))
    if kind in {"to", "cc"}:
        chosen = chosen.where(row.op(">>")(_COPY_BIT).op("&")(1) == int(kind == "cc"))
    return chosen


def _fts5(asked: NameWord) -> str:
    return f'"{asked.word}"{" *" if asked.begins else ""}'


def _id_in_sqlite(kind: Kind) -> ColumnElement[int]:
    if kind in _OF_MESSAGES:
        return literal_column(f"((rowid & {_BELOW}) >> {_PLACE_BITS})", Integer)
    return literal_column(f"(rowid & {_BELOW})", Integer)


def _in_postgresql(kind: Kind, asked: Sequence[NameWord]) -> Select[int]:
    name, ident, said, where = _INDEXED[kind]
    folded = f"lower(translate({said}, '{_ACCENTED}', '{_PLAIN}'))"
    vector = f"to_tsvector('simple'::regconfig, regexp_replace({folded}, '{_PUNCTUATION}', ' ', 'g'))"
    query = " & ".join(f"'{one.word}'{':*' if one.begins else ''}" for one in asked)
    matches = literal_column(vector).bool_op("@@")(
        func.to_tsquery(literal_column("'simple'::regconfig"), query)
    )
    chosen = select(literal_column(ident, Integer).label("id")).select_from(table(name))
    return chosen.where(matches, text(where))
