"""What truly goes to a terminal while hostile letters are shown: every byte of it is looked at."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
CSI = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")
OURS = set("mHhlunqtKcJp")  # the endings of what Textual itself asks of a terminal
POINTER = re.compile(r"\x1b\]22;[a-z]+(?:\x1b\\|\x07)")  # Textual says which shape the mouse pointer has
OBEYED = re.compile(
    "[\x00-\x06\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
KEPT = "[SSC-123]"
PATIENCE = 120
STILL = 0.3
# A key, and what must stand on the whole screen then; what begins with ! must be gone from it.
WALK: tuple[tuple[str, str], ...] = (
    ("s", "Påminn senare"), ("\x1b", "!ändra inget"), ("t", "Tilldela till"), ("\x1b", "!ändra inget"),
    ("?", "Esc stänger"), ("\x1b", "!Esc stänger"),
    ("\x10", "telefonnummer"), ("ssc", KEPT), ("\x1b", "!🔎"),
    ("\r", "Citat"), ("c", KEPT), ("h", "Lokal"), ("\x1b", "Citat"), ("l", "Kontor för"), ("\x1b", "Citat"),
    ("d", "Bifogat till"), ("\r", "Mapp"), ("\x1b", "!ändra inget"), ("\x1b", "Citat"), ("x", "ta bort härifrån"), ("\x1b", "!ändra inget"),
    ("n", "Anteckning"), ("\x1b", "!ändra inget"), ("\x1b", "Utan ansvarig"),
    ("2", "!Utan ansvarig"), ("\r", KEPT), (">", KEPT), ("\x1b", KEPT),
    ("3", "Utsatt område"), ("v", "Kolumn"), ("v", "planerat"), ("v", "Utsatt område"), ("\r", "Föreslagna ändringar"), ("l", "Avvikelse"),
    ("\x1b", "!ändra inget"), ("4", "Titel, organisation"), ("\r", "Titlar och"), ("d", "!Titlar och"), ("o", "Domän"),
    ("5", "Dagar"), ("d", "Diarieförd under"), ("\x1b", "!ändra inget"),
    ("6", "Tab fyller i"), ("x", KEPT), ("\t", KEPT), ("\r", "Spara"), ("s", "ändra inget"), ("\x1b", "!ändra inget"),
    ("7", "Hämta nu"), ("h", KEPT), ("l", "Användare"), ("a\r", "Användare"), ("b\r", "Användare"), ("c\r", "Användare"),
    ("\r", "Användare"), ("\r", "Mellanslag"), ("\x1b", "!Mellanslag"), ("\x1b", "Hämta nu"),
    ("\x10", "telefonnummer"), ("ändra tang", "Ändra tangenter"), ("\r", "Delete"), ("\x1b", "!Delete"), ("1", "Utan ansvarig"),
)  # fmt: skip


class Terminal:
    """A pseudo-terminal of 160 by 50 with the screen in it."""

    def __init__(self) -> None:
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 160, 0, 0))
        sizes = {"COLUMNS", "LINES"}  # whoever runs the tests may have said so; the terminal has its own
        environment = {
            **{name: value for name, value in os.environ.items() if name not in sizes},
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
        self.width = 160

    def until(self, wanted: bytes, after: int) -> None:
        """Reads until `wanted` has come after so many bytes; a terminal that stays silent fails the test."""
        while self.seen.find(wanted, after) < 0:
            ready, _, _ = select.select([self.master], [], [], PATIENCE)
            assert ready, f"silent; the last was {self.seen[-300:]!r}"
            self._read()

    def frame(self) -> str:
        """The whole screen as it is drawn when the window becomes another: text alone, up to where nothing more comes."""
        at, self.width = len(self.seen), 319 - self.width
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", 50, self.width, 0, 0))
        self.process.send_signal(signal.SIGWINCH)
        self._read_on(PATIENCE)
        return CSI.sub("", self.seen[at:].decode("utf-8", errors="replace"))

    def shows(self, wanted: str) -> str:
        """The screen as soon as `wanted` stands there, or with `!` before it stands there no longer."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            self._read_on(STILL)  # the whole screen costs more: first what the key asked for
            drawn = self.frame()
            if (wanted.lstrip("!") in drawn) is not wanted.startswith("!"):
                return drawn
        raise AssertionError(f"no {wanted!r} in {drawn}")

    def _read_on(self, patience: float) -> None:
        """Reads up to where nothing more comes; waits so long at most for the first part."""
        while select.select([self.master], [], [], patience)[0]:
            self._read()
            patience = min(patience, STILL)

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


def captured() -> str:
    """Everything that was written while each view was looked at; ends by `q` with 0, so nothing was obeyed."""
    terminal = Terminal()
    try:
        terminal.until(b"[SSC-123]", 0)
        drawn = []
        for key, wanted in WALK:
            terminal.press(key.encode())
            drawn.append(terminal.shows(wanted))
        assert sum(KEPT in each for each in drawn) > len(WALK) * 2 // 3
        assert terminal.close() == 0
    finally:
        terminal.process.kill()
        terminal.process.wait()
    return POINTER.sub("", terminal.seen.decode("utf-8", errors="strict"))


def test_nothing_but_what_the_screen_itself_says_reaches_the_terminal() -> None:
    """No sequence but its own, no clipboard, title, control or bidi character; what looks like markup stands there as it is."""
    seen = captured()
    plain = CSI.sub("", seen)
    assert {found.group()[-1] for found in CSI.finditer(seen)} <= OURS
    assert "\x1b" not in plain.replace("\x1b7", "").replace("\x1b8", "")
    assert "\x1b]" not in seen
    assert "\x1bP" not in seen.replace("\x1bP+q", "")
    assert OBEYED.findall(plain) == []
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
