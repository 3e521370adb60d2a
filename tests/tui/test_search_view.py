"""The search: operators completed and explained as one types, searches that are kept, and what to do with nothing."""

from datetime import UTC, datetime

from textual.widgets import Input

from crm.errors import SearchRefused
from crm.rows.searching import Completion, InsteadRow, SavedSearchRow
from tests.tui.fakes import FakeBackend, message_row
from tests.tui.pilot import SIZES, on, opened, press, quiet, shown, text_on, type_, until
from tui.backend import LISTED
from tui.backend_search import Nothing
from tui.screens.ask import AskScreen

OPERATORS = [Completion("från:", 0, 1, "from"), Completion("före:", 0, 1, "before")]
PEOPLE = [Completion('från:"Eva Ek" ', 0, 5, "from", value="Eva Ek")]
KEPT = [
    SavedSearchRow("s1", "Lokaler", "lokal före:nov", 12),
    SavedSearchRow("s2", "Allt", "kontor", 1000, more=True),
]


def completing() -> FakeBackend:
    return FakeBackend(completing={"f": OPERATORS, "från:": PEOPLE})


def field(pilot: object) -> Input:
    focused = pilot.app.focused  # type: ignore[attr-defined]
    assert isinstance(focused, Input)
    return focused


async def test_marked_letters_are_copied_together() -> None:
    rows = [message_row(id=f"m{n}", subject=f"Brev {n}") for n in (1, 2, 3)]
    async with opened(FakeBackend(found=rows)) as pilot:
        await press(pilot, "6")
        await type_(pilot, "brev")
        await press(pilot, "enter", "space", "space", "c")
        copied = pilot.app.clipboard
    assert copied.split("\n") == ["2021-06-14 Eva Ek: Brev 1 (m1)", "2021-06-14 Eva Ek: Brev 2 (m2)"]


async def test_a_long_result_comes_in_two_steps_and_the_cursor_stays() -> None:
    backend = FakeBackend(found=[message_row(id=f"m{n}") for n in range(1, 120)])
    async with opened(backend) as pilot:
        await press(pilot, "6")
        await type_(pilot, "brev")
        assert "119 brev" in text_on(pilot)
    assert {each[2] for each in backend.asked if each[0] == "search"} == {50, LISTED}


@SIZES
async def test_operators_are_explained_as_one_types_and_tab_puts_one_in(size: tuple[int, int]) -> None:
    async with opened(completing(), size) as pilot:
        await press(pilot, "slash", "f")
        text = text_on(pilot)
        assert "▸ från:" in text
        assert "från en person: adress, namn, @domän" in text
        assert {len(each) for each in shown(pilot)} == {size[0]}
        await press(pilot, "tab")
        assert field(pilot).value == "från:"
        await press(pilot, "tab")
        assert field(pilot).value == 'från:"Eva Ek" '


async def test_arrows_mark_another_and_the_last_leads_to_the_results() -> None:
    async with opened(completing()) as pilot:
        await press(pilot, "slash", "f", "down")
        assert "▸ före:" in text_on(pilot)
        await press(pilot, "up", "down", "tab")
        assert field(pilot).value == "före:"
        await press(pilot, "down")
        assert not isinstance(pilot.app.focused, Input)
        assert "▸" not in text_on(pilot)


async def test_a_click_takes_one() -> None:
    async with opened(completing()) as pilot:
        await press(pilot, "slash", "f")
        await pilot.click("#completions", offset=(5, 1))
        await quiet(pilot)
        assert field(pilot).value == "före:"


async def test_a_search_is_kept_found_again_and_removed() -> None:
    backend = FakeBackend()
    async with opened(backend) as pilot:
        await press(pilot, "slash")
        await type_(pilot, "lokal")
        await press(pilot, "enter", "s")
        assert on(pilot, AskScreen)
        await type_(pilot, "Lokaler")
        await press(pilot, "enter")
        assert "Sparad: Lokaler. Ångra med u." in text_on(pilot)
        assert ("save_search", "Lokaler", "lokal") in backend.asked
        await press(pilot, "slash", *["backspace"] * 5, "down")
        assert "Lokaler" in text_on(pilot)
        assert "1 brev" in text_on(pilot)
        await press(pilot, "x")
        assert "Sparas inte längre: Lokaler." in text_on(pilot)
        assert backend.saved == []
        await press(pilot, "u")
        assert [row.name for row in backend.saved] == ["Lokaler"]


@SIZES
async def test_kept_searches_stand_below_the_empty_field_with_their_counts(size: tuple[int, int]) -> None:
    backend = FakeBackend(saved=list(KEPT))
    async with opened(backend, size) as pilot:
        await press(pilot, "6")
        text = text_on(pilot)
        assert "12 brev" in text
        assert "över 1\u202f000" in text
        await press(pilot, "down", "enter")
        assert field(pilot).value == "lokal före:nov"
    assert any(asked[:2] == ("search", "lokal före:nov") for asked in backend.asked)


async def test_the_palette_runs_a_kept_search() -> None:
    backend = FakeBackend(saved=list(KEPT), office_rows=[])
    async with opened(backend) as pilot:
        await press(pilot, "ctrl+p")
        await type_(pilot, "lokaler")
        await until(pilot, lambda: "12 brev" in text_on(pilot))
        assert "Lokaler  Sök, 12 brev" in text_on(pilot)
        await press(pilot, "enter")
        assert pilot.app.query_one("#query", Input).value == "lokal före:nov"


async def test_nothing_found_says_where_and_what_would_find_something() -> None:
    until_ = datetime(2021, 10, 18, 6, 30, tzinfo=UTC)
    nothing = Nothing(("registrator",), until_, (InsteadRow("lokal", "ange", 3, more=False),))
    async with opened(FakeBackend(found=[], nothing=nothing)) as pilot:
        await press(pilot, "slash")
        await type_(pilot, "lokal ange")
        text = text_on(pilot)
        assert "Inget hittades i registrator till och med" in text
        assert "Utan ange: 3 brev" in text


async def test_what_cannot_be_searched_for_is_said_under_the_field_until_it_can() -> None:
    backend = FakeBackend(failing={"search": SearchRefused("date", "före:x")})
    async with opened(backend) as pilot:
        await press(pilot, "slash")
        await type_(pilot, "x")
        assert "före:x" in text_on(pilot)
        assert " ! " not in text_on(pilot)
        backend.failing.clear()
        await type_(pilot, "y")
        assert "1 brev" in text_on(pilot)


async def test_escape_leads_from_the_results_to_the_field_and_back_to_where_one_was() -> None:
    async with opened(FakeBackend()) as pilot:
        await press(pilot, "3", "slash", "x", "enter", "escape")
        assert isinstance(pilot.app.focused, Input)
        await press(pilot, "escape")
        assert pilot.app.active_view == "offices"  # type: ignore[attr-defined]
