"""Case numbers of agencies, ministries, municipalities, courts and ticket systems."""

import pytest

from nlp.cases import find_cases


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-01432-1.1.1", ["2024-01432-1.1.1"]),
        ("Fi2024/02223", ["Fi2024/02223"]),
        ("Fi2021/01234/SFÖ", ["Fi2021/01234/SFÖ"]),
        ("KC-2106 0002", ["KC-2106 0002"]),
        ("Dnr KS 2021/124", ["KS 2021/124"]),
        ("diarienummer: KLK-2021-00124.", ["KLK-2021-00124"]),
        ("Ärende #12346 är öppnat", ["12346"]),
        ("SSC-2021/0124", ["SSC-2021/0124"]),
        ("Vår beteckning 123-4568-21", ["123-4568-21"]),
        ("Mål nr T 1235-21", ["T 1235-21"]),
        ("KS/2021:124", ["KS/2021:124"]),
        ("ärenden 2021/124 och 2021/125", ["2021/124", "2021/125"]),
        ("ert KS2021/124 och BUN2021-00046", ["KS2021/124", "BUN2021-00046"]),
        ("dnr KS.2021.124", ["KS.2021.124"]),
        ("Ticket#2021101410000013", ["2021101410000013"]),
        ("VT2021/22 och HT2021-22", []),
        ("EU2021/1235 och SFS2021:124", []),
        ("prop. 2020/21:100", []),
        ("SOU 2020:12", []),
        ("SFS 2021:123 och lagen (2021:123)", []),
        ("läsåret 2021/22", []),
        ("Läsåret 2021/2022 börjar", []),
        ("årsskiftet 2020/2021", []),
        ("säsongen 1999/2000", []),
        ("planperioden 2022/2031", []),
        ("Dnr 2021/2022", ["2021/2022"]),
        ("handlingen 2021/2060", ["2021/2060"]),
        ("handlingen 2021/2019", ["2021/2019"]),
        ("2021-10-25", []),
        ("ärende 3 på dagordningen", []),
        ("ring 010-456 04 16", []),
        ("ärendet gäller lokaler", []),
        ("", []),
    ],
)
def test_cases(text: str, expected: list[str]) -> None:
    assert [mention.value for mention in find_cases(text)] == expected


def test_spans_are_exact() -> None:
    text = "Se Dnr KS 2021/124, Ärende #12346."
    assert [text[one.start : one.end] for one in find_cases(text)] == ["KS 2021/124", "#12346"]


@pytest.mark.parametrize("text", ["2021-" * 9000, "Dnr " * 9000, "1-" * 20_000, "KS 2021/" * 5000])
def test_hostile_text_is_read(text: str) -> None:
    assert all(text[one.start : one.end] == one.text for one in find_cases(text))
