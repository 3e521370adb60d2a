"""What those met who walked through the screen for the first time: a mailbox set up, keys of one's own, things joined."""

from dataclasses import replace
from pathlib import Path

from textual.widgets import Input

from crm.rows.accounts import StoreSummary
from crm.rows.offices import OfficeChangeRow
from ingest.errors import SignInRefused, TlsRefused
from tests.tui.fakes import TODAY, FakeBackend, thread_row
from tests.tui.pilot import LARGE, on, opened, press, quiet, shown, text_on, type_
from tui.app import AterkomApp
from tui.backend_mail import Tried
from tui.backend_search import Nothing
from tui.manners import Manners
from tui.screens.office_page import OfficePage
from tui.screens.search import said_of_nothing
from tui.screens.setup import SetupScreen


async def test_a_mailbox_is_set_up_with_a_typed_password_and_an_authority_of_ones_own() -> None:
    backend = FakeBackend(summary=StoreSummary(0, 0, 0, 0, None), boxes=[])
    backend.tried = Tried((("Arkiv", 9), ("Skickat", 2), ("INBOX", 38)), "Skickat")
    backend.failing["try_mailbox"] = TlsRefused(host="imap.ssc.example", reason="self-signed")
    async with opened(backend) as pilot:
        await press(pilot, "enter")
        await type_(pilot, "imap.ssc.example")
        await press(pilot, "enter")
        await type_(pilot, "diariet")
        await press(pilot, "enter", "enter", "enter", "enter")
        assert "Lösenordet för diariet" in text_on(pilot)
        await type_(pilot, "hemligt")
        assert "hemligt" not in text_on(pilot)
        await press(pilot, "enter")
        assert "fältet ”Utfärdarens fil”" in " ".join(text_on(pilot).split())
        assert "--ca-file" not in text_on(pilot)
        assert pilot.app.focused is pilot.app.screen.query_one("#ca_file", Input)
        backend.failing["try_mailbox"] = SignInRefused(host="imap.ssc.example", user="diariet")
        await type_(pilot, "ca.pem")
        await press(pilot, "enter", "enter")
        assert pilot.app.focused is pilot.app.screen.query_one("#secret", Input)
        del backend.failing["try_mailbox"]
        await press(pilot, "enter", "enter", "enter", "enter")
        await type_(pilot, "rätt")
        await press(pilot, "enter")
        folders = [row.split()[1] for row in shown(pilot) if row.strip().startswith(("□", "■"))]
        assert folders == ["INBOX", "Skickat", "Arkiv"]
        await press(pilot, "1")
        assert not on(pilot, SetupScreen)
    assert [asked for asked in backend.asked if "password" in asked[0]] == [
        ("keep_password", 7),
        ("forget_password", "file:/home/anna/password"),
        ("keep_password", 4),
        ("forget_password", "file:/home/anna/password"),  # no mailbox came of it
    ]
    tried = [asked[1] for asked in backend.asked if asked[0] == "try_mailbox"]
    assert [each.get("ca_file") for each in tried] == [None, "ca.pem", "ca.pem"]
    assert {each["secret"] for each in tried} == {"file:/home/anna/password"}


async def test_what_came_shows_in_the_view_one_has_gone_to() -> None:
    backend = FakeBackend(summary=StoreSummary(1, 0, 0, 0, None))
    async with opened(backend) as pilot:
        app = pilot.app
        assert isinstance(app, AterkomApp)
        app.is_fetching = True
        app.home.load()
        await quiet(pilot)
        assert "Din e-post hämtas och läses" in text_on(pilot)
        app.is_fetching = False
        backend.summary = StoreSummary(1, 267, 0, 3, None)
        await press(pilot, "7", "h", "1")
        assert "Din e-post" not in text_on(pilot)
        assert "Förslag att granska" in text_on(pilot)


async def test_of_the_file_of_keys_what_cannot_be_had_is_named_and_left_out(tmp_path: Path) -> None:
    file = tmp_path / "keys.toml"
    file.write_text(
        '"follow-ups.done" = "b"\n"follow-ups.snooze" = "at"\n"no.such" = "x"\n"app.undo" = "z"\n', encoding="utf-8"
    )  # fmt: skip
    backend = FakeBackend()
    async with opened(backend, manners=Manners(tmp_path, file)) as pilot:
        said = " ".join(text_on(pilot).split())
        assert "Ur filen med tangenter används inte: follow-ups.done = b, follow-ups.snooze = at, no.such = x." in said  # fmt: skip
        assert "k Klar" in text_on(pilot)
        assert "z Ångra" in text_on(pilot)
        await press(pilot, "b")
        await press(pilot, "z", "z")
        assert "har inget att ångra." in text_on(pilot)
        assert "it-stöd" not in text_on(pilot)
    assert [asked[1].action for asked in backend.asked if asked[0] == "decide"] == ["accept"]


async def test_after_joining_the_pane_beside_the_list_reads_a_thread_that_is_there() -> None:
    backend = FakeBackend(threads=[thread_row(id=f"t{number}") for number in (1, 2, 3)])
    async with opened(backend, LARGE) as pilot:
        await press(pilot, "2", "space", "down")
        backend.threads = [backend.threads[0]]
        backend.asked.clear()
        await press(pilot, "j")
        assert "De är en tråd nu" in text_on(pilot)
    read = [asked[1] for asked in backend.asked if asked[0] == "thread_part"]
    assert set(read) == {"t1"}


def test_what_was_not_known_and_still_is_not_is_no_change_of_an_office() -> None:
    story = FakeBackend().office_story("o1")
    told = OfficeChangeRow(TODAY, "aterkom", "vulnerable_area", "unknown", None, None, None, "2021-05-27")
    known = replace(told, after="required")
    view = replace(story.view, history=(told, known))
    page = OfficePage()
    page.put(replace(story, view=view), TODAY)
    changes = [row.content.plain for row in page.lines if "Socialt utsatt område:" in row.content.plain]
    assert len(changes) == 1


def test_where_there_is_no_letter_the_search_says_how_to_get_some() -> None:
    (said,) = said_of_nothing(Nothing((), None, ()))
    assert said.startswith("Inga brev än.")
