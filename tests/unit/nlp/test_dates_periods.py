"""Months, quarters, seasons, years, feasts, their turns and parts."""

from datetime import date

import pytest

from nlp.dates import find_dates
from nlp.model import DateMention

CASES = [
    ("2021-06-07", "Det sker under årets sista kvartal.", ["årets sista kvartal: 2021-10-01..2021-12-31"]),
    ("2021-06-07", "Kontoret öppnar vår/sommar 2022.", ["vår/sommar 2022: 2022-03-01..2022-08-31"]),
    ("2021-06-07", "Det blir hösten/vintern.", ["hösten/vintern: 2021-09-01..2022-02-28"]),
    (
        "2021-06-07",
        "Vi hör av oss i slutet av oktober 2021.",
        ["slutet av oktober 2021: 2021-10-21..2021-10-31"],
    ),
    ("2021-06-07", "Vi hör av oss i mitten av oktober.", ["mitten av oktober: 2021-10-11..2021-10-20"]),
    ("2021-06-07", "Vi hör av oss i början på oktober.", ["början på oktober: 2021-10-01..2021-10-10"]),
    ("2021-06-07", "Vi hör av oss i februari.", ["februari: 2022-02-01..2022-02-28"]),
    ("2021-06-07", "Vi hör av oss under juni.", ["juni: 2021-06-01..2021-06-30"]),
    ("2021-06-07", "Vi hör av oss i oktober månad.", ["oktober månad: 2021-10-01..2021-10-31"]),
    ("2021-06-07", "Vi hör av oss i okt. 2021.", ["okt. 2021: 2021-10-01..2021-10-31"]),
    ("2021-06-07", "Vi hör av oss i oktober nästa år.", ["oktober nästa år: 2022-10-01..2022-10-31"]),
    ("2021-06-07", "Vi hör av oss nästa månad.", ["nästa månad: 2021-07-01..2021-07-31"]),
    ("2021-06-07", "Vi hör av oss i slutet av månaden.", ["slutet av månaden: 2021-06-21..2021-06-30"]),
    ("2021-06-07", "Vi hör av oss i slutet av året.", ["slutet av året: 2021-10-01..2021-12-31"]),
    ("2021-06-07", "Vi hör av oss i mitten av nästa år.", ["mitten av nästa år: 2022-05-01..2022-08-31"]),
    ("2021-06-07", "Vi hör av oss i början av 2023.", ["början av 2023: 2023-01-01..2023-03-31"]),
    ("2021-06-07", "Vi hör av oss i augusti–september.", ["augusti–september: 2021-08-01..2021-09-30"]),
    (
        "2021-06-07",
        "Vi hör av oss i september eller oktober 2022.",
        ["september: 2022-09-01..2022-09-30", "oktober 2022: 2022-10-01..2022-10-31"],
    ),
    ("2021-06-07", "Kontoret öppnar i höst.", ["i höst: 2021-09-01..2021-11-30"]),
    ("2021-06-07", "Kontoret öppnar till hösten.", ["hösten: 2021-09-01..2021-11-30"]),
    ("2021-06-07", "Kontoret öppnar våren 2023.", ["våren 2023: 2023-03-01..2023-05-31"]),
    ("2021-06-07", "Kontoret öppnar nästa höst.", ["nästa höst: 2022-09-01..2022-11-30"]),
    ("2021-10-07", "Kontoret öppnar nästa vår.", ["nästa vår: 2023-03-01..2023-05-31"]),
    ("2021-06-07", "Kontoret öppnar vintern 2022/2023.", ["vintern 2022/2023: 2022-12-01..2023-02-28"]),
    ("2021-06-07", "Kontoret öppnar vintern 2022.", ["vintern 2022: 2022-12-01..2023-02-28"]),
    ("2021-06-07", "Kontoret öppnar i slutet av sommaren.", ["slutet av sommaren: 2021-08-01..2021-08-31"]),
    ("2021-06-07", "Kontoret öppnar tidig höst.", ["tidig höst: 2021-09-01..2021-09-30"]),
    ("2021-06-07", "Kontoret öppnar på senhösten.", ["senhösten: 2021-11-01..2021-11-30"]),
    ("2021-06-07", "Kontoret öppnade i våras.", ["i våras: 2021-03-01..2021-05-31"]),
    ("2021-06-07", "Kontoret öppnade i fjol.", ["i fjol: 2020-01-01..2020-12-31"]),
    ("2021-06-07", "Kontoret öppnar kvartal 3.", ["kvartal 3: 2021-07-01..2021-09-30"]),
    ("2021-06-07", "Kontoret öppnar i Q3 2022.", ["Q3 2022: 2022-07-01..2022-09-30"]),
    (
        "2021-06-07",
        "Kontoret öppnar tredje kvartalet 2022.",
        ["tredje kvartalet 2022: 2022-07-01..2022-09-30"],
    ),
    (
        "2021-06-07",
        "Kontoret öppnar under första kvartalet nästa år.",
        ["första kvartalet nästa år: 2022-01-01..2022-03-31"],
    ),
    ("2021-06-07", "Kontoret öppnar andra halvåret.", ["andra halvåret: 2021-07-01..2021-12-31"]),
    ("2021-06-07", "Kontoret öppnar i T2 2022.", ["T2 2022: 2022-05-01..2022-08-31"]),
    ("2021-06-07", "Kontoret öppnar nästa kvartal.", ["nästa kvartal: 2021-07-01..2021-09-30"]),
    ("2021-06-07", "Kontoret öppnar 2022.", ["2022: 2022-01-01..2022-12-31"]),
    ("2021-06-07", "Kontoret öppnar under 2022–2023.", ["2022–2023: 2022-01-01..2023-12-31"]),
    (
        "2021-06-07",
        "Flytten sker vid månadsskiftet augusti/september.",
        ["månadsskiftet augusti/september: 2021-08-31..2021-09-01"],
    ),
    ("2021-06-07", "Flytten sker vid månadsskiftet.", ["månadsskiftet: 2021-06-30..2021-07-01"]),
    ("2021-06-07", "Flytten sker vid halvårsskiftet.", ["halvårsskiftet: 2021-06-30..2021-07-01"]),
    ("2021-06-07", "Flytten sker vid årsskiftet.", ["årsskiftet: 2021-12-31..2022-01-01"]),
    (
        "2021-06-07",
        "Flytten sker vid årsskiftet 2022/2023.",
        ["årsskiftet 2022/2023: 2022-12-31..2023-01-01"],
    ),
    ("2021-06-07", "Avtalet skrevs i december.", ["december: 2020-12-01..2020-12-31"]),
    ("2021-12-07", "Avtalet skrevs i december.", ["december: 2021-12-01..2021-12-31"]),
    ("2021-06-07", "Vi skrev om detta i april.", ["april: 2021-04-01..2021-04-30"]),
    ("2021-05-20", "Kontoret öppnar till midsommar.", ["midsommar: 2021-06-25..2021-06-26"]),
    ("2021-05-20", "Kontoret stänger över påsk.", ["påsk: 2022-04-15..2022-04-18"]),
    ("2021-05-20", "Kontoret stänger i jul.", ["i jul: 2021-12-24..2021-12-26"]),
    ("2021-05-20", "Kontoret är stängt trettonhelgen.", ["trettonhelgen: 2022-01-05..2022-01-06"]),
    ("2021-05-20", "Kontoret är stängt på julafton.", ["julafton: 2021-12-24"]),
    ("2021-05-20", "Kontoret är stängt annandag påsk 2022.", ["annandag påsk 2022: 2022-04-18"]),
    ("2021-05-05", "Kontoret är stängt klämdagen.", ["klämdagen: 2021-05-14"]),
    ("2021-05-20", "Kontoret är stängt under alla helgons dag.", ["alla helgons dag: 2021-11-06"]),
    ("2022-03-16", "Vi bad i augusti om ett svar.", ["augusti: 2021-08-01..2021-08-31"]),
    ("2022-03-16", "Öppningen sker tidigt nästa år.", ["tidigt nästa år: 2023-01-01..2023-03-31"]),
    ("2022-03-16", "Öppningen sker sent 2022.", ["sent 2022: 2022-10-01..2022-12-31"]),
    ("2022-03-16", "Öppningen sker första halvan av maj.", ["första halvan av maj: 2022-05-01..2022-05-15"]),
    ("2022-03-16", "Öppningen sker Q4-22.", ["Q4-22: 2022-10-01..2022-12-31"]),
    ("2022-03-16", "Öppningen sker kvartal 1 2023.", ["kvartal 1 2023: 2023-01-01..2023-03-31"]),
    (
        "2022-03-16",
        "Öppningen sker i slutet av april eller i början av maj.",
        ["slutet av april: 2022-04-21..2022-04-30", "början av maj: 2022-05-01..2022-05-10"],
    ),
    ("2022-03-16", "Öppningen sker hösten -22.", ["hösten -22: 2022-09-01..2022-11-30"]),
    (
        "2022-03-16",
        "Öppningen sker våren och hösten 2023.",
        ["våren: 2023-03-01..2023-05-31", "hösten 2023: 2023-09-01..2023-11-30"],
    ),
    ("2022-03-16", "Öppningen sker vårterminen 2023.", ["vårterminen 2023: 2023-01-01..2023-06-30"]),
    ("2022-03-16", "Öppningen sker på mors dag.", ["mors dag: 2022-05-29"]),
    ("2022-03-16", "Öppningen sker i vår.", ["i vår: 2022-03-01..2022-05-31"]),
    ("2022-03-16", "I vår öppnar vi kontoret.", ["I vår: 2022-03-01..2022-05-31"]),
    ("2022-03-16", "Öppningen sker under mellandagarna.", ["mellandagarna: 2022-12-27..2022-12-30"]),
    ("2022-03-16", "Öppningen sker första advent.", ["första advent: 2022-11-27"]),
    ("2022-03-16", "Öppningen sker i april månad.", ["april månad: 2022-04-01..2022-04-30"]),
    ("2022-03-16", "Öppningen sker vid årets slut.", ["årets slut: 2022-10-01..2022-12-31"]),
    ("2022-03-16", "Öppningen sker vid skiftet april/maj.", ["skiftet april/maj: 2022-04-30..2022-05-01"]),
]


def shown(mention: DateMention) -> str:
    """The expression and what it denotes: "vecka 42: 2021-10-18..2021-10-24"."""
    days = [str(mention.value_start), str(mention.value_end)]
    times = [f"{t:%H:%M}" for t in (mention.start_time, mention.end_time) if t]
    return f"{mention.text}: {'..'.join(days[: 1 + (days[0] != days[1])])} {'-'.join(times)}".strip()


@pytest.mark.parametrize(("reference", "text", "expected"), CASES)
def test_value(reference: str, text: str, expected: list[str]) -> None:
    assert [shown(m) for m in find_dates(text, date.fromisoformat(reference))] == expected
