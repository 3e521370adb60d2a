"""Reading what is no MIME holds for any bytes as well, and whatever is done to a sound file."""

import contextlib
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import cms, meeting, rtf
from ingest.limits import Limits
from ingest.mime import content, parse
from tests.outlook_files import Saved, literal_lzfu, msg, tnef
from tests.properties.holding import holds

INNER = Saved({0x001A: "IPM.Appointment", 0x0037: "x", 0x8001: datetime(2021, 6, 7, 10, tzinfo=UTC)})
WHOLE = Saved(
    {0x001A: "IPM.Note", 0x0037: "Lokal", 0x0C1A: "Siv", 0x1009: literal_lzfu(rb"{\rtf1 hej}")},
    ({0x0C15: 1, 0x3001: "Bo", 0x3003: "bo@y.example"},),
    ({0x3705: 1, 0x3701: b"%PDF", 0x3707: "a.pdf"}, INNER),
)
SOUND = (msg(WHOLE), msg(WHOLE, narrow="cp1252"), tnef(WHOLE, body=b"hej"))
CHANGES = st.lists(st.tuples(st.integers(0, 20_000), st.binary(min_size=1, max_size=8)), max_size=20)
RTF = st.sampled_from(
    [
        rb"{",
        rb"}",
        rb"\*",
        rb"\htmltag ",
        rb"\fromhtml1",
        rb"\htmlrtf ",
        rb"\htmlrtf0",
        rb"\'e5",
        rb"\u229?",
        rb"\uc9",
        rb"\f1",
        rb"\fonttbl",
        rb"\fcharset128",
        rb"\ansicpg932",
        rb"\par",
        rb"\v",
        rb"\bin9",
        rb"text ",
        b"\r\n",
        b"\\",
    ]
)
LINES = st.sampled_from(
    "BEGIN:VEVENT END:VEVENT BEGIN:VTIMEZONE END:VTIMEZONE BEGIN:STANDARD END:STANDARD TZID:X TZOFFSETTO:+0100 "
    "DTSTART;TZID=X:20210607T100000 DTSTART:20210607 DTEND:19700101T000000Z DURATION:-P9999999D DURATION:PT1H SUMMARY:x "
    "RRULE:FREQ=DAILY;UNTIL=x STATUS:CANCELLED METHOD:REPLY ORGANIZER;CN=:x ATTENDEE;PARTSTAT=: UID: X BEGIN".split()
)


@settings(deadline=None)
@given(st.sampled_from(SOUND), CHANGES, st.integers(0, 30_000))
def test_a_damaged_file_of_outlook(sound: bytes, changes: list[tuple[int, bytes]], end: int) -> None:
    damaged = bytearray(sound)
    for at, new in changes:
        damaged[8 + at % (len(sound) - 8) : 8 + at % (len(sound) - 8) + len(new)] = new
    raw = bytes(damaged[: max(end, len(sound) // 2)])
    mail = parse(raw, Limits(depth=5, parts=50))
    holds(mail)
    for each in mail.attachments:
        assert len(content(raw, each.part, Limits(depth=5, parts=50)) or b"") == each.size


@settings(deadline=None)
@given(st.lists(RTF | st.binary(max_size=4), max_size=60).map(b"".join))
def test_any_rich_text(source: bytes) -> None:
    text, _ = rtf.to_text(source)
    assert text.encode().decode() == text
    data, whole = rtf.decompress(literal_lzfu(source), 10_000)
    assert (data, whole) == (source, True)


@settings(deadline=None)
@given(st.binary(max_size=300), st.integers(0, 500))
def test_any_compressed_text_stays_within_its_limit(data: bytes, limit: int) -> None:
    claimed = b"\0" * 4 + b"\xff\xff\xff\x7f" + b"LZFu\0\0\0\0"
    assert len(rtf.decompress(claimed + data, limit)[0]) <= limit


@settings(deadline=None)
@given(st.lists(LINES | st.text(max_size=10), max_size=60).map("\r\n".join))
def test_any_calendar(source: str) -> None:
    for found in meeting.read(source):
        assert found.start <= found.end
        assert found.line.splitlines() == [found.line]


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_signed_message(data: bytes) -> None:
    with contextlib.suppress(cms.CmsBrokenError):
        assert len(cms.content(data, 100)) <= 100
