"""What is done every day with mail, people and mailboxes, with the number of keys that each takes."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from crm.rows.accounts import StoreSummary
from tests.tui.fakes import FakeBackend, message_row, office_row, thread_row
from tests.tui.fakes_mail import account_row, mailbox_view, person_row
from tests.tui.pilot import SIZES, on, opened, press, quiet, shown, text_on, type_
from tui.fetching import Fetched
from tui.screens.documents import DocumentsScreen
from tui.screens.links import LinksScreen
from tui.screens.mail import ThreadList
from tui.screens.mailboxes import for_support
from tui.screens.setup import SetupScreen
from tui.widgets.paged import FIRST

TALL = (80, 100)  # of whole pages few


async def keys(pilot: Pilot[int], pressed: Sequence[str], at_most: int) -> None:
    """Presses them; a story that takes more is another story."""
    assert len(pressed) <= at_most
    await press(pilot, *pressed)


def asked(backend: FakeBackend, *names: str) -> list[tuple[object, ...]]:
    return [each for each in backend.asked if each[0] in names]


def two_offices() -> FakeBackend:
    rows = [office_row(), office_row(id="k2", municipality="Filipstad", place="Filipstad", code="1782")]
    return FakeBackend(office_rows=rows)


async def test_the_end_of_a_long_list_is_that_of_the_whole_list() -> None:
    backend = FakeBackend(threads=[thread_row(id=f"t{n}") for n in range(1, FIRST + 300)])
    async with opened(backend) as pilot:
        await pilot.press("2", "end")
        await quiet(pilot)
        threads = pilot.app.query_one(ThreadList)
        assert threads.current == FIRST + 299
        assert threads.count() == FIRST


async def test_from_the_end_the_list_grows_as_far_as_one_goes_and_home_leads_back() -> None:
    backend = FakeBackend(threads=[thread_row(id=f"t{n}") for n in range(1, 4 * FIRST)])
    async with opened(backend, TALL) as pilot:
        await pilot.press("2", "end")
        await quiet(pilot)
        threads = pilot.app.query_one(ThreadList)
        while threads.count() == FIRST:
            await pilot.press("pageup")
            await quiet(pilot)
        here = threads.current
        assert isinstance(here, int)
        assert 3 * FIRST < here < 4 * FIRST
        assert list(threads.ids) == list(range(2 * FIRST, 4 * FIRST))
        await pilot.press("home")
        await quiet(pilot)
        assert (threads.current, threads.count()) == (1, FIRST)


async def test_whoever_goes_down_comes_to_every_row_and_marks_stay() -> None:
    backend = FakeBackend(threads=[thread_row(id=f"t{n}") for n in range(1, 3 * FIRST)])
    async with opened(backend, TALL) as pilot:
        await pilot.press("2")
        await quiet(pilot)
        await pilot.press("space")
        threads = pilot.app.query_one(ThreadList)
        seen = [str(threads.current).zfill(5)]
        for _ in range(3 * FIRST):
            await pilot.press("pagedown")
            await quiet(pilot)
            here = str(threads.current).zfill(5)
            if seen[-1] == here:
                break
            seen.append(here)
        assert threads.current == 3 * FIRST - 1
        assert seen == sorted(seen)
        assert threads.marks == {1}


async def test_a_wrong_link_is_put_right_and_that_undone() -> None:
    backend = two_offices()
    async with opened(backend) as pilot:
        await keys(pilot, ("2", "enter", "l", "enter", "slash", "f", "i", "enter", "enter"), 9)
        assert on(pilot, LinksScreen)
        assert asked(backend, "unlink", "link") == [("unlink", "m2", "o1"), ("link", "m2", "k2")]
        assert "✓ Filipstad" in text_on(pilot)
        assert "beslutat av en person (anna)" in text_on(pilot)
        await keys(pilot, ("u", "u", "escape"), 3)
        assert [link.office for view in backend.letters for link in view.links] == ["2260", "2260"]
        assert "Ånge · Säkert · en adress i brevet är deras" in text_on(pilot)


async def test_the_letter_in_sight_is_worked_on_from_the_list_but_never_for_marked_threads() -> None:
    async with opened(FakeBackend()) as pilot:
        await press(pilot, "2", "l")
        assert on(pilot, LinksScreen)
        await press(pilot, "escape", "space", "x")
        assert "Det här görs med ett brev i taget" in text_on(pilot)
        assert len(pilot.app.screen_stack) == 1


async def test_why_a_letter_belongs_to_an_office_is_said() -> None:
    async with opened(two_offices()) as pilot:
        await keys(pilot, ("2", "enter", "l"), 3)
        assert "en adress i brevet är deras" in text_on(pilot)


async def test_what_ange_wrote_is_found_and_its_attachments_listed(tmp_path: Path) -> None:
    backend = FakeBackend(found=[message_row()])
    async with opened(backend) as pilot:
        await keys(pilot, ("slash", "å", "n", "g", "e", "enter", "enter", "d"), 8)
        assert on(pilot, DocumentsScreen)
        assert "karta.pdf" in text_on(pilot)
        await press(pilot, "o")
        assert "Spara det först" in text_on(pilot)
        await press(pilot, "enter")
        await type_(pilot, str(tmp_path))
        await press(pilot, "enter")
        assert asked(backend, "save_document") == [("save_document", "m2", 1, tmp_path)]
        assert "Sparat:" in text_on(pilot)


async def test_two_contacts_are_made_one_and_that_undone() -> None:
    backend = FakeBackend()
    async with opened(backend) as pilot:
        await keys(pilot, ("4", "d", "j"), 3)
        assert asked(backend, "merge_contacts") == [("merge_contacts", "p1", "p2")]
        assert "Ingen verkar finnas två gånger" in text_on(pilot)
        await keys(pilot, ("u",), 1)
        assert "Eva Eek" in text_on(pilot)


async def test_an_answer_becomes_a_draft(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.screens.acting.open_file", lambda _path: False)
    backend = FakeBackend()
    async with opened(backend, (160, 50)) as pilot:
        await keys(pilot, ("2", "enter", "r"), 3)
        ((_name, _answer, subject, body),) = asked(backend, "save_draft")
        assert subject == "SV: Servicekontor i Ånge"
        assert isinstance(body, str)
        assert "Eva Ek skrev den 14 juni 2021:\n> Vi räknar med att" in body
        assert "Utkastet ligger i /home/anna/utkast/SV.eml (kopierat)" in text_on(pilot)
        assert pilot.app.clipboard == "/home/anna/utkast/SV.eml"


async def test_an_office_named_in_a_letter_is_opened_from_there() -> None:
    backend = FakeBackend()
    async with opened(backend) as pilot:
        letters = [replace(view, mentions=view.mentions[:1]) for view in backend.letters]
        backend.letters = [
            replace(v, mentions=tuple(replace(m, name="2260") for m in v.mentions)) for v in letters
        ]
        await keys(pilot, ("2", "enter", "right", "enter"), 4)
        assert "Senaste kontakt" in text_on(pilot)
    assert ("office", "o1") in backend.asked


async def test_a_person_opens_and_a_number_is_copied() -> None:
    backend = FakeBackend()
    async with opened(backend) as pilot:
        await press(pilot, "2", "enter", *["right"] * 3, "enter")
        assert pilot.app.clipboard == "0690-25 01 00"
        assert "Kopierat: 0690-25 01 00" in text_on(pilot)
        await press(pilot, "right", "enter")
        assert ("contact_named", "Eva Ek") in backend.asked
        assert "Kanslichef" in text_on(pilot)


async def test_messages_and_threads_are_stepped_through_without_going_back() -> None:
    backend = FakeBackend(threads=[thread_row(id=f"t{n}", subject=f"Ärende {n}") for n in range(3)])
    async with opened(backend) as pilot:
        await press(pilot, "2", "enter", "comma")
        assert "(Inga egna ord.)" in text_on(pilot)
        await press(pilot, "greater_than_sign", "greater_than_sign", "less_than_sign")
    assert [each[1] for each in asked(backend, "thread_part")] == ["t0", "t1", "t2", "t1"]


async def test_quotes_unfold() -> None:
    async with opened(FakeBackend(), (160, 50)) as pilot:
        await press(pilot, "2", "enter", "comma")
        assert "Hej Karin" not in text_on(pilot)
        await press(pilot, "c")
        assert "Hej Karin" in text_on(pilot)


async def test_a_long_thread_says_how_much_of_it_is_here() -> None:
    backend = FakeBackend(total=1_234)
    async with opened(backend, (160, 50)) as pilot:
        await press(pilot, "2")
        assert "1–2 av 1\u202f234 meddelanden. Enter: nästa" in text_on(pilot)
        await press(pilot, "tab", "end", "enter")
    assert asked(backend, "thread_part")[-1] == ("thread_part", "t1", 2)


async def test_marked_threads_become_one_and_a_letter_a_thread_of_its_own() -> None:
    backend = FakeBackend(threads=[thread_row(id=f"t{n}") for n in (7, 8, 9)])
    async with opened(backend) as pilot:
        await press(pilot, "2", "space", "space", "j")
        assert [set(each[1]) for each in asked(backend, "join_threads")] == [{"t7", "t8", "t9"}]  # type: ignore[call-overload]
        assert "Ångra med u." in text_on(pilot)
        await press(pilot, "u", "enter", "e")
    assert len(asked(backend, "undo")) == 1
    assert asked(backend, "split_thread") == [("split_thread", "m2")]


@SIZES
async def test_contacts_are_filtered_and_opened(size: tuple[int, int]) -> None:
    backend = FakeBackend()
    async with opened(backend, size) as pilot:
        await press(pilot, "4", "f")
        await type_(pilot, "nils")
        await press(pilot, "enter", "enter")
        assert "Nils Åkerlund" in text_on(pilot)
        assert asked(backend, "contact") == [("contact", "p3")]
        await press(pilot, "escape", "o")
        assert asked(backend, "contact_ids")[-1][1] == "organisation"


async def test_a_hundred_thousand_contacts_are_asked_for_by_pages() -> None:
    backend = FakeBackend(people=[person_row(id=f"p{n}", name=f"Person {n}") for n in range(100_000)])
    async with opened(backend) as pilot:
        await press(pilot, "4", "end")
        assert "Person 99999" in text_on(pilot)
    assert sum(int(str(each[2])) for each in asked(backend, "contact_page")) <= 400


async def test_mail_is_fetched_and_what_it_came_to_said() -> None:
    backend = FakeBackend()
    async with opened(backend) as pilot:
        await keys(pilot, ("7", "h"), 2)
        assert "4 nya brev." in text_on(pilot)
        assert "INBOX" in text_on(pilot)
    assert asked(backend, "fetch") == [("fetch", ())]
    assert backend.asked[-1] == ("stop_fetching",)  # when the screen ends, so does the fetch


async def test_what_kept_a_mailbox_from_being_fetched_is_said_and_copied_without_its_password() -> None:
    problem = {"kind": "SignInRefused", "host": "imap.ssc.example", "user": "registrator@ssc.example"}
    backend = FakeBackend(
        boxes=[mailbox_view(state="problem", problem=problem)], outcome=Fetched(errors=["registrator: nej"])
    )
    async with opened(backend) as pilot:
        await press(pilot, "7")
        assert "vägrar inloggningen" in text_on(pilot) or "nekade" in text_on(pilot)
        await press(pilot, "c")
        assert "imap.ssc.example:993" in pilot.app.clipboard
        await press(pilot, "h")
        assert "! registrator: nej" in text_on(pilot)
    assert "secret" not in for_support(account_row(problem=problem))


async def test_a_fetch_that_fails_is_a_line_and_the_next_one_can_begin() -> None:
    backend = FakeBackend(failing={"fetch": OSError("nej")})
    async with opened(backend) as pilot:
        await press(pilot, "7", "h")
        assert "! " in text_on(pilot)
        backend.failing.clear()
        await press(pilot, "h")
        assert "4 nya brev." in text_on(pilot)


async def test_mails_that_could_not_be_read_are_listed_with_the_reason() -> None:
    row = message_row(id="m9", status="quarantined", problems=("limit-size: 60 MB",))
    backend = FakeBackend(unreadable=[row])
    async with opened(backend) as pilot:
        await press(pilot, "7", "end", "enter")
    assert ("chain", "m9") in backend.asked


async def test_a_mailbox_is_set_up_tested_and_fetched() -> None:
    backend = FakeBackend(summary=StoreSummary(0, 0, 0, 0, None), boxes=[])
    async with opened(backend) as pilot:
        await press(pilot, "7")
        assert "lägger upp en brevlåda" in text_on(pilot)
        await press(pilot, "l")
        assert on(pilot, SetupScreen)
        await press(pilot, "enter", "enter", "enter", "enter", "enter")
        assert "Server saknas." in text_on(pilot)
        for name, text in (
            ("host", "imap.ssc.example:1993"),
            ("user", "diariet@ssc.example"),
            ("secret", "env:X"),
        ):
            pilot.app.screen.query_one(f"#{name}", Input).value = text
        pilot.app.screen.query_one("#name", Input).focus()
        await press(pilot, "enter")
        assert "■ INBOX" in text_on(pilot)
        assert "□ Arkiv" in text_on(pilot)
        await press(pilot, "enter")
        await quiet(pilot)
        assert not on(pilot, SetupScreen)
        assert "4 nya brev." in text_on(pilot)
    ((_name, given),) = asked(backend, "add_mailbox")
    assert isinstance(given, dict)
    assert given == {
        "host": "imap.ssc.example",
        "port": 1993,
        "user": "diariet@ssc.example",
        "secret": "env:X",
        "security": "tls",
        "name": "diariet",
        "folders": ("INBOX", "Skickat"),
    }
    assert asked(backend, "fetch") == [("fetch", ("diariet",))]


@SIZES
async def test_no_line_of_the_new_views_is_cut_or_too_long(size: tuple[int, int]) -> None:
    async with opened(FakeBackend(), size) as pilot:
        for pressed in ("4", "enter", "d", "7", "l"):
            await press(pilot, pressed)
            lines = shown(pilot)
            assert len(lines) == size[1]
            assert {len(text) for text in lines} == {size[0]}


async def test_where_a_mailbox_is_set_up_only_ones_name_is_asked() -> None:
    backend = FakeBackend(asks_who=True)
    async with opened(backend) as pilot:
        assert "Vem är du?" in text_on(pilot)
        await type_(pilot, "Anna")
        await press(pilot, "enter")
        assert "Vem är du?" not in text_on(pilot)
    assert asked(backend, "remember_who") == [("remember_who", "Anna")]


async def test_the_palette_sets_up_a_mailbox() -> None:
    async with opened(FakeBackend()) as pilot:
        await press(pilot, "ctrl+p")
        await type_(pilot, "lägg upp")
        await press(pilot, "enter")
        assert on(pilot, SetupScreen)


async def test_an_empty_store_begins_with_the_assistant_and_every_other_key_works() -> None:
    backend = FakeBackend(summary=StoreSummary(0, 0, 0, 0, None), boxes=[])
    async with opened(backend) as pilot:
        assert "Enter  lägger upp en brevlåda" in text_on(pilot)
        await press(pilot, "3", "1", "down", "enter")
        assert on(pilot, SetupScreen)
        await press(pilot, "escape", "q")
        assert pilot.app.return_code == 0


async def test_a_mailbox_without_a_letter_is_fetched_by_enter() -> None:
    backend = FakeBackend(summary=StoreSummary(1, 0, 0, 0, None), rows=[])
    async with opened(backend) as pilot:
        assert "Enter  hämtar dina brev nu." in text_on(pilot)
        await press(pilot, "enter")
        assert "4 nya brev." in text_on(pilot)
    assert asked(backend, "fetch") == [("fetch", ())]
