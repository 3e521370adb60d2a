"""The text of documents that are text already: plain, comma-separated, HTML, RTF."""

import re

from ingest import charset, html, rtf
from ingest.documents.model import Problem, Read, Unreadable
from ingest.limits import Limits

_META = re.compile(rb"<meta[^>]{0,300}?charset\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_SAMPLE = 8_192


def read_text(data: bytes, limits: Limits) -> Read:
    """A text in whatever charset it was saved. Raises Unreadable for what is none."""
    text = _decoded(data, limits)
    if "\0" in text[:_SAMPLE]:
        raise Unreadable("document-broken", "no text inside")
    return _bounded(text, data, limits)


def read_html(data: bytes, limits: Limits) -> Read:
    """The words of a page that was saved, as a browser shows them."""
    declared = _META.search(data[:4_096])
    text = charset.decode(data[: limits.html], declared[1].decode("ascii") if declared else None)[0]
    return _bounded(html.to_text(charset.clean(text)[0]), data[limits.html :], limits)


def read_rtf(data: bytes, limits: Limits) -> Read:
    """Rich text; HTML that was packed into it is read as HTML."""
    text, is_html = rtf.to_text(data[: 4 * limits.document_text])
    rest = data[4 * limits.document_text :]
    if is_html:
        return _bounded(html.to_text(text), rest, limits)
    whole = _bounded(text, rest, limits)
    return Read([line for line in whole.blocks[0].split("\n") if line.strip()], whole.problems)


def _decoded(data: bytes, limits: Limits) -> str:
    marked = charset.bom(data[:4])
    head = data[: 4 * limits.document_text]
    return charset.decode(head, marked[0])[0] if marked else charset.guess(head, thorough=True)


def _bounded(text: str, rest: bytes, limits: Limits) -> Read:
    limit = limits.document_text
    problems: tuple[Problem, ...] = ()
    if len(text) > limit or len(rest) > 4 * limit:
        problems = (("limit-document-text", f"more than {limit} characters"),)
    return Read([text[:limit]], problems)
