"""Small inputs of every kind from which fuzzing begins: `python -m benchmarks.fuzzing` writes them to files."""

from collections.abc import Mapping
from datetime import UTC, datetime

from tests.documents.office import docx, odf, paragraph, row, table, xlsx
from tests.documents.pdf import letter, pdf
from tests.outlook_files import Saved, Value, literal_lzfu, msg, tnef

_HEAD = (
    b"Received: from a.example by b.example with ESMTP id 1; Mon, 7 Jun 2021 12:40:30 +0200\r\n"
    b'From: "=?utf-8?q?Siv_=C3=96?= (x)" <siv@x.example>\r\nTo: Bo <bo@y.example>, "C, D" <c@y.example>\r\n'
    b"Date: Mon, 7 Jun 2021 12:41:30 +0200\r\nMessage-ID: <1@x.example>\r\nReferences: <0@x.example>\r\n"
    b"Subject: =?iso-8859-1?B?5eTW?= =?utf-8?q?=C3?= =?utf-8?q?=A5?=\r\n"
)
_CALENDAR = (
    b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VTIMEZONE\r\nTZID:X\r\nBEGIN:STANDARD\r\nTZOFFSETTO:+0100\r\n"
    b"END:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nDTSTART;TZID=X:20211014T100000\r\nDURATION:PT1H\r\n"
    b'SUMMARY:M\xc3\xb6te\\, x\r\nORGANIZER;CN="A":mailto:a@x.example\r\nRRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=3\r\n'
    b"END:VEVENT\r\nEND:VCALENDAR\r\n"
)
_HTML = (
    b"<html><head><style>p{}</style></head><body><p style='margin:0'>a<br>b</p><blockquote>c<ul><li>d</ul></blockquote>"
    b"<table><tr><td>e<td>f</table><div style='display:none'>g</div><pre> h\n i</pre><a href='mailto:a@x.example'>j</a>"
)
_RTF = rb"{\rtf1\ansi\ansicpg1252\fromhtml1{\fonttbl{\f0\fcharset204 A;}}{\*\htmltag <p>}\'e5\u8211?\htmlrtf x\htmlrtf0 }"


def _multipart(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(b"--b\r\n" + part + b"\r\n" for part in parts)
    return _HEAD + b"Content-Type: multipart/" + kind + b'; boundary="b"\r\n\r\n' + body + b"--b--\r\n"


def _saved() -> Saved:
    moment = datetime(2021, 6, 7, 10, tzinfo=UTC)
    inner = Saved({0x001A: "IPM.Appointment", 0x0037: "x", 0x8001: moment, 0x8002: moment, 0x8003: "y"})
    document: dict[int, Value] = {0x3705: 1, 0x3701: b"%PDF", 0x3707: "å.pdf"}
    own: dict[int, Value] = {
        0x001A: "IPM.Note",
        0x0037: "Lokal",
        0x0C1A: "Siv",
        0x0039: moment,
        0x1009: literal_lzfu(_RTF),
    }
    return Saved(own, ({0x0C15: 1, 0x3001: "Bo", 0x3003: "bo@y.example"},), (document, inner))


def seeds() -> Mapping[str, list[bytes]]:
    """Inputs for each target of `fuzzing`."""
    plain = b"Content-Type: text/plain; charset=utf-8; format=flowed\r\n\r\nHej \r\np\xc3\xa5 dig\r\n> citat\r\n-- \r\nSiv"
    quoted = b"Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\np=E5=\r\nx"
    base64 = b"Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+aGVqPC9wPg==\r\n"
    uuencoded = b"Content-Type: x/y; name*0*=utf-8''a%20; name*1=b\r\nContent-Transfer-Encoding: uuencode\r\n\r\nbegin 644 x\r\n#0V%T\r\nend"
    calendar = b"Content-Type: text/calendar; method=REQUEST\r\n\r\n" + _CALENDAR
    attached = b"Content-Type: message/rfc822\r\n\r\n" + _HEAD + b"\r\nhej"
    status = b"Content-Type: message/delivery-status\r\n\r\n\r\nFinal-Recipient: rfc822; a@x.example\r\nAction: failed"
    mails = [
        _HEAD + b"\r\nHej\r\n",
        _multipart(b"mixed", plain, quoted, base64, uuencoded, attached),
        _multipart(b"alternative", plain, base64, calendar),
        _multipart(b"report", plain, status, attached),
        "Från: Siv <siv@x.example>\nSkickat: den 7 juni 2021 12:41\nTill: Bo\nÄmne: x\n\nHej".encode(),
    ]
    return {
        "mail": mails,
        "headers": [_HEAD, b"Content-Type: a/b; c*0*=utf-8''%c3; c*1*=%a5\r\n"],
        "html": [_HTML],
        "calendar": [_CALENDAR],
        "msg": [msg(_saved()), msg(_saved(), narrow="cp1252")],
        "tnef": [tnef(_saved(), body=b"hej")],
        "rtf": [_RTF, literal_lzfu(_RTF)],
        "cms": [
            bytes.fromhex(
                "3080 06092a864886f70d010702 a080 3080 020101 3100 3080 06092a864886f70d010701 a080 2480 0403616263 0403646566 0000".replace(
                    " ", ""
                )
            )
        ],
        "documents": [
            docx(table(("Kommun", "Klart"), ("Ånge", "maj")) + paragraph("Vi återkommer.")),
            xlsx({"Kontor": row("Ånge", "maj")}, ("Ånge",), '<cellXfs><xf numFmtId="14"/></cellXfs>'),
            odf("<text:p>Vi återkommer till <text:span>Ånge</text:span>.</text:p>"),
            pdf(letter(["Vi återkommer till Ånge."], ["Snart."])),
            _RTF,
            _HTML,
        ],
        "mbox": [
            b"From a@x.example Mon Jun  7 12:41:30 2021\n" + _HEAD.replace(b"\r", b"") + b"\n>From x\n\n" * 2
        ],
    }
