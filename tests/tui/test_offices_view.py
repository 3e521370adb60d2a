"""The offices as a list, a board and over time, and an office's page, by key."""

from datetime import date

import pytest
from textual.widgets import Input

from crm.office_pages import HAPPENED
from crm.office_setting import Wanted
from crm.office_steps import LateStep, StepState, Window
from tests.tui.fakes import FakeBackend, message_row, office_row
from tests.tui.fakes_offices import proposal_row
from tests.tui.pilot import LARGE, SIZES, decisions, on, opened, press, quiet, shown, text_on, type_
from tui.screens.ask import AskScreen
from tui.screens.message import MessageScreen
from tui.screens.note import NoteScreen
from tui.widgets.board import BY_STEP, columns, widths
from tui.widgets.office_rows import OfficeList

LATE = LateStep("lokalval", date(2021, 10, 8), 10, None, None)


def offices() -> FakeBackend:
    rows = [
        office_row(step="lokalval", late=(LATE,)),
        office_row(id="o2", municipality="Åre", place="Järpen", code="2321", phase=1, silent_weeks=12),
        office_row(id="o3", municipality="Boden", place="", code="2582", phase=1, step="installation"),
    ]
    search = StepState(
        "lokalsökning", Window(date(2021, 9, 1), date(2021, 11, 30)), Window(date(2021, 9, 6), None)
    )
    choice = StepState("lokalval", Window(date(2021, 9, 1), date(2021, 10, 8)))
    return FakeBackend(office_rows=rows, office_steps={"o1": (search, choice)}, silent=frozenset({"o2"}))


def lines_with(lines: list[str], words: str) -> list[str]:
    return [text for text in lines if words in text]


@SIZES
async def test_one_key_changes_the_shape_and_three_bring_the_list_back(size: tuple[int, int]) -> None:
    async with opened(offices(), size) as pilot:
        await press(pilot, "3")
        first = shown(pilot)
        assert lines_with(first, "! Ånge")
        assert lines_with(first, "… Åre, Järpen")
        await press(pilot, "v")
        assert "Fas 1 (2)" in text_on(pilot) or "Lokalval (1)" in text_on(pilot)
        await press(pilot, "v")
        (row,) = lines_with(shown(pilot), "! Ånge  ")[:1]
        assert {"█", "─"} <= set(row)
        (phase,) = lines_with(shown(pilot), "… Åre, Järpen")
        assert "░" in phase
        assert "█" not in phase
        assert "─ planerat" in text_on(pilot)
        assert all(len(text) == size[0] for text in shown(pilot))
        await press(pilot, "v")
        assert shown(pilot)[:6] == first[:6]


async def test_the_line_below_says_what_is_late_and_silent() -> None:
    async with opened(offices()) as pilot:
        await press(pilot, "3")
        assert "! Lokalval: 10 dagar försenat" in text_on(pilot)
        await press(pilot, "down")
        assert "… Utan kontakt i 12 veckor" in text_on(pilot)


async def test_the_cursor_stays_with_its_office_and_enter_opens_it_in_every_shape() -> None:
    backend = offices()
    async with opened(backend) as pilot:
        await press(pilot, "3", "down")
        for _shape in range(3):
            await press(pilot, "enter", "escape", "v")
        await press(pilot, "enter")
    assert [asked for asked in backend.asked if asked[0] == "office"] == [("office", "o2")] * 4


async def test_arrows_go_between_the_columns_of_the_board() -> None:
    backend = offices()
    async with opened(backend) as pilot:
        await press(pilot, "3", "v", "home", "right", "enter", "escape", "left", "enter")
    assert [asked[1] for asked in backend.asked if asked[0] == "office"] == ["o1", "o2"]


async def test_the_board_has_a_column_for_each_step_where_there_is_room() -> None:
    async with opened(offices(), LARGE) as pilot:
        await press(pilot, "3", "v")
        text = text_on(pilot)
        for title in ("Inget delmo… (1)", "Lokalval (1)", "Installation (1)", "I bruk (0)"):
            assert title in text


async def test_a_click_on_the_board_moves_the_cursor() -> None:
    backend = offices()
    async with opened(backend) as pilot:
        await press(pilot, "3", "v")
        await pilot.click("#board", offset=(45, 0))
        await quiet(pilot)
        await press(pilot, "enter")
    assert [asked[1] for asked in backend.asked if asked[0] == "office"] == ["o1"]


def test_every_office_has_one_column_and_the_columns_fill_the_width() -> None:
    rows = offices().office_rows
    rows.append(office_row(id="o4", phase=None, step="något annat"))
    for width in (80, BY_STEP, 200):
        found = columns(rows, width)
        assert sorted(row.id for column in found for row in column.offices) == ["o1", "o2", "o3", "o4"]
        assert sum(widths(len(found), width)) == width
    assert columns([], 80) == []


@SIZES
async def test_a_page_begins_with_who_owes_what_to_whom(size: tuple[int, int]) -> None:
    async with opened(offices(), size) as pilot:
        await press(pilot, "3", "enter")
        text = text_on(pilot)
        assert "Senaste kontakt: mån 14 juni 2021" in text
        assert "Eva Ek till Karin Ståhl, 2021-06-14" in text
        order = ["Vi ska (1)", "Vi väntar på (1)", "Fakta", "Delmoment"]
        places = [text.index(words) for words in order]
        assert places == sorted(places)
        assert "! Lokalval: 10 dagar försenat" in text
        await press(pilot, "end")
        assert "Karin ringde" in text_on(pilot)


async def test_three_keys_to_the_letter_that_promises() -> None:
    async with opened(offices()) as pilot:
        await press(pilot, "3", "enter", "enter")
        assert on(pilot, MessageScreen)
        assert "Vi räknar med att" in text_on(pilot)


async def test_a_note_is_opened_from_the_page() -> None:
    async with opened(offices()) as pilot:
        await press(pilot, "3", "enter", "end", "enter")
        assert on(pilot, NoteScreen)


async def test_four_keys_and_a_name_make_somebody_responsible() -> None:
    backend = offices()
    async with opened(backend) as pilot:
        await press(pilot, "3", "enter", "t")
        assert on(pilot, AskScreen)
        await type_(pilot, "anna")
        await press(pilot, "enter")
        assert "Noterat." in text_on(pilot)
        assert [text for text in shown(pilot) if "Ansvarig" in text and "anna" in text]
    assert ("set_offices", ("o1",), Wanted(owner="anna")) in backend.asked


@pytest.mark.parametrize("shape", [(), ("v", "v")], ids=["list", "times"])
async def test_marked_offices_get_a_responsible_person_at_once(shape: tuple[str, ...]) -> None:
    backend = FakeBackend()
    async with opened(backend) as pilot:
        await press(pilot, "3", *shape, "space", "space", "t")
        assert "2 kontor" in text_on(pilot)
        await type_(pilot, "anna")
        await press(pilot, "enter")
        assert pilot.app.query_one(OfficeList).marks == set()
    asked = [each for each in backend.asked if each[0] == "set_offices"]
    assert [(set(each[1]), each[2]) for each in asked] == [({"o1", "o2"}, Wanted(owner="anna"))]


async def test_a_wide_window_has_the_page_beside_the_list_and_the_cursor_stays_in_the_list() -> None:
    async with opened(FakeBackend(), (200, 60)) as pilot:
        await press(pilot, "3")
        assert "Senaste kontakt" in text_on(pilot)
        first = text_on(pilot)
        await press(pilot, "down")
        assert text_on(pilot) != first
        assert isinstance(pilot.app.focused, OfficeList)
        await press(pilot, "v")
        assert "Senaste kontakt" not in text_on(pilot)
        await press(pilot, "4")
        assert "kanslichef" in text_on(pilot).lower()
        assert "+46690250100" in text_on(pilot)


async def test_an_assessment_is_read_in_swedish_and_nonsense_changes_nothing() -> None:
    backend = offices()
    async with opened(backend) as pilot:
        await press(pilot, "3", "enter", "l")
        await type_(pilot, "vet ej")
        await press(pilot, "enter", "enter", "enter", "enter")
        assert "Inget ändrades: skriv något av enligt plan" in text_on(pilot)
        await press(pilot, "l")
        await type_(pilot, "försenat")
        await press(pilot, "enter")
        await type_(pilot, "lokal saknas")
        await press(pilot, "enter", "enter", "enter")
    said = [asked[2] for asked in backend.asked if asked[0] == "set_offices"]
    assert said == [Wanted(assessment="late", deviation="lokal saknas", reason="", measure="")]


async def test_a_question_is_left_without_a_change() -> None:
    backend = offices()
    async with opened(backend) as pilot:
        await press(pilot, "3", "enter", "t", "escape")
        assert not isinstance(pilot.app.focused, Input)
        assert not [asked for asked in backend.asked if asked[0] == "set_offices"]


async def test_no_offices_say_what_to_do() -> None:
    async with opened(FakeBackend(office_rows=[])) as pilot:
        await press(pilot, "3", "v", "down", "right", "enter", "v", "down", "enter")
        assert "aterkom db upgrade" in text_on(pilot)


async def test_a_second_page_begins_at_its_top() -> None:
    backend = offices()
    backend.found = [message_row(id=f"m{n}", subject=f"Brev {n}") for n in range(2, 40)]
    async with opened(backend) as pilot:
        await press(pilot, "3", "enter", "end", "escape", "down", "enter")
        assert "Vi ska (1)" in text_on(pilot)


def judged(backend: FakeBackend) -> list[tuple[object, ...]]:
    return [asked[1:] for asked in backend.asked if asked[0] == "judge_proposals"]


def proposing(many: int = 2) -> FakeBackend:
    backend = offices()
    backend.proposed = [proposal_row(id=f"r{n}", text=f"Lokalvalet skjuts, {n}.") for n in range(many)]
    return backend


@SIZES
async def test_a_proposed_change_is_accepted_with_one_key_and_that_taken_back(size: tuple[int, int]) -> None:
    backend = proposing()
    async with opened(backend, size) as pilot:
        await press(pilot, "3", "enter", "down", "down")
        text = text_on(pilot)
        assert "Föreslagna ändringar (2)" in text
        assert "Lokalval, planerat: 1 sep–8 okt 2021 (v. 35–40) → 1–30 nov 2021 (v. 44–48)"[:50] in text
        assert "”Lokalvalet skjuts, 0.” – Karin Ståhl" in text
        await press(pilot, "b")
        assert "1 förslag godtaget. Ångra med u." in text_on(pilot)
        assert "Föreslagna ändringar (1)" in text_on(pilot)
        await press(pilot, "u")
        assert "Föreslagna ändringar (2)" in text_on(pilot)
    assert judged(backend) == [(("r0",), True)]


async def test_marked_proposed_changes_are_rejected_at_once() -> None:
    backend = proposing(3)
    async with opened(backend) as pilot:
        await press(pilot, "3", "enter", "down", "down", "space", "space", "a")
        assert "2 förslag avvisade." in text_on(pilot)
    assert judged(backend) == [(("r0", "r1"), False)]
    assert decisions(backend) == []


async def test_what_is_owed_and_what_is_proposed_are_not_decided_on_together() -> None:
    backend = proposing()
    async with opened(backend) as pilot:
        await press(pilot, "3", "enter", "space", "down", "space", "b")
        assert "inte båda" in text_on(pilot)
        await press(pilot, "s")
        assert not on(pilot, AskScreen)
    assert judged(backend) == []
    assert decisions(backend) == []


async def test_a_fact_takes_no_mark_and_no_decision() -> None:
    backend = offices()
    async with opened(backend) as pilot:
        await press(pilot, "3", "enter", "down", "down", "space", "k")
        assert "■" not in text_on(pilot)
    assert decisions(backend) == []


async def test_what_an_office_is_owed_is_decided_on_its_page() -> None:
    backend = offices()
    async with opened(backend) as pilot:
        await press(pilot, "3", "enter")
        before = [text for text in shown(pilot) if "2021-10-31" in text]
        await press(pilot, "space", "space")
        marked = [text for text in shown(pilot) if "2021-10-31" in text]
        assert [text.replace("■", " ") for text in marked] == before
        assert text_on(pilot).count("■") == 2
        await press(pilot, "k")
        assert "Klar: " in text_on(pilot)
        assert "■" not in text_on(pilot)
    assert [(each.ids, each.action) for each in decisions(backend)] == [(("u1", "u9"), "done")]


async def test_what_happened_long_ago_is_fetched_by_the_page() -> None:
    backend = offices()
    backend.found = [message_row(id=f"m{n}", subject=f"Brev {n}") for n in range(HAPPENED - 1)]
    async with opened(backend) as pilot:
        await press(pilot, "3", "enter", "end")
        assert "Enter: det som hände före det" in text_on(pilot)
        await press(pilot, "enter", "end")
        assert "Det första samtalet" in text_on(pilot)
        assert "Enter: det som hände" not in text_on(pilot)
    assert ("office_happened", "o1", "n3") in backend.asked
