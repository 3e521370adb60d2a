"""What looks like a date and is none."""

from datetime import date

import pytest

from nlp.dates import find_dates

CASES = [
    "Vårt telefonnummer är 060-12 34 56.",
    "Ring 010-123 45 67 eller +46 70 123 45 67.",
    "Se dnr 2021-00123-4.",
    "Ärendet heter KS 2021/0412.",
    "Ärendet heter Ju2021/01234.",
    "Lagen (2019:212) gäller.",
    "Det följer av prop. 2018/19:47.",
    "Post skickas till 851 05 Sundsvall.",
    "Kontoret ingår i den andra omgången.",
    "Hälsa Maj Nilsson och Jan Ek.",
    "Frågan tas upp i vår styrgrupp.",
    "Hyran är 2 022 kronor.",
    "Ytan är 2022 kvm.",
    "Lokalen ligger på plan 2/3 vid Höstgatan 4.",
    "Mer än 1/3 av ytan är tom.",
    "Vi har öppet 24/7.",
    "Vi möts varje måndag och varannan vecka.",
    "Vi möts första tisdagen i varje månad.",
    "Vi har möte två gånger i veckan.",
    "Hälsa Karin Maj från oss.",
    "Avtalet har en uppsägningstid om sex månader.",
    "Redovisa tiden senast den 3:e varje månad.",
    "Öppettider: måndag–fredag 9–16.",
    "Receptionen har öppet tis–tors 10–14.",
    "Uppsägningstiden är nio månader.",
    "God jul och gott nytt år!",
    "Trevlig helg!",
    "Det gäller den 31 juni.",
    "Det gäller vecka 54.",
    "Det gäller 2021-02-30 och 30/2.",
    "Personnumret är 811218-9876.",
    "Läs mer på https://www.example.se/2021/05/07/nytt.",
    "Skriv till anna.2021-05-07@kommun.example.",
    "Sidan 3/9 saknas i bilaga 1/2.",
    "Det är version 2021.",
    "Vi följer 2021 års budget.",
    "Vi kom överens om yta och pris.",
    "Mer än 1/2 tjänst krävs.",
    "Fakturanummer 20211012 är betald.",
    "Hälsningar\n/Maj",
    "Uppdraget rör Agenda 2030.",
    "Ytan är 350 kvm och hyran 1 200 kr/kvm.",
    "Kontakta Juni Berg på plan 3.",
    "Besök oss på Storgatan 4/5.",
    "Serien är " + "1/" * 12 + "1.",
    "Telefontid: måndag–fredag.",
    "Mötet hålls den 15:e varje månad.",
    "Vi ses sista onsdagen i varje månad.",
]


@pytest.mark.parametrize("text", CASES)
def test_no_date(text: str) -> None:
    assert find_dates(text, date(2021, 10, 12)) == []
