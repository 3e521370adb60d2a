"""The invisible marks of writing direction that Windows and Apple put around names and around each word of a date."""

_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))


def without_directions(text: str) -> str:
    return text if text.isascii() else text.translate(_MARKS)
