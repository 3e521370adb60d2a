"""Swedish time expressions: text and a reference day in, closed days out. Imports no spaCy.

A scanner (`engine`) reads the masked text (`text`, `masks`) once; rules (`days`, `runs`, `weekdays`, `weeks`, `periods`,
`years`, `seasons`, `parts`, `nth`, `counted`, `relative`, `holidays`) give values; neighbours are joined to ranges
(`join`); the words around decide year (`tense`) and window (`windows`).

The rules are loaded when words are read: whoever only counts working days (`calendar`) does not wait for them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nlp.dates.reader import find_dates, parse_when
    from nlp.dates.vague import find_vague

__all__ = ["find_dates", "find_vague", "parse_when"]
_FROM = {
    "find_dates": "nlp.dates.reader",
    "find_vague": "nlp.dates.vague",
    "parse_when": "nlp.dates.reader",
}


def __getattr__(name: str) -> Any:
    if name not in _FROM:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_FROM[name]), name)
