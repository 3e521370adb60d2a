"""For the impatient: views are made behind the first rows, and what is typed ahead means what it would have meant later."""

from threading import Event

from textual.command import CommandPalette

from crm.agenda_rows import Found
from tests.tui.fakes import FakeBackend
from tests.tui.pilot import SMALL, opened, quiet, text_on, until
from tui.app import AterkomApp
from tui.views import VIEWS


def asked(backend: FakeBackend, name: str) -> int:
    return sum(each[0] == name for each in backend.asked)


async def test_a_view_is_there_before_it_is_asked_for_and_asks_again_when_the_store_has_changed() -> None:
    backend = FakeBackend()
    app = AterkomApp(backend, is_ahead=True)
    async with app.run_test(size=SMALL) as pilot:
        await until(pilot, lambda: len(app.home.query_one("#views").children) == len(VIEWS))
        await quiet(pilot)
        assert app.focused is not None
        assert app.focused.id == "list"  # the cursor stays where it was
        assert asked(backend, "mailboxes") == asked(backend, "queue_ids") == 1
        await pilot.press("7")
        assert "registrator" in text_on(pilot)
        backend.state = "2"
        await pilot.press("5")
        await until(pilot, lambda: asked(backend, "queue_ids") == 2)
        await pilot.press("7")
        await until(pilot, lambda: asked(backend, "mailboxes") == 2)
    assert (asked(backend, "queue_ids"), asked(backend, "mailboxes")) == (2, 2)


async def test_what_could_not_be_loaded_is_asked_for_anew_when_one_comes_back() -> None:
    backend = FakeBackend(failing={"queue_ids": OSError("the store is away")})
    app = AterkomApp(backend)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await pilot.press("5")
        await quiet(pilot)
        assert "the store is away" in text_on(pilot)
        backend.failing.clear()
        await pilot.press("1")
        await quiet(pilot)
        await pilot.press("5")
        await until(pilot, lambda: asked(backend, "queue_ids") == 2)
    assert asked(backend, "queue_ids") == 2


class Slow(FakeBackend):
    """Finds something when it may."""

    may = Event()

    def find(self, text: str) -> list[Found]:
        assert self.may.wait(30)
        return super().find(text)


async def test_enter_in_the_palette_opens_what_was_typed_and_not_what_stood_there_before_it_was_found() -> (
    None
):
    backend = Slow()
    async with opened(backend) as pilot:
        await pilot.press("ctrl+p", *"ange", "enter")
        assert isinstance(pilot.app.screen, CommandPalette)
        backend.may.set()
        await until(pilot, lambda: not isinstance(pilot.app.screen, CommandPalette))
        await quiet(pilot)
        assert "Ånge  2260" in text_on(pilot)
