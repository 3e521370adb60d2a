"""Invented letters as many programs forward and quote them in many languages, with what each of them says.

`chains.toml` has the words of each language; here are the shapes in which programs put them. All is drawn from a
seed: the same seed makes the same letters.
"""

import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

Party = tuple[str | None, str | None]
ZONE = ZoneInfo("Europe/Stockholm")
FIRST = datetime(2021, 1, 3, 7, 5, 9, tzinfo=ZONE)
NAMES = [
    "Anna Ek", "Bo Lind", "Cilla Al-Jabiri", "Åsa Öberg-Lindström", "Sjögren Ulf", "Per von Essen", "Zoë Öztürk",
    "Jean-Luc Dupré", "Ján Kováč", "Łukasz Żak", "Ирина Петрова", "Registrator", "Kommun (Funktionsadress)", "O'Neil, Sean",
]  # fmt: skip
HOUSES = ["ange.example", "ssc.example", "mail.boden.example", "hyra-lokal.example"]
SUBJECTS = [
    "Lokal i Ånge", "Möte: torsdag 14 oktober", "Fråga 🙂 om hyran", "RE: Avtal 2021/45", "Ritningar (3 st.) – version 2",
    "Till: och från, en rubrik med kolon", "Kontrakt", "SV: VB: Besök", "Årsavtal 50 % rabatt!", "",
]  # fmt: skip
BODIES = [
    "Hej,\n\nlokalen är ledig från maj. Vi återkommer med ritningar.\n\nMed vänlig hälsning\nAnna Ek\nTel: 010-123 45 67",
    "Hello Bo,\n\nplease find the plans below:\n\n- ground floor\n- first floor: see page 3\n\nBest regards,\nAnna",
    "Tack!",
    "Hej igen.\n\nFrån maj kan ni flytta in. Till hösten: nya dörrar.\nKostnad: 40 000 kr\n\n/Anna",
    "Guten Tag,\n\nder Vertrag liegt bei.\n\nMit freundlichen Grüßen\nJohann Groß",
    "Добрый день,\n\nпосылаю договор.\n\nС уважением",
    "Bonjour,\n\nvoici le contrat : il manque la page 4.\n\nCordialement",
    "Hej\nEn rad till\noch en till, den 3 maj kl. 10:00.\n\n-- \nAnna Ek\nwww.ange.example",
]
OWN = [
    "",
    "",
    "Se nedan.",
    "Hej Bo,\n\nkan du ta detta?\n\nMvh\nBo Lind\nSSC",
    "FYI",
    "För kännedom, det gäller: lokalen.",
]
PREFIXES = {
    "sv": ("VB", "SV"),
    "nb": ("VS", "SV"),
    "da": ("VS", "SV"),
    "fi": ("VL", "VS"),
    "de": ("WG", "AW"),
}


@dataclass(frozen=True)
class Level:
    """One message as it has to come out; a field that its program does not write is empty."""

    sender: Party
    date: datetime
    body: str
    to: tuple[Party, ...] = ()
    cc: tuple[Party, ...] = ()
    subject: str | None = None
    date_text: str = ""


@dataclass(frozen=True)
class Letter:
    """A text of a mail and the messages in it, the outermost embedded one first; `own` stands above them."""

    client: str
    language: str
    subject: str
    text: str
    own: str
    levels: tuple[Level, ...]


@dataclass(frozen=True)
class Forward:
    """A program's header block. `labels` is a key of the language or the labels themselves, in the order of `order`.

    f, t, c, s, d are sender, recipients, copies, subject and date; `date` is a key of the language or an English
    pattern. `above` stands over the block, `blanks` lines are empty below it.
    """

    labels: str
    order: str
    date: str
    above: str = ""
    blanks: int = 1
    separator: str = ", "
    style: str = ""


ENGLISH = "From|To|Cc|Date|Subject"
MARKED = "-------- {marker} --------"
FORWARDS = {
    "Outlook": Forward("outlook", "fdtcs", "outlook_date", separator="; "),
    "Outlook, rule": Forward("outlook", "fdtcs", "outlook_date", "_" * 32, separator="; "),
    "Outlook, marker": Forward("outlook", "fdtcs", "outlook_date", "-----{original}-----", separator="; "),
    "Outlook, bold": Forward("outlook", "fdtcs", "outlook_date", separator="; ", style="bold"),
    "Outlook, mailto": Forward("outlook", "fdtcs", "outlook_date", separator="; ", style="mailto"),
    "Outlook, names": Forward("outlook", "fdtcs", "outlook_date", separator="; ", style="names"),
    "Outlook for Mac": Forward("mac", "fdtcs", "mac_date"),
    "Gmail": Forward("gmail", "fdstc", "gmail_date", "---------- Forwarded message ---------", blanks=2),
    "Apple Mail": Forward("apple", "fsdtc", "apple_date", "{marker}:\n", style="set off"),
    "Apple Mail, plain": Forward("apple", "fsdtc", "apple_date", "{marker}:\n"),
    "Thunderbird": Forward("thunderbird", "sdftc", "thunderbird_date", MARKED, blanks=2),
    "Yahoo": Forward("yahoo", "ftcds", "yahoo_date", "----- {marker} -----", style="quotes"),
    "IONOS": Forward("mac", "fdtcs", "mac_date", "---------- {original} ----------"),
    "Android": Forward("mac", "fdtcs", "mac_date", "-------- {original} --------", style="spaces"),
    "HubSpot": Forward("From|Date|Subject|To|Cc", "fdstc", "EEE, MMM d, y 'at' h:mm a", "---------- Forwarded message ---------", blanks=2),
    "Missive": Forward("From|Date|Subject|To|Cc", "fdstc", "MMMM d y, 'at' h:mm a", "---------- Forwarded message ----------"),
    "MailMate": Forward("From|To|Cc|Subject|Date", "ftcsd", "EEE, d MMM y HH:mm:ss Z", "Forwarded message:\n", style="set off"),
    "Notes": Forward(ENGLISH, "ftcds", "MM/dd/y hh:mm a", "----- Forwarded by Bo Lind/SSC on 06/08/2021 09:20 AM -----\n", 3, style="quotes"),
    "Zimbra": Forward("From|To|Cc|Sent|Subject", "ftcds", "EEEE, MMMM d, y h:mm:ss a", "----- Forwarded Message -----", style="quotes"),
}  # fmt: skip
REPLIES = {"Gmail, reply": "gmail", "Apple Mail, reply": "apple", "Thunderbird, reply": "thunderbird"}


@cache
def words() -> dict[str, dict[str, str]]:
    """The languages of `chains.toml`."""
    return tomllib.loads(Path(__file__).with_name("chains.toml").read_text(encoding="utf-8"))


def clients(language: str) -> Iterator[str]:
    """The programs whose words in this language are known; what is English alone is asked in English."""
    known = words()[language]
    for name, program in FORWARDS.items():
        if program.labels in known or ("|" in program.labels and language.startswith("en")):
            yield name
    yield from (name for name, key in REPLIES.items() if f"{key}_reply" in known)


def letter(client: str, language: str, seed: str) -> Letter:
    """One message that `client` forwards or quotes."""
    return _made([client], language, random.Random(f"{seed} {language} {client}"))  # noqa: S311 (no secret)


def chain(language: str, depth: int, seed: str) -> Letter:
    """Messages within messages, as deep as `depth`, by any programs."""
    chance = random.Random(f"{seed} {language} {depth}")  # noqa: S311 (no secret)
    return _made([chance.choice(list(clients(language))) for _ in range(depth)], language, chance)


def _made(programs: list[str], language: str, chance: random.Random) -> Letter:
    """A mail with what the programs make of each other's, the outermost first."""
    text, levels = "", list[Level]()
    for name in reversed(programs):
        level, text = _message(name, language, chance, text)
        levels.insert(0, level)
    own = chance.choice(OWN)
    prefix = PREFIXES.get(language, ("Fwd", "Re"))[programs[0] in REPLIES]
    subject = f"{prefix}: {levels[0].subject or 'Lokal'}"
    return Letter(
        " > ".join(programs), language, subject, f"{own}\n\n{text}" if own else text, own, tuple(levels)
    )


def quoted(one: Letter) -> Letter:
    """The same letter where all below the own words stands in `>` quotes, as in an answer to it."""
    rest = _set_off(one.text.removeprefix(one.own).lstrip("\n"))
    return replace(one, text=f"{one.own}\n\n{rest}" if one.own else rest)


def _message(name: str, language: str, chance: random.Random, inner: str) -> tuple[Level, str]:
    """What a program makes of a message that has `inner` below its own words."""
    made = _reply(name, language, chance) if name in REPLIES else _forward(FORWARDS[name], language, chance)
    level, above, header, marked = made
    body = level.body + (f"\n\n{inner}" if inner else "")
    below = f"{header}{body}"
    return level, above + (_set_off(below) if marked else below)


def _forward(program: Forward, language: str, chance: random.Random) -> tuple[Level, str, str, bool]:
    known = words()[language]
    labels = known.get(program.labels, program.labels)
    if program.labels == "gmail":
        labels += "|Date|Subject|To|Cc"
    marker, labels = labels.split("|", 1) if labels.count("|") == 5 else ("", labels)
    level = _drawn(program, language, chance)
    lines = _labelled(program, labels.split("|"), level, known.get("colon", ": "))
    above = program.above.format(marker=marker, original=known["original"])
    header = "\n".join([*lines, *[""] * program.blanks, ""])
    return level, f"{above}\n" if above else "", header, program.style == "set off"


def _labelled(program: Forward, labels: list[str], level: Level, colon: str) -> list[str]:
    """Lines of labels and values; without a value only the subject's stands."""
    values = {
        "f": _spelled(level.sender, program.style), "d": level.date_text, "s": level.subject or "",
        "t": program.separator.join(_spelled(party, program.style) for party in level.to),
        "c": program.separator.join(_spelled(party, program.style) for party in level.cc),
    }  # fmt: skip
    bold, end = ("*" if program.style == "bold" else ""), (" " if program.style == "spaces" else "")
    return [
        f"{bold}{label}{colon.rstrip()}{bold} {values[key]}".rstrip() + end
        for label, key in zip(labels, program.order, strict=True)
        if values[key] or key == "s"
    ]


def _spelled(party: Party, style: str = "") -> str:
    name, address = party
    if name is None or address is None:
        return name or f"<{address}>"
    shown = f'"{name}"' if style == "quotes" or "," in name else name
    return f"{shown} [mailto:{address}]" if style == "mailto" else f"{shown} <{address}>"


def _reply(name: str, language: str, chance: random.Random) -> tuple[Level, str, str, bool]:
    known, key = words()[language], REPLIES[name]
    form = known[f"{key}_reply"]
    date = f"{key}_reply_date" if f"{key}_reply_date" in known else f"{key}_date"
    level = _dated(Level(_party(chance), _moment(chance), chance.choice(BODIES)), date, language)
    shown, address = level.sender
    form = form if shown else form.replace("{n} ({a})", "{f}")
    line = form.format(d=level.date_text, f=_spelled(level.sender), n=shown or address, a=address)
    if "{n}" in form and "{a}" not in form:
        level = replace(level, sender=(shown, None) if shown else (None, address))
    return level, f"{line}\n\n", "", True


def _drawn(program: Forward, language: str, chance: random.Random) -> Level:
    parties = [_party(chance, named=program.style == "names") for _ in range(7)]
    cut, copies = chance.choice([1, 1, 1, 2, 3]), chance.choice([0, 0, 1, 2, 3])
    level = Level(
        parties[0], _moment(chance), chance.choice(BODIES), tuple(parties[1 : cut + 1]), tuple(parties[4 : copies + 4]),
        chance.choice(SUBJECTS) or None,
    )  # fmt: skip
    return _dated(level, program.date, language)


def _dated(level: Level, date: str, language: str) -> Level:
    """The level with its moment as the program writes it, cut to what that says."""
    known = words()[language]
    pattern = known.get(date, date)
    locale = known.get(f"{date.removesuffix('_date')}_locale", language if date in known else "en_US")
    zone = known.get("zone", "CET|CEST").split("|")[bool(level.date.dst())]
    moment = level.date if "ss" in pattern else level.date.replace(second=0)
    return replace(
        level, date=moment, date_text=format_datetime(moment, pattern, locale=locale).replace("{z}", zone)
    )


def _moment(chance: random.Random) -> datetime:
    """Some minute of two years, by day: at night an hour may come twice."""
    return FIRST + timedelta(days=chance.randrange(700), minutes=chance.randrange(900))


def _party(chance: random.Random, *, named: bool = False) -> Party:
    name = chance.choice(NAMES)
    if named:
        return name.replace(",", ""), None
    local = "".join(letter for letter in name.lower() if letter.isascii() and letter.isalpha()) or "post"
    address = f"{local}{chance.randrange(99)}@{chance.choice(HOUSES)}"
    return (None if chance.random() < 0.08 else name), address


def _set_off(text: str) -> str:
    """In `>` quotes, as plain text has them."""
    return "\n".join(
        f">{line}" if line.startswith(">") else f"> {line}".rstrip() for line in text.split("\n")
    )
