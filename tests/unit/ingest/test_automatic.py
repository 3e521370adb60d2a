"""What programs write: bounces and receipts in words, and our own lists of reminders wherever they turn up."""

import pytest

from ingest.automatic import DIGEST_MARK
from ingest.chain import unfold
from ingest.mime import parse

HEAD = (
    b"From: Siv <siv@x.example>\r\nTo: bo@y.example\r\nDate: Mon, 7 Jun 2021 12:41:30 +0200\r\nSubject: x\r\n"
)
DIGEST = f"Att göra i dag\n\nÅnge: vi återkommer i oktober\n\n{DIGEST_MARK}\n"


def automatic(text: str) -> list[bool]:
    return [message.automatic for message in unfold(parse(HEAD + b"\r\n" + text.encode()))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (DIGEST, [True]),
        ("Kan du titta?\n\n" + "".join(f"> {line}\n" for line in DIGEST.splitlines()), [False, True]),
        (
            (
                "Se nedan\n\nFrån: Återkom <bevakning@x.example>\nSkickat: den 7 juni 2021 08:00\nTill: Siv\n"
                f"Ämne: Bevakningar\n\n{DIGEST}"
            ),
            [False, True],
        ),
        ("Vi återkommer i oktober", [False]),
    ],
)
def test_our_own_lists_are_known_again(text: str, expected: list[bool]) -> None:
    assert automatic(text) == expected


def report(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(b"--b\r\n" + part + b"\r\n" for part in parts)
    return (
        HEAD
        + b"Content-Type: multipart/report; report-type="
        + kind
        + b"; boundary=b\r\n\r\n"
        + body
        + b"--b--\r\n"
    )


STATUS = (
    b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.x.example\r\n\r\n"
    b"Final-Recipient: rfc822; bo@y.example\r\nAction: failed\r\nStatus: 5.1.1\r\n"
    b"Diagnostic-Code: smtp; 550 5.1.1\r\n unknown user\r\n\r\n"
    b"Final-Recipient: rfc822; c@y.example\r\nAction: delayed\r\nStatus: 4.4.1\r\n"
)
LINES = (
    "Leveransrapport: kunde inte levereras till bo@y.example (5.1.1 550 5.1.1 unknown user)\n"
    "Leveransrapport: försenat till c@y.example (4.4.1)"
)


@pytest.mark.parametrize(("words", "text"), [(b"Sorry!", f"Sorry!\n\n{LINES}"), (b"", LINES)])
def test_a_bounce_says_whom_it_did_not_reach(words: bytes, text: str) -> None:
    bounced = b"Content-Type: message/rfc822\r\n\r\nSubject: Lokal\r\nFrom: siv@x.example\r\n\r\nHej Bo"
    mail = parse(report(b"delivery-status", b"\r\n" + words, STATUS, bounced))
    assert (mail.text, mail.automatic) == (text, True)
    assert [(each.subject, each.text) for each in mail.attached] == [("Lokal", "Hej Bo")]


def test_a_bounce_that_gives_back_the_header_alone() -> None:
    returned = (
        b"Content-Type: text/rfc822-headers\r\n\r\nSubject: =?utf-8?q?Lokal_i_=C3=85nge?=\r\nFrom: x\r\n"
    )
    mail = parse(report(b"delivery-status", b"\r\nx", returned))
    assert (mail.text, mail.attached) == ("x\n\nLeveransrapport: gäller brevet ”Lokal i Ånge”", ())


@pytest.mark.parametrize(
    ("disposition", "words"),
    [
        (b"manual-action/MDN-sent-manually; displayed", "läst av"),
        (b"automatic-action; deleted", "inte läst av"),
    ],
)
def test_a_receipt_says_who_has_read(disposition: bytes, words: str) -> None:
    status = (
        b"Content-Type: message/disposition-notification\r\n\r\nFinal-Recipient: rfc822;bo@y.example\r\nDisposition: "
        + disposition
    )
    mail = parse(report(b"disposition-notification", b"\r\n", status))
    assert (mail.text, mail.automatic) == (f"Läskvitto: {words} bo@y.example", True)
