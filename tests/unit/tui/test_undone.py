"""What an undo says that it took back."""

from types import SimpleNamespace
from typing import Any

import pytest

from tui.backend_home import Undone
from tui.undone import undone_said


def row(**facts: Any) -> Any:
    return SimpleNamespace(id="x1", **facts)


@pytest.mark.parametrize(
    ("undone", "said"),
    [
        (
            Undone("note", "add", (row(text="Nycklarna på måndag", office_name="Boden"),)),
            "Ångrat: tillägg. Borttaget igen: Boden, ”Nycklarna på måndag”.",
        ),
        (
            Undone("person", "merge", (row(name="Eva Ek"), row(name="Eva Eek"))),
            "Ångrat: slå samman. Som förut: Eva Ek och Eva Eek.",
        ),
        (Undone("thread", "join", (row(subject="Lokal"),)), "Ångrat: slå ihop. Som förut: Lokal."),
    ],
)
def test_what_was_undone_is_named(undone: Undone, said: str) -> None:
    assert undone_said(undone) == said
