import contextlib
import logging
import os
import pickle
import select
import stat
import subprocess
import sys
import traceback
from pathlib import Path
from types import SimpleNamespace

import pytest

from ingest import secrets
from ingest.errors import ArgumentRefused, SecretMissing, SecretTooOpen, SecretUnreadable
from ingest.secrets import Secret, resolve


def test_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BREVLÅDA", "hemligt")
    assert resolve("env:BREVLÅDA").reveal() == "hemligt"


def test_environment_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BREVLÅDA", raising=False)
    with pytest.raises(SecretMissing) as caught:
        resolve("env:BREVLÅDA")
    assert caught.value.ref == "env:BREVLÅDA"
    assert caught.value.exit_code == 3


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "hemlighet"
    path.write_text("hemligt å \n")
    path.chmod(0o600)
    return path


def test_file_without_its_last_line_end(file: Path) -> None:
    assert resolve(f"file:{file}").reveal() == "hemligt å "


def test_file_written_elsewhere(file: Path) -> None:
    file.write_bytes(b"hemligt\r\n")
    assert resolve(f"file:{file}").reveal() == "hemligt"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o700, 0o644, 0o610])
def test_file_that_others_may_read(file: Path, mode: int) -> None:
    file.chmod(mode)
    with pytest.raises(SecretTooOpen) as caught:
        resolve(f"file:{file}")
    assert caught.value.reason == f"mode {mode:04o}"


@pytest.mark.parametrize("mode", [0o600, 0o400])
def test_file_that_only_we_may_read(file: Path, mode: int) -> None:
    file.chmod(mode)
    assert resolve(f"file:{file}")


def test_file_of_another(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: file.stat().st_uid + 1)
    with pytest.raises(SecretTooOpen) as caught:
        resolve(f"file:{file}")
    assert caught.value.reason == "owned by another"


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(SecretMissing):
        resolve(f"file:{tmp_path / 'saknas'}")
    with pytest.raises(SecretUnreadable):
        resolve(f"file:{tmp_path}")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe", 0o600)
    with pytest.raises(SecretUnreadable) as caught:
        resolve(f"file:{tmp_path / 'pipe'}")
    assert caught.value.reason == "not a file"


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", SecretMissing),
        (b"\n", SecretMissing),
        (b"\xff\n", SecretUnreadable),
        (b"x" * 70_000, SecretUnreadable),
    ],
)
def test_file_without_a_secret(file: Path, content: bytes, error: type[Exception]) -> None:
    file.write_bytes(content)
    with pytest.raises(error):
        resolve(f"file:{file}")


def test_the_file_is_in_the_home_folder(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(file.parent))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert resolve("file:~/hemlighet")


def python(code: str) -> str:
    return f'command:{sys.executable} -c "{code}"'


def test_command_gives_its_first_line() -> None:
    assert resolve(python("print('hemligt;$HOME'); print('annat')")).reveal() == "hemligt;$HOME"


@pytest.mark.parametrize(
    ("ref", "error"),
    [
        ("command:/nonexistent/pass visa", SecretMissing),
        (python("raise SystemExit(3)"), SecretUnreadable),
        (python(""), SecretMissing),
        ("command:'", SecretUnreadable),
        ("command:/", SecretUnreadable),
    ],
)
def test_command_that_fails(ref: str, error: type[Exception]) -> None:
    with pytest.raises(error) as caught:
        resolve(ref)
    assert "visa" not in str(caught.value)


def test_command_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secrets, "COMMAND_SECONDS", 0.01)
    with pytest.raises(SecretUnreadable) as caught:
        resolve(python("input = __import__('threading').Event().wait()"))
    assert caught.value.reason == "no answer in time"


def test_a_command_that_leaves_the_work_to_another_ends_with_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(secrets, "COMMAND_SECONDS", 1.0)
    note = tmp_path / "pid"
    with pytest.raises(SecretUnreadable) as caught:
        resolve(f"command:sh -c 'sleep 300 & echo $! > {note}; wait'")
    assert caught.value.reason == "no answer in time"
    assert has_ended(int(note.read_text()))


def test_a_command_ends_with_the_program_that_waits_for_it(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    code = (
        "import sys, threading\n"
        "from ingest.secrets import resolve\n"
        "ref = f\"command:sh -c 'sleep 300 & echo $! > {sys.argv[1]}; wait'\"\n"
        "threading.Thread(target=resolve, args=(ref,), daemon=True).start()\n"
        "sys.stdin.readline()\n"
    )
    os.mkfifo(note)
    with subprocess.Popen([sys.executable, "-c", code, str(note)], stdin=subprocess.PIPE) as waiting:
        pid = int(note.read_text())
        assert waiting.stdin is not None
        waiting.stdin.write(b"\n")
    assert has_ended(pid)


def has_ended(pid: int) -> bool:
    """Whether a process is gone, or dead and waiting to be counted; it was killed a moment ago."""
    with contextlib.suppress(ProcessLookupError):
        descriptor = os.pidfd_open(pid)
        with os.fdopen(descriptor):
            return bool(select.select([descriptor], [], [], 10)[0])
    return True


def test_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    rings = {("https://imap.example", "anna"): "hemligt"}
    monkeypatch.setattr("keyring.get_password", lambda service, user: rings.get((service, user)))
    assert resolve("keyring:https://imap.example/anna").reveal() == "hemligt"
    with pytest.raises(SecretMissing):
        resolve("keyring:imap/bertil")
    with pytest.raises(ArgumentRefused):
        resolve("keyring:imap")


def test_keyring_without_a_desktop(monkeypatch: pytest.MonkeyPatch) -> None:
    from keyring.errors import NoKeyringError

    def none(_service: str, _user: str) -> str:
        raise NoKeyringError

    monkeypatch.setattr("keyring.get_password", none)
    with pytest.raises(SecretUnreadable):
        resolve("keyring:imap/anna")


def test_credential_of_systemd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    (tmp_path / "imap").write_text("hemligt\n")
    assert resolve("credential:imap").reveal() == "hemligt"
    with pytest.raises(SecretMissing):
        resolve("credential:saknas")
    with pytest.raises(ArgumentRefused):
        resolve("credential:../imap")
    monkeypatch.delenv("CREDENTIALS_DIRECTORY")
    with pytest.raises(SecretMissing):
        resolve("credential:imap")


def test_prompt() -> None:
    assert resolve("prompt", prompt=lambda _: "hemligt").reveal() == "hemligt"
    with pytest.raises(SecretMissing):
        resolve("prompt")


@pytest.mark.parametrize("ref", ["", "hemligt", "env:", "vault:x", "file:\0", "hemligt:hemligt"])
def test_unknown_references(ref: str) -> None:
    with pytest.raises(ArgumentRefused) as caught:
        resolve(ref)
    assert caught.value.exit_code == 2


def test_a_secret_is_not_shown() -> None:
    secret = Secret("hemligt")
    shown = (
        repr(secret),
        str(secret),
        f"{secret}",
        f"{secret:>20}",
        f"{secret!r}",
        repr([secret]),
    )
    assert not any("hemligt" in text for text in shown)
    assert not hasattr(secret, "__dict__")
    with pytest.raises(TypeError):
        pickle.dumps(secret)


def test_a_secret_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("test").warning("%s %r", Secret("hemligt"), Secret("hemligt"))
    assert "hemligt" not in caplog.text


def test_a_secret_that_is_not_text_stays_out_of_the_traceback(file: Path) -> None:
    file.write_bytes(b"hemligt\xff")
    with pytest.raises(SecretUnreadable) as caught:
        resolve(f"file:{file}")
    told = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    assert "hemligt" not in "".join(told.format())
    assert caught.value.__context__ is None


def test_secrets_are_equal_by_value() -> None:
    assert Secret("a") == Secret("a") != Secret("b")
    assert Secret("a") != SimpleNamespace(_value="a")
    assert len({Secret("a"), Secret("a")}) == 1
