"""Where in a message something stands: `body`, `subject`, or `attachment:N` for the text of document N."""

import re

_DOCUMENT = re.compile(r"attachment:([1-9]\d{0,8})")


def number_of(field: str) -> int | None:
    """Which document of its message a field names (1 for the first); None for body and subject."""
    found = _DOCUMENT.fullmatch(field)
    return int(found[1]) if found else None
