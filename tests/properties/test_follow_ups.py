"""Words in any order are read without an error: what is asked and promised is looked for in whatever people write."""

from datetime import date
from functools import cache

from hypothesis import example, given, settings
from hypothesis import strategies as st

from nlp.model import Letter, Party
from nlp.reader import Reader

ANNA = Party("Anna Ek", "anna.ek@ange.se", "Ånge kommun")
BO = Party("Bo Al", "bo.al@statenssc.se", "Statens servicecenter")
WORDS = (
    "kommer följer ska vi ni jag du er oss inte på fredag senast den 4 maj att om så och har kan får skickar återkommer "
    "det då v. 45 kl. 10 hos till före när som blir behöver tack svar ritningen mötet offert frågor nedan lämnas "
    "klart , . ? ! : / -"
).split()
sentence = st.lists(st.sampled_from(WORDS), min_size=1, max_size=7).map(" ".join)
letters = st.lists(st.tuples(sentence, st.sampled_from([". ", "? ", "\n", "\n- ", ":\n", ", "])), max_size=6)


@cache
def reader() -> Reader:
    """It takes a second to build."""
    return Reader()


@given(letters)
@example([("Kommer", ". ")])
@example([("Planen dröjer", ", "), ("kommer v. 39", ". ")])
@settings(max_examples=150)
def test_words_in_any_order_are_read(said: list[tuple[str, str]]) -> None:
    body = "".join(words + end for words, end in said)
    found = reader().read(Letter(body=body, reference=date(2022, 3, 14), sender=ANNA, recipients=(BO,)))
    assert all(body[one.start : one.end] == one.text for one in found.follow_ups)
