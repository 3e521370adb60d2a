"""Which mails of a folder that was numbered anew are those that stood there: only what is beyond doubt."""

from datetime import UTC, datetime, timedelta

import pytest

from ingest.epochs import fingerprint, match
from ingest.sync import Fingerprint, Listed, Standing

DAY = datetime(2021, 5, 4, 8, 30, tzinfo=UTC)
HEAD = b"Subject: Brev\r\nMessage-ID: <1@a.example>"


def stood(sha256: str, head: bytes, size: int, day: datetime | None = DAY) -> Standing:
    return Standing(sha256, fingerprint(head, size), day)


def found(uid: int, head: bytes, size: int, day: datetime | None = DAY) -> Listed:
    return Listed(uid, fingerprint(head, size), day)


def named(number: int, extra: str = "") -> bytes:
    return f"{extra}Message-ID: <{number}@a.example>\r\n".encode()


@pytest.mark.parametrize(
    "head",
    [
        HEAD,
        HEAD + b"\r\n\r\n",
        HEAD + b"\r\n\r\nbody\r\n\r\nmore",
        HEAD.replace(b"\r\n", b"\n") + b"\n\nbody",
        HEAD + b"\r\n\nbody",
    ],
)
def test_a_header_block_is_one_whatever_its_line_ends_and_its_body(head: bytes) -> None:
    assert fingerprint(head, 99) == fingerprint(HEAD, 99)


@pytest.mark.parametrize(
    ("head", "message_id"),
    [
        (HEAD, b"<1@a.example>"),
        (b"message-id:\r\n <1@a.example> (old)\r\n", b"<1@a.example>"),
        (b"X-Message-ID: <1@a.example>\r\n", None),
        (b"Subject: Message-ID: <1@a.example>\r\n", None),
        (b"Subject: x\r\n\r\nMessage-ID: <1@a.example>\r\n", None),
        (b"\r\nMessage-ID: <1@a.example>\r\n", None),
        (b"Message-ID: 1@a.example\r\n", None),
        (b"Message-ID: <" + b"x" * 5000 + b">\r\n", None),
        (b"", None),
    ],
)
def test_message_ids_of_a_header_block(head: bytes, message_id: bytes | None) -> None:
    assert fingerprint(head, 9).message_id == message_id


def test_an_empty_header_block_is_not_the_first_lines_of_a_body() -> None:
    assert fingerprint(b"\r\nSubject: x\r\n", 9).header == fingerprint(b"", 9).header


def test_a_long_line_costs_no_more_than_its_length() -> None:
    hostile = b"Message-ID:" + b" \r\n" * 100_000 + b"Message-ID: <" * 50_000
    assert fingerprint(hostile, 1) == Fingerprint(fingerprint(hostile, 1).header, 1, None, own=False)


def test_the_same_header_and_size_are_the_same_mail() -> None:
    before = [stood("a", named(1), 100), stood("b", named(2), 100)]
    assert match([before], [found(7, named(2), 100), found(8, named(1), 100)]) == {7: "b", 8: "a"}


def test_another_size_under_the_same_header_is_another_mail_unless_the_date_says_no() -> None:
    before = [stood("a", named(1), 100)]
    later = DAY + timedelta(days=1)
    assert match([before], [found(7, named(1), 101, later)]) == {}
    assert match([before], [found(7, named(1), 101)]) == {7: "a"}


def test_a_header_that_a_server_has_added_to() -> None:
    before = [stood("a", named(1), 100), stood("b", named(2), 100, None)]
    now = [
        found(7, named(1, "X-Moved: yes\r\n"), 114),
        found(8, named(2, "X-Moved: yes\r\n"), 114, None),
    ]
    assert match([before], now) == {7: "a"}


def test_a_date_makes_a_header_block_one_mails_own() -> None:
    dated = b"Date: Tue, 4 May 2021 10:00:00 +0200\r\nSubject: x"
    before = [stood("a", dated, 50)]
    assert match([before], [found(7, dated, 50, DAY + timedelta(days=9))]) == {7: "a"}


def test_a_mail_without_message_id_and_date_has_to_have_arrived_at_the_same_moment() -> None:
    before = [stood("a", b"Subject: x", 50)]
    assert match([before], [found(7, b"Subject: x", 50)]) == {7: "a"}
    assert match([before], [found(7, b"Subject: x", 50, DAY + timedelta(seconds=1))]) == {}


def test_two_mails_with_one_mark_are_in_doubt() -> None:
    before = [stood("a", named(1), 100), stood("b", named(1), 100)]
    assert match([before], [found(7, named(1), 100), found(8, named(1), 100)]) == {}


def test_copies_are_found_as_often_as_they_stood() -> None:
    before = [stood("a", named(1), 100), stood("a", named(1), 100)]
    now = [found(uid, named(1), 100) for uid in (7, 8, 9)]
    assert match([before], now[:2]) == {7: "a", 8: "a"}
    assert match([before], now) == {}


def test_a_mail_that_stood_in_two_epochs_stood_once() -> None:
    before = [stood("a", named(1), 100)]
    assert match([before, before], [found(7, named(1), 100), found(8, named(1), 100)]) == {}
    assert match([before, before], [found(7, named(1), 100)]) == {7: "a"}


def test_a_message_id_that_two_bear_proves_nothing() -> None:
    added = named(1, "X-Moved: yes\r\n")
    twice = [stood("a", named(1), 100), stood("b", named(1), 120)]
    assert match([twice], [found(7, added, 114)]) == {}
    once = [stood("a", named(1), 100)]
    assert match([once], [found(7, added, 114), found(8, named(1, "X: y\r\n"), 114)]) == {}


def test_nothing_and_nothing() -> None:
    assert (
        match([], []) == match([[]], [found(1, named(1), 1)]) == match([[stood("a", named(1), 1)]], []) == {}
    )
