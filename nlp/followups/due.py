"""The dates that a clause speaks of: its own, those of pieces beside it, none that is past or called off."""

from collections.abc import Sequence
from datetime import date

from nlp.followups.clauses import Clause, is_piece
from nlp.followups.context import Scene
from nlp.followups.meetings import cancelled, is_past, moved
from nlp.followups.windows import advanced, alternatives
from nlp.model import DateMention

# "Vi har bokat startmötet, det blir den 30 maj."
_TELLS_THE_DAY = frozenset({("det", "blir"), ("den", "blir"), ("det", "är"), ("tiden", "är")})
_LATELY = 31
_TOPIC = frozenset({"för", "om", "avseende", "budgetåret", "kalenderåret", "året", "verksamhetsåret"})
_LONG = frozenset({"year", "half", "quarter", "third", "season"})


def dates_of(
    scene: Scene, clauses: Sequence[Clause], index: int, dates: Sequence[DateMention]
) -> list[DateMention]:
    """The clause's own dates; else those of pieces without a verb beside it."""
    if not dates:
        return []
    clause = clauses[index]
    if _is_present(clause):
        # A date in a clause that promises lies ahead, whatever the words before it tell of.
        # but for one of these last weeks: "efter inbrottet den 2 februari".
        dates = [
            advanced(m, scene.reference)
            if clause.holds(m) and not just_been(m, scene.reference) and not _told_from(m, clause)
            else m
            for m in dates
        ]
    ahead = [m for m in dates if is_ahead(m, scene.reference) and not _called_off(m, clauses)]
    own = [m for m in ahead if clause.holds(m)]
    own = [m for m in own if not _told_from(m, clause)]
    if is_piece(clause) and own:
        return own
    after = [m for piece in _pieces_after(clauses, index) for m in ahead if piece.holds(m)]
    if own:
        return own + [m for m in after if _tied(scene.body, own[-1], m)]
    if after:
        return after
    if index and (is_piece(clauses[index - 1]) or clause.words[:1] == ("då",)):
        return [m for m in ahead if clauses[index - 1].holds(m)]
    return []


def just_been(mention: DateMention, reference: date) -> bool:
    """Whether its last day was within the last weeks."""
    return mention.value_end < reference and (reference - mention.value_end).days <= _LATELY


def _is_present(clause: Clause) -> bool:
    """A clause with a verb in the present tense and none in the past."""
    forms = {form.tense for t in clause.tokens for form in t.forms if form.lemma != t.lower}
    return "present" in forms and not forms & {"past", "supine"} and not is_past(clause)


def _called_off(mention: DateMention, clauses: Sequence[Clause]) -> bool:
    """The day of a meeting that is off; the same sentence may name the new one."""
    if mention.mod != "CANCELLED":
        return False
    holder = next((clause for clause in clauses if clause.holds(mention)), None)
    return holder is None or cancelled(holder) or moved(holder)


def _tied(body: str, left: DateMention, right: DateMention) -> bool:
    return len(alternatives([left, right], left, body)) > 1


def _told_from(mention: DateMention, clause: Clause) -> bool:
    """As in "ert brev från den 5 maj", "enligt beslut den 3 mars": where something comes from."""
    told = [t.lower for t in clause.tokens if t.end <= mention.start]
    if "anledning" in told and mention.mod is None and not set(told) & {"behöver", "återkommer", "senast"}:
        return True  # "Med anledning av inbrottet den 2 februari behöver vi …"
    if told[-1:] and told[-1] in _TOPIC and mention.grain in _LONG:
        return True  # "frågor om tidplanen för 2022"
    before = told[-3:]
    if before[-1:] and before[-1] in {"av", "daterad", "daterat"} and mention.grain == "day":
        return True
    return bool(
        {"daterat", "daterad", "skrivelse", "brev", "mejl", "mail", "skrivelsen", "brevet"} & set(before)
    )


def _pieces_after(clauses: Sequence[Clause], index: int) -> list[Clause]:
    pieces = []
    for clause in clauses[index + 1 :]:
        if clause.kind == "time":
            continue
        if not is_piece(clause) and clause.words[:2] not in _TELLS_THE_DAY:
            break
        pieces.append(clause)
    return pieces


def is_ahead(mention: DateMention, reference: date) -> bool:
    """Whether it is not over on that day."""
    return mention.window_end is None or mention.window_end >= reference
