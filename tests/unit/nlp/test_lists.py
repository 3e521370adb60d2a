"""Points and rows of a letter that owe by where they stand."""

from datetime import date

import pytest

from nlp.model import FollowUp, Letter, Party
from nlp.reader import Reader

US = Party("Eva Lind", "eva.lind@statenssc.se", "Statens servicecenter")
THEM = Party("Ola Ek", "ola.ek@ange.se", "Ånge kommun")
READER = Reader()


def read(text: str) -> list[FollowUp]:
    letter = Letter(f"Hej!\n\n{text}\n\nHälsningar\nEva", date(2022, 10, 19), sender=US, recipients=(THEM,))
    return list(READER.read(letter).follow_ups)


def owed(text: str) -> list[tuple[str, str, str | None]]:
    """Kind, obligor and last day of each, in their order."""
    return [(one.kind, one.obligor, one.due_end.isoformat() if one.due_end else None) for one in read(text)]


THEIRS, OURS = ("request", "recipient"), ("commitment", "sender")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Från er behövs:\n- mått på hyllorna\n- val av golv (senast 4 november)\nFrån oss kommer:\n- färgprover tis 25/10",
            [(*THEIRS, None), (*THEIRS, "2022-11-04"), (*OURS, "2022-10-25")],
        ),
        (
            "Vi behöver följande från er:\n\n• planritning, senast den 4 november\n• kontaktperson för larm",
            [(*THEIRS, "2022-11-04"), (*THEIRS, None)],
        ),
        (
            "Detta gör vi:\n1. Tar fram ett avtal, klart vecka 44\nDetta gör ni:\n1. Lämnar synpunkter senast 11 november",
            [(*OURS, "2022-11-06"), (*THEIRS, "2022-11-11")],
        ),
        (
            "Kvar att göra hos er:\n* underskrift\nHos oss:\n* skyltar",
            [(*THEIRS, None), (*OURS, None)],
        ),
        ("Så här går vi vidare:\n- Hyresavtal från oss – v. 45", [(*OURS, "2022-11-13")]),
        (
            "Aktivitet | Ansvarig | Klart\n--- | --- | ---\nRitningar | Kommunen | 28 oktober\nAvtal | Statens servicecenter | 4 november",
            [(*THEIRS, "2022-10-28"), (*OURS, "2022-11-04")],
        ),
        ("Vad\tVem\tNär\nRitningar\tni\t28 oktober", [(*THEIRS, "2022-10-28")]),
    ],
)
def test_a_point_is_owed_by_the_side_that_its_heading_or_its_row_names(
    text: str, found: list[tuple[str, str, str | None]]
) -> None:
    assert owed(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "På mötet deltog:\n- Anna från er\n- Bo från oss",
        "Detta har vi fått från er:\n- ritningar\n- avtal",
        "Detta ingår i hyran från oss:\n- el\n- värme",
        "Från oss kommer inte:\n- möbler",
        "Hos oss:\n- två trappor\n- hiss",
        "Vi saknar från er:\n- ritningar ✓\n- avtal, klart",
        "Kontor | Öppet | Klart\nÅnge | 9–15 | ja",
        "Vem | Var\nni | Ånge",
    ],
)
def test_what_has_come_what_is_and_who_was_there_is_owed_by_nobody(text: str) -> None:
    assert owed(text) == []


def test_a_point_says_which_rule_found_it_and_where_it_stands() -> None:
    text = "Från er behövs:\n- mått på hyllorna"
    (one,) = read(text)
    assert (one.rule, one.text) == ("followup.list.point", "mått på hyllorna")
    assert f"Hej!\n\n{text}"[one.start : one.end] == one.text
