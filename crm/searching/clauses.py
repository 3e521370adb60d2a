"""The clauses of a search as conditions on a message."""

from crm.searching.conditions import Asked, Condition, any_of, in_words, turned
from crm.searching.fields import condition_of
from crm.searching.language import Atom, Clause, Field, Query, Words
from crm.searching.values import choice_of
from db.query import Term, term


def conditions(asked: Asked, query: Query) -> list[Condition]:
    """All of them must hold. The single words and phrases are one, which comes first. Raises SearchRefused."""
    plain = [clause[0] for clause in query if is_plain(clause)]
    words = [in_words(asked, _terms(*plain))] if plain else []
    return words + [_clause(asked, clause) for clause in query if not is_plain(clause)]


def is_plain(clause: Clause) -> bool:
    """Whether it is a word or phrase that must stand in the message."""
    return len(clause) == 1 and isinstance(clause[0], Words) and not clause[0].negated


def asks_for_notes(clause: Clause) -> bool:
    """Whether it is `har:anteckning` and nothing else."""
    first = clause[0]
    if len(clause) > 1 or not isinstance(first, Field) or first.negated or first.operator.name != "has":
        return False
    return choice_of(first) == "note"


def _clause(asked: Asked, clause: Clause) -> Condition:
    parts = [_atom(asked, atom) for atom in clause]
    return parts[0] if len(parts) == 1 else any_of(parts)


def _atom(asked: Asked, atom: Atom) -> Condition:
    made = in_words(asked, _terms(atom)) if isinstance(atom, Words) else condition_of(asked, atom)
    return turned(made) if atom.negated else made


def _terms(*atoms: Atom) -> list[Term]:
    return [found for atom in atoms if isinstance(atom, Words) and (found := term(atom.text))]
