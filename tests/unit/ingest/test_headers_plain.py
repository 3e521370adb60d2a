"""The short way through an ordinary header block finds what the long way finds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import headers
from ingest.headers import Headers, read_block
from ingest.limits import Budget, Limits

LINES = st.sampled_from(
    [
        b"Subject: Lokal",
        b"Subject : sv\xe5r",
        b"To: a@x.example,\r\n\tb@x.example",
        b"X-Empty:",
        b"X-Folded:  \n  ett \n\ttv\xc3\xa5 \r",
        b" folded under nothing",
        b"From someone Mon Jun  7 2021",
        b"no field at all",
        b"Date: 7 Jun 2021\r\r",
        b"",
        b"\r",
        b" \t",
        b"\0: x",
    ]
)


def by_the_long_way(raw: bytes, start: int, end: int) -> tuple[Headers, int, tuple[str, ...]]:
    budget = Budget(Limits())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(headers, "_plain_block", lambda *_: None)
        return *read_block(raw, start, end, budget), tuple(budget.problems)


@given(st.lists(LINES, max_size=8), st.sampled_from([b"\n", b"\r\n"]), st.integers(0, 3))
def test_both_ways_agree(lines: list[bytes], line_end: bytes, start: int) -> None:
    raw = line_end.join(lines) + line_end + b"\nHej: du\n\nSlut"
    budget = Budget(Limits())
    found, body = read_block(raw, start, len(raw), budget)
    assert (found, body, tuple(budget.problems)) == by_the_long_way(raw, start, len(raw))
