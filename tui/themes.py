"""The three looks of the screen. Nothing is said by colour alone, so each may be chosen by taste or by eyes."""

from typing import Final

from textual.theme import Theme

from tui.i18n import N_

DARK: Final = Theme(
    name="aterkom-dark",
    primary="#5b8fb9",
    secondary="#8fa7bf",
    accent="#e0b267",
    foreground="#d9dee4",
    background="#12161b",
    surface="#1a2027",
    panel="#222a33",
    success="#7fb98a",
    warning="#e0b267",
    error="#e2777a",
    dark=True,
    variables={
        "block-cursor-background": "#2f5d86",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-blurred-background": "#29333e",
        "border-blurred": "#3d4a58",
    },
)
LIGHT: Final = Theme(
    name="aterkom-light",
    primary="#1f5f8b",
    secondary="#4a6580",
    accent="#8a5a00",
    foreground="#1c2126",
    background="#fbfbf9",
    surface="#f1f1ee",
    panel="#e4e6e6",
    success="#1f6b37",
    warning="#8a5a00",
    error="#a3262a",
    dark=False,
    variables={
        "block-cursor-background": "#cfe2f1",
        "block-cursor-foreground": "#101418",
        "block-cursor-blurred-background": "#e3e7ea",
        "border-blurred": "#b4bbc1",
    },
)
CONTRAST: Final = Theme(
    name="aterkom-contrast",
    primary="#ffffff",
    secondary="#ffffff",
    accent="#ffff00",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    success="#00ff66",
    warning="#ffff00",
    error="#ff8080",
    dark=True,
    variables={
        "block-cursor-background": "#ffff00",
        "block-cursor-foreground": "#000000",
        "block-cursor-blurred-background": "#4d4d4d",
        "border-blurred": "#b0b0b0",
    },
)
THEMES: Final = (DARK, LIGHT, CONTRAST)
NAMES: Final = {DARK.name: N_("Dark"), LIGHT.name: N_("Light"), CONTRAST.name: N_("High contrast")}
