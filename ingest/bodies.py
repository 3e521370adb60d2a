"""The text of a mail out of its parts: which alternative to read, and what is joined."""

import re

from ingest import leaves
from ingest.html_quotes import answers_in
from ingest.limits import Budget
from ingest.parts import Part

_WORD = re.compile(r"[^\W\d_]{2,}")
_STUB = re.compile(
    r"(?:view|read|open|see|visa|läs|öppna|se)\b.{0,60}\b(?:browser|web ?page|online|webbläsare|webben|nätet)"
    r"|html[ -]?(?:e-?mail|e-?post|message|mail|format|version|meddelande|capable|kompatibel|stöd)"
    r"|(?:does|do) not (?:support|display) html|stöd(?:er|jer)? inte html|kan inte visa html",
    re.IGNORECASE | re.DOTALL,
)
_STUB_LENGTH = 600
_MUCH_RICHER, _RICHER_BY = 3, 40


def body(parts: list[Part], budget: Budget) -> tuple[str, str, list[Part]]:
    """(text, path of the part that it begins in, the parts that are no text): `parts` in `split`'s order.

    Texts that follow each other are joined by an empty line; of alternatives the one with the words is read.
    """
    found = _inline(parts)
    inline = {id(part) for part in found}
    plain = [part for part in found if part.content_type == "text/plain"]
    texts = {id(part): (leaves.text_of(part, budget), part.path) for part in plain}
    needless = _needless(parts, texts)
    for part in found:
        if id(part) not in texts:
            texts[id(part)] = ("" if id(part) in needless else leaves.text_of(part, budget), part.path)
    _drop_substitutes(found, texts)
    for part in reversed(parts):
        if part.children:
            texts[id(part)] = _of_multipart(part, texts, inline)
    others = [part for part in parts if not part.children and id(part) not in inline]
    text, path = texts.get(id(parts[0]), ("", parts[0].path))
    return bounded(text, budget), path, sorted(others, key=_by_path)


def _drop_substitutes(found: list[Part], texts: dict[int, tuple[str, str]]) -> None:
    """A body out of winmail.dat says again what the mail itself says, unless that is empty or a stub."""
    own = "\n".join(texts[id(part)][0] for part in found if not part.substitute)
    packed = "\n".join(texts[id(part)][0] for part in found if part.substitute)
    if packed and own.strip():
        worse = _is_stub(own, packed)
        texts.update({id(part): ("", part.path) for part in found if part.substitute != worse})


def _by_path(part: Part) -> list[int]:
    return [int(number) for number in part.path.split(".") if number]


def _inline(parts: list[Part]) -> list[Part]:
    """The leaves to read as text, in order: a named one is a document, unless it comes first and as plain text."""
    found: list[Part] = []
    for part in sorted((part for part in parts if part.is_text and not part.children), key=_by_path):
        is_body = not found and part.disposition != "inline" and part.content_type == "text/plain"
        if part.filename is None or is_body:
            found.append(part)
    return found


def _needless(parts: list[Part], texts: dict[int, tuple[str, str]]) -> set[int]:
    """The HTML beside a plain text that is too long to be a stub: rendering it is most of the cost of a mail."""
    found: set[int] = set()
    for part in parts:
        if part.content_type != "multipart/alternative":
            continue
        long = any(
            len(text.strip()) > _STUB_LENGTH and not answers_in(text)
            for text in (texts[id(child)][0] for child in part.children if id(child) in texts)
        )
        waiting = list(part.children) if long else []
        while waiting:
            inner = waiting.pop()
            waiting += inner.children
            found.add(id(inner))
    return found


def _of_multipart(part: Part, texts: dict[int, tuple[str, str]], inline: set[int]) -> tuple[str, str]:
    own = [(child, texts[id(child)]) for child in part.children if id(child) in texts]
    if part.content_type == "multipart/alternative" and len(own) > 1:
        return _best(own, inline)
    with_words = [each for _, each in own if each[0].strip()]
    if not with_words:
        return "", own[0][1][1] if own else part.path
    return "\n\n".join(text.strip("\n") for text, _ in with_words), with_words[0][1]


def _best(own: list[tuple[Part, tuple[str, str]]], inline: set[int]) -> tuple[str, str]:
    """Plain text, unless it is empty, says to look elsewhere, or has answers whose colour the other alternative has."""
    plain = [each for part, each in own if id(part) in inline and part.content_type == "text/plain"]
    rich = [each for part, each in own if not (id(part) in inline and part.content_type == "text/plain")]
    if not plain:
        return max(rich, key=lambda each: len(each[0].strip()) > 0)
    text = "\n\n".join(each[0].strip("\n") for each in plain) if len(plain) > 1 else plain[0][0]
    if rich and (_is_stub(text, rich[-1][0]) or (answers_in(text) and rich[-1][0].strip())):
        return rich[-1]
    return text, plain[0][1]


def _is_stub(plain: str, rich: str) -> bool:
    """True if the plain text only says that there is another one, or leaves out most of it."""
    if not _WORD.search(plain[:20_000]):
        return _WORD.search(rich[:20_000]) is not None
    if len(plain.strip()) > _STUB_LENGTH:
        return False
    words, others = len(_WORD.findall(plain[:20_000])), len(_WORD.findall(rich[:20_000]))
    poorer = words < 4 < others // 5 or others > _MUCH_RICHER * words + _RICHER_BY
    return others > words and (poorer or bool(_STUB.search(plain)))


def bounded(text: str, budget: Budget) -> str:
    """As much of a text as the limits allow: a line that is empty costs as much to read as a long one."""
    limits = budget.limits
    if len(text) > limits.text:
        budget.report("limit-text", f"{len(text)} characters, {limits.text} read")
        text = text[: limits.text]
    left, lines = limits.lines - budget.lines, text.count("\n") + bool(text)
    budget.lines += min(left, lines)
    if lines <= left:
        return text
    budget.report("limit-lines", f"{lines} lines, {left} read")
    return "\n".join(text.split("\n", left)[:left])
