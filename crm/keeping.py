"""Whether a later letter keeps an earlier promise, or answers a request. Pure: two descriptions in, a reason out.

A wrong "kept" hides a promise that nobody has kept, so whatever is in doubt is not kept. Words are judged
sentence by sentence (`crm.told`): one that puts off announces nothing, whatever else it says.
"""

import re
from datetime import date, timedelta
from typing import Literal, Protocol

from crm.asked import fits
from crm.promised import Letter, Promise, Wanted, is_same_subject
from crm.replies import answers_plainly, heads_the_answer, is_content, is_reply, may_tell, reports
from crm.speaking import (
    announces,
    asks_back,
    asks_for_it,
    comes_back_to,
    denies_it,
    gives,
    has_received,
    is_headed,
    is_open,
    may_be_about,
    names_another,
    puts_it_off,
)
from crm.told import (
    Told,
    alike,
    answers,
    are_twice_alike,
    is_of,
    is_past,
    matter,
    offers_a_time,
    only_thanks,
    told,
)
from crm.weighing import LEAST, LEAST_OF_RULE, likelihood

KeptReason = Literal["in-window", "announced", "answered", "replied", "content"]

# A letter long after a window may be about anything.
GRACE = timedelta(days=60)
# An answer that names no letter comes soon.
SOON = timedelta(days=21)
# How long a window without an end is looked at.
OPEN_WINDOW = timedelta(days=400)
# How long a letter of another thread is looked at for what was wanted for no day.
UNDATED = timedelta(days=45)
# How long after its last day a letter of the same parties alone, or a note, is looked at.
_APART = timedelta(days=30)
# How much of a letter is looked at for words that announce what was promised, or put it off.
LOOKED_AT = 1_500

# Whom one asks is not what one asks about: "frågar gatukontoret om snöröjningen".
_ASKED_OF = re.compile(
    r"(?i)\b(?:med|till|hos|frågar?|ringer|ringa|kontaktar?|från) (?:vår[at]? |er[at]? |den |det )?\w+"
)


def keeps(promise: Promise, letter: Letter) -> KeptReason | None:
    """The reason for which `letter` keeps `promise`, or None.

    It has to go from a debtor's house to a creditor's, after it was said, or a creditor says to have got the thing. A request needs a reply that neither puts
    off nor asks back. In a window that opens, a letter of the same thread counts that does not put off. Elsewhere,
    before the window, and where there is only a last day, it needs words that announce what was promised.
    """
    if promise.kind not in {"commitment", "request"} or not is_later(promise, letter):
        return None
    if letter.day > last_day(promise):
        return None
    if letter.sender in promise.creditors and letter.recipients & promise.debtors:
        return "announced" if _has_come(promise, letter) else "content" if _is_well(promise, letter) else None
    if not _is_of_debtor(promise, letter):
        return None
    reason = by_rules(promise, letter)
    return _weighed(promise, letter, reason) if may_reply(promise, letter) else reason


def by_rules(promise: Promise, letter: Letter) -> KeptReason | None:
    """The reason that the rules see in a letter of a debtor to a creditor."""
    return _delivers(promise, letter) or _replies(promise, letter)


def may_reply(promise: Promise, letter: Letter) -> bool:
    """Whether a letter of a debtor to a creditor stands in the thread of a promise in its time, and is weighed as a reply."""
    if not (_shares_thread(promise, letter) and promise.text):
        return False
    in_time = is_later(promise, letter) and letter.day <= last_day(promise)
    return in_time and _is_of_debtor(promise, letter)


def _is_of_debtor(promise: Promise, letter: Letter) -> bool:
    return letter.sender in promise.debtors and bool(letter.recipients & promise.creditors)


def _weighed(promise: Promise, letter: Letter, reason: KeptReason | None) -> KeptReason | None:
    """The reason where the reply is likely what was promised: more likely than not is enough for what a rule knows."""
    early = _is_early(promise, letter)
    if not early and _is_near(promise, letter) and answers_plainly(promise, letter):
        return reason or "replied"
    empty = only_thanks(letter.words) or puts_it_off(promise.wanted, letter) or not may_tell(promise, letter)
    if reason is None and (early or empty or not _is_near(promise, letter)):
        return None
    if reason is not None and announces(promise.wanted, letter, sure=True):
        return reason
    chance = likelihood(promise, letter, reason)
    if reason is None:
        return "replied" if chance >= LEAST else None
    return reason if chance >= LEAST_OF_RULE else None


def _replies(promise: Promise, letter: Letter) -> KeptReason | None:
    """The reason for which a letter keeps it by what it does not do: it answers, or reports, in its time."""
    if _is_early(promise, letter):
        return None
    if not _shares_thread(promise, letter):
        return _answers_apart(promise, letter)
    if not _is_near(promise, letter):
        return None
    if is_reply(promise, letter):
        return "replied"
    begun = promise.due_start is not None or promise.due_end is not None
    return "replied" if begun and reports(promise, letter) else None


def _answers_apart(promise: Promise, letter: Letter) -> KeptReason | None:
    """The same of a letter in another thread, which has to be about the matter by its subject."""
    if letter.day > _its_time(promise) + SOON or names_another(letter.subject, promise.subject):
        return None
    numbered = any(map(str.isdigit, promise.subject))
    named = numbered or alike(promise.wanted.about, letter.deeds.named)
    if named and is_same_subject(promise.subject, letter.subject) and reports(promise, letter):
        return "replied"
    return "answered" if heads_the_answer(promise, letter) else None


def _shares_thread(promise: Promise, letter: Letter) -> bool:
    return promise.thread is not None and promise.thread == letter.thread


def _is_early(promise: Promise, letter: Letter) -> bool:
    """Whether a letter comes before the time of what was promised; a question's day is of what it asks about."""
    begins = promise.due_start if promise.kind != "request" else None
    return begins is not None and letter.day < begins


def _is_near(promise: Promise, letter: Letter) -> bool:
    """Whether a letter comes soon enough after its time to be the reply by being one."""
    return letter.day <= _its_time(promise) + UNDATED


def _is_undated(promise: Promise) -> bool:
    return promise.due_start is None and promise.due_end is None


def _delivers(promise: Promise, letter: Letter) -> KeptReason | None:
    """The reason for which a letter of a debtor to a creditor keeps it."""
    same_thread = promise.thread is not None and promise.thread == letter.thread
    if not same_thread and _is_undated(promise) and letter.day > promise.said + UNDATED:
        return None
    headed = may_be_about(letter.subject, promise.subject) or is_headed(promise.wanted, letter)
    if not (same_thread or letter.announces is not False or headed):
        return None
    if promise.kind == "request":
        answered = _answers(promise, letter) if same_thread else _answers_elsewhere(promise, letter)
        return "answered" if answered or _tells_the_answer(promise, letter) else None
    if _tells_the_answer(promise, letter):
        return "in-window"
    begins = promise.due_start
    if begins is not None and letter.day < begins:
        return (
            "announced"
            if announces(promise.wanted, letter, promise.subject, sure=_sure(promise, letter, same_thread))
            else None
        )
    if begins is None and not (same_thread and promise.due_end and promise.wanted.by_words):
        given = announces(promise.wanted, letter, promise.subject, sure=not same_thread) or gives(
            promise.wanted, letter, elsewhere=not same_thread
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


def _its_time(promise: Dated) -> date:
    """Its last day, or as near to one as is known."""
    return promise.due_end or promise.due_start or promise.said


def last_day_apart(promise: Dated, within: timedelta) -> date:
    """Until when what shares no thread with it can keep it: a month past its last day, and `within` after it was said."""
    return min(_its_time(promise) + _APART, promise.said + within)


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
    if is_same_subject(promise.subject, letter.subject):
        return alike(promise.wanted.about, letter.deeds.named) and _answers(promise, letter)
    return gives(promise.wanted, letter, elsewhere=True) or announces(
        promise.wanted, letter, promise.subject, sure=True
    )


def _tells_the_answer(promise: Promise, letter: Letter) -> bool:
    """Whether a letter soon tells of what was asked, in the form of an answer: "2023 hade vi 3 410 besök".

    The sentence has to name it, or the letter's subject; what was to be done, it says of two of its words.
    """
    wanted = promise.wanted
    if _is_early(promise, letter) or letter.day > _its_time(promise) + SOON:
        return False
    if promise.thread != letter.thread and names_another(letter.subject, promise.subject):
        return False
    about = matter(_ASKED_OF.sub(" ", promise.text)) or wanted.about
    headed = promise.thread != letter.thread and is_headed(wanted, letter)
    if not (headed or alike(about | wanted.about, letter.deeds.named)):
        return False  # no sentence can name it
    if puts_it_off(wanted, letter) or asks_for_it(wanted, letter) or denies_it(wanted, letter):
        return False
    said = (one for one in told(letter.words) if one.deed in {"tells", "gives"})
    return any(_is_told(promise, wanted, about, one, headed=headed) for one in said)


def _is_told(promise: Promise, wanted: Wanted, about: frozenset[str], one: Told, *, headed: bool) -> bool:
    """Whether one sentence tells of what was asked; first whether it names it, which few do and costs least."""
    named = alike(about | wanted.about, one.about)
    if named and is_past(one.text) and are_twice_alike(about, one.about):
        return True
    return wanted.by_words and (named or (headed and bool(one.about))) and fits(promise.text, one.text)


def _has_come(promise: Promise, letter: Letter) -> bool:
    """Whether whoever was to get it says that it has come."""
    early = promise.due_start is not None and letter.day < promise.due_start
    return not early and letter.day > promise.said and has_received(promise.wanted, letter, promise.subject)


def _is_well(promise: Promise, letter: Letter) -> bool:
    """Whether whoever waited says in the thread, after its time began, that all is well."""
    begins = promise.due_start or promise.due_end
    if begins is None or letter.day < begins:
        return False
    return _shares_thread(promise, letter) and is_content(promise, letter)


def _comes_back(promise: Promise, letter: Letter, *, same_thread: bool) -> bool:
    """Whether a letter in the window is what was promised for it."""
    if announces(promise.wanted, letter, promise.subject, sure=not same_thread) or gives(
        promise.wanted, letter, elsewhere=not same_thread
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
    about = matter(_ASKED_OF.sub(" ", promise.text))
    return any(is_of(one, promise.text, about) for one in told(letter.words))


def _told_what_was_wanted(promise: Promise, letter: Letter) -> bool:
    """Whether a sentence can be the answer: of what the promise is about, not of whom it was to be asked."""
    about = matter(_ASKED_OF.sub(" ", promise.text)) or matter(promise.text)
    wanted = about | matter(promise.subject.casefold())
    said = told(letter.words)
    if any(answers(one, promise.text, wanted) for one in said):
        return True
    return promise.kind == "commitment" and any(offers_a_time(one) for one in said)
