"""Work in processes: one bad mail harms no other, whatever it does to its process."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from crm.errors import WorkerFailed
from crm.processor_time import ProcessorTime, processor_time
from crm.workers import AHEAD, WorkerLimits, WorkerPool
from crm.working import Failure
from tests.unit.crm.work import DEEDS

pytestmark = pytest.mark.usefixtures("cold_workers")
WORK = "tests.unit.crm.work:by_name"
PIDS = "tests.unit.crm.work:pid"
LIMITS = WorkerLimits(seconds=1.0, memory=1_000)
REASONS = {
    b"die": "reader-died: the process ended with -9",
    b"crash": "reader-died: the process ended with -11",
    b"halt": "limit-time: not read in 1 s",
    b"hang": "limit-time: not read in 1 s",
    b"grow": "limit-memory: 1000 MB",
    b"recurse": "reader-failed: RecursionError at work.py",
    b"raise": "reader-failed: ValueError at work.py",
}


@pytest.fixture
def pool() -> Iterator[WorkerPool[str]]:
    with WorkerPool[str](WORK, "!", jobs=2, limits=LIMITS, chunk=4) as made:
        yield made


def worked(pool: WorkerPool[str], *raws: bytes) -> dict[bytes, str | Failure]:
    return dict(pool.run((raw, raw) for raw in raws))


@pytest.mark.parametrize("deed", sorted(DEEDS))
def test_exactly_the_mail_at_fault_fails(pool: WorkerPool[str], deed: bytes) -> None:
    answers = worked(pool, b"1", b"2", deed, b"3", b"4", b"5")
    failed = answers.pop(deed)
    assert isinstance(failed, Failure)
    assert failed.problem.startswith(REASONS[deed])
    assert answers == {number: f"{number.decode()} !" for number in (b"1", b"2", b"3", b"4", b"5")}


def test_several_bad_ones_in_one_chunk_fail_each_for_its_own_reason() -> None:
    with WorkerPool[str](WORK, jobs=1, limits=LIMITS, chunk=50) as pool:
        answers = worked(pool, b"1", b"die", b"raise", b"2", b"recurse", b"hang", b"3")
    bad = {
        key: answer.problem.partition(":")[0]
        for key, answer in answers.items()
        if isinstance(answer, Failure)
    }
    assert bad == {
        b"die": "reader-died",
        b"raise": "reader-failed",
        b"recurse": "reader-failed",
        b"hang": "limit-time",
    }


def test_what_an_error_says_stays_in_the_process(pool: WorkerPool[str]) -> None:
    assert "words" not in str(worked(pool, b"raise"))


def test_no_more_is_taken_than_there_is_room_for(pool: WorkerPool[str]) -> None:
    taken = []

    def mails() -> Iterator[tuple[int, bytes]]:
        for number in range(400):
            taken.append(number)
            yield number, b"%d" % number

    working = pool.run(mails())
    next(working)
    assert len(taken) <= 2 * 4 * AHEAD
    assert len(list(working)) == 399


def test_large_mails_are_taken_one_by_one(pool: WorkerPool[str]) -> None:
    taken = []

    def mails() -> Iterator[tuple[int, bytes]]:
        for number in range(12):
            taken.append(number)
            yield number, b" " * 8_000_000

    working = pool.run(mails())
    next(working)
    assert len(taken) == 2
    assert len(list(working)) == 11


def test_abandoned_work_does_not_spoil_the_next(pool: WorkerPool[str]) -> None:
    next(pool.run((raw, raw) for raw in (b"1", b"2", b"hang")))
    assert worked(pool, b"4", b"5") == {b"4": "4 !", b"5": "5 !"}


def test_mail_that_comes_later_is_asked_for_again(pool: WorkerPool[str]) -> None:
    def mails() -> Iterator[tuple[int, bytes] | None]:
        yield 1, b"1"
        yield None
        assert not pool.idle or answered
        yield None
        yield 2, b"2"

    answered = []
    for key, _ in pool.run(mails()):
        answered.append(key)
    assert sorted(answered) == [1, 2]
    assert pool.idle


def test_what_the_feed_raises_ends_the_run(pool: WorkerPool[str]) -> None:
    def mails() -> Iterator[tuple[int, bytes]]:
        yield 1, b"1"
        raise KeyError("feed")

    with pytest.raises(KeyError, match="feed"):
        list(pool.run(mails()))
    assert worked(pool, b"4") == {b"4": "4 !"}


@pytest.mark.parametrize(
    ("told", "answered"),
    [
        (ProcessorTime(wants_more=True, seconds=0.0), True),
        (ProcessorTime(wants_more=False, seconds=0.0), False),
        (None, False),
    ],
    ids=["kept-waiting", "waits-by-itself", "unknown"],
)
def test_a_mail_whose_process_is_kept_from_the_processor_has_longer(
    monkeypatch: pytest.MonkeyPatch, told: ProcessorTime | None, answered: bool
) -> None:
    monkeypatch.setattr("crm.workers.processor_time", lambda _pid: told)
    with WorkerPool[bytes]("tests.unit.crm.work:loads_late", jobs=1, chunk=1, limits=LIMITS) as pool:
        ((_, answer),) = pool.run([(1, b"slow")])
    assert (answer == b"slow") is answered


def test_the_processor_that_a_mail_has_had_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = iter([0.0, 0.5, 1.0])
    monkeypatch.setattr("crm.workers.processor_time", lambda _pid: ProcessorTime(True, next(asked)))
    with WorkerPool[str](PIDS, jobs=1, chunk=1, limits=LIMITS) as pool:
        ((_, answer),) = pool.run([(1, b"hang")])
    assert answer == Failure("limit-time: not read in 1 s")
    assert not list(asked)


def test_what_this_process_has_had_of_the_processor_grows() -> None:
    before = processor_time(os.getpid())
    assert before is not None
    while (now := processor_time(os.getpid())) is not None and now.seconds == before.seconds:
        sum(range(10_000))
    assert now is not None
    assert now.wants_more
    assert now.seconds > before.seconds


def test_a_process_that_is_gone_has_none() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    assert processor_time(gone.pid) is None


def test_a_process_serves_until_it_has_grown() -> None:
    limits = WorkerLimits(memory=1_000, size=60)
    with WorkerPool[int](PIDS, jobs=1, limits=limits, chunk=1) as pool:
        pids = dict(pool.run(enumerate([b"", b"", b"larger", b"", b""])))
    assert pids[0] == pids[1] == pids[2] != pids[3] == pids[4]


@pytest.mark.parametrize(
    ("raw", "answer"), [(b"load", b"load"), (b"read", Failure("limit-time: not read in 1 s"))]
)
def test_what_a_mail_is_the_first_to_need_is_not_loaded_in_its_time(
    raw: bytes, answer: bytes | Failure
) -> None:
    with WorkerPool[bytes]("tests.unit.crm.work:loads_late", jobs=1, limits=LIMITS) as pool:
        assert list(pool.run([(1, raw)])) == [(1, answer)]


def test_a_function_that_does_not_load_is_said() -> None:
    with (
        WorkerPool[str]("tests.unit.crm.work:refuses", jobs=2) as pool,
        pytest.raises(WorkerFailed, match=r"OSError at work\.py"),
    ):
        worked(pool, b"1")


def test_the_process_loads_nothing_but_its_function() -> None:
    with WorkerPool[list[str]]("tests.unit.crm.work:loaded", jobs=1) as pool:
        ((_, modules),) = pool.run([(1, b"")])
    assert not isinstance(modules, Failure)
    assert "crm.working" in modules
    assert not {"spacy", "sqlalchemy", "crm.reading", "crm.workers", "click"}.intersection(modules)


_OWNER = """
import sys
from crm.workers import WorkerLimits, WorkerPool
pool = WorkerPool("tests.unit.crm.work:pid", jobs=1, chunk=1, limits=WorkerLimits(seconds=1.0))
for key, pid in pool.run([(1, b"1"), (2, sys.argv[1].encode())]):
    print(pid, flush=True)
    sys.stdin.readline()
"""


@pytest.mark.parametrize("deed", ["2", "hang"])
def test_no_process_outlives_its_owner(deed: str) -> None:
    command = [sys.executable, "-c", _OWNER, deed]
    root = Path(__file__).parents[3]
    with subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as owner:
        assert owner.stdout is not None
        worker = int(owner.stdout.readline())
        ended = os.pidfd_open(worker)
        owner.send_signal(signal.SIGKILL)
    assert _waits_for(ended)


def _waits_for(process: int) -> bool:
    """Whether the process of this handle ends within 20 s."""
    return bool(select.select([process], [], [], 20.0)[0])
