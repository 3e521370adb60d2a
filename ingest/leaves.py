"""The text of one part: charset, format=flowed, HTML and other rich text, a PGP signature around it."""

import re
from typing import TypeVar

from ingest import charset, html, rtf
from ingest.limits import Budget
from ingest.parts import HTML, Part

Text = TypeVar("Text", str, bytes)

_META = re.compile(rb"<meta[^>]{0,300}?charset\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_ENCRYPTED = "-----BEGIN PGP MESSAGE-----"
_SIGNED = "-----BEGIN PGP SIGNED MESSAGE-----\n"
_SIGNATURE = "\n-----BEGIN PGP SIGNATURE-----\n"
_SIGNATURE_END = "-----END PGP SIGNATURE-----"
_YENC = re.compile(r"^=ybegin .{0,200}\bname=", re.MULTILINE)
_MARKUP = re.compile(r"<[a-zA-Z/][^<>]{0,100}>")


def text_of(part: Part, budget: Budget) -> str:
    """What a part of text says, lines ended by LF; never raises."""
    data = _head(part.content(budget), part, budget)
    text = _decoded(data, part, budget)
    if part.content_type in HTML:
        return html.to_text(_affordable(text, part, budget))
    if part.content_type == "text/rtf":
        return _of_rtf(data, part, budget)
    if part.content_type in {"text/enriched", "text/richtext"}:
        return _MARKUP.sub("", text).replace("<<", "<")
    if _ENCRYPTED in text[:2_000]:
        budget.report("encrypted", f"part {part.path}, PGP")
    if "\n=ybegin " in f"\n{text[:20_000]}" and _YENC.search(text[:20_000]):
        budget.report("yenc", f"part {part.path} holds a file in yEnc")
    if _SIGNED in text[:2_000]:
        text = _without_signature(text)
    if part.parameters.get("format", "").lower() == "flowed":
        return unflow(text, delsp=part.parameters.get("delsp", "").lower() == "yes")
    return text


def _decoded(data: bytes, part: Part, budget: Budget) -> str:
    declared = part.parameters.get("charset")
    if part.content_type in HTML and not declared and (meta := _META.search(data[:4_096])):
        declared = meta[1].decode("ascii")
    thorough = budget.guesses > 0 and not data.isascii()
    budget.guesses -= thorough
    text, wrong = charset.decode(data, declared, thorough=thorough)
    if wrong:
        budget.report("charset", f"part {part.path}, {wrong}")
    text, had_nul = charset.clean(text)
    if had_nul:
        budget.report("nul-removed", f"part {part.path}")
    return text


def _of_rtf(data: bytes, part: Part, budget: Budget) -> str:
    text, is_html = rtf.to_text(_affordable(data, part, budget))
    clean = charset.clean(text)[0]
    return html.to_text(clean) if is_html else clean


def _without_signature(text: str) -> str:
    """The words that PGP signed, without its lines around them and its dashes before dashes (RFC 9580, 7)."""
    before, _, rest = text.partition(_SIGNED)
    _, _, rest = rest.partition("\n\n")
    words, _, behind = rest.partition(_SIGNATURE)
    after = behind.partition(_SIGNATURE_END)[2]
    return before + f"\n{words}".replace("\n- ", "\n")[1:] + after


def _head(data: bytes, part: Part, budget: Budget) -> bytes:
    """As many bytes as may still be decoded for this mail and all in it."""
    left = max(0, 2 * budget.limits.text - budget.decoded)
    budget.decoded += len(data)
    if len(data) > left:
        budget.report("limit-text", f"part {part.path} has {len(data)} bytes, {left} read")
    return data[:left]


def _affordable(text: Text, part: Part, budget: Budget) -> Text:
    """As much rich text as may be rendered: it takes a microsecond a character at worst."""
    left = max(0, budget.limits.html - budget.markup)
    budget.markup += len(text)
    if len(text) > left:
        budget.report("limit-html", f"part {part.path} has {len(text)} characters, {left} read")
    return text[:left]


def unflow(text: str, *, delsp: bool = False) -> str:
    """Paragraphs of format=flowed in one line each (RFC 3676, 4): quote marks kept, stuffing taken away."""
    lines: list[str] = []
    flowing: list[str] = []
    depth_before = 0
    for line in text.split("\n"):
        rest = line.lstrip(">")
        depth = len(line) - len(rest)
        rest = rest.removeprefix(" ")
        if flowing and depth != depth_before:
            lines.append(_quoted(flowing, depth_before))
            flowing = []
        depth_before = depth
        soft = rest.endswith(" ") and rest != "-- " and bool(rest.strip())
        if rest == "-- " and flowing:
            lines.append(_quoted(flowing, depth))
            flowing = []
        flowing.append(rest[:-1] if soft and delsp else rest)
        if not soft:
            lines.append(_quoted(flowing, depth))
            flowing = []
    if flowing:
        lines.append(_quoted(flowing, depth_before))
    return "\n".join(lines)


def _quoted(pieces: list[str], depth: int) -> str:
    text = "".join(pieces)
    return ">" * depth + " " + text if depth and text else ">" * depth + text
