"""Invented letters as many programs forward and quote them in many languages, with what each of them says.

`chains.toml` has the words of each language; here are the shapes in which programs put them. All is drawn from a
seed: the same seed makes the same letters.
"""

import random
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime as rfc_date
from functools import cache
from html import escape
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

Party = tuple[str | None, str | None]
ZONE = ZoneInfo("Europe/Stockholm")
NAMES = [
    "Anna Ek", "Bo Lind", "Cilla Al-Jabiri", "Åsa Öberg-Lindström", "Lövgren Erik", "Per von Essen", "Zoë Öztürk",
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
OWN = ["", "", "Se nedan.", "Hej Bo,\n\nkan du ta detta?\n\nMvh\nBo Lind\nSSC", "FYI", "För kännedom, det gäller: lokalen."]


@dataclass(frozen=True)
class Level:
    """One message as it has to come out; a field that its program does not write is empty."""

    sender: Party
    date: datetime
    body: str
    to: tuple[Party, ...] = ()
    cc: tuple[Party, ...] = ()
    subject: str | None = None
    forwarded: bool = False


@dataclass(frozen=True)
class Letter:
    """A text of a mail and the messages in it, the outermost embedded one first; `own` stands above them."""

    client: str
    language: str
    subject: str
    text: str
    own: str
    levels: tuple[Level, ...]
    html: str | None = None


@dataclass
class Made:
    """What a program writes around a message, before its words; `mark` is put before every line."""

    level: Level
    lines: list[str]
    mark: str = ""
    shape: str = "block"

    def lay(self, words: str) -> list[str]:
        return [f"{self.mark}{line}".rstrip() for line in [*self.lines, *words.split("\n")]]


@cache
def words() -> dict[str, dict[str, str]]:
    """The languages of `chains.toml`."""
    return tomllib.loads(Path(__file__).with_name("chains.toml").read_text(encoding="utf-8"))


class Writer:
    """Makes letters in one language from one source of chance."""

    def __init__(self, language: str, chance: random.Random) -> None:
        self.language, self.chance = language, chance
        self.words = words()[language]

    def level(self, *, fields: str = "to cc subject", names: bool = False, zone: bool = False) -> Level:
        """A message with a sender, a moment and words of its own, and the fields that its program writes."""
        pick = self.chance
        moment = datetime(2021, 1, 3, 7, 5, 9, tzinfo=ZONE) + timedelta(minutes=pick.randrange(900_000))
        many = [self.party(names=names) for _ in range(8)]
        cut = pick.choice([1, 1, 1, 2, 3])
        copies = pick.choice([0, 0, 1, 2, 3])
        return Level(
            sender=many[0],
            date=moment.replace(second=0) if not zone else moment,
            body=pick.choice(BODIES),
            to=tuple(many[1 : cut + 1]) if "to" in fields else (),
            cc=tuple(many[5 : 5 + copies]) if "cc" in fields else (),
            subject=(pick.choice(SUBJECTS) or None) if "subject" in fields else None,
        )

    def party(self, *, names: bool) -> Party:
        name = self.chance.choice(NAMES)
        local = "".join(letter for letter in name.lower() if letter.isascii() and letter.isalpha()) or "post"
        address = f"{local}{self.chance.randrange(99)}@{self.chance.choice(HOUSES)}"
        if names:
            return name.replace(",", ""), None
        return (None if self.chance.random() < 0.08 else name), address

    def date(self, level: Level, key: str) -> str:
        """The level's moment in the form that the language has for `key`."""
        pattern = self.words[key]
        locale = self.words.get(key.removesuffix("_date").removesuffix("_reply") + "_locale", self.language)
        if key.endswith("_reply_date"):
            locale = self.language
        zone = self.words.get("zone", "CET|CEST").split("|")[bool(level.date.dst())]
        return format_datetime(level.date, pattern, locale=locale).replace("{z}", zone)

    def labelled(self, labels: list[str], values: list[str], *, keep: str = "") -> list[str]:
        """Lines of labels and values; one without a value is left out unless `keep` says its label."""
        colon = self.words.get("colon", ": ")
        return [
            f"{label}{colon}{value}".rstrip()
            for label, value in zip(labels, values, strict=True)
            if value or label == keep
        ]


def spelled(party: Party, *, quoted: bool = False, mailto: bool = False) -> str:
    """A party as programs write it."""
    name, address = party
    if address is None or name is None:
        return name or f"<{address}>"
    name = f'"{name}"' if quoted or "," in name else name
    return f"{name} [mailto:{address}]" if mailto else f"{name} <{address}>"


def _list(parties: tuple[Party, ...], separator: str, **how: bool) -> str:
    return separator.join(spelled(party, **how) for party in parties)


def _block(writer: Writer, family: str, order: str, level: Level, date: str, separator: str, **how: bool) -> list[str]:
    """A header block: the family's labels, whose order in the data is `order`, one letter a field."""
    labels = writer.words[family].split("|")
    values = {
        "f": spelled(level.sender, **how), "d": date, "t": _list(level.to, separator, quoted=how.get("quoted", False)),
        "c": _list(level.cc, separator, quoted=how.get("quoted", False)), "s": level.subject or "",
    }  # fmt: skip
    return writer.labelled(labels, [values[letter] for letter in order], keep=labels[order.index("s")])


def _outlook(writer: Writer, **how: bool) -> Made:
    level = writer.level(names=how.pop("names", False))
    lines = _block(writer, "outlook", "fdtcs", level, writer.date(level, "outlook_date"), "; ", **how)
    return Made(level, [*lines, ""])


def outlook(writer: Writer) -> Made:
    return _outlook(writer)


def outlook_names(writer: Writer) -> Made:
    return _outlook(writer, names=True)


def outlook_mailto(writer: Writer) -> Made:
    return _outlook(writer, mailto=True)


def outlook_web(writer: Writer) -> Made:
    made = _outlook(writer)
    return Made(made.level, ["_" * 32, *made.lines])


def outlook_original(writer: Writer) -> Made:
    made = _outlook(writer)
    return Made(made.level, [f"-----{writer.words['original']}-----", *made.lines])


def outlook_bold(writer: Writer) -> Made:
    made = _outlook(writer)
    colon = writer.words.get("colon", ": ").rstrip()
    lines = [f"*{line.partition(colon)[0]}{colon}*{line.partition(colon)[2]}" if colon in line else line for line in made.lines]
    return Made(made.level, lines)


def outlook_mac(writer: Writer) -> Made:
    level = writer.level()
    return Made(level, [*_block(writer, "mac", "fdtcs", level, writer.date(level, "mac_date"), ", "), ""])


def gmail(writer: Writer) -> Made:
    level = writer.level()
    labels = [writer.words["gmail"], "Date", "Subject", "To", "Cc"]
    values = [spelled(level.sender), writer.date(level, "gmail_date"), level.subject or "", _list(level.to, ", "), _list(level.cc, ", ")]
    dashes = "-" * writer.chance.choice([9, 10])
    return Made(level, [f"---------- Forwarded message {dashes}", *writer.labelled(labels, values, keep="Subject"), "", ""])


def apple(writer: Writer) -> Made:
    level = writer.level(zone=True)
    marker, _, labels = writer.words["apple"].partition("|")
    mark = writer.chance.choice(["> ", ""])
    colon = writer.words.get("colon", ": ").rstrip()
    lines = _labels(writer, labels, "fsdtc", level, writer.date(level, "apple_date"))
    head = [f"{marker}{colon}", "", *[f"{mark}{line}" for line in lines], mark.rstrip()]
    return Made(level, head, shape="apple" if mark else "block")


def _labels(writer: Writer, labels: str, order: str, level: Level, date: str, **how: bool) -> list[str]:
    writer.words["labels"] = labels
    return _block(writer, "labels", order, level, date, ", ", **how)


def thunderbird(writer: Writer) -> Made:
    level = writer.level()
    marker, _, labels = writer.words["thunderbird"].partition("|")
    lines = _labels(writer, labels, "sdftc", level, writer.date(level, "thunderbird_date"))
    return Made(level, [f"-------- {marker} --------", *lines, "", ""])


def yahoo(writer: Writer) -> Made:
    level = writer.level(zone=True)
    marker, _, labels = writer.words["yahoo"].partition("|")
    lines = _labels(writer, labels, "ftcds", level, writer.date(level, "yahoo_date"), quoted=writer.chance.random() < 0.5)
    return Made(level, [f"----- {marker} -----", *lines, ""])


def ionos(writer: Writer) -> Made:
    level = writer.level()
    sender, date, to, copy, subject = writer.words["mac"].split("|")
    lines = _labels(writer, "|".join([sender, to, copy, date, subject]), "ftcds", level, writer.date(level, "mac_date"))
    return Made(level, [f"---------- {writer.words['original']} ----------", *lines, ""])


def samsung(writer: Writer) -> Made:
    level = writer.level(zone=True)
    sender, date, to, copy, subject = writer.words["mac"].split("|")
    offset = int(level.date.strftime("%z")[1:3])
    when = f"{level.date:%Y-%m-%d  %H:%M}  (GMT+{offset:02}:00)"
    level = _to_the_minute(level)
    lines = _labels(writer, "|".join([sender, date, to, copy, subject]), "fdtcs", level, when)
    return Made(level, [f"-------- {writer.words['original']} --------", *[f"{line} " for line in lines], ""])


def _to_the_minute(level: Level) -> Level:
    values = {name: getattr(level, name) for name in Level.__dataclass_fields__}
    return Level(**(values | {"date": level.date.replace(second=0)}))


ENGLISH = "From|To|Cc|Date|Subject"


def hubspot(writer: Writer) -> Made:
    level = writer.level()
    lines = _labels(writer, "From|Date|Subject|To|Cc", "fdstc", level, format_datetime(level.date, "EEE, MMM d, y 'at' h:mm a", locale="en_US"))
    return Made(level, ["---------- Forwarded message ---------", *lines, "", ""])


def missive(writer: Writer) -> Made:
    level = writer.level()
    date = format_datetime(level.date, "MMMM d y, 'at' h:mm a", locale="en_US").replace("AM", "am").replace("PM", "pm")
    lines = _labels(writer, "From|Date|Subject|To|Cc", "fdstc", level, date)
    return Made(level, ["---------- Forwarded message ----------", *lines, ""])


def mailmate(writer: Writer) -> Made:
    level = writer.level(zone=True)
    lines = _labels(writer, "From|To|Cc|Subject|Date", "ftcsd", level, rfc_date(level.date))
    return Made(level, ["Forwarded message:", "", *[f"> {line}" for line in lines], ">"], shape="apple")


def notes(writer: Writer) -> Made:
    level = writer.level()
    date = format_datetime(level.date, "MM/dd/y hh:mm a", locale="en_US")
    lines = _labels(writer, "From|To|Cc|Date|Subject", "ftcds", level, date, quoted=True)
    tabbed = [line.replace(": ", ":\t", 1) for line in lines]
    return Made(level, [f"----- Forwarded by Bo Lind/SSC on {date} -----", "", *tabbed, "", "", ""])


def zimbra(writer: Writer) -> Made:
    level = writer.level(zone=True)
    date = format_datetime(level.date, "EEEE, MMMM d, y h:mm:ss a", locale="en_US")
    lines = _labels(writer, "From|To|Cc|Sent|Subject", "ftcds", level, date, quoted=True)
    return Made(level, ["----- Forwarded Message -----", *lines, ""])


def _reply(writer: Writer, name: str, key: str, *, zone: bool = False) -> Made:
    level = writer.level(fields="", zone=zone)
    sender = spelled(level.sender)
    form = writer.words[f"{name}_reply"]
    if level.sender[0] is None:
        form = form.replace("{n} ({a})", "{f}")
    filled = form.format(d=writer.date(level, key), f=sender, n=level.sender[0] or level.sender[1], a=level.sender[1])
    if "{f}" not in form and "{a}" not in form:
        shown: Party = (level.sender[0], None) if level.sender[0] else (None, level.sender[1])
        level = Level(shown, level.date, level.body)
    return Made(level, [filled, ""], shape="reply")


def gmail_reply(writer: Writer) -> Made:
    return _reply(writer, "gmail", "gmail_date")


def apple_reply(writer: Writer) -> Made:
    return _reply(writer, "apple", "apple_reply_date")


def thunderbird_reply(writer: Writer) -> Made:
    key = "thunderbird_reply_date" if "thunderbird_reply_date" in writer.words else "thunderbird_date"
    return _reply(writer, "thunderbird", key)


FORWARDS: dict[str, Callable[[Writer], Made]] = {
    "Outlook": outlook, "Outlook, rule": outlook_web, "Outlook, marker": outlook_original, "Outlook, bold": outlook_bold,
    "Outlook, mailto": outlook_mailto, "Outlook, names": outlook_names, "Outlook for Mac": outlook_mac, "Gmail": gmail,
    "Apple Mail": apple, "Thunderbird": thunderbird, "Yahoo": yahoo, "IONOS": ionos, "Android": samsung, "HubSpot": hubspot,
    "Missive": missive, "MailMate": mailmate, "Notes": notes, "Zimbra": zimbra,
}  # fmt: skip
REPLIES: dict[str, Callable[[Writer], Made]] = {
    "Gmail, reply": gmail_reply, "Apple Mail, reply": apple_reply, "Thunderbird, reply": thunderbird_reply,
}  # fmt: skip
NEEDS = {
    "Outlook for Mac": "mac", "Apple Mail": "apple", "Thunderbird": "thunderbird", "Yahoo": "yahoo", "IONOS": "mac",
    "Android": "mac", "Apple Mail, reply": "apple_reply", "Thunderbird, reply": "thunderbird_reply",
}  # fmt: skip
ENGLISH_ONLY = {"HubSpot", "Missive", "MailMate", "Notes", "Zimbra"}
PREFIXES = {"sv": ("VB", "SV"), "nb": ("VS", "SV"), "da": ("VS", "SV"), "fi": ("VL", "VS"), "de": ("WG", "AW")}


def clients(language: str) -> Iterator[str]:
    """The programs whose words in this language are known."""
    for name in [*FORWARDS, *REPLIES]:
        if NEEDS.get(name, "outlook") in words()[language] and (name not in ENGLISH_ONLY or language[:2] == "en"):
            yield name


def letter(client: str, language: str, chance: random.Random) -> Letter:
    """One message that `client` forwards or quotes."""
    return chain([client], language, chance)


def chain(programs: list[str], language: str, chance: random.Random) -> Letter:
    """Messages within messages, the outermost program first."""
    writer = Writer(language, chance)
    made = [(FORWARDS.get(name) or REPLIES[name])(writer) for name in programs]
    text = ""
    for each in reversed(made):
        text = _around(each, text)
    own = chance.choice(OWN)
    forwarded = programs[0] in FORWARDS
    prefix = PREFIXES.get(language, ("Fwd", "Re"))[not forwarded]
    lines = ([*own.split("\n"), ""] if own else []) + text.split("\n")
    subject = f"{prefix}: {made[0].level.subject or 'Lokal'}"
    return Letter(" > ".join(programs), language, subject, "\n".join(lines), own, tuple(each.level for each in made))


def _around(made: Made, inner: str) -> str:
    """A message's header, words and what it quotes in turn, as its program sets them off."""
    body = made.level.body + (f"\n\n{inner}" if inner else "")
    if made.shape == "block":
        return "\n".join([*made.lines, body])
    quoted = "\n".join(f">{line}" if line.startswith(">") else f"> {line}".rstrip() for line in body.split("\n"))
    return "\n".join([*made.lines, quoted])


def quoted(source: Letter) -> Letter:
    """The same letter where all below the own words stands in `>` quotes, as one that was answered."""
    own, text = source.own, source.text
    rest = text[len(own) :].lstrip("\n") if own else text
    marked = "\n".join(f">{line}" if line.startswith(">") else f"> {line}".rstrip() for line in rest.split("\n"))
    return Letter(source.client, source.language, source.subject, f"{own}\n\n{marked}" if own else marked, own, source.levels)


def page(source: Letter) -> str:
    """The text as simple HTML, a `div` a line."""
    lines = "".join(f"<div>{escape(line) or '<br>'}</div>" for line in source.text.split("\n"))
    return f"<html><body>{lines}</body></html>"
