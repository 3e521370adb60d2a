"""mail-parser's second opinion: what it is asked for, and that it is asked safely."""

import subprocess
import sys
from datetime import UTC, datetime

import pytest

from ingest.mime import parse
from ingest.opinion import headers_view, second_opinion

HOPS = (
    b"Received: from b.example by c.example with ESMTPS id 2; Mon, 7 Jun 2021 12:41:30 +0200\r\n"
    b"Received: from a.example by b.example with ESMTP id 1; Mon, 7 Jun 2021 12:40:30 +0200\r\n"
)
FIRST = datetime(2021, 6, 7, 10, 40, 30, tzinfo=UTC)


def test_hops_first_to_last_with_delay() -> None:
    hops = second_opinion(HOPS + b"From: a@x.example\r\n\r\nhej").received
    assert [(hop.sender, hop.by, hop.protocol, hop.delay) for hop in hops] == [
        ("a.example", "b.example", "ESMTP", None),
        ("b.example", "c.example", "ESMTPS", 60.0),
    ]


def test_defects_and_anomalies() -> None:
    opinion = second_opinion(HOPS + b"To: a@x.example\r\nTo: b@x.example\r\nDate: Tirsdag 45\r\n\r\nhej")
    assert "to: more than once" in opinion.anomalies
    assert opinion.defects == ("DateHeaderDefect",)
    assert opinion.date == FIRST


@pytest.mark.parametrize("date", [b"Date: Tirsdag 45\r\n", b""])
def test_a_mail_without_a_date_has_that_of_its_first_hop(date: bytes) -> None:
    mail = parse(HOPS + b"From: a@x.example\r\n" + date + b"\r\nhej")
    assert mail.date == FIRST
    assert mail.problems == (("date-invalid: 'Tirsdag 45'",) if date else ())


@pytest.mark.parametrize("piece", [b"(", b"from ", b"a;", b"<", b'"', b"\xff", b"\\(", b"\0", b"=?utf-8?q?"])
def test_hostile_headers_give_an_opinion(piece: bytes) -> None:
    junk = piece * 1_000
    raw = (
        b"".join(name + b": " + junk + b"\n" for name in (b"Received", b"From", b"To", b"Date", b"Subject"))
        * 20
    )
    assert len(second_opinion(raw + b"\nhej").anomalies) <= 50


def test_an_ordinary_mail_does_not_load_it() -> None:
    code = (
        "import sys; from ingest.mime import parse;"
        "parse(b'From: a@x.example\\nDate: Mon, 7 Jun 2021 12:00:00 +0200\\n\\nhej');"
        "sys.exit('mailparser' in sys.modules or 'charset_normalizer' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_view_of_the_headers_for_people() -> None:
    raw = (
        HOPS
        + "From: =?utf-8?q?Siv_=C3=96?= <siv@x.example>\r\nX-MS-Thing: å\r\nMIME-Version: 1.0\r\n".encode()
        + b"Content-Type: multipart/mixed;\r\n boundary=b\r\nmessage-id: <1@x.example>\r\n\r\n--b\r\n\r\nhej"
    )
    view = headers_view(raw)
    assert [name for name, _ in view.fields] == [
        "Received",
        "Received",
        "From",
        "X-Ms-Thing",
        "MIME-Version",
        "Content-Type",
        "Message-ID",
    ]
    assert view.fields[2:4] == (("From", "Siv Ö <siv@x.example>"), ("X-Ms-Thing", "å"))
    assert view.fields[5] == ("Content-Type", "multipart/mixed; boundary=b")
    assert [hop.delay for hop in view.hops] == [None, 60.0]
    assert view.defects == ("boundary-unclosed: part 0 may be cut off",)


@pytest.mark.parametrize("raw", [b"", b"\0\0\0", b"hej\n\nhopp", b"\xff" * 3_000, b": :\n" * 5_000])
def test_a_view_of_what_is_no_mail(raw: bytes) -> None:
    view = headers_view(raw)
    assert view.hops == ()
    assert len(view.fields) <= 1_000


def test_it_writes_nothing_to_the_terminal(caplog: pytest.LogCaptureFixture) -> None:
    headers_view(
        b"From: =?iso-8859-1?B?5e?= \x1b[31mx <a@x.example>\r\nSubject: =?utf-8?B?x?= =?a?b?c?=\r\n\r\nhej"
    )
    assert caplog.records == []
