"""What in an HTML mail sets off somebody else's words: the elements of the programs that wrote it, and answers in a colour.

`Se mina svar nedan i rött`: from the quoted letter on, lines in the colour that the words above name are the answerer's own.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

_BLUE_LINE = "border-left:solidblue1.5pt"
# Whole letters in an element that is no blockquote: Yahoo, Thunderbird, new Outlook, then GMX by name and Zimbra by mark.
_CARRIERS = ("yahoo_quoted", "moz-forward-container")
_CARRIER_IDS = ("mail-editor-reference-message-container",)
_MARKED = frozenset({"__HEADERS__", "__QUOTED_TEXT__"})
# Here one may go on writing below the quote: the whole is foreign only where its first line is a marker.
_MAY_CARRY = "gmail_quote"
_BOUNDARY_IDS = ("divRplyFwdMsg",)
_COLOURS = (
    r"(?P<colour>rött|röd\w?|rødt?|red|rot|roter|punaisella|punaisel\w*|rouge|rojo|rood|"
    r"blått|blå\w?|blåt|blue|blau|blauer|sinisellä|bleu|azul|blauw|grönt?|gröna|grønt?|green|grün|grüner|vihreällä|vert|verde|groen)\b"
)
_COLOUR = re.compile(_COLOURS)
_ANSWERED = re.compile(
    r"(?:svar|komment|kompletter|synpunkt|skriv|fyll|text|answer|repl|response|reactie|antwort|vastau|vastasin|besvar)[^.\n]{0,60}?"
    rf"\b(?:i|med|in|med|mit|en)?\s?{_COLOURS}"
)
_IN_THE_TEXT = re.compile(
    r"\b(?:(?:svar|komment|synpunkt)\w*|answers?|repl(?:y|ies)|comments?|response|antwort\w*|kommentar\w*|vasta\w+|réponses?)\b[^.\n]{0,40}?"
    r"\b(?:i texten|i (?:ditt|ert) (?:mejl|mail|brev)|inne i|in the text|in-?line|im text|tekstissä|teksten|dans le texte)\b"
)
"""All are asked of words in lower case: ignoring case takes many times as long."""
# One of these stands in whatever the pattern before finds: looking for them spares most letters a search.
_ANSWERING = (
    "svar", "komment", "kompletter", "synpunkt", "skriv", "fyll", "text", "answer", "repl", "response", "reactie",
    "antwort", "vastau", "vastasin",
)  # fmt: skip
_TEXTS = (
    "i texten", "i ditt ", "i ert ", "inne i", "in the text", "inline", "in-line", "im text", "tekstissä", "teksten",
    "dans le texte",
)  # fmt: skip
_FAMILIES = {"r": "red", "p": "red", "b": "blue", "s": "blue", "a": "blue", "g": "green", "v": "green"}
_HEX = re.compile(r"#([0-9a-f]{6}|[0-9a-f]{3})\b")
_RGB = re.compile(r"rgba?\((\d{1,3}),(\d{1,3}),(\d{1,3})")
_NAMED = {
    "red": "red", "crimson": "red", "darkred": "red", "firebrick": "red", "maroon": "red",
    "blue": "blue", "navy": "blue", "darkblue": "blue", "royalblue": "blue", "dodgerblue": "blue",
    "green": "green", "darkgreen": "green", "limegreen": "green", "forestgreen": "green", "seagreen": "green",
}  # fmt: skip


def quotes(tag: str, style: str, attributes: Mapping[str, str]) -> bool:
    """Whether an element sets off somebody else's words: no blockquote that only indents, but Outlook's blue line."""
    if tag == "blockquote":
        indents = "border:none" in style and "border-left" not in style
        return (
            not indents
            or "cite" in attributes
            or attributes.get("type") == "cite"
            or "quote" in attributes.get("class", "")
        )
    return tag == "div" and (_BLUE_LINE in style or (bool(attributes) and _carries(attributes)))


def may_carry(tag: str, attributes: Mapping[str, str]) -> bool:
    """Whether an element is foreign as a whole if a marker line comes first in it: Gmail's forward, not its reply."""
    return tag == "div" and _MAY_CARRY in attributes.get("class", "")


def begins_outlook(attributes: Mapping[str, str]) -> bool:
    """Whether Outlook on the web begins its header block here."""
    return attributes.get("id", "").endswith(_BOUNDARY_IDS)


def _carries(attributes: Mapping[str, str]) -> bool:
    """Programs put a prefix of their own before others' names (`x_`, `yiv123`), so that only the ends are alike."""
    return (
        any(name.endswith(_CARRIERS) for name in attributes.get("class", "").split())
        or attributes.get("id", "").endswith(_CARRIER_IDS)
        or attributes.get("name") == "quote"
        or attributes.get("data-marker") in _MARKED
    )


def answers_in(words: str) -> str | None:
    """The colour (red, blue, green) in which the writer of these words says to answer, None if he does not.

    Who only says that the answers stand in the text means red: blue is how programs set links and their own answers.
    """
    low = _small(words[:4_000])
    found = _ANSWERED.search(low) if _holds(low, _ANSWERING) and _COLOUR.search(low) else None
    if found:
        return _FAMILIES[found["colour"][0]]
    return "red" if _holds(low, _TEXTS) and _IN_THE_TEXT.search(low) else None


def _holds(low: str, signs: tuple[str, ...]) -> bool:
    for sign in signs:  # noqa: SIM110  a generator takes twice the time, for every mail
        if sign in low:
            return True
    return False


def _small(words: str) -> str:
    """In lower case, as a pattern that ignores case takes letters for the same."""
    return words.replace("İ", "i").lower().replace("ı", "i").replace("ſ", "s")


@lru_cache(1_000)
def colour_family(colour: str) -> str | None:
    """red, blue or green for a CSS colour in lower case without spaces that is clearly one of them."""
    if colour in _NAMED:
        return _NAMED[colour]
    if found := _HEX.match(colour):
        digits = found[1] if len(found[1]) == 6 else "".join(digit * 2 for digit in found[1])
        parts = [int(digits[at : at + 2], 16) for at in (0, 2, 4)]
    elif found := _RGB.match(colour):
        parts = [int(part) for part in found.groups()]
    else:
        return None
    strongest = max(parts)
    others = sorted(parts)[:2]
    return ("red", "green", "blue")[parts.index(strongest)] if strongest - others[1] >= 40 else None
