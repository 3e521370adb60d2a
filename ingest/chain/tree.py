"""One mail unfolded into the messages that it carries, in one pass over its lines.

Every quote depth has one message whose words stand at that depth. A header block puts a new message in its place,
an attribution puts one at the depth of the quotes below it; a quote that nothing announces belongs to the message
that was quoted there last. So answers between quotes, nesting and mixtures of programs need no case of their own.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ingest.automatic import is_own_digest
from ingest.chain.blocks import Header
from ingest.chain.dates import LOCAL_ZONE
from ingest.chain.glued import unglued
from ingest.chain.labels import is_forward
from ingest.chain.lines import MAX_QUOTES, Line, place_of_line, previous_filled, split_lines
from ingest.chain.notes import unbarred, unboxed
from ingest.chain.openings import Finder, Opening
from ingest.chain.signature import signature_start
from ingest.model import ChainMessage, Kind, ParsedMail

MAX_DEPTH = 100
MAX_MESSAGES = 1_000
MAX_REFUSED = 100
MAX_LINES = 20_000
_FRAME_LINES = 200
_EDGES = " \t\n\r\f\v\xa0\u200b\ufeff\ufffc"


@dataclass(slots=True)
class _Frame:
    """A message while its words are collected."""

    parent: "_Frame | None"
    depth: int
    header: Header | None
    marker: str | None
    start: int
    end: int
    level: int
    words: list[str] = field(default_factory=list)
    last: int = -1
    number: int = 0
    dropped: bool = False

    def add(self, lines: list[Line], first: int, end: int) -> None:
        """Take the lines from `first` up to before `end`; across what stood between, one blank line is left."""
        words, stop = self.words, lines[end - 1][1]
        self.end = max(self.end, stop)
        if words and first != self.last + 1:
            while first < end and lines[first].blank:
                first += 1
            if first == end:
                return
            while words and (not words[-1] or words[-1].isspace()):
                words.pop()
            words.append("")
        if end == first + 1:
            words.append(lines[first][3])
        else:
            words.extend([line[3] for line in lines[first:end]])
        self.last = end - 1

    @property
    def body(self) -> str:
        return "\n".join(self.words).strip(_EDGES)


def unfold(mail: ParsedMail, zone: str = LOCAL_ZONE) -> tuple[ChainMessage, ...]:
    """The received message with its own words, every embedded one in text order, then attached mails with theirs.

    `zone` is where a quoted header without a zone was written. Messages deeper than 100 or after the 1 000th stay
    in the words of the last one, and so does what stands below 20 000 lines.
    """
    found: list[ChainMessage] = []
    waiting: list[tuple[ParsedMail, int | None]] = [(mail, None)]
    while waiting and len(found) < MAX_MESSAGES:
        current, parent = waiting.pop()
        root = len(found)
        found.extend(_chain(current, root, parent, zone))
        waiting.extend((attached, root) for attached in reversed(current.attached))
    _mark_contradictions(found)
    return tuple(found)


def _mark_contradictions(found: list[ChainMessage]) -> None:
    """A forward is often stamped in UTC, what it forwards in local time: say whose date cannot be right beside whose."""
    for message in found:
        outer = None if message.parent is None else found[message.parent]
        if outer is None or outer.date is None or message.date is None or outer.date_contradicts:
            continue
        if outer.date < message.date:
            found[outer.index] = replace(outer, date_contradicts=True)


def _chain(mail: ParsedMail, root: int, parent: int | None, zone: str) -> Iterator[ChainMessage]:
    frames = _frames(mail.text, zone)
    yield _outer(mail, frames[0], root, parent)
    subjects: dict[int, str | None] = {root: mail.subject}
    readers = {root: mail.to}
    for number, frame in enumerate(frames[1:], root + 1):
        frame.number = number
        above = root if frame.parent is None else frame.parent.number or root
        message = _embedded(frame, number, above, subjects[above], mail.part)
        if frame.header and frame.header.by_reader and len(readers[above]) == 1:
            message = replace(message, sender=readers[above][0])
        subjects[number], readers[number] = message.subject, message.to
        yield message


def _outer(mail: ParsedMail, frame: _Frame, number: int, parent: int | None) -> ChainMessage:
    body = frame.body
    return ChainMessage(
        index=number,
        parent=parent,
        kind="received" if parent is None else "attached",
        sender=mail.sender,
        to=mail.to,
        cc=mail.cc,
        subject=mail.subject,
        date=mail.date,
        date_text=mail.date_text,
        date_zone_known=mail.date_zone_known,
        message_id=mail.message_id,
        body=body,
        signature_start=signature_start(body, mail.sender.name if mail.sender else None),
        automatic=mail.automatic or is_own_digest(body),
        attachments=mail.attachments,
        in_reply_to=mail.in_reply_to,
        references=mail.references,
        conversations=mail.conversations,
        lists=mail.lists,
        part=mail.part,
        start=0,
        end=len(mail.text),
        meetings=mail.meetings,
    )


def _embedded(frame: _Frame, number: int, parent: int, subject: str | None, part: str) -> ChainMessage:
    header = frame.header or Header()
    body = _unmarked(frame.body)
    return ChainMessage(
        index=number,
        parent=parent,
        kind=_kind(frame.marker, subject, header),
        sender=header.sender,
        to=header.to,
        cc=header.cc,
        subject=header.subject,
        date=header.date.value if header.date else None,
        date_text=header.date_text,
        date_zone_known=header.date.zone_known if header.date else False,
        message_id=header.message_id,
        body=body,
        signature_start=signature_start(body, header.sender.name if header.sender else None),
        automatic=is_own_digest(body),
        part=part,
        start=frame.start,
        end=frame.end,
    )


def _unmarked(body: str) -> str:
    """Seznam sets what it quotes between lines with a quotation mark alone."""
    return body[1:-1].strip(_EDGES) if body[:2] == '"\n' and body[-2:] == '\n"' else body


def _kind(marker: str | None, subject: str | None, header: Header) -> Kind:
    return "forwarded" if marker == "forwarded" or is_forward(subject, header.languages) else "quoted"


def _frames(text: str, zone: str) -> list[_Frame]:
    """The messages of a text, the outermost first, without empty ones that nothing announces."""
    looked_at = text[: place_of_line(text, MAX_LINES)]
    lines = unglued(unbarred(unboxed(split_lines(looked_at), looked_at), looked_at), looked_at)
    collector = _Collector(len(text))
    number = refused = 0
    for opening in Finder(lines, zone).openings():
        collector.take(lines, number, opening.first)
        if collector.open(lines, opening):
            number = opening.end
        else:
            number, refused = opening.first, refused + 1
        if refused > MAX_REFUSED:
            break
    collector.take(lines, number, len(lines))
    if len(looked_at) < len(text):
        collector.leave(text[len(looked_at) + 1 :], lines[-1].depth)
    return collector.finish()


def _is_same(one: Header, other: Header) -> bool:
    """Whether two announcements have one sender and one minute, and the first nothing but these."""
    minutes = [header.date.value.replace(second=0) if header.date else None for header in (one, other)]
    return (
        one.sender is not None
        and one.sender == other.sender
        and minutes[0] is not None
        and minutes[0] == minutes[1]
        and not one.to
        and one.subject is None
    )


def _is_beside(lines: list[Line], opening: Opening, before: _Frame) -> bool:
    """Whether two forwards stand in quotes of their own, parted by words of the one who sends them on."""
    if opening.marker != "forwarded" or before.marker != "forwarded" or before.depth != opening.depth:
        return False
    above = previous_filled(lines, opening.first - 1, 0)
    if above is None or lines[above].depth < opening.base:
        return above is not None
    return any(line.depth < opening.base for line in lines[above + 1 : opening.first]) and _marks_blanks(
        lines, above, opening.base
    )


def _marks_blanks(lines: list[Line], last: int, depth: int) -> bool:
    """Whether the quote that ends with line `last` has its marks on blank lines too, so that one without them parts quotes."""
    for line in lines[last : max(last - _FRAME_LINES, 0) : -1]:
        if line.blank or line.depth < depth:
            return line.depth >= depth
    return False


class _Collector:
    """Gives every line to the message whose words stand at its quote depth."""

    def __init__(self, size: int) -> None:
        self.root = _Frame(None, 0, None, None, 0, size, 0)
        self.frames = [self.root]
        self.slots: dict[int, _Frame] = {0: self.root}

    def take(self, lines: list[Line], first: int, end: int) -> None:
        """Lines that stand at one depth go to their message at once."""
        while first < end:
            depth, after = lines[first].depth, first + 1
            while after < end and lines[after][2] == depth:
                after += 1
            if depth not in self.slots:
                while first < after and (not lines[first][3] or lines[first][3].isspace()):
                    first += 1
            if first < after:
                frame = self.slots.get(depth) or self._unannounced(lines[first])
                frame.add(lines, first, after)
            first = after

    def leave(self, rest: str, depth: int) -> None:
        """Give what stands below the lines that are looked at to the message in which they end."""
        frame = self._at(min(depth, MAX_QUOTES))
        frame.words.append(rest)
        frame.end = self.root.end

    def open(self, lines: list[Line], opening: Opening) -> bool:
        """Begin the message that an opening announces, or end one; False where a limit is reached."""
        if opening.header is None:
            self._close(opening.depth)
            return True
        answered = opening.depth > opening.base and opening.base not in self.slots
        first = lines[opening.first]
        parent = self._unannounced(first) if answered else self._at(opening.base)
        if parent.parent is not None and _is_beside(lines, opening, parent):
            parent = parent.parent
        if parent.level >= MAX_DEPTH or len(self.frames) >= MAX_MESSAGES:
            return False
        start, end = lines[opening.first].start, lines[opening.end - 1].end
        frame = _Frame(parent, opening.depth, opening.header, opening.marker, start, end, parent.level + 1)
        self._place(frame)
        return True

    def finish(self) -> list[_Frame]:
        """The messages in text order; an empty one that nothing announced gives its place to what it embeds."""
        for frame in reversed(self.frames[1:]):
            if frame.parent is not None:
                frame.parent.end = max(frame.parent.end, frame.end)
            self._adopt(frame)
            self._merge(frame)
            frame.dropped = not frame.body and frame.header in {None, Header()}
        kept = [frame for frame in self.frames if not frame.dropped]
        for frame in self.frames[1:]:
            while frame.parent is not None and frame.parent.dropped:
                frame.marker = frame.marker or frame.parent.marker
                frame.parent = frame.parent.parent
        return sorted(kept, key=lambda frame: (frame.start, frame.level))

    def _merge(self, frame: _Frame) -> None:
        """An attribution above the header block of the same message: the block says more."""
        parent = frame.parent
        if (
            parent is not None
            and parent.header is not None
            and frame.header is not None
            and not parent.body
            and _is_same(parent.header, frame.header)
        ):
            parent.header, frame.header = frame.header, None
            parent.words, frame.words = frame.words, []

    def _adopt(self, frame: _Frame) -> None:
        """An attribution whose quotes all carry a mark too many: the words are those of the message it announces."""
        parent = frame.parent
        if (
            frame.header is None
            and parent is not None
            and parent.header is not None
            and not parent.body
            and frame.body
        ):
            parent.words, frame.words = frame.words, []

    def _place(self, frame: _Frame) -> None:
        self.frames.append(frame)
        for depth in [depth for depth in self.slots if depth > frame.depth]:
            del self.slots[depth]
        self.slots[frame.depth] = frame

    def _at(self, depth: int) -> _Frame:
        """The message at a depth, else the nearest one outside it."""
        return self.slots[max(known for known in self.slots if known <= depth)]

    def _unannounced(self, line: Line) -> _Frame:
        """A quote without an attribution: somebody wrote it, nobody says who; so with every depth that is skipped."""
        frame = self._at(line.depth)
        for depth in range(frame.depth + 1, line.depth + 1):
            if frame.level >= MAX_DEPTH or len(self.frames) >= MAX_MESSAGES:
                return frame
            frame = _Frame(frame, depth, None, None, line.start, line.end, frame.level + 1)
            self._place(frame)
        return frame

    def _close(self, depth: int) -> None:
        frame = self.slots.get(min(depth, MAX_QUOTES))
        if frame is not None and frame.parent is not None and frame.parent.depth == depth:
            for deeper in [known for known in self.slots if known > depth]:
                del self.slots[deeper]
            self.slots[depth] = frame.parent
