"""One message as a reader sees it: its heads, its own words and its documents' with what was found in them."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from textual.content import Content

from crm.rows import AttachmentView, FollowUpRow, LinkRow, MailboxRow, MentionView, MessageView
from tui import dates, words
from tui.cli.reasons import problem
from tui.i18n import _, ngettext
from tui.text import Mark, clean_line, content, line

# Underlined, so that a mention is seen without colours as well.
MENTIONS: Final[dict[str, str]] = {
    "MUNICIPALITY": "underline $text-success",
    "PERSON": "underline $text-primary",
    "DATE": "underline $text-warning",
    "ORGANISATION": "underline $text-accent",
}
OTHER_MENTION: Final = "underline"
SENTENCE: Final = "bold $text-warning"
TARGET: Final = "bold reverse"
QUIET: Final = "$foreground 65%"
_LISTED: Final = 12
_LABEL: Final = 10


class Letter(NamedTuple):
    """The text to show, and where in it the sentence stands that was asked for."""

    content: Content
    target: int | None


class _Section(NamedTuple):
    """A text of the message: its body, or a document under its name."""

    field: str
    text: str
    signature_start: int | None = None
    name: str = ""


class _Found(NamedTuple):
    start: int
    end: int
    row: FollowUpRow


def letter(view: MessageView, sentence: str | None = None) -> Letter:
    """The whole message; `sentence` is the follow-up's text that stands out."""
    head = Content("\n").join([*_heads(view), Content("")])
    shown, target = head.append("\n"), None
    sections = _sections(view)
    for section in sections:
        found = sorted(_sentences(view, section, sections), key=lambda f: f.start)
        if section.name:
            shown = shown.append("\n\n").append(_title(section.name)).append("\n")
        text, at = _text(view, section, found, sentence)
        target = len(shown) + at if target is None and at is not None else target
        shown = shown.append(text)
    return Letter(shown, target)


def _sections(view: MessageView) -> list[_Section]:
    """The body, then every document that has words."""
    documents = (
        _Section(each.field, each.text, None, each.filename or each.content_type)
        for each in view.attachments
        if each.text
    )
    return [_Section("body", view.body, view.signature_start), *documents]


def _title(name: str) -> Content:
    return line(f"── {clean_line(name)} ──", "bold")


def _heads(view: MessageView) -> Iterator[Content]:
    yield _subject(view)
    yield _field(_("From"), words.mailbox(view.sender))
    for label, boxes in ((_("To"), view.to), (_("Copy"), view.cc)):
        if boxes:
            yield _field(label, _several(boxes))
    yield _field(_("Date"), _when(view))
    if view.attachments:
        yield _field(_("Attached"), "; ".join(_attachment(a) for a in view.attachments[:_LISTED]))
    for link in view.links[:_LISTED]:
        yield _field(_("Office"), _link(link))
    if view.status == "quarantined":
        yield line(
            _("Could not be read: {problems}").format(problems="; ".join(map(problem, view.problems))),
            "bold $text-error",
        )
    elif view.problems:
        yield line(
            _("Read with problems: {problems}").format(problems="; ".join(map(problem, view.problems))),
            "$text-warning",
        )
    if view.automatic:
        yield line(_("An automatic answer"), QUIET)


def _subject(view: MessageView) -> Content:
    marks = [_mark(m, 0) for m in view.mentions if m.field == "subject"]
    if not (view.subject or "").strip():
        return line(words.subject(None), "bold")
    return content(
        (view.subject or "").replace("\n", " "), [*marks, Mark(0, len(view.subject or ""), "bold")]
    )


def _field(label: str, value: str) -> Content:
    return Content.assemble((label.ljust(_LABEL), QUIET), line(value))


def _several(boxes: Sequence[MailboxRow]) -> str:
    named = "; ".join(words.mailbox(box) for box in boxes[:_LISTED])
    more = len(boxes) - _LISTED
    return named if more <= 0 else named + " " + ngettext("and {n} more", "and {n} more", more).format(n=more)


def _when(view: MessageView) -> str:
    stamp = dates.moment(view.date) if view.date else (view.date_text or _("unknown date"))
    return f"{stamp} · {words.said(words.MESSAGE_KINDS, view.kind)}"


def _attachment(attached: AttachmentView) -> str:
    size = dates.number(max(attached.size // 1024, 1))
    return f"{attached.filename or attached.content_type} ({size} kB)"


def _link(link: LinkRow) -> str:
    return f"{link.office_name or link.office} · {words.confidence(link.confidence)} · {words.reason(link.reason)}"


def _mark(mention: MentionView, shift: int) -> Mark:
    return Mark(mention.start - shift, mention.end - shift, MENTIONS.get(mention.label, OTHER_MENTION))


def _sentences(view: MessageView, section: _Section, sections: Sequence[_Section]) -> Iterator[_Found]:
    """Where each follow-up's sentence stands in its text; one that cannot be found stands at the body's end."""
    fields = {each.field for each in sections}
    text = section.text
    for row in view.follow_ups:
        if section.field != (row.field if row.field in fields else "body"):
            continue
        at = text.find(row.text) if row.text else -1
        end = at + len(row.text)
        if at < 0 and (match := _loose(row.text, text)):
            at, end = match.span()
        yield _Found(at, end, row) if at >= 0 else _Found(len(text), len(text), row)


def _loose(sentence: str, body: str) -> "re.Match[str] | None":
    """The sentence with its blanks and line breaks as they happen to stand."""
    parts = sentence.split()[:200]
    return re.search(r"\s+".join(map(re.escape, parts)), body) if parts else None


def _text(
    view: MessageView, section: _Section, found: Sequence[_Found], sentence: str | None
) -> tuple[Content, int | None]:
    """A text in pieces: after the line in which a sentence ends stands what it means."""
    text = section.text
    marks = _marks(view, section, found, sentence)
    pieces: list[Content] = []
    length, begun, target = 0, 0, None
    for item in found:
        end = text.find("\n", item.end)
        end = len(text) if end < 0 else end
        piece = _piece(text, marks, begun, max(end, begun))
        if sentence is not None and item.row.text == sentence and target is None:
            target = length + len(content(text[begun : max(item.start, begun)]))
        pieces += [piece, _meaning(item.row)]
        length += sum(len(p) for p in pieces[-2:])
        begun = max(end, begun)
    pieces.append(_piece(text, marks, begun, len(text)))
    if not text.strip() and not found:
        pieces = [line(_("(No words of its own.)"), QUIET)]
    return Content("").join(pieces), target


def _marks(view: MessageView, section: _Section, found: Sequence[_Found], sentence: str | None) -> list[Mark]:
    marks = [_mark(m, 0) for m in view.mentions if m.field == section.field]
    marks += [Mark(f.start, f.end, TARGET if f.row.text == sentence else SENTENCE) for f in found]
    if section.signature_start is not None:
        marks.insert(0, Mark(section.signature_start, len(section.text), QUIET))
    return marks


def _piece(body: str, marks: Sequence[Mark], start: int, end: int) -> Content:
    inside = [
        Mark(max(m.start, start) - start, min(m.end, end) - start, m.style)
        for m in marks
        if m.start < end and m.end > start
    ]
    return content(body[start:end], inside)


def _meaning(row: FollowUpRow) -> Content:
    """`  ▸ Åtagande · Vi ska · 21–31 okt 2021 (v. 42–43) · Föreslagen · Säkert`."""
    said = " · ".join(
        (
            words.said(words.KINDS, row.kind),
            words.said(words.OWES, row.owes),
            words.window(row),
            words.state(row),
            words.confidence(row.confidence),
        )
    )
    return Content.assemble("\n", line(f"▸ {said}", "italic $text-warning"))
