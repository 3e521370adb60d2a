"""Views are made behind the first rows: whoever goes to one waits for nothing, and sees no older state of the store."""

from tests.tui.fakes import FakeBackend
from tests.tui.pilot import SMALL, quiet, text_on, until
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
