"""A day's tasks as they are done, each with the number of keys that it takes (docs/screen.md says the same)."""

from dataclasses import dataclass, field, replace
from datetime import date

import pytest
from textual.pilot import Pilot

from crm.agenda_rows import Found
from crm.rows.follow_ups import ReminderRow
from tests.tui.fakes import FakeBackend, follow_up, message_row
from tests.tui.pilot import decisions, opened, press, quiet, text_on
from tui.backend import Decision

MONDAY = date(2021, 10, 25)


@dataclass
class Hands:
    """Presses keys and counts them; what is typed as words is counted by its letters."""

    pilot: Pilot[int]
    keys: list[str] = field(default_factory=list)

    async def press(self, *keys: str) -> None:
        for key in keys:
            self.keys.append(key)
            await self.pilot.press(key)
            await quiet(self.pilot)

    async def write(self, text: str) -> None:
        """Words are no keys to be learnt: they are not counted."""
        await self.pilot.press(*("space" if c == " " else c for c in text))
        await quiet(self.pilot)


def proposals(many: int) -> list[ReminderRow]:
    return [
        ReminderRow(
            "soon",
            follow_up(id=f"f{n}", text=f"Vi återkommer om fråga {n}.", assignee="anna" if n == 2 else None),
        )
        for n in range(many)
    ]


async def test_see_what_was_promised_to_ange_accept_it_snooze_another_to_monday() -> None:
    rows = FakeBackend().rows
    backend = FakeBackend(
        rows=[rows[2], replace(rows[0], follow_up=replace(rows[0].follow_up, id="u2"))][::-1]
    )
    async with opened(backend) as pilot:
        hands = Hands(pilot)
        await hands.press("down")
        text = text_on(pilot)
        assert "Ånge" in text
        assert "Vi räknar med att i slutet av oktober 2021 höra av oss om lokalen." in text
        await hands.press("b")
        assert "Bevakas: 1 bevakning." in text_on(pilot)
        await hands.press("home", "s")
        await hands.write("på måndag")
        await hands.press("enter")
        assert "Påminns senare: 1 bevakning, mån 25 okt 2021 (v. 43)." in text_on(pilot)
    assert decisions(backend) == [Decision(("u1",), "accept"), Decision(("u2",), "snooze", until=MONDAY)]
    assert len(hands.keys) == 5


async def test_the_sentence_stands_marked_in_its_letter() -> None:
    async with opened(FakeBackend()) as pilot:
        hands = Hands(pilot)
        await hands.press("down", "down", "enter")
        assert "▸ Åtagande · Vi ska · 21–31 okt 2021 (v. 42–43)" in text_on(pilot)
    assert len(hands.keys) == 3


async def test_a_promise_gets_a_new_date_with_the_reason() -> None:
    backend = FakeBackend()
    async with opened(backend) as pilot:
        hands = Hands(pilot)
        await hands.press("f")
        await hands.write("på måndag")
        await hands.press("enter")
        await hands.write("de bad om mer tid")
        await hands.press("enter")
        assert "Datum ändrat: 1 bevakning, mån 25 okt 2021 (v. 43)." in text_on(pilot)
    assert decisions(backend) == [
        Decision(("u2",), "move", due=(MONDAY, MONDAY), because="de bad om mer tid")
    ]
    assert len(hands.keys) == 3


async def test_three_proposals_are_dismissed_at_once_and_brought_back_at_once() -> None:
    backend = FakeBackend(rows=proposals(5))
    async with opened(backend) as pilot:
        hands = Hands(pilot)
        await hands.press("space", "space", "space", "a")
        assert "Avfärdad: 3 bevakningar." in text_on(pilot)
        assert "Förslag att granska (2)" in text_on(pilot)
        await hands.press("u")
        assert "Ångrat: avfärda. 3 saker är som förut." in text_on(pilot)
        assert "Förslag att granska (5)" in text_on(pilot)
    assert decisions(backend) == [Decision(("f0", "f1", "f2"), "dismiss")]
    assert len(hands.keys) == 5


async def test_an_undo_of_one_names_it() -> None:
    async with opened(FakeBackend(rows=proposals(1))) as pilot:
        hands = Hands(pilot)
        await hands.press("k", "ctrl+z")
        assert "Ångrat: klarmarkera. Som förut: Ånge, ”Vi återkommer om fråga 0.”." in text_on(pilot)


async def test_only_mine_then_those_of_nobody_then_all() -> None:
    backend = FakeBackend(rows=proposals(5))
    async with opened(backend) as pilot:
        hands = Hands(pilot)
        await hands.press("m")
        assert "Förslag att granska (1)" in text_on(pilot)
        assert "fråga 2" in text_on(pilot)
        await hands.press("m")
        assert "Förslag att granska (4)" in text_on(pilot)
        await hands.press("m")
        assert "Förslag att granska (5)" in text_on(pilot)


async def test_limits_that_leave_nothing_say_how_to_go_on() -> None:
    async with opened(FakeBackend(rows=proposals(1))) as pilot:
        await Hands(pilot).press("v", "v")
        assert "Inget här med det här urvalet." in text_on(pilot)


async def test_what_was_closed_by_mistake_is_found_and_reopened() -> None:
    backend = FakeBackend(rows=proposals(2))
    async with opened(backend) as pilot:
        hands = Hands(pilot)
        await hands.press("k", "g")
        assert "Avslutade (1)" in text_on(pilot)
        await hands.press("o")
        assert "Öppnad igen: 1 bevakning." in text_on(pilot)
        await hands.press("g")
        assert "fråga 0" in text_on(pilot)
    assert len(hands.keys) == 4


async def test_it_is_mine_in_two_keys() -> None:
    backend = FakeBackend()
    async with opened(backend) as pilot:
        hands = Hands(pilot)
        await hands.press("t", "enter")
        assert "Tilldelad: 1 bevakning, anna." in text_on(pilot)
    assert decisions(backend) == [Decision(("u2",), "assign", who="anna")]


async def test_ange_is_found_from_anywhere_by_a_key_after_its_name() -> None:
    backend = FakeBackend()
    async with opened(backend) as pilot:
        hands = Hands(pilot)
        await hands.press("6", "ctrl+p")
        await hands.write("ange")
        await hands.press("enter")
        assert "Senaste kontakt" in text_on(pilot)
    assert ("office", "o1") in backend.asked
    assert len(hands.keys) == 3


@pytest.mark.parametrize("view", "1234567")
async def test_from_any_view_a_name_or_a_number_opens_a_page_in_two_keys(view: str) -> None:
    known = [Found("person", "p1", "Eva Ek", "0690-250100")]
    for words, opened_ in (("ange", ("office", "o1")), ("0690-250100", ("contact", "p1"))):
        backend = FakeBackend(known=known)
        async with opened(backend) as pilot:
            await press(pilot, view)
            hands = Hands(pilot)
            await hands.press("ctrl+p")
            await hands.write(words)
            await hands.press("enter")
            assert "Senaste kontakt" in text_on(pilot)
        assert opened_ in backend.asked
        assert len(hands.keys) == 2


async def test_a_caller_from_ange_is_answered_the_call_noted_and_the_old_promise_moved() -> None:
    backend = FakeBackend()
    async with opened(backend) as pilot:
        hands = Hands(pilot)
        await hands.press("ctrl+p")
        await hands.write("ange")
        await hands.press("enter")
        text = text_on(pilot)
        assert "Senaste kontakt: mån 14 juni 2021" in text
        assert text.index("Vi räknar med att i slutet av oktober") < text.index("Vi väntar på (1)")
        await hands.press("n")
        await hands.write("Karin frågade om lokalen")
        await hands.press("enter", "t", "enter")
        assert "Antecknat: Telefonsamtal" in text_on(pilot)
        await hands.press("f")
        await hands.write("på måndag")
        await hands.press("enter")
        await hands.write("hyresvärden dröjer")
        await hands.press("enter")
        assert "Datum ändrat: 1 bevakning, mån 25 okt 2021 (v. 43)." in text_on(pilot)
    assert ("add_note", "Karin frågade om lokalen", "call", "o1", None) in backend.asked
    assert decisions(backend) == [
        Decision(("u1",), "move", due=(MONDAY, MONDAY), because="hyresvärden dröjer")
    ]
    assert len(hands.keys) == 9


async def test_every_mail_about_premises_in_filipstad_before_november() -> None:
    backend = FakeBackend(found=[message_row(subject="Lokal på Hantverksgatan", offices=("1782",))])
    async with opened(backend) as pilot:
        hands = Hands(pilot)
        await hands.press("slash")
        await hands.write("lokal kontor")
        await pilot.press("colon")
        await hands.write("filipstad före")
        await pilot.press("colon")
        await hands.write("november")
        await hands.press("enter")
        assert "Lokal på Hantverksgatan" in text_on(pilot)
    assert ("search", "lokal kontor:filipstad före:november", 50) in backend.asked
    assert len(hands.keys) == 2


async def test_a_phone_number_leads_to_whoever_has_it() -> None:
    known = [Found("person", "p3", "Karin Ståhl", "0690-250100")]
    backend = FakeBackend(known=known)
    async with opened(backend) as pilot:
        opened_: list[str] = []

        async def open_contact(name: str) -> None:
            opened_.append(name)

        setattr(pilot.app, "open_contact", open_contact)  # noqa: B010 - a method, watched
        hands = Hands(pilot)
        await hands.press("colon")
        await hands.write("0690-250100")
        await hands.press("enter")
    assert opened_ == ["p3"]
    assert len(hands.keys) == 2
