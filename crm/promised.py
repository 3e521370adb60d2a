"""A promise and a later letter, as far as they are weighed against each other, and what a promise's words want. Pure."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from crm.deeds import Deeds, deeds_of, read_deeds, speaks_of_coming_back
from crm.things import told_in_words
from crm.told import matter, of_what

# A request for a thing, or for something done, is not answered by words about something else.
_WANTS_A_THING = re.compile(
    r"(?i)\b(?:skicka\w*|sänd\w*|översänd\w*|bifoga\w*|inkom\w*|lämna\w*|komplettera\w*|ta fram|tar fram|boka\w*|"
    r"ring\w*|mejla\w*|maila\w*|vidarebefordra\w*|åter senast|send|provide|utkast|underlag|undertecknat|"
    r"leverera\w*|hämta\w*|montera\w*|laga\w*|byta|byter|installera\w*|reparera\w*|åtgärda\w*|fixa\w*|sätta upp|måla|städa)\b"
)
# What can be said in a letter as well as sent beside it.
_WANTS_WORDS = re.compile(
    r"(?i)\b(?:svar\w*|besked\w*|veta|meddela\w*|underrätta\w*|informera\w*|vem|vilka|vilket|vilken|hur (?:många|mycket|stor\w*|lång\w*)|kommentar\w*|ställningstagande\w*|berätta\w*|återkoppl\w*|synpunkter|bekräfta\w*|undrar|"
    r"\w*(?:adress|adresser|uppgift|uppgifter|uppgifterna|nummer|numr(?:et|en|ena)|kod|koden|koder|koderna|namn|namnet|tider|tiderna|datum|datumet|referens|pris|priser|siffror|antal|antalet)|"
    r"statistik\w*|\w+statistik\w*|resultat\w*|utfall\w*|precisera\w*|bedömning\w*|önskemål\w*|information\w*|inställning\w*|ståndpunkt\w*|hållning\w*|uppfattning\w*|synpunkt\w*|åsikt\w*|reaktion\w*|tankar|hur många)\b"
)


@dataclass(frozen=True, slots=True)
class Promise:
    """What was promised or asked for. Houses are organisations or mail domains; `debtors` are those who have to act.

    `sent_at` is the instant of its letter (aware; None: only the day is sure), `subject` that letter's without
    prefixes, `text` the sentence, `context` what all of the letter is about.
    """

    kind: str
    said: date
    due_start: date | None
    due_end: date | None
    debtors: frozenset[str]
    creditors: frozenset[str]
    thread: int | None
    sent_at: datetime | None = None
    subject: str = ""
    text: str = ""
    context: frozenset[str] = frozenset()
    wanted: "Wanted" = field(init=False, compare=False)

    def __post_init__(self) -> None:
        wanted = wanted_by(self.text, asked=self.kind == "request", context=self.context)
        object.__setattr__(self, "wanted", wanted)


@dataclass(frozen=True, slots=True)
class Letter:
    """A later letter: whose, to whom, when, with which first words; `sent_at` and `subject` as in Promise.

    `files` are the names of what is attached. `owes`: its own reading finds a promise of its sender for a day to
    come, `owed`: what each of these is about; `asks`: a request of its sender. `announces`: whether it may keep what was said elsewhere, and `kept`: its
    deeds with those of its files, as its reading found them, where that is known.
    """

    day: date
    sender: str
    recipients: frozenset[str]
    words: str
    thread: int | None
    sent_at: datetime | None = None
    subject: str = ""
    owes: bool = False
    owed: tuple[frozenset[str], ...] = ()
    asks: bool = False
    files: tuple[str, ...] = ()
    announces: bool | None = None
    kept: str | None = None
    deeds: Deeds = field(init=False)

    def __post_init__(self) -> None:
        kept = deeds_of(self.words, self.files) if self.kept is None else self.kept
        object.__setattr__(self, "deeds", read_deeds(kept))


class Wanted(NamedTuple):
    """What words of a promise want: what they are about, and what the thing is `of`; `by_words`: whether words alone keep it.

    `contact`: it is kept by coming back; `silent`: there are no words.
    """

    about: frozenset[str]
    of: frozenset[str]
    by_words: bool
    contact: bool
    silent: bool


# What is promised of something that stands before: "Jag mejlar dig utfallet dagen efter."
_OF_WHAT_IS_SAID = re.compile(
    r"(?i)^(?:utfall|resultat|besked|beslut|svar|gjort|gjord|klart|detta|ställning|återkoppl|meddel|mejla|mejlar|maila|mailar|hör|efter|dagen|direkt)\w{0,5}$"
)


@lru_cache(8192)
def wanted_by(text: str, *, asked: bool, context: frozenset[str] = frozenset()) -> Wanted:
    """`asked`: it is a request; `context`: what its letter is about, which counts where the words name nothing."""
    contact = speaks_of_coming_back(text)
    about = matter(text)
    by_words = contact or bool(_WANTS_WORDS.search(text)) or told_in_words(about)
    by_words = by_words or (asked and not _WANTS_A_THING.search(text))
    if context and text and all(map(_OF_WHAT_IS_SAID.match, about)):
        about = about | context
    return Wanted(about, of_what(text), by_words, contact, not text)


def wants_a_thing(text: str) -> bool:
    """Whether a request is for a thing, or for something done."""
    return bool(_WANTS_A_THING.search(text))


def is_same_subject(one: str, other: str) -> bool:
    return bool(one) and one.casefold() == other.casefold()
