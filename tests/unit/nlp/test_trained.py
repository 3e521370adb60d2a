"""The trained pipeline: when it is asked, and what it may do. A double answers where its own skill is no matter."""

import re
import subprocess
import sys
from collections.abc import Sequence
from datetime import date

import pytest

from nlp.model import Letter, Mention, PersonMention
from nlp.models import NONE, OURS, located
from nlp.municipalities.finder import find_municipalities
from nlp.reader import Reader
from nlp.spans import Span
from nlp.trained import NameModel, name_model, second_opinion

DAY = date(2021, 6, 7)


class Says(NameModel):
    """A model that takes these names for people, and remembers what it was asked."""

    def __init__(self, *names: str) -> None:
        super().__init__("")
        self.asked: list[str] = []
        self._names = names

    def _read(self, texts: Sequence[str]) -> list[tuple[Span, ...]]:
        self.asked += texts
        pattern = re.compile("|".join(map(re.escape, self._names)) or r"\Z(?!\Z)")
        return [tuple(match.span() for match in pattern.finditer(text)) for text in texts]


def people(text: str, model: NameModel, mentions: tuple[Mention, ...] = ()) -> list[str]:
    found = second_opinion(text, mentions, model)
    return [one.name for one in found if isinstance(one, PersonMention)]


def test_a_run_of_capitals_that_nothing_explains_is_asked_about() -> None:
    model = Says("Xhevat Zyrqan")
    assert people("Lokalen är klar. Det sa Xhevat Zyrqan i går. Vi hörs.", model) == ["Xhevat Zyrqan"]
    assert model.asked == ["Det sa Xhevat Zyrqan i går."]


def test_what_stands_beside_the_name_comes_with_it() -> None:
    text = "Ring Xhevat Zyrqan, projektledare, 010-456 04 15."
    found = second_opinion(text, (), Says("Xhevat Zyrqan"))
    assert [(one.title, one.phones, one.rule) for one in found if isinstance(one, PersonMention)] == [
        ("projektledare", ("+46104560415",), "person.model")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Vi hörs i morgon om lokalen.",
        "Hej Tack Vänliga Hälsningar",
        "Se https://example.se/Xhevat Zyrqan@example.se",
        "NYTT KONTOR I VÅR",
        "Kommunstyrelsen Förvaltning",
        "Det Xhevat såg",
        "x" * 90 + " Xhevat Zyrqan",
        "",
    ],
)
def test_nothing_is_asked_where_no_name_can_be(text: str) -> None:
    model = Says("Xhevat Zyrqan")
    assert people(text, model) == []
    assert model.asked == []


def test_what_a_rule_has_found_is_not_asked_about() -> None:
    model, text = Says("Berit Sandell"), "Fråga Berit Sandell."
    known = PersonMention("Berit Sandell", 6, 19, "Berit Sandell")
    assert second_opinion(text, [known], model) == [known]
    assert model.asked == []


@pytest.mark.parametrize(
    "said", ["Zyrqan", "Xhevat Zyrqan,", "Xhevat Zyrqan\nXenia", "Svenska Kyrkan", "och Xhevat"]
)
def test_an_answer_that_is_no_whole_name_is_left(said: str) -> None:
    assert people("Det sa Xhevat Zyrqan, och Xhevat Zyrqan\nXenia i Svenska Kyrkan.", Says(said)) == []


def test_a_street_named_after_somebody_is_nobody() -> None:
    assert people("Vi sitter på Xhevat Zyrqans gata.", Says("Xhevat Zyrqans")) == []


@pytest.mark.parametrize("text", ["Lokalfråga Boden", "Hyresavtal Sala är klart.", "Frågan Xhevat Kalmar"])
def test_a_run_with_the_name_of_a_municipality_is_left_to_the_rules(text: str) -> None:
    model = Says(text[:16])
    assert people(text, model, tuple(find_municipalities(text))) == []
    assert model.asked == []


def test_a_subject_is_read_by_rules_alone() -> None:
    letter = Letter("Hej!", DAY, subject="Fråga Zlatka Dimovskaja")
    assert Reader().read(letter).subject_mentions == ()


def test_without_a_model_the_rules_stand() -> None:
    text = "Jag har frågat Boden."
    assert second_opinion(text, find_municipalities(text), None) == find_municipalities(text)


def test_questions_about_one_text_are_bounded() -> None:
    model = Says()
    second_opinion(" ".join(f"Det sa Xhevat Zyrqan {number}." for number in range(500)), (), model)
    assert len(model.asked) == 40


def test_an_answer_is_remembered() -> None:
    model = Says("Xhevat Zyrqan")
    assert (
        people("Det sa Xhevat Zyrqan.", model) == people("Det sa Xhevat Zyrqan.", model) == ["Xhevat Zyrqan"]
    )
    assert model.asked == ["Det sa Xhevat Zyrqan."]


def test_ours_stands_in_the_package_and_another_is_looked_for() -> None:
    assert located(OURS) is not None
    assert located("spacy") == "spacy"
    assert located(NONE) is None
    assert located("no_such_pipeline_here") is None
    assert located("../../etc") is None
    assert name_model("no_such_pipeline_here") is None


def test_the_reader_finds_a_name_that_no_list_has() -> None:
    letter = Letter("Jag har pratat med Zlatka Dimovskaja om lokalen.", DAY)
    assert [one.text for one in Reader().read(letter).mentions] == ["Zlatka Dimovskaja"]
    assert Reader(NONE).read(letter).mentions == ()


def test_spacy_is_loaded_with_the_first_question() -> None:
    code = (
        "import sys; from datetime import date; from nlp.reader import Reader; from nlp.model import Letter\n"
        "def read(text): Reader().read(Letter(text, date(2021, 6, 7))); print('spacy' in sys.modules)\n"
        "read('Anna Ek ringer Vara kommun. Med vänlig hälsning')\n"
        "read('Det sa Xhevat Zyrqan.')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]
