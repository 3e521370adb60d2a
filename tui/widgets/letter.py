"""One message as a reader sees it: its heads, its own words and its documents' with what was found in them."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from textual.content import Content, Span

from crm.rows.follow_ups import FollowUpRow
from crm.rows.messages import LinkRow
from crm.rows.people import MailboxRow
from crm.rows.reading_pane import AttachmentView, MentionView, MessageView
from tui import dates, words
from tui.cli.reasons import problem, problem_in_words
from tui.i18n import _, ngettext
from tui.text import Mark, clean, clean_line, cleaned, content, line, spanned
from tui.widgets.page import Spot

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
_QUOTE: Final = re.compile(r"^[ \t]*>.*(?:\n[ \t]*>.*)+", re.MULTILINE)
"""Two quoted lines or more, which somebody's program left in the words of an answer."""


class Letter(NamedTuple):
    """What to show, where in it the sentence stands that was asked for, and the mentions that can be opened."""

    text: str
    spans: list[Span]
    target: int | None
    spots: list[Spot]

    @property
    def content(self) -> Content:
        """All of it as one."""
        return spanned(self.text, self.spans)


@dataclass(slots=True)
class _Sheet:
    """A letter as it is put together: nothing is copied twice, however long it is."""

    parts: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)
    length: int = 0
    target: int | None = None

    def put(self, shown: Content) -> None:
        """Adds what is clean and styled already."""
        self.spans += [Span(s.start + self.length, s.end + self.length, s.style) for s in shown.spans]
        self.add(shown.plain)

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def done(self) -> Letter:
        return Letter("".join(self.parts), self.spans, self.target, self.spots)


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


def letter(
    view: MessageView,
    sentence: str | None = None,
    *,
    carried: Sequence[MessageView] = (),
    unfolded: bool = False,
) -> Letter:
    """The whole message; `sentence` is the follow-up's text that stands out.

    `carried` are the messages that it quotes or forwards: in a line each, or `unfolded` in their own words.
    """
    sheet = _Sheet()
    for head in _heads(view):
        sheet.put(head)
        sheet.add("\n")
    sheet.add("\n")
    _body(sheet, view, sentence, unfolded=unfolded)
    for inner in carried:
        _carried(sheet, inner, view.depth, unfolded=unfolded)
    return sheet.done()


def _body(sheet: _Sheet, view: MessageView, sentence: str | None, *, unfolded: bool) -> None:
    sections = _sections(view)
    for section in sections:
        found = sorted(_sentences(view, section, sections), key=lambda f: f.start)
        if section.name:
            sheet.add("\n\n")
            sheet.put(_title(section.name))
            sheet.add("\n")
        _text(sheet, view, section, found, sentence, unfolded=unfolded)


def _carried(sheet: _Sheet, inner: MessageView, depth: int, *, unfolded: bool) -> None:
    """A message below the one that brought it."""
    sheet.add("\n\n")
    indent = "  " * max(inner.depth - depth - 1, 0)
    when = dates.moment_column(inner.date) if inner.date else clean_line(inner.date_text or "–")
    said = f"{words.said(words.MESSAGE_KINDS, inner.kind)}: {words.short_name(inner.sender)}, {when}"
    if not unfolded:
        lines = len(clean(inner.body).strip().splitlines())
        count = ngettext("{n} line", "{n} lines", lines).format(n=dates.number(lines))
        sheet.put(
            line(f"▸ {said} ({count})", QUIET) if not indent else _indented(indent, f"▸ {said} ({count})")
        )
        return
    sheet.put(_indented(indent, f"▾ {said}", "bold"))
    sheet.add("\n")
    _body(sheet, inner, None, unfolded=True)


def _indented(branch: str, said: str, style: str = QUIET) -> Content:
    return Content.assemble(branch, line(said, style))


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
            _("Read with problems: {problems}").format(
                problems="; ".join(map(problem_in_words, view.problems))
            ),
            "$text-warning",
        )
    if view.automatic:
        yield line(_("An automatic answer"), QUIET)


def _subject(view: MessageView) -> Content:
    marks = [_mark(m) for m in view.mentions if m.field == "subject"]
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


def _mark(mention: MentionView) -> Mark:
    return Mark(mention.start, mention.end, MENTIONS.get(mention.label, OTHER_MENTION))


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
    sheet: _Sheet,
    view: MessageView,
    section: _Section,
    found: Sequence[_Found],
    sentence: str | None,
    *,
    unfolded: bool,
) -> None:
    """A text in pieces: after the line in which a sentence ends stands what it means, for quotes how long they are."""
    text = section.text
    if not text.strip() and not found:
        sheet.put(line(_("(No words of its own.)"), QUIET))
        return
    mentions = [m for m in view.mentions if m.field == section.field]
    marks = _marks(section, mentions, found, sentence)
    stops = _stops(text, found, [] if unfolded else _folded(text, found))
    at = {at for mark in marks for at in mark[:2]} | {at for stop in stops for at in stop[:2]}
    shown, moved = cleaned(text, at)
    begun, starts = 0, []
    for start, end, inserted in stops:
        begin, after = max(moved[start], begun), max(moved[end], begun)
        starts.append((begun, sheet.length))
        sheet.add(shown[begun:begin])
        sheet.put(inserted)
        begun = after
    starts.append((begun, sheet.length))
    sheet.add(shown[begun:])
    places = _Places(starts, [moved[start] for start, _end, _what in stops])
    _style(sheet, marks, moved, places)
    _spots(sheet, mentions, moved, places)
    target = next((f.start for f in found if sentence is not None and f.row.text == sentence), None)
    if target is not None and sheet.target is None:
        sheet.target = places.of(moved.get(target, 0))


class _Places:
    """Where positions of a text stand on the sheet, once lines were put between them."""

    def __init__(self, starts: Sequence[tuple[int, int]], ends: Sequence[int]) -> None:
        self._from = [start for start, _ in starts]
        self._starts = starts
        self._ends = [*ends, None]

    def of(self, position: int) -> int:
        """On the sheet; of what is folded away, where the fold stands."""
        at = max(bisect_right(self._from, position) - 1, 0)
        start, there = self._starts[at]
        end = self._ends[at]
        return there + (position if end is None else min(position, max(end, start))) - start


def _style(sheet: _Sheet, marks: Sequence[Mark], moved: dict[int, int], places: _Places) -> None:
    for mark in marks:
        start, end = places.of(moved[mark.start]), places.of(moved[mark.end])
        if start < end:
            sheet.spans.append(Span(start, end, mark.style))


def _spots(sheet: _Sheet, mentions: Sequence[MentionView], moved: dict[int, int], places: _Places) -> None:
    for mention in sorted(mentions, key=lambda m: m.start):
        start, end = places.of(moved[mention.start]), places.of(moved[mention.end])
        if start < end:
            sheet.spots.append(Spot(start, end, mention))


Stop = tuple[int, int, Content]
"""What is left out of the text (nothing, where start and end are one) and what stands there instead."""


def _stops(text: str, found: Sequence[_Found], folds: Sequence[tuple[int, int]]) -> list[Stop]:
    stops: list[Stop] = []
    for item in found:
        end = text.find("\n", item.end)
        end = len(text) if end < 0 else end
        stops.append((end, end, _meaning(item.row)))
    for start, end in folds:
        lines = text.count("\n", start, end) + 1
        said = ngettext("{n} quoted line", "{n} quoted lines", lines).format(n=dates.number(lines))
        stops.append((start, end, line(f"▸ {said}", QUIET)))
    return sorted(stops, key=lambda stop: stop[:2])


def _folded(text: str, found: Sequence[_Found]) -> list[tuple[int, int]]:
    """Quoted lines one after the other, but for those in which a sentence stands."""
    spans = (match.span() for match in _QUOTE.finditer(text))
    return [(start, end) for start, end in spans if not any(f.start < end and f.end >= start for f in found)]


def _marks(
    section: _Section, mentions: Sequence[MentionView], found: Sequence[_Found], sentence: str | None
) -> list[Mark]:
    """The signature's, then mentions, then the sentences over both."""
    marks = [_mark(m) for m in mentions]
    marks += [Mark(f.start, f.end, TARGET if f.row.text == sentence else SENTENCE) for f in found]
    if section.signature_start is not None:
        marks.insert(0, Mark(section.signature_start, len(section.text), QUIET))
    return marks


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
