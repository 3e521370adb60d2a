"""Single days, lists and runs of days: what the bare phrase denotes."""

from datetime import date

import pytest

from nlp.dates import find_dates
from nlp.model import DateMention

CASES = [
    ("2021-05-03", "Underlaget skickades 2021-04-28 till registraturen.", ["2021-04-28: 2021-04-28"]),
    ("2021-05-03", "Vi möts 2021-06-01 kl. 13:00 i Sundsvall.", ["2021-06-01 kl. 13:00: 2021-06-01 13:00"]),
    ("2021-05-03", "Ritningen är daterad 20210412.", ["20210412: 2021-04-12"]),
    ("2021-05-03", "Protokoll 210426 bifogas.", ["210426: 2021-04-26"]),
    ("2021-05-03", "Besiktningen sker den 7 juni 2021.", ["den 7 juni 2021: 2021-06-07"]),
    ("2021-05-03", "Besiktningen sker den 7 juni.", ["den 7 juni: 2021-06-07"]),
    ("2021-05-03", "Passar den 4–5 eller 8 juni?", ["den 4–5: 2021-06-04..2021-06-05", "8 juni: 2021-06-08"]),
    ("2021-05-03", "Vi ses den 7 juni klockan tio.", ["den 7 juni klockan tio: 2021-06-07 10:00"]),
    (
        "2021-05-03",
        "Vi ses den 7 juni klockan halv tre till fyra.",
        ["den 7 juni klockan halv tre till fyra: 2021-06-07 14:30-16:00"],
    ),
    ("2021-05-03", "Vi ses den 7 juni vid 14-tiden.", ["den 7 juni vid 14-tiden: 2021-06-07 14:00"]),
    ("2021-05-03", "Vi ses mån 7/6 f.m. hos er.", ["mån 7/6 f.m: 2021-06-07 08:00-12:00"]),
    ("2021-05-03", "Vänligen inkom med yttrande den 8 april.", ["den 8 april: 2022-04-08"]),
    ("2021-05-03", "Jag har uppfattat att ni återkommer i april.", ["april: 2022-04-01..2022-04-30"]),
    ("2021-05-03", "Offerten skulle ha kommit i april.", ["april: 2021-04-01..2021-04-30"]),
    ("2021-05-03", "Ni skulle ju återkomma i april.", ["april: 2021-04-01..2021-04-30"]),
    ("2021-05-03", "Domen vann laga kraft den 8 april.", ["den 8 april: 2021-04-08"]),
    ("2021-05-03", "Nämnden har skjutit ärendet till sitt möte i juni.", ["juni: 2021-06-01..2021-06-30"]),
    ("2021-05-03", "Besiktningen sker 7 juni.", ["7 juni: 2021-06-07"]),
    ("2021-05-03", "Besiktningen sker den 7:e juni.", ["den 7:e juni: 2021-06-07"]),
    ("2021-05-03", "Besiktningen sker den sjunde juni.", ["den sjunde juni: 2021-06-07"]),
    ("2021-05-03", "Besiktningen sker DEN 7 JUNI 2021.", ["DEN 7 JUNI 2021: 2021-06-07"]),
    ("2021-05-03", "Avtalet löper till 31 dec. 2024.", ["31 dec. 2024: 2024-12-31"]),
    ("2021-05-03", "Hyresavtalet gäller 1 okt -22 och framåt.", ["1 okt -22: 2022-10-01"]),
    ("2021-05-03", "Nämnden har möte 25/5.", ["25/5: 2021-05-25"]),
    ("2021-05-03", "Nämnden har möte tisdag 25/5 kl 18.", ["tisdag 25/5 kl 18: 2021-05-25 18:00"]),
    ("2021-05-03", "Nämnden har möte 25/5-2022.", ["25/5-2022: 2022-05-25"]),
    ("2021-05-03", "Nämnden har möte 25.5.2021.", ["25.5.2021: 2021-05-25"]),
    (
        "2021-05-03",
        "Nämnden har möte tisdagen den 25 maj kl. 18.30–20.00.",
        ["tisdagen den 25 maj kl. 18.30–20.00: 2021-05-25 18:30-20:00"],
    ),
    ("2021-05-03", "Kan ni tis 25 maj kl 9-10?", ["tis 25 maj kl 9-10: 2021-05-25 09:00-10:00"]),
    (
        "2021-05-03",
        "Kan ni den 18, 20 eller 25 maj?",
        ["den 18: 2021-05-18", "20: 2021-05-20", "25 maj: 2021-05-25"],
    ),
    ("2021-05-03", "Vi besöker er den 4 och 11 maj.", ["den 4: 2021-05-04", "11 maj: 2021-05-11"]),
    ("2021-05-03", "Utställningen visas den 9–11 juni.", ["den 9–11 juni: 2021-06-09..2021-06-11"]),
    ("2021-05-03", "Utställningen visas 9/6–11/6.", ["9/6–11/6: 2021-06-09..2021-06-11"]),
    ("2021-05-03", "Utställningen visas 28 maj–3 juni 2022.", ["28 maj–3 juni 2022: 2022-05-28..2022-06-03"]),
    (
        "2021-05-03",
        "Utställningen visas från den 28 maj till den 3 juni.",
        ["den 28 maj till den 3 juni: 2021-05-28..2021-06-03"],
    ),
    ("2021-05-03", "Välj en tid mellan den 10 och 14 maj.", ["den 10 och 14 maj: 2021-05-10..2021-05-14"]),
    ("2021-05-03", "Städning sker 2021-06-01–2021-06-15.", ["2021-06-01–2021-06-15: 2021-06-01..2021-06-15"]),
    ("2021-05-03", "Vi ses på fredag.", ["på fredag: 2021-05-07"]),
    ("2021-05-03", "Vi ses nu på fredag kl. 10.", ["nu på fredag kl. 10: 2021-05-07 10:00"]),
    ("2021-05-03", "Vi ses på måndag.", ["på måndag: 2021-05-10"]),
    ("2021-05-03", "Vi ses nästa fredag.", ["nästa fredag: 2021-05-14"]),
    ("2021-05-03", "Vi sågs i fredags.", ["i fredags: 2021-04-30"]),
    ("2021-05-03", "Sista fredagen i maj är det planeringsdag.", ["Sista fredagen i maj: 2021-05-28"]),
    ("2021-05-03", "Första måndagen i juni 2022 öppnar vi.", ["Första måndagen i juni 2022: 2022-06-06"]),
    ("2021-05-03", "Arbetet pågår första veckan i juni.", ["första veckan i juni: 2021-05-31..2021-06-06"]),
    ("2021-05-03", "Hyran betalas sista maj.", ["sista maj: 2021-05-31"]),
    ("2021-05-03", "Vi kan ses torsdag den 20.", ["torsdag den 20: 2021-05-20"]),
    ("2021-05-03", "Svar önskas den 15:e.", ["den 15:e: 2021-05-15"]),
    ("2021-05-03", "Svar önskas den 15 nästa månad.", ["den 15 nästa månad: 2021-06-15"]),
    ("2021-05-03", "Beslutet skrevs den 28 april.", ["den 28 april: 2021-04-28"]),
    ("2021-05-03", "Vi skrev till er den 7 juni.", ["den 7 juni: 2020-06-07"]),
    ("2021-05-03", "Tack för ert mejl den 7 december.", ["den 7 december: 2020-12-07"]),
    (
        "2021-05-03",
        "Enligt protokoll från den 20 september ska lokalen byggas om.",
        ["den 20 september: 2020-09-20"],
    ),
    ("2021-05-03", "Ni lovade svar till den 10 maj.", ["den 10 maj: 2021-05-10"]),
    ("2021-05-03", "Vi bokade in ett möte den 10 maj.", ["den 10 maj: 2021-05-10"]),
    ("2021-05-03", "Kl. 13.30 den 10 maj passar oss.", ["Kl. 13.30 den 10 maj: 2021-05-10 13:30"]),
    ("2021-05-03", "Vi föreslår torsdagen\nden 20 maj 2021.", ["torsdagen\nden 20 maj 2021: 2021-05-20"]),
    ("2021-05-03", "Rapporten lämnas den 23 februari 2024.", ["den 23 februari 2024: 2024-02-23"]),
    ("2024-01-10", "Nästa möte är den 29 februari.", ["den 29 februari: 2024-02-29"]),
    ("2021-05-03", "Städning sker 211001-211015.", ["211001-211015: 2021-10-01..2021-10-15"]),
    ("2021-05-03", "Vi ses onsdag 26/5-21.", ["onsdag 26/5-21: 2021-05-26"]),
    ("2021-05-03", "Invigning torsdag 7 okt kl 10.", ["torsdag 7 okt kl 10: 2021-10-07 10:00"]),
    (
        "2021-05-03",
        "Kallelse: fredagen den 4 juni 2021, kl. 08:30.",
        ["fredagen den 4 juni 2021, kl. 08:30: 2021-06-04 08:30"],
    ),
    (
        "2021-05-03",
        "Vi kan ses tisdagen den 18 och torsdagen den 20 maj.",
        ["tisdagen den 18: 2021-05-18", "torsdagen den 20 maj: 2021-05-20"],
    ),
    (
        "2021-05-03",
        "Vi kan ses tisdag den 18 maj eller torsdag den 20 maj.",
        ["tisdag den 18 maj: 2021-05-18", "torsdag den 20 maj: 2021-05-20"],
    ),
    ("2021-05-03", "Vi ses måndag–onsdag.", ["måndag–onsdag: 2021-05-10..2021-05-12"]),
    (
        "2021-05-03",
        "Tidplan: 1/6 ritning, 15/8 byggstart, 1/12 inflyttning.",
        ["1/6: 2021-06-01", "15/8: 2021-08-15", "1/12: 2021-12-01"],
    ),
    (
        "2021-05-03",
        "Uppgifterna inkom 2021-04-30 och besvarades 2021-05-02.",
        ["2021-04-30: 2021-04-30", "2021-05-02: 2021-05-02"],
    ),
    ("2022-03-16", "Vi har den 1 mars skickat förslaget.", ["den 1 mars: 2022-03-01"]),
    ("2022-03-16", "Vi har skickat förslaget den 10 mars.", ["den 10 mars: 2022-03-10"]),
    ("2022-03-16", "Vi har bokat en lokal den 10 april.", ["den 10 april: 2022-04-10"]),
    ("2022-03-16", "Den 10 december undertecknades avtalet.", ["Den 10 december: 2021-12-10"]),
    ("2022-03-16", "Den 10 april undertecknas avtalet.", ["Den 10 april: 2022-04-10"]),
    (
        "2022-03-16",
        "Visningen som var planerad till den 10 mars får vi skjuta på.",
        ["den 10 mars: 2022-03-10"],
    ),
    ("2022-03-16", "Vi hade gärna sett ett svar den 1 april.", ["den 1 april: 2022-04-01"]),
    ("2022-03-16", "Er skrivelse inkom den 15 februari.", ["den 15 februari: 2022-02-15"]),
    ("2022-03-16", "Enligt beslut 10 november ska kontoret byggas.", ["10 november: 2021-11-10"]),
    (
        "2022-03-16",
        "Tider:\n- Tisdag 5 april kl 13–15\n- Onsdag 6 april kl 9–11",
        ["Tisdag 5 april kl 13–15: 2022-04-05 13:00-15:00", "Onsdag 6 april kl 9–11: 2022-04-06 09:00-11:00"],
    ),
    (
        "2022-03-16",
        "Kan vi höras på torsdag eftermiddag?",
        ["på torsdag eftermiddag: 2022-03-17 12:00-17:00"],
    ),
    (
        "2022-03-16",
        "Vi kan mellan kl. 10 och 12 den 4 april.",
        ["mellan kl. 10 och 12 den 4 april: 2022-04-04 10:00-12:00"],
    ),
    (
        "2022-03-16",
        "Vi kan den 4 april mellan kl. 10 och 12.",
        ["den 4 april mellan kl. 10 och 12: 2022-04-04 10:00-12:00"],
    ),
    ("2022-03-16", "Vi ses ons den 20:e kl 13.", ["ons den 20:e kl 13: 2022-04-20 13:00"]),
]


def shown(mention: DateMention) -> str:
    """The expression and what it denotes: "vecka 42: 2021-10-18..2021-10-24"."""
    days = [str(mention.value_start), str(mention.value_end)]
    times = [f"{t:%H:%M}" for t in (mention.start_time, mention.end_time) if t]
    return f"{mention.text}: {'..'.join(days[: 1 + (days[0] != days[1])])} {'-'.join(times)}".strip()


@pytest.mark.parametrize(("reference", "text", "expected"), CASES)
def test_value(reference: str, text: str, expected: list[str]) -> None:
    assert [shown(m) for m in find_dates(text, date.fromisoformat(reference))] == expected
