"""Mentions as the contract has them: their values as JSON."""

from typing import Any

from nlp.model import DateMention, Mention, MunicipalityMention, PersonMention


def value_of(mention: Mention) -> dict[str, Any]:
    """`value` (and a date's `window`) of a mention, as JSON."""
    if isinstance(mention, DateMention):
        value = {
            "start": iso(mention.value_start),
            "end": iso(mention.value_end),
            "grain": mention.grain,
            "mod": mention.mod,
            "approximate": mention.approximate,
            "start_time": clock(mention.start_time),
            "end_time": clock(mention.end_time),
        }
        window = {"start": iso(mention.window_start), "end": iso(mention.window_end)}
        return {"value": value, "window": window}
    if isinstance(mention, MunicipalityMention):
        return {"value": {"name": mention.name, "code": mention.code, "role": mention.role}}
    if isinstance(mention, PersonMention):
        return {"value": {"name": mention.name}}
    return {"value": mention.value}


def clock(value: Any) -> str | None:
    """HH:MM, or None."""
    return value.strftime("%H:%M") if value is not None else None


def iso(value: Any) -> str | None:
    """A day or time in ISO 8601, or None."""
    return value.isoformat() if value is not None else None
