"""Whatever a mail holds is shown as text: nothing is obeyed, nothing crashes, nothing in brackets vanishes."""

import unicodedata
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from textual.content import Content

from crm.rows import FollowUpRow, MailboxRow, MessageView, ReminderRow, StoreSummary
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
from tui.screens.follow_ups import FollowUpList, about
from tui.screens.offices import message_line, office_line
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
    rows = FollowUpList()
    rows.put([ReminderRow("due", row)])
    return [
        rows.draw(1, 80),
        about(row),
        office_line(office_row(municipality=one, place=two, step=one), 160),
        message_line(message_row(subject=one, sender=box(two, one))),
    ]


def _view(row: FollowUpRow, one: str, two: str, start: int, end: int) -> MessageView:
    shifted: Any = message_view().mentions[0]
    mention = replace(shifted, start=start, end=end)
    view = message_view(subject=two, body=two + one + two, follow_ups=(row,), mentions=(mention,))
    return replace(view, signature_start=start, date=None, date_text=one)


async def test_a_letter_of_a_megabyte_opens() -> None:
    view = message_view(
        body="ord " * 50_000 + "\n" + "y" * 100_000, mentions=(), follow_ups=(), signature_start=None
    )
    async with opened(FakeBackend(letters=[view])) as pilot:
        await press(pilot, "2")
        assert "ord ord" in "\n".join(shown(pilot))
        assert isinstance(pilot.app, AterkomApp)
