"""How a search is read, and what its values mean."""

from datetime import date
from pathlib import Path

import pytest

from crm.searching.language import Atom, Field, Words, operator, parse
from crm.searching.operators import OPERATORS
from crm.searching.values import days, reads

TODAY = date(2021, 10, 18)
DOCS = Path(__file__).parents[3] / "docs"


def _said(atom: Atom) -> str:
    sign = "-" if atom.negated else ""
    return f"{sign}{atom.operator.name}={atom.value}" if isinstance(atom, Field) else f"{sign}{atom.text}"


def _read(text: str) -> list[list[str]]:
    return [[_said(atom) for atom in clause] for clause in parse(text, reads(TODAY))]


def test_operators_words_phrases_and_signs() -> None:
    asked = 'från:paul kontor:ånge före:2021-11 "lokal*" -är:vidarebefordrat har:bilaga'
    assert _read(asked) == [
        ["from=paul"],
        ["office=ånge"],
        ["before=2021-11"],
        ["lokal*"],
        ["-is=vidarebefordrat"],
        ["has=bilaga"],
    ]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("före:v. 42 lokal", [["before=v. 42"], ["lokal"]]),
        ("under:slutet av oktober lokal", [["during=slutet av oktober"], ["lokal"]]),
        ("under:oktober i kommunen", [["during=oktober"], ["i"], ["kommunen"]]),
        ('efter:"i går" lokal', [["after=i går"], ["lokal"]]),
        ("tel:0690-25 01 00 möte", [["phone=0690-25 01 00"], ["möte"]]),
        ('från:"Paul  Öst" -"ett två"', [["from=Paul Öst"], ["-ett två"]]),
        ("a OR b ELLER c d", [["a", "b", "c"], ["d"]]),
        ("OR a OR", [["OR"], ["a"]]),
        ("a OR -från:b", [["a", "-from=b"]]),
        ("FRÅN:a fran:b Ar:c", [["from=a"], ["from=b"], ["is=c"]]),
        ('fras* "två ord"*', [["fras*"], ["två ord*"]]),
    ],
)  # fmt: skip
def test_what_belongs_together(typed: str, read: list[list[str]]) -> None:
    assert _read(typed) == read


@pytest.mark.parametrize(
    "typed", ["Ärende: 12", "SV: VB:", "https://ange.se/a:b", "från: paul", "till:", "a:b:c", "från:-", "2021-10 a.b@c.se"]
)  # fmt: skip
def test_anything_else_is_words(typed: str) -> None:
    assert all(isinstance(atom, Words) for clause in parse(typed) for atom in clause)


def test_nothing_is_asked_by_signs_alone() -> None:
    assert parse('- -- * "" "') == ()


def test_a_long_search_is_cut() -> None:
    assert len(parse("ord:x " * 500)) == 1
    assert len(parse(" ".join(map(str, range(500))))) == 32


def test_every_word_of_an_operator_is_its_own() -> None:
    words = [word for one in OPERATORS for word in dict.fromkeys(one.words)]
    assert len(words) == len(set(words))
    assert all(operator(word.upper()) == one for one in OPERATORS for word in one.words)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2021-11", "2021-11-01", "2021-11-30"),
        ("2020", "2020-01-01", "2020-12-31"),
        ("oktober", "2021-10-01", "2021-10-31"),
        ("november", "2020-11-01", "2020-11-30"),
        ("3 maj", "2021-05-03", "2021-05-03"),
        ("v. 50", "2020-12-07", "2020-12-13"),
        ("fredag", "2021-10-15", "2021-10-15"),
        ("i går", "2021-10-17", "2021-10-17"),
        ("nästa vecka", "2021-10-25", "2021-10-31"),
        ("2022-02", "2022-02-01", "2022-02-28"),
    ],
)
def test_days_without_a_year_are_the_latest_that_have_begun(typed: str, first: str, last: str) -> None:
    assert days(typed, TODAY) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("november", "2021-11-01"),
        ("oktober", "2021-10-01"),
        ("december", "2020-12-01"),
        ("fredag", "2021-10-15"),
    ],
)
def test_before_a_month_that_is_about_to_begin_is_before_that_one(typed: str, first: str) -> None:
    found = days(typed, TODAY, ending=True)
    assert found is not None
    assert found[0] == date.fromisoformat(first)


@pytest.mark.parametrize("typed", ["banan", "oktober lokal", "42", "x" * 300])
def test_what_says_no_day(typed: str) -> None:
    assert days(typed, TODAY) is None


@pytest.mark.parametrize("one", OPERATORS, ids=lambda one: one.name)
def test_every_operator_and_choice_is_in_the_table_for_staff(one: object) -> None:
    told = (DOCS / "search.md").read_text()
    words = {f"`{word}:`" for word in one.words}  # type: ignore[attr-defined]
    choices = {f"`{word}`" for few in (one.choices or {}).values() for word in few[:2]}  # type: ignore[attr-defined]
    assert {word for word in words | choices if word not in told} == set()
