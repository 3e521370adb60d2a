"""What a sentence of a letter tells of a date's year, window and neighbours; and what it calls something else."""

from datetime import date

import pytest

from nlp.dates import find_dates
from tests.unit.nlp.reading_dates import dates_in

TUESDAY = "2023-05-16"

YEARS = [
    ("Svaret kom den 2 juni.", "2022-06-02"),
    ("Kom till oss den 2 juni.", "2023-06-02"),
    ("Kontoret stängde sista april.", "2023-04-30"),
    ("Fakturan avser april månad.", "2023-04-01"),
    ("Hyran för april är inte betald.", "2023-04-01"),
    ("Vi flyttar mötet från den 22 maj.", "2023-05-22"),
    ("Lokalen skulle enligt planen ha öppnat i mars.", "2023-03-01"),
    ("Vi hann inte bli klara före jul.", "2022-12-24"),
    ("Beslutet fattades på torsdagen.", "2023-05-11"),
    ("Beslutet fattas på torsdagen.", "2023-05-18"),
    ("Kontoret öppnade i helgen.", "2023-05-13"),
    ("Kontoret öppnar i helgen.", "2023-05-20"),
    ("Angående er ansökan den 4 juni har vi en fråga.", "2022-06-04"),
    ("Svar på Era Kvists insändare 30/5.", "2022-05-30"),
    ("Rådet har ställt i utsikt att pröva saken under juni månad.", "2023-06-01"),
    ("Vi har prövat saken under juni månad.", "2022-06-01"),
]


@pytest.mark.parametrize(("text", "first"), YEARS)
def test_the_year_is_that_of_the_telling(text: str, first: str) -> None:
    (found,) = find_dates(text, date.fromisoformat(TUESDAY))
    assert str(found.value_start) == first


WINDOWS = [
    ("Det kan inte ske förrän 1 september.", "2023-09-01", None),
    ("Det kan inte ske förrän efter 1 september.", "2023-09-02", None),
    ("Det kan tidigast ges i juni.", "2023-06-01", None),
    ("Tidigast kan det ske i juni.", "2023-06-01", None),
    ("Enligt överenskommelsen från den 1 juni 2021 gäller det.", "2021-06-01", "2021-06-01"),
    ("Från och med nu till och med juni gäller det.", None, "2023-06-30"),
    ("Svara före kl. 15 den 22 maj.", None, "2023-05-22"),
    ("Sista ansökningsdatum är den 22 maj.", None, "2023-05-22"),
    ("Beslutet kan överklagas inom tre veckor från den 12 maj.", "2023-05-12", "2023-06-02"),
    ("Avtalet löper 1 april 2024–31 mars 2026.", "2024-04-01", "2026-03-31"),
    ("Stängt fr o m den 3 juli t o m den 4 augusti.", "2023-07-03", "2023-08-04"),
]


@pytest.mark.parametrize(("text", "first", "last"), WINDOWS)
def test_window(text: str, first: str | None, last: str | None) -> None:
    (found,) = find_dates(text, date.fromisoformat(TUESDAY))
    assert (found.window_start and str(found.window_start), found.window_end and str(found.window_end)) == (
        first,
        last,
    )


def test_a_weekday_follows_the_date_before_it() -> None:
    assert dates_in("Mötet den 22 maj ställs in; ny tid blir onsdagen därpå.", TUESDAY) == [
        "den 22 maj: 2023-05-22",
        "onsdagen därpå: 2023-05-24",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vi flyttar mötet från den 22 till den 29 maj.", ["CANCELLED 2023-05-22", "None 2023-05-29"]),
        ("Mötet måndag 22/5 är inställt, nytt datum 29/5.", ["CANCELLED 2023-05-22", "None 2023-05-29"]),
        ("Mötet den 22:a senareläggs till den 29:e.", ["CANCELLED 2023-05-22", "None 2023-05-29"]),
    ],
)
def test_a_moved_meeting_has_its_new_day(text: str, expected: list[str]) -> None:
    found = find_dates(text, date.fromisoformat(TUESDAY))
    assert [f"{mention.mod} {mention.value_start}" for mention in found] == expected


def test_a_day_lies_in_the_week_named_before_it() -> None:
    assert dates_in("Som sades i förra veckan, den 10 maj, är lokalen ledig.", TUESDAY) == [
        "förra veckan: 2023-05-08..2023-05-14",
        "den 10 maj: 2023-05-10",
    ]


def test_weekdays_beside_their_days() -> None:
    assert dates_in("Vi ses torsdag–fredag den 25–26 maj.", TUESDAY) == [
        "torsdag–fredag den 25–26 maj: 2023-05-25..2023-05-26"
    ]
    assert dates_in("Vi ses den 2/6 (fredag).", TUESDAY) == ["den 2/6: 2023-06-02", "fredag: 2023-06-02"]


def test_a_weekend_with_its_days_is_those_days() -> None:
    assert dates_in("Vi flyttar helgen den 3–4 juni.", TUESDAY) == ["den 3–4 juni: 2023-06-03..2023-06-04"]


@pytest.mark.parametrize(
    "text",
    [
        "Mötesrum Juli är bokat.",
        "Rummet heter 4/12.",
        "Se fig. 3/4.",
        "Andelen blev 11/12.",
        "Vinsten är 1/2 miljon.",
        "Ta 1/2 dl vatten.",
        "Det tar 50 minuter i veckan.",
        "Artikel 240214-01 finns i lager.",
        "Kontot är SE45 5000 0000 0583 9825 7466.",
        "Hyran betalas mellan 10-16.",
        "I den 27:e minuten kom målet.",
        "Se maj-numret av tidningen.",
        "Dörrkod 2412 byts.",
        "Bredden är 2100 mm.",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert find_dates(text, date.fromisoformat(TUESDAY)) == []


TAKEN_TOGETHER = [
    ("Lokalen stängs den 1 juni 2024 och öppnas den 1 november samma år.", ["2024-06-01", "2024-11-01"]),
    ("Förslaget kom i mars 2021, svaret i december samma år.", ["2021-03-01", "2021-12-01"]),
    ("Boka redan nu söndag 28 maj för festen.", ["2023-05-28"]),
    ("Natten den 23-24 är hissen ur drift.", ["2023-05-23"]),
    ("Frågan tas upp på junimötet.", ["2023-06-01"]),
    ("Nämnden behandlade det vid aprilsammanträdet 2022.", ["2022-04-01"]),
    ("Besked lämnas i medlet av juni.", ["2023-06-11"]),
    ("Offerten går ut under månaden.", ["2023-05-01"]),
    ("Under pågående vecka mäts lokalen upp.", ["2023-05-15"]),
    ("Målningen görs i skarven juni/juli.", ["2023-06-30"]),
    ("Taxan räknas upp i april varje år.", []),
    ("Yttrandet ska ha kommit in inom tre veckor från denna dag.", ["2023-05-16"]),
    ("Ärenden avgörs normalt inom sex veckor.", []),
    ("Vi tar onsdagen i veckan efter i stället.", ["2023-05-24"]),
    ("Avtalet gäller 2023-06-01--2024-05-31.", ["2023-06-01"]),
    ("Den 9-10 personer stora gruppen är bokad.", []),
]


@pytest.mark.parametrize(("text", "firsts"), TAKEN_TOGETHER)
def test_what_words_beside_a_date_make_of_it(text: str, firsts: list[str]) -> None:
    found = find_dates(text, date.fromisoformat(TUESDAY))
    assert [str(one.value_start) for one in found] == firsts
