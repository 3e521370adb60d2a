"""Whether a later letter keeps an earlier promise, or answers a request. Pure: two descriptions in, a reason out."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

KeptReason = Literal["in-window", "announced", "answered"]

# A letter long after a window may be about anything.
GRACE = timedelta(days=60)

_ANNOUNCED = re.compile(
    r"(?i)\b(?:som (?:vi |jag )?(?:ut)?lova[dt]\w*|som utlovat|enligt (?:överenskommelse|löfte)|"
    r"som (?:vi )?kom(?:mit)? överens|bifoga[rtd]\w*|i bilaga|här(?:med)? (?:kommer|översänd\w+|skicka\w+|får)|"
    r"översänder|återkommer (?:jag |vi )?(?:nu|här|härmed)|(?:utlovad\w*|aviserad\w*)|nu är \w+ klar\w*|"
    r"as promised|attached|please find)\b"
)
_PUTS_OFF = re.compile(
    r"(?i)\b(?:åter(?:kommer|kopplar)|hör av (?:mig|oss)|ska (?:titta|kolla|undersöka|se över)|"
    r"tittar på|undersöker|behöver (?:mer|lite mer) tid|(?:hann|hinner|hunnit|kan|kunde) (?:\w+ )?inte|"
    r"inte (?:hunnit|än|ännu)|dröj(?:er|t|de)|får (?:ni|du|\w+)? ?\w* ?(?:på|i) (?:mån|tis|ons|tors|fre)dag|i nästa vecka)\b"
)


@dataclass(frozen=True, slots=True)
class Promise:
    """What was promised or asked for. Houses are mail domains; `debtors` are those who have to act."""

    kind: str
    said: date
    due_start: date | None
    due_end: date | None
    debtors: frozenset[str]
    creditors: frozenset[str]
    thread: int | None


@dataclass(frozen=True, slots=True)
class Letter:
    """A later letter: whose, to whom, when, with which first words."""

    day: date
    sender: str
    recipients: frozenset[str]
    words: str
    thread: int | None


def keeps(promise: Promise, letter: Letter) -> KeptReason | None:
    """The reason for which `letter` keeps `promise`, or None.

    It has to go from a debtor's house to a creditor's, after it was said. In a window that opens it counts by
    its day alone; one that is only "by" a day needs an answer in the same thread, or words that announce it.
    """
    if promise.kind not in {"commitment", "request"} or letter.day < promise.said:
        return None
    if letter.sender not in promise.debtors or not letter.recipients & promise.creditors:
        return None
    same_thread = promise.thread is not None and promise.thread == letter.thread
    if promise.kind == "request":
        return "answered" if same_thread and not _PUTS_OFF.search(letter.words) else None
    if promise.due_start is not None:
        if letter.day < promise.due_start:
            return None
        in_window = promise.due_end is None or letter.day <= promise.due_end
        late = promise.due_end is not None and letter.day <= promise.due_end + GRACE
        return "in-window" if in_window or (late and same_thread) else None
    return "announced" if same_thread and _ANNOUNCED.search(letter.words) else None
