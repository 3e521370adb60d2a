"""Cells of a line: cut or filled to a width in terminal cells, numbers at the right of it."""

from textual.content import Content

from tui.text import line


def cell(text: str, width: int, style: str = "") -> Content:
    """`text` in exactly `width` cells."""
    return cell_of(line(text), width, style)


def figure(text: str, width: int, style: str = "") -> Content:
    """A number, or the name of a column of numbers, at the right of `width` cells and a gap behind it."""
    fitted = line(text)
    if fitted.cell_length < width:
        fitted = fitted.pad_left(width - fitted.cell_length)
    return cell_of(fitted, width + 2, style)


def cell_of(content: Content, width: int, style: str = "") -> Content:
    """`content` in exactly `width` cells."""
    fitted = content.truncate(width, ellipsis=True, pad=True)
    return fitted.stylize(style) if style else fitted
