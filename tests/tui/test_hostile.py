"""Whatever a mail holds is shown as text: nothing is obeyed, nothing crashes, nothing in brackets vanishes."""

import asyncio
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.content import Content

from crm.agenda_rows import Found, NewsRow, Seen
from crm.rows.accounts import StoreSummary
from crm.rows.follow_ups import FollowUpRow, ReminderRow
from crm.rows.people import MailboxRow
from crm.rows.reading_pane import MessageView
from tests.tui.fakes import (
    FakeBackend,
    box,
    follow_up,
    message_row,
    message_view,
    office_row,
    thread_row,
)
from tests.tui.pilot import opened, press, shown, type_
from tui.app import AterkomApp
from tui.manners import Manners, Visit
from tui.screens.offices import message_line, office_line
from tui.widgets.about import about
from tui.widgets.agenda import row_line
from tui.widgets.letter import letter

NASTY = [
    "\x1b[31m\x1b[2J\x1b]0;titel\x07",
    "\x1b]52;c;aGVqIGhlag==\x07",
    "\x9b31m\x90q\x9c",
    "\u202ekcab\u202c \u2066iso\u2069 \u200f",
    "[/foo]",
    "[@click=app.quit]tryck här[/]",
    "[SSC-123] [bold]x[/bold] [$primary]",
    "\udc80\ud800",
    "a\r\nb\rc\x00d\x0be\x85f",
    "\u200b\u2060\ufeff\u00ad",
    "=HYPERLINK(1) \\[ ${7*7} {0} %s",
    "𝔘𝔫𝔦 👩‍👩‍👧 ｆｕｌｌ　ｂｒｅｄｄ " + "e" + "\u0301" * 60,
    "x" * 5000,
]
KEPT = "[SSC-123] [/foo] [@click=app.quit]"
OBEYED = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def hostile(nasty: str) -> FakeBackend:
    """Every field of every row holds `nasty`, and a subject that looks like markup."""
    text = f"{KEPT} {nasty}"
    who = MailboxRow(text, text, text)
    row = follow_up(
        text=text, office_name=text, sender=text, who=text, rule=text, assignee=text, decided_by=text
    )
    view = message_view(
        subject=text, sender=who, to=(who,), cc=(who,), body=f"{text}\n{text}", problems=(text,), date_text=text,
        signature_start=3, follow_ups=(row,), kind=text,
    )  # fmt: skip
    links = tuple(replace(link, office_name=text, reason=text) for link in view.links)
    documents = tuple(replace(a, filename=text) for a in view.attachments)
    view = replace(view, links=links, attachments=documents)
    return FakeBackend(
        summary=StoreSummary(1, 1, 1, 1, None, {"account": text, "kind": text, "host": text}),
        rows=[ReminderRow("due", row), ReminderRow("soon", replace(row, id="u2"))],
        threads=[thread_row(subject=text, last_sender=text, waiting=text)],
        letters=[replace(view, id="m1", depth=0), view],
        office_rows=[office_row(municipality=text, place=text, owner=text, step=text)],
        found=[message_row(subject=text, sender=who, snippet=text)],
    )


def obeyed(lines: list[str]) -> set[str]:
    return {c for text in lines for c in text if unicodedata.category(c) in OBEYED}


@pytest.mark.parametrize("nasty", NASTY, ids=range(len(NASTY)))
async def test_every_view_shows_hostile_text_as_text(nasty: str) -> None:
    async with opened(hostile(nasty), (160, 50)) as pilot:
        seen = shown(pilot)
        for keys in (("enter",), ("escape", "2"), ("enter",), ("3",), ("enter",), ("escape", "6")):
            await press(pilot, *keys)
            seen += shown(pilot)
        await type_(pilot, "x")
        await press(pilot, "enter")
        seen += shown(pilot)
        assert pilot.app.is_running
    assert not obeyed(seen)
    assert sum("[SSC-123]" in text for text in seen) >= 8
    assert any("[@click=app.quit]" in text for text in seen)


@pytest.mark.parametrize("nasty", NASTY, ids=range(len(NASTY)))
async def test_palette_and_notices_show_hostile_text_as_text(nasty: str) -> None:
    backend = hostile(nasty)
    backend.failing = {"decide": ValueError(f"{KEPT} {nasty}")}
    async with opened(backend, (120, 40)) as pilot:
        await press(pilot, "b")
        seen = shown(pilot)
        await press(pilot, "ctrl+p")
        await type_(pilot, "ssc")
        seen += shown(pilot)
    assert not obeyed(seen)
    assert sum("[SSC-123]" in text for text in seen) >= 2


async def test_a_click_on_foreign_text_is_no_action() -> None:
    async with opened(hostile("[@click=app.quit]tryck[/]")) as pilot:
        for y in range(2, 22):
            await pilot.click(offset=(50, y))
        assert pilot.app.is_running
        assert pilot.app.return_code is None


TEXT = st.text(st.characters(exclude_categories=()), max_size=120)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXT, TEXT, st.integers(0, 130), st.integers(0, 130))
def test_lines_and_letters_of_any_text(one: str, two: str, start: int, end: int) -> None:
    row = follow_up(text=one, office_name=two, sender=one, who=two, rule=one)
    for made in (*_lines(row, one, two), letter(_view(row, one, two, start, end), one).content):
        assert not obeyed(made.plain.split("\n"))


def _lines(row: FollowUpRow, one: str, two: str) -> list[Content]:
    return [
        row_line(row, 80),
        row_line(row, 160, marked=True),
        about(row),
        office_line(office_row(municipality=one, place=two, step=one), 160),
        message_line(message_row(subject=one, sender=box(two, one))),
    ]


def _view(row: FollowUpRow, one: str, two: str, start: int, end: int) -> MessageView:
    shifted: Any = message_view().mentions[0]
    mention = replace(shifted, start=start, end=end)
    view = message_view(subject=two, body=two + one + two, follow_ups=(row,), mentions=(mention,))
    return replace(view, signature_start=start, date=None, date_text=one)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXT, TEXT, st.sampled_from([(80, 24), (160, 50)]))
def test_the_home_view_draws_any_text(one: str, two: str, size: tuple[int, int]) -> None:
    """Every line of the whole screen, with the text in the list, in what is new, at the top and in a question."""

    async def draw() -> list[str]:
        async with opened(_home(one, two), size, manners=_been_here()) as pilot:
            seen = shown(pilot)
            for keys in (("down",), ("t",), ("escape", "k"), ("u",), ("ctrl+p", "a")):
                await press(pilot, *keys)
                seen += shown(pilot)
            assert pilot.app.is_running
        return seen

    seen = asyncio.run(draw())
    assert not obeyed(seen)
    assert {len(text) <= size[0] or cell_len(text) == size[0] for text in seen} == {True}


def _home(one: str, two: str) -> FakeBackend:
    row = follow_up(text=one, office_name=two, sender=one, who=two, rule=one, assignee=two, decided_by=one)
    return FakeBackend(
        summary=StoreSummary(1, 1, 1, 1, None, {"account": one, "kind": two, "host": one}),
        rows=[ReminderRow("due", row), ReminderRow("soon", replace(row, id="u2", state="accepted"))],
        new=(NewsRow("1", one, 1, 1), NewsRow(None, None, 1, 0)),
        known=[Found("person", "p1", f"a{one}", two), Found("organisation", "o1", f"a{two}", one)],
        found=[message_row(subject=one, sender=box(two, one))],
    )


def _been_here() -> Manners:
    manners = Manners()
    manners.leave("anna", "sqlite:///a", Visit(datetime(2021, 10, 1, tzinfo=UTC), Seen(1, 1)))
    return manners


async def test_a_letter_of_a_megabyte_opens() -> None:
    view = message_view(
        body="ord " * 50_000 + "\n" + "y" * 100_000, mentions=(), follow_ups=(), signature_start=None
    )
    async with opened(FakeBackend(letters=[view])) as pilot:
        await press(pilot, "2")
        assert "ord ord" in "\n".join(shown(pilot))
        assert isinstance(pilot.app, AterkomApp)
