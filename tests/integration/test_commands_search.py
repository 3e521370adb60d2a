"""Searching on the line: operators, what is kept, what is said when nothing is found, and look-ups by name."""

from pathlib import Path

import pytest

from tests.integration.commands import Machine
from tests.mails import ANNA, BO, mail


@pytest.fixture
def written(machine: Machine, tmp_path: Path) -> Machine:
    mails = (
        mail("När är lokalen klar?", subject="Lokal i Ånge", message_id="<1@a.example>"),
        mail("Kan ni save the date?", sender=BO, to=ANNA, subject="Möte", message_id="<2@a.example>", at="2021-06-08 09:00"),
    )  # fmt: skip
    for number, raw in enumerate(mails):
        (tmp_path / f"{number}.eml").write_bytes(raw)
    machine("db", "upgrade")
    machine("import", *sorted(map(str, tmp_path.glob("*.eml"))))
    return machine


def subjects(machine: Machine, *words: str) -> list[str]:
    return [row["subject"] for row in machine("search", *words, "--json").rows]


def test_operators_and_a_sign_without_a_double_dash(written: Machine) -> None:
    assert subjects(written, "från:bo") == subjects(written, "-lokalen") == ["Möte"]
    assert subjects(written, "kontor:ånge", "-är:citerat", "lokal*") == ["Lokal i Ånge"]
    assert "före:banan" in written("search", "före:banan", code=2).err
    written("search", "--limt", "3", "lokal", code=2)
    written("search", code=2)


def test_the_words_of_commands_are_words_as_well(written: Machine) -> None:
    assert subjects(written, "save") == ["Möte"]
    assert [row["subject"] for row in written("search", "--json", "--", "save").rows] == ["Möte"]
    assert subjects(written, "save the date") == subjects(written, '"save"', "the") == ["Möte"]
    assert subjects(written, "list") == []
    assert written("search", "--json", "--", "saved").rows == []


def test_a_search_is_kept_run_renamed_and_put_back(written: Machine) -> None:
    (row,) = written("search", "save", "Ånge", "kontor:ånge", "-möte", "--json").rows
    assert (row["name"], row["query"]) == ("Ånge", "kontor:ånge -möte")
    assert subjects(written, "--saved", "Ånge") == ["Lokal i Ånge"]
    assert subjects(written, "--saved", "Ånge", "semester") == []
    written("search", "saved", "--rename", "Ånge", "Mitt")
    (row,) = written("search", "saved", "--json").rows
    assert (row["name"], row["messages"], row["more"]) == ("Mitt", 1, False)
    written("search", "saved", "--remove", "Mitt")
    assert written("search", "saved", "--json").rows == []
    assert "sparat" in written("search", "saved").err
    written("undo")
    assert [row["name"] for row in written("search", "saved", "--json").rows] == ["Mitt"]
    assert "Saknas" in written("search", "--saved", "Saknas", code=2).err


def test_nothing_found_says_where_and_what_would_help(written: Machine) -> None:
    told = written("search", "lokalen", "från:bo")
    assert told.out == ""
    assert "Inget hittades i " in told.err
    assert "Utan lokalen: 1 brev" in told.err
    assert "aterkom" not in written("search", "--json", "finnsinte").out


def test_every_operator_is_explained(written: Machine) -> None:
    told = written("search", "--operators").out
    assert "från:\tfrom:\t" in told
    assert "är:obesvarad\tis:unanswered\t" in told


def test_look_ups_by_name(written: Machine) -> None:
    assert [row["name"] for row in written("people", "--find", "ekd", "--json").rows] == ["Bo Ekdahl"]
    assert [row["name"] for row in written("organisations", "--find", "ange", "--json").rows] == [
        "Ånge kommun"
    ]
    assert [row["code"] for row in written("offices", "--find", "ange", "--json").rows] == ["2260"]
    assert written("people", "--find", "finnsinte").err


def test_an_export_takes_the_same_search(written: Machine, tmp_path: Path) -> None:
    written("export", "från:bo", "--to", str(tmp_path / "ut"), "--json")
    assert len(list((tmp_path / "ut").glob("*.eml"))) == 1
