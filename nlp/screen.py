"""A pattern behind a cheap look: most texts hold none of the words without which it cannot match."""

import re
from functools import cached_property


class Screened:
    """A pattern, compiled when a text first holds a sign, and the `signs`, in lower case, of which every match holds one.

    `low` is the text in lower case, which whoever asks for several patterns makes once.
    """

    def __init__(self, pattern: str, signs: str, flags: re.RegexFlag = re.IGNORECASE) -> None:
        self._source = pattern, flags
        self.signs = tuple(sign.replace("_", " ") for sign in signs.split())

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern itself."""
        return re.compile(*self._source)

    def found(self, text: str, low: str) -> bool:
        """Whether the pattern is found anywhere in the text."""
        return self.may_match(low) and self.pattern.search(text) is not None

    def may_match(self, low: str) -> bool:
        """Whether the text holds a sign."""
        for sign in self.signs:  # noqa: SIM110  a generator takes twice the time, for every sentence of every mail
            if sign in low:
                return True
        return False
