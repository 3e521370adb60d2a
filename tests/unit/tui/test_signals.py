"""A process that is told to end does so, whatever its threads wait for at that moment."""

import signal
import subprocess
import sys

import pytest

_WAITS = """
import signal, sys, threading
from tui.cli import main, signals
def wait(*_):
    signals.GRACE = {grace}
    {before}
    try:
        print("ready", flush=True)
        threading.Event().wait()
    finally:
        print("left", flush=True)
main.run_screen = wait
main.main([])
"""


def ended(before: str = "", name: str = "", grace: float = 3600) -> tuple[int, bytes]:
    """How a process that waits for a lock ends, and what it wrote then; `name` is a signal that it is sent."""
    code = _WAITS.format(before=before, grace=grace)
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        try:
            if name:
                process.send_signal(getattr(signal, name))
            return process.wait(timeout=60), process.stdout.read()
        finally:
            process.kill()


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_signals_end_a_waiting_process_with_130(name: str) -> None:
    assert ended(name=name) == (130, b"left\n")


TO_ITSELF = "threading.Timer(0.1, lambda: signal.pthread_kill(threading.get_ident(), signal.SIGTERM)).start()"


def test_a_signal_that_another_thread_was_given_reaches_the_main_thread() -> None:
    """As when it comes in the instant before the main thread begins to wait: nothing wakes that."""
    assert ended(TO_ITSELF) == (130, b"left\n")


def test_a_process_that_cannot_notice_is_ended_all_the_same() -> None:
    deaf = "signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])"
    code, _ = ended(f"{TO_ITSELF}; {deaf}", grace=0.3)
    assert code == 130
