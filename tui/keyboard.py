"""What a keyboard can give: how a key is written, which are out of reach, and which of somebody's own can be had."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from tui.i18n import N_, _
from tui.keys import Key

# Typed with AltGr on a Swedish keyboard: out of reach for many hands, and some terminals swallow them.
ALTGR: Final = frozenset(
    "at pound_sign dollar_sign euro_sign left_curly_bracket right_curly_bracket left_square_bracket "
    "right_square_bracket backslash tilde vertical_line".split()
)
# tmux's prefix, what VS Code's terminal and Windows Terminal keep, and what a terminal itself makes of Ctrl.
EATEN: Final = frozenset(
    "ctrl+b ctrl+p ctrl+e ctrl+f ctrl+g ctrl+k ctrl+n ctrl+w ctrl+t ctrl+j ctrl+q ctrl+s ctrl+c ctrl+v "
    "ctrl+comma ctrl+plus ctrl+minus ctrl+0 ctrl+tab ctrl+shift+tab f1 f3 f5 f6 f10 f11 alt+f4 alt+enter "
    "shift+pageup shift+pagedown shift+insert ctrl+i ctrl+m ctrl+h ctrl+left_square_bracket".split()
)
_SHOWN: Final[dict[str, str]] = {
    "slash": "/",
    "question_mark": "?",
    "colon": ":",
    "escape": "Esc",
    "enter": "Enter",
    "space": N_("Space"),
    "plus": "+",
    "minus": "-",
    "comma": ",",
    "full_stop": ".",
    "quotation_mark": '"',
    "number_sign": "#",
    "asterisk": "*",
    "exclamation_mark": "!",
    "equals_sign": "=",
    "semicolon": ";",
    "apostrophe": "'",
    "underscore": "_",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "left_parenthesis": "(",
    "right_parenthesis": ")",
    "percent_sign": "%",
    "ampersand": "&",
    "at": "@",
    "pound_sign": "£",
    "dollar_sign": "$",
    "euro_sign": "€",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "backslash": "\\",
    "tilde": "~",
    "vertical_line": "|",
}
KEPT: Final = frozenset({"enter", "escape", "space", "up", "down", "tab", "shift+tab", "ctrl+q", "ctrl+c"})
"""What moves about in every place, and is given to nothing else."""


def shown(key: Key, keymap: Mapping[str, str]) -> str:
    """The key as people write it, with what somebody has put in its place."""
    if key.id not in keymap:
        return _(key.shown)
    return named(keymap[key.id].partition(",")[0])


_BY_WIDGETS: Final = {
    "Enter": "enter", "Space": "space", "Esc": "escape", "Tab": "tab", "F1": "f1", "Ctrl+P": "ctrl+p", "Ctrl+Q": "ctrl+q",
}  # fmt: skip
"""Keys that a list or a field answers itself, as people write them and as Textual names them."""


def pressed(key: Key, keymap: Mapping[str, str]) -> str | None:
    """Textual's name of the key that a click on its hint stands for; None where a hint is of several (`1–7`)."""
    bound = (keymap.get(key.id) or key.keys).partition(",")[0].strip()
    return bound or _BY_WIDGETS.get(key.shown)


def named(key: str) -> str:
    """Textual's name of a key as people write it: `Ctrl+Z`, `/`, `F2`."""
    *modifiers, last = key.strip().split("+")
    said = (
        _(_SHOWN[last])
        if last in _SHOWN
        else last.upper()
        if last[:1] == "f" and last[1:].isdigit()
        else last
    )
    if modifiers or (len(said) > 1 and last not in _SHOWN):
        said = said[:1].upper() + said[1:]
    return "+".join([*(modifier.capitalize() for modifier in modifiers), said])


def out_of_reach(keys: str) -> bool:
    """Whether no key of several (separated by commas) can be had everywhere on a Swedish keyboard."""
    each = [key.strip() for key in keys.split(",") if key.strip()]
    return not each or any(key.split("+")[-1] in ALTGR for key in each) or all(key in EATEN for key in each)


def taken(wanted: str, key: Key, place: Iterable[Key], keymap: Mapping[str, str]) -> Key | None:
    """The other key of the same place that `wanted` already does something for."""
    for other in place:
        keys = keymap.get(other.id, other.keys).split(",")
        if other.id != key.id and wanted in (name.strip() for name in keys):
            return other
    return None


def usable(
    keymap: Mapping[str, str], places: Iterable[Sequence[Key]], everywhere: Sequence[Key]
) -> tuple[dict[str, str], dict[str, str]]:
    """Of somebody's own keys those that work, and for each other its keys: unknown, out of reach or taken.

    `places`: the keys of each place. Two that changed places are in nobody's way.
    """
    whole = [(*keys, *everywhere) for keys in places]
    known = {key.id: key for keys in whole for key in keys if key.keys}
    good = {name: keys for name, keys in keymap.items() if name in known and not _wrong_keys(keys)}
    while (name := _clashing(good, known, whole)) is not None:
        del good[name]  # it has its own key again, which another may have been given
    return good, {name: keys for name, keys in keymap.items() if name not in good}


def _wrong_keys(keys: str) -> bool:
    return out_of_reach(keys) or any(key.strip() in KEPT for key in keys.split(","))


def _clashing(
    keymap: Mapping[str, str], known: Mapping[str, Key], places: Sequence[Sequence[Key]]
) -> str | None:
    return next(
        (name for name in sorted(keymap) if _clashes(known[name], keymap[name], places, keymap)), None
    )


def _clashes(key: Key, keys: str, places: Iterable[Sequence[Key]], keymap: Mapping[str, str]) -> bool:
    each = [one.strip() for one in keys.split(",")]
    here = [place for place in places if key in place]
    return any(taken(one, key, place, keymap) for place in here for one in each)
