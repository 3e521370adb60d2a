"""Letters by many hands, where their sentences stand, orders by any verb, and hours without a day."""

from datetime import date
from pathlib import Path

import pytest

from nlp.dates import find_dates
from nlp.followups import learn, opinion, wholes
from nlp.followups.find import examined
from nlp.followups.opinion import Opinion
from nlp.followups.standing import NOWHERE, places
from nlp.followups.verbs import tenses_of
from nlp.sentences import sentences
from nlp.training import hands
from tests.unit.nlp.test_followups_sentences import SENDERS, brief, read

BLOCKS = """\
## a heading

# 2023-02-06 | Rut Enmark | rut@bostad.example | Bostäder
-|Hej på er!
-|Aggregatet gav upp i natt.
rr|¶ Ställ en hink under.
cs|1. Ny matta läggs in

# 2023-02-07 | Ivar Skog | ivar@kontor.example | -
mb|Vi ses på torsdag kl. 9.
"""


def test_a_block_is_a_letter_with_its_labels(tmp_path: Path) -> None:
    path = tmp_path / "hands_test.txt"
    path.write_text(BLOCKS, encoding="utf-8")
    first, second = hands.letters(path)
    assert (
        first["text"]
        == "Hej på er!\n\nAggregatet gav upp i natt.\n\nStäll en hink under.\n1. Ny matta läggs in"
    )
    assert first["follow_ups"] == [
        {"sentence": "Ställ en hink under.", "kind": "request", "obligor": "recipient"},
        {"sentence": "Ny matta läggs in", "kind": "commitment", "obligor": "sender"},
    ]
    assert first["sender"] == {
        "name": "Rut Enmark",
        "address": "rut@bostad.example",
        "organisation": "Bostäder",
    }
    assert (second["reference"], second["sender"]["organisation"]) == ("2023-02-07", None)


@pytest.mark.parametrize("path", sorted(hands.FOLDER.glob("hands_*.txt")), ids=lambda path: path.stem)
def test_every_label_of_the_hands_is_learned_from(path: Path) -> None:
    letters = list(hands.letters(path))
    assert letters
    for item in letters[:40]:
        owed = sum(sample.answer != -1 for sample in learn.samples(item))
        assert bool(owed) == bool(item["follow_ups"])


def test_a_sentence_knows_where_it_stands() -> None:
    body = "Hej!\n\nDetta behöver vi:\n- ritningen\n- nyckeln\n\nHälsningar"
    found = places(body, sentences(body))
    assert "S:0" in found[0]
    assert {"S*", "S=behöver", "S:m"} <= found[2]
    assert {"S:L", "S¶"} <= found[-1]
    assert places("Hej! Vi ses.", sentences("Hej! Vi ses.")) == [NOWHERE, NOWHERE]


def test_verbs_are_known_by_their_tenses() -> None:
    assert tenses_of("skruvar") == {"present"}
    assert "imperative" in tenses_of("märk")
    assert "passive" in tenses_of("gjuts")
    assert tenses_of("lokalen") == frozenset()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kan du svara före lunch?", (None, date(2022, 3, 14))),
        ("Jag skickar ritningen om tio minuter.", (date(2022, 3, 14), date(2022, 3, 14))),
        ("Kan du svara före lunch på fredag?", (None, date(2022, 3, 18))),
        ("Kan du svara?", (None, None)),
    ],
)
def test_hours_alone_are_those_of_today(text: str, expected: tuple[date | None, date | None]) -> None:
    (found,) = read(text, SENDERS["agency"])
    assert (found.due_start, found.due_end) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ska vi äta lunch v. 13, säg tisdag 29 mars?", "meeting both 2022-03-29 2022-03-29"),
        ("Kan ni ta fram siffrorna för v. 10?", "request recipient .. .."),
        ("Ska vi ta med egna datorer?", "request recipient .. .."),
        ("Se över avtalet innan du skriver på.", "request recipient .. .."),
        ("Behöver vi anmäla besökare i förväg?", "request recipient .. .."),
        ("Ska vi ses på torsdag?", "meeting both 2022-03-17 2022-03-17"),
        (
            "Det ni vill tillägga ska ha kommit in inom två veckor.",
            "deadline recipient .. 2022-03-28",
        ),
        ("Riskerna sammanställer jag, du har dem på fredag.", "commitment sender 2022-03-18 2022-03-18"),
    ],
)
def test_days_are_those_of_the_deed(text: str, expected: str) -> None:
    assert [brief(found) for found in read(text, SENDERS["agency"])] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Som utlovat återkommer vi om Ånge.",
        "Ange gärna numret vid fortsatta kontakter.",
        "Resterande kontor ska öppna i en andra omgång och detta ska huvudsakligen ske under 2023.",
        "Hur går det?",
        "Hej, hur är läget annars?",
        "Se bilagorna.",
        "Se även protokollet.",
        "Jämför bilaga 3.",
        "Se fram emot mötet!",
        "Se mina svar nedan.",
        "Se instruktionen på intranätet.",
    ],
)
def test_what_the_model_takes_for_more_is_none(text: str) -> None:
    assert read(text, SENDERS["agency"]) == []


def test_a_rule_gives_way_where_the_model_is_sure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wholes, "likelihood", lambda _: 0.9)
    monkeypatch.setattr(wholes, "answer", lambda _, likely: Opinion("meeting", None, likely, 0.95))
    (found,) = read("Jag ringer dig på fredag kl. 13 så löser vi det 2.", SENDERS["agency"])
    assert (found.kind, found.obligor, found.rule) == ("meeting", "both", "followup.model.meeting")
    monkeypatch.setattr(wholes, "likelihood", lambda _: 0.01)
    assert read("Ritningen skickar jag på fredag när jag är åter.", SENDERS["agency"]) == []


def test_the_answer_says_how_sure_it_is() -> None:
    kinds = {opinion.BIAS: (0, 0, 0, 0, 0), "mött": (0, 0, 0, 0, 500)}
    known = opinion.Weights({opinion.BIAS: 0}, kinds)
    seen = opinion.answer(["mött"], 0.8, known)
    assert (seen.kind, seen.role) == ("meeting", None)
    assert seen.sure == pytest.approx(0.974, abs=0.001)


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("När styrelsen har haft sitt möte den 13 april ringer jag upp dig.", "2022-04-13 2022-04-13"),
        ("Jag tar upp frågan med min chef när hon är tillbaka v. 16.", "2022-04-18 2022-04-24"),
        (
            "Körningen schemalägger jag till natten, så ligger filen i er mapp i morgon.",
            "2022-03-15 2022-03-15",
        ),
    ],
)
def test_the_day_may_stand_in_the_clause_beside(sentence: str, days: str) -> None:
    assert [brief(found) for found in read(sentence, SENDERS["agency"])] == [f"commitment sender {days}"]


def test_what_speaks_against_a_follow_up_is_seen() -> None:
    def seen(text: str) -> set[str]:
        item = {
            "text": text,
            "reference": "2022-03-15",
            "sender": {"name": "Eva Ek", "address": "eva@bostad.example"},
        }
        letter = learn.letter_of({**item, "recipients": [], "automatic": False})
        ((_, _, features),) = examined(letter, find_dates(letter.body, letter.reference))
        return {feature for feature in features if feature.startswith("g:")}

    assert "g:conditional" in seen("Behöver ni nycklar får ni vända er till vaktmästaren.")
    assert "g:condition" in seen("Om det regnar den 4 maj flyttar vi tältet.")
    assert "g:past" in seen("Den 4 januari skrevs avtalet under.")
    assert "g:unnamed" in seen("Hissen är gammal.")


def test_lines_of_hurried_writers_are_apart() -> None:
    def lines(body: str) -> list[str]:
        return [body[start:end] for start, end in sentences(body)]

    named = "Daniel,\nanmäl dig i luckan, Kerstin vet att du kommer"
    assert lines(named) == named.split("\n")
    asked = "det blev fest mitt i flytten och ingen av oss fattar hur vi tänkte\nkan du flytta leveransen till måndag"
    assert lines(asked) == asked.split("\n")
    ordered = "Pos 3 tycker vi är i överkant, förra gången kostade montaget åtta tusen\nSe över den siffran"
    assert lines(ordered) == ordered.split("\n")
    wrapped = "vi har ännu inte fått några ritningar från arkitekten och undrar om det är så att\nvi kan få dem av er"
    assert len(lines(wrapped)) == 1


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            "Invigningen är den 27 april. Torsdagen innan behöver jag veta om det går.",
            "2022-04-21 2022-04-21",
        ),
        ("Vi har möte den 27 april. Titta på underlaget till dess.", ".. 2022-04-27"),
        ("Kranen kommer den 27 april. Plocka undan bilarna före det.", ".. 2022-04-26"),
        ("Vi svarar senast den 5 april. Intill dess vill jag ha en ritning av er.", ".. 2022-04-05"),
        ("Kursen är den 13 april kl. 9. Läs kapitel ett i häftet innan.", ".. 2022-04-12"),
        ("Kan ni utse två kontaktpersoner? Fredag duger.", ".. 2022-03-18"),
    ],
)
def test_a_day_stands_in_the_sentence_beside(text: str, days: str) -> None:
    assert f"request recipient {days}" in [brief(found) for found in read(text, SENDERS["agency"])]


def test_what_is_done_then_is_done_on_that_day() -> None:
    text = "Den 27 april är jag på plats. Nycklarna lämnar jag då."
    assert "commitment sender 2022-04-27 2022-04-27" in [
        brief(found) for found in read(text, SENDERS["agency"])
    ]


def test_a_letter_is_believed_sooner_than_a_sentence_alone() -> None:
    known = opinion.Weights({opinion.BIAS: 0}, {opinion.BIAS: (0, 0, 0, 0, 0)})
    assert opinion.opinion(["okänt"], known) is None
    assert opinion.opinion(["okänt", "S:m"], known) is not None


def test_what_settles_a_sentence_alone_is_weighed_in_a_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wholes, "opinion", lambda _: Opinion("request", "recipient", 0.95))
    alone = "Behöver ni nycklar får ni vända er till vaktmästaren."
    assert read(alone, SENDERS["municipality"]) == []
    found = read(f"Huset är rött. Taket är svart. {alone}", SENDERS["municipality"])
    assert alone in [one.text for one in found]


def test_an_opportunity_to_answer_is_owed_by_its_last_day() -> None:
    text = "Vi bereder er tillfälle att yttra er. Yttrandet ska vara oss tillhanda senast den 15 april."
    assert [brief(found) for found in read(text, SENDERS["agency"])] == ["deadline recipient .. 2022-04-15"]


def test_a_question_that_a_rule_has_found_is_hardly_put_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wholes, "likelihood", lambda _: 0.03)
    question = "Hur länge har ert medborgarkontor öppet på lördagar?"
    letter = f"Huset är rött.\n\nTaket är svart.\n\n{question}\n\nVi ses på biblioteket den 5 april."
    assert [one.text for one in read(letter, SENDERS["agency"])] == [question]
