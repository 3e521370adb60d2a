"""A letter means the same wrapped at another width, with other line ends or blanks, as HTML, or quoted once more."""

import base64
import html as markup
import quopri
import re
import textwrap
from dataclasses import dataclass, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import html, mime
from ingest.chain import unfold
from ingest.model import ParsedMail
from tests.unit.ingest.test_chain_letters import FOLDER, Letter, letters, levels_of, wanted

_MARKS = re.compile(r"(?:[ \t]?>)+ ?")
_HEAD = "From: a@x.example\nTo: b@x.example\nSubject: x\nMIME-Version: 1.0\n"
_ABOVE = "Så här:\n\nDen 3 maj 2025 kl. 10:00 skrev Urban Lyckman <urban@lyck.example>:\n\n"
# Columns are no lines that could be wrapped.
_SET = re.compile(r"[ \t]{8}")
# Old Notes draws its boxes with `>`, which a quote of it swallows.
_BOXED = "-->\n"


def _plain() -> list[Letter]:
    files = sorted(FOLDER.glob("*.txt"))
    return [letter for file in files for letter in letters(file) if letter.kind == "text"]


LETTERS = _plain()
QUOTABLE = [letter for letter in LETTERS if _BOXED not in letter.text]


@dataclass(frozen=True)
class Dress:
    """What happens to a letter on its way, in this order."""

    width: int | None
    blank: str
    form: str


dresses = st.builds(
    Dress,
    width=st.sampled_from([None, 72, 76, 78]),
    blank=st.sampled_from([" ", "\xa0"]),
    form=st.sampled_from(["text", "8bit", "quoted-printable", "base64", "br", "div", "pre"]),
)


def _dressed(text: str, dress: Dress) -> str:
    if dress.width is not None:
        text = "\n".join(part for line in text.split("\n") for part in _wrapped(line, dress.width))
    if dress.blank != " ":
        text = "\n".join(_unbroken(line) for line in text.split("\n"))
    if dress.form in {"br", "div", "pre"}:
        return html.to_text(_marked_up(text, dress.form))
    return text if dress.form == "text" else mime.parse(_raw(text, dress.form)).text


def _parted(line: str) -> tuple[str, str]:
    """Quote marks and words; GroupWise's arrows are words."""
    marks = _MARKS.match(line)
    size = line.find(">>> ") if line.endswith(">>>") else marks.end() if marks else 0
    return line[: max(size, 0)], line[max(size, 0) :]


def _wrapped(line: str, width: int) -> list[str]:
    marks, words = _parted(line)
    if len(line) <= width or not words.strip() or _SET.search(words):
        return [line]
    parts = textwrap.wrap(
        words, width - len(marks), break_long_words=False, break_on_hyphens=False, drop_whitespace=True
    )
    return [marks + part for part in parts]


def _unbroken(line: str) -> str:
    marks, words = _parted(line)
    return marks + words.replace(" ", "\xa0")


def _marked_up(text: str, form: str) -> str:
    lines = [_spaced(markup.escape(line)) for line in text.split("\n")]
    if form == "br":
        return f"<html><body>{'<br>'.join(lines)}</body></html>"
    if form == "div":
        inside = "".join(f"<div>{line or '<br>'}</div>" for line in lines)
        return f"<html><body>{inside}</body></html>"
    return f"<html><body><pre>{markup.escape(text)}</pre></body></html>"


def _spaced(line: str) -> str:
    """As programs write blanks that HTML would make one."""
    line = re.sub(r"^ ", "&nbsp;", line.replace("\t", "    "))
    return line.replace("  ", " &nbsp;")


def _raw(text: str, encoding: str) -> bytes:
    data = text.replace("\n", "\r\n").encode()
    if encoding == "quoted-printable":
        data = quopri.encodestring(data)
    elif encoding == "base64":
        data = base64.encodebytes(data)
    head = f"{_HEAD}Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: {encoding}\n\n"
    return head.replace("\n", "\r\n").encode() + data


def _quoted(text: str) -> str:
    return _ABOVE + "\n".join(
        f">{line}" if line.startswith(">") else f"> {line}".rstrip() for line in text.split("\n")
    )


def _read(text: str, subject: str) -> tuple[str, list[tuple[object, ...]]]:
    return levels_of(unfold(ParsedMail("ok", subject=subject, text=text)))


def test_no_letter_hangs_on_the_kind_of_its_blanks() -> None:
    unbroken = Dress(width=None, blank="\xa0", form="text")
    other = [
        one.name
        for one in LETTERS
        if _read(_dressed(one.text, unbroken), one.subject) != (one.own, wanted(one))
    ]
    assert other == []


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(LETTERS), dresses)
def test_a_letter_in_another_dress_is_the_same(letter: Letter, dress: Dress) -> None:
    assert _read(_dressed(letter.text, dress), letter.subject) == (letter.own, wanted(letter))


@settings(deadline=None, max_examples=200)
@given(st.sampled_from(QUOTABLE), dresses, st.integers(1, 3))
def test_a_letter_that_is_quoted_is_the_same_further_in(letter: Letter, dress: Dress, times: int) -> None:
    text = letter.text
    for _ in range(times):
        text = _quoted(text)
    own, levels = _read(_dressed(text, replace(dress, width=None)), letter.subject)
    assert own == "Så här:"
    assert [level[0] for level in levels[:times]] == list(range(1, times + 1))
    assert levels[times - 1][-1] == letter.own
    assert [(int(str(level[0])) - times, *level[1:]) for level in levels[times:]] == wanted(letter)
