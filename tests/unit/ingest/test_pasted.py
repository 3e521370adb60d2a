"""Text that begins with the header block of a mail program."""

import json
from pathlib import Path

import pytest

from ingest.chain import unfold
from ingest.model import Mailbox
from ingest.pasted import parse_pasted

ANNA, BO = Mailbox("Anna Ek", "anna.ek@ange.example"), Mailbox("Bo Lind", "bo.lind@ssc.example")
BLOCK = "Från: Anna Ek <anna.ek@ange.example>\nTill: Bo Lind <bo.lind@ssc.example>\nÄmne: Lokal\nSkickat: 2021-06-08 09:14:00\n"


@pytest.mark.parametrize(
    "block",
    [
        BLOCK,
        f"\n\n{BLOCK}",
        f"\ufeff{BLOCK}",
        BLOCK.replace("\n", "  \n"),
        BLOCK.replace("\n", "\r\n"),
        f"________________________________\n{BLOCK}",
        f"-----Ursprungligt meddelande-----\n{BLOCK}",
        "**Från:** Anna Ek [mailto:Anna.Ek@ange.example]\n**Skickat:** den 8 juni 2021 09:14\n**Till:** Bo Lind <bo.lind@ssc.example>\n**Ämne:** Lokal\n",
        "From: Anna Ek <anna.ek@ange.example>\nSent: Tuesday, June 8, 2021 9:14 AM\nTo: Bo Lind <bo.lind@ssc.example>\nSubject: Lokal\n",
        "Lähettäjä: Anna Ek <anna.ek@ange.example>\nLähetetty: 8.6.2021 9.14\nVastaanottaja: Bo Lind <bo.lind@ssc.example>\nAihe: Lokal\n",
    ],
)
def test_its_fields_and_what_is_below(block: str) -> None:
    mail = parse_pasted(f"{block}\nHej Bo.\n")
    assert mail is not None
    assert (mail.sender, mail.to, mail.cc, mail.subject) == (ANNA, (BO,), (), "Lokal")
    assert mail.date is not None
    assert (mail.date.isoformat(), mail.date_zone_known) == ("2021-06-08T09:14:00+02:00", False)
    assert mail.text.strip() == "Hej Bo."


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "Hej Bo.",
        "Från: stationen går bussen\nTill: sjukhuset",
        f"> {BLOCK}",
        f"Hej\n\n{BLOCK}",
        "Ämne: Lokal\n\nHej",
        "---\n" * 99,
    ],
)
def test_other_text_is_none(text: str) -> None:
    assert parse_pasted(text) is None


def test_a_block_alone_has_no_words() -> None:
    mail = parse_pasted(BLOCK.rstrip("\n"))
    assert mail is not None
    assert mail.text == ""


def _mailbox(expected: dict[str, str]) -> Mailbox:
    return Mailbox(expected["name"], expected["address"])


def test_the_letter_that_the_project_was_born_from(shared: Path) -> None:
    expected = json.loads((shared / "seeds/ange-vidarebefordran.expected.json").read_text(encoding="utf-8"))
    mail = parse_pasted((shared / "seeds/ange-vidarebefordran.txt").read_text(encoding="utf-8"))
    assert mail is not None
    found = unfold(mail)
    assert len(found) == len(expected["messages"])
    for message, wanted in zip(found, expected["messages"], strict=True):
        assert message.kind == wanted["kind"]
        assert message.sender == _mailbox(wanted["from"])
        assert list(message.to) == [_mailbox(party) for party in wanted["to"]]
        assert list(message.cc) == [_mailbox(party) for party in wanted["cc"]]
        assert (message.subject, message.date_text) == (wanted["subject"], wanted["date_text"])
    outer, inner = found
    assert (outer.body, outer.signature_start) == ("", None)
    assert inner.date is not None
    assert inner.date.isoformat() == expected["messages"][1]["date"]
    assert inner.date > mail.date if mail.date else False
    assert inner.signature_start is not None
    assert "\nMobil: " in inner.body[inner.signature_start :]
    assert "mailto:clas" in inner.body[: inner.signature_start]
