"""A line of plain text around the first hit."""

from collections.abc import Sequence

from db.query import Phrase, Term, parse
from db.tokens import Stems, Token, normalise, stems, tokens

_ELLIPSIS = "…"


def snippet(text: str, query: str, width: int = 160) -> str:
    """At most `width` characters of `text` in one line, around the first place where a term of `query` stands.

    Where none stands (it was found in the subject), its beginning. Nothing in it is marked or cleaned for a
    terminal.
    """
    return hit(text, query, width) or _line(normalise(text), 0, max(width, 1))


def hit(text: str, query: str, width: int = 160) -> str | None:
    """The same; None where no term of `query` stands in `text`."""
    normal = normalise(text)
    seen, at = _first_hit(normal, parse(query))
    return None if at is None else _line(normal, _start(seen, at, seen[at].start - width // 3), max(width, 1))


def _first_hit(normal: str, terms: Sequence[Term]) -> tuple[list[Token], int | None]:
    """The words up to the first hit, and which of them begins it. What stands behind it is not read."""
    phrases = [(phrase, term.folded) for term in terms for phrase in term.phrases]
    seen: list[Token] = []
    made: list[Stems] = []
    for token in tokens(normal) if phrases else ():
        seen.append(token)
        made.append(stems(token.word))
        for phrase, folded in phrases:
            if _ends(made, phrase, folded=folded):
                return seen, len(seen) - len(phrase.stems)
    return seen, None


def _ends(made: Sequence[Stems], phrase: Phrase, *, folded: bool) -> bool:
    """Whether a phrase ends with the last word; where it is one word, that may also be a part of a compound."""
    *first, last = phrase.stems
    forms = _forms(made[-1], folded=folded)
    if first:
        forms = forms[:1]
    if not any(form.startswith(last) if phrase.prefix else form == last for form in forms):
        return False
    before = made[-len(phrase.stems) : -1]
    return [stem.folded if folded else stem.exact for stem in before] == first


def _forms(made: Stems, *, folded: bool) -> tuple[str, ...]:
    return (made.folded, *made.folded_parts) if folded else (made.exact, *made.parts)


def _start(found: Sequence[Token], at: int, earliest: int) -> int:
    """The beginning of the first word that leaves a third of the width before the hit."""
    while at > 0 and found[at - 1].start >= earliest:
        at -= 1
    return found[at].start if at else 0


def _line(text: str, start: int, width: int) -> str:
    """White space, line breaks among them, is one space; a cut is an ellipsis, at a word where there is one."""
    line = " ".join(text[start : start + 4 * width].split())
    line = f"{_ELLIPSIS}{line}" if start else line
    if len(line) <= width:
        return line
    cut = line[: width - 1]
    kept, space, _ = cut.rpartition(" ")
    return (kept if space and len(kept) > width // 2 else cut) + _ELLIPSIS
