"""Labelled sentences, invented, and how the reading does on them: `python -m nlp.evaluate`.

`*_dev.jsonl` are those by which rules are written; `*_held.jsonl` were read when the rules stood, and nothing
may be chosen by them. What the model is trained on lies elsewhere: corpora that are not in the project, and the
templates of `nlp.training`.
"""
