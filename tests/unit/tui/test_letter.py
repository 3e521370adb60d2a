"""One message put together: quotes folded, positions right whatever stands between."""

from dataclasses import replace

from tests.tui.fakes import PROMISE, chain, follow_up, message_view
from tui.widgets.letter import letter

QUOTED = "Hej\n\n> rad ett\n> rad två\n> rad tre\n\nVi ses i Ånge."


def test_quoted_lines_are_folded_and_unfolded() -> None:
    view = message_view(body=QUOTED, mentions=(), follow_ups=(), signature_start=None)
    assert "rad två" not in letter(view).text
    assert "▸ 3 citerade rader" in letter(view).text
    assert "> rad två" in letter(view, unfolded=True).text


def test_mentions_below_a_fold_stand_where_their_words_do() -> None:
    start = QUOTED.index("Ånge")
    mention = replace(message_view().mentions[0], start=start, end=start + 4)
    view = message_view(body=QUOTED, mentions=(mention,), follow_ups=(), signature_start=None)
    shown = letter(view)
    assert [shown.text[spot.start : spot.end] for spot in shown.spots] == ["Ånge"]


def test_a_mention_inside_a_fold_is_not_shown() -> None:
    start = QUOTED.index("två")
    mention = replace(message_view().mentions[0], start=start, end=start + 3)
    view = message_view(body=QUOTED, mentions=(mention,), follow_ups=(), signature_start=None)
    assert letter(view).spots == []


def test_a_quote_with_a_sentence_in_it_is_not_folded() -> None:
    row = follow_up(text="> rad två")
    view = message_view(body=QUOTED, mentions=(), follow_ups=(row,), signature_start=None)
    assert "> rad tre" in letter(view).text


def test_the_target_is_the_sentence() -> None:
    shown = letter(message_view(), PROMISE)
    assert shown.target is not None
    assert shown.text[shown.target :].startswith(PROMISE)


def test_what_a_message_carries_is_a_line_or_its_own_words() -> None:
    outer, inner = chain()
    folded = letter(outer, carried=[inner]).text
    assert "▸ Vidarebefordrat: Eva Ek, 2021-06-14 09:12 (8 rader)" in folded
    assert PROMISE not in folded
    assert PROMISE in letter(outer, carried=[inner], unfolded=True).text
