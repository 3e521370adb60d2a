"""Display names of mailboxes: `Ekdahl Bo`, `Ek, Anna (KLF)`, `ANNA EK - It-enheten` → given name first.

The address beside the name settles the order where it can (given.surname@), the list of given names where
it cannot.
"""

import re
import unicodedata
from functools import lru_cache

from nlp.municipalities.gazetteer import by_name
from nlp.people.words import HONORIFICS, NAME_PART, PARTICLES, capitalise, is_function, is_given
from nlp.spans import fold

_LONGEST = 120
_BRACKETS = re.compile(r"[(\[{<][^()\[\]{}<>]{0,100}[)\]}>]")
_UNIT = re.compile(
    r"\s+[-–—|/•·]\s+.*|\s*[|/].*|\s+(?:via|på uppdrag av|on behalf of|för)\s.*|\s*[:;].*",
    re.IGNORECASE | re.DOTALL,
)
_SPLIT = re.compile(r"[._]")
_DIGITS = re.compile(r"\d+\Z")
_SURNAME = re.compile(
    r"(?i)(?:sson|son|sén|ström|berg|lund|qvist|kvist|gren|dahl|stedt|holm|man|mark|blad|feldt|ander|ić|ic|ski|ska|ov|ova|nen)\Z"
)
_DEGREES = frozenset("phd md msc bsc fd jr sr ii iii".split())


def given_first(name: str, address: str | None) -> str | None:
    """The person's name, given name first; None if it names no person (a function, a list, a house).

    `name` is a decoded display name, `address` the mail address beside it. Titles, bracketed units and what
    follows a dash are left out; capitals become ordinary.
    """
    return _given_first(name[:_LONGEST], (address or "").partition("@")[0][:_LONGEST])


@lru_cache(maxsize=4096)
def _given_first(name: str, local: str) -> str | None:
    """Kept, since one mailbox stands in many mails and is asked for in each of them several times."""
    plain = unicodedata.normalize("NFC", name).strip().strip("'“”’ " + '"')
    if not plain or "@" in plain or _is_bracketed_function(plain):
        return None
    bare = _UNIT.sub("", _BRACKETS.sub(" ", plain)).strip(" ,.-–")
    swapped = _is_swapped(bare)
    own = bare if swapped else bare.partition(",")[0]
    if not own or is_function(own):
        return None
    parts = _local_parts(local)
    tokens = _name_tokens(_turned(bare) if swapped else own.split())
    if not tokens or not _may_be_person(tokens, parts):
        return None
    return " ".join(tokens if swapped else _ordered(tokens, parts))


def _is_bracketed_function(name: str) -> bool:
    return any(re.search(r"(?i)funktion|brevlåd|lista", found) for found in _BRACKETS.findall(name))


def _local_parts(local: str) -> list[str]:
    return [_DIGITS.sub("", part) for part in _SPLIT.split(fold(local)) if part]


def _is_swapped(name: str) -> bool:
    """Whether `A, B` is surname, given name; else what follows the comma is a title or a unit."""
    left, _, right = name.partition(",")
    lefts, rights = left.split(), right.partition(",")[0].split()
    if not rights or len(rights) > 3 or not all(NAME_PART.match(part) for part in rights):
        return False
    if len(lefts) == 1 or (lefts and lefts[0].lower() in PARTICLES):
        return not is_given(lefts[0]) or is_given(rights[0])
    return is_given(rights[0]) and not is_given(lefts[0])


def _turned(name: str) -> list[str]:
    left, _, right = name.partition(",")
    return [*right.partition(",")[0].split(), *left.split()]


def _name_tokens(parts: list[str]) -> list[str]:
    """The words of a name, capitals made ordinary; empty if a word cannot be part of one."""
    words = [part.strip('"“”') for part in parts]
    while words and words[0].lower() in HONORIFICS:
        words = words[1:]
    while words and (words[-1].lower().strip(".") in _DEGREES or words[-1].isdigit()):
        words = words[:-1]
    if not 1 <= len(words) <= 6 or not all(NAME_PART.match(word) for word in words):
        return []
    shouting = all(word.isupper() or word.lower() in PARTICLES for word in words) and any(
        len(w) > 2 for w in words
    )
    whispering = all(word.islower() for word in words)
    if shouting or whispering:
        return [capitalise(word) for word in words]
    if any(word[0].islower() and word not in PARTICLES for word in words):
        return []
    return words


def _may_be_person(tokens: list[str], local: list[str]) -> bool:
    folded = [_key(token) for token in tokens]
    matched = sum(any(part == key for part in map(_key, local)) for key in folded)
    if len(tokens) == 1:
        return is_given(tokens[0])
    if matched >= 2 or any(is_given(token) for token in tokens):
        return True
    if any(token in by_name() for token in tokens) or any(
        token.isupper() and len(token) > 2 for token in tokens
    ):
        return False
    if not local:
        return all(token[0].isupper() or token in PARTICLES for token in tokens) and len(tokens) <= 4
    joined = "".join(map(_key, local))
    return any(len(key) > 2 and key in joined and key != joined for key in folded)


def _key(word: str) -> str:
    return fold(word).replace("-", "").replace("'", "").replace("’", "").strip(".")


def _ordered(tokens: list[str], local: list[str]) -> list[str]:
    if len(tokens) == 1:
        return tokens
    turn = _turn_by_address(tokens, local)
    if turn is None:
        turn = _turn_by_names(tokens)
    return tokens[turn:] + tokens[:turn]


def _turn_by_address(tokens: list[str], local: list[str]) -> int | None:
    """How many words of surname stand before the given name, as given.surname@ tells; None if it does not."""
    if len(local) < 2:
        return None
    keys = [_key(token) for token in tokens]
    first, last = _key(local[0]), _key(local[-1])
    if keys[0] == last and keys[-1] == first and is_given(tokens[0]) and not is_given(tokens[-1]):
        return 0
    for turn in range(len(keys)):
        turned = keys[turn:] + keys[:turn]
        starts = turned[0] == first or (len(turned) > 2 and turned[0] + turned[1] == first)
        if starts and (turned[-1] == last or turn == 0 or last in turned[1:]):
            wrong_way = is_given(tokens[-1]) and not is_given(tokens[0]) and turn == 0
            return None if wrong_way else turn
    return None


def _begins_given(token: str) -> bool:
    """Whether a hyphenated word begins with a given name: Per-Olov, whose second half the list may lack."""
    first, hyphen, _ = token.partition("-")
    return bool(hyphen) and is_given(first)


def _turn_by_names(tokens: list[str]) -> int:
    given = [is_given(token) for token in tokens]
    if not any(given):
        given = [_begins_given(token) for token in tokens]
    if given[0]:
        surname_like = (
            len(tokens) == 2
            and given[1]
            and bool(_SURNAME.search(tokens[0]))
            and not _SURNAME.search(tokens[1])
        )
        return 1 if surname_like and not is_given(tokens[0]) else 0
    if any(given[1:]):
        turn = given.index(True)
        return turn if all(given[turn:]) or _initials(tokens[turn + 1 :]) else 0
    if len(tokens[-1].strip(".")) == 1 and len(tokens[0]) > 1:
        return len(tokens) - 1
    if len(tokens) == 2 and _SURNAME.search(tokens[0]) and not _SURNAME.search(tokens[1]):
        return 1
    return 0


def _initials(tokens: list[str]) -> bool:
    return all(len(token.strip(".")) == 1 for token in tokens)
