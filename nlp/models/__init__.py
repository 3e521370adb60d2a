"""Trained pipelines: ours, with its model card, and whichever spaCy pipeline of the user's stands in for it."""

from importlib.util import find_spec
from pathlib import Path

OURS = "sv_aterkom_ner"
NONE = "none"


def located(name: str) -> str | None:
    """What `spacy.load` takes for `name`: our folder, a folder of the user's, an installed package; else None."""
    own = Path(__file__).parent / OURS
    if name == OURS:
        return str(own) if (own / "meta.json").is_file() else None
    if (Path(name) / "meta.json").is_file():
        return name
    return name if name.isidentifier() and name != NONE and find_spec(name) is not None else None
