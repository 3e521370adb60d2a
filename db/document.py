"""A message as the full-text index holds it: streams of stems, the same for both stores."""

from dataclasses import dataclass, field

from db.tokens import normalise, stems, tokens

# PostgreSQL takes 1 MB for a row's words; what a text of real mail needs is far below.
_BUDGET = 450_000
_COST = 12  # of a word beside its letters: position, count, alignment


@dataclass(slots=True)
class Stream:
    """The stems of one text, in their order, with and without å, ä, ö; and those of the parts of compounds."""

    exact: list[str] = field(default_factory=list)
    folded: list[str] = field(default_factory=list)
    parts: dict[str, None] = field(default_factory=dict)
    folded_parts: dict[str, None] = field(default_factory=dict)


def read(text: str) -> Stream:
    """The stems of a text; its end is left out where it has more distinct letters than an index row takes."""
    stream = Stream()
    spent = 0
    for token in tokens(normalise(text)):
        made = stems(token.word)
        spent += len(made.exact.encode()) + _COST
        if spent > _BUDGET:
            break
        stream.exact.append(made.exact)
        stream.folded.append(made.folded)
        if made.parts:
            stream.parts.update(dict.fromkeys(made.parts))
            stream.folded_parts.update(dict.fromkeys(made.folded_parts))
    return stream
