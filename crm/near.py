"""Whether one text is another that was cut or edited, by the runs of three words that they share. Pure."""

from crm.keys import normalised

SAME = 0.6  # of the shorter text's runs that the longer one has to hold
_NEARLY = 0.99  # of a text that stands whole in a longer one
_RUN = 3
_FEWEST = 6  # words below which nothing but equality counts
_MOST = 3_000  # words of a text that are looked at
_LONGEST = 40_000  # signs of it


def likeness(one: str, other: str) -> float:
    """1 for equal words; else the share of the shorter text's runs of words that stand in the longer one, 0 for too few.

    A quote that lost its tail, or had a line changed, keeps most of its runs; two letters of one sender and minute do
    not share any but the phrases of greeting.
    """
    left, right = (normalised(text[:_LONGEST]).split()[:_MOST] for text in (one, other))
    if left == right:
        return 1.0
    if min(len(left), len(right)) < _FEWEST:
        return 0.0
    runs, others = _runs(left), _runs(right)
    return min(len(runs & others) / min(len(runs), len(others)), _NEARLY)


def _runs(words: list[str]) -> set[tuple[str, ...]]:
    return set(zip(*(words[start:] for start in range(_RUN)), strict=False))
