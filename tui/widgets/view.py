"""What every view is: it loads when it comes into sight, takes the cursor, and says which keys work in it."""

from typing import ClassVar

from textual.message import Message
from textual.widget import Widget

from tui.asking import Asking
from tui.keys import TYPING, Key


class View(Asking):
    """One of the views under the tabs; `tui.views` lists them."""

    KEYS: ClassVar[tuple[Key, ...]] = ()
    """The keys of this place, for the bar at the bottom and the help."""
    version: str | None = None
    """Of the store, when it was last asked for what the view shows; None: not yet, or without an answer."""

    class Open(Message):
        """Show a letter, and `sentence` in it."""

        def __init__(self, message: str, sentence: str | None = None) -> None:
            super().__init__()
            self.message = message
            self.sentence = sentence

    class Said(Message):
        """Something to be said in the line above the keys."""

        def __init__(self, said: str) -> None:
            super().__init__()
            self.said = said

    class Changed(Said):
        """Something was decided; what stands at the top may be another."""

    class OpenOffice(Message):
        """Show the page of an office, by its id, code or name."""

        def __init__(self, office: str) -> None:
            super().__init__()
            self.office = office

    @property
    def keys(self) -> tuple[Key, ...]:
        """The keys that work where the cursor is now."""
        return self.KEYS

    @property
    def keys_typed(self) -> tuple[Key, ...]:
        """The keys that work in a field of the view, where letters are words."""
        return TYPING

    def load(self) -> None:
        """Asks for what it shows; called when it comes into sight and when the store has changed."""
        raise NotImplementedError

    def open_item(self, name: str) -> None:
        """Shows the page of one thing, by its printed id: the palette asks for it. Not every view has pages."""

    def put_focus(self, widget: Widget) -> None:
        """Puts the cursor there at once: what is typed on meanwhile is no key of where one was."""
        self.screen.set_focus(widget)

    def focus_first(self) -> None:
        """Puts the cursor where work begins."""
        raise NotImplementedError
