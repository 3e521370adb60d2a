"""Where each sentence of a letter stands, as the second opinion sees it: first or last, in a list, below which heading."""

import re
from collections.abc import Sequence

_POINT = re.compile(r"(?:[-–—*•·▪]|\(?\d{1,2}[.)]) ?\Z")
_WORD = re.compile(r"\w+")
_LEAST_SENTENCES = 3  # of fewer, the place says nothing
_NEAR = 8  # points below a heading
_LONGEST_HEADING = 120
_LOOK_BACK = 6
_ENDS = {0: "S:0", 1: "S:1"}

NOWHERE: frozenset[str] = frozenset()


def places(body: str, spans: Sequence[tuple[int, int]]) -> list[frozenset[str]]:
    """The features of the place of each sentence, in the order of `spans`; in linear time."""
    count = len(spans)
    if count < _LEAST_SENTENCES:
        return [NOWHERE] * count
    found, heading, since = [], NOWHERE, 0
    last = 0
    for at, (start, end) in enumerate(spans):
        listed = _listed(body, start, end)
        here = {_order(at, count), "S" + _gap(body[last:start]) if at else "S^"}
        if listed:
            here.add("S" + listed)
            here |= heading if at - since <= _NEAR else NOWHERE
        if body[end - 1] == ":":
            since = at
            heading = frozenset(
                "S=" + word for word in _WORD.findall(body[start:end][:_LONGEST_HEADING].lower())
            )
        found.append(frozenset(here))
        last = end
    return found


def _order(at: int, count: int) -> str:
    if at < 2:
        return _ENDS[at]
    return "S:l" if at == count - 2 else "S:L" if at == count - 1 else "S:m"


ORDERS = frozenset({*_ENDS.values(), "S:l", "S:L", "S:m"})  # one of them has every sentence of a letter


def _gap(between: str) -> str:
    return "¶" if between.count("\n") > 1 else "|" if "\n" in between else "_"


def _listed(body: str, start: int, end: int) -> str:
    """Whether it is a point of a list or a row of a table."""
    if _POINT.search(body, max(0, start - _LOOK_BACK), start):
        return "*"
    return "+" if "|" in body[start:end] or "\t" in body[start:end] else ""
