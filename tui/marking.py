"""Words marked by the mouse are copied as everything else is: with a word said, and a file where a terminal takes none."""

from typing import TYPE_CHECKING, cast

from textual.actions import SkipAction

if TYPE_CHECKING:
    from textual.screen import Screen

    from tui.app import AterkomApp


class Marking:
    """For a screen, before its other bases: Ctrl+C copies what is marked there; with nothing marked it is no key of this place."""

    def action_copy_text(self) -> None:
        screen = cast("Screen[object]", self)
        marked = screen.get_selected_text()
        if not marked:
            raise SkipAction
        cast("AterkomApp", screen.app).copy(marked)
