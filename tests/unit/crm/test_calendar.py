"""Follow-ups as a calendar file, read back by the library."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from icalendar import Calendar

from crm.calendar import Told, as_calendar
from tests.unit.crm.rows import follow_up

NOW = datetime(2021, 10, 18, 9, tzinfo=UTC)


def events(*rows: Any) -> list[Any]:
    return list(
        Calendar.from_ical(as_calendar(rows, NOW, lambda text: text.replace("\x1b", ""))).walk("VEVENT")
    )


def test_a_window_is_days_and_ends_on_its_last() -> None:
    (event,) = events(follow_up(state="accepted", due_start=date(2021, 10, 21), due_end=date(2021, 10, 31)))
    assert event.decoded("dtstart") == date(2021, 10, 21)
    assert event.decoded("dtend") == date(2021, 11, 1)
    assert str(event["uid"]) == "f1@aterkom"


def test_a_meeting_keeps_its_clock_time() -> None:
    day = date(2021, 10, 21)
    times = {"start_time": time(10), "end_time": time(11, 30)}
    (event,) = events(follow_up(state="accepted", kind="meeting", due_start=day, due_end=day, **times))
    begins = event.decoded("dtstart")
    assert (begins.hour, begins.utcoffset()) == (10, timedelta(hours=2))
    assert event.decoded("dtend") - begins == timedelta(minutes=90)


def test_by_a_day_stands_on_that_day() -> None:
    (event,) = events(follow_up(state="accepted", due_end=date(2021, 10, 31)))
    assert event.decoded("dtstart") == date(2021, 10, 31)


def test_proposals_and_undated_ones_are_not_in_a_calendar() -> None:
    assert events(follow_up(due_end=date(2021, 10, 31)), follow_up(state="accepted")) == []


def test_foreign_text_is_cleaned_and_can_not_add_lines() -> None:
    row = follow_up(
        state="accepted", due_end=date(2021, 10, 31), text="Vi\x1b[31m\nBEGIN:VEVENT, återkommer; ja"
    )
    (event,) = events(row)
    assert str(event["description"]) == "Vi[31m\nBEGIN:VEVENT, återkommer; ja"


def written(previous: bytes | None, *rows: Any, **known: Any) -> tuple[bytes, dict[str, Any]]:
    later = NOW + timedelta(days=len(previous or b"") > 0)
    made = as_calendar(rows, later, lambda text: text, told=Told(previous=previous, **known))
    return made, {str(event["uid"]): event for event in Calendar.from_ical(made).walk("VEVENT")}


OPEN = {"state": "accepted", "due_end": date(2021, 10, 31)}


def test_what_did_not_change_is_the_same_byte_for_byte() -> None:
    first, _ = written(None, follow_up(**OPEN), follow_up(id="f2", **OPEN))
    again, _ = written(first, follow_up(**OPEN), follow_up(id="f2", **OPEN))
    assert again == first


def test_what_changed_has_a_higher_sequence_and_a_new_stamp() -> None:
    first, before = written(None, follow_up(**OPEN))
    _, after = written(first, follow_up(**{**OPEN, "due_end": date(2021, 11, 5)}))
    event, old = after["f1@aterkom"], before["f1@aterkom"]
    assert (int(old["sequence"]), int(event["sequence"])) == (0, 1)
    assert event.decoded("dtstamp") > old.decoded("dtstamp")


def test_decisions_count_where_there_was_no_file() -> None:
    _, events = written(None, follow_up(**OPEN), changes={"f1@aterkom": 3})
    assert int(events["f1@aterkom"]["sequence"]) == 3


def test_what_has_gone_is_cancelled_without_its_words_and_later_left_out() -> None:
    first, _ = written(None, follow_up(**OPEN, text="Hemligt brev"))
    second, gone = written(first)
    event = gone["f1@aterkom"]
    assert (event["status"], event.decoded("dtstart"), b"Hemligt" in second) == (
        "CANCELLED", date(2021, 10, 31), False,
    )  # fmt: skip
    late = as_calendar([], NOW + timedelta(40), lambda text: text, told=Told(previous=second))
    assert list(Calendar.from_ical(late).walk("VEVENT")) == []


def test_what_sleeps_stays_and_what_comes_back_holds_again() -> None:
    first, _ = written(None, follow_up(**OPEN))
    _, asleep = written(first, asleep={"f1@aterkom"})
    assert asleep["f1@aterkom"]["status"] == "CONFIRMED"
    second, _ = written(first)
    _, back = written(second, follow_up(**OPEN))
    assert (back["f1@aterkom"]["status"], int(back["f1@aterkom"]["sequence"])) == ("CONFIRMED", 2)


def test_what_was_closed_is_cancelled_for_whoever_has_no_file() -> None:
    _, events = written(
        None, closed=[follow_up(**{**OPEN, "state": "done"}), follow_up(id="f2", state="done")]
    )
    assert [(uid, event["status"]) for uid, event in events.items()] == [("f1@aterkom", "CANCELLED")]


def test_clock_times_come_with_their_zone() -> None:
    day = date(2021, 10, 21)
    made, _ = written(None, follow_up(state="accepted", due_start=day, due_end=day, start_time=time(10)))
    assert b"BEGIN:VTIMEZONE\r\nTZID:Europe/Stockholm" in made


def test_a_marked_one_is_its_number() -> None:
    secret = {"secret": True, "text": "", "sender": None, "number": "2021-00077"}
    _, events = written(
        None, follow_up(**OPEN, **secret), follow_up(id="f2", **OPEN, **{**secret, "number": None})
    )
    assert [str(event["summary"]) for event in events.values()] == ["2021-00077", "f2"]
    assert all("description" not in event for event in events.values())
