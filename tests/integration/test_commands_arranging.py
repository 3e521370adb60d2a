"""Threads, people and organisations joined and split on the line, and taken back."""

from pathlib import Path

import pytest

from tests.integration.commands import Machine
from tests.mails import ANNA, mail

BOTH = [
    mail("Hej från jobbet.", sender="Sandvik Eva <eva.sandvik@ange.se>", to=ANNA, message_id="<1@a.example>"),
    mail("Hej hemifrån.", sender="Eva Sandvik <eva.sandvik@privat.example>", to=ANNA, message_id="<2@a.example>", at="2021-06-08 09:00"),
    mail("Svar.", to="eva.sandvik@ange.se", message_id="<3@a.example>", reply_to=["<1@a.example>"], at="2021-06-09 09:00"),
    mail("Hej.", sender="Bo Ek <bo.ek@are.se>", to=ANNA, message_id="<4@a.example>", at="2021-06-10 09:00"),
]  # fmt: skip


@pytest.fixture
def written(machine: Machine, tmp_path: Path) -> Machine:
    for number, raw in enumerate(BOTH):
        (tmp_path / f"{number}.eml").write_bytes(raw)
    machine("db", "upgrade")
    machine("import", *sorted(map(str, tmp_path.glob("*.eml"))))
    return machine


def threads(machine: Machine) -> list[list[str]]:
    return sorted(sorted(row["message_ids"]) for row in machine("threads", "--json").rows)


def test_a_thread_is_split_joined_and_put_back(written: Machine) -> None:
    before = threads(written)
    assert ["<1@a.example>", "<3@a.example>"] in before
    (answer,) = (
        row["id"] for row in written("messages", "--json").rows if row["message_id"] == "<3@a.example>"
    )
    rows = written("threads", "split", answer, "--json").rows
    assert sorted(len(row["messages"]) for row in rows) == [1, 1]
    (joined,) = written("threads", "join", *(row["id"] for row in rows), "--json").rows
    assert sorted(joined["message_ids"]) == ["<1@a.example>", "<3@a.example>"]
    written("undo", "--steps", "2", "--json")
    assert threads(written) == before
    assert written("threads", "join", answer, code=2).err
    assert "m999" in written("threads", "split", "m999", code=2).err


def test_people_are_offered_merged_and_split(written: Machine) -> None:
    (pair,) = written("people", "alike", "--json").rows
    assert pair["reasons"] == ["same", "local"]
    assert 0 < pair["score"] < 1
    (one,) = written("people", "merge", pair["person"], pair["other"], "--json").rows
    assert {box["address"] for box in one["addresses"]} == {
        "eva.sandvik@ange.se",
        "eva.sandvik@privat.example",
    }
    assert written("people", "alike", "--json").rows == []
    both = written("people", "split", one["id"], "--json").rows
    assert [len(row["addresses"]) for row in both] == [1, 1]
    assert "Som förut" in written("undo").err
    assert len(written("people", "show", one["id"], "--json").rows[0]["addresses"]) == 2
    assert written("people", "merge", "p999", one["id"], code=2).err


def test_organisations_are_merged(written: Machine) -> None:
    (one,) = written("organisations", "merge", "Ånge kommun", "are.se", "--json").rows
    assert one["name"] == "Ånge kommun"
    assert len(one["addresses"]) == 2
    assert "Åre kommun" not in {row["name"] for row in written("organisations", "--json").rows}
    (back,) = (row for row in written("undo", "--json").rows if row["name"] == "Åre kommun")
    assert len(back["addresses"]) == 1


@pytest.mark.parametrize(
    "words",
    [
        ("threads", "split"),
        ("threads", "join"),
        ("people", "merge"),
        ("people", "split"),
        ("people", "alike"),
        ("organisations", "merge"),
    ],
)
def test_each_has_help_in_both_languages(machine: Machine, words: tuple[str, ...]) -> None:
    swedish, english = (machine("--lang", language, *words, "--help").out for language in ("sv", "en"))
    assert "Användning" in swedish
    assert "Usage" in english
    assert swedish.splitlines()[2] != english.splitlines()[2]
