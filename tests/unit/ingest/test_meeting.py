"""Invitations: zones, whole days, series, answers, and what programs really send."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from ingest.chain import unfold
from ingest.meeting import read
from ingest.mime import parse
from ingest.model import Mailbox, Meeting
from tests.outlook_files import Saved, msg

SWEDEN = ZoneInfo("Europe/Stockholm")
HEAD = b"From: Siv <siv@x.example>\r\nDate: Mon, 7 Jun 2021 12:41:30 +0200\r\nSubject: Visning\r\n"
OUTLOOK_ZONE = """BEGIN:VTIMEZONE
TZID:{name}
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:{summer}
TZOFFSETTO:{winter}
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:{winter}
TZOFFSETTO:{summer}
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE"""


def calendar(*lines: str, method: str = "REQUEST", zone: str = "") -> str:
    parts = [
        "BEGIN:VCALENDAR",
        f"METHOD:{method}",
        zone,
        "BEGIN:VEVENT",
        *lines,
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    return "\n".join(filter(None, parts)).replace("\n", "\r\n")


def one(*lines: str, method: str = "REQUEST", zone: str = "") -> Meeting:
    (found,) = read(calendar(*lines, method=method, zone=zone))
    return found


def at(day: int, hour: int = 0, minute: int = 0, month: int = 10) -> datetime:
    return datetime(2021, month, day, hour, minute, tzinfo=SWEDEN)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("DTSTART:20211014T080000Z", at(14, 10)),
        ("DTSTART:20211014T100000", at(14, 10)),
        ("DTSTART;TZID=W. Europe Standard Time:20211014T100000", at(14, 10)),
        ('DTSTART;TZID="Europe/Stockholm":20211014T100000', at(14, 10)),
        ("DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Stockholm:20211014T100000", at(14, 10)),
        ("DTSTART;TZID=FLE Standard Time:20211014T100000", at(14, 9)),
        ("DTSTART;TZID=GMT Standard Time:20211014T100000", at(14, 11)),
        ("DTSTART;TZID=America/New_York:20211014T100000", at(14, 16)),
        ("DTSTART;TZID=UTC:20211014T080000", at(14, 10)),
        ("DTSTART;TZID=Ingenstans:20211014T100000", at(14, 10)),
        ("DTSTART;TZID=../../etc/passwd:20211014T100000", at(14, 10)),
        ("DTSTART:20211214T080000Z", at(14, 9, month=12)),
        ("DTSTART;TZID=W. Europe Standard Time:20211214T090000", at(14, 9, month=12)),
    ],
)
def test_when_it_is_in_sweden(start: str, expected: datetime) -> None:
    found = one(start)
    assert (found.start, found.start.utcoffset()) == (expected, expected.utcoffset())


@pytest.mark.parametrize(
    ("winter", "summer", "hour"),
    [("+0100", "+0200", 10), ("+0200", "+0300", 9), ("+0000", "+0100", 11), ("-0500", "-0400", 17)],
)
def test_a_zone_that_the_calendar_defines(winter: str, summer: str, hour: int) -> None:
    zone = OUTLOOK_ZONE.format(name="Egen zon", winter=winter, summer=summer)
    assert one("DTSTART;TZID=Egen zon:20211014T100000", zone=zone).start == at(14, hour)


@pytest.mark.parametrize(
    ("lines", "start", "end", "all_day"),
    [
        (("DTSTART:20211014T080000Z", "DTEND:20211014T093000Z"), at(14, 10), at(14, 11, 30), False),
        (("DTSTART:20211014T080000Z", "DURATION:PT90M"), at(14, 10), at(14, 11, 30), False),
        (("DTSTART:20211014T080000Z",), at(14, 10), at(14, 10), False),
        (("DTSTART:20211014T080000Z", "DTEND:20211013T080000Z"), at(14, 10), at(14, 10), False),
        (("DTSTART;VALUE=DATE:20211014", "DTEND;VALUE=DATE:20211015"), at(14), at(14), True),
        (("DTSTART;VALUE=DATE:20211014", "DTEND;VALUE=DATE:20211017"), at(14), at(16), True),
        (("DTSTART;VALUE=DATE:20211014",), at(14), at(14), True),
        (("DTSTART;VALUE=DATE:20211014", "DURATION:P2D"), at(14), at(15), True),
        (("DTSTART:20211014T080000Z", "DTEND:20211015T080000Z"), at(14, 10), at(15, 10), False),
    ],
)
def test_how_long_it_lasts(lines: tuple[str, ...], start: datetime, end: datetime, all_day: bool) -> None:
    found = one(*lines)
    assert (found.start, found.end, found.all_day) == (start, end, all_day)


def test_everything_that_is_said_of_it() -> None:
    found = one(
        "DTSTART;TZID=W. Europe Standard Time:20211014T100000",
        "DTEND;TZID=W. Europe Standard Time:20211014T113000",
        "SUMMARY;LANGUAGE=sv-se:Visning\\, lokalen\\; Storg",
        " atan 1",
        "LOCATION:Stadshuset\\n i Ånge",
        'ORGANIZER;CN="Öst, Siv":MAILTO:Siv@x.example',
        "ATTENDEE;CN=Bo Ek;RSVP=TRUE;PARTSTAT=NEEDS-ACTION:mailto:bo@y.example",
        "ATTENDEE:mailto:c@y.example",
        "UID:abc-1",
        "SEQUENCE:2",
    )
    assert (found.summary, found.location) == ("Visning, lokalen; Storgatan 1", "Stadshuset i Ånge")
    assert found.organizer == Mailbox("Öst, Siv", "siv@x.example")
    assert found.attendees == (Mailbox("Bo Ek", "bo@y.example"), Mailbox(None, "c@y.example"))
    assert (found.uid, found.sequence, found.method) == ("abc-1", 2, "REQUEST")
    assert found.line == (
        "Möte: Visning, lokalen; Storgatan 1, torsdag 14 oktober 2021 kl. 10:00–11:30, Stadshuset i Ånge"
    )


@pytest.mark.parametrize(
    ("method", "extra", "line"),
    [
        ("CANCEL", (), "Inställt möte: x, torsdag 14 oktober 2021 kl. 10:00"),
        ("REQUEST", ("STATUS:CANCELLED",), "Inställt möte: x, torsdag 14 oktober 2021 kl. 10:00"),
        ("COUNTER", (), "Förslag till ny mötestid: x, torsdag 14 oktober 2021 kl. 10:00"),
        (
            "REPLY",
            ("ATTENDEE;PARTSTAT=DECLINED:mailto:bo@y.example",),
            "Svar på mötesinbjudan (tackar nej): x, torsdag 14 oktober 2021 kl. 10:00",
        ),
        ("", (), "Möte: x, torsdag 14 oktober 2021 kl. 10:00"),
    ],
)
def test_what_is_asked(method: str, extra: tuple[str, ...], line: str) -> None:
    assert one("DTSTART:20211014T080000Z", "SUMMARY:x", *extra, method=method).line == line


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=WEEKLY;BYDAY=TU", "varje vecka (tisdag)"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;COUNT=10", "varannan vecka (måndag, onsdag), 10 gånger"),
        ("FREQ=YEARLY;INTERVAL=2", "vartannat år"),
        ("FREQ=MONTHLY;INTERVAL=3;UNTIL=20221231T000000Z", "var 3:e månad, till och med 2022-12-31"),
        ("FREQ=DAILY", "varje dag"),
        ("FREQ=SECONDLY;INTERVAL=0", None),
        ("nonsens", None),
        ("FREQ=WEEKLY;COUNT=x", None),
    ],
)
def test_a_series_in_words(rule: str, words: str | None) -> None:
    assert one("DTSTART:20211014T080000Z", f"RRULE:{rule}").recurrence == words


def test_an_exception_to_a_series_is_no_meeting_of_its_own() -> None:
    event = "BEGIN:VEVENT\nUID:1\nDTSTART:20211014T080000Z\n{}END:VEVENT\n"
    text = (
        "BEGIN:VCALENDAR\n"
        + event.format("")
        + event.format("RECURRENCE-ID:20211021T080000Z\n")
        + "END:VCALENDAR\n"
    )
    assert len(list(read(text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "BEGIN:VCALENDAR",
        "BEGIN:VEVENT\nDTSTART:igår\nEND:VEVENT",
        "END:VEVENT\n" * 100,
        "BEGIN:VEVENT\nDTSTART:00010101T000000Z\nEND:VEVENT",
        "BEGIN:VEVENT\nDTSTART:99991231T235959Z\nEND:VEVENT",
        'BEGIN:VEVENT\nDTSTART;TZID="\nEND:VEVENT',
        "BEGIN:VEVENT\n" * 50_000,
        "BEGIN:VEVENT\nDTSTART:" + "2" * 100_000 + "\nEND:VEVENT",
    ],
)
def test_what_is_no_meeting(text: str) -> None:
    assert list(read(text)) == []


def test_a_broken_line_costs_that_line() -> None:
    found = one("DTSTART:20211014T080000Z", "SUMMARY;=;x", "LOCATION:Ånge", "ATTENDEE;CN=:")
    assert (found.summary, found.location, found.attendees) == ("", "Ånge", ())


def test_a_calendar_that_is_cut_off() -> None:
    (found,) = read("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20211014T080000Z\r\nSUMM")
    assert found.start == at(14, 10)


INVITATION = calendar("DTSTART:20211014T080000Z", "SUMMARY:Visning i Ånge", "UID:1").encode()


def part(kind: bytes, data: bytes, more: bytes = b"") -> bytes:
    return b"--b\r\nContent-Type: " + kind + b"; charset=utf-8\r\n" + more + b"\r\n" + data + b"\r\n"


def multipart(kind: bytes, *parts: bytes) -> bytes:
    return (
        HEAD + b"Content-Type: multipart/" + kind + b"; boundary=b\r\n\r\n" + b"".join(parts) + b"--b--\r\n"
    )


def test_an_invitation_alone_has_words() -> None:
    mail = parse(HEAD + b"Content-Type: text/calendar; method=REQUEST; charset=utf-8\r\n\r\n" + INVITATION)
    assert mail.text == "Möte: Visning i Ånge, torsdag 14 oktober 2021 kl. 10:00"
    assert (mail.status, mail.attachments, len(mail.meetings)) == ("ok", (), 1)


def test_what_an_invitation_alone_says_is_its_text() -> None:
    words = "DESCRIPTION:Hej!\\nVi tittar på lokalen\\, ta\n  med ritningar."
    only = calendar("DTSTART:20211014T080000Z", "SUMMARY:Visning", words).encode()
    line = "Möte: Visning, torsdag 14 oktober 2021 kl. 10:00"
    assert parse(HEAD + b"Content-Type: text/calendar\r\n\r\n" + only).text == (
        f"{line}\n\nHej!\nVi tittar på lokalen, ta med ritningar."
    )
    beside = multipart(b"alternative", part(b"text/plain", b"Kom"), part(b"text/calendar", only))
    assert parse(beside).text == f"{line}\n\nKom"


def test_an_invitation_beside_words() -> None:
    mail = parse(
        multipart(b"alternative", part(b"text/plain", b"V\xc3\xa4lkomna"), part(b"text/calendar", INVITATION))
    )
    assert mail.text == "Möte: Visning i Ånge, torsdag 14 oktober 2021 kl. 10:00\n\nVälkomna"
    assert [each.meetings for each in unfold(mail)] == [mail.meetings]


def test_the_same_invitation_as_alternative_and_as_document_is_one() -> None:
    document = part(b"application/ics; name=inbjudan.ics", INVITATION, b"Content-Disposition: attachment\r\n")
    mail = parse(multipart(b"mixed", part(b"text/plain", b"x"), part(b"text/calendar", INVITATION), document))
    assert len(mail.meetings) == 1
    assert [each.filename for each in mail.attachments] == ["inbjudan.ics"]


def test_a_calendar_file_alone() -> None:
    assert parse(INVITATION).text == "Möte: Visning i Ånge, torsdag 14 oktober 2021 kl. 10:00"


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("IPM.Schedule.Meeting.Request", "Möte: Visning, torsdag 14 oktober 2021 kl. 10:00–11:00, Ånge"),
        (
            "IPM.Schedule.Meeting.Canceled",
            "Inställt möte: Visning, torsdag 14 oktober 2021 kl. 10:00–11:00, Ånge",
        ),
        (
            "IPM.Schedule.Meeting.Resp.Pos",
            "Svar på mötesinbjudan (tackar ja): Visning, torsdag 14 oktober 2021 kl. 10:00–11:00, Ånge",
        ),
        ("IPM.Appointment", "Möte: Visning, torsdag 14 oktober 2021 kl. 10:00–11:00, Ånge"),
    ],
)
def test_a_meeting_that_outlook_saved(kind: str, line: str) -> None:
    begin, end = datetime(2021, 10, 14, 8, tzinfo=UTC), datetime(2021, 10, 14, 9, tzinfo=UTC)
    saved = Saved(
        {0x001A: kind, 0x0037: "Visning", 0x8001: begin, 0x8002: end, 0x8003: "Ånge", 0x1000: "Hej"}
    )
    mail = parse(msg(saved))
    assert mail.text == f"{line}\n\nHej"


def test_a_whole_day_that_outlook_saved() -> None:
    begin, end = datetime(2021, 10, 13, 22, tzinfo=UTC), datetime(2021, 10, 14, 22, tzinfo=UTC)
    saved = Saved({0x001A: "IPM.Appointment", 0x0037: "Stängt", 0x8001: begin, 0x8002: end, 0x8004: True})
    assert parse(msg(saved)).text == "Möte: Stängt, torsdag 14 oktober 2021"
