"""find_dates as a whole, parse_when, find_vague: spans, times, rules, odd spellings, hostile text."""

import json
import subprocess
import sys
from datetime import date, time
from pathlib import Path

import pytest

from nlp.dates import find_dates, find_vague, parse_when
from nlp.model import DateMention

TUESDAY = date(2021, 10, 12)

PLAIN = "Vi ses fredagen den 12 november 2021 kl. 10.00–11.30 hos er."
SPELLINGS = [
    PLAIN.upper(),
    PLAIN.replace(" ", "\xa0"),
    PLAIN.replace(" ", "\u202f"),
    PLAIN.replace("–", "-"),
    PLAIN.replace(" den", "\nden"),
    PLAIN.replace(" november", "\r\n  november"),
    PLAIN.replace("10.00–11.30", "10:00 - 11:30"),
    PLAIN.replace("kl. ", "kl "),
    PLAIN.replace("kl. ", "klockan "),
    PLAIN.replace("november", "nov."),
    PLAIN.replace("fredagen", "fre"),
]


def only(text: str, reference: date = TUESDAY) -> DateMention:
    (found,) = find_dates(text, reference)
    return found


@pytest.mark.parametrize("text", [PLAIN, *SPELLINGS])
def test_spelling_makes_no_difference(text: str) -> None:
    found = only(text)
    assert (found.value_start, found.value_end) == (date(2021, 11, 12), date(2021, 11, 12))
    assert (found.start_time, found.end_time) == (time(10), time(11, 30))
    assert text[found.start : found.end] == found.text


def test_a_blank_line_is_never_crossed() -> None:
    assert [m.text for m in find_dates("Svar den 4\n\nmaj blir bra", TUESDAY)] == ["maj"]


def test_a_deadline_ends_at_its_time() -> None:
    found = only("Anmäl er senast på fredag kl. 12.")
    assert (found.start_time, found.end_time) == (None, time(12))


@pytest.mark.parametrize(
    ("text", "grain"),
    [
        ("den 4 november", "day"),
        ("vecka 45", "week"),
        ("november", "month"),
        ("kvartal 4", "quarter"),
        ("andra halvåret", "half"),
        ("tertial 3", "third"),
        ("hösten 2022", "season"),
        ("2022", "year"),
        ("4–6 november", "range"),
    ],
)
def test_grain(text: str, grain: str) -> None:
    assert only(f"Det sker {text}.").grain == grain


@pytest.mark.parametrize(
    "text",
    ["i höst", "vid månadsskiftet", "vid årsskiftet", "kring den 4 november", "omkring den 4 november"],
)
def test_approximate(text: str) -> None:
    assert only(f"Det sker {text}.").approximate


@pytest.mark.parametrize("text", ["den 4 november", "vecka 45", "slutet av november", "hösten 2022"])
def test_not_approximate(text: str) -> None:
    assert not only(f"Det sker {text}.").approximate


@pytest.mark.parametrize(("text", "part"), [("början", "START"), ("mitten", "MID"), ("slutet", "END")])
def test_the_part_is_kept(text: str, part: str) -> None:
    assert only(f"Vi svarar i {text} av november.").mod == part


def test_every_mention_names_its_rule() -> None:
    text = "Den 4 maj, v. 42, i slutet av maj, i höst, om två veckor, påsk, Q3, nästa vecka och 2022."
    rules = [m.rule for m in find_dates(text, TUESDAY)]
    assert len(rules) == 9
    assert all(rule.startswith("date.") for rule in rules)


def test_a_date_within_an_offset_is_given_too() -> None:
    text = "Vi följer upp tre månader efter invigningen den 4 mars."
    assert [m.text for m in find_dates(text, TUESDAY)] == [text[14:-1], "den 4 mars"]


def test_a_doubtful_year_is_less_sure() -> None:
    assert only("Vi ses torsdagen den 15 oktober 2021.").confidence < 0.7


@pytest.mark.parametrize("text", ["1789 kom revolutionen.", "Det blir klart 2099.", "Vi ses inte."])
def test_years_far_away_are_none(text: str) -> None:
    assert find_dates(text, TUESDAY) == []


def test_an_explicit_date_may_be_old() -> None:
    assert only("Avtalet är från 1987-03-01.").value_start == date(1987, 3, 1)


def test_the_development_set(shared: Path) -> None:
    lines = (shared / "gold" / "time_dev.jsonl").read_text(encoding="utf-8").splitlines()
    wrong = [case["id"] for case in map(json.loads, lines) if not _right(case)]
    assert len(wrong) <= 3, wrong


def _right(case: dict[str, object]) -> bool:
    """Spans, values and windows of one labelled sentence, exactly."""
    expressions = case["expressions"]
    assert isinstance(expressions, list)
    wanted = {
        (e["start"], e["end"], e["from"], e["to"], e["window_from"], e["window_to"])
        for e in expressions
        if e["from"]
    }
    found = find_dates(str(case["text"]), date.fromisoformat(str(case["reference_date"])))
    return wanted == {
        (m.start, m.end, _iso(m.value_start), _iso(m.value_end), _iso(m.window_start), _iso(m.window_end))
        for m in found
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("på måndag", "2021-10-18", "2021-10-18"),
        ("måndag", "2021-10-18", "2021-10-18"),
        ("tisdag", "2021-10-19", "2021-10-19"),
        ("v. 46", "2021-11-15", "2021-11-21"),
        ("v46", "2021-11-15", "2021-11-21"),
        ("2021-10-25", "2021-10-25", "2021-10-25"),
        ("25/10", "2021-10-25", "2021-10-25"),
        ("3 nov", "2021-11-03", "2021-11-03"),
        ("om två veckor", "2021-10-26", "2021-10-26"),
        ("i morgon", "2021-10-13", "2021-10-13"),
        ("imorgon kl 9", "2021-10-13", "2021-10-13"),
        ("nästa vecka", "2021-10-18", "2021-10-24"),
        ("slutet av november", "2021-11-21", "2021-11-30"),
        ("efter jul", "2021-12-24", "2021-12-26"),
        ("Senast den 1 december!", "2021-12-01", "2021-12-01"),
        ("211025", "2021-10-25", "2021-10-25"),
    ],
)
def test_what_a_person_types(text: str, first: str, last: str) -> None:
    found = parse_when(text, TUESDAY)
    assert found is not None
    assert (str(found.value_start), str(found.value_end)) == (first, last)


@pytest.mark.parametrize(
    "text", ["", "hej", "snart", "31 juni", "ring Anna den 4 maj om hyran", "vecka 54", "x" * 5000]
)
def test_what_is_no_time(text: str) -> None:
    assert parse_when(text, TUESDAY) is None


@pytest.mark.parametrize(
    "phrase",
    [
        "inom kort",
        "snarast",
        "snarast möjligt",
        "så snart som möjligt",
        "omgående",
        "framöver",
        "tills vidare",
        "så småningom",
        "längre fram",
        "på sikt",
        "inom en snar framtid",
        "skyndsamt",
        "vid tillfälle",
    ],
)
def test_vague(phrase: str) -> None:
    text = f"Vi återkommer {phrase}, hoppas vi."
    assert [text[a:b] for a, b in find_vague(text)] == [phrase]
    assert find_dates(text, TUESDAY) == []


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "v. ",
        "den ",
        "\n",
        "a",
        "1/1 ",
        "2021-",
        "tre månader efter ",
        "slutet av ",
        "(",
        "\x1f",
        "İ",
        "a@",
    ],
)
def test_much_of_one_thing_is_no_date(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    assert all(text[m.start : m.end] == m.text for m in find_dates(text, TUESDAY))


def test_a_long_table_is_cut_off() -> None:
    assert len(find_dates("2021-05-07 " * 5000, TUESDAY)) == 2000


def test_the_screen_gets_it_without_spacy() -> None:
    code = "import sys, nlp.dates; sys.exit('spacy' in sys.modules or 'holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_importing_compiles_no_rule() -> None:
    code = (
        "import sys, nlp.dates; from nlp.dates import engine; "
        "sys.exit(any('compiled' in vars(rule.pattern) for rules in engine._INDEX.values() for rule, _ in rules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
