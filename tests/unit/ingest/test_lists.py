"""Which addresses a mail's headers say to be a mailing list's; all of them are invented."""

import pytest

from ingest.mime import parse
from tests.mails import mail

_LIST, _ANNA = "KS Nytt <ks-nytt@listor.ange.se>", "Anna Ek <anna.ek@filipstad.se>"


@pytest.mark.parametrize(
    ("headers", "to", "lists"),
    [
        ({"List-Id": "Nytt <ks-nytt.listor.ange.se>"}, [_LIST, _ANNA], ["ks-nytt@listor.ange.se"]),
        ({"List-Id": "ks-nytt.listor.ange.se"}, [_LIST], ["ks-nytt@listor.ange.se"]),
        ({"List-Id": "<ks-nytt.ange.se>"}, ["ks-nytt@ange.se"], ["ks-nytt@ange.se"]),
        ({"List-Post": "<mailto:KS-Nytt@listor.ange.se?subject=x>"}, [_ANNA], ["ks-nytt@listor.ange.se"]),
        ({"List-Post": "NO", "List-Id": "<nyhetsbrev.firma.example>"}, [_ANNA], []),
        ({"List-Id": "<anna.firma.example>"}, ["Anna <anna@filipstad.se>"], []),
        ({"List-Unsubscribe": "<mailto:bort@firma.example>"}, [_ANNA], []),
        ({"Precedence": "list"}, [_LIST], ["ks-nytt@listor.ange.se"]),
        ({"Precedence": "list"}, [_LIST, _ANNA], []),
        ({"Precedence": "bulk"}, [_ANNA], []),
        ({"List-Id": "<" * 10_000}, [_ANNA], []),
        ({}, [_LIST], []),
    ],
)
def test_who_is_a_list(headers: dict[str, str], to: list[str], lists: list[str]) -> None:
    assert list(parse(mail("Hej!", to=to, headers=headers)).lists) == lists
