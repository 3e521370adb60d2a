"""A promise's life: proposed, judged, moved, put off, taken back; and what a day's list says of it."""

import pytest

from tests.integration.commands import Machine, said_once
from tests.mails import mail

RITNINGAR, BESKED, AVTAL = "ritningarna", "kontoret i Filipstad", "avtalet"
MARCH, ONE_DAY, ASKED, LAPSED = "mars 2022", "inom kort", "Kan ni", "underlaget"


def number_of(machine: Machine, words: str) -> str:
    """The id of the follow-up whose sentence holds these words."""
    (found,) = [row["id"] for row in machine("follow-ups", "--json").rows if words in row["text"]]
    return str(found)


def buckets(machine: Machine, *words: str) -> dict[str, str]:
    """Sentence to bucket."""
    return {row["text"]: row["bucket"] for row in machine("reminders", "--json", *words).rows}


def in_bucket(machine: Machine, words: str, *options: str) -> str | None:
    """The bucket of one, None where the day's list leaves it out."""
    return next((found for text, found in buckets(machine, *options).items() if words in text), None)


@pytest.mark.parametrize(
    ("words", "day", "expected"),
    [
        (RITNINGAR, "2021-10-18", "overdue"),
        (RITNINGAR, "2021-10-15", "due"),
        (RITNINGAR, "2021-10-08", "due"),
        (RITNINGAR, "2021-10-07", "soon"),
        (BESKED, "2021-10-18", "due"),
        (BESKED, "2021-10-19", "overdue"),
        (AVTAL, "2021-10-18", "soon"),
        (AVTAL, "2021-10-22", "due"),
        (MARCH, "2021-10-18", "later"),
        (MARCH, "2022-02-15", "soon"),
        (MARCH, "2022-03-31", "due"),
        (MARCH, "2022-04-01", "overdue"),
        (ONE_DAY, "2021-10-18", "undated"),
        (ASKED, "2021-10-18", "undated"),
        (LAPSED, "2021-10-18", None),
    ],
)
def test_the_bucket_of_a_day(filled: Machine, words: str, day: str, expected: str | None) -> None:
    assert in_bucket(filled, words, "--today", day) == expected


def test_what_was_over_long_before_it_came_is_lapsed_and_can_be_taken_up(filled: Machine) -> None:
    (row,) = filled("follow-ups", "--state", "lapsed", "--json").rows
    assert LAPSED in row["text"]
    (taken_up,) = filled("follow-ups", "accept", row["id"], "--json").rows
    assert taken_up["state"] == "accepted"
    assert in_bucket(filled, LAPSED) == "overdue"


@pytest.mark.parametrize(
    ("command", "state", "listed"),
    [
        ("accept", "accepted", True),
        ("dismiss", "dismissed", False),
        ("done", "done", False),
        ("waive", "waived", False),
        ("reopen", "accepted", True),
    ],
)
def test_a_decision_prints_the_changed_rows_and_can_be_undone(
    filled: Machine, command: str, state: str, *, listed: bool
) -> None:
    name, other = number_of(filled, BESKED), number_of(filled, AVTAL)
    rows = filled("follow-ups", command, name, other, "--json", "--user", "eva").rows
    assert [(row["id"], row["state"], row["decided_by"]) for row in rows] == [
        (name, state, "eva"),
        (other, state, "eva"),
    ]
    assert (in_bucket(filled, BESKED) is not None) is listed
    back = filled("undo", "--json", "--user", "eva").rows
    assert sorted((row["id"], row["state"]) for row in back) == sorted(
        [(name, "proposed"), (other, "proposed")]
    )
    said_once(filled("undo", "--user", "eva", code=2), "eva")


def test_snoozed_ones_come_back_on_their_day(filled: Machine) -> None:
    name = number_of(filled, RITNINGAR)
    (row,) = filled("follow-ups", "snooze", name, "--until", "på torsdag", "--json").rows
    assert (row["snoozed_until"], row["due_end"], row["state"]) == ("2021-10-21", "2021-10-15", "proposed")
    assert in_bucket(filled, RITNINGAR) is None
    assert in_bucket(filled, RITNINGAR, "--today", "2021-10-21") == "overdue"


def test_a_day_that_has_passed_is_none_to_be_reminded_on(filled: Machine) -> None:
    name = number_of(filled, MARCH)
    said = filled("follow-ups", "snooze", name, "--until", "2021-10-01", code=2)
    assert "2021-10-01" in said.err
    assert filled("follow-ups", "--json").rows[0]["snoozed_until"] is None


def test_a_moved_one_has_its_new_window_and_undo_gives_the_old(filled: Machine) -> None:
    name = number_of(filled, RITNINGAR)
    (row,) = filled("follow-ups", "move", name, "--due", "v. 46", "--because", "Cia ringde", "--json").rows
    assert (row["due_start"], row["due_end"], row["state"]) == ("2021-11-15", "2021-11-21", "accepted")
    assert in_bucket(filled, RITNINGAR) == "later"
    (back,) = filled("undo", "--json").rows
    assert (back["due_start"], back["due_end"], back["state"]) == (None, "2021-10-15", "proposed")


def test_whoever_is_responsible_has_a_list_of_their_own(filled: Machine) -> None:
    name = number_of(filled, AVTAL)
    (row,) = filled("follow-ups", "assign", name, "eva", "--json").rows
    assert row["assignee"] == "eva"
    assert list(buckets(filled, "--for", "eva")) == [row["text"]]
    assert [one["id"] for one in filled("follow-ups", "--assignee", "eva", "--json").rows] == [name]
    assert buckets(filled, "--for", "nobody") == {}


def test_several_steps_are_taken_back_at_once_and_only_ones_own(filled: Machine) -> None:
    name = number_of(filled, AVTAL)
    filled("follow-ups", "accept", name)
    filled("follow-ups", "done", name, "--user", "bo")
    filled("follow-ups", "assign", name, "eva")
    (row,) = filled("undo", "--steps", "2", "--json").rows
    assert (row["assignee"], row["state"], row["decided_by"]) == ("Anna Lindgren", "done", "bo")


def test_an_unknown_id_among_known_ones_changes_nothing(filled: Machine) -> None:
    name = number_of(filled, BESKED)
    before = filled("follow-ups", "--json").out
    for words in (("done", name, "f999"), ("snooze", name, "--until", "snarast"), ("assign", "m1", "eva")):
        said_once(filled("follow-ups", *words, code=2))
    said_once(
        filled("follow-ups", "move", name, "--due", "2021-02-30", "--because", "x", code=2), "2021-02-30"
    )
    assert filled("follow-ups", "--json").out == before


def test_decisions_outlive_a_new_reading(filled: Machine) -> None:
    name = number_of(filled, BESKED)
    filled("follow-ups", "done", name)
    filled("follow-ups", "assign", name, "eva")
    before = filled("follow-ups", "--json").rows
    (read,) = filled("read", "--all", "--json", code=1).rows
    assert (read["read"], read["quarantined"]) == (8, 1)
    assert filled("follow-ups", "--json").rows == before


def test_reminders_by_office_and_as_a_calendar(filled: Machine) -> None:
    assert {row["office"] for row in filled("reminders", "--office", "Filipstad", "--json").rows} == {"1782"}
    assert filled("reminders", "--format", "json").out == filled("reminders", "--json").out
    filled("follow-ups", "accept", number_of(filled, BESKED))
    calendar = filled("reminders", "--office", "Filipstad", "--format", "ics").out
    assert calendar.startswith("BEGIN:VCALENDAR\r\n")
    assert calendar.count("BEGIN:VEVENT") == 1


def test_a_message_is_linked_and_unlinked_by_hand(filled: Machine) -> None:
    (message,) = [row["id"] for row in filled("messages", "--json").rows if row["subject"] == "Avtal Ånge"]
    rows = filled("link", message, "Boden", "--json").rows
    assert {(row["office"], row["decided_by"]) for row in rows} == {("2260", None), ("2582", "anna")}
    filled("unlink", message, "Ånge")
    assert [row["office"] for row in filled("explain", message, "--json").rows] == ["2582"]
    filled("read", "--all", code=1)
    assert [row["office"] for row in filled("explain", message, "--json").rows] == ["2582"]
    said_once(filled("link", message, "Atlantis", code=2), "Atlantis")


def test_a_kept_promise_stays_kept_until_it_is_opened_again(machine: Machine) -> None:
    promise = mail(
        "Hej Bo!\n\nVi återkommer om lokalen i oktober 2021.\n\nAnna\n",
        subject="Lokal",
        at="2021-09-07 09:00",
        message_id="<lovat@statenssc.se>",
    )
    letter = mail(
        "Hej Bo!\n\nHär kommer beskedet om lokalen, som utlovat.\n\nAnna\n",
        subject="SV: Lokal",
        at="2021-10-11 09:00",
        message_id="<infriat@statenssc.se>",
        reply_to=["<lovat@statenssc.se>"],
    )
    for number, raw in enumerate((promise, letter)):
        (machine.home / f"{number}.eml").write_bytes(raw)
    machine("import", str(machine.home / "0.eml"), str(machine.home / "1.eml"))
    name = number_of(machine, "i oktober 2021")
    (row,) = machine("follow-ups", "accept", name, "--json").rows
    assert row["state"] == "kept"
    assert row["evidence"]
    assert in_bucket(machine, "i oktober 2021") is None
    (row,) = machine("follow-ups", "reopen", name, "--json").rows
    assert row["state"] == "accepted"
    assert in_bucket(machine, "i oktober 2021") == "due"
