"""The day in a letterhead, and days that only look like it."""

from datetime import date

import pytest

from nlp.letterhead import written_on

SENT = date(2021, 6, 10)
DAY = date(2021, 6, 7)


@pytest.mark.parametrize(
    "head",
    [
        "Ånge kommun\tDatum 2021-06-07\tDnr KS 2021/17",
        "Datum: 2021-06-07\n\nHej!",
        "Datum\n2021-06-07",
        "Datum\tDiarienummer\n2021-06-07\tKS 2021/17",
        "Ånge kommun\tDatum\tVår beteckning\nBo Ekdahl\t2021-06-07\tKS 2021/17",
        "Datum\t2021-06-07",
        "Vårt datum\tErt datum\n2021-06-07\t2021-05-20",
        "Sundsvall den 7 juni 2021\n\nTill Ånge kommun",
        "Ånge 2021-06-07",
        "Östersund, 7 juni 2021",
        "Nya Stan den 7 juni 2021",
        "Ånge kommun\n\n2021-06-07\n\nHej!",
        "Brevdatum 7 juni 2021",
        "den 7 juni 2021",
        "BESLUTSDATUM: 2021-06-07",
    ],
)
def test_the_day_of_the_letter(head: str) -> None:
    assert written_on(head + "\n\nVi återkommer i oktober 2021.", SENT) == DAY


@pytest.mark.parametrize(
    "text",
    [
        "Hej!\n\nVi skrev till er den 7 juni 2021 om lokalen.",
        "Ert datum 2021-06-07",
        "Ert datum\tEr beteckning\n2021-06-07\tKS 2021/17",
        "Kallelse\n\nDatum: 14 oktober 2021",
        "Datum: 7 juni",
        "Senast den 7 juni 2021",
        "Sista svarsdag\n2021-06-07 är dagen",
        "Datum 2012-06-07",
        "Juni 2021",
        "Ånge\t2021-06-07\tklart",
        "Inkom 2021-06-07",
        "\n" * 40 + "Datum 2021-06-07",
        "",
    ],
)
def test_other_days(text: str) -> None:
    assert written_on(text, SENT) is None
