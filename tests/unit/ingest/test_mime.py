"""Whole mails, by what wrote them and by what is wrong with them."""

import base64
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.leaves import unflow
from ingest.mime import content, parse
from ingest.model import Mailbox

DATE = b"Date: Mon, 7 Jun 2021 12:41:30 +0200\r\n"
HEAD = b"From: Siv <siv@x.example>\r\n" + DATE
PLAIN = b"Content-Type: text/plain; charset=utf-8\r\n\r\n"
HTML = b"Content-Type: text/html; charset=utf-8\r\n\r\n"


def multipart(kind: bytes, *parts: bytes, boundary: bytes = b"b") -> bytes:
    body = b"".join(b"--" + boundary + b"\r\n" + part + b"\r\n" for part in parts)
    head = b"Content-Type: multipart/" + kind + b'; boundary="' + boundary + b'"\r\n\r\n'
    return head + body + b"--" + boundary + b"--\r\n"


def test_an_ordinary_mail() -> None:
    raw = (
        HEAD
        + b"To: Bo <bo@y.example>\r\nTo: a@y.example\r\nCc: c@y.example\r\nSubject: =?utf-8?Q?M=C3=B6te?=\r\n"
        b"Message-ID: <1@x.example>\r\nIn-Reply-To: <0@x.example>\r\nReferences: null <0@x.example>\r\n"
        + PLAIN
        + "Hej!\r\nVi återkommer.\r\n".encode()
    )
    mail = parse(raw)
    assert (mail.status, mail.problems, mail.automatic, mail.part) == ("ok", (), False, "1")
    assert mail.sender == Mailbox("Siv", "siv@x.example")
    assert [box.address for box in mail.to] == ["bo@y.example", "a@y.example"]
    assert [box.address for box in mail.cc] == ["c@y.example"]
    assert (mail.subject, mail.text) == ("Möte", "Hej!\nVi återkommer.\n")
    assert mail.date == datetime(2021, 6, 7, 10, 41, 30, tzinfo=UTC)
    assert mail.date_text == "Mon, 7 Jun 2021 12:41:30 +0200"
    assert (mail.message_id, mail.in_reply_to, mail.references) == (
        "<1@x.example>",
        ("<0@x.example>",),
        ("<0@x.example>",),
    )


def test_line_ends_do_not_matter() -> None:
    raw = HEAD + multipart(b"mixed", PLAIN + b"a", PLAIN + b"b")
    assert (
        parse(raw).text
        == parse(raw.replace(b"\r\n", b"\n")).text
        == parse(raw.replace(b"\r\n", b"\r")).text
        == "a\n\nb"
    )


@pytest.mark.parametrize(
    ("plain", "html", "expected"),
    [
        (b"Hej!", b"<p>Hej!</p>", "Hej!"),
        (b" \r\n", b"<p>Allt i HTML</p>", "Allt i HTML"),
        (
            b"Visa i webbl\xc3\xa4saren",
            b"<p>Nytt kontor i Boden</p><p>Invigning den 3 maj klockan tio i stadshuset</p>",
            "Nytt kontor",
        ),
        (
            b"This is an HTML message.",
            b"<p>Vi ses p\xc3\xa5 torsdag klockan tio i stadshuset, alla fyra</p>",
            "Vi ses på",
        ),
        (
            b"Ja, vi ses!",
            b"<p>Ja, vi ses!</p><div style='display:none'>" + b"ord " * 100 + b"</div>",
            "Ja, vi ses!",
        ),
        (
            "Se svar i rött. ".encode() + b"ord " * 200,
            "<p>Se svar i rött, <font color=red>här.</font></p>".encode(),
            "Se svar i rött, här.",
        ),
    ],
)
def test_the_alternative_with_the_words(plain: bytes, html: bytes, expected: str) -> None:
    assert parse(HEAD + multipart(b"alternative", PLAIN + plain, HTML + html)).text.startswith(expected)


@pytest.mark.parametrize(
    ("plain", "html", "taken"),
    [
        (b"Servicekontor", b"<p>" + b"Vi ses i stadshuset. " * 20 + b"</p>", "html"),
        (
            b"Hej, vi ses p\xc3\xa5 torsdag i stadshuset.",
            b"<p>Hej, vi ses p\xc3\xa5 torsdag i stadshuset.</p>" * 3,
            "plain",
        ),
        (b"ord " * 200, b"<p>" + b"andra " * 900 + b"</p>", "plain"),
    ],
)
def test_a_plain_text_that_leaves_out_most_is_not_read(plain: bytes, html: bytes, taken: str) -> None:
    mail = parse(HEAD + multipart(b"alternative", PLAIN + plain, HTML + html))
    assert mail.part == ("2" if taken == "html" else "1")


@pytest.mark.parametrize(
    ("head", "body", "text"),
    [
        (b"text/enriched", b"<bold>Hej</bold> p\xc3\xa5 <<dig", "Hej på <dig"),
        (b"text/rtf", b"{\\rtf1\\ansi p\\'e5 \\'f6n}", "på ön"),
        (b"text/markdown", b"# Rubrik", "# Rubrik"),
        (b"multipart/mixed (a comment); boundary=b (x)", b"--b\r\n\r\nhej\r\n--b--", "hej"),
        (b"text/plain charset=iso-8859-1", b"p\xe5", "på"),
        (b"text/plain; charset=x-mac-roman", b"p\x8c", "på"),
        (b"text/plain; charset=SEN_850200_B", b"p} |n", "på ön"),
        (b"text/plain", "på ön".encode("utf-16-le"), "på ön"),
        (b"text/plain; charset=utf-7", b"p+AOU-", "på"),
        (b"multipart/mixed; boundary=zz", b"--b\r\nContent-Type: text/plain\r\n\r\nhej\r\n--b--", "hej"),
        (b'multipart/mixed; boundary="b\xe5"', b"--b\xe5\r\n\r\nhej\r\n--b\xe5--", "hej"),
        (b"multipart/mixed; boundary=b", b"--b\r\n\r\nhej\r\n--b--\r", "hej"),
    ],
)
def test_what_programs_really_send(head: bytes, body: bytes, text: str) -> None:
    assert parse(HEAD + b"Content-Type: " + head + b"\r\n\r\n" + body).text == text


@pytest.mark.parametrize("encoding", [b"base64 ; x=1", b"base64 (all of it)", b'"BASE64"', b"base64"])
def test_how_an_encoding_is_spelled(encoding: bytes) -> None:
    assert (
        parse(HEAD + b"Content-Transfer-Encoding: " + encoding + b"\r\n\r\nSGVqIHDDpQ==\r\n").text == "Hej på"
    )


def test_what_a_list_puts_below_an_encoded_text_is_read_as_it_stands() -> None:
    mail = parse(
        HEAD + b"Content-Transfer-Encoding: base64\r\n\r\nSGVqIHDDpQ==\r\n_____\r\nlista@x.example\r\n"
    )
    assert (mail.text, mail.problems) == ("Hej på\n_____\nlista@x.example\n", ("base64-broken: part 1",))


def test_a_name_that_was_encoded_twice() -> None:
    mail = parse(b"From: =?utf-8?Q?=3D=3Futf-8=3FQ=3FSiv=5F=3DC3=3D96st=3F=3D?= <siv@x.example>\r\n\r\nx")
    assert mail.sender == Mailbox("Siv Öst", "siv@x.example")


def test_xhtml_as_telephones_send_it_is_the_text() -> None:
    page = "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body><p>Räk</p></body></html>"
    mail = parse(HEAD + b"Content-Type: application/xhtml+xml; charset=utf-8\r\n\r\n" + page.encode())
    assert (mail.text.strip(), mail.attachments) == ("Räk", ())


def test_related_within_alternative_with_an_image() -> None:
    image = b"Content-Type: image/png; name=a.png\r\nContent-ID: <a>\r\n\r\n\x89PNG"
    related = multipart(b"related", HTML + b"<p>rik text</p>", image, boundary=b"c")
    mail = parse(HEAD + multipart(b"alternative", PLAIN + b"enkel text", related))
    assert mail.text == "enkel text"
    assert [(a.part, a.filename) for a in mail.attachments] == [("2.2", "a.png")]


def test_flowed_text_is_joined() -> None:
    raw = (
        HEAD
        + b"Content-Type: text/plain; format=flowed; delsp=no\r\n\r\nen lang \r\nrad\r\n> citat \r\n> mer\r\n-- \r\nSiv\r\n"
    )
    assert parse(raw).text == "en lang rad\n> citat mer\n-- \nSiv\n"


def test_flowed_text_of_a_language_without_spaces() -> None:
    assert unflow("abc \ndef\n  stuffed\n>> a\n> b", delsp=True) == "abcdef\n stuffed\n>> a\n> b"


def test_attached_mails_have_their_own_words_documents_and_paths() -> None:
    inner = (
        b"From: Bo <bo@y.example>\r\n"
        + DATE
        + b"Subject: inre\r\n"
        + multipart(
            b"mixed",
            PLAIN + b"inre ord",
            b"Content-Type: application/pdf; name=x.pdf\r\n\r\n%PDF",
            boundary=b"c",
        )
    )
    mail = parse(
        HEAD + multipart(b"mixed", PLAIN + b"se bilagt", b"Content-Type: message/rfc822\r\n\r\n" + inner)
    )
    assert (mail.text, mail.attachments) == ("se bilagt", ())
    (attached,) = mail.attached
    assert (attached.subject, attached.text, attached.part) == ("inre", "inre ord", "2.1")
    assert [a.part for a in attached.attachments] == ["2.2"]


def test_an_attached_mail_that_was_encoded() -> None:
    part = b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\nU3ViamVjdDogaW5yZQ0KDQpoZWo=\r\n"
    mail = parse(HEAD + multipart(b"mixed", PLAIN + b"x", part))
    assert (mail.attached[0].subject, mail.attached[0].text) == ("inre", "hej")


def test_a_digest_holds_mails_without_saying_so() -> None:
    mail = parse(
        HEAD + multipart(b"digest", b"\r\nSubject: ett\r\n\r\na", b"\r\nSubject: tv\xc3\xa5\r\n\r\nb")
    )
    assert [each.subject for each in mail.attached] == ["ett", "två"]


def test_what_an_attached_mail_lacks_its_carrier_says_too() -> None:
    inner = b"Content-Type: message/rfc822\r\n\r\nFrom: b@y.example\r\nDate: Tirsdag 45\r\n\r\nhej"
    mail = parse(HEAD + multipart(b"mixed", PLAIN + b"x", inner))
    assert (mail.status, mail.problems) == ("partial", ("date-invalid: 'Tirsdag 45'",))


@pytest.mark.parametrize(
    ("body", "text", "problem"),
    [
        (b"Content-Type: multipart/mixed\r\n\r\n--q\r\n\r\nhej\r\n--q--\r\n", "hej", "boundary-missing"),
        (b"Content-Type: multipart/mixed; boundary=x\r\n\r\nbara ord", "bara ord", "boundary-missing"),
        (b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nhej", "hej", "boundary-unclosed"),
        (
            b"Content-Transfer-Encoding: quoted-printable\r\n\r\np=E5 =XY=\r\n!",
            "på =XY!",
            "quoted-printable-broken",
        ),
        (b"Content-Type: text/plain; charset=x-none\r\n\r\np\xe5", "på", "charset"),
        (b"Content-Type: text/plain; charset=utf-8\r\n\r\np\xe5", "på", "charset"),
        (b"\r\nnu\0l", "nul", "nul-removed"),
        (b"\r\n-----BEGIN PGP MESSAGE-----\r\nx", "-----BEGIN PGP MESSAGE-----\nx", "encrypted"),
    ],
)
def test_what_is_broken_is_read_and_said(body: bytes, text: str, problem: str) -> None:
    mail = parse(HEAD + body)
    assert (mail.text, mail.status) == (text, "partial")
    assert [each.partition(":")[0] for each in mail.problems] == [problem]


def test_a_boundary_that_two_levels_share_loses_no_part() -> None:
    inner = multipart(b"alternative", PLAIN + b"ett")
    assert {"ett", "tvenne"} <= set(parse(HEAD + multipart(b"mixed", inner, PLAIN + b"tvenne")).text.split())


def test_alternatives_within_a_shared_boundary_are_still_alternatives() -> None:
    inner = b"Content-Type: multipart/alternative; boundary=b\r\n\r\n"
    mail = parse(HEAD + multipart(b"mixed", inner, PLAIN + b"samma ord", HTML + b"<p>samma ord</p>"))
    assert mail.text == "samma ord"


def test_every_attachment_is_found_again_by_its_path() -> None:
    pdf = (
        b"Content-Type: application/pdf; name=x.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERg==\r\n"
    )
    inner = HEAD + multipart(b"mixed", PLAIN + b"inre", pdf, boundary=b"c")
    encoded = (
        b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(inner)
    )
    raw = HEAD + multipart(b"mixed", pdf, b"Content-Type: message/rfc822\r\n\r\n" + inner, encoded)
    mail = parse(raw)
    paths = [
        each.part for each in mail.attachments + mail.attached[0].attachments + mail.attached[1].attachments
    ]
    assert paths == ["1", "2.2", "3.2"]
    assert [content(raw, path) for path in paths] == [b"%PDF"] * 3
    assert content(raw, "9") is content(raw, "2.9") is None


def test_a_first_line_that_is_junk_hides_no_mail() -> None:
    mail = parse(b"+OK 120 octets\r\nMIME-Version: 1.0\r\n" + HEAD + b"\r\nhej")
    assert (mail.sender, mail.text) == (Mailbox("Siv", "siv@x.example"), "hej")


def test_a_mail_as_apple_keeps_it() -> None:
    letter = HEAD + b"\r\nhej\r\n"
    plist = b'<?xml version="1.0"?><plist><dict/></plist>'
    assert parse(b"%d      \n" % len(letter) + letter + plist).text == "hej\n"
    assert parse(b"12\n\nhej").text == "12\n\nhej"


def test_control_characters_stay_for_the_exits_to_clean() -> None:
    assert parse(HEAD + b"\r\na\x1b[31mb\x07").text == "a\x1b[31mb\x07"


@pytest.mark.parametrize(
    "declared", [b"", b"; charset=iso-8859-1", b"; charset=us-ascii", b"; charset=windows-1252"]
)
def test_eight_bit_letters_are_kept(declared: bytes) -> None:
    mail = parse(
        HEAD + b"Content-Type: text/plain" + declared + b"\r\n\r\n" + "på Öland – å".encode("cp1252")
    )
    assert mail.text == "på Öland – å"


def test_html_names_its_own_charset() -> None:
    body = b"Content-Type: text/html\r\n\r\n<meta charset='utf-8'><p>p\xc3\xa5 \xff</p>"
    assert parse(HEAD + body).text.startswith("på")


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"\0" * 50, "binary"),
        (b"%PDF-1.7 x", "binary"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 100, "binary"),
        (b"abc\x01\x02\x03\x04", "binary"),
    ],
)
def test_what_is_no_text_is_quarantined_with_a_reason(raw: bytes, code: str) -> None:
    mail = parse(raw)
    assert (mail.status, mail.text) == ("quarantined", "")
    assert [each.partition(":")[0] for each in mail.problems] == [code]


def test_a_text_without_header_is_a_message_of_nobody() -> None:
    mail = parse("Telefon: 010-1\n\nVi öppnar i höst.\n".encode())
    assert (mail.status, mail.sender, mail.date, mail.text) == (
        "ok",
        None,
        None,
        "Telefon: 010-1\n\nVi öppnar i höst.\n",
    )


@pytest.mark.parametrize(
    "text",
    [
        "Från: Siv Ö <siv@x.example>\nTill: Bo <bo@y.example>\nÄmne: Lokal\nSkickat: 2021-06-07 12:41:30\n\nHej",
        "From: Siv Ö <siv@x.example>\nSent: Monday, June 7, 2021 12:41 PM\nTo: Bo <bo@y.example>\nSubject: Lokal\n\nHej",
        "From: Siv Ö <siv@x.example>\nDate: måndag 7 juni 2021 kl. 12:41\nTo: Bo <bo@y.example>\nSubject: Lokal\n\nHej",
    ],
)
def test_pasted_header_lines(text: str) -> None:
    mail = parse(text.encode())
    assert mail.sender == Mailbox("Siv Ö", "siv@x.example")
    assert (mail.subject, mail.to) == ("Lokal", (Mailbox("Bo", "bo@y.example"),))
    assert mail.date is not None
    assert (mail.date.hour, mail.date.minute) == (12, 41)


@pytest.mark.parametrize(
    "head",
    [
        b"Auto-Submitted: auto-replied\r\n",
        b"Auto-Submitted: auto-generated (rule)\r\n",
        b"Precedence: bulk\r\n",
        b"List-Id: <x.y.example>\r\n",
        b"List-Unsubscribe: <mailto:x@y.example>\r\n",
        b"X-Autoreply: yes\r\n",
        b"X-Aterkom: digest\r\n",
        b"Return-Path: <>\r\n",
        b"Content-Type: multipart/report; boundary=b\r\n",
        b"Subject: Autosvar: =?utf-8?Q?M=C3=B6te?=\r\n",
        b"Subject: Automatiskt svar: x\r\n",
        "Subject: Frånvaro: x\r\n".encode(),
        "Subject: Frånvaromeddelande\r\n".encode(),
        b"Subject: Out of office: x\r\n",
        b"Subject: Undeliverable: x\r\n",
        b"X-Auto-Response-Suppress: All\r\nSubject: Siv: autosvar\r\n",
    ],
)
def test_automatic(head: bytes) -> None:
    assert parse(HEAD + head + b"\r\nhej").automatic


@pytest.mark.parametrize(
    "head",
    [
        b"Auto-Submitted: no\r\n",
        b"X-Auto-Response-Suppress: DR, OOF, AutoReply\r\nSubject: Lokal\r\n",
        b"Precedence: normal\r\n",
        b"Return-Path: <siv@x.example>\r\n",
        "Subject: Frånvaron i skolan ökar\r\n".encode(),
        b"Subject: SV: Autosvar\r\n",
    ],
)
def test_not_automatic(head: bytes) -> None:
    assert not parse(HEAD + head + b"\r\nhej").automatic


def test_the_seed_documents_are_read(shared: Path) -> None:
    letter = parse((shared / "seeds" / "ange-vidarebefordran.txt").read_bytes())
    assert (letter.status, letter.sender) == (
        "ok",
        Mailbox("Ange (Funktionsadress för ange@ange.se)", "ange@ange.se"),
    )
    item = parse((shared / "seeds" / "pressmeddelande-28-servicekontor.txt").read_bytes())
    assert (item.status, item.sender, item.date) == ("ok", None, None)
