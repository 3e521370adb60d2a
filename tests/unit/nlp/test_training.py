"""What the model is trained on: the parts of the corpora, swapped names, generated letters; and one small training."""

import random
from pathlib import Path

import pytest
import spacy
from spacy.pipeline import AttributeRuler

from nlp.train import main
from nlp.training.corpora import Entity, Part, Sentence, cleaned, entities, read_bio, read_part
from nlp.training.letters import NAMED, PLAIN, fill, templates, write_letters
from nlp.training.lexicon import lexicon
from nlp.training.lists import Names, load_names, small_words
from nlp.training.swap import reworded, swapped

SENTENCE = "Igår\tO\nringde\tO\nBerit\tB-PER\nSandell\tI-PER\nfrån\tO\nVara\tB-LOC\n.\tO\n\n"
PARTS: tuple[Part, ...] = ("train", "stop", "held")


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    """Lists of names of a few rows each."""
    folder = tmp_path / "reference"
    folder.mkdir()
    for name, text in {
        "tilltalsnamn-kvinnor.csv": "name,persons\nBerit,9000\nZorica,40\n",
        "tilltalsnamn-man.csv": "name,persons\nNils,90000\nHassan,4000\n",
        "kommuner.csv": "code,name,county_code,county\n1470,Vara,14,Västra Götalands län\n2260,Ånge,22,Västernorrlands län\n",
        "ortsnamn.csv": "city\nAlby\nTorpshammar\n",
        "myndigheter.tsv": "type\tname\tcity\nmyndighet\tSkatteverket\tSolna\n",
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    """Two corpora of forty sentences; the one in documents of two sentences each."""
    for folder, document in (("uner_talbanken", "# newdoc id = {}\n"), ("klintan_webbnyheter", "")):
        (tmp_path / "corpora" / folder).mkdir(parents=True)
        text = "".join((document.format(n) if n % 2 == 0 else "") + SENTENCE for n in range(40))
        (tmp_path / "corpora" / folder / "train.bio").write_text(text, encoding="utf-8")
        (tmp_path / "corpora" / folder / "dev.bio").write_text(SENTENCE, encoding="utf-8")
    return tmp_path / "corpora"


@pytest.fixture
def names(lists: Path) -> Names:
    return load_names(lists)


def test_entities_of_bio_labels() -> None:
    assert list(entities(["B-PER", "I-PER", "B-LOC", "O", "B-ORG"])) == [
        Entity(0, 2, "PER"),
        Entity(2, 3, "LOC"),
        Entity(4, 5, "ORG"),
    ]


def test_a_corpus_is_cut_in_three_without_a_document_in_two(corpora: Path) -> None:
    parts = {part: read_part(corpora / "uner_talbanken", part) for part in PARTS}
    assert [len(parts[part]) for part in PARTS] == [32, 4, 5]
    documents = {part: {one.document for one in found if one.document} for part, found in parts.items()}
    assert not documents["train"] & documents["held"]
    assert not documents["stop"] & (documents["train"] | documents["held"])
    news = [len(read_part(corpora / "klintan_webbnyheter", part)) for part in PARTS]
    assert news == [36, 1, 4]


def test_places_stay_places_where_they_act_and_damaged_text_is_left(names: Names) -> None:
    places, given = names.known_places, names.common_given
    acting = Sentence(("Sverige", "och", "Hassan", "Ek"), ("B-ORG", "O", "B-LOC", "I-LOC"))
    clean = cleaned(acting, places, given)
    assert clean is not None
    assert clean.tags == ("B-LOC", "O", "B-PER", "I-PER")
    assert cleaned(Sentence(("l?sa",), ("O",)), places, given) is None


def test_swapping_keeps_labels_in_their_places(corpora: Path, names: Names) -> None:
    sentence = next(read_bio(corpora / "uner_talbanken" / "train.bio"))
    chance = random.Random(1)
    for _ in range(200):
        other = swapped(sentence, names, chance, 1.0)
        assert len(other.words) == len(other.tags)
        assert [one.label for one in entities(other.tags)] == ["PER", "LOC"]
        assert other.words[0].lower() == "igår"
    assert swapped(sentence, names, random.Random(2), 0.0).tags == sentence.tags


def test_rare_words_come_in_where_no_name_stands() -> None:
    words, tags = ("Hyran", "betalas", "i", "Vara"), ("O", "O", "O", "B-LOC")
    chance = random.Random(1)
    drawn = [reworded(Sentence(words, tags), ("spola",), chance) for _ in range(200)]
    assert {one.words[0] for one in drawn} == {"Hyran", "Spola"}
    assert {one.words[1] for one in drawn} == {"betalas", "spola"}
    assert {one.words[2:] for one in drawn} == {("i", "Vara")}
    assert {one.tags for one in drawn} == {tags}
    assert reworded(Sentence(words, tags), (), chance).words == words


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_words_with_small_letters_are_taken_from_a_list(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "words").write_text("Adam\nåka\nspola\nab\na-kassa\n", encoding=encoding)
    assert small_words(tmp_path / "words") == ("åka", "spola")


def test_the_lexicon_tags_names_and_endings(names: Names) -> None:
    nlp = spacy.blank("sv")
    ruler = nlp.add_pipe("attribute_ruler", config={"validate": False})
    assert isinstance(ruler, AttributeRuler)
    ruler.add_patterns(lexicon(names))
    doc = nlp("Lars Persson åker till Vara , Sverige och Vägverkets kontor i Mälarområdet . Spola verket")
    tagged = {token.text: token.tag_ for token in doc if token.tag_}
    assert tagged == {
        "Lars": "G",
        "Persson": "SURNAME",
        "Vara": "M",
        "Sverige": "C",
        "Vägverkets": "ORGANISATION",
        "Mälarområdet": "PLACE",
    }


def test_letters_are_labelled_where_their_names_stand(names: Names) -> None:
    letter = fill("Ring {per} i {town}!\nMvh {first}", names, random.Random(1))
    written = [letter.text[start:end] for start, end, _ in letter.entities]
    assert [label for _, _, label in letter.entities] == ["PER", "LOC", "PER"]
    assert letter.text == f"Ring {written[0]} i {written[1]}!\nMvh {written[2]}"


def test_the_same_seed_writes_the_same_letters(names: Names) -> None:
    assert write_letters(names, random.Random(1), 50) == write_letters(names, random.Random(1), 50)


def test_every_template_can_be_filled(names: Names) -> None:
    assert len(templates()) > 200
    for template in templates():
        text = fill(template, names, random.Random(3)).text
        assert not [slot for slot in (*NAMED, *PLAIN) if f"{{{slot}}}" in text]


def test_a_small_training_ends_in_a_pipeline_that_says_no_more_than_it_must(
    corpora: Path, lists: Path, tmp_path: Path
) -> None:
    output = tmp_path / "out"
    options = ["--names", str(lists), "--seeds", "1", "--steps", "2", "--output", str(output)]
    assert main([str(corpora), *options]) == 0
    nlp = spacy.load(output)
    assert nlp.pipe_names == ["lexicon", "ner"]
    assert nlp.meta["license"] == "CC BY-SA 4.0"
    assert not (output / "vocab").exists()
    assert str(tmp_path) not in (output / "config.cfg").read_text(encoding="utf-8")
