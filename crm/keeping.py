"""Whether a later letter keeps an earlier promise, or answers a request. Pure: two descriptions in, a reason out.

A wrong "kept" hides a promise that nobody has kept, so whatever is in doubt is not kept. Words are judged
sentence by sentence (`crm.told`): one that puts off announces nothing, whatever else it says.
"""

import re
from datetime import date, timedelta
from typing import Literal, Protocol

from crm.promised import Letter, Promise, is_same_subject
from crm.speaking import announces, asks_back, comes_back_to, denies_it, gives, is_open, may_be_about
from crm.told import answers, is_of, offers_a_time, only_thanks, share, told, topic

KeptReason = Literal["in-window", "announced", "answered"]

# A letter long after a window may be about anything.
GRACE = timedelta(days=60)
# An answer that names no letter comes soon.
SOON = timedelta(days=21)
_WANTS_FIGURES = re.compile(
    r"(?i)\b(?:\w*statistik\w*|siffr\w+|antal\w*|hur (?:många|mycket|stor)|\w*(?:pris|kostnad|hyra|yta|area|mått)\w*)\b"
)
_FIGURE = re.compile(r"[0-9]")
# How long a window without an end is looked at.
OPEN_WINDOW = timedelta(days=400)
# How much of a letter is looked at for words that announce what was promised, or put it off.
LOOKED_AT = 1_500

# Whom one asks is not what one asks about: "frågar gatukontoret om snöröjningen".
_ASKED_OF = re.compile(
    r"(?i)\b(?:med|till|hos|frågar?|ringer|ringa|kontaktar?|från) (?:vår[at]? |er[at]? |den |det )?\w+"
)


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
    if letter.day > last_day(promise):
        return None
    if not (same_thread or letter.announces is not False or may_be_about(letter.subject, promise.subject)):
        return None
    if promise.kind == "request" and same_thread:
        return "answered" if _answers(promise, letter) else None
    if promise.kind == "request" and _answers_elsewhere(promise, letter):
        return "answered"
    begins = promise.due_start
    if promise.kind == "request" or (begins is not None and letter.day < begins):
        return (
            "announced"
            if announces(promise.wanted, letter, promise.subject, sure=_sure(promise, letter, same_thread))
            else None
        )
    if begins is None and not (same_thread and promise.due_end and promise.wanted.by_words):
        given = announces(promise.wanted, letter, promise.subject, sure=not same_thread) or gives(
            promise.wanted, letter
        )
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


class Dated(Protocol):
    """The days of a promise, as `Promise` has them."""

    @property
    def said(self) -> date: ...
    @property
    def due_start(self) -> date | None: ...
    @property
    def due_end(self) -> date | None: ...


def last_day(promise: Dated) -> date:
    """Until when a letter can keep it: for a while after its last day; without one, for about a year."""
    if promise.due_end is None:
        return (promise.due_start or promise.said) + OPEN_WINDOW
    return promise.due_end + GRACE


def _answers(promise: Promise, letter: Letter) -> bool:
    """Whether a reply answers a request: by the thing, or by words where words were wanted."""
    if announces(promise.wanted, letter, promise.subject) or gives(promise.wanted, letter):
        return True
    if not promise.wanted.by_words or is_open(letter) or asks_back(letter) or only_thanks(letter.words):
        return False
    if not promise.text.rstrip().endswith("?") and denies_it(promise.wanted, letter):
        return False
    return _told_what_was_wanted(promise, letter)


def _answers_elsewhere(promise: Promise, letter: Letter) -> bool:
    """Whether a letter of the same subject that lost its thread answers a request: it has to speak of what was asked."""
    if not is_same_subject(promise.subject, letter.subject):
        return _tells_the_figures(promise, letter)
    return share(topic(promise.text), letter.deeds.named) and _answers(promise, letter)


def _tells_the_figures(promise: Promise, letter: Letter) -> bool:
    """Whether a letter of another subject soon tells, with figures, of what was asked: "2023 hade vi 3 410 besök"."""
    soon = letter.day <= (promise.due_end or promise.said) + SOON
    if not soon or not _WANTS_FIGURES.search(promise.text) or is_open(letter) or asks_back(letter):
        return False
    about = topic(promise.text)
    said = (one for one in told(letter.words) if one.deed == "tells")
    return any(share(about, one.about) and _FIGURE.search(one.text) for one in said)


def _comes_back(promise: Promise, letter: Letter, *, same_thread: bool) -> bool:
    """Whether a letter in the window is what was promised for it."""
    if announces(promise.wanted, letter, promise.subject, sure=not same_thread) or gives(
        promise.wanted, letter
    ):
        return True
    if is_open(letter) or only_thanks(letter.words) or denies_it(promise.wanted, letter):
        return False
    if not (same_thread or is_same_subject(promise.subject, letter.subject)):
        return comes_back_to(promise.wanted, letter, promise.subject)
    return not promise.text or (promise.wanted.by_words and _told_what_was_wanted(promise, letter))


def _tells_of_it(promise: Promise, letter: Letter) -> bool:
    """Whether a letter comes back, without a day having been said for it, to the very thing it was to come back to."""
    if (
        not promise.wanted.by_words
        or is_open(letter)
        or asks_back(letter)
        or denies_it(promise.wanted, letter)
    ):
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
