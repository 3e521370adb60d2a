"""The block that ends a letter: whose it is, and what it says of that person."""

import re
from dataclasses import dataclass
from functools import lru_cache

from nlp.addresses import find_mail_addresses, find_postal_addresses
from nlp.organisations import find_organisations, organisation_of_domain
from nlp.people.mailboxes import given_first
from nlp.people.titles import is_title
from nlp.phones import find_phones
from nlp.spans import fold, small

_FIRST = 6  # pieces among which the name is looked for
_WORDS = 6  # of the longest title
_PARAGRAPH = re.compile(r"\n[ \t\xa0]*\n")
_LONGEST = 4_000  # signs of a block that are read; a longer one is a newsletter
_PIECE = re.compile(r"(?:(?! [-–—] |[ \xa0]{3})[^\n\t|•·,()])+")
_CLOSING = re.compile(
    r"\s*(?:[-–—_*]{2,10}\s*$|(?:med\s+)?(?:vänlig(?:a|en)?|bästa|varma?|många|hjärtliga?|glada|soliga|goda)?\s*hälsning(?:ar|en)?\b(?:\s+från\b)?|mvh\b|m\.v\.h\.?|"
    r"v\.?h\.?(?=\s|,|$)|hälsar\b|vänligen\b|allt gott\b|ha det (?:bra|gott)\b|tack på förhand\b|hej då\b|/{1,2}(?=\s?[A-ZÅÄÖ])|"
    r"(?:kind |best |warm )?regards\b|sincerely\b|bästa\b(?=\s*$)|trevlig helg\b)[!,.: ]*",
    re.IGNORECASE,
)
_SHORTEST_HOUSE = 5
_LABEL = re.compile(r"[^\W\d_][\w /-]{1,24}:")
_WEB = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]]{3,200}", re.IGNORECASE)
_UNIT = re.compile(
    r"(?:enhet|enheten|avdelning|avdelningen|förvaltning|förvaltningen|kontoret|division|divisionen|sektion|sektionen|stab|staben|"
    r"kansli|kansliet|nämnden|styrelsen|departementet|medborgarservice|gruppen|teamet|området|service)\b"
)  # asked in lower case
# Posts that running text is not asked for, since there they are words like others; right below a name they are titles.
_POST = re.compile(
    r"(?i)(?:ist|ör|iker|atör|are|kock|vakt|man|ledamot|kunnig|pedagog|terapeut|sköterska|praktikant|trainee|ombudsman|sakkunnig|konsulent|"
    r"chief|head|lead|owner|assistant|secretary|adviser|advisor|engineer|coordinator|developer|analyst|architect|planner|vd|ceo|cfo|cto|"
    r"partner|grundare|herde|minister|präst|diakon|kantor|kommissarie|polis|prefekt|assessor|fiskal|revisor|värd|värdinna|[tnsj]ör|kapten|major|ordf|ägare|suppleant|vice|adjunkt|lektor|docent|doktorand|student|chaufför|kanslist)\Z"
)
# A number of the house, not of the person.
_HOUSE_NUMBER = re.compile(
    r"(?i)(?:\bvx|växel\w{0,6}|fax|switchboard|telefax|texttelefon|kundtjänst|kontaktcenter|kundcenter|reception\w{0,2}|jour\w{0,8}|exchange)(?:nr|nummer)?"
    r"[ \t.:/]{0,6}(?:\+?46)?\Z"
)
_HOUSE_BEHIND = re.compile(r"[ \t]{0,3}\(?(?:vx|växel)\b(?!\W{0,4}\d)", re.IGNORECASE)
# Freephone and shared-cost numbers are never somebody's own.
_SHARED = (
    "+4620",
    "+46770",
    "+46771",
    "+46772",
    "+46774",
    "+46775",
    "+46776",
    "+46778",
    "+46779",
    "+46900",
    "+46939",
    "+46944",
    "+46969",
)
_BOTH_LANGUAGES = re.compile(r"\s+/\s+|\s*/(?=[A-Z][a-z]+ (?:of|and|for)\b)")
_NOISE = re.compile(
    r"\b(?:skickat från|sänt från|sänd från|skickades från|hon/|han/|hen/|she/|he/|they/|sent from|hämta outlook|get outlook|cid:|tänk på miljön|personuppgift)",
    re.IGNORECASE,
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


def read_signature(block: str, sender: str | None = None) -> Signature | None:
    """The signature in `block` (from the closing phrase or the name on), or None if nobody signs by name.

    `sender` is whose letter it is, given name first, where that is known: no list has all the names there are.
    """
    return _read(block[:_LONGEST], sender)


@lru_cache(1_024)
def _read(block: str, sender: str | None) -> Signature | None:
    """A writer signs every letter alike."""
    mails = tuple(dict.fromkeys(mention.value for mention in find_mail_addresses(block)))
    pieces = _pieces(block)
    number, name = _sender(pieces, sender) if sender else (0, None)
    if name is None:
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
        organisation=_organisation(block, mails) or _house(rest, block, mails),
        phones=_phones(block, pieces[number].start),
        addresses=mails,
        postal=tuple(mention.value for mention in find_postal_addresses(block)),
        web=tuple(match.group().rstrip(".,;") for match in _WEB.finditer(block)),
    )


def _sender(pieces: list[_Piece], sender: str) -> tuple[int, str | None]:
    """The piece that is the sender's name, in any order, or the given name alone."""
    words = _folded(sender)
    for number, piece in enumerate(pieces[:_FIRST]):
        written = _folded(piece.text)
        if sorted(written) == sorted(words) or written == words[:1]:
            return number, _spelt(piece.text, sender) if len(written) == len(words) else sender
    return 0, None


def _folded(name: str) -> list[str]:
    return fold(name).replace("-", " ").split()


def _spelt(written: str, sender: str) -> str:
    """As the writer writes it where that has the å ä ö that the header lacks."""
    same_order = fold(written) == fold(sender)
    return written if same_order and sender.isascii() and not written.isupper() else sender


def _phones(block: str, name: int) -> tuple[str, ...]:
    """Numbers of the signature whose name stands at `name`; those of a paragraph above it are somebody else's."""
    found = (
        mention.value
        for mention in find_phones(block)
        if not mention.value.startswith(_SHARED)
        and not _HOUSE_NUMBER.search(block, max(0, mention.start - 24), mention.start)
        and not _HOUSE_BEHIND.match(block, mention.end)
        and not (mention.end < name and _PARAGRAPH.search(block, mention.end, name))
    )
    return tuple(dict.fromkeys(found))


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
    for number, piece in enumerate(pieces[:_FIRST]):
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
    titled = next(
        (piece.text for piece in near if is_title(piece.text) and not _LABEL.match(piece.text)), None
    )
    return _swedish(titled) if titled else _post(pieces[number + 1 : number + 2])


def _swedish(title: str) -> str:
    """Of a title in two languages the first: `Enhetschef / Head of unit`."""
    first = _BOTH_LANGUAGES.split(title, maxsplit=1)[0]
    return first if is_title(first) else title


def _post(below: list[_Piece]) -> str | None:
    """What stands right below the name and ends, or begins, like an occupation."""
    for piece in below:
        words = piece.text.split()
        plain = (
            not _LABEL.match(piece.text) and "@" not in piece.text and not any(map(str.isdigit, piece.text))
        )
        is_post = any(_POST.search(word) and len(word) > 1 for word in (words[0], words[-1]))
        if plain and is_post and len(words) <= _WORDS and not find_organisations(piece.text):
            return _BOTH_LANGUAGES.split(piece.text, maxsplit=1)[0]
    return None


def _unit(pieces: list[_Piece]) -> str | None:
    for piece in pieces[:6]:
        plain = not is_title(piece.text) and not _LABEL.match(piece.text) and "@" not in piece.text
        if plain and _UNIT.search(small(piece.text)) and not find_postal_addresses(piece.text):
            return piece.text
    return None


def _organisation(block: str, mails: tuple[str, ...]) -> str | None:
    """The organisation that the block names, agencies before departments; else that of the mail domain."""
    named = find_organisations(block)
    clear = [mention.value for mention in named if mention.rule != "organisation.department"]
    by_domain = [name for mail in mails if (name := organisation_of_domain(mail.rpartition("@")[2]))]
    return next(iter([*clear, *by_domain]), None)


def _house(pieces: list[_Piece], block: str, mails: tuple[str, ...]) -> str | None:
    """A line that the mail or web address spells as well: `Hedlunds Bygg & Måleri` above info@hedlundsbygg.example."""
    hosts = [mail.rpartition("@")[2] for mail in mails]
    hosts += [match.group().rpartition("//")[2].partition("/")[0] for match in _WEB.finditer(block)]
    labels = {_letters(host.removeprefix("www.").rpartition(".")[0].rpartition(".")[2]) for host in hosts}
    labels = {label for label in labels if len(label) >= _SHORTEST_HOUSE}
    for piece in pieces if labels else ():
        words = _letters(piece.text) if _may_be_house(piece.text) else ""
        if len(words) >= _SHORTEST_HOUSE and any(
            words.startswith(label) or label.startswith(words) for label in labels
        ):
            return piece.text
    return None


def _may_be_house(line: str) -> bool:
    plain = not _LABEL.match(line) and not any(sign in "@/." or sign.isdigit() for sign in line)
    return plain and len(line.split()) <= _WORDS


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, fold(text).replace("&", "")))
