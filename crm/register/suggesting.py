"""What a machine would say of a mail that nobody has judged, and why. A person judges. Pure.

Reasons: `unreadable`, `automatic`, `newsletter`, `draft`, `names` (a number of ours), `thread` (registered already),
`thanks`, `meeting`, `decision`, `documents`, `their_number`, `matter` (it promises or asks), `none`.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from crm.register.case_numbers import Numbers
from crm.register.pleasantries import only_thanks
from crm.rows.register import SuggestionRow

_SHORT = 600  # signs; what is longer says more than when to meet
_NEWSLETTER = re.compile(r"nyhetsbrev|newsletter", re.IGNORECASE)
_LEAVE = re.compile(r"avregistrera|avprenumerera|avsluta (?:din )?prenumeration|unsubscribe", re.IGNORECASE)
_DRAFT = re.compile(r"(?<![^\W_])(?:utkast|koncept|kladd|draft|arbetsmaterial|arbetsdokument)", re.IGNORECASE)
_REPLY_TO_MEETING = re.compile(
    r"(?:accepterat|accepterad|avböjt|avböjd|avvisat|avvisad|preliminärt|inbjudan|mötesinbjudan|accepted|declined|tentative|invitation)\s?:",
    re.IGNORECASE,
)
_DEED = re.compile(
    r"beslut|protokoll|avtal|kontrakt|överenskommelse|yttrande|remiss|skrivelse|framställan|ansökan|överklagan|avsiktsförklaring",
    re.IGNORECASE,
)
_PAPER = re.compile(r"kravspecifikation|behovsanalys|delredovisning|slutredovisning|rapport", re.IGNORECASE)
_ASKING = frozenset({"commitment", "request", "deadline"})
_READ = 20_000  # signs of a letter that are looked at


@dataclass(frozen=True, slots=True)
class Document:
    """A document that came with a mail."""

    name: str
    content_type: str

    @property
    def says_something(self) -> bool:
        """Pictures of a signature, calendars, cards and signatures of a mail program are no documents."""
        return not self.content_type.startswith(
            ("image/", "text/calendar", "text/vcard", "text/x-vcard")
        ) and ("pkcs7" not in self.content_type and "pgp" not in self.content_type)


@dataclass(frozen=True, slots=True)
class Clues:
    """What is known of a mail: `words` are its own, without quotes and signature; `follow_ups` kinds found in it.

    `thread_number` is the newest number under which its thread is registered, `thread_secret` the provision under which
    a message of it is marked. `municipality`: a municipality wrote it, or it went to one.
    """

    direction: str
    subject: str = ""
    words: str = ""
    automatic: bool = False
    unreadable: bool = False
    documents: tuple[Document, ...] = ()
    follow_ups: frozenset[str] = frozenset()
    numbers: Numbers = field(default_factory=Numbers)
    thread_number: str | None = None
    thread_secret: str | None = None
    municipality: bool = False

    @property
    def outside(self) -> bool:
        """Whether it crossed the agency's door."""
        return self.direction in {"in", "out"} or (self.direction == "others" and self.municipality)

    @property
    def papers(self) -> tuple[Document, ...]:
        """Its documents that say something."""
        return tuple(one for one in self.documents if one.says_something)


Rule = Callable[[Clues], SuggestionRow | None]


def suggest(clues: Clues) -> SuggestionRow:
    """The first rule that has something to say; `state` None where none has."""
    found = next((said for rule in _RULES if (said := rule(clues)) is not None), None)
    said = found or SuggestionRow(None, None, "none")
    return SuggestionRow(said.state, said.number, said.reason, said.detail, clues.thread_secret)


def _unreadable(clues: Clues) -> SuggestionRow | None:
    return SuggestionRow(None, None, "unreadable") if clues.unreadable else None


def _automatic(clues: Clues) -> SuggestionRow | None:
    said = f"{clues.subject}\n{clues.words[:_READ]}"
    leaves, is_letter = bool(_LEAVE.search(said)), bool(_NEWSLETTER.search(said))
    if (clues.automatic and (leaves or is_letter)) or (leaves and is_letter):
        return SuggestionRow("minor", None, "newsletter")
    return SuggestionRow("minor", None, "automatic") if clues.automatic else None


def _draft(clues: Clues) -> SuggestionRow | None:
    """What goes between ourselves and calls itself a draft is not drawn up yet."""
    if clues.direction != "internal":
        return None
    named = [clues.subject, *(one.name for one in clues.papers)]
    found = next((name for name in named if _DRAFT.search(name)), None)
    return SuggestionRow("not_public", None, "draft", found) if found else None


def _number(clues: Clues) -> SuggestionRow | None:
    """What a mail names itself says more than where it stands, unless it names its thread's number among others."""
    ours, of_thread = clues.numbers.ours, clues.thread_number
    if ours and of_thread not in ours:
        return SuggestionRow("number", ours[0], "names", ours[0])
    return SuggestionRow("number", of_thread, "thread", of_thread) if of_thread else None


def _thanks(clues: Clues) -> SuggestionRow | None:
    if clues.papers or clues.follow_ups or not only_thanks(clues.words):
        return None
    return SuggestionRow("minor", None, "thanks")


def _meeting(clues: Clues) -> SuggestionRow | None:
    """When to meet, and nothing else."""
    about_meeting = clues.follow_ups == {"meeting"} or _REPLY_TO_MEETING.match(clues.subject)
    if not about_meeting or clues.papers or clues.follow_ups & _ASKING or len(clues.words) > _SHORT:
        return None
    return SuggestionRow("minor", None, "meeting")


def _decision(clues: Clues) -> SuggestionRow | None:
    """Decisions, contracts and the like, by the names of the documents or by the subject."""
    if not clues.outside:
        return None
    papers = [one.name for one in clues.papers]
    found = next((name for name in papers if _DEED.search(name) or _PAPER.search(name)), None)
    found = found or (clues.subject if _DEED.search(clues.subject) else None)
    return SuggestionRow("sent", None, "decision", found) if found else None


def _documents(clues: Clues) -> SuggestionRow | None:
    if not clues.papers or not clues.outside:
        return None
    return SuggestionRow("sent", None, "documents", clues.papers[0].name or None)


def _their_number(clues: Clues) -> SuggestionRow | None:
    if not clues.numbers.theirs or not clues.outside:
        return None
    return SuggestionRow("sent", None, "their_number", clues.numbers.theirs[0])


def _matter(clues: Clues) -> SuggestionRow | None:
    """A municipality that promises or asks, or is asked and promised, is what the programme is about."""
    if clues.outside and clues.municipality and clues.follow_ups & _ASKING:
        return SuggestionRow("sent", None, "matter")
    return None


_RULES: Sequence[Rule] = (
    _unreadable,
    _automatic,
    _draft,
    _number,
    _thanks,
    _meeting,
    _decision,
    _documents,
    _their_number,
    _matter,
)
