"""Whether a letter says thanks and nothing else. Pure."""

import re

_LONGEST = 400
_MOST_WORDS = 9  # of a sentence of thanks
_PIECES = re.compile(r"[.!,;\n]+|\s[-–—]\s")
_THANKS = re.compile(
    r"(?:stort |många |tusen |jättestort |ok,? |okej,? )?(?:tack|tackar|thanks|thank you|many thanks)(?!\w)",
    re.IGNORECASE,
)
_RECEIPT = re.compile(
    r"(?:ok|okej|noterat|mottaget|perfekt|toppen|utmärkt|jättebra|kanon|härligt|bra|vad bra|så bra|det låter bra|låter bra|uppfattat|super)(?: då)?",
    re.IGNORECASE,
)
_WISH = re.compile(
    r"(?:(?:ha )?(?:en )?(?:trevlig|skön|bra|fin|god|glad)\w*(?: \w+){1,3}|vi hörs|vi ses|detsamma|hälsningar|hälsar|mvh|vänligen|hälsn"
    r"|(?:med )?(?:vänlig|vänliga|bästa|många) hälsning(?:ar)?|allt gott|best regards|kind regards|hej ?då|ha det (?:bra|gott))",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"(?:hej|hejsan|hallå|tjena|goddag|god (?:morgon|dag|kväll)|hi|hello|dear)(?: \w+){0,3}", re.IGNORECASE
)
_NAME = re.compile(r"[^\W\d_a-zåäö][\w'’-]*(?: [^\W\d_a-zåäö][\w'’-]*){0,2}")


def only_thanks(words: str) -> bool:
    """True for "Tack så mycket! Trevlig helg, Anna"; whatever asks, counts or goes on at length is more."""
    text = words.strip()
    if not text or len(text) > _LONGEST or "?" in text or re.search(r"\d", text):
        return False
    pieces = [piece.strip() for piece in _PIECES.split(text) if piece.strip()]
    said = [_is_thanks(piece) for piece in pieces]
    return any(said) and all(
        is_thanks or _is_manner(piece) for piece, is_thanks in zip(pieces, said, strict=True)
    )


def _is_thanks(piece: str) -> bool:
    if _RECEIPT.fullmatch(piece):
        return True
    return _THANKS.match(piece) is not None and len(piece.split()) <= _MOST_WORDS


def _is_manner(piece: str) -> bool:
    return any(one.fullmatch(piece) for one in (_GREETING, _WISH, _NAME))
