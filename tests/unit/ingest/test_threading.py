"""What counts as a Message-ID, and which of them a mail refers to."""

import pytest

from ingest.threading import Headers, clean_id, reference_ids
from tests.threads import headers


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("<a@b>", "<a@b>"),
        (" <a@b>\r\n", "<a@b>"),
        ("a@b", "<a@b>"),
        ("<20210504101112.ABCDEF>", "<20210504101112.ABCDEF>"),
        ("<a.b.c>", None),
        ("<>", None),
        ("<@>", None),
        ("<a@>", None),
        ("<@b>", None),
        ("", None),
        (None, None),
        ("<a b@c>", None),
        ("<a@b><c@d>", None),
        ("<a\x1b[2J@b>", None),
        ("<" + "x" * 1000 + "@b>", None),
        ("Ditt meddelande av den 4 maj 2021", None),
    ],
)
def test_what_is_a_message_id(text: str | None, clean: str | None) -> None:
    assert clean_id(text) == clean


def test_only_so_many_references_count() -> None:
    found = reference_ids(headers(0, *range(1, 200_000)))
    assert len(found) == 100
    assert (found[0], found[-1]) == ("<1@a.example>", "<199999@a.example>")


def test_a_reference_counts_at_its_last_place() -> None:
    assert reference_ids(headers(9, 1, 2, 1)) == ("<2@a.example>", "<1@a.example>")


def test_references_go_before_in_reply_to() -> None:
    assert reference_ids(headers(3, 1, reply=2)) == ("<1@a.example>",)


def test_in_reply_to_alone() -> None:
    assert reference_ids(headers(2, reply=1)) == ("<1@a.example>",)


def test_only_the_first_of_in_reply_to_counts() -> None:
    mail = Headers(3, "<3@a.example>", (), ("<1@a.example>", "<2@a.example>"))
    assert reference_ids(mail) == ("<1@a.example>",)


def test_junk_references_leave_it_to_in_reply_to() -> None:
    assert reference_ids(headers(2, "<>", "x", reply=1)) == ("<1@a.example>",)


def test_nobody_answers_himself() -> None:
    assert reference_ids(headers(1, 1, reply=1)) == ()
    assert reference_ids(headers(2, 1, 2)) == ("<1@a.example>",)
