"""Headers in words."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from crm.headers import HeaderField, HeadersRow, HopRow
from tui.heads import lines
from tui.i18n import set_language

AT = datetime(2021, 6, 7, 9, 0, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    set_language("en")
    yield
    set_language("sv")


def row(*hops: HopRow, defects: tuple[str, ...] = (), anomalies: tuple[str, ...] = ()) -> HeadersRow:
    return HeadersRow("m1", (HeaderField("Subject", "Lokal"),), hops, defects, anomalies)


def told(view: HeadersRow) -> list[str]:
    return [text for _, text in lines(view)]


def test_nothing_odd_is_said() -> None:
    assert told(row()) == [
        "What is odd",
        "Nothing.",
        "The way, oldest first",
        "No server has noted its passage.",
        "Headers",
        "Subject: Lokal",
    ]


@pytest.mark.parametrize(
    ("delay", "said"),
    [
        (None, ""),
        (0.0, ", 0 s later"),
        (3_600.0, ", 60 min later"),
        (10_800.0, ", 3 hours later"),
        (864_000.0, ", 10 days later"),
        (-90.0, ", 90 s earlier: a clock is wrong"),
    ],
)
def test_a_hop_says_how_long_it_took(delay: float | None, said: str) -> None:
    hop = HopRow("mx.example", "imap.example", "ESMTP", AT, delay)
    assert f"1. 2021-06-07 09:00:01 UTC mx.example → imap.example (ESMTP){said}" in told(row(hop))


def test_a_hop_that_says_little() -> None:
    assert "1. unknown date ? → ?" in told(row(HopRow(None, None, None, None, None)))


def test_what_is_odd_is_said_in_words_once() -> None:
    view = row(
        defects=("date-invalid: i går", "DateHeaderDefect", "DateHeaderDefect", "NewDefect"),
        anomalies=("date: invalid-zone,weekday-mismatch", "to: more than once", "x: something new"),
    )
    assert told(view)[1:7] == [
        "its date cannot be read (date-invalid: i går)",
        "its date is not written as the rules say (DateHeaderDefect)",
        "NewDefect",
        "date: there is no such time zone, the weekday is another",
        "to: it stands more than once",
        "x: something new",
    ]
