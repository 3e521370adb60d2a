"""Exchange's and Gmail's words for a conversation."""

import base64
from datetime import UTC, datetime, timedelta

import pytest

from ingest.conversations import conversation_ids

BEGAN = datetime(2021, 6, 7, 11, 42, tzinfo=UTC)
GUID = bytes(range(16))


def index(answers: int = 0, *, began: datetime = BEGAN, guid: bytes = GUID) -> str:
    ticks = int((began - datetime(1601, 1, 1, tzinfo=UTC)) / timedelta(microseconds=1)) * 10
    return base64.b64encode((ticks >> 16).to_bytes(6) + guid + b"\1\2\3\4\5" * answers).decode()


def found(
    text: str | None, *, date: datetime | None = BEGAN, topic: str | None = "Lokal i Ånge"
) -> tuple[str, ...]:
    return conversation_ids(text, topic, None, date)


def test_a_letter_and_its_answers_are_one_conversation() -> None:
    assert found(index()) == found(index(3), date=BEGAN + timedelta(days=40)) != ()
    assert found(index(3), topic="LOKAL  I ÅNGE") == found(index())


def test_another_guid_or_topic_is_another_conversation() -> None:
    assert found(index()) != found(index(guid=bytes(16)))
    assert found(index()) != found(index(), topic="Annat")


@pytest.mark.parametrize(
    ("text", "date"),
    [
        (index(), BEGAN + timedelta(days=3)),  # a template: every mail is a first one, on whatever day
        (index(2), BEGAN + timedelta(days=500)),
        (index(2), BEGAN - timedelta(days=3)),
        (index(), None),
        ("", BEGAN),
        (None, BEGAN),
        ("AdQ=", BEGAN),
        ("!!!!", BEGAN),
        (index()[:-4], BEGAN),
        ("A" * 5_000, BEGAN),
        (base64.b64encode(b"\xff" * 22).decode(), BEGAN),
        (base64.b64encode(b"\1" + b"\xff" * 21).decode(), BEGAN),
    ],
)
def test_what_says_nothing(text: str | None, date: datetime | None) -> None:
    assert found(text, date=date) == ()


@pytest.mark.parametrize(
    ("number", "count"), [("1701234567890123456", 1), ("x", 0), ("1", 0), ("", 0), ("१२३", 0)]
)
def test_gmails_number(number: str, count: int) -> None:
    assert len(conversation_ids(None, None, number, None)) == count
