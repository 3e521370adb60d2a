"""Reading mail holds for any bytes: it never raises, and Swedish names survive every encoding of a header."""

from email.header import Header
from email.message import Message

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import addresses
from ingest.headers import decode
from ingest.html import to_text
from ingest.limits import Limits
from ingest.mime import parse
from tests.properties.holding import holds

LETTERS = st.text("abcdefghijklmnopqrstuvwxyzåäöÅÄÖéü -.,()\"'", min_size=1, max_size=60)
FRAGMENTS = st.sampled_from(
    [
        b"From: ",
        b"To: ",
        b"Date: ",
        b"Subject: ",
        b"References: <",
        b"Content-Type: multipart/mixed; boundary=b\n",
        b"Content-Type: message/rfc822\n",
        b"Content-Type: text/html\n",
        b"\n--b\n",
        b"\n--b--\n",
        b"\n",
        b"\r\n",
        b"\r",
        b"\n\n",
        b"Content-Transfer-Encoding: base64\n",
        b"Content-Transfer-Encoding: quoted-printable\n",
        b"=?utf-8?q?",
        b"?=",
        b"=?",
        b"Content-Disposition: attachment; filename*0*=",
        b"\x00",
        b"\xff",
        b"\xc3",
        b"<",
        b">",
        b"(",
        b")",
        b'"',
        b"\\",
        b";",
        b",",
        b"<table><tr><td>",
        b"</p>",
        b"<blockquote>",
        b"<a href=mailto:a@b>",
        b"begin 644 x\n",
        b"From a 12:00\n",
        b"charset=utf-7",
        b"format=flowed",
        b" \n",
        b"> ",
        b"Content-Type: multipart/alternative\n",
        "Från: ".encode(),
        b"Sent: ",
        b"@x.example",
        b":",
    ]
)
SMALL = Limits(
    size=3_000, header=200, headers=600, parameters=50, depth=5, parts=8, recipients=3, references=3, text=500
)


@settings(deadline=None)
@given(st.binary(max_size=2_000))
def test_any_bytes(raw: bytes) -> None:
    holds(parse(raw))


@settings(deadline=None)
@given(st.binary(max_size=2_000))
def test_any_bytes_behind_a_header(raw: bytes) -> None:
    holds(parse(b"From: a@x.example\n" + raw))


@settings(deadline=None)
@given(st.lists(FRAGMENTS | st.binary(max_size=8), max_size=80).map(b"".join))
def test_fragments_of_mail_in_any_order(raw: bytes) -> None:
    holds(parse(raw))
    holds(parse(b"From: a@x.example\n" + raw, SMALL))


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_header(value: bytes) -> None:
    text = decode(value)
    assert "\n" not in text
    for box in addresses.mailboxes([value], 50)[0]:
        assert box.name or box.address
        assert box.address is None or box.address == box.address.lower()


@settings(deadline=None)
@given(st.text(max_size=500))
def test_any_html(source: str) -> None:
    text = to_text(source)
    assert "\r" not in text
    assert text == text.encode().decode()  # no half of a character


@settings(deadline=None)
@given(LETTERS, st.sampled_from(["utf-8", "iso-8859-1", "windows-1252"]), st.integers(20, 76))
def test_names_survive_encoded_words(name: str, charset: str, width: int) -> None:
    written = Header(name, charset, maxlinelen=width).encode()
    assert " ".join(decode(written.replace("\n", "").encode()).split()) == " ".join(name.split())


@settings(deadline=None)
@given(LETTERS)
def test_names_survive_a_quoted_address(name: str) -> None:
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    ((box,), total) = addresses.mailboxes([f'"{quoted}" <Siv@X.example>'.encode()], 10)
    stripped = " ".join(name.split())
    assert (box.address, total) == ("siv@x.example", 1)
    assert (box.name or "").strip("\"' ") == stripped.strip("\"' ")


@settings(deadline=None)
@given(LETTERS)
def test_text_survives_the_stdlib_writer(words: str) -> None:
    message = Message()
    message["From"] = "a@x.example"
    message["Date"] = "Mon, 7 Jun 2021 12:00:00 +0200"
    message.set_payload(words, "utf-8")
    assert parse(message.as_bytes()).text.rstrip("\n") == words
