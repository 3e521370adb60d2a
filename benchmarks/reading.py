"""How fast letters are read, on one core and in processes.

    python benchmarks/reading.py [MAILS] [--mails PATH] [--jobs N] [--profile FILE]

PATH is a mail file, mbox, Maildir or folder; without it the demonstration's mails are read over and over. The time
is the processor's. `--jobs` reads the same mails in N processes as well, as `aterkom read` does, without a store.
`--profile` writes what cProfile sees, for `python -m pstats FILE`.
"""

import argparse
import cProfile
import io
import itertools
import resource
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from common import machine, mails

if TYPE_CHECKING:
    from crm.readings import ReadingContext, ReadMail

TODAY = date(2021, 10, 18)


def main() -> None:
    arguments = _arguments()
    started = time.perf_counter()
    from crm.reading_process import reading
    from crm.readings import ReadingContext

    context = ReadingContext(today=TODAY)
    read = reading(context)
    print(f"{machine()}\nimport and build: {time.perf_counter() - started:.2f} s")
    raws = _raws(arguments.count, arguments.mails)
    profile = cProfile.Profile()
    started = time.process_time()
    if arguments.profile is None:
        done = [read(raw) for raw in raws]
    else:
        done = profile.runcall(lambda: [read(raw) for raw in raws])
        profile.dump_stats(arguments.profile)
    _report(done, time.process_time() - started)
    if arguments.jobs:
        _in_processes(raws, context, arguments.jobs)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("count", nargs="?", type=int, default=1000)
    parser.add_argument("--mails", type=Path)
    parser.add_argument("--jobs", type=int, default=0)
    parser.add_argument("--profile", type=Path)
    return parser.parse_args()


def _raws(count: int, path: Path | None) -> list[bytes]:
    if path is None:
        return list(mails(count))
    from ingest.files import sources

    return [source.raw for source in itertools.islice(sources([str(path)], io.BytesIO()), count)]


def _report(done: Sequence["ReadMail"], seconds: float) -> None:
    messages = [message for mail in done for message in mail.messages]
    words = sum(len(message.chain.body.split()) for message in messages)
    print(
        f"{len(done)} mails, {len(messages)} messages, {words} own words: {seconds:.2f} s of processor time"
    )
    print(f"one core: {len(done) / seconds:.0f} mails/s, {words / seconds:.0f} words/s")


def _in_processes(raws: Sequence[bytes], context: "ReadingContext", jobs: int) -> None:
    from crm.reader_pool import ReaderPool

    started = time.perf_counter()
    with ReaderPool(context, jobs) as pool:
        count = sum(1 for _ in pool.read(enumerate(raws)))
        seconds = time.perf_counter() - started
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{jobs} processes, with their start: {count / seconds:.0f} mails/s, at most {most:.0f} MB each")


if __name__ == "__main__":
    main()
