"""The other views, and what works everywhere, over a backend without a store."""

import pytest
from textual.widgets import Input

from crm.errors import SettingsInvalid
from tests.tui.fakes import FakeBackend, message_row, thread_row
from tests.tui.pilot import SIZES, on, opened, press, quiet, shown, text_on, type_, until
from tui.app import AterkomApp
from tui.screens.ask import AskScreen
from tui.screens.help import HelpScreen
from tui.screens.message import MessageScreen
from tui.widgets.rows import RowList


@SIZES
async def test_nothing_is_wider_or_higher_than_the_screen(size: tuple[int, int]) -> None:
    async with opened(FakeBackend(), size) as pilot:
        for key in ("1", "2", "3", "enter", "slash"):
            await press(pilot, key)
            lines = shown(pilot)
            assert len(lines) == size[1]
            assert {len(line) for line in lines} == {size[0]}
            widgets = pilot.app.screen.walk_children()
            assert all(w.region.right <= size[0] and w.region.bottom <= size[1] for w in widgets if w.display and isinstance(w, RowList))  # fmt: skip


async def test_mentions_are_underlined_as_well_as_coloured() -> None:
    async with opened(FakeBackend()) as pilot:
        await press(pilot, "down", "down", "enter")
        strips = pilot.app.screen._compositor.render_strips()
        underlined = {s.text for strip in strips for s in strip if s.style is not None and s.style.underline}
    assert {"Ånge", "slutet av oktober 2021", "0690-25 01 00"} <= underlined


async def test_letters_of_a_chain_are_stepped_through() -> None:
    async with opened(FakeBackend()) as pilot:
        await press(pilot, "down", "down", "enter", "comma")
        assert "VB: Servicekontor i Ånge" in text_on(pilot)
        assert "(Inga egna ord.)" in text_on(pilot)
        await press(pilot, "full_stop")
        assert "Hej Karin" in text_on(pilot)


@SIZES
async def test_correspondence_reads_the_thread_under_the_cursor(size: tuple[int, int]) -> None:
    backend = FakeBackend()
    async with opened(backend, size) as pilot:
        await press(pilot, "2")
        text = text_on(pilot)
        assert "Servicekontor i Ånge (3)" in text
        assert "└─ Eva Ek" in text
        await press(pilot, "enter")
        assert "Vi räknar med att" in text_on(pilot)
        await press(pilot, "escape")
        assert pilot.app.focused is not None
        assert pilot.app.focused.id == "threads"


async def test_a_list_of_a_hundred_thousand_threads_asks_for_what_is_in_sight() -> None:
    backend = FakeBackend(threads=[thread_row(id=f"t{n}", subject=f"Ärende {n}") for n in range(100_000)])
    async with opened(backend) as pilot:
        await press(pilot, "2")
        assert "Ärende 0 " in text_on(pilot)
        await press(pilot, "end")
        assert "Ärende 99999" in text_on(pilot)
        await press(pilot, "pageup", "home", "pagedown")
    assert sum(asked[1] for asked in backend.asked if asked[0] == "thread_page") <= 600


async def test_offices_and_an_offices_page() -> None:
    backend = FakeBackend()
    async with opened(backend) as pilot:
        await press(pilot, "3")
        assert "Åre, Järpen" in text_on(pilot)
        assert "Fas 2" in text_on(pilot)
        await press(pilot, "enter")
        text = text_on(pilot)
        assert "Senaste kontakt: mån 14 juni 2021 (v. 24), för 18 veckor sedan" in text
        assert text.index("Vi ska (1)") < text.index("Vi väntar på (1)") < text.rindex("Korrespondens")
        await press(pilot, "enter")
        assert on(pilot, MessageScreen)
        await press(pilot, "escape", "escape")
        assert "Åre, Järpen" in text_on(pilot)


async def test_search_as_you_type_and_open() -> None:
    backend = FakeBackend(found=[message_row(), message_row(id="m7", subject="Lokal i Åre")])
    async with opened(backend) as pilot:
        await press(pilot, "slash")
        await type_(pilot, "kontor")
        await press(pilot, "enter")
        assert "2 brev, nyast först" in text_on(pilot)
        assert "Lokal i Åre" in text_on(pilot)
        await press(pilot, "down", "enter")
        assert on(pilot, MessageScreen)
        await press(pilot, "escape", "escape")
        assert isinstance(pilot.app.focused, Input)
    assert ("chain", "m7") in backend.asked


async def test_digits_and_letters_in_a_field_are_text() -> None:
    async with opened(FakeBackend()) as pilot:
        await press(pilot, "6")
        await type_(pilot, "1q2")
        assert pilot.app.focused is not None
        assert isinstance(pilot.app.focused, Input)
        assert pilot.app.focused.value == "1q2"


async def test_the_palette_goes_to_an_office_by_its_name() -> None:
    backend = FakeBackend()
    async with opened(backend) as pilot:
        await press(pilot, "ctrl+p")
        await type_(pilot, "jarpen")
        await press(pilot, "enter")
        assert "Senaste kontakt" in text_on(pilot)
    assert ("office", "o2") in backend.asked


async def test_help_lists_the_keys_of_the_place() -> None:
    async with opened(FakeBackend()) as pilot:
        await press(pilot, "question_mark")
        assert on(pilot, HelpScreen)
        assert "Bevaka: du blir påmind om den" in text_on(pilot)
        await press(pilot, "escape")
        assert not on(pilot, HelpScreen)


@pytest.mark.parametrize("key", ["q", "ctrl+q"])
async def test_quit_ends_with_0(key: str) -> None:
    app = AterkomApp(FakeBackend())
    async with app.run_test() as pilot:
        await pilot.press(key)
    assert app.return_value == 0
    assert app.return_code == 0


async def test_tab_goes_between_panes() -> None:
    async with opened(FakeBackend()) as pilot:
        first = pilot.app.focused
        await press(pilot, "tab")
        assert pilot.app.focused is not first
        await press(pilot, "shift+tab")
        assert pilot.app.focused is first


async def test_every_key_of_the_place_is_shown_at_the_bottom() -> None:
    async with opened(FakeBackend()) as pilot:
        bottom = " ".join(shown(pilot)[-2:])
    for words in (
        "b Bevaka",
        "a Avfärda",
        "k Klar",
        "s Påminn",
        "f Datum",
        "t Tilldela",
        "u Ångra",
        "? Hjälp",
        "q Avsluta",
    ):
        assert words in bottom


async def test_a_stale_mailbox_is_warned_about() -> None:
    async with opened(FakeBackend(pinned=False)) as pilot:
        assert "Ingen hämtning sedan mån 18 okt 2021 – listan kan sakna e-post" in text_on(pilot)


async def test_a_store_that_fails_is_a_line_and_the_screen_goes_on() -> None:
    backend = FakeBackend(failing={"agenda": SettingsInvalid("own", "\x1b]0;x\x07 [/b]")})
    async with opened(backend) as pilot:
        assert "Inställningen own är ogiltig: �]0;x� [/b]." in text_on(pilot)
        await press(pilot, "3")
        assert "Åre, Järpen" in text_on(pilot)


async def test_a_late_answer_does_not_land() -> None:
    backend = FakeBackend()
    async with opened(backend) as pilot:
        app = pilot.app
        assert isinstance(app, AterkomApp)
        seen: list[int] = []
        app.home.ask("same", lambda _b: 1, seen.append)
        app.home.ask("same", lambda _b: 2, seen.append)
        await quiet(pilot)
    assert seen == [2]


async def test_light_and_dark() -> None:
    async with opened(FakeBackend()) as pilot:
        app = pilot.app
        assert isinstance(app, AterkomApp)
        app.action_light_or_dark()
        await pilot.pause()
        assert not app.current_theme.dark
        assert "Försenade" in text_on(pilot)


async def test_ctrl_q_leaves_from_a_question_as_well() -> None:
    app = AterkomApp(FakeBackend())
    async with app.run_test() as pilot:
        await quiet(pilot)
        await press(pilot, "s")
        assert on(pilot, AskScreen)
        await pilot.press("ctrl+q")
    assert app.return_value == 0


async def test_ctrl_c_says_how_to_leave() -> None:
    async with opened(FakeBackend()) as pilot:
        await press(pilot, "ctrl+c")
        assert "Avsluta med q" in text_on(pilot)


async def test_the_palette_searches_letters_for_what_no_office_is_called() -> None:
    backend = FakeBackend(found=[])
    async with opened(backend) as pilot:
        await press(pilot, "ctrl+p")
        await type_(pilot, "hyresavtal")
        await press(pilot, "enter")
        await until(pilot, lambda: ("search", "hyresavtal", 50) in backend.asked)
    assert ("search", "hyresavtal", 50) in backend.asked


async def test_the_place_in_the_list_of_threads_is_kept() -> None:
    backend = FakeBackend(threads=[thread_row(id=f"t{n}", subject=f"Ärende {n}") for n in range(300)])
    async with opened(backend) as pilot:
        await press(pilot, "2", "pagedown", "down", "1")
        backend.threads = list(backend.threads)
        await press(pilot, "2")
        rows = pilot.app.query_one("#threads", RowList)
        assert rows.current == 7


async def test_a_fault_of_our_own_is_called_that() -> None:
    async with opened(FakeBackend(failing={"offices": ZeroDivisionError("[/b]")})) as pilot:
        await press(pilot, "3")
        assert "Något gick fel i Återkom självt (ZeroDivisionError: [/b])" in text_on(pilot)
