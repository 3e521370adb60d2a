"""The demonstration's mailbox: every invented mail is read as it was meant, and one promise is kept."""

import re
from dataclasses import dataclass
from datetime import date

import pytest

from crm.demo import SENT, DemoMail, load_mails
from crm.identity import organisation_of
from crm.keeping import keeps
from crm.keys import same_moment, words_key
from crm.promised import Letter, Promise
from ingest.chain import unfold
from ingest.mime import parse
from ingest.model import ChainMessage, ParsedMail
from nlp.model import Letter as Words
from nlp.model import MunicipalityMention, Party
from nlp.reader import Reader

# Folder/name: "<kind> <sender>" for every message of the chain, in its order; a sender without an address by name.
CHAINS = {
    "INBOX/01-jonkoping-grattis": ["received fredrik.almsten@jonkoping.se"],
    "INBOX/02-skr-inbjudan": ["received birgitta.ekenhoff@kommunforum.example"],
    "INBOX/03-ange-vb-utan-ord": ["received ange@ange.se", "forwarded ingela.wadstrom@statenssc.se"],
    "INBOX/04-ange-vb-vb": [
        "received karin.bergvall@ange.se",
        "forwarded ange@ange.se",
        "forwarded ingela.wadstrom@statenssc.se",
    ],
    "INBOX/05-ange-registrator": ["received registrator@ange.se"],
    "INBOX/06-fi-delredovisning": ["received henrik.stalarm@regeringskansliet.se"],
    "INBOX/07-studs": ["received mailer-daemon@mx.statenssc.example"],
    "INBOX/08-solvesborg-efter-sommaren": ["received nils-erik.holmgard@solvesborg.se"],
    "INBOX/09-autosvar-lysekil": ["received rolf.tangeberg@lysekil.se"],
    "INBOX/10-filipstad-html": ["received lena.brandtberg@filipstad.se"],
    "INBOX/11-tingsryd-iphone": ["received eva-lotta.gronhult@tingsryd.se"],
    "INBOX/12-are-ritningar": ["received per-olov.naslind@are.se"],
    "INBOX/13-boden-vb-hyresvard": [
        "received stefan.nyqvist@boden.se",
        "forwarded gunilla.rehnstrom@nordfastigheter.example",
    ],
    "INBOX/14-nyhetsbrev": ["received nyhetsbrev@landsbygdsnytt.example"],
    "INBOX/15-filipstad-tack": [
        "received lena.brandtberg@filipstad.se",
        "quoted tobias.hellqvist@statenssc.se",
    ],
    "INBOX/16-ange-fraga": ["received hakan.ljungdahl@ange.se"],
    "INBOX/17-boden-besked": ["received gunilla.rehnstrom@nordfastigheter.example"],
    "INBOX/18-osthammar-ra-rubriker": ["received marta.sjoas@osthammar.se"],
    "INBOX/19-nordmaling-bifogat-mejl": [
        "received maj.lindahl@nordmaling.se",
        "attached sture.forsmark@vindelfastigheter.example",
    ],
    "INBOX/20-laholm-fragor": ["received asa.tornfeldt@laholm.se"],
    "INBOX/21-malmo-ingen-forandring": ["received malin.kjellgard@malmo.se"],
    "INBOX/22-helsingborg-gmail": [
        "received dragana.petrov@helsingborg.se",
        "forwarded uthyrning@oresundslokaler.example",
    ],
    "INBOX/23-are-villkor": ["received per-olov.naslind@are.se"],
    "INBOX/24-vaxjo-visning": ["received anja.kvarnlof@vaxjo.se"],
    "INBOX/25-linkoping-inbjudan": ["received samira.haddadi@linkoping.se"],
    "INBOX/26-nynashamn-avtal": ["received registrator@nynashamn.se"],
    "INBOX/27-laholm-paminnelse": [
        "received asa.tornfeldt@laholm.se",
        "quoted Ingela Wadström",
        "quoted Törnfeldt Åsa",
    ],
    "INBOX/28-vaxjo-bokat": [
        "received anja.kvarnlof@vaxjo.se",
        "quoted marit.sandelin@statenssc.se",
        "quoted anja.kvarnlof@vaxjo.se",
    ],
    "INBOX/29-fi-avstamning": ["received henrik.stalarm@regeringskansliet.se"],
    "INBOX/30-finspang-telefon": ["received bo.ekstromer@finspang.se"],
    "INBOX/31-boden-mote-flyttat": ["received gunilla.rehnstrom@nordfastigheter.example"],
    "INBOX/32-vaxjo-pa-mandag": [
        "received anja.kvarnlof@vaxjo.se",
        "quoted marit.sandelin@statenssc.se",
    ],
    "INBOX/33-fientligt": ["received noreply@gratis-vinst.example"],
    "INBOX/34-trasigt": ["received -"],
    "INBOX/35-boden-ombyggnad": ["received gunilla.rehnstrom@nordfastigheter.example"],
    "INBOX/36-filipstad-invigning": ["received lena.brandtberg@filipstad.se"],
    "INBOX/37-ange-invigning": ["received hakan.ljungdahl@ange.se"],
    "INBOX/38-fi-slutredovisning": ["received henrik.stalarm@regeringskansliet.se"],
    "Skickat/01-ange-brevet": ["received ingela.wadstrom@statenssc.se"],
    "Skickat/02-jonkoping-svar": [
        "received etablering@statenssc.se",
        "quoted fredrik.almsten@jonkoping.se",
    ],
    "Skickat/03-nordmaling-fel-adress": ["received tobias.hellqvist@statenssc.se"],
    "Skickat/04-konferens-ja": [
        "received ingela.wadstrom@statenssc.se",
        "quoted birgitta.ekenhoff@kommunforum.example",
    ],
    "Skickat/05-filipstad-loftet": [
        "received tobias.hellqvist@statenssc.se",
        "quoted lena.brandtberg@filipstad.se",
    ],
    "Skickat/06-are-ritningar": ["received marit.sandelin@statenssc.se", "quoted Per-Olov Näslind"],
    "Skickat/07-filipstad-loftet-hallet": ["received tobias.hellqvist@statenssc.se"],
    "Skickat/08-boden-v42": [
        "received marit.sandelin@statenssc.se",
        "quoted gunilla.rehnstrom@nordfastigheter.example",
    ],
    "Skickat/09-laholm-nasta-vecka": ["received ingela.wadstrom@statenssc.se", "quoted Törnfeldt Åsa"],
    "Skickat/10-fi-lista-28": ["received ingela.wadstrom@statenssc.se"],
    "Skickat/11-borgholm-utkast": ["received marit.sandelin@statenssc.se"],
    "Skickat/12-vaxjo-tisdag": ["received marit.sandelin@statenssc.se", "quoted anja.kvarnlof@vaxjo.se"],
    "Skickat/13-vaxjo-ritningar": ["received marit.sandelin@statenssc.se"],
    "Skickat/14-internt-lysekil": ["received ingela.wadstrom@statenssc.se"],
    "Skickat/15-ange-nasta-steg": ["received ingela.wadstrom@statenssc.se"],
    "Skickat/16-filipstad-program": ["received tobias.hellqvist@statenssc.se"],
}
AUTOMATIC = {"INBOX/07-studs", "INBOX/09-autosvar-lysekil", "INBOX/14-nyhetsbrev"}
BROKEN = {"INBOX/34-trasigt"}
ATTACHMENTS = {
    "INBOX/26-nynashamn-avtal": ["Hyresavtal förslag Nynäshamn.pdf"],
    "Skickat/06-are-ritningar": ["Ritning moebler.pdf"],
    "Skickat/07-filipstad-loftet-hallet": ["Kravspecifikation Filipstad för påseende.pdf"],
}
# A word or sign of each body that only the right charset and transfer encoding give.
DECODED = {
    "INBOX/03-ange-vb-utan-ord": "Ånge ligger i den andra omgången.",
    "INBOX/06-fi-delredovisning": "Finansdepartementet",
    "INBOX/10-filipstad-html": "För att kunna bedöma om den duger behöver vi er kravspecifikation.",
    "INBOX/13-boden-vb-hyresvard": "”gamla turistbyrån”",
    "INBOX/17-boden-besked": "i Boden – ”en välkänd kafékedja” – och",
    "INBOX/20-laholm-fragor": "den 14 september (dnr KS 2021-000412)",
    "INBOX/25-linkoping-inbjudan": "Försäkringskassan och hyresgästföreningen",
}


@dataclass(frozen=True)
class Read:
    mail: DemoMail
    parsed: ParsedMail
    chain: tuple[ChainMessage, ...]


def _key(mail: DemoMail) -> str:
    return f"{mail.folder}/{mail.name.removesuffix('.eml')}"


@pytest.fixture(scope="module")
def mailbox() -> dict[str, Read]:
    box = {}
    for mail in load_mails():
        parsed = parse(mail.raw)
        box[_key(mail)] = Read(mail, parsed, unfold(parsed))
    return box


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def _said(message: ChainMessage) -> str:
    sender = message.sender
    return f"{message.kind} {(sender.address or sender.name) if sender else '-'}"


def test_every_mail_is_expected_and_every_expected_one_is_there(mailbox: dict[str, Read]) -> None:
    assert set(mailbox) == set(CHAINS)


@pytest.mark.parametrize("name", CHAINS)
def test_unfolds_as_meant(mailbox: dict[str, Read], name: str) -> None:
    assert [_said(message) for message in mailbox[name].chain] == CHAINS[name]


def test_only_the_broken_mail_is_quarantined(mailbox: dict[str, Read]) -> None:
    states = {name: read.parsed.status for name, read in mailbox.items() if read.parsed.status != "ok"}
    assert states == dict.fromkeys(BROKEN, "quarantined")
    assert all(mailbox[name].parsed.problems for name in BROKEN)


def test_only_programs_are_automatic(mailbox: dict[str, Read]) -> None:
    assert {name for name, read in mailbox.items() if read.parsed.automatic} == AUTOMATIC


def test_attachments_have_their_swedish_names(mailbox: dict[str, Read]) -> None:
    named = {
        name: [item.filename for item in read.parsed.attachments if item.filename]
        for name, read in mailbox.items()
    }
    assert {name: files for name, files in named.items() if files} == ATTACHMENTS


@pytest.mark.parametrize("name", DECODED)
def test_bodies_are_decoded(mailbox: dict[str, Read], name: str) -> None:
    assert DECODED[name] in "\n".join(message.body for message in mailbox[name].chain)


def test_headers_are_decoded(mailbox: dict[str, Read]) -> None:
    raw = mailbox["INBOX/18-osthammar-ra-rubriker"]
    assert raw.parsed.subject == "Återkoppling från Östhammars kommun – lokalfrågan"
    assert raw.parsed.sender is not None
    assert raw.parsed.sender.name == "Märta Sjöås"
    assert all("=?" not in (read.parsed.subject or "") for read in mailbox.values())


def test_file_names_follow_the_dates(mailbox: dict[str, Read]) -> None:
    for folder in {name.partition("/")[0] for name in CHAINS}:
        chosen = [read for name, read in sorted(mailbox.items()) if name.startswith(folder)]
        days = [read.parsed.date for read in chosen if read.parsed.date]
        assert days == sorted(days)
        assert [int(read.mail.name[:2]) for read in chosen] == list(range(1, len(chosen) + 1))


def test_a_mail_has_its_line_ends_from_the_wire(mailbox: dict[str, Read]) -> None:
    assert all(not re.search(rb"(?<!\r)\n", read.mail.raw) for read in mailbox.values())


def test_every_reply_names_a_mail_of_the_mailbox(mailbox: dict[str, Read]) -> None:
    known = {read.parsed.message_id for read in mailbox.values()}
    answered = {number for read in mailbox.values() for number in read.parsed.in_reply_to}
    assert len(answered) >= 10
    assert answered <= known


@pytest.mark.parametrize("name", ["INBOX/03-ange-vb-utan-ord", "INBOX/04-ange-vb-vb"])
def test_the_forwarded_letter_is_the_sent_one(mailbox: dict[str, Read], name: str) -> None:
    sent = mailbox["Skickat/01-ange-brevet"].chain[0]
    inner = mailbox[name].chain[-1]
    assert words_key(sent, sent.subject) is not None
    assert words_key(inner, inner.subject) == words_key(sent, sent.subject)
    assert same_moment(inner.date, sent.date)


def test_the_function_mailbox_forwards_without_a_word_and_an_hour_too_early(
    mailbox: dict[str, Read],
) -> None:
    outer, inner = mailbox["INBOX/03-ange-vb-utan-ord"].chain
    assert outer.body == ""
    assert outer.date is not None
    assert inner.date is not None
    assert outer.date < inner.date


def _words(message: ChainMessage) -> Words:
    assert message.sender is not None
    assert message.date is not None
    return Words(
        message.body,
        message.date.date(),
        message.subject,
        message.signature_start,
        Party(message.sender.name, message.sender.address),
        tuple(Party(box.name, box.address) for box in message.to),
        message.automatic,
    )


def test_the_letter_promises_the_end_of_october(mailbox: dict[str, Read], reader: Reader) -> None:
    found = reader.read(_words(mailbox["Skickat/01-ange-brevet"].chain[0])).follow_ups
    assert [(item.kind, item.obligor, item.due_start, item.due_end) for item in found] == [
        ("commitment", "sender", date(2021, 10, 21), date(2021, 10, 31))
    ]


def test_the_specification_comes_in_time_as_promised(mailbox: dict[str, Read], reader: Reader) -> None:
    promised = mailbox["Skickat/05-filipstad-loftet"].chain[0]
    delivered = mailbox["Skickat/07-filipstad-loftet-hallet"]
    (found,) = [
        item for item in reader.read(_words(promised)).follow_ups if item.due_end == date(2021, 9, 10)
    ]
    assert promised.message_id in delivered.parsed.references
    us, them = (organisation_of(f"x@{domain}") or domain for domain in ("statenssc.se", "filipstad.se"))
    promise = Promise(
        found.kind,
        date(2021, 8, 19),
        found.due_start,
        found.due_end,
        frozenset({us}),
        frozenset({them}),
        thread=1,
    )
    letter = Letter(date(2021, 9, 8), us, frozenset({them}), delivered.chain[0].body, thread=1)
    assert delivered.mail.folder == SENT
    assert keeps(promise, letter) == "announced"


def test_the_list_names_every_office_of_the_plan(mailbox: dict[str, Read], reader: Reader) -> None:
    found = reader.read(_words(mailbox["Skickat/10-fi-lista-28"].chain[0])).mentions
    names = [item.name for item in found if isinstance(item, MunicipalityMention)]
    assert len(names) == len(set(names)) == 28


def test_the_hostile_mail_keeps_its_signs_for_those_who_clean_them(mailbox: dict[str, Read]) -> None:
    hostile = mailbox["INBOX/33-fientligt"].parsed
    assert {"\u202e", "\x1b"} <= set(hostile.subject or "")
    assert "[/foo]" in (hostile.subject or "")
    assert "\x1b]0;" in hostile.text
