"""Plans that people write by hand: read where they hold, refused with file, line and reason where they do not."""

from datetime import date
from pathlib import Path

import pytest

from crm.errors import PlanRefused
from crm.plan_content import as_content, plan_of
from crm.plan_files import Given, read_plan
from crm.plans import Bounds, shipped_plans

TODAY = date(2022, 2, 1)
HEAD = 'day = 2022-02-01\nsource = "Beslut 2022/17"\n'
BESIDE = Given(day=TODAY, source="Beslut 2022/17")


def written(folder: Path, text: str, name: str = "plan.toml") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_a_plan_says_who_opens_when_and_what_it_was(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        HEAD + '[[office]]\nmunicipality = "2321"\nplace = " Järpen "\nopens = "april 2022"\nwas = "Åre"\n'
        'vulnerable_area = "krävs"\n[[office]]\nmunicipality = "ånge"\nopens = 2022-05-02\n',
    )
    plan = read_plan(file, TODAY)
    assert (plan.key, plan.title, plan.source) == ("2022-02-01", "Beslut 2022/17", "Beslut 2022/17")
    are, ange = plan.offices
    assert (are.name, are.was, are.vulnerable_area) == ("Åre Järpen", "Åre", "required")
    assert (are.opens_start, are.opens_end) == (date(2022, 4, 1), date(2022, 4, 30))
    assert (ange.name, ange.opens_end) == ("Ånge", date(2022, 5, 2))


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_sheet_counts_its_own_offices(tmp_path: Path, delimiter: str) -> None:
    rows = [
        "Kommun;Plats;Fas;Utsatt område",
        "Åre;Järpen;1;",
        "",
        "Linköping;Skäggetorp;fas 2;Krävs",
        "Ånge;;2",
    ]
    text = "\ufeff" + "\r\n".join(rows).replace(";", delimiter)
    plan = read_plan(written(tmp_path, text, "plan.csv"), TODAY, BESIDE)
    assert [(entry.name, entry.phase) for entry in plan.offices] == [
        ("Åre Järpen", 1), ("Linköping Skäggetorp", 2), ("Ånge", 2),
    ]  # fmt: skip
    assert plan.offices[1].vulnerable_area == "required"
    assert [phase.offices for phase in plan.phases] == [Bounds(1, 1), Bounds(2, 2)]


def test_a_sheet_of_an_old_program_is_read(tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_bytes("Kommun\nÅre\n".encode("cp1252"))
    assert read_plan(file, TODAY, BESIDE).offices[0].name == "Åre"


OFFICE = '[[office]]\nmunicipality = "Åre"\n'


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("day == 1", "plan.toml:1", "syntax"),
        (OFFICE, "plan.toml", "missing-option"),
        (HEAD, "plan.toml", "no-offices"),
        (HEAD + OFFICE + '[[office]]\nmunicipality = "Bodn"', "plan.toml:5", "municipality-near"),
        (HEAD + '[[office]]\nplace = "Järpen"', "plan.toml:3", "missing"),
        (HEAD + OFFICE + OFFICE, "plan.toml:5", "twice"),
        (HEAD + OFFICE + 'vulnerable_area = "kanske"', "plan.toml:3", "area"),
        (HEAD + OFFICE + 'opens = "snart nog"', "plan.toml:3", "date"),
        (HEAD + OFFICE + "phase = 2\n[[phase]]\nnumber = 1", "plan.toml:3", "phase-near"),
        (HEAD + OFFICE + 'phase = "två"', "plan.toml:3", "phase"),
        (HEAD + OFFICE + "fase = 2", "plan.toml:3", "unknown-key"),
        (HEAD + OFFICE + "municipality_code = 1", "plan.toml:3", "unknown-key"),
        (HEAD + "offices = { min = 5, max = 3 }\n" + OFFICE, "plan.toml", "bounds"),
        (HEAD + "offices = true\n" + OFFICE, "plan.toml", "bounds"),
        (HEAD + "office = 3", "plan.toml", "type"),
        ("day = 3\nsource = 'x'\n" + OFFICE, "plan.toml", "date"),
        ("day = 2022-02-01\nsource = ''\n" + OFFICE, "plan.toml", "empty"),
        (HEAD + OFFICE + '[[report]]\nkey = "a"\nkind = "b"\ndue_end = 2022-03-01\nrecipient = "c"', "plan.toml:5", "kind"),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_named_with_its_line(
    tmp_path: Path, text: str, place: str, reason: str
) -> None:
    with pytest.raises(PlanRefused) as caught:
        read_plan(written(tmp_path, text), TODAY)
    assert (caught.value.place, caught.value.reason) == (place, reason)


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("Kommun;Fas\nÅre;1;2", "plan.csv:2", "columns"),
        ("Kommun;Antal\nÅre;1", "plan.csv:1", "column"),
        ("Plats\nJärpen", "plan.csv:1", "missing"),
        ("Kommun;Kommun\nÅre;Åre", "plan.csv:1", "twice"),
        ("Kommun\nÅre\n\nBodn", "plan.csv:4", "municipality-near"),
        ("Kommun;Fas\nÅre;tre", "plan.csv:2", "phase"),
        ("", "plan.csv", "no-offices"),
    ],
)
def test_so_is_what_does_not_hold_in_a_sheet(tmp_path: Path, text: str, place: str, reason: str) -> None:
    with pytest.raises(PlanRefused) as caught:
        read_plan(written(tmp_path, text, "plan.csv"), TODAY, BESIDE)
    assert (caught.value.place, caught.value.reason) == (place, reason)


@pytest.mark.parametrize(("content", "reason"), [(b"\0\1\2", "encoding"), (b"#" * 1_000_001, "too-large")])
def test_a_file_that_is_no_plan_is_not_read(tmp_path: Path, content: bytes, reason: str) -> None:
    file = tmp_path / "plan.toml"
    file.write_bytes(content)
    with pytest.raises(PlanRefused) as caught:
        read_plan(file, TODAY)
    assert caught.value.reason == reason


def test_what_the_store_keeps_of_a_plan_is_the_plan() -> None:
    for plan in shipped_plans():
        assert plan_of(as_content(plan)) == plan
