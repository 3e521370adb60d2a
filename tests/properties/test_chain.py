"""Chains composed at random, as several programs write them, come apart again; hostile text does no harm."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ingest.chain import unfold
from ingest.chain.labels import marker_of
from ingest.mailboxes import parse_mailbox, parse_mailboxes
from ingest.model import Mailbox, ParsedMail
from ingest.pasted import parse_pasted

MONTHS = "januari februari mars april maj juni juli augusti september oktober november december".split()
ENGLISH = "January February March April May June July August September October November December".split()
PEOPLE = [
    Mailbox("Anna Ek", "anna.ek@ange.example"),
    Mailbox("Öberg-Lind Bo", "bo.oberg-lind@ssc.example"),
    Mailbox("Kommun (Funktionsadress för info@ange.example)", "info@ange.example"),
    Mailbox("Dag von Rosen", "dag@hyra.example"),
]


@dataclass(frozen=True)
class Letter:
    sender: Mailbox
    to: tuple[Mailbox, ...]
    subject: str
    date: datetime
    body: str


def _listed(parties: tuple[Mailbox, ...], separator: str = "; ") -> str:
    return separator.join(f"{party.name} <{party.address}>" for party in parties)


def _quoted(text: str) -> str:
    return "\n".join(
        f">{line}" if line.startswith(">") else f"> {line}".rstrip() for line in text.split("\n")
    )


def outlook_sv(letter: Letter, text: str) -> str:
    moment = f"den {letter.date.day} {MONTHS[letter.date.month - 1]} {letter.date:%Y %H:%M}"
    return (
        f"Från: {letter.sender.name} <{letter.sender.address}>\nSkickat: {moment}\n"
        f"Till: {_listed(letter.to)}\nÄmne: {letter.subject}\n\n{text}"
    )


def outlook_bold(letter: Letter, text: str) -> str:
    moment = f"den {letter.date.day} {MONTHS[letter.date.month - 1]} {letter.date:%Y %H:%M}"
    return (
        f"**Från:** {letter.sender.name} [mailto:{letter.sender.address}]  \n**Skickat:** {moment}  \n"
        f"**Till:** {_listed(letter.to)}  \n**Ämne:** {letter.subject}\n\n{text}"
    )


def outlook_en(letter: Letter, text: str) -> str:
    moment = f"{ENGLISH[letter.date.month - 1]} {letter.date.day}, {letter.date:%Y %I:%M %p}"
    return (
        f"-----Original Message-----\nFrom: {letter.sender.name} <{letter.sender.address}>\nSent: {moment}\n"
        f"To: {_listed(letter.to, ';' + chr(10) + ' ')}\nSubject: {letter.subject}\n\n{text}"
    )


def outlook_rule(letter: Letter, text: str) -> str:
    return "_" * 32 + "\n" + outlook_sv(letter, text)


def apple_forward(letter: Letter, text: str) -> str:
    moment = (
        f"{letter.date.day} {MONTHS[letter.date.month - 1]} {letter.date:%Y} kl. {letter.date:%H:%M}:00 CEST"
    )
    block = (
        f"Från: {letter.sender.name} <{letter.sender.address}>\nÄmne: {letter.subject}\nDatum: {moment}\n"
        f"Till: {_listed(letter.to, ', ')}\n\n{text}"
    )
    return f"Vidarebefordrat brev:\n\n{_quoted(block)}"


def gmail_reply(letter: Letter, text: str) -> str:
    moment = f"{letter.date.day} {MONTHS[letter.date.month - 1][:3]}. {letter.date:%Y} kl {letter.date:%H:%M}"
    return f"Den {moment} skrev {letter.sender.name} <{letter.sender.address}>:\n\n{_quoted(text)}"


def thunderbird_reply(letter: Letter, text: str) -> str:
    return f"Den {letter.date:%Y-%m-%d} kl. {letter.date:%H:%M}, skrev {letter.sender.name} <{letter.sender.address}>:\n{_quoted(text)}"


def gmail_reply_en(letter: Letter, text: str) -> str:
    moment = f"{letter.date.day} {ENGLISH[letter.date.month - 1][:3]} {letter.date:%Y} at {letter.date:%H:%M}"
    return f"On {moment}, {letter.sender.name} <\n{letter.sender.address}> wrote:\n\n{_quoted(text)}"


BLOCKS = [outlook_sv, outlook_bold, outlook_en, outlook_rule, apple_forward]
REPLIES = [gmail_reply, thunderbird_reply, gmail_reply_en]
Renderer = Callable[[Letter, str], str]

words = st.lists(
    st.sampled_from("lokalen kontoret är ledig från maj: vi ser 3 rum på Storgatan, se bilaga".split()),
    min_size=2,
    max_size=9,
)
bodies = st.lists(words.map(" ".join).map(lambda line: f"Alltså {line}."), min_size=1, max_size=4).map(
    "\n\n".join
)
letters = st.builds(
    Letter,
    st.sampled_from(PEOPLE),
    st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=4).map(tuple),
    st.sampled_from(["Lokal", "SV: Lokal i Ånge", "VB: Lokal: nytt förslag", "Möte 3 maj"]),
    st.datetimes(datetime(2019, 4, 1), datetime(2029, 9, 30)).map(  # noqa: DTZ001
        lambda moment: moment.replace(second=0, microsecond=0)
    ),
    bodies,
)
levels = st.lists(st.tuples(letters, st.sampled_from([*BLOCKS, *REPLIES])), min_size=1, max_size=5)


@settings(deadline=None)
@given(bodies, levels)
def test_what_programs_wrote_comes_apart_again(own: str, chain: list[tuple[Letter, Renderer]]) -> None:
    text = ""
    for letter, render in reversed(chain):
        text = render(letter, f"{letter.body}\n\n{text}".rstrip("\n"))
    outer, *inner = unfold(ParsedMail("ok", subject="SV: Lokal", text=f"{own}\n\n{text}"))
    assert outer.body == own
    assert [message.parent for message in inner] == list(range(len(chain)))
    for message, (letter, render) in zip(inner, chain, strict=True):
        assert (message.sender, message.body) == (letter.sender, letter.body)
        assert message.date is not None
        assert message.date.replace(tzinfo=None) == letter.date
        if render in BLOCKS:
            assert (message.to, message.subject) == (letter.to, letter.subject)


pieces = st.sampled_from(
    ["Från: ", "Från: <<", "Till: ", "Ämne: x", "Skickat: den 8 juni 2021 09:14", "> ", ">>", "\n", "\n\n", "skrev Anna <a@x.example>:",
     "Den 8 juni 2021 kl 09:14 ", "-----Ursprungligt meddelande-----\n", "---\n", "Mvh Anna\n", "[mailto:", "a@x.example", ";", ",", '"', "(",
     "\t", "\u00a0", ":", "**", "Hej. ", "On ", " wrote:", "2021-13-45", "Bo", ">>> ", "https://x.example/", "\ufeff", "-- \n"]
)  # fmt: skip
hostile = st.one_of(st.text(), st.lists(pieces, max_size=60).map("".join))


@settings(deadline=None, max_examples=200)
@given(hostile)
def test_any_text_unfolds_to_words_that_stand_in_it(text: str) -> None:
    found = unfold(ParsedMail("ok", text=text))
    assert [message.index for message in found] == list(range(len(found)))
    for message in found:
        assert set(message.body) <= set(text)
        assert 0 <= message.start <= message.end <= len(text)
        assert message.parent is None if message.index == 0 else (message.parent or 0) < message.index
        assert message.signature_start is None or 0 <= message.signature_start < len(message.body)


@settings(deadline=None, max_examples=200)
@given(hostile)
def test_no_letter_is_lost_where_there_is_no_header(text: str) -> None:
    found = unfold(ParsedMail("ok", text=text))
    assume(not any(map(marker_of, text.split("\n"))))
    if not any(message.sender or message.to or message.subject or message.date_text for message in found):
        kept = "".join(message.body for message in found)
        assert sorted(filter(str.isalnum, kept)) == sorted(filter(str.isalnum, text))


@settings(deadline=None, max_examples=200)
@given(hostile)
def test_any_list_of_recipients_gives_parties_with_something_in_them(text: str) -> None:
    for party in (*parse_mailboxes(text), parse_mailbox(text)):
        assert party is None or party.name or party.address


@settings(deadline=None, max_examples=200)
@given(hostile)
def test_pasted_text_keeps_all_below_its_header_block(text: str) -> None:
    mail = parse_pasted(text)
    if mail is not None:
        assert text.replace("\r\n", "\n").replace("\r", "\n").endswith(mail.text)
