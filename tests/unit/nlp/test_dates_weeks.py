"""ISO weeks and days of a week."""

import pytest

from tests.unit.nlp.reading_dates import dates_in

CASES = [
    ("2021-09-20", "Vi besöker kommunen vecka 42.", ["vecka 42: 2021-10-18..2021-10-24"]),
    ("2021-09-20", "Vi besöker kommunen v. 42.", ["v. 42: 2021-10-18..2021-10-24"]),
    ("2021-09-20", "Vi besöker kommunen V42.", ["V42: 2021-10-18..2021-10-24"]),
    ("2021-09-20", "Vi besöker kommunen v 38.", ["v 38: 2021-09-20..2021-09-26"]),
    ("2021-09-20", "Vi besöker kommunen vecka 5.", ["vecka 5: 2022-01-31..2022-02-06"]),
    ("2021-09-20", "Vi besöker kommunen vecka 42, 2022.", ["vecka 42, 2022: 2022-10-17..2022-10-23"]),
    ("2021-09-20", "Vi besöker kommunen v2243.", ["v2243: 2022-10-24..2022-10-30"]),
    ("2021-09-20", "Vi besöker kommunen v.42/22.", ["v.42/22: 2022-10-17..2022-10-23"]),
    ("2021-09-20", "Vi besöker kommunen 2021-W42.", ["2021-W42: 2021-10-18..2021-10-24"]),
    ("2021-09-20", "Vi besöker kommunen vecka fyrtiotvå.", ["vecka fyrtiotvå: 2021-10-18..2021-10-24"]),
    ("2021-09-20", "Vi besöker kommunen vecka tjugo sex.", ["vecka tjugo sex: 2022-06-27..2022-07-03"]),
    ("2021-09-20", "Vi ses varje vecka två gånger om dagen.", []),
    ("2021-09-20", "Arbetet pågår v. 42–45.", ["v. 42–45: 2021-10-18..2021-11-14"]),
    ("2021-09-20", "Arbetet pågår vecka 42 till 45.", ["vecka 42 till 45: 2021-10-18..2021-11-14"]),
    ("2021-09-20", "Arbetet pågår v. 51–2.", ["v. 51–2: 2021-12-20..2022-01-16"]),
    (
        "2021-09-20",
        "Passar v. 42 eller v. 43?",
        ["v. 42: 2021-10-18..2021-10-24", "v. 43: 2021-10-25..2021-10-31"],
    ),
    (
        "2021-09-20",
        "Passar vecka 42 eller 43?",
        ["vecka 42: 2021-10-18..2021-10-24", "43: 2021-10-25..2021-10-31"],
    ),
    (
        "2021-09-20",
        "Passar vecka 42, 43 eller 45?",
        ["vecka 42: 2021-10-18..2021-10-24", "43: 2021-10-25..2021-10-31", "45: 2021-11-08..2021-11-14"],
    ),
    ("2021-09-20", "Passar onsdag v. 42?", ["onsdag v. 42: 2021-10-20"]),
    (
        "2021-09-20",
        "Passar tisdag eller onsdag v. 42?",
        ["tisdag eller onsdag v. 42: 2021-10-19..2021-10-20"],
    ),
    (
        "2021-09-20",
        "Passar vecka 42, måndag eller tisdag?",
        ["vecka 42, måndag eller tisdag: 2021-10-18..2021-10-19"],
    ),
    ("2021-09-20", "Passar tis–tors v. 42?", ["tis–tors v. 42: 2021-10-19..2021-10-21"]),
    ("2021-09-20", "Passar torsdag nästa vecka?", ["torsdag nästa vecka: 2021-09-30"]),
    ("2021-09-20", "Vi hörs nästa vecka.", ["nästa vecka: 2021-09-27..2021-10-03"]),
    ("2021-09-20", "Vi hörs denna vecka.", ["denna vecka: 2021-09-20..2021-09-26"]),
    ("2021-09-20", "Vi hörs senare i veckan.", ["i veckan: 2021-09-20..2021-09-26"]),
    ("2021-09-20", "Vi hördes förra veckan.", ["förra veckan: 2021-09-13..2021-09-19"]),
    ("2021-09-20", "Jag ringer i början av veckan.", ["början av veckan: 2021-09-20..2021-09-21"]),
    ("2021-09-20", "Jag ringer i mitten av veckan.", ["mitten av veckan: 2021-09-22"]),
    ("2021-09-20", "Jag ringer i slutet av veckan.", ["slutet av veckan: 2021-09-23..2021-09-24"]),
    ("2021-09-20", "Jag ringer i slutet av nästa vecka.", ["slutet av nästa vecka: 2021-09-30..2021-10-01"]),
    ("2021-09-20", "Jag ringer i början av vecka 40.", ["början av vecka 40: 2021-10-04..2021-10-05"]),
    ("2021-09-20", "Vi flyttar i helgen.", ["i helgen: 2021-09-25..2021-09-26"]),
    ("2021-09-20", "Vi flyttar vid veckoskiftet 42/43.", ["veckoskiftet 42/43: 2021-10-24..2021-10-25"]),
    ("2021-09-20", "Mötet hölls vecka 35.", ["vecka 35: 2021-08-30..2021-09-05"]),
    ("2020-12-01", "Kontoret är stängt vecka 53.", ["vecka 53: 2020-12-28..2021-01-03"]),
    ("2021-09-20", "Kontoret är stängt vecka 53.", []),
    (
        "2021-09-20",
        "Vi hörs nästa vecka, troligen onsdag.",
        ["nästa vecka: 2021-09-27..2021-10-03", "onsdag: 2021-09-29"],
    ),
    ("2021-01-02", "Det gäller vecka 53.", ["vecka 53: 2020-12-28..2021-01-03"]),
    ("2022-03-16", "Passar v. 14/15?", ["v. 14/15: 2022-04-04..2022-04-17"]),
    ("2022-03-16", "Passar vecka 14–vecka 16?", ["vecka 14–vecka 16: 2022-04-04..2022-04-24"]),
    ("2022-03-16", "Passar måndag denna vecka?", ["måndag denna vecka: 2022-03-14"]),
    ("2022-03-16", "Passar veckan efter påsk?", ["veckan efter påsk: 2022-04-25..2022-05-01"]),
    (
        "2022-03-16",
        "Passar fredag i veckan efter den 4 april?",
        ["fredag i veckan efter den 4 april: 2022-04-15"],
    ),
    (
        "2022-03-16",
        "Passar vecka 14 eller möjligen 15?",
        ["vecka 14: 2022-04-04..2022-04-10", "15: 2022-04-11..2022-04-17"],
    ),
    ("2022-03-16", "På tisdag om tre veckor går bra.", ["På tisdag om tre veckor: 2022-04-05"]),
    ("2022-03-16", "Ring på tors.", ["på tors: 2022-03-17"]),
    ("2022-03-16", "Vi hörs någon gång i veckan.", ["i veckan: 2022-03-14..2022-03-20"]),
    ("2022-03-16", "Vi sågs förra helgen.", ["förra helgen: 2022-03-12..2022-03-13"]),
]


@pytest.mark.parametrize(("reference", "text", "expected"), CASES)
def test_value(reference: str, text: str, expected: list[str]) -> None:
    assert dates_in(text, reference) == expected
