"""Counted from today or from a date that was named."""

import pytest

from tests.unit.nlp.reading_dates import dates_in

CASES = [
    ("2022-11-02", "Jag ringer om två timmar.", ["om två timmar: 2022-11-02"]),
    (
        "2022-11-02",
        "Felet kom i måndags och rättades samma dygn.",
        ["i måndags: 2022-10-31", "samma dygn: 2022-10-31"],
    ),
    ("2023-06-26", "Vi stänger veckan efter midsommar.", ["veckan efter midsommar: 2023-06-26..2023-07-02"]),
    ("2023-06-26", "Svar senast den 28 ds.", ["den 28 ds: 2023-06-28"]),
    (
        "2022-09-19",
        "Lämnas senast den femtonde nästkommande månad.",
        ["den femtonde nästkommande månad: 2022-10-15"],
    ),
    (
        "2023-06-26",
        "Det ska vara klart inom sex månader räknat från den 1 juli 2023.",
        ["inom sex månader räknat från den 1 juli 2023: 2023-07-01..2024-01-01"],
    ),
    (
        "2022-05-03",
        "Rösta fr.o.m. den 24 augusti t.o.m. valdagen den 11 september.",
        ["den 24 augusti t.o.m. valdagen den 11 september: 2022-08-24..2022-09-11"],
    ),
    ("2021-11-03", "Vi kan sedan sitta ner på torsdag den 18:e.", ["på torsdag den 18:e: 2021-11-18"]),
    ("2021-10-12", "Jag ringer i dag.", ["i dag: 2021-10-12"]),
    ("2021-10-12", "Jag ringer imorgon.", ["imorgon: 2021-10-13"]),
    ("2021-10-12", "Jag ringer i morgon eftermiddag.", ["i morgon eftermiddag: 2021-10-13 12:00-17:00"]),
    ("2021-10-12", "Jag ringer i övermorgon kl. 9.", ["i övermorgon kl. 9: 2021-10-14 09:00"]),
    ("2021-10-12", "Jag ringde i går.", ["i går: 2021-10-11"]),
    ("2021-10-12", "Jag ringde i förmiddags.", ["i förmiddags: 2021-10-12"]),
    ("2021-10-12", "Jag återkommer om två veckor.", ["om två veckor: 2021-10-26"]),
    ("2021-10-12", "Jag återkommer om en månad.", ["om en månad: 2021-11-12"]),
    ("2021-10-12", "Jag återkommer om 10 dagar.", ["om 10 dagar: 2021-10-22"]),
    ("2021-10-12", "Vi fick brevet för tre veckor sedan.", ["för tre veckor sedan: 2021-09-21"]),
    ("2021-10-12", "Svara inom 14 dagar.", ["inom 14 dagar: 2021-10-12..2021-10-26"]),
    ("2021-10-12", "Svara inom två veckor.", ["inom två veckor: 2021-10-12..2021-10-26"]),
    ("2021-10-12", "Svara inom fem arbetsdagar.", ["inom fem arbetsdagar: 2021-10-12..2021-10-19"]),
    ("2021-12-20", "Svara inom fem arbetsdagar.", ["inom fem arbetsdagar: 2021-12-20..2021-12-28"]),
    (
        "2021-10-12",
        "Svara inom tre veckor från den 1 november.",
        ["inom tre veckor från den 1 november: 2021-11-01..2021-11-22"],
    ),
    ("2021-10-12", "Svara inom tre veckor från mottagandet.", []),
    (
        "2021-10-12",
        "Vi följer upp två månader efter invigningen den 1 mars.",
        ["två månader efter invigningen den 1 mars: 2022-05-01", "den 1 mars: 2022-03-01"],
    ),
    (
        "2021-10-12",
        "Handlingarna skickas en vecka före den 1 december.",
        ["en vecka före den 1 december: 2021-11-24"],
    ),
    (
        "2021-10-12",
        "Handlingarna skickas veckan före den 1 december.",
        ["veckan före den 1 december: 2021-11-22..2021-11-28"],
    ),
    ("2021-10-12", "Handlingarna skickas dagen före julafton.", ["dagen före julafton: 2021-12-23"]),
    (
        "2021-10-12",
        "Nämnden möts den 16 november och vi svarar dagen efter.",
        ["den 16 november: 2021-11-16", "dagen efter: 2021-11-17"],
    ),
    (
        "2021-10-12",
        "Nämnden möts den 16 november och vi svarar veckan därpå.",
        ["den 16 november: 2021-11-16", "veckan därpå: 2021-11-22..2021-11-28"],
    ),
    (
        "2021-10-12",
        "Nämnden möts den 16 november och vi ses samma dag.",
        ["den 16 november: 2021-11-16", "samma dag: 2021-11-16"],
    ),
    (
        "2021-10-12",
        "Nämnden möts den 16 november och vi svarar tre dagar senare.",
        ["den 16 november: 2021-11-16", "tre dagar senare: 2021-11-19"],
    ),
    ("2021-10-12", "Vi svarar veckan därpå.", []),
    ("2021-10-12", "Vi undrade över detta i höstas.", ["i höstas: 2020-09-01..2020-11-30"]),
    ("2021-10-12", "Jag svarar i veckan.", ["i veckan: 2021-10-11..2021-10-17"]),
    ("2022-03-16", "Vi svarar om ett halvår.", ["om ett halvår: 2022-09-16"]),
    ("2022-03-16", "Vi svarar inom 48 timmar.", ["inom 48 timmar: 2022-03-16..2022-03-18"]),
    (
        "2022-03-16",
        "Vi svarar dagen efter nämndens möte den 5 april.",
        ["dagen efter nämndens möte den 5 april: 2022-04-06", "den 5 april: 2022-04-05"],
    ),
    ("2022-03-16", "Vi svarar två veckor från i dag.", ["två veckor från i dag: 2022-03-30"]),
    (
        "2022-03-16",
        "Vi har arbetat med det de senaste två veckorna.",
        ["de senaste två veckorna: 2022-03-02..2022-03-16"],
    ),
    (
        "2022-03-16",
        "Vi arbetar med det de kommande tre månaderna.",
        ["de kommande tre månaderna: 2022-03-16..2022-06-16"],
    ),
    ("2022-03-16", "För ett halvår sedan kom beslutet.", ["För ett halvår sedan: 2021-09-16"]),
    ("2022-03-16", "Vi svarar dagen efter i morgon.", ["dagen efter i morgon: 2022-03-18"]),
]


@pytest.mark.parametrize(("reference", "text", "expected"), CASES)
def test_value(reference: str, text: str, expected: list[str]) -> None:
    assert dates_in(text, reference) == expected
