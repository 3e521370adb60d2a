"""What truly goes to a terminal while hostile letters are shown: every byte of it is looked at."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CSI = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")
OURS = set("mHhlunqtKcJp")  # the endings of what Textual itself asks of a terminal
POINTER = re.compile(r"\x1b\]22;[a-z]+(?:\x1b\\|\x07)")  # Textual says which shape the mouse pointer has
OBEYED = re.compile(
    "[\x00-\x06\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
STEPS = (b"\r", b"\x1b", b"2", b"3", b"\r", b"1")
PATIENCE = 90


class Terminal:
    """A pseudo-terminal of 160 by 50 with the screen in it."""

    def __init__(self) -> None:
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 160, 0, 0))
        environment = {
            **os.environ,
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "PYTHONPATH": str(ROOT),
        }
        words = [sys.executable, "-m", "tests.tui.hostile_screen"]
        self.process = subprocess.Popen(
            words, stdin=slave, stdout=slave, stderr=slave, cwd=ROOT, env=environment
        )
        os.close(slave)
        self.seen = b""

    def until(self, wanted: bytes, after: int) -> None:
        """Reads until `wanted` has come after so many bytes; a terminal that stays silent fails the test."""
        while self.seen.find(wanted, after) < 0:
            ready, _, _ = select.select([self.master], [], [], PATIENCE)
            assert ready, f"silent; the last was {self.seen[-300:]!r}"
            self._read()

    def _read(self) -> None:
        try:
            part = os.read(self.master, 65_536)
        except OSError:  # Linux says so when the other end is closed
            part = b""
        assert part, f"ended with {self.process.wait()}: {self.seen[-500:]!r}"
        self.seen += part

    def press(self, key: bytes) -> None:
        os.write(self.master, key)

    def close(self) -> int:
        """Leaves by q, and gives the exit code."""
        self.press(b"q")
        while True:
            try:
                part = os.read(self.master, 65_536)
            except OSError:
                break
            if not part:
                break
            self.seen += part
        os.close(self.master)
        return self.process.wait(PATIENCE)


@pytest.fixture(scope="module")
def captured() -> str:
    """Everything that was written while each view was looked at; ends by `q` with 0, so nothing was obeyed."""
    terminal = Terminal()
    try:
        terminal.until(b"[SSC-123]", 0)
        for key in STEPS:
            at = len(terminal.seen)
            terminal.press(key)
            terminal.until(b"SSC-123", at)
        assert terminal.close() == 0
    finally:
        terminal.process.kill()
        terminal.process.wait()
    return POINTER.sub("", terminal.seen.decode("utf-8", errors="strict"))


def test_no_sequence_but_those_of_the_screen_itself_reaches_the_terminal(captured: str) -> None:
    assert {found.group()[-1] for found in CSI.finditer(captured)} <= OURS
    assert "\x1b" not in CSI.sub("", captured).replace("\x1b7", "").replace("\x1b8", "")


def test_no_clipboard_title_control_or_bidi_character_reaches_it(captured: str) -> None:
    assert "\x1b]" not in captured
    assert "\x1bP" not in captured.replace("\x1bP+q", "")
    assert OBEYED.findall(CSI.sub("", captured)) == []


def test_what_looks_like_markup_is_there_as_it_is(captured: str) -> None:
    plain = CSI.sub("", captured)
    assert "[SSC-123] [/foo] [@click=app.quit]" in plain


def test_the_screen_ends_when_its_terminal_is_gone() -> None:
    terminal = Terminal()
    try:
        terminal.until(b"Bevakningar", 0)
        os.close(terminal.master)
        assert terminal.process.wait(PATIENCE) != 0
    finally:
        terminal.process.kill()
        terminal.process.wait()
