"""Attachments: names that are safe, digests of the decoded bytes, paths that find them again."""

import base64
import hashlib

import pytest

from ingest.attachments import safe_name
from ingest.mime import parse

HEAD = b"From: a@x.example\r\nDate: Mon, 7 Jun 2021 12:00:00 +0200\r\nMIME-Version: 1.0\r\n"
PDF = b"%PDF-1.4 \x00\xff innehall"


def mixed(*parts: bytes) -> bytes:
    body = b"".join(b"--b\r\n" + part + b"\r\n" for part in parts)
    return HEAD + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + body + b"--b--\r\n"


def document(disposition: bytes, data: bytes = PDF, kind: bytes = b"application/pdf") -> bytes:
    head = b"Content-Type: " + kind + b"\r\nContent-Disposition: " + disposition
    return head + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(data)


TEXT = b"Content-Type: text/plain; charset=utf-8\r\n\r\nHej"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Avtal Ånge.pdf", "Avtal Ånge.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\avtal.docx", "avtal.docx"),
        (".bashrc", "bashrc"),
        ("...", None),
        ("", None),
        (None, None),
        ("/", None),
        ("CON.txt", "_CON.txt"),
        ("com1", "_com1"),
        ("konsult.txt", "konsult.txt"),
        ("a\x1b]52;c;x\x07\u202egpj.exe", "a]52;c;xgpj.exe"),
        ("a\nb\tc.pdf", "abc.pdf"),
        ("A\u030angen.pdf", "Ången.pdf"),
        ('fr<å>ga?"*|:.pdf', "fr_å_ga_____.pdf"),
        ("namn. . ", "namn"),
    ],
)
def test_safe_name(name: str | None, safe: str | None) -> None:
    assert safe_name(name) == safe


@pytest.mark.parametrize(
    "name", ["x" * 500 + ".pdf", "å" * 500 + ".pdf", "x" * 500, "." + "x" * 400, "a." + "y" * 300]
)
def test_a_long_name_keeps_its_extension(name: str) -> None:
    safe = safe_name(name)
    assert safe is not None
    assert len(safe) <= 150
    assert len(safe.encode()) <= 240
    assert safe.endswith(".pdf") == name.endswith(".pdf")


def test_digest_size_path_and_name() -> None:
    found = parse(mixed(TEXT, document(b"attachment; filename*=utf-8''%C3%85nge.pdf"))).attachments
    assert [(a.part, a.filename, a.content_type, a.size) for a in found] == [
        ("2", "Ånge.pdf", "application/pdf", len(PDF))
    ]
    assert found[0].sha256 == hashlib.sha256(PDF).hexdigest()


def test_broken_base64_is_read_as_far_as_it_goes() -> None:
    broken = document(b"attachment; filename=x.pdf").replace(b"JVBE", b"JV!!BE")
    mail = parse(mixed(TEXT, broken))
    assert mail.attachments[0].sha256 == hashlib.sha256(PDF).hexdigest()
    assert mail.problems == ("base64-broken: part 2",)


def test_base64_that_was_padded_line_by_line() -> None:
    part = b"Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nYQ==\r\nYmM=\r\nZA\r\n"
    assert parse(mixed(TEXT, part)).attachments[0].sha256 == hashlib.sha256(b"abcd").hexdigest()


def test_uuencoded() -> None:
    part = b"Content-Type: application/pdf\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\nbegin 644 x\n#86)C\n`\nend\n"
    assert parse(mixed(TEXT, part)).attachments[0].sha256 == hashlib.sha256(b"abc").hexdigest()


@pytest.mark.parametrize(
    ("kind", "name", "problem"),
    [
        (b"application/ms-tnef", b"winmail.dat", "tnef"),
        (b"application/octet-stream", b"WINMAIL.DAT", "tnef"),
        (b"application/pkcs7-mime; smime-type=enveloped-data", b"smime.p7m", "encrypted"),
        (b"application/pgp-encrypted", b"version", "encrypted"),
    ],
)
def test_what_nobody_can_read_is_said_and_kept(kind: bytes, name: bytes, problem: str) -> None:
    mail = parse(mixed(TEXT, document(b"attachment; filename=" + name, kind=kind)))
    assert [each.partition(":")[0] for each in mail.problems] == [problem]
    assert len(mail.attachments) == 1


@pytest.mark.parametrize(
    "part",
    [
        b"Content-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR",
        b"Content-Type: text/plain; name=a.txt\r\nContent-Disposition: inline; filename=a.txt\r\n\r\ninnehall",
        b"Content-Type: text/html\r\nContent-Disposition: attachment\r\n\r\n<p>x",
        b"Content-Type: text/csv\r\n\r\na;b",
    ],
)
def test_texts_that_are_documents(part: bytes) -> None:
    mail = parse(mixed(TEXT, part))
    assert (mail.text, len(mail.attachments)) == ("Hej", 1)


def test_a_mail_that_is_one_document() -> None:
    mail = parse(HEAD + document(b"inline; filename=a.pdf"))
    assert (mail.text, [a.part for a in mail.attachments], mail.status) == ("", ["1"], "ok")
