"""The home view: what it shows, and one key for each decision."""

from dataclasses import replace
from datetime import date

import pytest
from textual.widgets import Input

from crm.rows.accounts import StoreSummary
from tests.tui.fakes import FakeBackend
from tests.tui.pilot import SIZES, decisions, on, opened, press, text_on, type_
from tui.backend import Decision
from tui.screens.ask import AskScreen
from tui.screens.message import MessageScreen


@SIZES
async def test_home_shows_buckets_with_window_office_side_and_sentence(size: tuple[int, int]) -> None:
    async with opened(FakeBackend(), size) as pilot:
        text = text_on(pilot)
    for words in ("Försenade (1)", "Aktuella nu (1)", "Förslag att granska (2)", "Senare (1)"):
        assert words in text
    assert "Visar läget den 18 okt 2021" in text
    assert "Hämtat" in text
    row = next(line for line in text.splitlines() if "Ånge" in line)
    assert "Vi ska" in row
    assert "Vi räknar med att" in row
    assert "2021" in row
    assert (
        text.index("Försenade")
        < text.index("Aktuella")
        < text.index("Förslag att granska (2)")
        < text.index("Senare")
    )


async def test_the_side_pane_says_all_about_the_row_under_the_cursor() -> None:
    async with opened(FakeBackend()) as pilot:
        await press(pilot, "down", "down")
        text = text_on(pilot)
    assert "Förslag att granska · Åtagande · Vi ska" in text
    assert "21–31 okt 2021 (v. 42–43)" in text
    assert "Säkert · något utlovas" in text
    assert "Eva Ek" in text


@pytest.mark.parametrize(("key", "action"), [("b", "accept"), ("a", "dismiss"), ("k", "done")])
async def test_one_key_decides(key: str, action: str) -> None:
    backend = FakeBackend()
    async with opened(backend) as pilot:
        await press(pilot, "down", "down", key)
        assert "Ångra med u" in text_on(pilot)
    assert decisions(backend) == [Decision(("u1",), action)]


async def test_a_decision_leaves_the_cursor_where_work_goes_on() -> None:
    backend = FakeBackend()
    async with opened(backend) as pilot:
        await press(pilot, "down", "down", "a", "a")
    assert [d.ids for d in decisions(backend)] == [("u1",), ("u4",)]


async def test_space_marks_and_one_key_works_on_all_marked() -> None:
    backend = FakeBackend()
    async with opened(backend) as pilot:
        await press(pilot, "space", "space")
        assert text_on(pilot).count("■") == 2
        await press(pilot, "k")
        assert "■" not in text_on(pilot)
        assert "2 bevakningar" in text_on(pilot)
    assert decisions(backend) == [Decision(("u2", "u3"), "done")]


async def test_undo_brings_the_row_back() -> None:
    backend = FakeBackend()
    async with opened(backend) as pilot:
        await press(pilot, "a")
        assert "Vellinge" not in text_on(pilot)
        await press(pilot, "u")
        assert "Vellinge" in text_on(pilot)


async def test_undo_with_nothing_to_undo_is_a_line_on_the_screen() -> None:
    async with opened(FakeBackend()) as pilot:
        await press(pilot, "u")
        assert "anna har inget att ångra." in text_on(pilot)


async def test_snooze_asks_in_words_and_stays_until_they_are_understood() -> None:
    backend = FakeBackend()
    async with opened(backend) as pilot:
        await press(pilot, "s")
        assert on(pilot, AskScreen)
        await type_(pilot, "blaj")
        await press(pilot, "enter")
        assert "”blaj” går inte att läsa som datum" in text_on(pilot)
        pilot.app.screen.query_one(Input).value = ""
        await type_(pilot, "på måndag")
        await press(pilot, "enter")
        assert not on(pilot, AskScreen)
    assert decisions(backend) == [Decision(("u2",), "snooze", until=date(2021, 10, 25))]


async def test_move_asks_for_day_and_reason() -> None:
    backend = FakeBackend()
    async with opened(backend) as pilot:
        await press(pilot, "f")
        await type_(pilot, "på måndag")
        await press(pilot, "enter", "enter")
        assert "Skäl saknas." in text_on(pilot)
        await type_(pilot, "semester")
        await press(pilot, "enter")
    day = date(2021, 10, 25)
    assert decisions(backend) == [Decision(("u2",), "move", due=(day, day), because="semester")]


async def test_assign_asks_who_and_escape_changes_nothing() -> None:
    backend = FakeBackend()
    async with opened(backend) as pilot:
        await press(pilot, "t", "escape")
        assert decisions(backend) == []
        await press(pilot, "t")
        await type_(pilot, "bo")
        await press(pilot, "enter")
    assert decisions(backend) == [Decision(("u2",), "assign", who="bo")]


async def test_enter_shows_the_letter_with_its_sentence_and_escape_goes_back() -> None:
    backend = FakeBackend()
    async with opened(backend) as pilot:
        await press(pilot, "down", "down", "enter")
        assert on(pilot, MessageScreen)
        text = text_on(pilot)
        assert "└─ Eva Ek" in text
        assert "Vi räknar med att i slutet av oktober 2021" in text
        assert "▸ Åtagande · Vi ska · 21–31 okt 2021 (v. 42–43)" in text
        assert "Säkert · en adress i brevet är deras" in text
        await press(pilot, "escape")
        assert not on(pilot, MessageScreen)
    assert ("chain", "m2") in backend.asked


@SIZES
async def test_with_no_mailbox_the_screen_says_how_to_add_one(size: tuple[int, int]) -> None:
    backend = FakeBackend(
        summary=StoreSummary(0, 0, 0, 0, None), rows=[], threads=[], office_rows=[], pinned=False
    )
    async with opened(backend, size) as pilot:
        text = text_on(pilot)
        assert "Ingen brevlåda än" in text
        assert "aterkom account add" in text
        assert "aterkom demo" in text
        await press(pilot, "2")
        assert "aterkom sync" in text_on(pilot)


async def test_a_follow_up_without_a_letter_says_so() -> None:
    rows = FakeBackend().rows[:1]
    by_hand = replace(rows[0], follow_up=replace(rows[0].follow_up, message=None, rule=None))
    async with opened(FakeBackend(rows=[by_hand])) as pilot:
        await press(pilot, "enter")
        assert "skriven för hand" in text_on(pilot)


async def test_before_the_first_letter_the_way_in_stands_above_the_plans_dates() -> None:
    backend = FakeBackend(summary=StoreSummary(0, 0, 0, 0, None))
    async with opened(backend) as pilot:
        text = text_on(pilot)
    assert text.index("aterkom account add") < text.index("Försenade (1)")
    assert "Vi räknar med att" in text
