"""Follow-ups and notes by hand, who is away, and what happened: as a person types them, and as a script does."""

import pytest

from tests.integration.commands import Machine, said_once

SENTENCE = "Återkomma till Ånge om lokalen på torsdag"


def test_a_script_adds_and_gets_the_row(filled: Machine) -> None:
    (row,) = filled("follow-ups", "add", SENTENCE, "--json").rows
    assert (row["office"], row["owes"], row["kind"], row["state"]) == ("2260", "us", "commitment", "accepted")
    assert (row["due_start"], row["due_end"], row["assignee"]) == ("2021-10-21", "2021-10-21", "anna")
    assert row["text"] == SENTENCE
    assert {row["id"]} < {one["id"] for one in filled("reminders", "--json").rows}
    (back,) = filled("undo", "--json").rows
    assert (back["id"], back["state"]) == (row["id"], "dismissed")


def test_words_without_quotes_and_words_through_a_pipe(filled: Machine) -> None:
    (typed,) = filled("follow-ups", "add", *SENTENCE.split(), "--json").rows
    (piped,) = filled("follow-ups", "add", "--json", stdin=f"{SENTENCE}\n".encode()).rows
    assert {key: typed[key] for key in ("text", "office", "due_end")} == {
        key: piped[key] for key in ("text", "office", "due_end")
    }


def test_what_was_read_is_overruled(filled: Machine) -> None:
    options = (
        "--office",
        "Boden",
        "--due",
        "v. 46",
        "--owes",
        "them",
        "--assignee",
        "eva",
        "--kind",
        "request",
    )
    (row,) = filled("follow-ups", "add", SENTENCE, *options, "--json").rows
    assert (row["office"], row["due_start"], row["owes"], row["assignee"], row["kind"]) == (
        "2582",
        "2021-11-15",
        "them",
        "eva",
        "request",
    )


def test_an_office_that_is_not_told_apart_is_said_and_left_open(filled: Machine) -> None:
    said = filled("follow-ups", "add", "Samla Boden och Ånge till möte", "--json")
    assert said.rows[0]["office"] is None
    said_once(said, "Boden", "Ånge", "--office")


@pytest.mark.parametrize(
    "words",
    [
        ("follow-ups", "add"),
        ("follow-ups", "add", "   "),
        ("follow-ups", "add", "Ring", "--office", "Atlantis"),
        ("follow-ups", "add", "Ring", "--due", "blåmåndag"),
        ("follow-ups", "assign", "f1"),
        ("follow-ups", "assign", "--from", "anna"),
        ("follow-ups", "show", "f999"),
        ("follow-ups", "done", "f1", "--note", "n999"),
        ("note", "add"),
        ("note", "add", "Ringde", "--at", "2021-10-19"),
        ("note", "add", "Ringde", "--person", "Ingen Alls"),
        ("note", "add", "Ringde", "--keeps", "f999"),
        ("note", "correct", "n1", "Ringde"),
        ("note", "list", "--before", "n7"),
        ("absence", "anna", "2021-10-18", "2021-10-25"),
        ("absence", "anna", "2021-10-25", "2021-10-18", "--deputy", "bo"),
        ("absence", "anna", "2021-10-18", "2021-10-25", "--deputy", "anna"),
        ("absence", "end", "a9"),
        ("offices", "show", "Ånge", "--before", "n7"),
    ],
)
def test_what_cannot_be_is_said_in_a_line_and_changes_nothing(
    filled: Machine, words: tuple[str, ...]
) -> None:
    before = filled("follow-ups", "--json").out, filled("note", "--json").out
    said_once(filled(*words, code=2))
    assert (filled("follow-ups", "--json").out, filled("note", "--json").out) == before


def test_a_call_of_yesterday_is_noted_found_corrected_and_taken_back(filled: Machine) -> None:
    options = ("--office", "Filipstad", "--person", "Cia Norberg", "--call", "--at", "i går kl. 14")
    (row,) = filled("note", "add", "Cia lovade målning av entrén", *options, "--json").rows
    assert (row["id"], row["kind"], row["office"], row["person_name"]) == (
        "n1",
        "call",
        "1782",
        "Cia Norberg",
    )
    assert (row["at"], row["author"]) == ("2021-10-17T14:00:00+02:00", "anna")
    (found,) = filled("search", "målning", "--json").rows
    assert (found["id"], found["kind"], found["offices"]) == ("n1", "note", ["1782"])
    filled("note", "correct", "n1", "Cia lovade tapeter", "--letter")
    assert [one["kind"] for one in filled("note", "list", "--office", "Filipstad", "--json").rows] == [
        "letter"
    ]
    (view,) = filled("note", "show", "n1", "--json").rows
    assert [one["text"] for one in view["versions"]] == ["Cia lovade målning av entrén"]
    filled("undo", "--steps", "2")
    assert filled("note", "--json").rows == []
    assert filled("search", "tapeter", "--json").rows == []


@pytest.mark.parametrize(
    ("when", "at"),
    [
        ("den 4 oktober", "2021-10-04T00:00:00+02:00"),
        ("4/11 kl 9.30", "2020-11-04T09:30:00+01:00"),
        ("i tisdags", "2021-10-12T00:00:00+02:00"),
        ("2021-10-14 13:42", "2021-10-14T13:42:00+02:00"),
    ],
)
def test_a_day_without_a_year_is_the_last_that_has_been(filled: Machine, when: str, at: str) -> None:
    (row,) = filled("note", "add", "Ringde", "--at", when, "--json").rows
    assert row["at"] == at


def test_a_note_closes_a_promise(filled: Machine) -> None:
    name = filled("follow-ups", "--json").rows[0]["id"]
    filled("note", "add", "Ringde och berättade", "--keeps", name)
    (view,) = filled("follow-ups", "show", name, "--json").rows
    assert (view["state"], view["evidence"]["note"]) == ("kept", "n1")
    assert [(one["action"], one["note"]) for one in view["history"]] == [("done", "n1")]
    shown = filled("follow-ups", "show", name).out
    assert "Infriad" in shown or "Besvarad" in shown
    assert "Belägg: n1, 2021-10-18" in shown


def test_a_moved_one_says_from_where_and_why(filled: Machine) -> None:
    name = filled("follow-ups", "add", SENTENCE, "--json").rows[0]["id"]
    filled("follow-ups", "move", name, "--due", "v. 46", "--because", "Cia sjuk \x1b[31m")
    shown = filled("follow-ups", "show", name).out
    assert "flyttad från tors 21 okt 2021 (v. 42) till 15–21 nov 2021 (v. 46): Cia sjuk" in shown
    assert "\x1b" not in shown


def test_one_is_away_and_another_stands_in(filled: Machine) -> None:
    name = filled("follow-ups", "add", SENTENCE, "--json").rows[0]["id"]
    (row,) = filled("absence", "anna", "i dag", "på fredag", "--deputy", "bo", "--json").rows
    assert row == {
        "id": "a1",
        "who": "anna",
        "from": "2021-10-18",
        "to": "2021-10-22",
        "deputy": "bo",
        "by": "anna",
        "removed": False,
    }
    assert [
        (one["id"], one["on_behalf_of"]) for one in filled("reminders", "--for", "bo", "--json").rows
    ] == [(name, "anna")]
    assert "för anna" in filled("reminders", "--for", "bo").out
    assert filled("absence", "list").out.split("\t")[1:] == ["anna", "2021-10-18", "2021-10-22", "bo\n"]
    filled("absence", "end", "a1")
    assert filled("absence", "--json").rows == []
    assert filled("reminders", "--for", "bo", "--json").rows == []


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("på fredag", "onsdag", ("2021-10-22", "2021-10-27")),
        ("v. 52", "den 9 januari", ("2021-12-27", "2022-01-09")),
        ("i morgon", "v. 43", ("2021-10-19", "2021-10-31")),
    ],
)
def test_from_when_to_when_in_words(machine: Machine, first: str, last: str, days: tuple[str, str]) -> None:
    machine("db", "upgrade")
    (row,) = machine("absence", "anna", first, last, "--deputy", "bo", "--json").rows
    assert (row["from"], row["to"]) == days


def test_today_is_not_after_friday(machine: Machine) -> None:
    machine("db", "upgrade")
    said_once(
        machine("absence", "anna", "på fredag", "i dag", "--deputy", "bo", code=2), "2021-10-18", "2021-10-22"
    )


def test_all_of_one_are_handed_over_and_taken_back(filled: Machine) -> None:
    before = filled("follow-ups", "--assignee", "Anna Lindgren", "--json").rows
    handed = filled("follow-ups", "assign", "--from", "Anna Lindgren", "--to", "eva", "--json").rows
    open_ones = {one["id"] for one in before if one["state"] in {"proposed", "accepted"}}
    assert {one["id"] for one in handed} == open_ones < {one["id"] for one in before}
    filled("undo")
    assert filled("follow-ups", "--assignee", "Anna Lindgren", "--json").rows == before


@pytest.mark.parametrize(
    "words",
    [
        ("offices", "show", "Filipstad"),
        ("people", "show", "Cia Norberg"),
        ("organisations", "show", "filipstad.se"),
    ],
)
def test_what_happened_is_shown_by_page(filled: Machine, words: tuple[str, ...]) -> None:
    (whole,) = filled(*words, "--json").rows
    assert {"message", "follow-up"} <= {one["kind"] for one in whole["timeline"]}
    (first,) = filled(*words, "--limit", "2", "--json").rows
    (rest,) = filled(*words, "--before", first["timeline"][-1]["id"], "--json").rows
    assert first["timeline"] + rest["timeline"] == whole["timeline"]
    assert whole["timeline"][0]["id"] in filled(*words).out
