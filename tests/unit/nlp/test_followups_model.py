"""The second opinion: what it learns from, what it answers, and what it is never asked."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nlp import data
from nlp.dates import find_dates
from nlp.followups import find_follow_ups, learn, opinion, wholes
from nlp.followups.opinion import ANSWERS, BIAS, Weights
from nlp.model import FollowUp
from tests.unit.nlp.test_followups_letters import SMALL_TALK
from tests.unit.nlp.test_followups_sentences import REFERENCE, SENDERS, read

EVALUATION = Path(learn.__file__).parent.parent / "evaluation"
SETS = ("followups_dev.jsonl", "followups_held.jsonl")


def letters(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (EVALUATION / name).read_text(encoding="utf-8").splitlines()]


def sample(answer: int, *features: str) -> learn.Sample:
    return learn.Sample(features, answer)


def weights_of(examples: list[learn.Sample]) -> Weights:
    table = [row.split("\t") for row in learn.rows(*learn.train(examples))]
    kinds = {feature: tuple(map(int, each)) for feature, _, *each in table if each}
    return Weights({row[0]: int(row[1]) for row in table}, kinds)


EXAMPLES = [
    *[sample(0, "jag", "lovar")] * 5,
    *[sample(2, "ni", "måste")] * 5,
    *[sample(-1, "huset", "ligger")] * 10,
]


def test_what_was_learned_is_answered() -> None:
    known = weights_of(EXAMPLES)
    promised, asked = opinion.opinion(["jag", "lovar"], known), opinion.opinion(["ni", "måste"], known)
    assert (promised.kind, promised.role) == ("commitment", "sender") if promised else False
    assert (asked.kind, asked.role) == ("request", "recipient") if asked else False
    assert opinion.opinion(["huset", "ligger"], known) is None
    assert opinion.opinion(["okänt"], known) is None


def test_the_same_letters_give_the_same_weights() -> None:
    assert weights_of(EXAMPLES) == weights_of(EXAMPLES)


def test_the_weights_are_small_whole_and_say_what_they_are() -> None:
    path = Path(data.__file__).parent / opinion.FILE
    text = path.read_text(encoding="utf-8")
    assert len(text.encode()) < 500_000
    assert text.startswith("#")
    assert "nlp.followups.learn" in text[:600]
    known = opinion.weights()
    assert BIAS in known.found
    assert {len(each) for each in known.kinds.values()} == {len(ANSWERS)}


def test_a_letter_gives_a_sample_a_sentence_with_its_answer() -> None:
    item = {
        "text": "Hej!\nJag tar det. Huset är rött.",
        "reference": "2022-03-14",
        "sender": {"name": "Maja Ahl", "address": "maja@statenssc.se"},
        "recipients": [],
        "automatic": False,
        "follow_ups": [{"sentence": "Jag tar det.", "kind": "commitment", "obligor": "sender"}],
    }
    assert [one.answer for one in learn.samples(item)] == [-1, 0, -1]
    assert list(learn.samples({**item, "automatic": True})) == []


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[set[str]]:
    """The features of every sentence that the model is asked about; it sees a request in each."""
    seen: list[set[str]] = []

    def always(features: set[str]) -> opinion.Opinion:
        seen.append(features)
        return opinion.Opinion("request", "recipient", 0.9)

    monkeypatch.setattr(wholes, "opinion", always)
    return seen


@pytest.mark.parametrize(
    "text",
    [
        "Huset ligger vid torget i Lund 1.",  # concerns nobody
        "Vi hade tur med vädret 1.",  # is past
        "Jag återkommer på fredag 1.",  # a rule has answered
    ],
)
def test_the_model_is_not_asked(asked: list[set[str]], text: str) -> None:
    read(text, SENDERS["agency"])
    assert asked == []


def test_what_the_model_finds_is_said_to_be_its_own(asked: list[set[str]]) -> None:
    (found,) = read("Kommunens bidrag blir då er insats 1 den 1 april.", SENDERS["agency"])
    assert len(asked) == 1
    assert found.rule == "followup.model.request"
    assert found.confidence < 0.6


@pytest.mark.parametrize("name", SETS)
def test_every_labelled_sentence_stands_in_its_letter(name: str) -> None:
    for item in letters(name):
        text = " ".join(item["text"].split())
        for one in item["follow_ups"]:
            assert one["sentence"] in text
            assert one["kind"] in {"commitment", "request", "deadline", "meeting"}


def test_no_held_back_letter_is_learned_from() -> None:
    learned, held = ({item["text"] for item in letters(name)} for name in SETS)
    assert not learned & held


def scored() -> Iterator[tuple[bool, bool]]:
    """For every held-back letter and every follow-up, labelled or found: is it labelled, is it found."""
    for item in letters("followups_held.jsonl"):
        letter = learn.letter_of(item)
        found = find_follow_ups(letter, find_dates(letter.body, letter.reference))
        sentences = {" ".join(one.text.split()) for one in found}
        wanted = [one["sentence"] for one in item["follow_ups"] if not one.get("optional")]
        labelled = [one["sentence"] for one in item["follow_ups"]]
        yield from ((True, any(want in text or text in want for text in sentences)) for want in wanted)
        yield from ((False, True) for text in sentences if not any(w in text or text in w for w in labelled))


def test_held_back_letters_are_read_as_labelled() -> None:
    rows = list(scored())
    right = sum(labelled and found for labelled, found in rows)
    assert 2 * right / (len([r for r in rows if r[0]]) + len([r for r in rows if r[1]])) >= 0.9


def test_a_letter_of_nothing_but_guesses_owes_nothing(asked: list[set[str]]) -> None:
    guess = "Kommunens bidrag blir då er insats."
    assert [found.rule for found in read(guess, SENDERS["agency"])] == ["followup.model.request"]
    assert read(f"{guess} " + "Huset vid torget är rött. " * 10, SENDERS["agency"]) == []
    assert asked


def test_good_company_owes_nothing() -> None:
    found: list[FollowUp] = read(SMALL_TALK, SENDERS["private"], REFERENCE)
    assert found == []
