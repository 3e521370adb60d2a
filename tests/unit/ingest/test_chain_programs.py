"""Letters of every program in every language that the benchmark has, and what single programs do besides."""

from collections.abc import Sequence

import pytest

from benchmarks.letters import Letter, Party, chain, clients, letter, quoted, words
from ingest.chain import unfold
from ingest.model import ChainMessage, Mailbox, ParsedMail

ANNA = "Anna Ek|anna@x.example"
WHEN = "2021-06-08T09:14:00+02:00"


def _unfolded(text: str, subject: str = "Re: x") -> tuple[ChainMessage, ...]:
    return unfold(ParsedMail("ok", subject=subject, text=text))


def _flat(text: str | None) -> str:
    return " ".join((text or "").split())


def _pairs(boxes: Sequence[Mailbox]) -> list[Party]:
    return [(box.name, box.address) for box in boxes]


def _told(box: Mailbox | None) -> str | None:
    return None if box is None else f"{box.name or ''}|{box.address or ''}"


def _holds(one: Letter) -> None:
    outer, *inner = _unfolded(one.text, one.subject)
    assert _flat(outer.body) == _flat(one.own)
    assert [message.parent for message in inner] == list(range(len(one.levels)))
    for level, found in zip(one.levels, inner, strict=True):
        assert found.sender is not None
        assert (found.sender.name, found.sender.address) == level.sender
        assert (_pairs(found.to), _pairs(found.cc)) == (list(level.to), list(level.cc))
        assert (found.subject, _flat(found.body)) == (level.subject, _flat(level.body))
        assert found.date is not None
        assert found.date.isoformat() == level.date.isoformat()


@pytest.mark.parametrize("language", words())
def test_every_program_in_a_language(language: str) -> None:
    for client in clients(language):
        one = letter(client, language, "test")
        _holds(one)
        _holds(quoted(one))


@pytest.mark.parametrize("number", range(40))
def test_a_swedish_chain_of_any_programs(number: int) -> None:
    _holds(chain("sv", 1 + number % 4, f"test {number}"))


@pytest.mark.parametrize(
    ("line", "sender", "when"),
    [
        ("Em 08/06/2021 09:14, Anna Ek escreveu:", "Anna Ek|", WHEN),
        ("Às 09:14 de 08/06/2021, Anna Ek escreveu:", "Anna Ek|", WHEN),
        ("Op 8-6-2021 om 09:14 schreef Anna Ek:", "Anna Ek|", WHEN),
        ("W dniu 8.06.2021 o 09:14, Anna Ek pisze:", "Anna Ek|", WHEN),
        ("Wiadomość napisana przez Anna Ek <anna@x.example> w dniu 8 lip 2021, o godz. 09:14:", ANNA, "2021-07-08T09:14:00+02:00"),
        ("Wiadomość napisana przez Anna Ek\n<anna@x.example> w dniu 8 cze 2021, o godz. 09:14:", ANNA, WHEN),
        ("Anna Ek\n<anna@x.example> skrev den 8 juni 2021 09:14:", ANNA, WHEN),
        ("2021. 06. 08. 9:14 keltezéssel, Anna Ek írta:", "Anna Ek|", WHEN),
        ("Anna Ek je 8. 6. 2021. u 09:14 napisao/la:", "Anna Ek|", WHEN),
        ("Kontakt Anna Ek <anna@x.example> kirjutas kuupäeval T, 8. juuni 2021 kell 09:14:", ANNA, WHEN),
        ("otrd., 2021. g. 8. jūn., plkst. 09:14 — lietotājs Anna Ek <anna@x.example> rakstīja:", ANNA, WHEN),
        ("V V tor., 8. jun. 2021 ob 09:14 je oseba Anna Ek <anna@x.example> napisala:", ANNA, WHEN),
        ("Missatge de Anna Ek <anna@x.example> del dia dt., 8 de juny 2021 a les 9:14:", ANNA, WHEN),
        ("Στις Τρί 8 Ιουν 2021 στις 9:14 μ.μ., ο χρήστης Anna Ek <anna@x.example> έγραψε:", ANNA, "2021-06-08T21:14:00+02:00"),
        ("Anna Ek <anna@x.example> 于2021年6月8日周二 09:14写道：", ANNA, WHEN),
        ("2021年6月8日 GMT+2 09:14，Anna Ek <anna@x.example> 写道：", ANNA, WHEN),
        ("2021. 6. 8. 오전 9:14, Anna Ek <anna@x.example> 작성:", ANNA, WHEN),
        ("8 juni 2021 09:14 av anna@x.example:", "|anna@x.example", WHEN),
        ("Вторник, 8 июня 2021, 9:14 +02:00 от Anna Ek <anna@x.example>:", ANNA, WHEN),
        ("Citerar Anna Ek <anna@x.example>:", ANNA, None),
        ("On 8 June 2021 at 09:14, Anna Ek (anna@x.example(mailto:anna@x.example)) wrote:", ANNA, WHEN),
        ("Ar 2021-06-08 09:14, dywedodd Anna Ek <anna@x.example> hyn:", ANNA, WHEN),
        ("Noong Martes, Hunyo 8, 2021 nang 09:14, si Anna Ek <anna@x.example> ay sumulat:", ANNA, None),
        ("---- On Tue, 08 Jun 2021 09:14:00 +0200 Anna Ek <anna@x.example> wrote ----", ANNA, WHEN),
        ("mardi 8 juin 2021 à 9 h 14, Anna Ek <anna@x.example> a écrit :", ANNA, WHEN),
        ("Le 08/10/2021 à 09:14, Per Ek a écrit :", "Per Ek|", "2021-10-08T09:14:00+02:00"),
    ],
)  # fmt: skip
def test_an_attribution(line: str, sender: str, when: str | None) -> None:
    outer, inner = _unfolded(f"Ok\n\n{line}\n\n> Hej")
    assert (outer.body, inner.body, _told(inner.sender)) == ("Ok", "Hej", sender)
    assert (inner.date.isoformat() if inner.date else None) == when


@pytest.mark.parametrize(
    "text",
    [
        "----- Vidarebefordrat meddelande ----- Från: Anna Ek <anna@x.example>Till: Bo <bo@x.example>Skickat: tisdag 8 juni 2021 09:14:00 CESTÄmne: Lokal\n Hej",
        "---------- Forwarded message ---------\nNork: Anna Ek <anna@x.example>\nDate: Tue, 8 Jun 2021 09:14\nSubject: Lokal\nTo: Bo <bo@x.example>\n\nHej",
        "________________________________\nNork: Anna Ek <anna@x.example>\nBidalia: 2021-06-08 09:14\nNori: Bo <bo@x.example>\nGaia: Lokal\n\nHej",
        "Kimden: Anna Ek <anna@x.example>\nZamanı: 8 Haziran 2021 Salı 09:14\nKime: Bo <bo@x.example>\nKonu: Lokal\n\nHej",
        "From:\tAnna Ek <anna@x.example>\nTo:\tBo <bo@x.example>\nDate:\t06/08/2021 09:14 AM\nSubject:\tLokal\n________________________________\n\nHej",
        "发件人：Anna Ek <anna@x.example>\n发送时间：2021年6月8日(星期二) 上午9:14\n收件人：Bo <bo@x.example>\n主题：Lokal\nHej",
        "Od: Anna Ek <anna@x.example>\nOdesláno: úterý 8. června 2021 9:14\nAdresát: Bo <bo@x.example>\nPředmět: Lokal\n\nHej",
        "Yönlendirilen İleti:\n\nKİMDEN: Anna Ek <anna@x.example>\nKonu: Lokal\nTarih: 8 Haziran 2021 09:14 GMT+2\nKime: Bo <bo@x.example>\n\nHej",
        '------ Originalmeddelande ------\nFrån "Anna Ek" <anna@x.example>\nTill "Bo" <bo@x.example>\nDatum 2021-06-08 09:14:00\nÄmne Lokal\n\nHej',
        "=== Forwarded message ===\nFrom: Anna Ek <anna@x.example>\nTo: Bo <bo@x.example>\nDate: Tue, 08 Jun 2021 09:14\nSubject: Lokal\n=== Forwarded message ===\n\nHej",
        "Datum: vecka 42\n\nFrån: Anna Ek <anna@x.example>\nSkickat: den 8 juni 2021 09:14\nTill: Bo <bo@x.example>\nÄmne: Lokal\n\nHej",
    ],
    ids=["one line", "gmail unknown", "outlook unknown", "unknown between", "rule below", "wide colons", "adresát", "dotted i", "no colon", "marker below", "labels above"],
)  # fmt: skip
def test_a_header_block(text: str) -> None:
    _, inner = _unfolded(text, "Fwd: x")
    assert (_told(inner.sender), inner.subject, inner.body) == (ANNA, "Lokal", "Hej")
    assert [_told(box) for box in inner.to] == ["Bo|bo@x.example"]
    assert inner.date is not None
    assert inner.date.isoformat() == WHEN


@pytest.mark.parametrize(
    ("list_", "parties"),
    [
        ("Bo Lind <bo@x.example>, Per von\nEssen <per@x.example>", ["Bo Lind|bo@x.example", "Per von Essen|per@x.example"]),
        ("Bo Lind <bo@x.example>, Kommun\n(Funktionsadress) < k@x.example>", ["Bo Lind|bo@x.example", "Kommun (Funktionsadress)|k@x.example"]),
        ("Kommun (Funktionsadress)\n<k@x.example>, Bo Lind\n<bo@x.example>", ["Kommun (Funktionsadress)|k@x.example", "Bo Lind|bo@x.example"]),
        ('Eva <e@x.example>, "Bo\nLind" <bo@x.example>', ["Eva|e@x.example", "Bo Lind|bo@x.example"]),
        ("Bo Lind <bo@x.example>, Eva <\ne@x.example>", ["Bo Lind|bo@x.example", "Eva|e@x.example"]),
    ],
)  # fmt: skip
def test_recipients_that_are_wrapped_in_the_last_line_of_a_block(list_: str, parties: list[str]) -> None:
    _, inner = _unfolded(
        f"Ämne: Lokal\nDatum: 2021-06-08 09:14\nFrån: Anna Ek <anna@x.example>\nTill: {list_}\n\nHej"
    )
    assert ([_told(box) for box in inner.to], inner.body) == (parties, "Hej")


def test_a_lone_amount_in_a_quote_is_no_quote_of_its_own() -> None:
    _, inner = _unfolded(
        "Den 8 juni 2021 kl. 09:14 skrev Anna Ek <anna@x.example>:\n\n>> 50 000 kr blir det.\n>\n> Anna"
    )
    assert inner.body == "> 50 000 kr blir det.\n\nAnna"


def test_labels_of_an_agenda_below_a_rule_stay_words() -> None:
    agenda = "---\nFöredragande: Anna Ek <anna@x.example>\nMöte: den 8 juni 2021 09:14\nAnmälan: bo@x.example\nPlats: Rum 3"
    assert [message.body for message in _unfolded(agenda)] == [agenda]


@pytest.mark.parametrize(
    "line", ["Från: <<\n", "Till: a\nFrån: b\nÄmne: c\n", "Den 8 juni 2021 skrev Anna:\n", ":\n"]
)
def test_what_looks_like_a_message_in_vain_is_given_up(line: str) -> None:
    text = line * 20_000
    (only,) = _unfolded(text)
    assert only.body == text.strip()
