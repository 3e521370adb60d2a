"""Display names of mailboxes: `Ekdahl Bo`, `Ek, Anna (KLF)`, `ANNA EK - It-enheten` → given name first.

The address beside the name settles the order where it can (given.surname@), the list of given names where
it cannot.
"""

import re
import unicodedata
from functools import lru_cache

from nlp.municipalities.gazetteer import by_name
from nlp.people.namesakes import bears, is_named_after
from nlp.people.order import SURNAME, key, local_parts, ordered, turn_by_address
from nlp.people.titles import is_post
from nlp.people.words import (
    HONORIFICS,
    NAME_PART,
    PARTICLES,
    capitalise,
    given_spelling,
    is_function,
    is_given,
    is_noun,
    surname_spelling,
)

_LONGEST = 120
_BRACKETS = re.compile(r"[(\[{<][^()\[\]{}<>]{0,100}[)\]}>]")
_UNIT = re.compile(
    r"\s+[-–—|/•·]\s+.*|\s(?:f\.?\s?d\.?|född)\s.*|\s*[|/].*|\s+(?:via|på uppdrag av|on behalf of|för|hos|at|@)\s.*|\s*;.*|\s*:(?![^\W\d_]*son\b).*",
    re.IGNORECASE | re.DOTALL,
)
_SHORT_POSTS = frozenset(
    "vaktm sekr ing ekon proj projl adm ordf handl bitr chef verks samordn adj lokalv".split()
)
_SEMICOLON = re.compile(r"^([^\W\d_]+);\s([^\W\d_]+)$")
_DOTTED = re.compile(r"[^\W\d_]{2,30}(?:\.[^\W\d_-]{2,30}){1,2}")
_DEGREES = frozenset("phd md msc bsc fd jr sr ii iii".split())
_DOTTED_HONORIFICS = frozenset(
    word for word in HONORIFICS if word.endswith(".")
)  # stand inside a name as well
_MOST_WORDS = 8  # of a display name in which a person's is looked for
_QUOTES = "\"'“”’"
_ABBREVIATION = 5  # letters of the longest unit that stands bare behind a name: Anna Ek KLF


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
    if not plain or "@" in plain.strip("@") or _is_bracketed_function(plain):
        return None
    parts = local_parts(local)
    plain = _SEMICOLON.sub(r"\1, \2", plain)
    bare = _UNIT.sub("", _BRACKETS.sub(" ", plain)).strip(" ,.-–'’")
    swapped = _is_swapped(bare)
    own = bare if swapped else bare.partition(",")[0]
    if _DOTTED.fullmatch(own):
        own = own.replace(".", " ")
    if not own or is_function(own) or is_named_after(own):
        return _beside_address(own, parts)
    tokens = _without_place(_name_tokens(_turned(bare) if swapped else own.split()), parts)
    if (
        len(tokens) == 1
        and len(parts) == 2
        and key(tokens[0]) == parts[1]
        and (given := given_spelling(parts[0]))
    ):
        return f"{given} {tokens[0]}"
    tokens = _completed(tokens, parts)
    if not tokens or not _may_be_person(tokens, parts):
        return _beside_address(own, parts)
    if len(tokens) == 1 and not is_given(tokens[0]):
        tokens = [*tokens, surname_spelling(parts[1])]
    return " ".join(tokens if swapped else ordered(tokens, parts))


def name_of_address(address: str) -> str | None:
    """The name that given.surname@ spells, å ä ö restored where that is sure; None where it spells none."""
    parts = address.partition("@")[0].replace("_", ".").split(".")
    words = [word.rstrip("0123456789") for word in parts]
    if not 2 <= len(words) <= 3 or not all(NAME_PART.match(word) and len(word) > 1 for word in words):
        return None
    given = _spelt(words[0])
    if given is None or any(is_noun(word) for word in words[1:]):
        return None
    return " ".join([given, *(surname_spelling(word) for word in words[1:])])


def is_address_of(name: str, local: str) -> bool:
    """Whether what stands before the @ spells this name, given name first."""
    return turn_by_address(name.split(), local_parts(local)) == 0


def _spelt(folded: str) -> str | None:
    halves = [given_spelling(half) for half in folded.split("-")]
    return "-".join(half for half in halves if half) if all(halves) else None


def _beside_address(words: str, parts: list[str]) -> str | None:
    """The words of a longer name that the address holds as well: `Anna Ek Ånge kommun` <anna.ek@…>."""
    tokens = words.split()
    if not parts or not 2 <= len(tokens) <= _MOST_WORDS:
        return None
    for size in range(2, min(4, len(tokens)) + 1):
        for start in range(len(tokens) - size + 1):
            some = _name_tokens(tokens[start : start + size])
            turn = turn_by_address(some, parts) if len(some) == size else None
            beside = [*tokens[max(0, start - 1) : start], *tokens[start + size : start + size + 1]]
            whole = size == len(tokens) and is_named_after(words)
            if turn is not None and len(parts) == 1 and (whole or any(map(bears, beside))):
                return None
            if turn is not None and _is_somebody(turned := some[turn:] + some[:turn]):
                return " ".join(turned)
    return None


def _is_somebody(tokens: list[str]) -> bool:
    """Whether no word is a function's; a surname may look like one (Kontorsson) behind a given name."""
    return is_given(tokens[0]) or not any(is_noun(token) or _is_post(token) for token in tokens)


def _is_post(token: str) -> bool:
    return is_post(token) or token.lower().strip(".") in _SHORT_POSTS


def _is_bracketed_function(name: str) -> bool:
    return any(
        re.search(
            r"(?i)funktion|brevlåd|lista|rum\b|\bsal\b|\blokal\b|resurs|skrivare|delad|resource|\broom\b|shared",
            found,
        )
        for found in _BRACKETS.findall(name)
    )


def _is_swapped(name: str) -> bool:
    """Whether `A, B` is surname, given name; else what follows the comma is a title or a unit."""
    left, _, right = name.partition(",")
    lefts, rights = left.split(), right.partition(",")[0].split()
    if not lefts or not rights or len(rights) > 3 or not all(NAME_PART.match(part) for part in rights):
        return False
    if is_given(rights[0]) and not is_given(lefts[0]):
        return True
    if any(is_post(part) or is_noun(part) or part in by_name() for part in rights):
        return False
    if len(lefts) == 1 or lefts[0].lower() in PARTICLES:
        return True
    return not any(is_given(part) for part in lefts)


def _turned(name: str) -> list[str]:
    left, _, right = name.partition(",")
    return [*right.partition(",")[0].split(), *left.split()]


def _completed(tokens: list[str], parts: list[str]) -> list[str]:
    """`Emil T` <emil.tingvall@…> with the surname whose first letter stands there."""
    if (
        len(tokens) != 2
        or len(parts) != 2
        or len(tokens[1].strip(".")) != 1
        or key(tokens[0]) != key(parts[0])
    ):
        return tokens
    surname = surname_spelling(parts[1])
    return [tokens[0], surname] if key(tokens[1]) == parts[1][0] else tokens


def _name_tokens(parts: list[str]) -> list[str]:
    """The words of a name, capitals made ordinary; empty if a word cannot be part of one."""
    words = [part for part in parts if not (part[0] in _QUOTES and part[-1] in _QUOTES)]
    while words and words[0].lower() in HONORIFICS:
        words = words[1:]
    words = [word for word in words if word.lower() not in _DOTTED_HONORIFICS]
    while words and (words[-1].lower().strip(".") in _DEGREES or words[-1].isdigit()):
        words = words[:-1]
    words = _without_unit(_without_post(words))
    if not 1 <= len(words) <= 6 or not all(NAME_PART.match(word) for word in words):
        return []
    if all(word.islower() for word in words) or all(
        word.isupper() or word.lower() in PARTICLES for word in words
    ):
        return [capitalise(word) for word in words] if any(len(word) > 2 for word in words) else []
    words = [capitalise(word) if word.isupper() and len(word.strip(".")) > 1 else word for word in words]
    if any(word[0].islower() and not _is_small(word) for word in words):
        return []
    return words


def _is_small(word: str) -> bool:
    """Words of a name that begin small: von, and al-Jabiri, d'Aubigné."""
    return word in PARTICLES or re.split(r"[-’']", word, maxsplit=1)[0] in {*PARTICLES, "d", "l"}


def _without_place(tokens: list[str], parts: list[str]) -> list[str]:
    """`Anna Ek Sala`, `Anna Ek Vaktm` <anna.ek@…> without the house's place or a post that is no surname."""
    if len(tokens) < 3 or key(tokens[-1]) in parts:
        return tokens
    is_placed = tokens[-1] in by_name() or tokens[-1].lower().strip(".") in _SHORT_POSTS
    return tokens[:-1] if is_placed and turn_by_address(tokens[:-1], parts) is not None else tokens


def _without_post(words: list[str]) -> list[str]:
    """`Enhetschef Anna Ek`, `Anna Ek Enhetschef` without the post."""
    if len(words) > 2 and is_post(words[0]) and not is_given(words[0]):
        return words[1:]
    return words[:-1] if len(words) > 2 and is_post(words[-1]) and not is_given(words[-1]) else words


def _without_unit(words: list[str]) -> list[str]:
    """`Anna Ek KLF Stab` without its unit, where the name itself is not in capitals."""
    for number, word in enumerate(words[2:], 2):
        if word.isupper() and 1 < len(word.strip(".")) <= _ABBREVIATION:
            return words if any(one.isupper() and len(one) > 2 for one in words[:number]) else words[:number]
    return words


def _begins_address(token: str, local: list[str]) -> bool:
    """A given name that no list has, beside an address that goes on with a surname: `Wojtek` <wojtek.zielinski@…>."""
    return (
        len(local) == 2
        and key(token) == local[0]
        and not (is_noun(token) or is_post(token))
        and SURNAME.search(surname_spelling(local[1])) is not None
        and not is_noun(local[1])
    )


def _may_be_person(tokens: list[str], local: list[str]) -> bool:
    if len(tokens) == 1:
        return is_given(tokens[0]) or _begins_address(tokens[0], local)
    if is_noun(tokens[0]) or (len(tokens) > 2 and any(map(is_noun, tokens))):
        return turn_by_address(tokens, local) is not None
    if any(is_given(token) or is_given(token.partition("-")[0]) for token in tokens):
        return True
    if any(is_noun(token) or token.lower().strip(".") in _SHORT_POSTS for token in tokens):
        return False
    if turn_by_address(tokens, local) is not None:
        return True
    if any(token in by_name() or is_post(token) for token in tokens):
        return False
    if any(SURNAME.search(token) for token in (tokens[0], tokens[-1])):
        return True
    if not local:
        return all(token[0].isupper() or token in PARTICLES for token in tokens) and len(tokens) <= 4
    joined, keys = "".join(map(key, local)), map(key, tokens)
    return any(len(each) > 2 and each in joined and each != joined for each in keys)
