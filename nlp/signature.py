"""The block that ends a letter: whose it is, and what it says of that person."""

import re
from dataclasses import dataclass
from functools import lru_cache

from nlp.addresses import find_mail_addresses, find_postal_addresses
from nlp.organisations import find_organisations, organisation_of_domain
from nlp.people.mailboxes import given_first
from nlp.people.titles import is_title
from nlp.phones import find_phones

_LONGEST = 4_000  # signs of a block that are read; a longer one is a newsletter
_PIECE = re.compile(r"(?:(?! [-–—] )[^\n|•·,()])+")
_CLOSING = re.compile(
    r"\s*(?:[-–—_*]{2,10}\s*$|(?:med\s+)?(?:vänlig(?:a|en)?|bästa|varma?|många|hjärtliga?|glada|soliga|goda)?\s*hälsning(?:ar|en)?\b(?:\s+från\b)?|mvh\b|m\.v\.h\.?|"
    r"v\.?h\.?(?=\s|,|$)|hälsar\b|vänligen\b|allt gott\b|ha det (?:bra|gott)\b|tack på förhand\b|hej då\b|/{1,2}(?=\s?[A-ZÅÄÖ])|"
    r"(?:kind |best |warm )?regards\b|sincerely\b|bästa\b(?=\s*$)|trevlig helg\b)[!,.: ]*",
    re.IGNORECASE,
)
_LABEL = re.compile(r"[^\W\d_][\w /-]{1,24}:")
_WEB = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]]{3,200}", re.IGNORECASE)
_UNIT = re.compile(
    r"(?:enhet|enheten|avdelning|avdelningen|förvaltning|förvaltningen|kontoret|division|divisionen|sektion|sektionen|stab|staben|"
    r"kansli|kansliet|nämnden|styrelsen|departementet|medborgarservice|gruppen|teamet|området|service)\b",
    re.IGNORECASE,
)
_NOISE = re.compile(
    r"\b(?:skickat från|sent from|hämta outlook|get outlook|cid:|tänk på miljön|personuppgift)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed: `start` and `end` are the name's place in the block; phones are E.164, addresses of mail."""

    name: str
    start: int
    end: int
    title: str | None = None
    unit: str | None = None
    organisation: str | None = None
    phones: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    postal: tuple[str, ...] = ()
    web: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    start: int


def read_signature(block: str) -> Signature | None:
    """The signature in `block` (from the closing phrase or the name on), or None if nobody signs by name."""
    return _read(block[:_LONGEST])


@lru_cache(1_024)
def _read(block: str) -> Signature | None:
    """A writer signs every letter alike."""
    mails = tuple(dict.fromkeys(mention.value for mention in find_mail_addresses(block)))
    pieces = _pieces(block)
    number, name = _name(pieces, mails)
    if name is None:
        return None
    rest = pieces[number + 1 :] or pieces[:number]
    return Signature(
        name=name,
        start=pieces[number].start,
        end=pieces[number].start + len(pieces[number].text),
        title=_title(pieces, number),
        unit=_unit(rest),
        organisation=_organisation(block, mails),
        phones=tuple(dict.fromkeys(mention.value for mention in find_phones(block))),
        addresses=mails,
        postal=tuple(mention.value for mention in find_postal_addresses(block)),
        web=tuple(match.group().rstrip(".,;") for match in _WEB.finditer(block)),
    )


def _pieces(block: str) -> list[_Piece]:
    """Lines, and what stands between bars, dots, commas, dashes and brackets, without closing phrases and emphasis marks."""
    found = []
    for match in _PIECE.finditer(block):
        raw = match.group()
        closing = _CLOSING.match(raw)
        skipped = closing.end() if closing else 0
        text = raw[skipped:]
        bare = text.lstrip(" \t\xa0*_/–-")
        start = match.start() + skipped + len(text) - len(bare)
        bare = bare.rstrip(" \t\xa0*_,.!;\r")
        if bare and not _NOISE.search(bare):
            found.append(_Piece(bare, start))
    return found


def _name(pieces: list[_Piece], mails: tuple[str, ...]) -> tuple[int, str | None]:
    for number, piece in enumerate(pieces[:6]):
        if _LABEL.match(piece.text) or "@" in piece.text or any(sign.isdigit() for sign in piece.text):
            continue
        if is_title(piece.text) or len(piece.text.split()) > 4 or piece.text[0].islower():
            continue
        name = given_first(piece.text, mails[0] if mails else None)
        if name is not None and sorted(name.lower()) == sorted(piece.text.lower().replace("  ", " ")):
            return number, name
    return 0, None


def _title(pieces: list[_Piece], number: int) -> str | None:
    near = [*pieces[number + 1 : number + 5], *pieces[:number]]
    return next((piece.text for piece in near if is_title(piece.text) and not _LABEL.match(piece.text)), None)


def _unit(pieces: list[_Piece]) -> str | None:
    for piece in pieces[:6]:
        plain = not is_title(piece.text) and not _LABEL.match(piece.text) and "@" not in piece.text
        if plain and _UNIT.search(piece.text) and not find_postal_addresses(piece.text):
            return piece.text
    return None


def _organisation(block: str, mails: tuple[str, ...]) -> str | None:
    """The organisation that the block names, agencies before departments; else that of the mail domain."""
    named = find_organisations(block)
    clear = [mention.value for mention in named if mention.rule != "organisation.department"]
    by_domain = [name for mail in mails if (name := organisation_of_domain(mail.rpartition("@")[2]))]
    return next(iter([*clear, *by_domain]), None)
