"""How names and subjects are written to be compared: case and diacritics make no difference. Pure, and loads no language."""

import unicodedata
from functools import lru_cache

# Letters of European names, each as Unicode takes it apart: one look instead of one for each sign of a text.
_BARE = {
    code: "".join(
        sign for sign in unicodedata.normalize("NFKD", chr(code)) if not unicodedata.combining(sign)
    )
    for code in range(0xC0, 0x180)
}


def fold(text: str) -> str:
    """Lower case without diacritics: how a name looks in an address (Ånge → ange)."""
    lower = text.lower()
    if lower.isascii() or (lower := lower.translate(_BARE)).isascii():
        return lower
    decomposed = unicodedata.normalize("NFKD", lower)
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


@lru_cache(8192)
def name_key(name: str) -> str:
    """Two spellings of one name share it: case, diacritics and hyphens make no difference."""
    return " ".join(fold(name).replace("-", " ").split())
