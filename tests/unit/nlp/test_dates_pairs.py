"""Days in pairs, hours without a word for them, turns of the year, and what only looks like a date."""

import pytest

from tests.unit.nlp.reading_dates import dates_in

CASES = [
    ("Mötet är ons 19/5 10-12.", ["ons 19/5 10-12: 2021-05-19 10:00-12:00"]),
    ("Vi ses tors 20/5 9-10.30", ["tors 20/5 9-10.30: 2021-05-20 09:00-10:30"]),
    ("Den 19 maj 10-12 personer.", ["Den 19 maj: 2021-05-19"]),
    ("Vi har öppet den första och andra juni.", ["den första: 2021-06-01", "andra juni: 2021-06-02"]),
    ("Stängt den första till den tredje juni.", ["den första till den tredje juni: 2021-06-01..2021-06-03"]),
    ("Passar den 20:e eller 21:a bäst?", ["den 20:e: 2021-05-20", "21:a: 2021-05-21"]),
    ("Avtalet är daterat 2021 -04-12.", ["2021 -04-12: 2021-04-12"]),
    ("Vid nästa årsskifte upphör avtalet.", ["nästa årsskifte: 2021-12-31..2022-01-01"]),
    (
        "Det inleddes i maj och avslutas vid halvårsskiftet 2022.",
        ["maj: 2021-05-01..2021-05-31", "halvårsskiftet 2022: 2022-06-30..2022-07-01"],
    ),
    ("Vi ses helgen vecka 24.", ["helgen vecka 24: 2021-06-19..2021-06-20"]),
    ("Den som fyllt 65 år före den 1 maj 2021.", ["den 1 maj 2021: 2021-05-01"]),
    ("Fastigheten Mars 4:12 omfattas inte.", []),
    (
        "Det som kommer efter den 20 juni betalas i augusti.",
        ["den 20 juni: 2021-06-20", "augusti: 2021-08-01..2021-08-31"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_the_bare_phrase(text: str, expected: list[str]) -> None:
    assert dates_in(text, "2021-05-03") == expected
