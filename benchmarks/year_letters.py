"""Letters of an invented year with what is true of them: the offices that each concerns, and what was kept.

All is drawn from a seed; the words are those of one part of `year.toml`.
"""

import random
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Stockholm")
FOLD = str.maketrans("åäöéÅÄÖ", "aaoeAAO")


@dataclass(frozen=True)
class Party:
    """Who writes or gets letters; `place` is the municipality whose mail domain it has, or none."""

    name: str
    address: str
    sign: str = ""

    @property
    def header(self) -> str:
        return f"{self.name} <{self.address}>"


@dataclass
class Said:
    """A sentence that is a promise or a request, and whether a later letter keeps it; None: who can tell."""

    text: str
    kept: bool | None = False


@dataclass
class Letter:
    """A letter and what is true of it. `decided`: the office with which staff connect it by hand once it has come."""

    id: str
    sender: Party
    to: Sequence[Party]
    subject: str
    body: str
    at: datetime
    refs: tuple[str, ...] = ()
    offices: frozenset[str] = frozenset()
    said: list[Said] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    decided: str | None = None

    def raw(self) -> bytes:
        made = EmailMessage()
        made["From"] = self.sender.header
        made["To"] = ", ".join(one.header for one in self.to)
        made["Subject"] = self.subject
        made["Date"] = format_datetime(self.at)
        made["Message-ID"] = self.id
        if self.refs:
            made["In-Reply-To"], made["References"] = self.refs[-1], " ".join(self.refs)
        for name, value in self.headers.items():
            made[name] = value
        made.set_content(self.body, charset="utf-8", cte="8bit")
        return made.as_bytes()

    @property
    def chain(self) -> tuple[str, ...]:
        """The References of who answers it."""
        return (*self.refs, self.id)


@cache
def words() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "year.toml").read_text(encoding="utf-8"))


class Writer:
    """Draws people, days and words, and writes letters with them."""

    def __init__(self, seed: int, part: str) -> None:
        self.random = random.Random(f"{seed} {part}")  # noqa: S311 (letters, no secrets)
        self.words: dict[str, list[str]] = words()[part]
        self.letters: list[Letter] = []
        self._number = 0

    def pick(self, kind: str, **given: str) -> str:
        return self.random.choice(self.words[kind]).format_map(_Given(given))

    def name(self) -> str:
        return f"{self.random.choice(words()['given'])} {self.random.choice(words()['family'])}"

    def party(self, domain: str, sign: str) -> Party:
        name = self.name()
        local = ".".join(name.lower().translate(FOLD).split())
        return Party(name, f"{local}@{domain}", sign)

    def day(self, month: int | None = None) -> datetime:
        month = month or self.random.randint(2, 11)
        day = datetime(2021, month, self.random.randint(1, 27), self.random.randint(8, 16), 12, tzinfo=ZONE)
        return day + timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0))

    def letter(
        self,
        sender: Party,
        to: Sequence[Party],
        subject: str,
        sentences: Sequence[str],
        at: datetime,
        *,
        answers: Letter | None = None,
        offices: Sequence[str] = (),
        said: Sequence[Said] = (),
        quoting: str = "",
        **more: Any,
    ) -> Letter:
        """Writes one; an answer has its References, and half of them quote what they answer."""
        self._number += 1
        opening = self.pick("openings", name=to[0].name.split()[0])
        body = (
            f"{opening}\n\n{chr(10).join(sentences)}\n\n{self.pick('signs')}\n{sender.name}\n{sender.sign}\n"
        )
        if answers is not None and self.random.random() < 0.5:
            body += _quoted(answers)
        one = Letter(
            f"<{self._number}.{self.random.randrange(10**9)}@ar.example>",
            sender,
            to,
            f"SV: {answers.subject.removeprefix('SV: ')}" if answers is not None else subject,
            body + quoting,
            at + timedelta(minutes=self._number % 47),
            answers.chain if answers is not None else (),
            frozenset(offices),
            list(said),
            **more,
        )
        self.letters.append(one)
        return one


class _Given(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "{" + name + "}"


def _quoted(letter: Letter) -> str:
    lines = "\n".join(f"> {line}" for line in letter.body.splitlines())
    return f"\nDen {letter.at:%Y-%m-%d} kl. {letter.at:%H:%M} skrev {letter.sender.name} <{letter.sender.address}>:\n{lines}\n"


def forwarded(letter: Letter) -> str:
    """A letter as Outlook quotes it below one's own words."""
    to = "; ".join(one.header for one in letter.to)
    return (
        f"\n\nFrån: {letter.sender.header}\nSkickat: {letter.at:%Y-%m-%d %H:%M}\nTill: {to}\n"
        f"Ämne: {letter.subject}\n\n{letter.body}"
    )
