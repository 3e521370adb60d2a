"""A view or screen that says in one line what it has done."""

from tui.asking import Asking
from tui.widgets.frame import Notice


class Saying(Asking):
    """Says it on the screen in sight."""

    def say(self, text: str) -> None:
        """One line above the keys."""
        for screen in reversed(self.app.screen_stack):
            for notice in screen.query(Notice):
                notice.say(text)
                return
