"""`python -m nlp.train CORPORA`: trains the named-entity pipeline that is shipped in `nlp/models`.

CORPORA holds the folders uner_talbanken and klintan_webbnyheter; `--names` the lists of names (default: the
folder `reference` beside CORPORA), `--words` a list of Swedish words to vary sentences with (such as Debian's
wswedish). One pipeline is trained for each seed, with `nlp/training/config.cfg`; the one
that did best on the sentences that it was stopped by is kept. What each reaches on sentences that it neither saw
nor was stopped or chosen by is printed.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training.initialize import init_nlp
from spacy.training.loop import train
from spacy.util import load_config
from thinc.api import NumpyOps, set_current_ops

from nlp.evaluation.scores import Counts, Line, line_of
from nlp.models import OURS
from nlp.training.corpora import Sentence, entities
from nlp.training.examples import FOLDERS, sentences_of

CONFIG = Path(__file__).parent / "training" / "config.cfg"
MODELS = Path(__file__).parent / "models"
LABELS = ("PER", "LOC", "ORG")
META = {
    "name": OURS.removeprefix("sv_"),
    "version": "1.1.0",
    "description": "Swedish named entities (PER, LOC, ORG) in agency mail and news; see README.md beside this file",
    "author": "The authors of Återkom",
    "license": "CC BY-SA 4.0",
    "spacy_version": ">=3.8,<3.9",
    "sources": [
        {"name": "UNER Swedish-Talbanken", "url": "https://github.com/UniversalNER/UNER_Swedish-Talbanken", "license": "CC BY-SA 4.0"},
        {"name": "swedish-ner-corpus (Webbnyheter 2012)", "url": "https://github.com/klintan/swedish-ner-corpus", "license": "CC BY 4.0"},
    ],
}  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m nlp.train", description=__doc__)
    parser.add_argument("corpora", type=Path, help="the folder of the corpora")
    parser.add_argument("--names", type=Path, help="the folder of the lists of names")
    parser.add_argument(
        "--words", type=Path, help="a list of Swedish words, one a line, to vary sentences with"
    )
    parser.add_argument("--output", type=Path, default=MODELS / OURS, help="where the best pipeline goes")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2], help="one pipeline for each")
    parser.add_argument(
        "--steps", type=int, default=0, help="fewer than the configuration says, to try it out"
    )
    options = parser.parse_args(arguments)
    names = options.names or options.corpora.parent / "reference"
    best = -1.0
    for seed in options.seeds:
        nlp, score = trained(options.corpora, names, options.words, seed, options.steps)
        print(f"# seed {seed}: F1 {score:.3f} where it was stopped")
        print(*held_back(nlp, options.corpora, names), sep="\n", flush=True)
        if score > best:
            best = score
            _shipped(nlp).to_disk(options.output, exclude=["vocab"])
    return 0


def trained(
    corpora: Path, names: Path, words: Path | None, seed: int, steps: int = 0
) -> tuple[Language, float]:
    """SpaCy's own training by our configuration, and the score by which its best round was kept."""
    overrides = {"paths.corpora": str(corpora), "paths.names": str(names), "system.seed": seed}
    if words:
        overrides["paths.words"] = str(words)
    if steps:
        overrides["training.max_steps"] = steps
    set_current_ops(NumpyOps(use_blis=False))  # numpy's own product of matrices is some times as fast
    nlp = init_nlp(load_config(CONFIG, overrides=overrides, interpolate=True))
    with TemporaryDirectory() as folder:
        train(nlp, Path(folder), stdout=sys.stdout, stderr=sys.stderr)
        best = spacy.load(Path(folder) / "model-best")
    return best, best.meta["performance"]["ents_f"]


def _shipped(nlp: Language) -> Language:
    """The pipeline without what only its training needed: paths, readers, and every word that it was shown."""
    config = spacy.blank("sv").config
    config["nlp"] = nlp.config["nlp"]
    config["components"] = nlp.config["components"]
    nlp.config = config
    nlp.meta.update(META)
    return nlp


def held_back(nlp: Language, corpora: Path, names: Path) -> Iterator[Line]:
    """How it does on the sentences that were held back, by corpus and label."""
    for folder in FOLDERS:
        held = [sentence for corpus, sentence in sentences_of(corpora, names, "held") if corpus == folder]
        by_label: dict[str, list[Counts]] = defaultdict(list)
        for sentence in held:
            for label, counts in _compared(nlp, sentence).items():
                by_label[label].append(counts)
        yield from (line_of(f"{folder} {label}", found) for label, found in by_label.items())


def _compared(nlp: Language, sentence: Sentence) -> dict[str, Counts]:
    doc = nlp(Doc(nlp.vocab, words=list(sentence.words)))
    found = {(one.start, one.end, one.label_) for one in doc.ents}
    gold = {(one.start, one.end, one.label) for one in entities(sentence.tags)}
    parted = {
        label: ({one for one in found if one[2] == label}, {one for one in gold if one[2] == label})
        for label in LABELS
    }
    return {
        label: Counts(len(got & wanted), len(got - wanted), len(wanted - got))
        for label, (got, wanted) in {**parted, "all": (found, gold)}.items()
    }


if __name__ == "__main__":
    raise SystemExit(main())
