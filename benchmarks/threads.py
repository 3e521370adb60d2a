"""Threads against the truth of generated mailboxes: python benchmarks/threads.py GENERATOR [MAILS] [SEED …]

GENERATOR is a script that is called as `GENERATOR FOLDER -n MAILS --seed SEED` and leaves in FOLDER a `Maildir` and a
`truth.jsonl`: a JSON object for every mail with `msgid`, `thread` (the number of the true thread) and `lost_refs`
(whether it answers somebody without a header that says so). A folder that holds both already is taken as well.

Pairs: of any two mails that stand in one thread, how many do rightly (precision); of those that should, how many do
(recall). Then the same for References alone, and what one new mail costs the store of them all.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from common import machine
from sqlalchemy import select

if TYPE_CHECKING:
    from db.store import Store
    from nlp.reader import Reader

BATCH = 200
TODAY = date(2021, 10, 18)
_NEW = """\
From: Anna Ek <anna.ek@statenssc.se>
To: Bo Ek <bo.ek@ange.se>
Subject: SV: Lokalen
Date: Thu, 14 Oct 2021 09:00:00 +0200
Message-ID: <one-more@statenssc.se>
In-Reply-To: {}

Hej! Vi återkommer på måndag.
"""


class Score(NamedTuple):
    """Pair precision and recall, and the number of threads found and true."""

    precision: float
    recall: float
    threads: int
    true: int


def score(given: Mapping[str, Hashable], true: Mapping[str, Hashable]) -> Score:
    """How threads by Message-ID compare with the true ones; what is in one of them alone is left out."""
    both = given.keys() & true.keys()
    found, wanted = Counter(given[name] for name in both), Counter(true[name] for name in both)
    right = _pairs(Counter((given[name], true[name]) for name in both))
    return Score(right / max(1, _pairs(found)), right / max(1, _pairs(wanted)), len(found), len(wanted))


def _pairs(sizes: Counter[Hashable] | Counter[tuple[Hashable, Hashable]]) -> int:
    return sum(number * (number - 1) // 2 for number in sizes.values())


def main() -> None:
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    origin = Path(sys.argv[1])
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 20_000
    print(machine())
    if origin.is_dir():
        measure(origin)
        return
    for seed in sys.argv[3:] or ["7", "11"]:
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(
                [sys.executable, str(origin), folder, "-n", str(count), "--seed", seed],
                check=True,
                stdout=subprocess.DEVNULL,
            )
            print(f"seed {seed}:", flush=True)
            measure(Path(folder))


def measure(folder: Path) -> None:
    """Takes a mailbox in and prints the figures. Letters are unfolded and not read: threads do not go by sentences."""
    from crm.bootstrap import fill, open_store
    from ingest.files import sources

    rows = [json.loads(line) for line in (folder / "truth.jsonl").open(encoding="utf-8")]
    true = {row["msgid"]: row["thread"] for row in rows}
    mails = (source.raw for source in sources([str(folder / "Maildir")], sys.stdin.buffer))
    with tempfile.TemporaryDirectory() as place:
        store = open_store(f"sqlite:///{Path(place) / 'aterkom.sqlite'}")
        fill(store)
        started = time.process_time()
        while batch := list(islice(mails, BATCH)):
            take(store, batch)
        seconds = time.process_time() - started
        given = dict(threads_of(store))
        print(f"  {len(rows)} mails unfolded and taken in: {1000 * seconds / len(rows):.1f} ms each")
        show("all", score(given, true))
        show("those with headers", score(given, _kept(rows)))
        print(f"  one new mail: {1000 * one_more(store, rows[-1]['msgid']):.0f} ms")
        store.close()


def take(store: Store, raws: list[bytes]) -> None:
    """Takes raw mails in, as one batch."""
    from crm.direction import Own
    from crm.intake import IntakeContext, take_in
    from crm.raws import put_raws
    from crm.reading import read_mail
    from crm.readings import ReadingContext
    from db.schema import Raw

    context = ReadingContext(today=TODAY, documents=False)
    with store.write() as session:
        rows = [session.get_one(Raw, put.id) for put in put_raws(session, raws, TODAY)]
        read = {
            row.id: (row, read_mail(raw, _unread(), context)) for row, raw in zip(rows, raws, strict=True)
        }
        take_in(session, list(read.values()), IntakeContext(Own.of(["statenssc.se"]), TODAY))


@cache
def _unread() -> Reader:
    """A reader that finds nothing in a letter's words."""
    from nlp.model import Letter, Reading
    from nlp.reader import Reader

    class Unread(Reader):
        def read(self, letter: Letter) -> Reading:  # noqa: ARG002 - whatever it says
            return Reading()

    return Unread()


def show(what: str, result: Score) -> None:
    precision, recall, threads, true = result
    print(
        f"  {what}: {threads} threads of {true}, pair precision {precision:.4f}, recall {recall:.4f}",
        flush=True,
    )


def threads_of(store: Store) -> Iterator[tuple[str, int]]:
    """Message-ID → its thread, as the store has them."""
    from db.schema import Message

    wanted = select(Message.message_id, Message.thread_id).where(Message.kind == "received")
    with store.read() as session:
        yield from session.execute(wanted)


def _kept(rows: list[dict[str, object]]) -> dict[str, Hashable]:
    return {str(row["msgid"]): str(row["thread"]) for row in rows if not row["lost_refs"]}


def one_more(store: Store, name: str) -> float:
    """Seconds of processor time to unfold and take in one mail that answers the mail `name`."""
    started = time.process_time()
    take(store, [_NEW.format(name).encode()])
    return time.process_time() - started


if __name__ == "__main__":
    main()
