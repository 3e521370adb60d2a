"""The verbs of follow-ups as a table: add a row to `nlp/data/follow_up_verbs.txt`, and the rules know it.

The frame says what kind of promise the verb makes:

- contact: to get in touch again; a follow-up even without a day ("jag återkommer inom kort")
- deliver: something reaches the other party
- act: something is done or looked into
- report: an account that an authority is bound to give ("uppdraget ska redovisas")
- meet: people come together
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, cast

from nlp import data

Frame = Literal["contact", "deliver", "act", "report", "meet"]
Tense = Literal["infinitive", "present", "past", "supine", "imperative", "passive"]


@dataclass(frozen=True, slots=True)
class VerbForm:
    """One reading of a word as a verb; `needs` are words of which one must follow it, if any."""

    lemma: str
    frame: Frame
    tense: Tense
    needs: frozenset[str]


def _conjugate(row: str) -> tuple[str, str, str, str, str]:
    words = row.split()
    if len(words) == 1:
        verb = words[0]
        return verb, verb + "r", verb + "de", verb + "t", verb
    infinitive, present, past, supine, imperative = words
    return infinitive, present, past, supine, imperative


def _passives(infinitive: str, present: str) -> set[str]:
    """Both s-forms: besvara → besvaras; sända → sändas, sänds, sändes."""
    if infinitive.endswith("s"):
        return set()
    return {infinitive + "s", present[:-2] + "s"} if present.endswith("er") else {infinitive + "s"}


def _verb_table(file: str) -> dict[str, tuple[VerbForm, ...]]:
    table: dict[str, list[VerbForm]] = {}
    frame: Frame = "act"
    for line in data.lines(file):
        if line.startswith("["):
            frame = cast("Frame", line.strip("[]"))
            continue
        row, _, needs = line.partition("|")
        parts = _conjugate(row)
        wanted = frozenset(needs.split())
        tenses: tuple[Tense, ...] = ("infinitive", "present", "past", "supine", "imperative")
        for word, tense in zip(parts, tenses, strict=True):
            _enter(table.setdefault(word, []), VerbForm(parts[0], frame, tense, wanted))
        for word in _passives(parts[0], parts[1]):
            _enter(table.setdefault(word, []), VerbForm(parts[0], frame, "passive", wanted))
    return {word: tuple(forms) for word, forms in table.items()}


def _enter(forms: list[VerbForm], form: VerbForm) -> None:
    """A form; rows of one verb in one frame are one form that any of their words completes."""
    for at, known in enumerate(forms):
        if (known.lemma, known.frame, known.tense) == (form.lemma, form.frame, form.tense):
            needs = known.needs | form.needs if known.needs and form.needs else frozenset[str]()
            forms[at] = VerbForm(form.lemma, form.frame, form.tense, needs)
            return
    forms.append(form)


VERBS = _verb_table("follow_up_verbs.txt")


@lru_cache(16_384)
def tenses_of(word: str) -> frozenset[Tense]:
    """In which tenses a word stands as a verb of doing, of those that promise something and of all others."""
    return frozenset(form.tense for form in (*VERBS.get(word, ()), *_deeds().get(word, ())))


@cache
def _deeds() -> dict[str, tuple[VerbForm, ...]]:
    """Read when a sentence is first looked at as a whole."""
    return _verb_table("deeds.txt")
