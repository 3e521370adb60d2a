"""`python -m nlp.evaluate`: how the reading does on labelled sentences, and whether it has got worse.

Prints a line for each set and label: precision, recall and F1 with their intervals of 95 %, then the texts with
most errors. Ends with 1 if an F1 lies below the committed one of `nlp/evaluation/figures.json`; `--update` writes
that file anew, which is part of a change on purpose.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from nlp.evaluation.scores import Line, line_of
from nlp.evaluation.sets import FOLDER, Judged, judge_of, read_set
from nlp.reader import Reader

FIGURES = "figures.json"
_ROUNDED = 4  # figures differ no less than this
_TELLS = {"dev": "rules were written by it", "held": "no rule was written by it before its first figure"}


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; 0 if nothing has got worse."""
    parser = argparse.ArgumentParser(prog="python -m nlp.evaluate", description=__doc__)
    parser.add_argument("sets", nargs="*", help="which sets, such as places_dev; all without")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where sets and figures are")
    parser.add_argument("--errors", type=int, default=20, metavar="N", help="texts with errors to print")
    parser.add_argument("--hide-held", action="store_true", help="no errors of what is held back")
    parser.add_argument("--update", action="store_true", help="write the figures anew")
    options = parser.parse_args(arguments)
    judged = dict(_judged(options.folder, options.sets))
    lines = sorted(_lines(judged), key=lambda line: line.counts.f1)
    for name, texts in judged.items():
        print(f"# {name}: {len(texts)} texts; {_TELLS.get(name.rpartition('_')[2], 'its own')}")
    print(*lines, sep="\n")
    shown = {n: texts for n, texts in judged.items() if not (options.hide_held and n.endswith("_held"))}
    _print_errors(shown, options.errors)
    file = options.folder / FIGURES
    if options.update:
        _write(file, lines)
        return 0
    return _compare(file, lines)


def _judged(folder: Path, names: Sequence[str]) -> Iterator[tuple[str, list[Judged]]]:
    """The sets of a folder, or those that are named, with each of their texts judged."""
    for path in sorted(folder.glob("*.jsonl")):
        judge = judge_of(path)
        if judge and (not names or path.stem in names):
            reader = Reader()
            yield path.stem, [judge(row, reader) for row in read_set(path)]


def _lines(judged: dict[str, list[Judged]]) -> Iterator[Line]:
    for name, texts in judged.items():
        labels = dict.fromkeys(label for text in texts for label in text.counts)
        for label in labels:
            yield line_of(f"{name} {label}", [text.counts[label] for text in texts if label in text.counts])


def _print_errors(judged: dict[str, list[Judged]], most: int) -> None:
    """The texts with most errors first."""
    wrong = [(name, text) for name, texts in judged.items() for text in texts if text.errors]
    for name, text in sorted(wrong, key=lambda one: -len(one[1].errors))[:most]:
        print(f"\n{name}: {text.text!r}", *text.errors, sep="\n    ")


def _figures(file: Path) -> dict[str, float]:
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


def _write(file: Path, lines: Sequence[Line]) -> None:
    """The figures of these sets; those of others stay."""
    figures = _figures(file) | {line.name: round(line.counts.f1, _ROUNDED) for line in lines}
    file.write_text(json.dumps(dict(sorted(figures.items())), indent=2) + "\n", encoding="utf-8")


def _compare(file: Path, lines: Sequence[Line]) -> int:
    """1 if any line lies below its figure."""
    figures = _figures(file)
    worse = [line for line in lines if round(line.counts.f1, _ROUNDED) < figures.get(line.name, 0.0)]
    for line in worse:
        print(f"worse than {figures[line.name]:.4f}: {line.name} {line.counts.f1:.4f}", file=sys.stderr)
    return 1 if worse else 0


if __name__ == "__main__":
    raise SystemExit(main())
