"""Whether a later letter keeps an earlier promise, or answers a request. Pure: two descriptions in, a reason out.

A wrong "kept" hides a promise that nobody has kept, so whatever is in doubt is not kept. Words are judged
sentence by sentence (`crm.told`): one that puts off announces nothing, whatever else it says.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal

from crm.deeds import Deeds, Said, deeds_of, file_topics, read_deeds, speaks_of_coming_back
from crm.told import (
    answers,
    are_others,
    is_a_part,
    is_of,
    of_what,
    offers_a_time,
    only_thanks,
    share,
    told,
    topic,
)

KeptReason = Literal["in-window", "announced", "answered"]

# A letter long after a window may be about anything.
GRACE = timedelta(days=60)
# How long a window without an end is looked at.
OPEN_WINDOW = timedelta(days=400)
# How much of a letter is looked at for words that announce what was promised, or put it off.
LOOKED_AT = 1_500

# A request for a thing, or for something done, is not answered by words about something else.
_WANTS_A_THING = re.compile(
    r"(?i)\b(?:skicka\w*|sänd\w*|översänd\w*|bifoga\w*|inkom\w*|lämna\w*|komplettera\w*|ta fram|tar fram|boka\w*|"
    r"ring\w*|mejla\w*|maila\w*|vidarebefordra\w*|åter senast|send|provide|utkast|underlag|undertecknat)\b"
)
# Whom one asks is not what one asks about: "frågar gatukontoret om snöröjningen".
_ASKED_OF = re.compile(
    r"(?i)\b(?:med|till|hos|frågar?|ringer|ringa|kontaktar?|från) (?:vår[at]? |er[at]? |den |det )?\w+"
)
# What can be said in a letter as well as sent beside it.
_WANTS_WORDS = re.compile(
    r"(?i)\b(?:svar\w*|besked\w*|veta|meddela\w*|underrätta\w*|informera\w*|kommentar\w*|ställningstagande\w*|berätta\w*|återkoppl\w*|synpunkter|bekräfta\w*|undrar|"
    r"\w*(?:adress|adresser|uppgift|uppgifter|uppgifterna|nummer|numret|namn|namnet|tider|tiderna|datum|datumet|referens|pris|priser|siffror|antal|antalet)|"
    r"statistik\w*|\w+statistik\w*|resultat\w*|utfall\w*|precisera\w*|bedömning\w*|önskemål\w*|information\w*)\b"
)


@dataclass(frozen=True, slots=True)
class Promise:
    """What was promised or asked for. Houses are organisations or mail domains; `debtors` are those who have to act.

    `sent_at` is the instant of its letter (aware; None: only the day is sure), `subject` that letter's without
    prefixes, `text` the sentence.
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


@dataclass(frozen=True, slots=True)
class Letter:
    """A later letter: whose, to whom, when, with which first words; `sent_at` and `subject` as in Promise.

    `files` are the names of what is attached. `owes`: its own reading finds a promise of its sender for a day to
    come; `asks`: a request of its sender. `announces`: whether it may keep what was said elsewhere, and `kept`: its
    deeds, as its reading found them, where that is known.
    """

    day: date
    sender: str
    recipients: frozenset[str]
    words: str
    thread: int | None
    sent_at: datetime | None = None
    subject: str = ""
    owes: bool = False
    asks: bool = False
    files: tuple[str, ...] = ()
    announces: bool | None = None
    kept: str | None = None

    @property
    def deeds(self) -> Deeds:
        return read_deeds(deeds_of(self.words) if self.kept is None else self.kept)


def may_be_about(subject: str, promised: str) -> bool:
    """Whether a letter's bare subject is that of a promise, or speaks of the same."""
    if subject.casefold() == promised.casefold():
        return bool(subject)
    return share(topic(promised.casefold()), topic(subject.casefold()))


def may_keep_elsewhere(promise: Promise, letter: Letter) -> bool:
    """Whether `keeps` may find a reason in another thread, by no more than a letter's subject and deeds."""
    if promise.subject and promise.subject.casefold() == letter.subject.casefold():
        return True
    if letter.deeds.files and share(topic(promise.text), letter.deeds.files | letter.deeds.tells):
        return True
    return _announced(promise, letter, sure=True) or _given(promise, letter) or _is_about(promise, letter)


def keeps(promise: Promise, letter: Letter) -> KeptReason | None:
    """The reason for which `letter` keeps `promise`, or None.

    It has to go from a debtor's house to a creditor's, after it was said. A request needs a reply that neither puts
    off nor asks back. In a window that opens, a letter of the same thread counts that does not put off. Elsewhere,
    before the window, and where there is only a last day, it needs words that announce what was promised.
    """
    if promise.kind not in {"commitment", "request"} or not is_later(promise, letter):
        return None
    if letter.sender not in promise.debtors or not letter.recipients & promise.creditors:
        return None
    same_thread = promise.thread is not None and promise.thread == letter.thread
    if not _in_time(promise, letter):
        return None
    if not (same_thread or letter.announces is not False or may_be_about(letter.subject, promise.subject)):
        return None
    if promise.kind == "request" and same_thread:
        return "answered" if _answers(promise, letter) else None
    if promise.kind == "request" and _answers_elsewhere(promise, letter):
        return "answered"
    begins = promise.due_start
    if promise.kind == "request" or (begins is not None and letter.day < begins):
        return "announced" if _announced(promise, letter, sure=_sure(promise, letter, same_thread)) else None
    if begins is None and not (same_thread and promise.due_end and _wants_words(promise)):
        given = _announced(promise, letter, sure=not same_thread) or _given(promise, letter)
        told_of = same_thread and promise.due_end is None and _tells_of_it(promise, letter)
        return "announced" if given else "in-window" if told_of else None
    return "in-window" if _comes_back(promise, letter, same_thread=same_thread) else None


def _sure(promise: Promise, letter: Letter, same_thread: bool) -> bool:
    """Whether a letter has to name the thing: elsewhere, and before its time."""
    return not same_thread or (promise.due_start is not None and letter.day < promise.due_start)


def is_later(promise: Promise, letter: Letter) -> bool:
    """By the instant; where one of the two has none, by the day: of one day nobody knows which came first."""
    if letter.day < promise.said:
        return False
    if promise.sent_at is not None and letter.sent_at is not None:
        return letter.sent_at > promise.sent_at
    return letter.day > promise.said


def _in_time(promise: Promise, letter: Letter) -> bool:
    """Until its last day and for a while after. Without a last day: for about a year."""
    if promise.due_end is None:
        return letter.day <= (promise.due_start or promise.said) + OPEN_WINDOW
    return letter.day <= promise.due_end + GRACE


def _answers(promise: Promise, letter: Letter) -> bool:
    """Whether a reply answers a request: by the thing, or by words where words were wanted."""
    if _announced(promise, letter) or _given(promise, letter):
        return True
    if not _wants_words(promise) or _is_open(letter) or _asks_back(letter) or only_thanks(letter.words):
        return False
    if not promise.text.rstrip().endswith("?") and _not_the_thing(promise, letter):
        return False
    return _told_what_was_wanted(promise, letter)


def _answers_elsewhere(promise: Promise, letter: Letter) -> bool:
    """Whether a letter of the same subject that lost its thread answers a request: it has to speak of what was asked."""
    if not promise.subject or promise.subject.casefold() != letter.subject.casefold():
        return False
    return share(topic(promise.text), letter.deeds.named) and _answers(promise, letter)


def _comes_back(promise: Promise, letter: Letter, *, same_thread: bool) -> bool:
    """Whether a letter in the window is what was promised for it."""
    if _announced(promise, letter, sure=not same_thread) or _given(promise, letter):
        return True
    if _is_open(letter) or only_thanks(letter.words) or _not_the_thing(promise, letter):
        return False
    same_subject = bool(promise.subject) and promise.subject.casefold() == letter.subject.casefold()
    if not (same_thread or same_subject):
        return _is_about(promise, letter)
    return not promise.text or (_wants_words(promise) and _told_what_was_wanted(promise, letter))


def _tells_of_it(promise: Promise, letter: Letter) -> bool:
    """Whether a letter comes back, without a day having been said for it, to the very thing it was to come back to."""
    if not _wants_words(promise) or _is_open(letter) or _asks_back(letter) or _not_the_thing(promise, letter):
        return False
    about = topic(_ASKED_OF.sub(" ", promise.text))
    return any(is_of(one, promise.text, about) for one in told(letter.words))


def _told_what_was_wanted(promise: Promise, letter: Letter) -> bool:
    """Whether a sentence can be the answer: of what the promise is about, not of whom it was to be asked."""
    about = topic(_ASKED_OF.sub(" ", promise.text)) or topic(promise.text)
    wanted = about | topic(promise.subject.casefold())
    said = told(letter.words)
    if any(answers(one, promise.text, wanted) for one in said):
        return True
    return promise.kind == "commitment" and any(offers_a_time(one) for one in said)


def _wants_words(promise: Promise) -> bool:
    """Whether words alone can keep it."""
    return _kept_by_words(promise.text, asked=promise.kind == "request")


@lru_cache(8192)
def _kept_by_words(text: str, *, asked: bool) -> bool:
    if speaks_of_coming_back(text) or _WANTS_WORDS.search(text):
        return True
    return asked and not _WANTS_A_THING.search(text)


def _is_open(letter: Letter) -> bool:
    """Whether it puts something off, or sends the reader elsewhere."""
    return letter.owes or letter.deeds.open


def _asks_back(letter: Letter) -> bool:
    return letter.asks or letter.deeds.asks


def _given(promise: Promise, letter: Letter) -> bool:
    """Whether the thing is there without an announcement: attached under its name, or said to be done."""
    deeds = letter.deeds
    if not (deeds.done or letter.files) or _is_open(letter) or _not_the_thing(promise, letter):
        return False
    about = topic(promise.text)
    if letter.files and not _asks_back(letter):
        return share(about, file_topics(letter.files) | deeds.tells)
    return share(about, deeds.done)


def _is_about(promise: Promise, letter: Letter) -> bool:
    """Whether a letter elsewhere comes back to what it was promised to come back to: its words say so, and its subject."""
    if not _wants_words(promise):
        return False
    about = topic(promise.text)
    if share(about, letter.deeds.comes_back):
        return True
    same = share(about, letter.deeds.named)
    return same and share(topic(promise.subject.casefold()), topic(letter.subject.casefold()))


def _not_the_thing(promise: Promise, letter: Letter) -> bool:
    """Whether a sentence denies something of the thing that was promised: "Ritningarna har vi inte kunnat göra"."""
    return share(topic(promise.text), letter.deeds.denied)


def _announced(promise: Promise, letter: Letter, *, sure: bool = False) -> bool:
    """Whether a sentence announces what was promised.

    Where the letter also puts something off, or is `sure` to be wanted, the sentence has to name the thing;
    else it must not name another one.
    """
    about = topic(promise.text)
    of = of_what(promise.text)
    gives, goes = (
        [one for one in some if not are_others(one.of, of)]
        for some in (letter.deeds.gives, letter.deeds.goes)
    )
    found = gives or [one for one in goes if share(about, one.about)]
    if not found:
        return False
    if _is_open(letter):
        return not is_a_part(letter.words) and any(share(about, one.about) for one in found)
    if not sure or not promise.text:
        return any(not about or not one.about or share(about, one.about) for one in found) or _contact(
            promise
        )
    return any(
        share(about, one.about) if about and one.about else _speaks_of(promise, letter, one) for one in found
    )


def _speaks_of(promise: Promise, letter: Letter, one: Said) -> bool:
    """Whether a sentence that names no thing, or to a promise of none, is about that promise: as promised, or by its subject."""
    if one.as_promised:
        return True
    return share(topic(promise.subject) | topic(promise.text), topic(letter.subject) | one.about)


def _contact(promise: Promise) -> bool:
    return speaks_of_coming_back(promise.text)
