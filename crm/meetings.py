"""The meetings of a message's invitations as follow-ups: once, whether its own words speak of them or not."""

from collections.abc import Iterator
from dataclasses import replace

from ingest.model import ChainMessage, Meeting
from nlp.model import FollowUp, Reading

_INVITES = {"REQUEST": 0.95, "PUBLISH": 0.9, "ADD": 0.9, "COUNTER": 0.7}


def with_meetings(message: ChainMessage, reading: Reading) -> Reading:
    """The reading with a follow-up for each meeting that the message invites to, its clock time from the invitation.

    What the words alone said of the same meeting goes: the line that was written for it, and a meeting on its days.
    A cancelled meeting and an answer give none.
    """
    if not message.meetings:
        return reading
    spans = [span for meeting in message.meetings if (span := _span(message, meeting))]
    kept = [
        found
        for found in reading.follow_ups
        if not any(_same(found, meeting) for meeting in message.meetings)
        and not any(found.field == "body" and found.start < end and start < found.end for start, end in spans)
    ]
    own = () if message.automatic else _follow_ups(message)
    follow_ups = sorted([*kept, *own], key=lambda found: (found.field != "body", found.field, found.start))
    return replace(reading, follow_ups=tuple(follow_ups))


def _span(message: ChainMessage, meeting: Meeting) -> tuple[int, int] | None:
    at = message.body.find(meeting.line)
    return None if at < 0 else (at, at + len(meeting.line))


def _same(found: FollowUp, meeting: Meeting) -> bool:
    """A meeting that the words set on a day of this one, or on none."""
    if found.kind != "meeting":
        return False
    first, last = meeting.start.date(), meeting.end.date()
    return (found.due_start or first) <= last and first <= (found.due_end or last)


def _follow_ups(message: ChainMessage) -> Iterator[FollowUp]:
    for meeting in message.meetings:
        span = _span(message, meeting)
        if meeting.method not in _INVITES or span is None:
            continue
        timed = not meeting.all_day
        yield FollowUp(
            kind="meeting",
            obligor="both",
            due_start=meeting.start.date(),
            due_end=meeting.end.date(),
            text=meeting.line,
            start=span[0],
            end=span[1],
            rule="calendar",
            confidence=_INVITES[meeting.method],
            start_time=meeting.start.time() if timed else None,
            end_time=meeting.end.time() if timed and meeting.end > meeting.start else None,
        )
