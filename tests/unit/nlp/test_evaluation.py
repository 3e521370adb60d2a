"""The evaluation: its figures, its sets, and that it fails on a drop."""

import json
from pathlib import Path

import pytest

from nlp.evaluate import main
from nlp.evaluation.scores import Counts, bootstrap, line_of, total, wilson
from nlp.evaluation.sets import FOLDER, judge_of, read_set
from nlp.reader import Reader
from nlp.training.letters import templates


def test_precision_recall_and_f1() -> None:
    counts = total([Counts(3, 1, 0), Counts(0, 0, 1)])
    assert (counts.precision, counts.recall, counts.f1) == (0.75, 0.75, 0.75)
    assert Counts().f1 == 1.0


def test_intervals_hold_the_figure_and_narrow_with_more() -> None:
    assert wilson(8, 10) == pytest.approx((0.490, 0.943), abs=0.001)
    assert wilson(0, 0) == (0.0, 1.0)
    few, many = bootstrap([Counts(1), Counts(0, 1)] * 5), bootstrap([Counts(1), Counts(0, 1)] * 500)
    assert few[0] <= many[0] < 2 / 3 < many[1] <= few[1]
    assert "F1 0.667" in str(line_of("x", [Counts(1), Counts(0, 1)]))


def write(folder: Path, name: str, *rows: object) -> None:
    (folder / f"{name}.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")


PLACE = {"text": "Kontoret i Vara", "municipalities": [{"start": 11, "end": 15, "name": "Vara"}]}
MISSED = {"text": "Inget kontor", "municipalities": [{"start": 0, "end": 5, "name": "Vara"}]}


def test_it_fails_on_a_drop_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, "places_dev", PLACE, PLACE)
    assert main(["--folder", str(tmp_path), "--update"]) == 0
    assert main(["--folder", str(tmp_path)]) == 0
    write(tmp_path, "places_dev", PLACE, MISSED)
    assert main(["--folder", str(tmp_path)]) == 1
    said = capsys.readouterr()
    assert "places_dev municipality" in said.err
    assert "municipality missed: 0-5 Inget" in said.out


def test_errors_of_what_is_held_back_can_be_hidden(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, "places_held", MISSED)
    main(["--folder", str(tmp_path), "--hide-held"])
    assert "Inget" not in capsys.readouterr().out


def test_dates_are_judged_by_span_value_and_window(tmp_path: Path) -> None:
    day = {"from": "2021-10-14", "to": "2021-10-14", "window_from": None, "window_to": "2021-10-14"}
    row = {
        "text": "Svara senast 14 oktober.",
        "reference": "2021-06-07",
        "expressions": [{"start": 13, "end": 23, **day}],
    }
    judge = judge_of(tmp_path / "dates_dev.jsonl")
    assert judge is not None
    assert judge(row, Reader()).counts == {label: Counts(1) for label in ("expression", "value", "window")}


def test_follow_ups_are_judged_by_sentence_kind_obligor_and_window(tmp_path: Path) -> None:
    judge = judge_of(tmp_path / "followups_dev.jsonl")
    due = {"obligor": "recipient", "due_start": None, "due_end": "2021-06-14"}
    row = {
        "text": "Hej!\n\nVi återkommer senast den 14 juni. Allt väl.",
        "reference": "2021-06-07",
        "sender": {"name": "Berit Sandell", "address": "berit.sandell@statenssc.se"},
        "recipients": [],
        "automatic": False,
        "follow_ups": [{"sentence": "Vi återkommer senast den 14 juni.", "kind": "commitment", **due}],
    }
    assert judge is not None
    judged = judge(row, Reader())
    assert judged.counts["follow-up"] == Counts(1)
    assert judged.counts["obligor of found"] == Counts(0, 1, 1)
    assert judged.counts["due of found"] == Counts(1)


def test_the_sets_are_whole_and_kept_apart() -> None:
    texts: dict[str, set[str]] = {}
    for path in FOLDER.glob("*.jsonl"):
        rows = list(read_set(path))
        assert judge_of(path) is not None
        texts[path.stem] = {row["text"] for row in rows}
        spans = [
            (row, one) for row in rows for one in (*row.get("people", ()), *row.get("municipalities", ()))
        ]
        assert all(row["text"][one["start"] : one["end"]].strip() for row, one in spans)
    for stem in ("places", "people"):
        assert not texts[f"{stem}_dev"] & texts[f"{stem}_held"]
        assert not (texts[f"{stem}_dev"] | texts[f"{stem}_held"]) & {one for one in templates() if "{" in one}


def test_nothing_has_got_worse() -> None:
    assert main(["--errors", "0"]) == 0
