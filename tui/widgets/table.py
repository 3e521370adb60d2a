"""Cells of a line: cut or filled to a width in terminal cells."""

from textual.content import Content

from tui.text import line


def cell(text: str, width: int, style: str = "") -> Content:
    """`text` in exactly `width` cells."""
    fitted = line(text).truncate(width, ellipsis=True, pad=True)
    return fitted.stylize(style) if style else fitted
