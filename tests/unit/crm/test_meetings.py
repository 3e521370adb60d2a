"""A meeting that a mail invites to becomes one follow-up with its clock time."""

from datetime import date, time

import pytest

from crm.reading import read_mail
from crm.readings import ReadingContext, ReadMessage
from nlp.model import FollowUp
from nlp.reader import Reader

HEAD = (
    "From: Siv Öst <siv@x.example>\r\nTo: Bo Ek <bo@y.example>\r\nDate: Mon, 4 Oct 2021 12:41:30 +0200\r\n"
    "Subject: Visning\r\n"
)
LINE = "Möte: Visning, torsdag 14 oktober 2021 kl. 10:00–11:00, Stadshuset"


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def invitation(text: str = "", method: str = "REQUEST", start: str = ":20211014T080000Z") -> bytes:
    end = start.replace("T08", "T09")
    calendar = (
        f"BEGIN:VCALENDAR\r\nMETHOD:{method}\r\nBEGIN:VEVENT\r\nDTSTART{start}\r\nDTEND{end}\r\nSUMMARY:Visning\r\n"
        "LOCATION:Stadshuset\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    return (
        f"{HEAD}Content-Type: multipart/alternative; boundary=b\r\n\r\n"
        f"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
        f"--b\r\nContent-Type: text/calendar; charset=utf-8\r\n\r\n{calendar}\r\n--b--\r\n"
    ).encode()


def message(raw: bytes, reader: Reader) -> ReadMessage:
    return read_mail(raw, reader, ReadingContext(date(2021, 10, 5))).messages[0]


def follow_ups(raw: bytes, reader: Reader) -> tuple[FollowUp, ...]:
    return message(raw, reader).reading.follow_ups


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Välkomna!",
        "Vi ses på mötet torsdag den 14 oktober kl. 10.",
        "Mötet hålls den 14 oktober i stadshuset.",
    ],
)
def test_one_follow_up_with_the_clock_time(text: str, reader: Reader) -> None:
    read = message(invitation(text), reader)
    (found,) = read.reading.follow_ups
    assert (found.kind, found.obligor, found.rule, found.text) == ("meeting", "both", "calendar", LINE)
    assert (found.due_start, found.due_end) == (date(2021, 10, 14), date(2021, 10, 14))
    assert (found.start_time, found.end_time) == (time(10), time(11))
    assert read.chain.body[found.start : found.end] == LINE


def test_what_the_words_say_beside_it_stays(reader: Reader) -> None:
    found = follow_ups(invitation("Vi återkommer med dagordningen senast den 11 oktober."), reader)
    assert [(each.kind, each.due_end) for each in found] == [
        ("meeting", date(2021, 10, 14)),
        ("commitment", date(2021, 10, 11)),
    ]


def test_another_meeting_in_the_words_stays(reader: Reader) -> None:
    found = follow_ups(invitation("Vi ses även på mötet den 21 oktober kl. 13."), reader)
    assert [each.due_end for each in found] == [date(2021, 10, 14), date(2021, 10, 21)]


@pytest.mark.parametrize("method", ["CANCEL", "REPLY", "DECLINECOUNTER"])
def test_what_cancels_or_answers_gives_none(method: str, reader: Reader) -> None:
    assert follow_ups(invitation("Mötet den 14 oktober kl. 10.", method), reader) == ()


def test_a_whole_day_has_no_clock_time(reader: Reader) -> None:
    (found,) = follow_ups(invitation(start=";VALUE=DATE:20211014"), reader)
    assert (found.due_end, found.start_time, found.end_time) == (date(2021, 10, 14), None, None)


def test_a_program_invites_nobody(reader: Reader) -> None:
    assert follow_ups(b"Auto-Submitted: auto-generated\r\n" + invitation(), reader) == ()
