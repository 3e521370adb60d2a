"""The file of an account's token: ours alone, never followed through a link, replaced whole."""

import os
import stat
from pathlib import Path

import pytest

from ingest import oauth_cache
from ingest.errors import (
    AuthorityUnreachable,
    IngestError,
    TokenFileDamaged,
    TokenFileTooOpen,
    TokenFileUnusable,
    TokenMissing,
)
from ingest.oauth import TokenSource
from ingest.oauth_cache import Token, TokenFile
from ingest.secrets import Secret
from tests.authority import Authority
from tests.unit.ingest.signing_in import CLIENT, KEY, by_person, failed, sign_in, signed_in, source


def test_the_file_is_ours_alone(file: TokenFile) -> None:
    file.write(Token(Secret("abc"), 1e10))
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.path.parent.stat().st_mode) == 0o700
    assert [path.name for path in file.path.parent.iterdir()] == [file.path.name]
    token = file.read()
    assert token is not None
    assert (token.access, token.expires, token.notes, token.user) == (Secret("abc"), 1e10, None, None)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660, 0o700])
def test_a_file_that_others_may_read_is_refused(authority: Authority, file: TokenFile, mode: int) -> None:
    source(authority, file).current()
    file.path.chmod(mode)
    error = failed(source(authority, file).current)
    assert (type(error), error.reason, error.exit_code) == (TokenFileTooOpen, f"mode {mode:04o}", 3)
    assert authority.grants() == [CLIENT]


def test_a_file_of_another(file: TokenFile, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write(Token(Secret("abc"), 1e10))
    monkeypatch.setattr(os, "geteuid", lambda: file.path.stat().st_uid + 1)
    assert isinstance(failed(file.read), TokenFileTooOpen)


def test_a_folder_in_which_others_write(file: TokenFile) -> None:
    file.path.parent.mkdir(mode=0o700)
    file.path.parent.chmod(0o770)
    assert isinstance(failed(lambda: file.write(Token(Secret("abc"), 1e10))), TokenFileTooOpen)


def test_links_and_pipes_are_not_followed(file: TokenFile, tmp_path: Path) -> None:
    file.path.parent.mkdir(mode=0o700)
    (tmp_path / "annan").write_text("{}")
    file.path.symlink_to(tmp_path / "annan")
    assert isinstance(failed(file.read), TokenFileUnusable)
    file.path.unlink()
    os.mkfifo(file.path, 0o600)
    assert failed(file.read).reason == "not a file"


DAMAGED = [
    b"",
    b"{",
    b"\xff",
    b"[]",
    b"[" * 100_000,
    b'{"form": 2}',
    b'{"form": 1, "access": "", "expires": 1.0, "got": 1.0}',
    b'{"form": 1, "access": "x", "expires": "1", "got": 1.0}',
    b'{"form": 1, "access": "x", "expires": 1.0}',
    b'{"form": 1, "access": "x", "expires": 1.0, "got": 1.0, "notes": 3}',
    b'{"form": 1, "access": "x", "expires": 1.0, "got": 1.0, "user": 3}',
    b" " * (oauth_cache.MAX_BYTES + 1),
]


@pytest.mark.parametrize("data", DAMAGED, ids=range(len(DAMAGED)))
def test_a_damaged_file_is_said_and_replaced(authority: Authority, file: TokenFile, data: bytes) -> None:
    file.write(Token(Secret("abc"), 1e10))
    file.path.write_bytes(data)
    told: list[IngestError] = []
    token = TokenSource(sign_in(authority), file, KEY, told.append).current()
    assert [(type(error), error.facts["account"]) for error in told] == [(TokenFileDamaged, "brev")]
    kept = file.read()
    assert kept is not None
    assert kept.access == token


def test_a_persons_damaged_file_asks_for_the_person(authority: Authority, file: TokenFile) -> None:
    signed_in(authority, file)
    file.path.write_bytes(b"{")
    assert isinstance(failed(TokenSource(by_person(authority), file).current), TokenMissing)
    file.write(Token(Secret("abc"), 0.0, notes=Secret("inte JSON")))
    assert isinstance(failed(TokenSource(by_person(authority), file).current), IngestError)
    assert signed_in(authority, file)


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    file: TokenFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write(Token(Secret("gammal"), 1e10))

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    error = failed(lambda: file.write(Token(Secret("ny"), 1e10)))
    assert (type(error), error.reason) == (TokenFileUnusable, "No space left on device")
    assert [path.name for path in file.path.parent.iterdir()] == [file.path.name]
    kept = file.read()
    assert kept is not None
    assert kept.access == Secret("gammal")


def test_a_lock_that_another_holds_too_long(file: TokenFile) -> None:
    with file.locked():
        error = failed(lambda: file.locked(timeout=0).__enter__())
    assert (type(error), error.reason, error.exit_code) == (AuthorityUnreachable, "busy", 4)
    with file.locked(timeout=0):
        assert file.path.with_name(f"{file.path.name}.lock").exists()


def test_a_file_system_without_locks(file: TokenFile, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(_descriptor: int, _how: int) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr("fcntl.flock", none)
    error = failed(lambda: file.locked().__enter__())
    assert (type(error), error.reason) == (TokenFileUnusable, "No locks available")


def test_removed(file: TokenFile) -> None:
    assert file.remove() is False
    file.write(Token(Secret("abc"), 1e10))
    assert file.remove() is True
    assert file.read() is None
