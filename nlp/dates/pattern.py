"""Patterns that are compiled when they are first used: most starts of the program read no letter."""

import re
from collections.abc import Callable, Iterator
from functools import cached_property

Found = re.Match[str]


def holds(text: str, signs: tuple[str, ...]) -> bool:
    """Whether the text holds a sign: a look that spares most texts a search."""
    for sign in signs:  # noqa: SIM110  a generator takes twice the time, for every date of every mail
        if sign in text:
            return True
    return False


class Pattern:
    """A regular expression of standard library; each way of asking is looked up once."""

    def __init__(self, source: str) -> None:
        self.source = source

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self.source)

    @cached_property
    def match(self) -> Callable[..., Found | None]:
        return self.compiled.match

    @cached_property
    def fullmatch(self) -> Callable[..., Found | None]:
        return self.compiled.fullmatch

    @cached_property
    def search(self) -> Callable[..., Found | None]:
        return self.compiled.search

    @cached_property
    def finditer(self) -> Callable[..., Iterator[Found]]:
        return self.compiled.finditer

    @cached_property
    def findall(self) -> Callable[[str], list[str]]:
        return self.compiled.findall

    @cached_property
    def sub(self) -> Callable[[str | Callable[[Found], str], str], str]:
        return self.compiled.sub
