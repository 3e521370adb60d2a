"""Short expressions as people say and type them, seen from Wednesday 2022-03-16."""

from datetime import date

import pytest

from nlp.dates import parse_when
from tests.unit.nlp.reading_dates import dates_in

WEDNESDAY = "2022-03-16"

CASES = [
    ("morgondagen", "morgondagen: 2022-03-17"),
    ("gårdagens", "gårdagens: 2022-03-15"),
    ("i morgon om en vecka", "i morgon om en vecka: 2022-03-24"),
    ("i dag onsdag", "i dag onsdag: 2022-03-16"),
    ("för fyra dar sen", "för fyra dar sen: 2022-03-12"),
    ("två år sen", "två år sen: 2020-03-16"),
    ("om en dryg månad", "om en dryg månad: 2022-04-16"),
    ("om fyra till sex veckor", "om fyra till sex veckor: 2022-04-13..2022-04-27"),
    ("om ett och ett halvt år", "om ett och ett halvt år: 2023-09-16"),
    ("för två tisdagar sedan", "för två tisdagar sedan: 2022-03-08"),
    ("de närmaste fem dagarna", "de närmaste fem dagarna: 2022-03-16..2022-03-21"),
    ("de två senaste månaderna", "de två senaste månaderna: 2022-01-16..2022-03-16"),
    ("det senaste året", "det senaste året: 2021-03-16..2022-03-16"),
    ("tis", "tis: 2022-03-22"),
    ("aug", "aug: 2022-08-01..2022-08-31"),
    ("tisdagen efter nästa", "tisdagen efter nästa: 2022-03-29"),
    ("den här torsdagen", "den här torsdagen: 2022-03-17"),
    ("förra veckans måndag", "förra veckans måndag: 2022-03-07"),
    ("nästa vecka på tisdag", "nästa vecka på tisdag: 2022-03-22"),
    ("veckan som gick", "veckan som gick: 2022-03-07..2022-03-13"),
    ("veckan efter nästa", "veckan efter nästa: 2022-03-28..2022-04-03"),
    ("veckan den 5 maj", "veckan den 5 maj: 2022-05-02..2022-05-08"),
    ("veckoslutet", "veckoslutet: 2022-03-19..2022-03-20"),
    ("helgen som var", "helgen som var: 2022-03-12..2022-03-13"),
    ("månaden som kommer", "månaden som kommer: 2022-04-01..2022-04-30"),
    ("året som gick", "året som gick: 2021-01-01..2021-12-31"),
    ("dagen efter", "dagen efter: 2022-03-17"),
    ("den fjärde i femte", "den fjärde i femte: 2022-05-04"),
    ("den femtonde", "den femtonde: 2022-04-15"),
    ("den sista i månaden", "den sista i månaden: 2022-03-31"),
    ("den förste juni", "den förste juni: 2022-06-01"),
    ("maj 4, 2023", "maj 4, 2023: 2023-05-04"),
    ("juni 22", "juni 22: 2022-06-22"),
    ("4maj2023", "4maj2023: 2023-05-04"),
    ("4–6/5", "4–6/5: 2022-05-04..2022-05-06"),
    ("4.5.23", "4.5.23: 2023-05-04"),
    ("23-05-04", "23-05-04: 2023-05-04"),
    ("2023 - 05 - 04", "2023 - 05 - 04: 2023-05-04"),
    ("05/2023", "05/2023: 2023-05-01..2023-05-31"),
    ("v21/2023", "v21/2023: 2023-05-22..2023-05-28"),
    ("kvartal två", "kvartal två: 2022-04-01..2022-06-30"),
    ("Q3/2023", "Q3/2023: 2023-07-01..2023-09-30"),
    ("70-talet", "70-talet: 1970-01-01..1979-12-31"),
    ("nittiotalet", "nittiotalet: 1990-01-01..1999-12-31"),
    ("förra årtiondet", "förra årtiondet: 2010-01-01..2019-12-31"),
    ("år 1984", "år 1984: 1984-01-01..1984-12-31"),
    ("år 2061", "år 2061: 2061-01-01..2061-12-31"),
    ("nästa års januari", "nästa års januari: 2023-01-01..2023-01-31"),
    ("årets sista dag", "årets sista dag: 2022-12-31"),
    ("sista dagen på året", "sista dagen på året: 2022-12-31"),
    ("första måndagen i nästa månad", "första måndagen i nästa månad: 2022-04-04"),
    ("sista arbetsdagen i månaden", "sista arbetsdagen i månaden: 2022-03-31"),
    ("de tre första dagarna i maj", "de tre första dagarna i maj: 2022-05-01..2022-05-03"),
    ("de sista två veckorna i maj", "de sista två veckorna i maj: 2022-05-16..2022-05-29"),
    ("månaden ut", "månaden ut: 2022-03-16..2022-03-31"),
    ("nästa arbetsdag", "nästa arbetsdag: 2022-03-17"),
    ("ultimo mars", "ultimo mars: 2022-03-31"),
    ("medio april", "medio april: 2022-04-11..2022-04-20"),
    ("slutet november", "slutet november: 2022-11-21..2022-11-30"),
    ("HT22", "HT22: 2022-08-01..2022-12-31"),
    ("resten av månaden", "resten av månaden: 2022-03-16..2022-03-31"),
    ("hittills i år", "hittills i år: 2022-01-01..2022-03-16"),
    ("annandag pingst", "annandag pingst: 2022-06-06"),
    ("dan före dopparedan", "dan före dopparedan: 2022-12-23"),
    ("första söndagen i advent", "första söndagen i advent: 2022-11-27"),
    ("mellan jul och nyår", "mellan jul och nyår: 2022-12-27..2022-12-30"),
    ("måndagen efter påsk", "måndagen efter påsk: 2022-04-25"),
    ("halv åtta i kväll", "halv åtta i kväll: 2022-03-16 19:30"),
    ("kvart över tre på fredag", "kvart över tre på fredag: 2022-03-18 15:15"),
    ("13:30 på fredag", "13:30 på fredag: 2022-03-18 13:30"),
    ("fredag eftermiddag klockan 3", "fredag eftermiddag klockan 3: 2022-03-18 15:00"),
    ("fredag eftermiddag kl. 14", "fredag eftermiddag kl. 14: 2022-03-18 14:00"),
    ("på fredag vid tretiden", "på fredag vid tretiden: 2022-03-18 15:00"),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_value(text: str, expected: str) -> None:
    assert dates_in(text, WEDNESDAY) == [expected]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("3 veckor", "2022-04-06"),
        ("en månad", "2022-04-16"),
        ("fre kl 14", "2022-03-18"),
        ("inte förrän på måndag", "2022-03-21"),
        ("de närmaste två veckorna", "2022-03-16"),
        ("vid halvårsskiftet", "2022-06-30"),
        ("lite senare, i maj", "2022-05-01"),
    ],
)
def test_what_a_person_types(text: str, first: str) -> None:
    found = parse_when(text, date.fromisoformat(WEDNESDAY))
    assert found is not None
    assert str(found.window_start) == first


@pytest.mark.parametrize(
    "text",
    [
        "3 veckor.",
        "Det tar 3 veckor.",
        "två dagar om året",
        "2000-talet",
        "mer än 2000",
        "på en tisdag",
        "Den andra är klar.",
        "mån–sön",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert dates_in(text, WEDNESDAY) == []
