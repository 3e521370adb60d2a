"""Promises and requests beyond the tables of verbs, and what only looks like one."""

import pytest

from tests.unit.nlp.test_followups_sentences import SENDERS, brief, read, rows

POSITIVE = """
agency | commitment sender 2022-03-15 2022-03-15 | Jag pingar dig i morgon.
agency | commitment sender .. .. | Det löser vi.
agency | commitment sender .. .. | Jag hör med vår jurist och skickar ett förslag.
agency | commitment sender 2022-03-18 2022-03-18 | På fredag har du underlaget.
agency | commitment sender 2022-03-18 2022-03-18 | Kan inte svara nu men mejlar på fredag.
agency | commitment sender .. .. | Låt mig återkomma i den frågan.
agency | commitment sender .. .. | Så fort listan är klar får du den.
agency | commitment sender .. 2022-03-31 | Vi ser till att dörren går att öppna senast den 31 mars.
agency | commitment sender .. .. | Mer information kommer.
agency | commitment sender 2022-03-15 2022-03-15 | Ska höra med Sten och återkomma i morgon.
agency | commitment third_party 2022-04-01 2022-04-01 | Sven Holm tar fram en kalkyl till den 1 april.
agency | commitment third_party 2022-03-21 2022-03-27 | Ritningen skickar vår arkitekt i nästa vecka.
municipality | commitment sender 2022-03-21 2022-03-27 | Någon från oss ringer er nästa vecka.
municipality | commitment sender .. 2022-03-31 | Vår byggenhet lämnar besked senast den 31 mars.
agency | request recipient .. .. | Hade varit värdefullt att få era tankar.
agency | request recipient .. .. | Vi är i behov av en ny ritning.
agency | request recipient .. 2022-03-31 | Vi hemställer att kommunen yttrar sig senast den 31 mars.
agency | request recipient .. .. | Vi vill att ni utvecklar resonemanget i avsnitt 2.
agency | request recipient .. .. | Glöm inte att fota entrén.
agency | request recipient .. .. | Hör av dig när du har pratat med Sten.
agency | request recipient .. .. | Bekräftelse önskas.
agency | meeting both 2022-03-17 2022-03-17 | Ska vi säga torsdag klockan 14?
agency | meeting both 2022-03-24 2022-03-24 | Skulle ni kunna komma hit den 24 mars?
agency | meeting both .. .. | Kan vi hitta en tid för ett samtal?
agency | meeting both 2022-03-29 2022-03-29 | Visningen som var bokad till den 22 mars flyttas till den 29 mars.
landlord | deadline recipient .. 2022-04-15 | Vi håller lokalen åt er till och med den 15 april.
"""
NEGATIVE = """
agency | Vi vill återkomma med några frågor om lokalen.
agency | Återkopplar angående din fråga.
agency | Det innebär att vi ska se över våra öppettider.
agency | Vi uppskattar att ni tog er tid.
agency | Skulle det visa sig svårt vill vi veta det.
agency | Det var en fingervisning om vart det bar den 12 mars.
landlord | Vi klipper gräset två gånger i veckan.
landlord | Under sommaren byter vi tak.
landlord | Elektrikern beräknas vara klar i slutet av nästa vecka.
private | Han sa att jag skulle få ett intyg inom tre dagar.
private | Medarbetarna har fackligt möte den 24 mars.
agency | Har ni fler synpunkter tar vi gärna emot dem.
agency | Vi får ses någon gång.
"""


@pytest.mark.parametrize(("sender", "expected", "text"), rows(POSITIVE))
def test_a_follow_up_is_found(sender: str, expected: str, text: str) -> None:
    assert [brief(found) for found in read(text, SENDERS[sender])] == [expected]


@pytest.mark.parametrize(("sender", "text"), rows(NEGATIVE))
def test_nothing_is_found(sender: str, text: str) -> None:
    assert [(brief(found), found.rule) for found in read(text, SENDERS[sender])] == []
