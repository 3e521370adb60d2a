"""Sentence by sentence: what is a follow-up, whose, and for when."""

from datetime import date

import pytest

from nlp.dates import find_dates
from nlp.followups import find_follow_ups
from nlp.model import FollowUp, Letter, Party
from tests.unit.nlp.followup_sentences import NEGATIVE, POSITIVE

REFERENCE = date(2022, 3, 14)
SENDERS = {
    "agency": Party("Maja Ahl", "maja.ahl@statenssc.se", "Statens servicecenter"),
    "municipality": Party("Olle Bark", "olle.bark@lysekil.se", "Lysekils kommun"),
    "landlord": Party("Eva Dahl", "eva.dahl@norrhus.example", "Norrhus Fastigheter AB"),
    "ministry": Party("Per Ekman", "per.ekman@regeringskansliet.se", "Finansdepartementet"),
    "private": Party("Siv Frid", "siv.frid@post.example"),
}


def read(text: str, sender: Party | None, reference: date = REFERENCE) -> list[FollowUp]:
    return find_follow_ups(Letter(text, reference, sender=sender), find_dates(text, reference))


def brief(found: FollowUp) -> str:
    return f"{found.kind} {found.obligor} {found.due_start or '..'} {found.due_end or '..'}"


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


@pytest.mark.parametrize(("sender", "expected", "text"), rows(POSITIVE))
def test_a_follow_up_is_found(sender: str, expected: str, text: str) -> None:
    assert [brief(found) for found in read(text, SENDERS[sender])] == [expected]


@pytest.mark.parametrize(("sender", "text"), rows(NEGATIVE))
def test_nothing_is_found(sender: str, text: str) -> None:
    assert [(brief(found), found.rule) for found in read(text, SENDERS[sender])] == []
