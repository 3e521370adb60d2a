"""HTML mail to the plain text that a reader sees: lines, lists, tables, quotes; nothing that is hidden.

libxml2 calls us for each tag (no tree is built), so memory and depth are bounded; its one slow spot, end tags
that match nothing under thousands of open elements, is avoided by not feeding it deeper than `_MAX_DEPTH`.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from lxml import etree

from ingest import charset, html_quotes

_MAX_DEPTH = 500
_MAX_QUOTES = 20
_MAX_SHEET = 20_000
_CHUNK = 16_000
_ABOVE = 60
RULE = "_" * 32

_SKIPPED = frozenset(
    "head title style script template noframes object svg math select datalist audio video iframe canvas map".split()
)
_BLOCKS = frozenset(
    "address article aside body center dd details dialog div dl dt fieldset figcaption figure footer form header "
    "html legend li main nav ol section summary table tbody tfoot thead tr ul caption".split()
)
_SPACED = frozenset("p h1 h2 h3 h4 h5 h6 blockquote pre".split())
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_SPACES = re.compile(r"[ \t\r\n\f]+")
_BLANK = re.compile(r"[ \t\xa0\u200b\u200c\u034f\ufeff]*")
_TAG = re.compile(r"<[^<>]{0,5000}>")
_ZERO = re.compile(r"0+(?:\.0+)?(?:px|pt|em|rem|%|cm)?(?:!important)?")
_TINY = re.compile(
    r"(?:0+(?:\.\d+)?|1(?:\.0+)?)(?:px|pt)?(?:!important)?|0+(?:\.0\d*)?(?:em|rem|%|cm)(?:!important)?"
)
_AWAY = re.compile(r"-\d{4,}(?:\.\d+)?(?:px|em|pt)(?:!important)?")
_WHITE = re.compile(r"(?:#fff(?:fff)?|white|rgba?\(255,255,255(?:,[\d.]{1,5})?\))(?:!important)?")
_AT_RULE = re.compile(r"@[^@{}]*+\{(?:[^@{}]*+\{[^{}]*+\})*+[^{}]*+\}")
_CLASS_RULE = re.compile(r"\.([\w-]{1,60})\s*\{([^{}]{0,2000})\}")
_MAILTO = re.compile(r"mailto:([^?\s<>]{1,300}@[^?\s<>]{1,300})", re.IGNORECASE)
_RULED = re.compile(r"border-top:(?!none|0)[^;]{0,60}solid|border:none;border-top:(?!none|0)")


class _Writer:
    """libxml2's target: tags and text in, lines out. `stack` holds one frame for each open element.

    `blank_at` is the quote depth of a blank line that the next line wants above it; `fresh` is True at the
    beginning of a cell or a quote, where a paragraph's margin makes none. `carrier` is an element that is a quote if
    its first line is a marker; `bounded` once a header block of Outlook has begun, `own_colour` the colour of answers between quoted lines, `is_own` whether this line is one.
    """

    def __init__(self, *, show_white: bool = False) -> None:
        self.show_white = show_white
        self.sheet = ""
        self.hidden_classes: set[str] = set()
        self.backed_classes: set[str] = set()
        self.lines: list[str] = []
        self.pieces: list[str] = []
        self.stack: list[_Frame] = [_Frame("")]
        self.quotes = 0
        self.rows: list[int] = []
        self.lists: list[int | None] = []
        self.white_seen = False
        self.blank_at: int | None = None
        self.fresh = False
        self.carrier: _Frame | None = None
        self.bounded = False
        self.own_colour: str | None = None
        self.is_own: bool | None = None

    @property
    def too_deep(self) -> bool:
        return len(self.stack) > _MAX_DEPTH

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        outer = self.stack[-1]
        frame = _Frame(tag, outer.hidden or tag in _SKIPPED, outer.pre, outer.tiny)
        frame.white, frame.backed, frame.colour = outer.white, outer.backed, outer.colour
        style = _read_style(attributes.get("style", "")[:2_000])
        if attributes:
            _apply(frame, style, attributes)
            if self.hidden_classes and not self.hidden_classes.isdisjoint(
                attributes.get("class", "").split()
            ):
                frame.hidden = True
        if not frame.hidden:
            self._open(tag, frame, style.text, attributes)
        if tag not in _VOID:
            self.stack.append(frame)

    def _open(self, tag: str, frame: "_Frame", style: str, attributes: Mapping[str, str]) -> None:
        frame.margin = (tag in _SPACED and not _is_tight(style, attributes)) or bool(_RULED.search(style))
        if tag == "br":
            self._flush()
        elif tag == "hr":
            self._block()
            self._emit(RULE)
        elif tag == "a":
            frame.href, frame.mark = attributes.get("href", ""), (len(self.lines), len(self.pieces))
        elif tag in {"td", "th"}:
            self._cell()
        elif tag in _BLOCKS or tag in _SPACED:
            frame.quotes = html_quotes.quotes(tag, style, attributes)
            self._block(blank=frame.margin and tag != "blockquote")
            if tag == "div" and attributes and not self.quotes:
                self._begin_answers(style, attributes)
            if html_quotes.may_carry(tag, attributes) and not frame.quotes:
                self.carrier = frame
            self._enter(tag, frame)

    def _begin_answers(self, style: str, attributes: Mapping[str, str]) -> None:
        """Outlook's header block, above which somebody says that his answers stand below in a colour: all else is quoted."""
        if not self.bounded and (_RULED.search(style) or html_quotes.begins_outlook(attributes)):
            self.bounded = bool(self.lines)
            self.own_colour = html_quotes.answers_in("\n".join(self.lines[-_ABOVE:]))
            self.quotes += self.own_colour is not None

    def _enter(self, tag: str, frame: "_Frame") -> None:
        if frame.quotes:
            self.quotes += 1
            self.fresh = True
        elif tag == "tr":
            self.rows.append(len(self.lines))
        elif tag in {"ul", "ol"}:
            self.lists.append(frame.first if tag == "ol" else None)
        elif tag == "li":
            self.pieces = [self._bullet()]
        elif tag == "pre":
            frame.pre = True

    def _bullet(self) -> str:
        indent = "  " * min(max(0, len(self.lists) - 1), 10)
        number = self.lists[-1] if self.lists else None
        if number is None:
            return indent + "- "
        self.lists[-1] = number + 1
        return f"{indent}{number}. "

    def end(self, tag: str) -> None:
        if tag in _VOID or len(self.stack) == 1:
            return
        frame = self.stack.pop()
        if frame.hidden:
            if frame.tag == "style":
                for name, declared in _rules(self.sheet):
                    if _is_hidden(declared):
                        self.hidden_classes.add(name)
                    elif _is_coloured(_background(declared, {})):
                        self.backed_classes.add(name)
                self.sheet = ""
            return
        if frame.tag == "a":
            self._link(frame)
        elif tag in _BLOCKS or tag in _SPACED:
            self.fresh = self.fresh and tag not in {"tr", "table"}
            self._block()
            self._leave(frame)
            self._block(blank=frame.margin)

    def _leave(self, frame: "_Frame") -> None:
        tag = frame.tag
        if frame.quotes:
            self.quotes = max(0, self.quotes - 1)
        elif frame is self.carrier:
            self.carrier = None
        elif tag == "tr" and self.rows and len(self.lines) <= self.rows.pop() + 1:
            self.blank_at, self.fresh = None, False
        elif tag in {"ul", "ol"} and self.lists:
            self.lists.pop()

    def data(self, text: str) -> None:
        frame = self.stack[-1]
        if frame.hidden or frame.tiny:
            if frame.tag == "style" and len(self.sheet) < _MAX_SHEET:
                self.sheet += text
            return
        if frame.white and not frame.backed and not self.show_white:
            self.white_seen = self.white_seen or not text.isspace()
            return
        if frame.pre:
            *whole, last = text.replace("\r\n", "\n").split("\n")
            for line in whole:
                self.pieces.append(line)
                self._flush()
            if last:
                self.pieces.append(last)
            return
        text = _SPACES.sub(" ", text)
        if self.own_colour is not None and text != " ":
            self._take_side(frame.colour)
        if not self.pieces or self.pieces[-1].endswith((" ", "\t")):
            text = text.lstrip(" ")
        if text:
            self.pieces.append(text)
            self.fresh = self.fresh and text == " "

    def _take_side(self, colour: str) -> None:
        """Begin a line of its own where an answer in the colour begins or ends."""
        is_own = html_quotes.colour_family(colour) == self.own_colour
        if self.is_own not in {None, is_own} and self.pieces:
            self._flush()
        self.is_own = is_own

    def comment(self, text: str) -> None:
        """Conditional comments of Outlook and all others: nothing that a reader sees."""

    def close(self) -> None:
        """libxml2 asks for this at the end; the text is taken by `text`."""

    def text(self) -> str:
        self._block()
        return charset.windows_controls("\n".join(self.lines).strip("\n"))

    def _emit(self, line: str) -> None:
        """Write one line; a blank one that was asked for before it comes first, in the outer of the two quotes."""
        if self.carrier is not None and line:
            self._carry(self.carrier, line)
        depth = 0 if self.is_own else min(self.quotes, _MAX_QUOTES)
        self.is_own = None
        if self.blank_at is not None and line and self.lines and self.lines[-1].strip("> "):
            self._move_rows(len(self.lines))
            self.lines.append(("> " * min(self.blank_at, depth)).rstrip())
        self.blank_at = None
        self.fresh = False
        self.lines.append(("> " * depth + line) if line else ("> " * depth).rstrip())

    def _carry(self, frame: "_Frame", line: str) -> None:
        """The first line of an element that may carry a letter: a marker says that it does."""
        self.carrier = None
        if line.startswith("---"):
            frame.quotes = True
            self.quotes += 1

    def _move_rows(self, at: int) -> None:
        """Rows that begin at this line begin below the blank one that is put there."""
        for number in range(len(self.rows) - 1, -1, -1):
            if self.rows[number] != at:
                break
            self.rows[number] += 1

    def _flush(self) -> None:
        """End the line, even an empty one, as <br> does."""
        line = "".join(self.pieces)
        self.pieces = []
        self._emit("" if _BLANK.fullmatch(line) else _trimmed(line))

    def _block(self, *, blank: bool = False) -> None:
        """A block's edge: ends a line that has begun; a blank line before the next where the block has a margin."""
        if self.pieces and not (self.fresh and self.pieces[-1] == "\t"):
            self._flush()
        if blank and not self.fresh:
            self.blank_at = self.quotes if self.blank_at is None else min(self.blank_at, self.quotes)

    def _cell(self) -> None:
        """A tab before every cell but the first, as long as the row so far is one line."""
        if not self.rows:
            return
        self.fresh = True
        if not self.pieces and len(self.lines) == self.rows[-1] + 1 and self.lines[-1]:
            self.pieces = [self.lines.pop().removeprefix("> " * min(self.quotes, _MAX_QUOTES))]
            self.blank_at = None
        if self.pieces and len(self.lines) == self.rows[-1]:
            self.pieces[-1] = self.pieces[-1].rstrip(" ")
            self.pieces.append("\t")

    def _link(self, frame: "_Frame") -> None:
        """The address behind a mail link whose text is a name."""
        match = _MAILTO.match(frame.href or "")
        at, column = frame.mark
        shown = "".join(self.pieces[column:]) if match and at == len(self.lines) else ""
        if match and shown.strip() and "@" not in shown:
            self.pieces.append(f" <{match[1]}>")


class _Frame:
    """What one open element says about the text in it."""

    __slots__ = (
        "backed",
        "colour",
        "first",
        "hidden",
        "href",
        "margin",
        "mark",
        "pre",
        "quotes",
        "tag",
        "tiny",
        "white",
    )

    def __init__(self, tag: str, hidden: bool = False, pre: bool = False, tiny: bool = False) -> None:
        self.tag = tag
        self.hidden = hidden
        self.pre = pre
        self.tiny = tiny
        self.white = False
        self.colour = ""
        self.backed = False  # on a colour of its own, where white letters are seen
        self.first = 1  # of a numbered list
        self.margin = False
        self.quotes = False
        self.href: str | None = None
        self.mark = (0, 0)


def _trimmed(line: str) -> str:
    """Without white space at the end, which has a meaning only in the mark above a signature."""
    return line if line == "-- " else line.rstrip(" \t")


class _Style(NamedTuple):
    """An element's style: its text in lower case without white space, what it declares, whether that hides."""

    text: str
    declared: Mapping[str, str]
    hides: bool


@lru_cache(1_000)
def _read_style(written: str) -> _Style:
    """Kept, since a program writes few styles and each of them thousands of times."""
    text = "".join(written.lower().split())
    declared = _declarations(text)
    return _Style(text, declared, _is_hidden(declared))


def _apply(frame: _Frame, style: _Style, attributes: Mapping[str, str]) -> None:
    """What an element hides or shows. A size of nothing counts until an element within has a size of its own."""
    declared = style.declared
    frame.hidden = frame.hidden or "hidden" in attributes or style.hides
    if size := declared.get("font-size"):
        frame.tiny = bool(_TINY.fullmatch(size))
    if declared.get("white-space", "").startswith("pre"):
        frame.pre = True
    if color := declared.get("color") or attributes.get("color", "").lower():
        frame.white, frame.colour = bool(_WHITE.fullmatch(color)), color
    if ground := _background(declared, attributes):
        frame.backed = _is_coloured(ground)
    if frame.tag == "ol" and (first := attributes.get("start", ""))[:4].isascii() and first.isdigit():
        frame.first = int(first[:4])


def _is_hidden(declared: Mapping[str, str]) -> bool:
    get = declared.get
    boxless = "hidden" in get("overflow", "") and any(
        _ZERO.fullmatch(get(side, "-")) for side in ("max-height", "height", "max-width", "width")
    )
    away = any(_AWAY.fullmatch(get(side, "-")) for side in ("text-indent", "left", "top"))
    return (
        boxless
        or away
        or "none" in get("display", "")
        or "all" in get("mso-hide", "")
        or get("visibility", "").startswith("hidden")
        or bool(_ZERO.fullmatch(get("opacity", "-")))
    )


def _background(declared: Mapping[str, str], attributes: Mapping[str, str]) -> str:
    """The colour or picture behind an element, "" if it says none."""
    styled = (
        declared.get("background-color") or declared.get("background") or declared.get("background-image", "")
    )
    ground = styled or attributes.get("bgcolor", "").lower() or attributes.get("background", "")
    return "" if ground.startswith(("transparent", "none", "inherit", "initial")) else ground


def _is_coloured(ground: str) -> bool:
    return bool(ground) and not _WHITE.fullmatch(ground)


def _rules(sheet: str) -> Iterator[tuple[str, dict[str, str]]]:
    """(class, what is declared for it); rules for some screens or for print do not count."""
    for name, body in _CLASS_RULE.findall(_AT_RULE.sub(" ", sheet)):
        yield name, _declarations("".join(body.lower().split()))


def _declarations(style: str) -> dict[str, str]:
    return dict(each.partition(":")[::2] for each in style.split(";")) if style else {}


def _is_tight(style: str, attributes: Mapping[str, str]) -> bool:
    """Paragraphs without a margin, as Outlook and Word write each line."""
    return "msonormal" in attributes.get("class", "").lower() or bool(
        re.search(r"margin(?:-bottom)?:0", style)
    )


def to_text(html: str) -> str:
    r"""The readable text of an HTML mail, with `\n` line ends and quotes as "> "; never raises.

    Linear in the input: 60 kB of `<a `, 300 000 nested elements and 5 MB of end tags take under a second.
    """
    writer = _written(html, _Writer())
    if writer.white_seen and not writer.lines:
        # Nothing but white letters: the ground is dark in a way that nobody said here.
        writer = _written(html, _Writer(show_white=True))
    return writer.text()


def _written(html: str, writer: _Writer) -> _Writer:
    # The stubs ask for methods that take bytes as well, which lxml never passes for a parser of text.
    target: Any = writer
    parser = etree.HTMLParser(target=target, encoding="utf-8", huge_tree=True, no_network=True)
    source = charset.clean(html)[0]
    for at in range(0, len(source), _CHUNK):
        if writer.too_deep:
            writer.data(" " + _TAG.sub(" ", source[at:]))
            return writer
        try:
            parser.feed(source[at : at + _CHUNK].encode())
        except etree.LxmlError:
            writer.data(" " + _TAG.sub(" ", source[at:]))
            return writer
    if source:
        _finish(parser)
    return writer


def _finish(parser: "etree.HTMLParser") -> None:
    try:
        parser.close()
    except etree.LxmlError:
        # What was read stands in the writer already; an empty document is an error to libxml2 alone.
        return
