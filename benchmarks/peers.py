"""A whole mailbox beside mbsync and notmuch, all from one throw-away Dovecot, in one run.

    python benchmarks/peers.py [MAILS] [--generator SCRIPT] [--seed N] [--turns N] [--no-reading]

SCRIPT is called as `SCRIPT OUT -n MAILS --seed N` and makes the Maildir `OUT/Maildir`; without one the mails of the
demonstration serve, over and over. What is compared: everything fetched and searchable (mbsync and `notmuch new`;
`aterkom sync --no-read`), everything read as well (`aterkom read`, which has no peer), nothing new, a hundred new.
A peer that is not installed is named and left out.
"""

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from common import machine, mails
from syncing import fill, mbsync

if TYPE_CHECKING:
    from tests.servers import Dovecot

HOME = Path(__file__).parent.parent
PROGRAM = [sys.executable, "-m", "tui.cli.main"]
_NOTMUCH = "[database]\npath={near}\n[user]\nname=B\nprimary_email=b@a.example\n[new]\ntags=new\nignore=\n"


@dataclass
class Measured:
    """Seconds of every turn, by what was done, and the processor seconds of the last."""

    seconds: dict[str, list[float]] = field(default_factory=dict)

    def add(self, what: str, run: Callable[[], object]) -> None:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        started = time.perf_counter()
        run()
        seconds = time.perf_counter() - started
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        self.seconds.setdefault(what, []).append(seconds)
        print(f"  {what}: {seconds:.2f} s, {busy:.2f} s of processor time", flush=True)

    def least(self, what: str) -> float | None:
        return min(self.seconds[what], default=None) if what in self.seconds else None


def main() -> None:
    arguments = _arguments()
    from tests.servers import issue, program, serving

    if program("dovecot") is None:
        print("dovecot is missing, so nothing was measured; get it with: apt-get install dovecot-imapd")
        return
    print(machine())
    with tempfile.TemporaryDirectory() as name, serving(issue(Path(name))) as dovecot:
        folder = Path(name)
        source = _generated(arguments, folder) if arguments.generator else str(arguments.mails)
        count = fill(dovecot.base / "mail" / "bench", source)
        measured = Measured()
        for turn in range(arguments.turns):
            print(f"turn {turn + 1}:", flush=True)
            _turn(folder / str(turn), dovecot, measured, reading=arguments.reading)
        _report(measured, count)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Sync, index and read beside mbsync and notmuch")
    parser.add_argument("mails", type=int, nargs="?", default=2000)
    parser.add_argument("--generator", help="a script that makes the mailbox")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--turns", type=int, default=1)
    parser.add_argument("--no-reading", dest="reading", action="store_false")
    return parser.parse_args()


def _generated(arguments: argparse.Namespace, folder: Path) -> str:
    out = folder / "generated"
    options = ["-n", str(arguments.mails), "--seed", str(arguments.seed)]
    subprocess.run([sys.executable, arguments.generator, str(out), *options], check=True, capture_output=True)
    return str(out / "Maildir")


def _turn(folder: Path, dovecot: "Dovecot", measured: Measured, *, reading: bool) -> None:
    """Everything once, into folders and a store of its own."""
    from tests.servers import MailServer

    folder.mkdir()
    peers = _peers(folder, dovecot.port)
    ours = _ours(folder, dovecot.port)
    for name, run in peers.items():
        measured.add(f"{name}: all", run)
    measured.add("sync --no-read: all", lambda: ours("sync", "--no-read"))
    if reading:
        measured.add("read: all", lambda: ours("read"))
    for _ in range(3):
        for name, run in peers.items():
            measured.add(f"{name}: nothing new", run)
        measured.add("sync --no-read: nothing new", lambda: ours("sync", "--no-read"))
    new = [b"Subject: nytt %d\r\n" % number + raw for number, raw in enumerate(mails(100))]
    MailServer(dovecot.port, "bench", "hemligt").append("INBOX", *new)
    for name, run in peers.items():
        measured.add(f"{name}: 100 new", run)
    measured.add("sync --no-read: 100 new", lambda: ours("sync", "--no-read"))


def _ours(folder: Path, port: int) -> Callable[..., object]:
    """Commands of ours as a schedule gives them, each in a process of its own."""
    environment = {
        **os.environ,
        "ATERKOM_DATABASE_URL": f"sqlite:///{folder}/aterkom.sqlite",
        "BENCH_SECRET": "hemligt",
    }

    def run(*command: str) -> None:
        subprocess.run([*PROGRAM, *command], cwd=HOME, env=environment, check=True, stdout=subprocess.DEVNULL)

    run(
        *("account", "add", "bench", "--host", "127.0.0.1", "--port", str(port), "--security", "plain"),
        *("--user", "bench", "--secret", "env:BENCH_SECRET", "--folders", "*"),
    )
    return run


def _peers(folder: Path, port: int) -> dict[str, Callable[[], object]]:
    """The peers that are installed, by name."""
    found: dict[str, Callable[[], object]] = {}
    fetch = mbsync(folder, port)
    if fetch is None:
        print("mbsync is missing, so it was not measured; get it with: apt-get install isync")
        return found
    found["mbsync"] = fetch
    program = shutil.which("notmuch")
    if program is None:
        print("notmuch is missing, so it was not measured; get it with: apt-get install notmuch")
        return found
    config = folder / "notmuch-config"
    config.write_text(_NOTMUCH.format(near=folder / "near"))
    environment = {**os.environ, "NOTMUCH_CONFIG": str(config)}
    command = [program, "new", "--quiet"]
    found["notmuch new"] = lambda: subprocess.run(command, env=environment, check=True, capture_output=True)
    return found


def _report(measured: Measured, count: int) -> None:
    print(f"\n{count} mails, the least of {len(next(iter(measured.seconds.values())))} turns:")
    for what in ("all", "nothing new", "100 new"):
        peers = [measured.least(f"{name}: {what}") for name in ("mbsync", "notmuch new")]
        ours = measured.least(f"sync --no-read: {what}")
        _line(what, "sync --no-read", ours, peers, count if what == "all" else 0)
    read = measured.least("read: all")
    if read is not None:
        stored = measured.least("sync --no-read: all") or 0.0
        peers = [measured.least(f"{name}: all") for name in ("mbsync", "notmuch new")]
        _line("all", "read", read, peers, count)
        _line("all", "both", stored + read, peers, count)
    for what, seconds in measured.seconds.items():
        print(f"  median {statistics.median(seconds):.2f} s  {what}")


def _line(what: str, name: str, ours: float | None, peers: list[float | None], count: int) -> None:
    if ours is None:
        return
    rate = f", {count / ours:.0f}/s" if count else ""
    told = f"{what}: {name} {ours:.2f} s{rate}"
    theirs = [seconds for seconds in peers if seconds is not None]
    if len(theirs) == len(peers):
        told += f"; mbsync + notmuch {sum(theirs):.2f} s, we are {sum(theirs) / ours:.2f} times as fast"
    print(told)


if __name__ == "__main__":
    main()
