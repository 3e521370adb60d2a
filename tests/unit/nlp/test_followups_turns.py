"""Turns of phrase, things that have to arrive, offers and fronted promises; and what only looks like them."""

from datetime import date

import pytest

from nlp.dates import find_dates
from nlp.followups import find_follow_ups
from nlp.model import FollowUp, Letter
from tests.unit.nlp.test_followups_sentences import REFERENCE, SENDERS, brief, read, rows

AGENCY = SENDERS["agency"]
POSITIVE = """
landlord | deadline recipient .. 2022-03-31 | Hyran för april ska vara oss tillhanda senast den 31 mars.
landlord | deadline recipient .. 2022-04-15 | Anbudet är giltigt till och med den 15 april.
landlord | commitment sender 2022-05-11 2022-05-20 | Vi räknar med att vara färdiga i mitten av maj.
landlord | commitment third_party 2022-03-17 2022-03-17 | Rörmokare är beställd och kommer på torsdag.
landlord | request recipient .. 2022-03-25 | Vi har fått ett annat bud – en restaurang – och behöver därför ert svar senast den 25 mars.
municipality | request recipient .. .. | Vill ni att vi ställer undan möblerna?
municipality | request recipient .. .. | Behöver ni tillgång till arkivet?
municipality | request recipient .. .. | Hur har lokalerna värderats?
municipality | request recipient .. .. | Vad tycker ni om skyltförslaget?
municipality | request recipient .. 2022-04-01 | Påskrivet exemplar önskas åter senast den 1 april.
municipality | request recipient .. 2022-04-01 | För att ordföranden ska hinna läsa ser vi gärna ett utkast senast den 1 april.
municipality | request recipient .. 2022-03-31 | Era synpunkter behöver nå oss senast den 31 mars.
municipality | request recipient 2022-04-01 2022-04-01 | Kan ni tänka er att flytta starten till den 1 april?
municipality | request recipient .. .. | Ni får gärna skicka över skisserna redan nu.
municipality | request recipient .. .. | Jag tänkte höra om ni har hunnit läsa avtalet.
municipality | meeting both 2022-04-05 2022-04-05 | Borgmästaren kan inviga den 5 april kl. 11.
municipality | meeting both 2022-03-16 2022-03-16 | Går det bra om jag ringer på onsdag?
municipality | meeting both 2022-03-22 2022-03-23 | Chefen kan träffa er antingen tisdag den 22 mars eller onsdag den 23 mars.
municipality | commitment sender 2022-03-21 2022-03-27 | Vår enhet, genom Lina Berg, kontaktar er i nästa vecka.
municipality | commitment sender .. .. | Vi tar ställning på nästa sammanträde.
agency | commitment sender .. .. | Jag håller dig uppdaterad.
agency | commitment sender 2022-03-17 2022-03-17 | Nycklarna lämnar jag i receptionen på torsdag.
agency | commitment sender 2022-03-22 2022-03-22 | Kalkylen får ni den 22 mars.
agency | commitment sender .. 2022-03-18 | Du har underlaget i din inkorg senast på fredag.
agency | request recipient .. 2022-03-15 | Kan du fixa fram planlösningen före lunch i morgon?
agency | request recipient .. .. | Med anledning av vattenskadan den 2 mars behöver vi er rapport.
agency | commitment sender .. .. | Du får mer information när planen är klar.
agency | meeting both 2022-03-24 2022-03-24 | Har ni en timme på torsdag nästa vecka?
agency | deadline recipient .. 2022-03-24 | Felet i larmet. Åtgärdas senast den 24 mars.
ministry | deadline recipient .. 2022-05-02 | Det åligger er att lämna en plan senast den 2 maj.
"""
NEGATIVE = """
municipality | Läs särskilt avsnittet om hissen.
municipality | Vi planerar vår vårkonferens och skulle gärna ha med er.
municipality | Ange diarienummer i alla svar.
municipality | Har du åkt skidor i vinter?
landlord | Hör av dig om tiden inte passar.
landlord | Säg till om något är oklart.
landlord | Meddela om tiden inte fungerar.
landlord | Efter påsk tar vi nya tag.
landlord | Ni behöver inte boka flytten förrän efter påsk.
agency | Vi beställer härmed skyltar enligt er offert av den 10 februari.
agency | I april tar jag semester.
agency | Hoppas att du blir ordentligt firad i helgen.
agency | Meddela oss om ni får förhinder.
"""
LIST = """Hej Olle!

Några saker behöver vi er hjälp med:
1. Fyll i blanketten och returnera den senast den 25 mars.
2. Bekräfta att salen kan användas.
"""
AGAIN = "Vi behöver era krav på larmet. Vi vill ha dem senast den 25 mars."
NEWSLETTER = "Anmäl dig före den 30 mars och få 10 % rabatt!\n\nVisa i webbläsare | Avanmäl dig"
ARCHITECT = SENDERS["landlord"].__class__("Mia Bo", "mia@bo.example", "Bo Arkitekter")


def found_in(text: str) -> list[FollowUp]:
    return read(text, AGENCY)


@pytest.mark.parametrize(("sender", "expected", "text"), rows(POSITIVE))
def test_a_follow_up_is_found(sender: str, expected: str, text: str) -> None:
    assert [brief(found) for found in read(text, SENDERS[sender])] == [expected]


@pytest.mark.parametrize(("sender", "text"), rows(NEGATIVE))
def test_nothing_is_found(sender: str, text: str) -> None:
    assert [(brief(found), found.rule) for found in read(text, SENDERS[sender])] == []


def test_a_list_stands_for_the_line_that_announces_it() -> None:
    assert [brief(found) for found in found_in(LIST)] == [
        "request recipient .. 2022-03-25",
        "request recipient .. ..",
    ]


def test_a_request_that_is_said_again_with_its_day_is_one() -> None:
    assert [brief(found) for found in found_in(AGAIN)] == ["request recipient .. 2022-03-25"]


def test_a_newsletter_asks_for_nothing() -> None:
    assert found_in(NEWSLETTER) == []


def test_the_trade_of_the_sender_is_the_sender() -> None:
    text = "Arkitekten kompletterar ritningarna den 1 april."
    letter = Letter(text, REFERENCE, sender=ARCHITECT, recipients=(AGENCY,))
    found = find_follow_ups(letter, find_dates(text, REFERENCE))
    assert [(one.obligor, one.due_start) for one in found] == [("sender", date(2022, 4, 1))]
