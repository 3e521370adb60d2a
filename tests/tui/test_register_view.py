"""The queue of mails that nobody has judged: judged one or many at once, each story with its number of keys."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from textual.pilot import Pilot

from crm.errors import NotInDiary
from crm.rows.register import QueueRow, SuggestionRow
from tests.tui.fakes import FakeBackend, box, message_row
from tests.tui.pilot import SIZES, on, opened, press, quiet, shown, text_on, type_
from tui.backend_register import Verdict
from tui.screens.ask import AskScreen

THANKS = SuggestionRow("minor", None, "thanks")
NAMES = SuggestionRow("number", "2021-01431-1.1.1", "names")
NOTHING = SuggestionRow(None, None, "none")


def waiting(number: int, suggestion: SuggestionRow = THANKS, **changes: Any) -> QueueRow:
    mail = message_row(id=f"m{number}", subject=f"Ärende {number}")
    return QueueRow(replace(mail, **changes), number, suggestion)


def queue(many: int = 12) -> FakeBackend:
    return FakeBackend(waiting=[waiting(number) for number in range(1, many + 1)])


def judged(backend: FakeBackend) -> list[dict[str, Verdict]]:
    return [asked[1] for asked in backend.asked if asked[0] == "judge"]


async def keys(pilot: Pilot[int], pressed: Sequence[str], at_most: int) -> None:
    """Presses them; a story that takes more is another story."""
    assert len(pressed) <= at_most
    await press(pilot, *pressed)


async def test_ten_mails_are_judged_at_once_and_that_undone() -> None:
    backend = queue()
    async with opened(backend) as pilot:
        await keys(pilot, ("5", *["space"] * 10, "r"), 12)
        assert judged(backend) == [{f"m{number}": Verdict("minor") for number in range(1, 11)}]
        assert "10 brev bedömda. Ångra med u." in text_on(pilot)
        assert "Ärende 3 " not in text_on(pilot)
        await keys(pilot, ("u",), 1)
        assert "Ärende 3 " in text_on(pilot)
    assert [asked for asked in backend.asked if asked[0] == "undo"] == [("undo",)]
    assert len(backend.waiting) == 12


async def test_ten_alike_are_judged_as_suggested_with_three_keys() -> None:
    backend = queue(10)
    backend.waiting.append(waiting(11, NAMES))
    async with opened(backend, (160, 50)) as pilot:
        await keys(pilot, ("5", "a", "b"), 3)
        assert judged(backend) == [{f"m{number}": Verdict("minor") for number in range(1, 11)}]
        assert "Ärende 11" in text_on(pilot)


async def test_each_is_judged_as_its_own_line_suggests_and_the_others_wait() -> None:
    backend = FakeBackend(waiting=[waiting(1), waiting(2, NAMES), waiting(3, NOTHING)])
    async with opened(backend) as pilot:
        await press(pilot, "5", "space", "space", "space", "b")
        assert judged(backend) == [{"m1": Verdict("minor"), "m2": Verdict("number", "2021-01431-1.1.1")}]
        assert "1 utan förslag väntar" in text_on(pilot)
        await press(pilot, "b")
        assert "Här finns inget förslag" in text_on(pilot)
    assert len(judged(backend)) == 1


@pytest.mark.parametrize(
    ("key", "state"), [("r", "minor"), ("h", "ordered"), ("e", "not_public"), ("t", "sent")]
)
async def test_one_key_for_each_judgement(key: str, state: Any) -> None:
    backend = queue(2)
    async with opened(backend) as pilot:
        await keys(pilot, ("5", "down", key), 3)
    assert judged(backend) == [{"m2": Verdict(state)}]


async def test_the_number_is_asked_for_and_stands_there_as_suggested() -> None:
    backend = FakeBackend(waiting=[waiting(1, NAMES), waiting(2, NAMES)])
    async with opened(backend) as pilot:
        await keys(pilot, ("5", "d", "enter"), 3)
        await press(pilot, "d")
        await type_(pilot, "2021-00042")
        await press(pilot, "enter")
    assert judged(backend) == [
        {"m1": Verdict("number", "2021-01431-1.1.1")},
        {"m2": Verdict("number", "2021-00042")},
    ]


async def test_where_the_marked_name_different_numbers_none_is_proposed() -> None:
    other = replace(NAMES, number="2021-00007")
    backend = FakeBackend(waiting=[waiting(1, NAMES), waiting(2, other)])
    async with opened(backend) as pilot:
        await press(pilot, "5", "space", "space", "d", "enter")
        assert "Nummer saknas." in text_on(pilot)
        await press(pilot, "escape")
    assert judged(backend) == []


async def test_what_is_confidential_goes_to_the_registrar_or_under_a_number() -> None:
    backend = FakeBackend(waiting=[waiting(1, replace(THANKS, secret="OSL 19:1")), waiting(2)])
    async with opened(backend) as pilot:
        await keys(pilot, ("5", "s", "enter", "enter"), 4)
        await press(pilot, "s")
        await type_(pilot, "OSL 21:7")
        await press(pilot, "enter")
        await type_(pilot, "2021-00042")
        await press(pilot, "enter")
    assert judged(backend) == [
        {"m1": Verdict("sent", None, "OSL 19:1")},
        {"m2": Verdict("number", "2021-00042", "OSL 21:7")},
    ]


async def test_left_with_escape_nothing_is_judged() -> None:
    backend = queue()
    async with opened(backend) as pilot:
        await press(pilot, "5", "d")
        assert on(pilot, AskScreen)
        await press(pilot, "escape")
    assert judged(backend) == []


async def test_enter_opens_the_letter() -> None:
    backend = queue()
    async with opened(backend) as pilot:
        await press(pilot, "5", "down", "enter")
        assert ("chain", "m2") in backend.asked


async def test_the_oldest_can_come_first() -> None:
    backend = queue(3)
    async with opened(backend) as pilot:
        await press(pilot, "5", "o", "home", "r")
    assert judged(backend) == [{"m3": Verdict("minor")}]


@SIZES
async def test_age_sender_subject_and_the_suggestion_with_its_reason(size: tuple[int, int]) -> None:
    backend = FakeBackend(waiting=[waiting(7, NAMES)])
    async with opened(backend, size) as pilot:
        await press(pilot, "5")
        lines, text = shown(pilot), text_on(pilot)
        row = next(each for each in lines if "Ärende 7" in each)
        assert row.split()[:3] == ["7", "Eva", "Ek"]
        assert "Diarieför under 2021-01431-1.1.1 (brevet nämner numret)" in text
        assert "7 arbetsdagar" in text
        assert {len(each) for each in lines} == {size[0]}


async def test_an_empty_queue_says_so() -> None:
    async with opened(FakeBackend()) as pilot:
        await press(pilot, "5", "r", "b", "d", "s", "a")
        assert "Inget väntar på bedömning." in text_on(pilot)


async def test_a_hundred_thousand_mails_are_asked_for_by_pages() -> None:
    backend = queue(100_000)
    async with opened(backend) as pilot:
        await press(pilot, "5", "end")
        assert "Ärende 100000" in text_on(pilot)
    assert sum(asked[1] for asked in backend.asked if asked[0] == "queue_page") <= 400


async def test_marks_outlive_a_change_by_somebody_else_and_what_is_gone_is_not_judged() -> None:
    backend = queue(4)
    async with opened(backend) as pilot:
        await press(pilot, "5", "space", "space")
        backend.waiting = backend.waiting[1:]
        pilot.app.screen.query_one("#register").load()  # type: ignore[attr-defined]
        await quiet(pilot)
        await press(pilot, "r")
    assert judged(backend) == [{"m2": Verdict("minor")}]


async def test_a_number_that_cannot_be_one_is_said_and_nothing_changes() -> None:
    backend = FakeBackend(waiting=[waiting(1)], failing={"judge": NotInDiary("number", "\x1b[2J")})
    async with opened(backend) as pilot:
        await press(pilot, "5", "r")
        assert "! " in text_on(pilot)
        assert "Ärende 1" in text_on(pilot)
        assert not any("\x1b" in each for each in shown(pilot))


@SIZES
async def test_what_a_letter_says_moves_no_cursor_and_is_no_markup(size: tuple[int, int]) -> None:
    evil = "[red]Lokal\x1b[2J\u202egnp"
    row = waiting(
        1,
        replace(NAMES, number=evil, secret=evil, detail=evil),
        subject=evil,
        sender=box(evil, None),
        to=(box(evil, None),),
        snippet=evil,
    )
    async with opened(FakeBackend(waiting=[row]), size) as pilot:
        await press(pilot, "5")
        text = text_on(pilot)
        assert "[red]Lokal" in text
        await press(pilot, "d")
        assert not set("\x1b\u202e") & set(text + text_on(pilot))
