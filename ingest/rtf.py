r"""Rich text of Outlook to the HTML or the plain text that it stands for; bounded and linear.

Compression: MS-OXRTFCP. HTML within RTF (`\fromhtml1`): MS-OXRTFEX. RTF 1.9.1 else.
"""

import html
import re
import struct
from dataclasses import dataclass, field

from ingest import charset

_PRESET = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript "
    b"\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    b"\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_COMPRESSED, _STORED = 0x75465A4C, 0x414C454D
_RING = 4096
_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,9})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\"
)
_SKIPPED = frozenset(
    b"fonttbl colortbl stylesheet info pict object header footer headerl headerr headerf footerl footerr footerf "
    b"generator listtable listoverridetable rsidtbl themedata colorschememapping datastore latentstyles xmlnstbl "
    b"filetbl revtbl pgptbl mmathpr fldinst atnid atnauthor annotation footnote bkmkstart bkmkend private "
    b"mhtmltag".split()
)
_SIGNS = {
    b"par": "\n", b"line": "\n", b"sect": "\n", b"page": "\n", b"row": "\n", b"cell": "\t", b"tab": "\t",
    b"emdash": "—", b"endash": "–", b"bullet": "•", b"lquote": "‘", b"rquote": "’",
    b"ldblquote": "“", b"rdblquote": "”", b"emspace": " ", b"enspace": " ",
}  # fmt: skip
_SYMBOLS = {b"~": "\xa0", b"_": "-", b"-": "", b"\n": "\n", b"\r": "\n"}
_CHARSETS = {
    0: "cp1252", 77: "mac-roman", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5hkscs", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250",
}  # fmt: skip
_MAX_GROUPS = 1_000


def decompress(data: bytes, limit: int) -> tuple[bytes, bool]:
    """The RTF of PR_RTF_COMPRESSED, at most `limit` bytes, and whether it is whole; b"" if it is none."""
    if len(data) < 16:
        return b"", False
    _, size, kind = struct.unpack_from("<III", data)
    if kind == _STORED:
        return data[16 : 16 + min(size, limit)], size <= min(limit, len(data) - 16)
    if kind != _COMPRESSED:
        return b"", False
    found = _inflated(data, min(size, limit))
    return found, len(found) >= size


def _inflated(data: bytes, size: int) -> bytes:
    """Eight tokens a control byte: a letter, or a place in the last 4 096 bytes and how many to copy from there."""
    out = bytearray(_PRESET)
    goal = len(out) + size
    at = 16
    while at < len(data) and len(out) < goal:
        control = data[at]
        at += 1
        for bit in range(8):
            if not control >> bit & 1:
                out += data[at : at + 1]
                at += 1
                continue
            if at + 2 > len(data):
                return bytes(out[len(_PRESET) : goal])
            token = data[at] << 8 | data[at + 1]
            at += 2
            back = (len(out) - (token >> 4)) % _RING
            if back == 0:
                return bytes(out[len(_PRESET) : goal])
            _copy(out, back, (token & 15) + 2)
    return bytes(out[len(_PRESET) : goal])


def _copy(out: bytearray, back: int, count: int) -> None:
    """Repeat what was written `back` bytes ago; what is copied may run into what it writes."""
    start = len(out) - back
    if start < 0:
        out += b" " * count
        return
    piece = bytes(out[start : start + count])
    while len(piece) < count:
        piece += piece
    out += piece[:count]


@dataclass(slots=True)
class _State:
    """What holds within a group, until it is closed."""

    skipped: bool = False
    markup: bool = False  # within \*\htmltag: the text is HTML
    muted: bool = False  # between \htmlrtf and \htmlrtf0: RTF that says again what the HTML says
    hidden: bool = False
    fallback: int = 1  # how many signs stand for a \u that is not understood
    encoding: str = "cp1252"

    def copy(self) -> "_State":
        return _State(self.skipped, self.markup, self.muted, self.hidden, self.fallback, self.encoding)


@dataclass(slots=True)
class _Reader:
    state: _State = field(default_factory=_State)
    stack: list[_State] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    pending: bytearray = field(default_factory=bytearray)
    fonts: dict[int, str] = field(default_factory=dict)
    font: int | None = None  # the one that the table is naming
    in_fonts: bool = False
    starred: bool = False
    to_pass: int = 0
    codepage: str = "cp1252"
    is_html: bool = False

    def read(self, data: bytes) -> None:
        for match in _TOKEN.finditer(data):
            word, argument, code, symbol, brace, text = match.groups()
            if text is not None:
                self._text(text)
            elif code is not None:
                self._byte(bytes.fromhex(code.decode()))
            elif word is not None:
                self._word(word, int(argument) if argument else None)
            elif brace is not None:
                self._group(opens=brace == b"{")
            elif symbol == b"*":
                self.starred = True
            elif symbol is not None:
                self._sign(_SYMBOLS.get(symbol, symbol.decode("latin-1")))
        self._flush()

    def _group(self, *, opens: bool) -> None:
        self._flush()
        self.starred = False
        self.to_pass = 0
        if opens:
            self.stack.append(self.state)
            if len(self.stack) < _MAX_GROUPS:
                self.state = self.state.copy()
        elif self.stack:
            self.state = self.stack.pop()
            if self.in_fonts and len(self.stack) < 2:
                self.in_fonts = False

    def _word(self, word: bytes, argument: int | None) -> None:
        starred, self.starred = self.starred, False
        if word == b"u" and argument is not None:
            self._sign(chr(argument % 0x10000))
            self.to_pass = self.state.fallback
            return
        self._flush()
        if word == b"bin" or self._destination(word, starred=starred):
            return
        if word in _SIGNS:
            # The HTML has its own line ends; those of the RTF around it are muted.
            self._sign(_SIGNS[word])
        else:
            self._property(word, argument)

    def _destination(self, word: bytes, *, starred: bool) -> bool:
        if word == b"htmltag":
            self.state.markup, self.state.muted = True, False
        elif word == b"fonttbl":
            self.in_fonts, self.state.skipped = True, True
        elif starred or word in _SKIPPED:
            self.state.skipped = True
        else:
            return False
        return True

    def _property(self, word: bytes, argument: int | None) -> None:
        if word == b"htmlrtf":
            self.state.muted = argument != 0
        elif word == b"fromhtml":
            self.is_html = argument != 0
        elif word == b"ansicpg" and argument is not None:
            self.codepage = self.state.encoding = charset.known(f"cp{argument}") or self.codepage
        elif word == b"uc":
            self.state.fallback = min(argument or 0, 10)
        elif word == b"f" and argument is not None:
            self.font = argument
            self.state.encoding = self.fonts.get(argument, self.codepage)
        elif (
            word == b"fcharset" and self.in_fonts and self.font is not None and len(self.fonts) < _MAX_GROUPS
        ):
            self.fonts[self.font] = _CHARSETS.get(argument or 0, self.codepage) if argument else self.codepage
        elif word == b"plain":
            self.state.hidden, self.state.encoding = False, self.codepage
        elif word == b"v":
            self.state.hidden = argument != 0

    def _text(self, text: bytes) -> None:
        passed = min(self.to_pass, len(text))
        self.to_pass -= passed
        if self._shown():
            self.pending += text[passed:]

    def _byte(self, byte: bytes) -> None:
        if self.to_pass:
            self.to_pass -= 1
        elif self._shown():
            self.pending += byte

    def _sign(self, text: str) -> None:
        self._flush()
        if self.to_pass:
            self.to_pass -= 1
        elif self._shown():
            self._put(text)

    def _shown(self) -> bool:
        state = self.state
        return not (state.skipped or state.hidden or (state.muted and self.is_html))

    def _flush(self) -> None:
        """The bytes so far in the charset of their font; a letter may be two of them."""
        if self.pending:
            self._put(bytes(self.pending).decode(self.state.encoding, "replace"))
            self.pending.clear()

    def _put(self, text: str) -> None:
        self.pieces.append(html.escape(text, quote=False) if self.is_html and not self.state.markup else text)


def to_text(data: bytes) -> tuple[str, bool]:
    """The text of an RTF document and whether it is HTML that was packed into it; never raises."""
    reader = _Reader()
    reader.read(data)
    # Letters beyond the first plane come as two halves; a NUL ends the text of older Outlooks.
    text = (
        "".join(reader.pieces)
        .encode("utf-16-le", "surrogatepass")
        .decode("utf-16-le", "replace")
        .rstrip("\0")
    )
    return text, reader.is_html
