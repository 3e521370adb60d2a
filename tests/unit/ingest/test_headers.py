"""Header blocks, encoded words, parameters, ids, dates and addresses as programs really write them."""

from datetime import UTC, datetime, timedelta

import pytest

from ingest import addresses
from ingest.headers import Headers, date, decode, looks_like_mail, message_ids, parameters, read_block
from ingest.limits import Budget, Limits


def block(text: bytes, limits: Limits | None = None) -> tuple[Headers, int, tuple[str, ...]]:
    budget = Budget(limits or Limits())
    fields, body = read_block(text, 0, len(text), budget)
    return fields, body, budget.drain()


def boxes(*values: str, limit: int = 100) -> list[tuple[str | None, str | None]]:
    found, _ = addresses.mailboxes([value.encode() for value in values], limit)
    return [(box.name, box.address) for box in found]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (b"=?utf-8?Q?=C3=85nge_kommun?=", "Ånge kommun"),
        (b"=?iso-8859-1?Q?=C5nge?=", "Ånge"),
        (b"=?utf-8?B?w4VuZ2U?=", "Ånge"),
        (b"=?utf-8?B?w4U=?= =?utf-8?B?bmdl?=", "Ånge"),
        (b"=?utf-8?Q?=C3?=\r\n =?utf-8?Q?=85nge?=".replace(b"\r\n", b""), "Ånge"),
        (b"Hej =?utf-8?Q?=C3=A5?= du", "Hej å du"),
        (b"VB:=?utf-8?Q?_=C3=85?=x", "VB: Åx"),
        (b"=?utf-8?Q?a b?=", "a b"),
        (b"=?x-unknown?Q?=E5?=", "å"),
        (b"=?utf-8?Q?=F6l?=", "öl"),
        (b"=?us-ascii?Q?=F6l?=", "öl"),
        (b"=?utf-8*sv?Q?=C3=B6l?=", "öl"),
        (b"=?windows-1252?Q?10=9616?=", "10–16"),
        (b"=?utf-8?q?a=0D=0ABcc:_c?=", "a Bcc: c"),
        (b"=?UTF-8?Q?", "=?UTF-8?Q?"),
        ("Möte i Ånge".encode("latin-1"), "Möte i Ånge"),
        ("Möte i Ånge".encode(), "Möte i Ånge"),
        (b"SV:\tfolded", "SV: folded"),
        (b"nul\0byte", "nulbyte"),
    ],
)
def test_header_text_keeps_every_letter(written: bytes, read: str) -> None:
    assert decode(written) == read


def test_folded_lines_are_one_value() -> None:
    raw = b"Subject: ett\r\n\ttv\xc3\xa5\r\nTo: a\r\n\r\nhej"
    fields, body, problems = block(raw)
    assert (fields.text(b"subject"), raw[body:], problems) == ("ett två", b"hej", ())


def test_first_of_a_name_rules_and_all_are_kept() -> None:
    fields, _, _ = block(b"To: a@x.example\nTo: b@x.example\n\n")
    assert fields.first(b"to") == b"a@x.example"
    assert len(fields.all(b"to")) == 2


def test_junk_before_a_known_field_is_passed_over_and_said() -> None:
    raw = b"From: a@x.example\n\xc3\x84mne utan kolon\nSubject: x\n\nhej"
    fields, body, problems = block(raw)
    assert fields.text(b"subject") == "x"
    assert raw[body:] == b"hej"
    assert problems[0].startswith("header-junk: ")


def test_text_without_an_empty_line_before_it_is_the_body() -> None:
    raw = b"Subject: x\nHej alla,\nvi ses."
    _, body, problems = block(raw)
    assert raw[body:] == b"Hej alla,\nvi ses."
    assert problems == ("header-separator: no empty line between header and text",)


def test_a_huge_header_is_cut_and_those_behind_it_are_read() -> None:
    raw = b"X-Long: " + b"x" * 5_000_000 + b"\nSubject: kvar\n\nhej"
    fields, body, problems = block(raw)
    assert fields.text(b"subject") == "kvar"
    assert raw[body:] == b"hej"
    assert problems == ("limit-header: x-long: 5000001 bytes, 100000 read",)


def test_a_huge_block_is_cut_and_the_body_found() -> None:
    raw = b"Subject: x\n" + b"X-A: 1\n" * 1_000 + b"\nhej"
    fields, body, problems = block(raw, Limits(headers=2_000))
    assert fields.text(b"subject") == "x"
    assert raw[body:] == b"hej"
    assert problems[0].startswith("limit-headers: ")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"From: a@x.example\n\n", True),
        (b"From a@x.example Mon Jun  7 12:41:30 2021\nSubject: x\n\n", True),
        (b"X-Mailer: y\n\n", True),
        (b"Telefon: 010-123 45 67\n\nhej", False),
        ("Från: Erik\nTill: Åsa\n\n".encode(), False),
        (b"Hej From: a\n", False),
        (b"", False),
    ],
)
def test_a_mail_is_told_from_a_text(raw: bytes, expected: bool) -> None:
    assert looks_like_mail(raw) is expected


@pytest.mark.parametrize(
    ("value", "name", "expected"),
    [
        (b"attachment; filename*=utf-8''%C3%85nge.pdf", "filename", "Ånge.pdf"),
        (b"attachment; filename*=iso-8859-1'sv'%C5nge.pdf; filename=x.pdf", "filename", "Ånge.pdf"),
        (b"a; f*0*=utf-8''F%C3%B6; f*1*=rslag%20; f*2=\"x.pdf\"", "f", "Förslag x.pdf"),
        (b"a; f*1*=%B6r.pdf; f*0*=utf-8''f%C3", "f", "för.pdf"),
        (b'attachment; filename="=?utf-8?Q?=C3=85nge.pdf?="', "filename", "Ånge.pdf"),
        ("attachment; filename=Avtal Ånge.pdf".encode(), "filename", "Avtal Ånge.pdf"),
        (b'a; filename="a\\"b;c.pdf"; size=3', "filename", 'a"b;c.pdf'),
        (b'a; filename="never closed', "filename", "never closed"),
        (b"TEXT/HTML;CHARSET=UTF-8", "charset", "UTF-8"),
    ],
)
def test_parameters(value: bytes, name: str, expected: str) -> None:
    assert parameters(value, Budget(Limits()))[1][name] == expected


def test_parameters_are_bounded() -> None:
    budget = Budget(Limits(parameters=100))
    parameters(b"text/plain" + b"; a=1" * 100, budget)
    assert budget.drain() == ("limit-parameters: 510 bytes, 100 read",)


def test_message_ids_are_plausible_ones_only() -> None:
    assert message_ids([b"null"]) == ()
    assert message_ids([b" junk <a@x.example>\t<b@x.example> <a@x.example>"]) == (
        "<a@x.example>",
        "<b@x.example>",
    )


def test_of_too_many_ids_the_first_and_the_last_stay() -> None:
    many = b" ".join(b"<%d@x.example>" % number for number in range(50))
    assert message_ids([many], 4) == ("<0@x.example>", "<1@x.example>", "<48@x.example>", "<49@x.example>")


@pytest.mark.parametrize(
    "spelled",
    [
        "Mon, 7 Jun 2021 12:41:30 +0200",
        "Mon, 07 Jun 2021 10:41:30 GMT",
        "7 Jun 21 12:41:30 +0200",
        "Mon, 7 Jun 2021 12:41:30 +0200 (Västeuropa, sommartid)",
        "Mon, 7 Jun 2021 12:41:30 CEST",
        "Mon, 7 Jun 2021 10:41:30 -0000",
        "mån, 7 juni 2021 12:41:30 +0200",
        "2021-06-07T10:41:30Z",
        "Mon 07 Jun 2021 12.41.30 +0200",
    ],
)
def test_a_date_is_an_instant_in_any_spelling(spelled: str) -> None:
    moment, zone_known = date(spelled)
    assert moment == datetime(2021, 6, 7, 10, 41, 30, tzinfo=UTC)
    assert zone_known


@pytest.mark.parametrize(
    "spelled", ["2021-06-07 12:41:30", "Mon Jun  7 12:41:30 2021", "den 7 juni 2021 kl. 12:41:30"]
)
def test_a_date_without_zone_is_swedish_time(spelled: str) -> None:
    moment, zone_known = date(spelled)
    assert moment == datetime(2021, 6, 7, 10, 41, 30, tzinfo=UTC)
    assert moment.utcoffset() == timedelta(hours=2)
    assert not zone_known


@pytest.mark.parametrize(
    "spelled",
    [
        "",
        "0",
        "Tirsdag 45",
        "Thu, 31 Feb 2021 10:00:00 +0100",
        "Mon, 7 Jun 2021 25:00:00 +0200",
        "Mon, 7 Jun 2021 10:00:00 +9900",
        "Mon, 7 Jun " + "9" * 5000,
    ],
)
def test_what_is_no_date_is_none(spelled: str) -> None:
    assert date(spelled)[0] is None


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (
            '"Ort (Funktionsadress för ort@x.example)" <ort@x.example>',
            ("Ort (Funktionsadress för ort@x.example)", "ort@x.example"),
        ),
        (
            "Ort (Funktionsadress =?utf-8?Q?f=C3=B6r?= o@x.example) <O@x.example>",
            ("Ort (Funktionsadress för o@x.example)", "o@x.example"),
        ),
        ("=?iso-8859-1?Q?=D6berg=2C_Siv?= <siv@x.example>", ("Öberg, Siv", "siv@x.example")),
        ("Öberg, Siv <siv@x.example>", ("Öberg, Siv", "siv@x.example")),
        ('"Öberg, Siv" <siv@x.example>', ("Öberg, Siv", "siv@x.example")),
        ("siv@x.example (Siv Öberg)", ("Siv Öberg", "siv@x.example")),
        ("'Siv' <Siv@X.example>", ("Siv", "siv@x.example")),
        ("siv@x.example <siv@x.example>", (None, "siv@x.example")),
        ("Siv siv@x.example", ("Siv", "siv@x.example")),
        ("Siv <siv@x.example", ("Siv", "siv@x.example")),
        ("Siv [mailto:siv@x.example]", ("Siv", "siv@x.example")),
        ("<mailto:siv@x.example>", (None, "siv@x.example")),
        ("<@a.example,@b.example:siv@x.example>", (None, "siv@x.example")),
        ('"Siv \\"Sivan\\" Ö" <siv@x.example>', ('Siv "Sivan" Ö', "siv@x.example")),
        ("Siv :) <siv@x.example>", ("Siv :)", "siv@x.example")),
        ("Siv (Kansli, plan 3) <siv@x.example>", ("Siv (Kansli, plan 3)", "siv@x.example")),
        ("Postlista Nämnden", ("Postlista Nämnden", None)),
        ("siv@x.example (Siv \\(vik.\\) Ö)", ("Siv (vik.) Ö", "siv@x.example")),
        ("siv@x.example (Siv (vik.) Ö)", ("Siv (vik.) Ö", "siv@x.example")),
        ("siv@x.example (" + "\\(" * 40_000, ("(" * 500 + "\\", "siv@x.example")),
        ("=?utf-8?Q?Siv_=C3=96_=3Csiv=40x=2Eexample=3E?=", ("Siv Ö", "siv@x.example")),
        ("=?utf-8?Q?Siv_=C3=96?=", ("Siv Ö", None)),
        ('Siv "Sivan <siv@x.example>', ('Siv "Sivan', "siv@x.example")),
        ('"<a@x.example>" <siv@x.example>', ("<a@x.example>", "siv@x.example")),
        ('"' + '\\"' * 50_000 + " <siv@x.example>", ('"' + '\\"' * 499 + "\\", "siv@x.example")),
    ],
)
def test_one_address(written: str, read: tuple[str | None, str | None]) -> None:
    assert boxes(written) == [read]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("undisclosed-recipients:;", []),
        ("", []),
        ("<>", []),
        ('Grupp: a@x.example, "B, C" <b@x.example>;', [(None, "a@x.example"), ("B, C", "b@x.example")]),
        ("Öberg Siv <s@x.example>; Bo <b@x.example>", [("Öberg Siv", "s@x.example"), ("Bo", "b@x.example")]),
        (
            "A (tj.ledig <a@x.example>, B <b@x.example>",
            [("A (tj.ledig", "a@x.example"), ("B", "b@x.example")],
        ),
        ("A <a@x.example> B <b@x.example>", [("A", "a@x.example"), ("B", "b@x.example")]),
        ("a@x.example,,;b@x.example", [(None, "a@x.example"), (None, "b@x.example")]),
    ],
)
def test_several_addresses(written: str, read: list[tuple[str | None, str | None]]) -> None:
    assert boxes(written) == read


def test_all_headers_count_and_the_limit_is_kept() -> None:
    found, total = addresses.mailboxes([b"a@x.example, b@x.example", b"c@x.example"], 2)
    assert [box.address for box in found] == ["a@x.example", "b@x.example"]
    assert total == 3
