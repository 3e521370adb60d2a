"""Secrets by reference: settings hold where a secret lies, never the secret.

| reference              | meaning                                                         |
|------------------------|-----------------------------------------------------------------|
| `env:VAR`              | an environment variable                                         |
| `file:PATH`            | a file of ours that nobody else may read (0600 or narrower)     |
| `command:PROGRAM ARG…` | the first line that the program prints; no shell, 30 s          |
| `keyring:SERVICE/USER` | the desktop's key ring                                          |
| `credential:NAME`      | a systemd credential (`LoadCredential=`)                        |
| `prompt`               | asked of the person at the terminal                             |
"""

import atexit
import contextlib
import os
import shlex
import signal
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import NoReturn, Protocol

from ingest.errors import ArgumentRefused, IngestError, SecretMissing, SecretTooOpen, SecretUnreadable

Prompt = Callable[[str], str]

COMMAND_SECONDS = 30.0
MAX_BYTES = 64 * 1024  # a token of Microsoft's is some 3 kB; more than this is not a secret but a mistake


class Secret:
    """A secret that no repr, log line, traceback or pickle shows; `reveal()` is the one way out."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        return self._value

    def current(self) -> "Secret":
        """A password is what it is: see Credential."""
        return self

    def renewed(self, refused: "Secret") -> None:
        """There is no other password than the one that was refused."""

    def __repr__(self) -> str:
        return "Secret(…)"

    __str__ = __repr__

    def __format__(self, spec: str, /) -> str:
        return format(repr(self), spec)

    def __bool__(self) -> bool:
        return bool(self._value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._value == other._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not pickled")


class Credential(Protocol):
    """What signs in to a mailbox: a Secret, or a source of tokens (`ingest.oauth`). Both may raise IngestErrors."""

    def current(self) -> Secret:
        """What to sign in with now."""
        ...

    def renewed(self, refused: Secret) -> Secret | None:
        """What to try once more after the server refused `refused`; None where there is nothing new to say."""
        ...


def resolve(ref: str, *, prompt: Prompt | None = None) -> Secret:
    """The secret that `ref` points at; `prompt` is called with the reference's text for `prompt`.

    Raises SecretMissing, SecretUnreadable, SecretTooOpen, or ArgumentRefused for an unknown kind of reference.
    """
    found = _attempt(ref, prompt)
    if isinstance(found, IngestError):
        raise found
    if not found:
        raise SecretMissing(ref=ref, reason="empty")
    return found


def _attempt(ref: str, prompt: Prompt | None) -> Secret | IngestError:
    """Errors are returned, so that the one raised by the caller has no frame with the secret in it."""
    try:
        return Secret(_read(ref, prompt))
    except IngestError as error:
        return error.with_traceback(None)
    except (ValueError, RuntimeError) as error:  # not UTF-8, unbalanced quotes, nobody's home folder
        return SecretUnreadable(ref=ref, reason=type(error).__name__)


def _read(ref: str, prompt: Prompt | None) -> str:
    kind, _, rest = ref.partition(":")
    if ref == "prompt":
        return _ask(prompt)
    readers: dict[str, Callable[[str], str]] = {
        "env": _from_environment,
        "file": lambda path: _from_file(Path(path).expanduser(), ref),
        "command": _from_command,
        "keyring": _from_keyring,
        "credential": _from_credential,
    }
    if kind not in readers or not rest or "\0" in rest:
        raise ArgumentRefused(reason="unknown kind of secret")  # not repeated: it may be the password itself
    return readers[kind](rest)


def _ask(prompt: Prompt | None) -> str:
    if prompt is None:
        raise SecretMissing(ref="prompt", reason="nobody to ask")
    return prompt("prompt")


def _from_environment(name: str) -> str:
    value = os.environ.get(name)
    if value is None:
        raise SecretMissing(ref=f"env:{name}", reason="not set")
    return value


def _from_file(path: Path, ref: str) -> str:
    """Checked on the open file, so that nobody can swap it between the look and the reading."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise SecretMissing(ref=ref, reason="no such file") from None
    except OSError as error:
        raise SecretUnreadable(ref=ref, reason=error.strerror) from None
    try:
        _check_private(os.fstat(descriptor), ref)
        data = os.read(descriptor, MAX_BYTES + 1)
    finally:
        os.close(descriptor)
    return _text(data, ref)


def _check_private(status: os.stat_result, ref: str) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise SecretUnreadable(ref=ref, reason="not a file")
    if status.st_uid != os.geteuid():
        raise SecretTooOpen(ref=ref, reason="owned by another")
    if status.st_mode & 0o177:
        raise SecretTooOpen(ref=ref, reason=f"mode {stat.S_IMODE(status.st_mode):04o}")


def _text(data: bytes, ref: str) -> str:
    """One trailing line end is an editor's, everything else is the secret's."""
    if len(data) > MAX_BYTES:
        raise SecretUnreadable(ref=ref, reason="too long")
    return data.decode("utf-8").removesuffix("\n").removesuffix("\r")


def _from_command(line: str) -> str:
    arguments = shlex.split(line)
    ref = f"command:{arguments[0]}" if arguments else "command:"  # arguments may hold something private
    if not arguments:
        raise SecretMissing(ref=ref, reason="no command")
    try:
        code, told = _run(arguments)
    except FileNotFoundError:
        raise SecretMissing(ref=ref, reason="no such command") from None
    except subprocess.TimeoutExpired:
        raise SecretUnreadable(ref=ref, reason="no answer in time") from None
    except OSError as error:
        raise SecretUnreadable(ref=ref, reason=error.strerror) from None
    if code != 0:
        raise SecretUnreadable(ref=ref, reason=f"exit code {code}")
    first, _, _ = told.partition(b"\n")
    return _text(first, ref)


_running: set[subprocess.Popen[bytes]] = set()
_starting = Lock()


def _run(arguments: list[str]) -> tuple[int, bytes]:
    """Exit code and output, in a session of its own; raises OSError and TimeoutExpired."""
    with _started(arguments) as process:
        try:
            told, _ = process.communicate(timeout=COMMAND_SECONDS)
        except BaseException:
            _kill(process)
            raise
        finally:
            _running.discard(process)
        return process.returncode, told


def _started(arguments: list[str]) -> subprocess.Popen[bytes]:
    """A command that is known to be running as soon as it runs, whenever the program ends."""
    pipe, null = subprocess.PIPE, subprocess.DEVNULL
    with _starting:
        process = subprocess.Popen(arguments, stdin=null, stdout=pipe, stderr=null, start_new_session=True)
        _running.add(process)
    return process


@atexit.register
def _end_commands() -> None:
    """A command that another thread still waits for does not outlive the program."""
    _starting.acquire()  # for good: nothing is started any more
    for process in list(_running):
        _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """With all that it has started: a shell's own program would go on, and hold the pipe."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _from_keyring(place: str) -> str:
    """SERVICE may hold slashes, USER may not."""
    ref = f"keyring:{place}"
    service, slash, user = place.rpartition("/")
    if not slash or not service or not user:
        raise ArgumentRefused(ref=ref, reason="SERVICE/USER is needed")
    import keyring
    import keyring.errors

    try:
        value = keyring.get_password(service, user)
    except keyring.errors.KeyringError as error:
        raise SecretUnreadable(ref=ref, reason=type(error).__name__) from None
    if value is None:
        raise SecretMissing(ref=ref, reason="not in the key ring")
    return str(value)


def _from_credential(name: str) -> str:
    """Where systemd puts them: the service's own folder; it may be root's, so only the name is checked."""
    ref = f"credential:{name}"
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    if folder is None:
        raise SecretMissing(ref=ref, reason="not started by systemd with this credential")
    if "/" in name or name in {".", ".."}:
        raise ArgumentRefused(ref=ref, reason="a name, not a path")
    try:
        with Path(folder, name).open("rb") as file:
            return _text(file.read(MAX_BYTES + 1), ref)
    except FileNotFoundError:
        raise SecretMissing(ref=ref, reason="no such credential") from None
    except OSError as error:
        raise SecretUnreadable(ref=ref, reason=error.strerror) from None
