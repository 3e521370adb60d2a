"""Text at the boundary of the store: what PostgreSQL refuses is replaced, one character by one, on both stores.

PostgreSQL takes no NUL and neither store takes half a surrogate pair. Each becomes U+FFFD, so that offsets
into the text stay right. The exact bytes of a mail are kept beside it, untouched.
"""

import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

_REFUSED = re.compile("[\x00\ud800-\udfff]")
_REPLACEMENT = "\ufffd"

KEY_CHARACTERS = 600  # of at most four bytes: PostgreSQL's B-tree refuses keys over 2 704 bytes
_KEPT = 500


def clean(text: str) -> str:
    """`text` without NUL and lone surrogates, of the same length."""
    if "\0" not in text and _is_unicode(text):
        return text
    return _REFUSED.sub(_REPLACEMENT, text)


def _is_unicode(text: str) -> bool:
    """Whether it has no half of a surrogate pair; a tenth of what looking for one by pattern takes."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def clean_all(texts: list[str | None]) -> list[str | None]:
    """`clean` of each, looked at all at once: nearly always there is nothing to replace."""
    whole = "".join(filter(None, texts))
    return texts if clean(whole) is whole else [None if text is None else clean(text) for text in texts]


def clean_json(value: Any) -> Any:
    """The same for every string in a JSON value, keys included; tuples become lists."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {clean(str(key)): clean_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [clean_json(item) for item in value]
    return value


def key_text(text: str) -> str:
    """`text` short enough for an index: over 600 characters its first 500 and the SHA-256 of the whole."""
    cleaned = clean(text)
    if len(cleaned) <= KEY_CHARACTERS:
        return cleaned
    return f"{cleaned[:_KEPT]}…{sha256(cleaned.encode()).hexdigest()}"


def key_texts(texts: list[str | None]) -> list[str | None]:
    """`key_text` of each."""
    cleaned = clean_all(texts)
    if all(text is None or len(text) <= KEY_CHARACTERS for text in cleaned):
        return cleaned
    return [None if text is None else key_text(text) for text in cleaned]
