"""Mails that no program should write: what is readable of each is read, and what is not is said."""

import base64

import pytest

from ingest.mime import parse

HEAD = b"From: odd@x.example\nSubject: x\nDate: Mon, 25 Sep 2023 10:00:00 +0200\nMIME-Version: 1.0\n"
INNER = "From: inre@x.example\nSubject: =?utf-8?q?=C3=85?=\n\nVi återkommer.".encode()


def plain(charset: str, body: bytes, *more: str) -> bytes:
    return b"\n".join(
        [
            f"Content-Type: text/plain; charset={charset}".encode(),
            *(line.encode() for line in more),
            b"",
            body,
        ]
    )


CASES = {
    "one boundary in itself": (
        b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\nContent-Type: multipart/mixed; boundary=a\n\n" * 500 + b"--a\n\nhej\n",
        "hej", "boundary-unclosed",
    ),
    "no boundary": (b"Content-Type: multipart/mixed\n\nHej\n", "Hej", "boundary-missing"),
    "a boundary that is not closed": (b"Content-Type: multipart/mixed; boundary=a\n\n--a\n\nHej", "Hej", "boundary-unclosed"),
    "a boundary that begins another": (b"Content-Type: multipart/mixed; boundary=x\n\n--xx\n\nnej\n--x\n\nHej\n--x--\nefter\n", "Hej", ""),
    "Latin-1 that says UTF-8": (plain("utf-8", "Återkommer".encode("latin-1")), "Återkommer", "charset"),
    "Windows that says Latin-1": (plain("iso-8859-1", "– “nu”".encode("cp1252")), "– “nu”", ""),
    "an unknown charset": (plain("x-zz", "Återkommer".encode()), "Återkommer", "charset"),
    "UTF-16": (plain("utf-16", "Hej Åsa".encode("utf-16")), "Hej Åsa", ""),
    "UTF-7": (plain("utf-7", b"Hej +AMU-sa +Jjo-"), "Hej Åsa ☺", ""),
    "a charset that is no charset": (plain("unicode_escape", b"\\u202eHej"), "\\u202eHej", "charset"),
    "a charset whose quote is open": (plain('"utf-8', b"Hej"), "Hej", ""),
    "Japanese": (plain("iso-2022-jp", b"\x1b$B$3$s\x1b(B hej"), "こん hej", ""),
    "uuencoded": (b"Content-Transfer-Encoding: x-uuencode\n\nbegin 644 a.txt\n#2&5J\n`\nend\n", "Hej", ""),
    "base64 with a hole": (plain("utf-8", b"SGVq!!!!IGlnZW4*\n", "Content-Transfer-Encoding: base64"), "Hej igen", "base64-broken"),
    "quoted-printable that breaks off": (
        plain("utf-8", b"Hej =ZZ =C3=A5=\n=", "Content-Transfer-Encoding: quoted-printable"), "Hej =ZZ å", "quoted-printable-broken",
    ),
    "NUL in the text": (plain("utf-8", b"a\0b"), "ab", "nul-removed"),
    "a piece of a mail": (b"Content-Type: message/partial; number=1; total=2; id=x\n\nhalv\n", None, "mail-in-pieces"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_can_be_read_is_read(case: str) -> None:
    raw, text, problem = CASES[case]
    mail = parse(HEAD + raw)
    assert mail.status == ("partial" if problem else "ok")
    assert any(one.startswith(problem) for one in mail.problems) or not problem
    assert text is None or mail.text.strip() == text


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("base64", base64.encodebytes(INNER)),
        (
            "quoted-printable",
            INNER.replace("å".encode(), b"=C3=A5").replace(b"=?utf-8?q?=C3=85?=", b"=C3=85"),
        ),
    ],
    ids=["base64", "quoted-printable"],
)
def test_a_mail_in_a_mail_that_is_encoded_though_it_may_not_be(encoding: str, body: bytes) -> None:
    mail = parse(
        HEAD + f"Content-Type: message/rfc822\nContent-Transfer-Encoding: {encoding}\n\n".encode() + body
    )
    assert [(one.subject, one.text) for one in mail.attached] == [("Å", "Vi återkommer.")]


@pytest.mark.parametrize(
    ("parameters", "name"),
    [
        (b"filename*0*=utf-8''r%C3%A4; filename*1*=k%2E; filename*2=pdf", "räk.pdf"),
        (b"filename*=utf-8''%E2%80%AEfdp.exe%1B%5B31m%00", "fdp.exe[31m"),
        (b"filename*999999999999999*=a; filename*-1*=b; filename**=c", None),
        ('filename="a\u202egpj.exe"'.encode(), "agpj.exe"),
        (b'filename="../../etc/passwd\0.pdf"', "passwd.pdf"),
    ],
)
def test_names_of_documents_are_safe_to_show(parameters: bytes, name: str | None) -> None:
    raw = (
        HEAD
        + b"Content-Type: application/octet-stream\nContent-Disposition: attachment; "
        + parameters
        + b"\n\nx\n"
    )
    assert [one.filename for one in parse(raw).attachments] == [name]
