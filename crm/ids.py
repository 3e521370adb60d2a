"""Printed ids: a letter for the kind and the row's number, stable for the life of the store."""

from typing import Literal

from crm.errors import NotFound

Kind = Literal[
    "message",
    "thread",
    "follow-up",
    "office",
    "person",
    "organisation",
    "note",
    "decision",
    "absence",
    "search",
    "proposal",
    "issued",
]

_LETTERS: dict[Kind, str] = {
    "message": "m",
    "thread": "t",
    "follow-up": "f",
    "office": "k",
    "person": "p",
    "organisation": "o",
    "note": "n",
    "decision": "d",
    "absence": "a",
    "search": "s",
    "proposal": "c",
    "issued": "r",
}


def printed(kind: Kind, number: int) -> str:
    """`f12` for follow-up 12."""
    return f"{_LETTERS[kind]}{number}"


def number(kind: Kind, text: str) -> int:
    """The row's number of a printed id. Raises NotFound for what is no id of that kind."""
    letter, digits = text[:1].lower(), text[1:]
    if letter != _LETTERS[kind] or not digits.isascii() or not digits.isdigit() or len(digits) > 18:
        raise NotFound(kind, text)
    return int(digits)
