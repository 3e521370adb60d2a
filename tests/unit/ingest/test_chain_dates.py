"""Dates of quoted headers, as programs in many languages spell them."""

import pytest

from ingest.chain.dates import find_header_date, find_yearless, parse_header_date

SUMMER = "2021-06-08T09:14:00+02:00"


@pytest.mark.parametrize(
    "spelled",
    [
        "den 8 juni 2021 09:14",
        "Den 8 juni 2021 kl. 9:14",
        "tisdag 8 juni 2021 kl. 09:14",
        "tisdag, 8 juni 2021 09.14",
        "8 juni 2021 09:14:00",
        "2021-06-08 09:14",
        "2021-06-08 09:14:00",
        "2021/06/08 9:14",
        "8/6/2021 09:14",
        "08.06.2021 09:14",
        "8.6.2021 9.14",
        "08.06.21 09:14",
        "8-Jun-2021 09:14",
        "Tue 6/8/2021 9:14 AM",
        "6/8/2021 9:14 AM",
        "June 8, 2021 9:14 AM",
        "Tuesday, June 8, 2021 9:14:00 AM",
        "Tue Jun  8 09:14:00 2021",
        "Tue Jun 08 09:14 2021",
        "Tuesday, June 8th, 2021 at 9:14 AM",
        "8 June 2021 at 09:14",
        "tirsdag 8. juni 2021 09:14",
        "tir. 8. jun. 2021 kl. 09.14",
        "tiistai 8. kesäkuuta 2021 9.14",
        "ti 8. kesäk. 2021 klo 9.14",
        "Dienstag, den 8. Juni 2021 um 09:14 Uhr",
        "mardi 8 juin 2021 à 09:14",
        "mar, 8 jun 2021 a las 9:14",
        "8 de junio de 2021 9:14",
        "ter., 8 de jun. de 2021 às 09:14",
        "8 giu 2021 alle ore 09:14",
        "wt., 8 cze 2021 o 09:14",
        "2021. június 8. 9:14",
        "вт, 8 июн. 2021 г. в 09:14",
        "2021年6月8日 9:14",
        "2021年6月8日 上午9:14",
        "2021年6月8日星期二, 上午9:14",
        "2021년 6월 8일 화요일 AM 9:14",
        "2021. 6. 8. 오전 9:14",
        "mardi 8 juin 2021, 9 h 14",
        "Thứ Ba, 8 thg 6, 2021 lúc 9:14",
        "utorak, 8. jun 2021. u 9:14",
        "otrd., 2021. g. 8. jūn., plkst. 09:14",
        "8 de juny de 2021, 9:14",
        "Τρίτη, 8 Ιουνίου 2021 9:14 π.μ.",
        "09:14 den 8 juni 2021",
        "den\u00a08\u00a0juni\u00a02021\u202f09:14",
        "den 8 juni 2021 9.14 fm",
    ],
)
def test_a_clock_without_zone_is_local(spelled: str) -> None:
    found = find_header_date(spelled)
    assert found is not None
    assert (found.value.isoformat(), found.zone_known) == (SUMMER, False)


@pytest.mark.parametrize(
    ("spelled", "moment"),
    [
        ("Tue, 8 Jun 2021 09:14:05 +0200", "2021-06-08T09:14:05+02:00"),
        ("Tue, 8 Jun 2021 09:14:05 -0700 (PDT)", "2021-06-08T09:14:05-07:00"),
        ("8 juni 2021 09:14:22 CEST", "2021-06-08T09:14:22+02:00"),
        ("2021-06-08T09:14:22Z", "2021-06-08T09:14:22+00:00"),
        ("2021-06-08 09:14 (GMT+01:00)", "2021-06-08T09:14:00+01:00"),
        ("8. června 2021 v 9:14:00 SELČ", SUMMER),
        ("2021年6月8日 GMT+2 09:14:00", SUMMER),
        ("den 8 juni 2021 09:14 (UTC+01:00)", "2021-06-08T09:14:00+01:00"),
        ("den 8 juni 2021 09:14 (UTC+01:00) Amsterdam, Berlin, Bern, Rom, Stockholm, Wien", SUMMER),
    ],
)
def test_a_zone_that_is_written_is_known(spelled: str, moment: str) -> None:
    found = find_header_date(spelled)
    assert found is not None
    assert (found.value.isoformat(), found.zone_known) == (moment, True)


@pytest.mark.parametrize(
    "spelled",
    [
        "",
        "i går",
        "den 31 februari 2021 09:14",
        "2021-06-08 25:61",
        "2021-13-45",
        "8 juni",
        "0000-00-00 00:00",
    ],
)
def test_an_impossible_date_is_none(spelled: str) -> None:
    assert parse_header_date(spelled) is None


def test_a_place_of_the_tz_database_is_a_zone() -> None:
    found = find_header_date("08.06.2021 09:14 (Europe/Helsinki) - Anna Ek")
    assert found is not None
    assert (found.value.isoformat(), found.zone_known) == ("2021-06-08T09:14:00+03:00", True)
    strange = find_header_date("08.06.2021 09:14 (Nowhere/Place)")
    assert strange is not None
    assert not strange.zone_known


def test_a_day_without_a_clock_is_midnight() -> None:
    moment = parse_header_date("8 juni 2021")
    assert moment is not None
    assert moment.isoformat() == "2021-06-08T00:00:00+02:00"


def test_winter_is_an_hour_off_and_another_zone_can_be_named() -> None:
    winter = parse_header_date("den 8 januari 2021 09:14")
    elsewhere = parse_header_date("8.1.2021 klo 9.14", zone="Europe/Helsinki")
    assert winter is not None
    assert elsewhere is not None
    assert winter.isoformat() == "2021-01-08T09:14:00+01:00"
    assert elsewhere.isoformat() == "2021-01-08T09:14:00+02:00"


def test_an_afternoon_is_counted_on() -> None:
    found = [
        parse_header_date(text)
        for text in ("June 7, 2021 1:42 PM", "7 juni 2021 1.42 em", "2021年6月7日 下午1:42")
    ]
    assert [moment and moment.strftime("%H:%M") for moment in found] == ["13:42"] * 3


@pytest.mark.parametrize(
    "spelled",
    [
        "perjantai, heinäkuuta 14, 2023 3:05:09 ip.", "2023. júl. 14., P, 3:05 du.", "14 Tem 2023 Cum 3:05 ÖS",
        "пт, 14 лип. 2023 р. 3:05 пп", "2023. g. 14. jūl. 3:05 pēcp.", "fös., 14. júl. 2023 3:05 e.h.",
        "14 Jul. 2023 3:05 nm.", "14 korr 2023, 3:05 m.d.", "2023年7月14日 3:05 午後", "2023年7月14日周五, 3:05 下午",
        "pá 14. července 2023 3:05 odp.", "14. jul. 2023 3:05 pop.", "14 thg 7, 2023, 15:05", "14 ta’ Lul, 2023 15:05",
        "piektd., 2023. g. 14. jūl. 15.05", "2023 թ. հուլ 14, 15:05",
    ],
)  # fmt: skip
def test_an_afternoon_of_many_languages(spelled: str) -> None:
    moment = parse_header_date(spelled)
    assert moment is not None
    assert (moment.date().isoformat(), moment.hour, moment.minute) == ("2023-07-14", 15, 5)


@pytest.mark.parametrize(
    "spelled",
    ["14.7.2023 9.05 ap.", "14 Jul. 2023 9:05 vm.", "14. júl. 2023 9:05 f.h.", "14 лип. 2023 р. 9:05 дп"],
)
def test_a_morning_of_many_languages(spelled: str) -> None:
    moment = parse_header_date(spelled)
    assert moment is not None
    assert (moment.hour, moment.minute) == (9, 5)


def test_midnight_and_noon_of_a_twelve_hour_clock() -> None:
    found = [parse_header_date(f"June 7, 2021 12:05 {half}") for half in ("AM", "PM")]
    assert [moment and moment.hour for moment in found] == [0, 12]


def test_a_day_without_a_year_has_a_place_alone() -> None:
    assert find_yearless("Den 8 juni kl. 09:14 skrev") == (4, 20)
    assert find_yearless("rum 8 och 9") is None


def test_letters_beside_a_date_cost_no_time() -> None:
    found = find_header_date("Mon, 7 Jun 2021 " + "Å" * 40 + "12" + "š" * 40 + ":41:30 +0200")
    assert found is not None
    assert not found.has_time


@pytest.mark.parametrize(
    ("spelled", "month"),
    [
        ("pon., 26 lip 2021 o 09:01", 7),
        ("sub, 26. lip 2021. u 09:01", 6),
        ("sex., 7/01/2022 à(s) 04:19", 1),
        ("Tue 6/8/2021 9:14 AM", 6),
        ("8/6/2021 9:14 a. m.", 6),
        ("Le 10/08/2021 à 00:05, Per von Essen", 8),
    ],
)
def test_the_weekday_beside_it_says_which_month_is_meant(spelled: str, month: int) -> None:
    found = find_header_date(spelled)
    assert found is not None
    assert found.value.month == month
