"""The words beside a date: which window they leave open, and what is no appointment any more."""

from datetime import date

import pytest

from nlp.dates import find_dates

CASES = [
    ("Svara senast den 25 oktober.", ["ON_OR_BEFORE ..2021-10-25"]),
    ("Svara senast 2021-10-25.", ["ON_OR_BEFORE ..2021-10-25"]),
    ("Svara senast måndag 25/10.", ["ON_OR_BEFORE ..2021-10-25"]),
    ("Svara senast på fredag kl. 12.", ["ON_OR_BEFORE ..2021-10-15"]),
    ("Svara senast kl. 15.00 den 25 oktober.", ["ON_OR_BEFORE ..2021-10-25"]),
    ("Svara senast vecka 42.", ["ON_OR_BEFORE ..2021-10-24"]),
    ("Svara senast i slutet av oktober.", ["ON_OR_BEFORE ..2021-10-31"]),
    ("Svara senast vid mötet den 25 oktober.", ["ON_OR_BEFORE ..2021-10-25"]),
    ("Svara gärna, den 25 oktober senast.", ["ON_OR_BEFORE ..2021-10-25"]),
    ("Sista svarsdag är den 25 oktober.", ["ON_OR_BEFORE ..2021-10-25"]),
    ("Svara t.o.m. den 25 oktober.", ["ON_OR_BEFORE ..2021-10-25"]),
    ("Det gäller till och med den 31 oktober.", ["ON_OR_BEFORE ..2021-10-31"]),
    ("Det gäller fram till november.", ["ON_OR_BEFORE ..2021-11-30"]),
    ("Svara före den 25 oktober.", ["BEFORE ..2021-10-24"]),
    ("Svara innan vecka 43.", ["BEFORE ..2021-10-24"]),
    ("Svara före jul.", ["BEFORE ..2021-12-23"]),
    ("Svara innan årsskiftet.", ["BEFORE ..2021-12-31"]),
    ("Svara före utgången av oktober.", ["BEFORE ..2021-10-31"]),
    ("Svara före årets slut.", ["ON_OR_BEFORE ..2021-12-31"]),
    ("Svara före slutet av november.", ["BEFORE ..2021-11-20"]),
    ("Svara innan november är slut.", ["ON_OR_BEFORE ..2021-11-30"]),
    ("Svara innan veckan är över.", ["ON_OR_BEFORE ..2021-10-17"]),
    ("Vi svarar efter den 25 oktober.", ["AFTER 2021-10-26.."]),
    ("Vi svarar efter vecka 43.", ["AFTER 2021-11-01.."]),
    ("Vi svarar efter nämndens möte den 25 oktober.", ["AFTER 2021-10-26.."]),
    ("Vi svarar tidigast efter mötet den 25 oktober.", ["AFTER 2021-10-26.."]),
    ("Vi svarar tidigast den 25 oktober.", ["ON_OR_AFTER 2021-10-25.."]),
    ("Vi svarar inte förrän i november.", ["ON_OR_AFTER 2021-11-01.."]),
    ("Ni kan inte svara senare än den 25 oktober.", ["ON_OR_BEFORE ..2021-10-25"]),
    ("Det gäller fr.o.m. den 1 november.", ["ON_OR_AFTER 2021-11-01.."]),
    ("Det gäller från och med vecka 44.", ["ON_OR_AFTER 2021-11-01.."]),
    ("Det gäller från 1 november.", ["ON_OR_AFTER 2021-11-01.."]),
    ("Det gäller från och med den 1 november till och med den 15 december.", ["None 2021-11-01..2021-12-15"]),
    ("Vi ses i oktober.", ["None 2021-10-01..2021-10-31"]),
    ("Vi kan inte den 25 oktober.", ["NEGATED 2021-10-25..2021-10-25"]),
    (
        "Mötet är inte den 25 oktober utan den 26 oktober.",
        ["NEGATED 2021-10-25..2021-10-25", "None 2021-10-26..2021-10-26"],
    ),
    ("Mötet den 25 oktober är inställt.", ["CANCELLED 2021-10-25..2021-10-25"]),
    ("Vi ställer in mötet på torsdag.", ["CANCELLED 2021-10-14..2021-10-14"]),
    (
        "Mötet den 25 oktober flyttas till den 1 november.",
        ["CANCELLED 2021-10-25..2021-10-25", "None 2021-11-01..2021-11-01"],
    ),
    (
        "Mötet flyttas från den 25 oktober till den 1 november.",
        ["CANCELLED 2021-10-25..2021-10-25", "None 2021-11-01..2021-11-01"],
    ),
    ("Det blir kring den 25 oktober.", ["None 2021-10-25..2021-10-25"]),
    ("Det blir omkring midsommar.", ["None 2022-06-24..2022-06-25"]),
    ("Ert brev från den 4 oktober har kommit.", ["None 2021-10-04..2021-10-04"]),
    ("Det gäller fram till årsskiftet.", ["ON_OR_BEFORE ..2021-12-31"]),
    ("Vi svarar inom 14 dagar.", ["None 2021-10-12..2021-10-26"]),
    (
        "Mötet torsdag 28/10 är framflyttat till 4/11.",
        ["CANCELLED 2021-10-28..2021-10-28", "None 2021-11-04..2021-11-04"],
    ),
    ("Mötet den 28 oktober ställs tyvärr in.", ["CANCELLED 2021-10-28..2021-10-28"]),
    (
        "Mötet den 28 oktober blir i stället den 4 november.",
        ["CANCELLED 2021-10-28..2021-10-28", "None 2021-11-04..2021-11-04"],
    ),
    ("Lokalen är ledig fr om 1/11.", ["ON_OR_AFTER 2021-11-01.."]),
    ("Lokalen är ledig from 2021-11-01.", ["ON_OR_AFTER 2021-11-01.."]),
    ("Gäller t o m den 1 november.", ["ON_OR_BEFORE ..2021-11-01"]),
    ("Deadline: 1 november.", ["ON_OR_BEFORE ..2021-11-01"]),
    ("Svara den 1 november eller tidigare.", ["ON_OR_BEFORE ..2021-11-01"]),
    ("Lokalen är ledig den 1 november eller senare.", ["ON_OR_AFTER 2021-11-01.."]),
    ("Svara senast 14 dagar före mötet.", []),
    ("Vi har väntat sedan i maj.", ["ON_OR_AFTER 2021-05-01.."]),
    ("Det blir klart i slutet av november någon gång.", ["END 2021-11-21..2021-11-30"]),
    (
        "Svara senast den 1 mars 2022 och den 1 mars 2023.",
        ["ON_OR_BEFORE ..2022-03-01", "ON_OR_BEFORE ..2023-03-01"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_window(text: str, expected: list[str]) -> None:
    found = find_dates(text, date(2021, 10, 12))
    assert [f"{m.mod} {m.window_start or ''}..{m.window_end or ''}" for m in found] == expected
