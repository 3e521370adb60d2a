"""Swedish time expressions: text and a reference day in, closed days out. Imports no spaCy.

A scanner (`engine`) reads the masked text (`text`, `masks`) once; rules (`days`, `runs`, `weekdays`, `weeks`, `periods`,
`years`, `seasons`, `parts`, `nth`, `counted`, `relative`, `holidays`) give values; neighbours are joined to ranges
(`join`); the words around decide year (`tense`) and window (`windows`).
"""

from nlp.dates.reader import find_dates, parse_when
from nlp.dates.vague import find_vague

__all__ = ["find_dates", "find_vague", "parse_when"]
