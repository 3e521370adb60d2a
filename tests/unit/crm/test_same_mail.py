"""A mail that Outlook saved is the mail that came."""

from datetime import UTC, date, datetime

from crm.reading import read_mail
from crm.readings import ReadingContext
from nlp.reader import Reader
from tests.outlook_files import Saved, Value, msg

HEADER = (
    'From: "Öst, Siv" <siv@x.example>\r\nTo: bo@y.example\r\nDate: Mon, 7 Jun 2021 12:41:30 +0200\r\n'
    "Subject: Lokal\r\nMessage-ID: <1@x.example>\r\n"
)
WORDS = "Hej!\r\nVi återkommer i oktober.\r\n\r\nSiv\r\n"
PDF = b"%PDF-1.4"
CAME = (
    f"{HEADER}Content-Type: multipart/mixed; boundary=b\r\n\r\n"
    f"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{WORDS}\r\n"
    "--b\r\nContent-Type: application/pdf; name=a.pdf\r\n\r\n%PDF-1.4\r\n--b--\r\n"
).encode()


def test_with_its_header_or_without_it_has_the_same_digest_and_envelope() -> None:
    own = {0x001A: "IPM.Note", 0x1000: WORDS}
    document: tuple[dict[int, Value]] = ({0x3705: 1, 0x3701: PDF, 0x3707: "a.pdf"},)
    properties: dict[int, Value] = {
        0x0037: "Lokal",
        0x1035: "<1@x.example>",
        0x0C1A: "Öst, Siv",
        0x5D01: "siv@x.example",
        0x0039: datetime(2021, 6, 7, 10, 41, 30, tzinfo=UTC),
    }
    reader, context = Reader(), ReadingContext(date(2021, 6, 8), documents=False)
    mails = [
        read_mail(raw, reader, context)
        for raw in (
            CAME,
            msg(Saved({**own, 0x007D: HEADER}, (), document)),
            msg(Saved({**own, **properties}, ({0x0C15: 1, 0x39FE: "bo@y.example"},), document)),
        )
    ]
    assert len({mail.digest for mail in mails}) == 1
    chains = [mail.messages[0].chain for mail in mails]
    assert len({(each.message_id, each.sender, each.to, each.subject, each.date) for each in chains}) == 1
