"""Shortcuts of the reading change nothing: what is not asked would not have answered, what is kept is the same."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from nlp.dates import find_dates, vague
from nlp.followups import find, find_follow_ups, reading, turns
from nlp.followups.context import Context
from nlp.followups.rules import RULES, Rule, rules_for
from nlp.model import FollowUp, Letter, Party
from nlp.screen import Screened
from tests.unit.nlp.followup_sentences import NEGATIVE, POSITIVE
from tests.unit.nlp.test_followups_letters import ASKING, STATUS
from tests.unit.nlp.test_followups_sentences import REFERENCE, SENDERS, rows

SENTENCES = [
    *((SENDERS[sender], text) for sender, _, text in rows(POSITIVE)),
    *((SENDERS[sender], text) for sender, text in rows(NEGATIVE)),
    *((sender, text) for sender in SENDERS.values() for text in (ASKING, STATUS)),
]
# The days before and after a sentence's own, and the other end of the year.
DAYS = [REFERENCE + timedelta(days) for days in (0, 1, 9, 40, 150, 300, 366, -1, -30, -200)]
SCREENS = [
    *(find._BULK, find._MEETS, find._ABSENCE, find._AWAY, vague._VAGUE),
    *(turn.pattern for turn in turns.TURNS),
]


def forget() -> None:
    reading._kept.cache_clear()
    reading._AGAIN.clear()
    find._kept_words.cache_clear()


def test_a_rule_that_is_not_asked_has_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    answered: list[str] = []

    def checked(context: Context) -> Iterator[Rule]:
        asked = list(rules_for(context))
        silent = [rule for rule in RULES if rule not in asked]
        answered.extend(f"{rule.answer.__name__}: {context.words}" for rule in silent if rule.answer(context))
        return iter(asked)

    monkeypatch.setattr(reading, "rules_for", checked)
    forget()
    for sender, text in SENTENCES:
        for shouted in (text, text.upper(), text.replace(".", "?")):
            find_follow_ups(Letter(shouted, REFERENCE, sender=sender), find_dates(shouted, REFERENCE))
    forget()
    assert answered == []


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.pattern.pattern[:40])
def test_what_a_screen_keeps_out_would_not_have_matched(screen: Screened) -> None:
    texts = [" ".join(text.split()) for _, text in SENTENCES]
    missed = [
        text
        for text in (*texts, *(text.lower() for text in texts))
        if screen.pattern.search(text) and not screen.may_match(text.lower())
    ]
    assert missed == []


def obligors(text: str, sender: Party, reference: date = REFERENCE) -> list[tuple[str, date | None]]:
    found = find_follow_ups(Letter(text, reference, sender=sender), find_dates(text, reference))
    return [(one.obligor, one.due_end) for one in found]


def test_the_same_sentence_by_another_writer_is_read_anew() -> None:
    text = "Maja Ahl återkommer med besked på fredag."
    assert obligors(text, SENDERS["agency"]) == [("sender", date(2022, 3, 18))]
    assert obligors(text, SENDERS["landlord"]) == [("third_party", date(2022, 3, 18))]


def test_the_same_sentence_on_another_day_is_read_anew() -> None:
    text = "Vi återkommer under mars."
    assert obligors(text, SENDERS["agency"]) == [("sender", date(2022, 3, 31))]
    assert obligors(text, SENDERS["agency"], date(2022, 8, 1)) == [("sender", date(2023, 3, 31))]


def test_the_same_sentence_elsewhere_in_a_letter_stands_where_it_stands() -> None:
    promise = "Vi återkommer på fredag."
    letter = f"{promise}\n\nTack för mötet.\n\n{promise}"
    found = find_follow_ups(
        Letter(letter, REFERENCE, sender=SENDERS["agency"]), find_dates(letter, REFERENCE)
    )
    assert [letter[one.start : one.end] for one in found] == [promise, promise]
    assert [one.start for one in found] == [0, letter.rindex(promise)]


def found_afresh(letter: Letter) -> list[FollowUp]:
    forget()
    return find_follow_ups(letter, find_dates(letter.body, letter.reference))


def found_again(letter: Letter) -> list[FollowUp]:
    """By what is remembered of sentences, not of the letter."""
    find._kept_words.cache_clear()
    return find_follow_ups(letter, find_dates(letter.body, letter.reference))


def test_a_sentence_with_other_figures_is_read_as_if_it_had_never_been_seen() -> None:
    different = []
    for sender, text in SENTENCES[::7]:
        one, two = (text.replace(" ", f" {figure} ", 2) for figure in ("nr 317", "nr 849"))
        expected = found_afresh(Letter(two, REFERENCE, sender=sender))
        found_afresh(Letter(one, REFERENCE, sender=sender))
        if found_again(Letter(two, REFERENCE, sender=sender)) != expected:
            different.append(text)
    assert different == []


def test_a_sentence_on_another_day_is_read_as_if_it_had_never_been_seen() -> None:
    letters = [Letter(text, day, sender=sender) for sender, text in SENTENCES[::3] for day in DAYS]
    expected = [found_afresh(letter) for letter in letters]
    forget()
    found = [found_again(letter) for letter in letters]
    assert [one for one, other in zip(found, expected, strict=True) if one != other] == []


def test_a_writer_whose_name_holds_a_figure_is_known_by_it() -> None:
    sender = Party("Ann Ek", "ann@hus849.example", "Hus849")
    body = "Hus317 lovar att skicka underlaget. Hus849 lovar att skicka underlaget."
    found = found_afresh(Letter(body, REFERENCE, sender=sender))
    assert [(one.obligor, one.text) for one in found] == [("sender", body[36:])]
