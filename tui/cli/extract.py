"""An extract on its way out: JSON Lines, plain text, or a page that any browser and Word open. A record at a time."""

import html
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Final, Literal

from tui import extracts
from tui.cli.output import json_text
from tui.i18n import language
from tui.text import clean_line

if TYPE_CHECKING:
    from crm.privacy.compiling import Record

Form = Literal["json", "text", "html"]

_STYLE: Final = "body{font:11pt/1.4 sans-serif;max-width:46em;margin:2em auto}h2{font-size:1.1em;margin-top:1.5em}li{margin:.2em 0}"


def written(records: "Iterable[Record]", form: Form) -> Iterator[str]:
    """The extract line by line, without line ends."""
    if form == "json":
        return (json_text({"kind": one.kind, **one.facts}) for one in records)
    return _page(records) if form == "html" else _text(records)


def _text(records: "Iterable[Record]") -> Iterator[str]:
    for kind, some in groupby(records, key=lambda one: one.kind):
        level = "#" if kind == "person" else "##"
        yield from (
            ("", f"{level} {extracts.heading(kind)}", "")
            if kind != "person"
            else (
                f"{level} {extracts.heading(kind)}",
                "",
            )
        )
        for one in some:
            yield f"- {clean_line(extracts.told(one))}"


def _page(records: "Iterable[Record]") -> Iterator[str]:
    yield f'<!DOCTYPE html>\n<html lang="{language()}"><head><meta charset="utf-8">'
    yield f"<title>{_safe(extracts.heading('person'))}</title><style>{_STYLE}</style></head><body>"
    for kind, some in groupby(records, key=lambda one: one.kind):
        level = "h1" if kind == "person" else "h2"
        yield f"<{level}>{_safe(extracts.heading(kind))}</{level}>\n<ul>"
        for one in some:
            yield f"<li>{_safe(extracts.told(one))}</li>"
        yield "</ul>"
    yield "</body></html>"


def _safe(text: str) -> str:
    return html.escape(clean_line(text))
