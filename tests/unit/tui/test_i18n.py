import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import tui
from tui.i18n import _, language, ngettext, set_language

TUI = Path(tui.__file__).parent
PO = TUI / "locale" / "sv" / "LC_MESSAGES" / "aterkom.po"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
PLACE = re.compile(r"\{[a-z_]*\}")


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    yield
    set_language("sv")


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with PO.open("rb") as source:
        return read_po(source, locale="sv")


def msgids() -> set[str]:
    """Every first msgid in the code."""
    found = extract_from_dir(str(TUI), [("**.py", "python")], keywords=KEYWORDS)
    return {m[0] if isinstance(m, tuple) else m for _file, _line, m, _comments, _context in found} - {""}


def _texts(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


def test_every_string_of_the_code_is_in_swedish(catalogue: Catalog) -> None:
    known = {_texts(m.id)[0] for m in catalogue if m.id and all(_texts(m.string))}
    assert msgids() - known == set()


def test_nothing_is_left_over(catalogue: Catalog) -> None:
    assert {_texts(m.id)[0] for m in catalogue if m.id} - msgids() == set()


def test_nothing_is_fuzzy_and_placeholders_agree(catalogue: Catalog) -> None:
    assert [m.id for m in catalogue if m.id and (m.fuzzy or not _agrees(m))] == []


def _agrees(message: Message) -> bool:
    asked = set(PLACE.findall(_texts(message.id)[-1]))
    return all(set(PLACE.findall(text)) == asked for text in _texts(message.string))


def test_the_words_are_in_use(catalogue: Catalog) -> None:
    """What the agreed list of words says, the catalogue says."""
    agreed = {"Follow-ups": "Bevakningar", "We owe": "Vi ska", "They owe": "Vi väntar på", "Due now": "Aktuella nu", "Lapsed": "Inaktuell"}  # fmt: skip
    assert {english: catalogue[english].string for english in agreed} == agreed


def test_swedish_is_said_in_sentences(catalogue: Catalog) -> None:
    """What a word-for-word rendering or a telegram would say otherwise."""
    said = {
        "Assign to": "Tilldela till",
        "We owe them nothing that we know of.": "Inget känt som vi ska göra.",
        "They owe us nothing that we know of.": "Inget känt som vi väntar på.",
        "The option {name} is not used rightly: it needs a value.": "Växeln {name} behöver ett värde.",
        "There is no {kind} “{name}”.": "Det går inte att hitta {kind} ”{name}”.",
    }
    assert {english: catalogue[english].string for english in said} == said


def test_swedish_is_the_default_whatever_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    monkeypatch.setenv("LANGUAGE", "de")
    assert language() == "sv"
    assert _("Follow-ups") == "Bevakningar"
    assert ngettext("{n} follow-up", "{n} follow-ups", 2) == "{n} bevakningar"


def test_english_is_asked_for() -> None:
    set_language("en")
    assert _("Follow-ups") == "Follow-ups"
    set_language("klingon")
    assert language() == "en"
