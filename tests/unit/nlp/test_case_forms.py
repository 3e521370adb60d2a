"""One number, however it is written."""

import pytest

from nlp.case_forms import key, normalised


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2024-01432-1.1.1", "2024-01432-1.1.1"),
        ("Dnr: KS  2021 / 124", "KS 2021/124"),
        ("dnr 2021-01432", "2021-01432"),
        ("Ärende #12346", "12346"),
        ("FI2024/02223", "Fi2024/02223"),
        ("ku 2024/02223", "Ku2024/02223"),
        ("KC-2106\xa00002", "KC-2106 0002"),
        ("KS 2021–00124", "KS 2021-00124"),
        ("dnr", "dnr"),
        ("  ", ""),
    ],
)
def test_one_form(written: str, expected: str) -> None:
    assert normalised(written) == expected
    assert normalised(expected) == expected


def test_spellings_of_one_number_have_one_key() -> None:
    assert len({key(one) for one in ("KS 2021/124", "ks2021/124", "KS-2021/124", "Dnr: KS 2021 / 124")}) == 1
    assert key("KS 2021/124") != key("KS 2021/1240")
    assert key("2021-01432") != key("202101432")
