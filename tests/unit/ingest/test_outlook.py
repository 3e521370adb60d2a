"""Outlook's own files: .msg, and winmail.dat within a mail."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from ingest.limits import Limits
from ingest.mime import content, parse
from ingest.model import Mailbox, ParsedMail
from tests.compound import Tree, compound
from tests.outlook_files import Saved, Value, literal_lzfu, msg, tnef

SENT = datetime(2021, 6, 7, 10, 41, 30, tzinfo=UTC)
BASE: dict[int, Value] = {0x001A: "IPM.Note", 0x0C1A: "Siv Öst", 0x5D01: "Siv@x.example", 0x0039: SENT}
BO: dict[int, Value] = {0x0C15: 1, 0x3001: "Bo Ek", 0x39FE: "bo@y.example"}
PDF: dict[int, Value] = {
    0x3705: 1,
    0x3701: b"%PDF-1.4 \r\n--x",
    0x3707: "avtal å.pdf",
    0x370E: "application/pdf",
}
INNER = Saved({**BASE, 0x0037: "Inre", 0x1000: "Inre ord"}, (), (PDF,))
LETTER = Saved(
    {
        **BASE,
        0x0037: "\1\5SV: Lokal",
        0x1000: "Hej!\r\nVi återkommer.\r\n",
        0x1035: "<1@x.example>",
        0x1042: "<0@x.example>",
        0x1039: "<00@x.example> <0@x.example>",
    },
    (BO, {0x0C15: 2, 0x3001: "c@y.example", 0x3002: "SMTP", 0x3003: "c@y.example"}),
    (PDF, INNER),
)
RTF_HTML = (
    rb"{\rtf1\ansi\ansicpg1252\fromhtml1{\fonttbl{\f0 Arial;}}{\*\htmltag <p>}V{\*\htmltag <b>}i \'e5"
    rb"\htmlrtf {\b\htmlrtf0 terkommer{\*\htmltag </b>}\htmlrtf }\htmlrtf0  i h\u246?st.{\*\htmltag </p>}}"
)


@pytest.mark.parametrize("narrow", [None, "cp1252"])
def test_a_saved_mail_is_the_mail(narrow: str | None) -> None:
    mail = parse(msg(LETTER, narrow=narrow))
    assert (mail.status, mail.subject, mail.text) == ("ok", "SV: Lokal", "Hej!\nVi återkommer.")
    assert mail.sender == Mailbox("Siv Öst", "siv@x.example")
    assert (mail.to, mail.cc) == ((Mailbox("Bo Ek", "bo@y.example"),), (Mailbox(None, "c@y.example"),))
    assert (mail.date, mail.message_id, mail.in_reply_to) == (SENT, "<1@x.example>", ("<0@x.example>",))
    assert mail.references == ("<00@x.example>", "<0@x.example>")


def test_its_documents_and_the_mails_in_it_are_found_by_their_paths() -> None:
    raw = msg(LETTER)
    mail = parse(raw)
    (inner,) = mail.attached
    assert [
        (each.part, each.filename, each.content_type) for each in mail.attachments + inner.attachments
    ] == [
        ("2", "avtal å.pdf", "application/pdf"),
        ("3.2", "avtal å.pdf", "application/pdf"),
    ]
    assert [content(raw, path) for path in ("2", "3.2", "7")] == [PDF[0x3701], PDF[0x3701], None]
    assert (inner.subject, inner.text) == ("Inre", "Inre ord")


@pytest.mark.parametrize("shift", [9, 12])
def test_a_large_document_is_whole(shift: int) -> None:
    large = bytes(range(251)) * 36_000
    raw = msg(
        Saved({**BASE, 0x1000: "x" * 3_000}, (), ({0x3705: 1, 0x3701: large, 0x3707: "a.bin"}, PDF)),
        shift=shift,
    )
    mail = parse(raw)
    assert (len(mail.text), mail.problems) == (3_000, ())
    assert content(raw, "2") == large
    assert content(raw, "3") == PDF[0x3701]


def test_the_header_it_was_transported_with_goes_first() -> None:
    header = (
        "Received: from a.example by b.example; Mon, 7 Jun 2021 12:41:29 +0200\r\n"
        "From: =?utf-8?q?Siv_=C3=96st?= <siv@x.example>\r\nAuto-Submitted: auto-replied\r\n"
        "Date: Mon, 7 Jun 2021\r\n 12:41:30 +0200\r\nContent-Type: multipart/mixed; boundary=zzz\r\n"
    )
    mail = parse(msg(Saved({**BASE, 0x007D: header, 0x0C1A: "Annan", 0x0037: "Lokal", 0x1000: "ord"})))
    assert (mail.sender, mail.date_text) == (
        Mailbox("Siv Öst", "siv@x.example"),
        "Mon, 7 Jun 2021 12:41:30 +0200",
    )
    assert (mail.subject, mail.text, mail.automatic) == ("Lokal", "ord", True)


@pytest.mark.parametrize(
    ("own", "sender"),
    [
        ({0x0C1A: "Siv", 0x0C1F: "/O=EX/CN=SIV", 0x5D01: "siv@x.example"}, Mailbox("Siv", "siv@x.example")),
        ({0x0C1A: "Siv", 0x0C1F: "siv@x.example"}, Mailbox("Siv", "siv@x.example")),
        ({0x0C1A: "Siv", 0x0C1F: "/O=EX/CN=SIV"}, Mailbox("Siv", None)),
        ({0x0C1A: "siv@x.example"}, Mailbox(None, "siv@x.example")),
        ({0x0042: "Chefen", 0x5D02: "chef@x.example", 0x0C1A: "Siv"}, Mailbox("Chefen", "chef@x.example")),
        ({0x0C1A: 'Öst, "Siv"', 0x5D01: "siv@x.example"}, Mailbox('Öst, "Siv"', "siv@x.example")),
        ({}, None),
    ],
)
def test_who_sent_it(own: dict[int, Value], sender: Mailbox | None) -> None:
    assert parse(msg(Saved({0x001A: "IPM.Note", 0x1000: "x", **own}))).sender == sender


def test_an_entry_that_stands_in_no_directory_has_the_address() -> None:
    entry = bytes(4) + bytes.fromhex("812b1fa4bea310199d6e00dd010f5402") + b"\0\0\1\x90"
    entry += "Siv\0SMTP\0siv@x.example\0".encode("utf-16-le")
    mail = parse(msg(Saved({0x001A: "IPM.Note", 0x1000: "x", 0x0C1A: "Siv", 0x0C19: entry})))
    assert mail.sender == Mailbox("Siv", "siv@x.example")


def test_names_alone_where_there_is_no_table_of_recipients() -> None:
    mail = parse(msg(Saved({**BASE, 0x1000: "x", 0x0E04: "Bo Ek; Cia Ö", 0x0E03: "d@y.example"})))
    assert (mail.to, mail.cc) == (
        (Mailbox("Bo Ek", None), Mailbox("Cia Ö", None)),
        (Mailbox(None, "d@y.example"),),
    )


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({0x1013: "<p>på Ö</p>".encode("cp1252"), 0x3FDE: 1252}, "på Ö"),
        ({0x1013: "<p>på Ö</p>".encode(), 0x3FDE: 65001}, "på Ö"),
        ({0x1013: "<p>på Ö</p>"}, "på Ö"),
        ({0x1009: literal_lzfu(RTF_HTML)}, "Vi återkommer i höst."),
        ({0x1009: literal_lzfu(rb"{\rtf1\ansi\ansicpg1252 p\'e5 \'d6\par nu}")}, "på Ö\nnu"),
        ({0x1000: "ord", 0x1009: b"\1\2"}, "ord"),
        ({}, ""),
    ],
)
def test_which_body_is_read(body: dict[int, Value], text: str) -> None:
    assert parse(msg(Saved({**BASE, **body}))).text == text


def test_a_task_says_what_it_is() -> None:
    due = datetime(2021, 6, 30, tzinfo=UTC)
    mail = parse(msg(Saved({0x001A: "IPM.Task", 0x0037: "Ritningar", 0x1000: "Till Ånge", 0x8005: due})))
    assert mail.text == "Till Ånge\n\nUppgift: Ritningar, förfaller 2021-06-30"


def test_a_mail_that_was_signed_is_read_whole() -> None:
    whole = (
        b"Content-Type: multipart/signed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        b"Vi \xc3\xa5terkommer\r\n--b\r\nContent-Type: application/pkcs7-signature; name=smime.p7s\r\n\r\nx\r\n--b--\r\n"
    )
    saved = Saved(
        {**BASE, 0x001A: "IPM.Note.SMIME.MultipartSigned"}, (), ({0x3701: whole, 0x3707: "smime.p7m"},)
    )
    mail = parse(msg(saved))
    assert (mail.text, [each.filename for each in mail.attachments]) == ("Vi återkommer", ["smime.p7s"])


def test_a_bounce_that_was_saved_is_automatic() -> None:
    assert parse(msg(Saved({**BASE, 0x001A: "REPORT.IPM.Note.NDR", 0x1000: "Kom inte fram"}))).automatic


def test_a_document_that_lies_elsewhere_is_said() -> None:
    mail = parse(msg(Saved({**BASE, 0x1000: "x"}, (), ({0x3705: 7, 0x3707: "moln.docx"},))))
    assert mail.problems == ("attachment-elsewhere: 'moln.docx'",)
    assert [(each.filename, each.size) for each in mail.attachments] == [("moln.docx", 0)]


def test_the_file_of_an_object_in_the_text() -> None:
    tree: Tree = {
        "__properties_version1.0": bytes(32),
        "__attach_version1.0_#00000000": {
            "__properties_version1.0": bytes(8),
            "__substg1.0_3707001F": "Blad.xlsx".encode("utf-16-le"),
            "__substg1.0_3701000D": {"Package": b"PK\3\4", "\1Ole": b"x"},
        },
    }
    mail = parse(compound(tree))
    assert [(each.filename, each.size) for each in mail.attachments] == [("Blad.xlsx", 4)]


def carried(data: bytes, kind: bytes, name: bytes) -> bytes:
    import base64

    return (
        b"From: Bo <bo@y.example>\r\nDate: Mon, 7 Jun 2021 12:00:00 +0200\r\n"
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n%s\r\n--b\r\nContent-Type: %s; name=%s\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n%s--b--\r\n"
    ) % (b"se bilagt", kind, name, base64.encodebytes(data))


@pytest.mark.parametrize("kind", [b"application/vnd.ms-outlook", b"application/octet-stream"])
def test_an_attached_msg_is_an_attached_mail(kind: bytes) -> None:
    raw = carried(msg(LETTER), kind, b"brev.msg")
    mail = parse(raw)
    assert (mail.text, mail.attachments) == ("se bilagt", ())
    (inner,) = mail.attached
    assert (inner.subject, [each.part for each in inner.attachments]) == ("SV: Lokal", ["2.2"])
    assert content(raw, "2.3.2") == PDF[0x3701]


def test_an_eml_that_is_sent_as_a_document_is_an_attached_mail() -> None:
    mail = parse(
        carried(b"From: c@y.example\r\nSubject: inre\r\n\r\nhej", b"application/octet-stream", b"brev.eml")
    )
    assert [each.subject for each in mail.attached] == ["inre"]


def test_a_broken_msg_stays_a_document_and_is_said() -> None:
    mail = parse(carried(msg(LETTER)[:300], b"application/vnd.ms-outlook", b"brev.msg"))
    assert mail.problems == ("msg-broken: part 2, it cannot be opened",)
    assert [each.filename for each in mail.attachments] == ["brev.msg"]


def winmail(data: bytes, text: bytes = b"se bilagt") -> ParsedMail:
    return parse(carried(data, b"application/ms-tnef", b"winmail.dat").replace(b"se bilagt", text, 1))


def test_winmail_gives_its_documents_and_the_mails_in_it() -> None:
    raw = carried(tnef(LETTER), b"application/ms-tnef", b"winmail.dat")
    mail = parse(raw)
    assert (mail.status, mail.text) == ("ok", "se bilagt")
    assert [(each.part, each.filename, each.size) for each in mail.attachments] == [
        ("2.2", "avtal å.pdf", 14)
    ]
    assert content(raw, "2.2") == PDF[0x3701]
    assert [(each.subject, each.text) for each in mail.attached] == [("Inre", "Inre ord")]


@pytest.mark.parametrize("name", [b"winmail.dat", b"WINMAIL.DAT", b'"winmail (2).dat"', b"noname.dat"])
def test_winmail_by_its_name_alone(name: bytes) -> None:
    mail = parse(carried(tnef(LETTER), b"application/octet-stream", name))
    assert [each.filename for each in mail.attachments] == ["avtal å.pdf"]


@pytest.mark.parametrize(
    ("saved", "body"),
    [
        (Saved({0x1000: "Vi återkommer i höst."}), None),
        (Saved({0x1009: literal_lzfu(RTF_HTML)}), None),
        (Saved({}), "Vi återkommer i höst.".encode("cp1252")),
    ],
)
def test_winmail_gives_the_words_of_a_mail_that_has_none(saved: Saved, body: bytes | None) -> None:
    assert winmail(tnef(saved, body=body), b"").text == "Vi återkommer i höst."


def test_winmail_says_nothing_twice() -> None:
    assert winmail(tnef(Saved({0x1000: "samma ord"})), b"samma ord").text == "samma ord"


def test_a_winmail_that_was_saved_alone() -> None:
    mail = parse(tnef(LETTER))
    assert (mail.subject, mail.text, len(mail.attached)) == ("SV: Lokal", "Hej!\nVi återkommer.", 1)


@pytest.mark.parametrize("make", [msg, tnef])
def test_cut_at_any_byte_it_raises_nothing(make: Callable[[Saved], bytes]) -> None:
    whole = make(LETTER)
    for at in range(0, len(whole), 7):
        mail = parse(whole[:at])
        assert mail.status in {"ok", "partial", "quarantined"}
        assert len(mail.attached) <= 1


@pytest.mark.parametrize("make", [msg, tnef])
def test_with_any_byte_changed_it_raises_nothing(make: Callable[[Saved], bytes]) -> None:
    whole = make(LETTER)
    for at in range(8, len(whole), 11):
        mail = parse(whole[:at] + b"\xff" + whole[at + 1 :])
        assert mail.status in {"ok", "partial", "quarantined"}


def test_another_compound_file_is_no_mail() -> None:
    mail = parse(compound({"WordDocument": b"x" * 5_000}))
    assert (mail.status, mail.problems) == ("quarantined", ("binary: an OLE file, but no mail of Outlook",))


def deep(levels: int) -> Saved:
    saved = INNER
    for _ in range(levels):
        saved = Saved({**BASE, 0x1000: "x"}, (), (saved,))
    return saved


@pytest.mark.parametrize("make", [msg, tnef])
def test_nesting_beyond_the_limit_is_named(make: Callable[[Saved], bytes]) -> None:
    mail = parse(make(deep(20)), Limits(depth=10))
    assert any(problem.startswith("limit-depth") for problem in mail.problems)


def test_a_stream_that_is_named_a_thousand_times_is_read_twice_at_most() -> None:
    mail = parse(msg(Saved({**BASE, 0x1000: "x"}, (), [PDF] * 300)), Limits(parts=50))
    assert len(mail.attachments) <= 50
