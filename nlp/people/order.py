"""Which words of a name are the given ones: the address tells (given.surname@), else lists of names and their endings."""

import re
from collections.abc import Iterator, Sequence

from nlp.people.words import PARTICLES, is_given
from nlp.spans import fold

SURNAME = re.compile(
    r"(?i)(?:sson|son|sén|ström|berg|lund|qvist|kvist|quist|gren|dahl|stedt|holm|man|mark|blad|feldt|ander|löv|löf|vall|wall|ell|lin|"
    r"rup|gård|rsen|nsen|ić|ic|ski|ska|ov|ova|nen|oğlu|zadeh|idis|poulos)\Z"
)
# Given names that are common surnames as well: behind a name that no list has, they are that.
_ALSO_SURNAMES = frozenset(
    """abdi abdullahi ahmed ahmad ali amin aziz abbas abdi adan farah haile hassan hasan hussein hussain ibrahim isak ismail jama kamal karim
    khalid khan kidane mahmoud mahmood mohamed mohammed muhammed mohammad musa mustafa nasir nur nuur omar osman osmani rahman rahimi said
    saleh salim salem samir sharif suleiman tesfaye tekle warsame yohannes yusuf youssef martin simon thomas daniel alexander bengt jonas
    victor david nikola petrov ivan dahir elmi guled hersi hirsi aden bashir haddad hadi jafari kaya demir aslan yildiz""".split()
)
_SPLIT = re.compile(r"[._]+")
_DIGITS = re.compile(r"\d+\Z")
_BOTH, _INITIAL, _CODE = 4, 3, 2  # how much an address says: both names, an initial, the first signs of both


def local_parts(local: str) -> list[str]:
    """The words before the @, folded, without the number that tells namesakes apart."""
    return [bare for part in _SPLIT.split(fold(local)) if (bare := _DIGITS.sub("", part))]


def key(word: str) -> str:
    """A word of a name as it stands in an address."""
    return fold(word).replace("-", "").replace("'", "").replace("’", "").strip(".")


def ordered(tokens: list[str], local: Sequence[str]) -> list[str]:
    """The words of a name, the given ones first."""
    if len(tokens) == 1:
        return tokens
    turn = turn_by_address(tokens, local)
    if turn is None:
        turn = _turn_by_names(tokens)
    return tokens[turn:] + tokens[:turn]


def turn_by_address(tokens: Sequence[str], local: Sequence[str]) -> int | None:
    """How many words of surname stand before the given name, as the address tells; None if it does not."""
    if len(tokens) < 2 or not local:
        return None
    parts = [key(part) for part in local]
    best, found = 0, None
    for turn, given, surname in _readings([key(token) for token in tokens]):
        score = _score(given, surname, parts)
        if score > best:
            best, found = score, turn
    if found is None or _is_contradicted(tokens, found, parts):
        return None
    return found


def _readings(keys: list[str]) -> Iterator[tuple[int, list[str], list[str]]]:
    """Every way to part a name: (words of surname in front, given names, surnames)."""
    for size in range(1, len(keys)):
        yield 0, keys[:size], keys[size:]
    for turn in range(1, len(keys)):
        yield turn, keys[turn:], keys[:turn]


def _score(given: list[str], surname: list[str], parts: list[str]) -> int:
    if surname[-1] in PARTICLES:
        return 0
    firsts = {given[0], "".join(given)}
    lasts = {"".join(surname), surname[-1], "".join(word for word in surname if word not in PARTICLES)}
    lasts |= {surname[0]} - PARTICLES
    if len(parts) == 1:
        return _score_joined(parts[0], firsts, lasts)
    if not {parts[-1], "".join(parts[1:])} & lasts:
        return 0
    if parts[0] in firsts:
        return _BOTH
    return _INITIAL if len(parts[0]) <= 2 and given[0].startswith(parts[0][:1]) else 0


def _score_joined(local: str, firsts: set[str], lasts: set[str]) -> int:
    for last in lasts:
        if local in {first + last for first in firsts}:
            return _BOTH
        if local in {first[:1] + last for first in firsts}:
            return _INITIAL
    size = len(local) // 2
    begins = len(local) in {4, 6} and any(first[:size] == local[:size] for first in firsts)
    return _CODE if begins and any(last[:size] == local[size:] for last in lasts) else 0


def _is_contradicted(tokens: Sequence[str], turn: int, parts: Sequence[str]) -> bool:
    """An address may be surname.given@ as well: then the lists decide."""
    if len(tokens) != 2 or (turn == 0 and len(parts) == 1):
        return False
    first, last = tokens[turn], tokens[turn - 1]
    return is_given(last) and not is_given(first) and SURNAME.search(first) is not None


def _begins_given(token: str) -> bool:
    """Whether a hyphenated word begins with a given name: Per-Olov, whose second half the list may lack."""
    first, hyphen, _ = token.partition("-")
    return bool(hyphen) and is_given(first)


def _turn_by_names(tokens: list[str]) -> int:
    if len(tokens) == 2:
        turn = _turn_of_surname(*tokens)
        if turn is not None:
            return turn
    given = [is_given(token) for token in tokens]
    if not any(given):
        given = [_begins_given(token) for token in tokens]
    if given[0]:
        return 0
    if any(given[1:]):
        turn = given.index(True)
        return turn if all(given[turn:]) or _initials(tokens[turn + 1 :]) else 0
    if len(tokens[-1].strip(".")) == 1 and len(tokens[0]) > 1:
        return len(tokens) - 1
    if tokens[0].lower() in PARTICLES:
        return _noble_turn(tokens)
    surnames = [number for number, token in enumerate(tokens[:-1], 1) if SURNAME.search(token)]
    return surnames[-1] if surnames and not SURNAME.search(tokens[-1]) else 0


def _turn_of_surname(first: str, last: str) -> int | None:
    """Of two words one that is a given name and a surname, beside one that is no surname: Said Melvin, Billie Farah."""
    also = [key(word) in _ALSO_SURNAMES for word in (first, last)]
    if also == [False, True] and not SURNAME.search(first):
        return 0
    return 1 if also == [True, False] and is_given(last) and not SURNAME.search(last) else None


def _noble_turn(tokens: list[str]) -> int:
    """`von der Esch Malin`: the particles and the word behind them are the surname."""
    size = next((number for number, token in enumerate(tokens) if token.lower() not in PARTICLES), 0) + 1
    return size if size < len(tokens) else 0


def _initials(tokens: Sequence[str]) -> bool:
    return all(len(token.strip(".")) == 1 for token in tokens)
