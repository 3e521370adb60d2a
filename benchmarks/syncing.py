"""Sync beside mbsync, from a throw-away Dovecot: python benchmarks/syncing.py [MAILS | MAILDIR]

All mails, then nothing new (six folders), then a hundred new ones; without a Maildir the demonstration's mails serve.
"""

import os
import pwd
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from common import machine, mails

FOLDERS = ("INBOX", "Skickat", "Arkiv", "Kontor Boden", "Kontor Laholm", "Kontor Uppsala")
TURNS = 15

MBSYNCRC = """FSync no
IMAPAccount here
Host 127.0.0.1
Port {port}
User bench
Pass hemligt
SSLType None
AuthMechs PLAIN

IMAPStore far
Account here

MaildirStore near
Path {near}/
Inbox {near}/INBOX
SubFolders Verbatim

Channel all
Far :far:
Near :near:
Patterns *
Sync Pull
Create Near
SyncState *
"""


def main() -> None:
    from tests.servers import issue, program, serving

    if program("dovecot") is None:
        sys.exit("dovecot is missing; get it with: apt-get install dovecot-imapd")
    with tempfile.TemporaryDirectory() as folder, serving(issue(Path(folder))) as dovecot:
        count = fill(dovecot.base / "mail" / "bench", sys.argv[1] if len(sys.argv) > 1 else "2000")
        print(machine())
        print(f"{count} mails, from connect to logout, seconds (the median of {TURNS} where nothing is new)")
        compare(Path(folder), dovecot)


def fill(maildir: Path, source: str) -> int:
    """The mailbox of the user `bench`; gives its number of mails."""
    if source.isdigit():
        for name in FOLDERS:
            for part in ("cur", "new", "tmp"):
                (maildir / ("" if name == "INBOX" else f".{name}") / part).mkdir(parents=True)
        for number, raw in enumerate(mails(int(source))):
            name = FOLDERS[number % len(FOLDERS)]
            (maildir / ("" if name == "INBOX" else f".{name}") / "cur" / f"{number}.bench:2,").write_bytes(
                raw
            )
    else:
        shutil.copytree(source, maildir)
    if os.getuid() == 0:
        nobody = pwd.getpwnam("nobody")
        for path in (maildir, *maildir.rglob("*")):
            os.chown(path, nobody.pw_uid, nobody.pw_gid)
    return sum(path.is_file() for path in maildir.glob("**/cur/*"))


def compare(folder: Path, dovecot) -> None:  # noqa: ANN001 (tests are not on the path when this is read)
    from tests.servers import MailServer

    server = MailServer(dovecot.port, "bench", "hemligt")
    ours, theirs = our_sync(folder, server), mbsync(folder, dovecot.port)
    runs: dict[str, Callable[[], object]] = {"aterkom": ours} | ({"mbsync": theirs} if theirs else {})
    if theirs is None:
        print("mbsync is missing, so it was not measured; get it with: apt-get install isync")
    report("all mails", {name: timed(run) for name, run in runs.items()})
    turns = [{name: timed(run) for name, run in runs.items()} for _ in range(TURNS)]
    report("nothing new", {name: statistics.median(turn[name] for turn in turns) for name in runs})
    server.append("INBOX", *(b"Subject: nytt %d\r\n" % number + raw for number, raw in enumerate(mails(100))))
    report("100 new", {name: timed(run) for name, run in runs.items()})


def report(what: str, seconds: dict[str, float]) -> None:
    told = "  ".join(f"{name} {value:.3f}" for name, value in seconds.items())
    ratio = f"  ratio {seconds['aterkom'] / seconds['mbsync']:.2f}" if "mbsync" in seconds else ""
    print(f"{what:12} {told}{ratio}", flush=True)


def timed(run: Callable[[], object]) -> float:
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


def our_sync(folder: Path, server) -> Callable[[], object]:  # noqa: ANN001 (as above)
    """From connect to logout, into a store of its own."""
    from crm.accounts import NewAccount, put_account
    from crm.storing import StoreSink
    from db.store import open_store
    from ingest.sync import sync_mailbox

    store = open_store(f"sqlite:///{folder}/store.sqlite")
    with store.write() as session:
        put_account(session, NewAccount("bench", "localhost", "bench", "env:X"))

    def run() -> None:
        with server.source(security="plain", port=server.port) as source:
            sink = StoreSink(store, "bench", date(2026, 1, 1))
            results = list(sync_mailbox(source, sink, patterns=["*"], synced=FOLDERS)[1])
        if not results or any(result.problems for result in results):
            sys.exit(f"the sync went wrong: {results}")

    return run


def mbsync(folder: Path, port: int) -> Callable[[], object] | None:
    program = shutil.which("mbsync")
    if program is None:
        return None
    near = folder / "near"
    near.mkdir()
    config = folder / "mbsyncrc"
    config.write_text(MBSYNCRC.format(port=port, near=near))
    return lambda: subprocess.run(
        [program, "-qq", "-c", str(config), "all"], check=True, stderr=subprocess.DEVNULL
    )


if __name__ == "__main__":
    main()
