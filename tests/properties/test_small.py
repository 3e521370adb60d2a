"""What is asked of words in lower case is found as if case were ignored, in any text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm import deeds, told
from ingest import html_quotes
from nlp import phones
from nlp.facts import steps
from nlp.spans import small

AS_WRITTEN = (told._NAME, told._WORD)
PATTERNS = [
    *(one for one in vars(told).values() if isinstance(one, re.Pattern) and one not in AS_WRITTEN),
    *(
        deeds._CONTACT,
        html_quotes._ANSWERED,
        html_quotes._COLOUR,
        html_quotes._IN_THE_TEXT,
        phones._OTHER_NUMBER,
        steps._LABEL,
    ),
]
# The words that patterns are made of, and letters that only look like ours.
WORDS = sorted({word for one in PATTERNS for word in re.findall(r"[a-zåäö]{2,}", one.pattern)})
pieces = st.one_of(
    st.sampled_from(WORDS), st.sampled_from("ı İ ſ \u212a å Å \u212b ß . , ? : - – 4 12 / \n".split(" "))
)
cased = st.tuples(pieces, st.sampled_from([str, str.upper, str.title])).map(lambda one: one[1](one[0]))
texts = st.lists(cased, max_size=14).map(" ".join) | st.text(max_size=40)


@given(texts)
def test_lower_case_is_as_good_as_ignoring_case(text: str) -> None:
    low = small(text)
    assert len(low) == len(text)
    for pattern in PATTERNS:
        ignoring = re.compile(pattern.pattern, pattern.flags | re.IGNORECASE)
        assert [one.span() for one in pattern.finditer(low)] == [
            one.span() for one in ignoring.finditer(text)
        ], pattern.pattern[:60]


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda one: one.pattern[:30])
def test_a_pattern_for_lower_case_holds_no_capital(pattern: re.Pattern[str]) -> None:
    bare = re.sub(r"\\[A-Z]|\(\?P<\w+>", "", pattern.pattern)
    assert bare == bare.lower()
    assert not pattern.flags & re.IGNORECASE


def test_the_colour_is_looked_for_as_ignoring_case_would() -> None:
    assert html_quotes.answers_in("SVAR NEDAN I RÖTT") == "red"
    assert html_quotes.answers_in("Se mina svar nedan, ſkrivna i Grönt.") == "green"
