"""The interface's two languages by gettext: English in the code, Swedish in the catalogue and by default.

`set_language` decides once for the process; LANG is not asked. Text is translated when it is shown, so that
tables of strings at module level are marked by `N_` and looked up later.
"""

from functools import lru_cache
from gettext import GNUTranslations, NullTranslations, translation
from pathlib import Path
from typing import Final, Literal, get_args

Language = Literal["sv", "en"]

LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
DEFAULT: Final[Language] = "sv"
DOMAIN: Final = "aterkom"
LOCALES: Final = Path(__file__).parent / "locale"


class _Current:
    language: Language = DEFAULT


def set_language(language: str) -> None:
    """From now on the interface speaks `language`; one that we do not have is ignored."""
    for known in LANGUAGES:
        if language == known:
            _Current.language = known


def language() -> Language:
    """The language that the interface speaks."""
    return _Current.language


@lru_cache
def _catalogue(language: Language) -> NullTranslations | GNUTranslations:
    if language == "en":
        return NullTranslations()
    return translation(DOMAIN, LOCALES, languages=[language], fallback=True)


def _(message: str) -> str:
    """`message` in the interface's language."""
    return _catalogue(_Current.language).gettext(message) if message else ""


def ngettext(one: str, many: str, n: int) -> str:
    """The form for `n` things."""
    return _catalogue(_Current.language).ngettext(one, many, n)


def pgettext(context: str, message: str) -> str:
    """`message` as it reads in `context`: one English word may be two Swedish ones."""
    return _catalogue(_Current.language).pgettext(context, message)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for a mark without effect
    """Marks `message` for the catalogue and gives it back untranslated."""
    return message
