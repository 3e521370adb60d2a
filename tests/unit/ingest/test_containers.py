"""Mails in other forms than MIME: signed, compressed and encrypted S/MIME, PGP, uuencoded files, pieces."""

import base64
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

from ingest import cms
from ingest.limits import Limits
from ingest.mime import content, parse

HEAD = b"From: Siv <siv@x.example>\r\nDate: Mon, 7 Jun 2021 12:41:30 +0200\r\nSubject: Lokal\r\n"
ENTITY = "Content-Type: text/plain; charset=utf-8\r\n\r\nVi återkommer i höst.\r\n".encode()
DATA, SIGNED, ENVELOPED = (bytes.fromhex(f"06092a864886f70d0107{number:02}") for number in (1, 2, 3))
COMPRESSED = bytes.fromhex("060b2a864886f70d0109100109")


def element(tag: int, *inner: bytes) -> bytes:
    value = b"".join(inner)
    size = len(value).to_bytes((len(value).bit_length() + 7) // 8 or 1, "big")
    return (
        bytes([tag]) + (bytes([len(value)]) if len(value) < 128 else bytes([0x80 | len(size)]) + size) + value
    )


def endless(tag: int, *inner: bytes) -> bytes:
    return bytes([tag, 0x80]) + b"".join(inner) + b"\0\0"


def signed_by_library(entity: bytes) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Siv")])
    begun = datetime(2021, 1, 1, tzinfo=UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, begun, begun + timedelta(days=9_999))
    certificate = builder.sign(key, hashes.SHA256())
    signer = pkcs7.PKCS7SignatureBuilder().set_data(entity).add_signer(certificate, key, hashes.SHA256())
    return signer.sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary])


def in_pieces(entity: bytes) -> bytes:
    pieces = [element(0x04, entity[at : at + 10]) for at in range(0, len(entity), 10)]
    content = endless(0x30, DATA, endless(0xA0, endless(0x24, *pieces)))
    return endless(0x30, SIGNED, endless(0xA0, endless(0x30, element(2, b"\1"), element(0x31), content)))


def compressed(entity: bytes) -> bytes:
    content = element(0x30, DATA, element(0xA0, element(0x04, zlib.compress(entity))))
    algorithm = element(0x30, bytes.fromhex("060b2a864886f70d0109100308"))
    return element(0x30, COMPRESSED, element(0xA0, element(0x30, element(2, b"\0"), algorithm, content)))


ENCRYPTED = element(0x30, ENVELOPED, element(0xA0, element(0x30, element(2, b"\0"))))


def smime(data: bytes, kind: bytes = b"signed-data") -> bytes:
    head = b"Content-Type: application/pkcs7-mime; smime-type=" + kind + b"; name=smime.p7m\r\n"
    return HEAD + head + b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(data)


@pytest.mark.parametrize("pack", [signed_by_library, in_pieces, compressed])
def test_what_was_signed_or_compressed_is_read(pack: Callable[[bytes], bytes]) -> None:
    mail = parse(smime(pack(ENTITY)))
    assert (mail.status, mail.subject, mail.text) == ("ok", "Lokal", "Vi återkommer i höst.\n")
    assert mail.attachments == ()


def test_documents_in_what_was_signed_have_paths() -> None:
    inner = (
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nhej\r\n"
        b"--b\r\nContent-Type: application/pdf; name=a.pdf\r\n\r\n%PDF\r\n--b--\r\n"
    )
    raw = smime(in_pieces(inner))
    mail = parse(raw)
    assert (mail.text, [each.part for each in mail.attachments]) == ("hej", ["1.2"])
    assert content(raw, "1.2") == b"%PDF"


@pytest.mark.parametrize(
    "data", [ENCRYPTED, b"", b"\x30", in_pieces(ENTITY)[:30], b"\x30\x80" * 500, b"\xff" * 500]
)
def test_what_needs_a_key_or_is_broken_is_said(data: bytes) -> None:
    mail = parse(smime(data, b"enveloped-data"))
    assert [problem for problem in mail.problems if problem.startswith("encrypted")] == [
        "encrypted: part 1, S/MIME enveloped-data"
    ]
    assert len(mail.attachments) == 1


def test_certificates_alone_hide_no_words() -> None:
    assert parse(smime(ENCRYPTED, b"certs-only")).problems == ()


def test_signatures_within_signatures_end_at_the_limit() -> None:
    entity = ENTITY
    for _ in range(20):
        entity = (
            b"Content-Type: application/pkcs7-mime\r\nContent-Transfer-Encoding: binary\r\n\r\n"
            + in_pieces(entity)
        )
    assert parse(HEAD + entity).text == "Vi återkommer i höst.\n"
    assert parse(HEAD + entity, Limits(depth=5)).status == "partial"


def test_what_unpacks_to_more_than_is_read_is_cut() -> None:
    with pytest.raises(cms.CmsBrokenError):
        cms.content(compressed(b"x")[:20], 10)
    assert len(cms.content(compressed(b"x" * 100_000), 1_000)) == 1_000


PGP = (
    "Hej!\n-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nVi återkommer.\n- -- \nSiv\n"
    "-----BEGIN PGP SIGNATURE-----\n\niQEzBAEB\n-----END PGP SIGNATURE-----\nSlut\n"
)


def test_a_pgp_signature_in_the_text_goes() -> None:
    assert parse(HEAD + b"\r\n" + PGP.encode()).text == "Hej!\nVi återkommer.\n-- \nSiv\nSlut\n"


def test_a_pgp_signature_that_is_cut_off_takes_no_words() -> None:
    assert parse(HEAD + b"\r\n" + PGP.partition("-----BEGIN PGP SIGNATURE")[0].encode()).text.endswith(
        "-- \nSiv\n"
    )


UU = b"begin 644 brev.txt\r\n#0V%T\r\n`\r\nend\r\n"


def test_a_uuencoded_file_in_the_text_is_a_document() -> None:
    raw = HEAD + b"Content-Type: text/plain; charset=iso-8859-1\r\n\r\nP\xe5 \xf6n\r\n" + UU + b"Siv\r\n" + UU
    mail = parse(raw)
    assert (mail.text, mail.status) == ("På ön\n\nSiv", "ok")
    assert [(each.part, each.filename, each.size) for each in mail.attachments] == [
        ("1.2", "brev.txt", 3),
        ("1.4", "brev.txt", 3),
    ]
    assert content(raw, "1.4") == b"Cat"


@pytest.mark.parametrize("text", [b"begin 644 ett brev\r\nHej\r\n", b"x\r\nbegin again\r\nend\r\n", UU[:30]])
def test_words_that_begin_stay(text: bytes) -> None:
    mail = parse(HEAD + b"\r\n" + text)
    assert (mail.text, mail.attachments) == (text.decode().replace("\r\n", "\n"), ())


@pytest.mark.parametrize(
    ("kind", "problem"),
    [
        (b'message/partial; id="a"; number=1; total=3', "mail-in-pieces: part 1, piece 1 of 3"),
        (b"message/external-body; access-type=URL", "attachment-elsewhere: part 1, URL"),
    ],
)
def test_what_is_not_here_is_said(kind: bytes, problem: str) -> None:
    assert parse(HEAD + b"Content-Type: " + kind + b"\r\n\r\nSubject: x\r\n\r\nhej").problems == (problem,)


def test_a_file_in_yenc_is_said() -> None:
    mail = parse(HEAD + b"\r\nHej\r\n=ybegin line=128 size=3 name=a.bin\r\nabc\r\n=yend size=3\r\n")
    assert mail.problems == ("yenc: part 1 holds a file in yEnc",)
