"""What stands around the views: changes from elsewhere, looks, keys of one's own, errors, copying, what is new."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event

import pytest
from textual.pilot import Pilot

from crm.agenda_rows import Agenda, AgendaQuery, NewsRow, Seen
from crm.rows.accounts import StoreSummary
from crm.rows.follow_ups import FollowUpRow, ReminderRow
from tests.tui.fakes import FakeBackend, follow_up
from tests.tui.pilot import opened, press, quiet, shown, text_on, type_, until
from tui.app import AterkomApp
from tui.backend import Situation
from tui.manners import Manners, Visit
from tui.screens.home import standing
from tui.themes import CONTRAST, LIGHT
from tui.widgets.agenda import AgendaList

AT = datetime(2021, 10, 15, 16, 2, tzinfo=UTC)


def app_of(pilot: Pilot[int]) -> AterkomApp:
    assert isinstance(pilot.app, AterkomApp)
    return pilot.app


def rows(many: int) -> list[ReminderRow]:
    made = (follow_up(id=f"f{n}", text=f"Fråga {n}.", state="accepted") for n in range(many))
    return [ReminderRow("soon", row) for row in made]


async def look(pilot: Pilot[int]) -> None:
    """As the timer does every second."""
    app_of(pilot).home._look()
    await quiet(pilot)


async def test_a_change_from_elsewhere_shows_and_the_cursor_stays_with_its_row() -> None:
    backend = FakeBackend(rows=rows(40))
    async with opened(backend) as pilot:
        await press(pilot, *["down"] * 20)
        agenda = pilot.app.query_one(AgendaList)
        assert agenda.current == "f20"
        backend.rows = [ReminderRow("soon", follow_up(id="f99", text="Ny.", state="accepted")), *backend.rows]
        backend.state = "2"
        await look(pilot)
        assert agenda.current == "f20"
        assert "Snart (41)" in text_on(pilot) or agenda.count() == 42


class Slow(FakeBackend):
    """Answers for the list only when it may."""

    may = Event()

    def agenda(self, query: AgendaQuery) -> Agenda:
        found = super().agenda(query)
        assert self.may.wait(30)
        return found


async def test_a_list_that_takes_longer_than_a_look_is_not_thrown_away_by_the_next_one() -> None:
    backend = Slow(rows=rows(3))
    backend.may.set()
    async with opened(backend) as pilot:
        asked = sum(each[0] == "agenda" for each in backend.asked)
        backend.may.clear()
        for state in "234":
            backend.state = state
            app_of(pilot).home._look()
            await until(pilot, lambda: sum(each[0] == "agenda" for each in backend.asked) > asked)
            await pilot.pause()
        assert sum(each[0] == "agenda" for each in backend.asked) == asked + 1
        backend.rows = rows(2)
        backend.may.set()
        await quiet(pilot)
        await look(pilot)
        assert pilot.app.query_one(AgendaList).count() == 3


def test_the_line_at_the_top_fits_the_narrowest_window() -> None:
    summary = StoreSummary(1, 40, 52, 11, datetime(2021, 10, 18, 6, 30, tzinfo=UTC))
    situation = Situation(summary, date(2021, 10, 18), pinned=True, user="anna")
    for width, said in ((200, "52 förslag att granska"), (78, "52 förslag · 11 oläsliga brev")):
        assert said in standing(situation, width).plain
        assert standing(situation, width).cell_length <= width


async def test_a_store_without_letters_offers_no_key_that_decides() -> None:
    async with opened(FakeBackend(summary=StoreSummary(0, 0, 0, 0, None), rows=[])) as pilot:
        bar = "\n".join(shown(pilot)[-2:])
        assert "Börja" in bar
        assert "Avfärda" not in bar
        assert "1–7 Vyer" in bar


async def test_nothing_is_loaded_while_nothing_changes() -> None:
    backend = FakeBackend(rows=rows(3))
    async with opened(backend) as pilot:
        before = len(backend.asked)
        await look(pilot)
        await look(pilot)
        assert len(backend.asked) == before


async def test_sixty_thousand_are_there_at_once_and_fetched_by_pages() -> None:
    backend = FakeBackend(rows=rows(60_000))
    async with opened(backend) as pilot:
        await press(pilot, "end")
        assert "Fråga 59999." in text_on(pilot)
        await press(pilot, "pageup", "home")
        assert "Fråga 0." in text_on(pilot)
    assert sum(asked[1] for asked in backend.asked if asked[0] == "agenda_page") <= 600


async def test_what_is_new_since_the_last_visit_stands_first_by_office(tmp_path: Path) -> None:
    manners = Manners(tmp_path)
    manners.leave("anna", "sqlite:///a", Visit(AT, Seen(1, 1)))
    new = tuple(NewsRow(f"22{n}", f"Kommun {n}", 9 - n, n) for n in range(6))
    backend = FakeBackend(new=new)
    async with opened(backend, manners=manners) as pilot:
        text = text_on(pilot)
        assert re.search(r"Nytt sedan fre 15 okt 2021: 39 nya brev", text)
        assert "Kommun 1             8 nya brev, 1 förslag" in text
        assert "och 2 kontor till" in text
        assert pilot.app.query_one(AgendaList).current == "u2"
        await press(pilot, "up", "enter")
        assert ("office", "223") in backend.asked
    app_of(pilot).leave()
    found = Manners(tmp_path).visit("anna", "sqlite:///a")
    assert found is not None
    assert found.seen == Seen(9, 9)
    assert found.at > AT


async def test_at_a_first_visit_nothing_is_new() -> None:
    async with opened(FakeBackend(new=(NewsRow("2260", "Ånge", 1, 1),))) as pilot:
        assert "Nytt sedan" not in text_on(pilot)


async def test_a_day_without_anything_due_names_what_comes() -> None:
    coming: FollowUpRow = follow_up(state="accepted")
    backend = FakeBackend(rows=[ReminderRow("later", coming)], coming=coming)
    async with opened(backend) as pilot:
        assert "Inget att göra i dag. Nästa: Ånge, tors 21 okt 2021 (v. 42)" in text_on(pilot)


async def test_a_look_is_chosen_in_the_palette_and_kept(tmp_path: Path) -> None:
    async with opened(FakeBackend(), manners=Manners(tmp_path)) as pilot:
        await press(pilot, "ctrl+p")
        await type_(pilot, "hög kontrast")
        await press(pilot, "enter")
        assert pilot.app.theme == CONTRAST.name
        app_of(pilot).choose_theme(LIGHT.name)
    async with opened(FakeBackend(), manners=Manners(tmp_path)) as pilot:
        assert pilot.app.theme == LIGHT.name


async def test_another_key_from_the_file_works_and_is_shown(tmp_path: Path) -> None:
    (tmp_path / "keys.toml").write_text('"follow-ups.done" = "d"\n', encoding="utf-8")
    backend = FakeBackend()
    async with opened(backend, manners=Manners(tmp_path, tmp_path / "keys.toml")) as pilot:
        assert "d Klar" in " ".join(shown(pilot)[-2:])
        await press(pilot, "k")
        assert not [asked for asked in backend.asked if asked[0] == "decide"]
        await press(pilot, "d")
    assert [asked[1].action for asked in backend.asked if asked[0] == "decide"] == ["done"]


async def test_a_key_is_changed_on_the_screen_and_taken_ones_are_refused(tmp_path: Path) -> None:
    manners = Manners(tmp_path, tmp_path / "keys.toml")
    async with opened(FakeBackend(), manners=manners) as pilot:
        await press(pilot, "ctrl+p")
        await type_(pilot, "ändra tangenter")
        await press(pilot, "enter")
        assert "Tangenter" in text_on(pilot)
        await press(pilot, "enter", "b")
        assert "b är upptagen: Bevaka" in text_on(pilot)
        await press(pilot, "enter", "ctrl+b")
        assert "Ctrl+B går inte att nå" in text_on(pilot)
        await press(pilot, "enter", "z")
        assert manners.keymap == {"app.undo": "z"}
        await press(pilot, "delete", "escape")
    assert manners.keymap == {}


async def test_a_broken_file_of_keys_is_a_line_on_the_screen(tmp_path: Path) -> None:
    (tmp_path / "keys.toml").write_text("[", encoding="utf-8")
    async with opened(FakeBackend(), manners=Manners(tmp_path, tmp_path / "keys.toml")) as pilot:
        assert "Filen med tangenter går inte att läsa" in text_on(pilot)


async def test_an_error_is_copied_for_it_support_without_words_of_letters(tmp_path: Path) -> None:
    backend = FakeBackend(failing={"decide": ZeroDivisionError("[/b]\x1b[2J")})
    async with opened(backend, (120, 40), manners=Manners(tmp_path)) as pilot:
        await press(pilot, "b")
        assert "i:\N{NO-BREAK SPACE}Kopiera" in text_on(pilot)
        await press(pilot, "i")
        assert any(toast.message.startswith("Kopierat.") for toast in pilot.app._notifications)
        copied = pilot.app.clipboard
    assert "ZeroDivisionError" in copied
    assert "fakes.py:" in copied
    assert "\x1b" not in copied
    assert (tmp_path / "copied.txt").read_text(encoding="utf-8") == copied


async def test_marked_sentences_are_copied_cleaned() -> None:
    row = replace(FakeBackend().rows[0], follow_up=follow_up(text="Vi \x1b]52;c;x\x07 återkommer.", id="u2"))
    async with opened(FakeBackend(rows=[row])) as pilot:
        await press(pilot, "c")
        assert (
            pilot.app.clipboard
            == "21–31 okt 2021 (v. 42–43), Ånge, Vi ska: ”Vi \ufffd]52;c;x\ufffd återkommer.” – Eva Ek"
        )


async def test_tabs_fit_eighty_columns_and_have_their_digits_where_there_is_room() -> None:
    async with opened(FakeBackend(), (40, 24)) as pilot:
        assert "1 Bevakningar" not in shown(pilot)[0]
    async with opened(FakeBackend(), (120, 24)) as pilot:
        assert "1 Bevakningar" in shown(pilot)[0]


async def test_a_click_on_a_limit_holds_and_lets_go() -> None:
    backend = FakeBackend()
    async with opened(backend) as pilot:
        at = shown(pilot)[2].index("Vi väntar på")
        await pilot.click(offset=(at + 1, 2))
        await quiet(pilot)
        assert "Vi räknar med" not in text_on(pilot)
        await pilot.click(offset=(at + 1, 2))
        await quiet(pilot)
        assert "Vi räknar med" in text_on(pilot)


async def test_an_error_of_the_screen_itself_shows_where_and_nothing_that_it_had_at_hand(
    capsys: pytest.CaptureFixture[str],
) -> None:
    app = AterkomApp(FakeBackend())
    with pytest.raises(ZeroDivisionError):
        await _fail(app)
    told = capsys.readouterr().err
    assert "Skärmen fick avbrytas." in told
    assert "test_frame.py" in told
    assert "hemligt" not in told
    assert app.return_code == 1


async def _fail(app: AterkomApp) -> None:
    async with app.run_test() as pilot:
        await quiet(pilot)
        app.call_later(_divide, "hemligt ord")
        await pilot.pause()


def _divide(secret: str) -> float:
    return len(secret) / 0
