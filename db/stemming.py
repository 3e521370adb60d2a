"""The Swedish stemmer of the index: Snowball by PyStemmer, taken until nothing changes, and two rules more.

One pass of Snowball makes servicekontor → servicekont but servicekontoret → servicekontor, so that the word
does not find itself. Snowball also leaves the definite forms skolan, verket, ärendet, protokollet alone, and
keeps the double m and n that Swedish writes only before an ending (rum, rummet; vän, vännen).
"""

import threading

import Stemmer

STEMMED_CHARACTERS = 60  # longer ones are no Swedish words but keys and base64

_VOWELS = frozenset("aeiouyåäö")
_SHORTEST = 3  # what a stem keeps at least
_STEMMERS = threading.local()


def is_swedish(word: str) -> bool:
    """Whether a word can be one of the language at all: letters alone, and not too many."""
    return len(word) <= STEMMED_CHARACTERS and word.isalpha()


def stem(word: str) -> str:
    """kontor, kontoret, kontoren, kontorets → kont; what is no Swedish word stays as it is."""
    if not is_swedish(word):
        return word
    stemmer = _stemmer()
    while (shorter := _once(stemmer, word)) != word:
        word = shorter
    return word


def _once(stemmer: Stemmer.Stemmer, word: str) -> str:
    stemmed: str = stemmer.stemWord(word)
    if stemmed.endswith(("an", "et")) and _can_stand(stemmed[:-2]):
        stemmed = stemmed[:-2]
    if stemmed.endswith(("mm", "nn")) and len(stemmed) > _SHORTEST:
        stemmed = stemmed[:-1]
    return stemmed


def _can_stand(rest: str) -> bool:
    """A word before its definite ending: ends in a consonant, and has a vowel; tidplan and talman have none."""
    if rest.endswith("pl") or (rest.endswith("m") and not rest.endswith("mm")):
        return False
    return len(rest) >= _SHORTEST and rest[-1] not in _VOWELS and not _VOWELS.isdisjoint(rest)


def _stemmer() -> Stemmer.Stemmer:
    """One for each thread: a stemmer of PyStemmer keeps state between calls."""
    found = getattr(_STEMMERS, "swedish", None)
    if found is None:
        found = _STEMMERS.swedish = Stemmer.Stemmer("swedish", 0)
    return found
