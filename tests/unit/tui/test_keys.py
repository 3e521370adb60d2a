"""The keymap as data: every key within reach, none twice in one place, each with words."""

from pathlib import Path

import pytest

from tui import keys, keys_register
from tui.keyboard import ALTGR, EATEN, KEPT, named, out_of_reach, shown, taken, usable
from tui.keys import EVERYWHERE, TYPING, Key
from tui.views import VIEW_KEYS, VIEWS, Place
from tui.widgets.rows import RowList

ROOT = Path(__file__).parents[3]
PLACES = [
    value
    for module in (keys, keys_register)
    for value in vars(module).values()
    if isinstance(value, tuple) and value and isinstance(value[0], Key)
]
ALL = [key for place in PLACES for key in place] + list(VIEW_KEYS)
BOUND = [key for key in ALL if key.keys]


@pytest.mark.parametrize("key", BOUND, ids=lambda key: key.id)
def test_no_key_needs_altgr_or_is_only_what_a_terminal_eats(key: Key) -> None:
    assert not out_of_reach(key.keys)


@pytest.mark.parametrize("place", VIEWS, ids=lambda place: place.id)
def test_no_key_does_two_things_in_one_place(place: Place) -> None:
    here = [*place.view.KEYS, *EVERYWHERE, *VIEW_KEYS]
    pressed = [key for item in here for key in item.keys.split(",") if key]
    assert len(pressed) == len(set(pressed))


def test_ids_are_unique_and_every_key_has_words() -> None:
    ids = [key.id for key in BOUND]
    assert len(ids) == len(set(ids))
    assert all(key.label and key.help and key.shown for key in ALL)


def test_the_seven_views_have_the_digits_that_were_agreed() -> None:
    agreed = {"follow-ups": "1", "mail": "2", "offices": "3", "contacts": "4", "register": "5", "search": "6", "mailboxes": "7"}  # fmt: skip
    assert all(agreed[place.id] == place.key for place in VIEWS)


def test_where_letters_are_typed_something_else_than_an_eaten_key_leads_out() -> None:
    assert any(key.id == "typing.back" and key.shown == "Esc" for key in TYPING)
    assert "escape" not in EATEN


def test_lists_are_moved_in_by_keys_that_cannot_be_taken() -> None:
    moving = {key.strip() for item in RowList.BINDINGS for key in str(getattr(item, "key", "")).split(",")}
    assert {"up", "down", "enter", "space"} <= moving & KEPT
    assert not moving & (ALTGR | EATEN)


@pytest.mark.parametrize(
    ("keys_", "wrong"),
    [("at", True), ("ctrl+b", True), ("ctrl+b,d", False), ("d", False), ("", True), ("d,backslash", True)],
)
def test_what_is_out_of_reach(keys_: str, wrong: bool) -> None:
    assert out_of_reach(keys_) is wrong


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("ctrl+z", "Ctrl+Z"),
        ("slash", "/"),
        ("f2", "F2"),
        ("d", "d"),
        ("space", "Mellanslag"),
        ("alt+d", "Alt+D"),
        ("at", "@"),
        ("vertical_line", "|"),
    ],
)
def test_keys_as_people_write_them(key: str, said: str) -> None:
    assert named(key) == said


def test_a_key_that_was_changed_is_shown_and_found_taken() -> None:
    done, dismiss = (key for key in keys.FOLLOW_UPS if key.id in {"follow-ups.done", "follow-ups.dismiss"})
    keymap = {dismiss.id: "d"}
    assert shown(dismiss, keymap) == "d"
    assert taken("d", done, keys.FOLLOW_UPS, keymap) == dismiss
    assert taken("a", done, keys.FOLLOW_UPS, keymap) is None


@pytest.mark.parametrize("key", BOUND, ids=lambda key: key.id)
def test_every_key_that_can_be_changed_is_in_the_docs(key: Key) -> None:
    assert f"| `{key.id}` |" in (ROOT / "docs" / "screen.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("place", VIEWS, ids=lambda place: place.id)
def test_every_key_of_a_view_is_in_the_docs(place: Place) -> None:
    text = (ROOT / "docs" / "screen.md").read_text(encoding="utf-8")
    assert [key.id for key in place.view.KEYS if key.keys and f"| `{key.id}` |" not in text] == []


@pytest.mark.parametrize(
    ("keymap", "good"),
    [
        ({"follow-ups.done": "d"}, {"follow-ups.done": "d"}),
        ({"follow-ups.done": "b"}, {}),
        ({"follow-ups.done": "a", "follow-ups.dismiss": "k"}, {"follow-ups.done": "a", "follow-ups.dismiss": "k"}),
        ({"follow-ups.accept": "k", "follow-ups.done": "a"}, {}),
        ({"app.undo": "j"}, {}),
        ({"app.undo": "at"}, {}),
        ({"app.undo": "escape"}, {}),
        ({"office.done": "d", "follow-ups.done": "d"}, {"office.done": "d", "follow-ups.done": "d"}),
        ({"no.such": "d"}, {}),
    ],
)  # fmt: skip
def test_of_ones_own_keys_those_in_nobodys_way_work(keymap: dict[str, str], good: dict[str, str]) -> None:
    places = [place.view.KEYS for place in VIEWS]
    assert usable(keymap, places, (*EVERYWHERE, *VIEW_KEYS)) == (
        good,
        {name: keys for name, keys in keymap.items() if name not in good},
    )
