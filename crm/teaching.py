"""What people's yes and no to links teach about other mails. Pure: decisions in, what holds for a mail out.

A mail is like a decided one by its thread, else by its sender, else by its sender's domain; the nearest likeness
counts, and in it the newest decision on an office. A yes by sender or domain speaks only of the offices that all its
mails were connected with: who writes about several says nothing by writing. A no turns down what it has seen: a link
that is surer than the one it was said to is still believed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Likeness = Literal["thread", "sender", "domain"]

LIKENESSES: tuple[Likeness, ...] = ("thread", "sender", "domain")

CONFIDENCE: Mapping[Likeness, float] = {"thread": 0.9, "sender": 0.85, "domain": 0.75}

# Where everybody may have an address, it tells nothing about anybody else's.
PUBLIC_DOMAINS = frozenset(
    "gmail.com googlemail.com hotmail.com hotmail.se outlook.com outlook.se live.se live.com msn.com icloud.com me.com "
    "yahoo.com yahoo.se telia.com bredband.net comhem.se tele2.se spray.se passagen.se swipnet.se glocalnet.net "
    "protonmail.com proton.me gmx.com gmx.net aol.com mail.com home.se bahnhof.se ownit.se tyfonmail.se".split()
)


@dataclass(frozen=True, slots=True)
class Lesson:
    """A decision on one message: yes or no to one office. `overruled`: how sure the rules' own link was, if any."""

    id: int
    message: int
    office: int
    linked: bool
    overruled: float | None
    thread: int | None
    sender: str | None

    def is_like(self, likeness: Likeness, mail: "Taught") -> bool:
        """Whether a mail is like the decided one in this way."""
        if likeness == "thread":
            return self.thread is not None and self.thread == mail.thread
        if likeness == "sender":
            return self.sender is not None and self.sender == mail.sender
        return mail.domain is not None and self.sender is not None and _domain(self.sender) == mail.domain


@dataclass(frozen=True, slots=True)
class Taught:
    """A mail that may be like a decided one; `sender` and `domain` are None where they teach nothing."""

    message: int
    thread: int | None = None
    sender: str | None = None
    domain: str | None = None


@dataclass(frozen=True, slots=True)
class Holds:
    """What a decision says about another mail, and by which likeness."""

    lesson: Lesson
    likeness: Likeness

    @property
    def confidence(self) -> float:
        return CONFIDENCE[self.likeness]

    @property
    def reason(self) -> str:
        """As a link keeps it: the likeness, and the sender or domain that is alike."""
        if self.likeness == "thread":
            return "taught-thread"
        sender = self.lesson.sender or ""
        return f"taught-{self.likeness}: {sender if self.likeness == 'sender' else _domain(sender)}"

    def turns_down(self, confidence: float, *, inherited: bool) -> bool:
        """Whether this no speaks of a link that is so sure.

        What a mail inherits from the one it answers only a no in its own thread turns down.
        """
        if self.lesson.linked or (inherited and self.likeness != "thread"):
            return False
        return self.lesson.overruled is None or confidence <= self.lesson.overruled


def taught(mail: Taught, lessons: Sequence[Lesson]) -> dict[int, Holds]:
    """Office → what earlier decisions say about it for this mail; the newest are the last of `lessons`."""
    found: dict[int, Holds] = {}
    for likeness in LIKENESSES:
        alike = [one for one in lessons if one.message != mail.message and one.is_like(likeness, mail)]
        newest = {one.office: one for one in alike}
        common = _common(newest.values())
        for office, lesson in newest.items():
            if office not in found and (not lesson.linked or likeness == "thread" or office in common):
                found[office] = Holds(lesson, likeness)
    return found


def _common(lessons: Iterable[Lesson]) -> set[int]:
    """The offices that every message with a yes was connected with."""
    by_message: dict[int, set[int]] = {}
    for one in lessons:
        if one.linked:
            by_message.setdefault(one.message, set()).add(one.office)
    return set.intersection(*by_message.values()) if by_message else set()


def _domain(address: str) -> str:
    return address.rpartition("@")[2]


def teaching_domain(address: str | None, *, ours: bool) -> str | None:
    """The domain by which mails of one house are alike: none for ours, nor where everybody may have an address."""
    domain = _domain(address) if address else ""
    return None if ours or not domain or domain in PUBLIC_DOMAINS else domain
