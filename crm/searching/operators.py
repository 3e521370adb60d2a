"""The operators of the search language, Swedish and English, and the words that some of them take. Data alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Takes = Literal["party", "words", "office", "municipality", "date", "phone", "number", "place", "choice"]


@dataclass(frozen=True, slots=True)
class Operator:
    """`words`: how it is written, Swedish first, English second, then what is understood as well.

    `choices`: value → the words for it, in the same order, where it takes one of a few.
    """

    name: str
    words: tuple[str, ...]
    takes: Takes
    choices: Mapping[str, tuple[str, ...]] | None = None


IS: Final[Mapping[str, tuple[str, ...]]] = {
    "received": ("mottaget", "received"),
    "sent": ("skickat", "sent"),
    "forwarded": ("vidarebefordrat", "forwarded"),
    "quoted": ("citerat", "quoted"),
    "attached": ("bifogat", "attached"),
    "unanswered": ("obesvarad", "unanswered", "obesvarat"),
    "unread": ("oläst", "unread", "olästa"),
    "unjudged": ("ej-bedömd", "unjudged", "ej-bedömt", "obedömd"),
    "secret": ("sekretess", "secret", "sekretessmarkerad"),
    "quarantined": ("karantän", "quarantined"),
    "automatic": ("automatiskt", "automatic", "autosvar"),
}
HAS: Final[Mapping[str, tuple[str, ...]]] = {
    "attachment": ("bilaga", "attachment", "bilagor", "attachments"),
    "followup": ("bevakning", "followup", "bevakningar", "follow-up"),
    "note": ("anteckning", "note", "anteckningar", "notes", "tjänsteanteckning"),
}
DIRECTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "in": ("in", "in", "inkommande"),
    "out": ("ut", "out", "utgående"),
    "internal": ("internt", "internal", "intern"),
    "others": ("andra", "others"),
}

OPERATORS: Final = (
    Operator("from", ("från", "from"), "party"),
    Operator("to", ("till", "to"), "party"),
    Operator("cc", ("kopia", "cc"), "party"),
    Operator("person", ("person", "person"), "party"),
    Operator("organisation", ("organisation", "organisation", "organization", "org"), "party"),
    Operator("subject", ("ämne", "subject"), "words"),
    Operator("office", ("kontor", "office"), "office"),
    Operator("municipality", ("kommun", "municipality"), "municipality"),
    Operator("before", ("före", "before"), "date"),
    Operator("after", ("efter", "after"), "date"),
    Operator("since", ("sedan", "since"), "date"),
    Operator("during", ("under", "during"), "date"),
    Operator("phone", ("tel", "phone", "telefon"), "phone"),
    Operator("number", ("dnr", "number", "diarienummer"), "number"),
    Operator("is", ("är", "is"), "choice", IS),
    Operator("has", ("har", "has"), "choice", HAS),
    Operator("direction", ("riktning", "direction"), "choice", DIRECTIONS),
    Operator("folder", ("mapp", "folder"), "place"),
    Operator("account", ("konto", "account"), "place"),
    Operator("filename", ("bilaga", "filename"), "party"),
)
