"""Every limit names itself, and what lies within it is read."""

import pytest

from ingest.limits import Budget, Limits
from ingest.mime import parse
from ingest.model import ParsedMail

HEAD = b"From: a@x.example\r\nSubject: x\r\nDate: Mon, 7 Jun 2021 12:00:00 +0200\r\n"


def nested(levels: int) -> bytes:
    opening = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(levels)
    )
    closing = b"".join(b"\r\n--b%d--\r\n" % n for n in reversed(range(levels)))
    return HEAD + opening + b"Content-Type: text/plain\r\n\r\ninnerst" + closing


def forwarded(levels: int) -> bytes:
    return (HEAD + b"Content-Type: message/rfc822\r\n\r\n") * levels + HEAD + b"\r\ninnerst"


def codes(mail: ParsedMail) -> set[str]:
    return {problem.partition(":")[0] for problem in mail.problems}


def test_nesting_within_the_limit_is_read() -> None:
    assert parse(nested(99)).text == "innerst"


@pytest.mark.parametrize("levels", [120, 1_000, 10_000])
def test_nesting_beyond_the_limit_is_named_and_kept_as_a_document(levels: int) -> None:
    mail = parse(nested(levels))
    assert mail.status == "partial"
    assert mail.problems == ("limit-depth: more than 100 levels, 100 read",)
    assert [document.content_type for document in mail.attachments] == ["multipart/mixed"]


def test_mails_in_mails_share_the_depth() -> None:
    mail = parse(forwarded(5_000))
    assert codes(mail) == {"limit-depth"}
    depth = 0
    while mail.attached:
        mail, depth = mail.attached[0], depth + 1
    assert depth == 100


def test_parts() -> None:
    body = b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + b"--b\r\n\r\nhej\r\n" * 50 + b"--b--\r\n"
    mail = parse(HEAD + body, Limits(parts=10))
    assert mail.problems == ("limit-parts: more than 10 parts, 10 read",)
    assert mail.text.count("hej") == 10


def test_recipients() -> None:
    raw = b"To: " + b", ".join(b"p%d@x.example" % n for n in range(30)) + b"\r\n" + HEAD + b"\r\nhej"
    mail = parse(raw, Limits(recipients=20))
    assert (len(mail.to), mail.problems) == (20, ("limit-recipients: 30 recipients, 20 read",))


def test_references_keep_first_and_last() -> None:
    raw = HEAD + b"References: " + b" ".join(b"<%d@x.example>" % n for n in range(50)) + b"\r\n\r\nhej"
    mail = parse(raw, Limits(references=4))
    assert mail.references == ("<0@x.example>", "<1@x.example>", "<48@x.example>", "<49@x.example>")
    assert mail.problems == ("limit-references: 50 in references, 4 read",)


def test_size() -> None:
    mail = parse(HEAD + b"\r\n" + b"hej " * 100, Limits(size=200))
    assert mail.text.startswith("hej hej")
    assert mail.problems == (f"limit-size: {len(HEAD) + 402} bytes, 200 read",)


def test_text() -> None:
    mail = parse(HEAD + b"\r\n" + b"x" * 150, Limits(text=100))
    assert (len(mail.text), codes(mail)) == (100, {"limit-text"})


def test_lines() -> None:
    mail = parse(HEAD + b"\r\n" + b"\r\n" * 500, Limits(lines=40))
    assert (mail.text, mail.problems) == ("\n" * 39, ("limit-lines: 501 lines, 40 read",))


def test_lines_are_shared_with_attached_mails() -> None:
    inner = b"From: ulf@x.example\r\n\r\nett\r\ntv\xc3\xa5\r\n"
    head = HEAD + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n\r\nhej\r\nallt\r\n'
    mail = parse(
        head + b"--b\r\nContent-Type: message/rfc822\r\n\r\n" + inner + b"--b--\r\n", Limits(lines=3)
    )
    assert (mail.text, mail.attached[0].text) == ("hej\nallt", "ett")
    assert mail.problems == ("limit-lines: 2 lines, 1 read",)


def test_lines_that_only_look_like_boundaries() -> None:
    mail = parse(HEAD + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + b"\n--bx" * 150_000)
    assert "limit-boundaries" in codes(mail)


def test_problems_are_short_single_lines_and_bounded() -> None:
    budget = Budget(Limits())
    for number in range(500):
        budget.report("code", f"{number}\n" + "x" * 500)
    found = budget.drain()
    assert len(found) == 100
    assert all(len(problem) <= 200 and "\n" not in problem for problem in found)
    assert budget.drain() == ()
