"""Words that merely look like the header of a mail stay words."""

import pytest

from ingest.chain import unfold
from ingest.model import ParsedMail

PROSE = {
    "bus": "Från: stationen går buss nr 3\nTill: sjukhuset\nkl. 8",
    "journey": "Resa:\nFrån: Sundsvall C\nTill: Ånge\nDatum: 7 juni 2021\nTid: 09:14",
    "period": "Från: 2021-06-07\nTill: 2021-06-09\nDatum: 3",
    "meeting hours": "Från: kl. 09\nTill: kl. 12\nDatum: 3 maj 2021\nÄmne: Möte",
    "two labels": "Från: Anna Ek\nTill: Bo\n\nHej",
    "wrote to us": "Den 3 maj skrev kommunen till oss.\nVi svarade.",
    "wrote the following": "Den 3 maj 2021 skrev kommunen följande:\n\nVi vill ha ett kontor.",
    "minutes": "Enligt protokollet den 8 juni 2021 kl. 09:14 skrev nämnden i sitt svar på frågan att lokalen är klar och noterade:\n\nallt ok",
    "agenda": "Dagordning\nTill: alla\nÄmne: Budget\nDatum: 2021-06-07\n\n1. Hej",
    "address block": "Postadress: Box 1\nBesöksadress: Storgatan 1\nTill: Anna\nTel: 1",
    "address in a heading": "Möte den 8 juni 2021 kl. 09:14 med anna@ange.example:\npunkt 1",
    "more than": "Bidrag betalas om\n> 50 000 kr\nannars inte.",
    "bullets": "Kontakta följande personer:\n- Anna Ek <a@ange.example>:\n- Bo",
    "memorandum": "Här är texten:\n\nTill: Kommunstyrelsen\nFrån: Förvaltningen\nDatum: 2021-09-02\nÄrende: Budget\n\nHej",
    "calendar": "När: den 2 september 2021 07:00-08:00\nVar: Storgatan\nOrganisatör: Ulla",
    "form": "Namn: Ulla\nE-post: ulla@x.example\nÄmne: Fråga\nMeddelande: Hej",
    "said": "Ulla Berg skrev:\n\nJag vill ha lokal.",
    "since": "Sedan 2021-09-02 09:14 skrev Ulla om:\n- lokal",
    "rules": "Hej\n\n---\n\nNytt stycke\n\n-----\nHej",
    "appendix": "Bilaga: ritning\nÄmne: lokal\nHej",
    "forwarded in a sentence": "Jag har vidarebefordrat brevet.\nVidarebefordrat\nHej",
}


@pytest.mark.parametrize("text", PROSE.values(), ids=PROSE)
def test_prose_is_one_message(text: str) -> None:
    (only,) = unfold(ParsedMail("ok", subject="SV: Lokal", text=text))
    assert only.body == text


@pytest.mark.parametrize("text", PROSE.values(), ids=PROSE)
def test_prose_within_a_chain_stays_with_its_message(text: str) -> None:
    block = "Från: Anna Ek <anna@ange.example>\nSkickat: den 8 juni 2021 09:14\nTill: Bo\nÄmne: Lokal\n\n"
    _, inner = unfold(ParsedMail("ok", text=f"Se nedan.\n\n{block}Hej.\n\n{text}"))
    assert inner.body == f"Hej.\n\n{text}"
