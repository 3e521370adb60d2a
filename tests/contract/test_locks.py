"""Locks with a name: one holder each, on both stores, whoever asks and by whatever path."""

import errno
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from crm.errors import AccountBusy
from crm.locking import account_lock
from db.errors import StoreError, StoreFull, StoreReadOnly, StoreUnreachable
from db.locking import lock_path
from db.store import Store, open_store

_HOLD = """
import sys
from db.store import open_store
with open_store(sys.argv[1]) as store, store.lock("post", 0) as held:
    print(held, flush=True)
    sys.stdin.read()
"""


def test_one_holder_at_a_time(store_url: str) -> None:
    with open_store(store_url) as first, open_store(store_url) as second:
        with (
            first.lock("post", 0) as held,
            second.lock("post", 0.15) as again,
            second.lock("annan", 0) as other,
        ):
            assert (held, again, other) == (True, False, True)
        with second.lock("post", 0) as held:
            assert held


def test_who_fails_to_get_it_leaves_it_to_its_holder(store_url: str) -> None:
    with open_store(store_url) as first, open_store(store_url) as second, first.lock("post", 0):
        for _attempt in range(2):
            with second.lock("post", 0) as held:
                assert not held


def test_it_keeps_nobody_from_writing(store: Store) -> None:
    with store.lock("post", 0) as held, store.write() as session:
        assert held
        assert session.scalar(text("SELECT 1")) == 1


def test_threads_of_one_program_take_turns_at_writing_and_none_is_left_out(store_url: str) -> None:
    with open_store(store_url, lock_timeout=0.1) as store:
        done: list[int] = []
        failed: list[StoreError] = []

        def write(number: int) -> None:
            for _ in range(15):
                try:
                    with store.write() as session:
                        session.scalar(text("SELECT count(*) FROM account"))
                        done.append(number)
                except StoreError as error:
                    failed.append(error)

        threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    assert failed == []
    assert len(done) == 8 * 15


def test_an_account_that_is_held_is_busy(store_url: str) -> None:
    with open_store(store_url) as first, open_store(store_url) as second, account_lock(first, "post", 0):
        with pytest.raises(AccountBusy, match="post"), account_lock(second, "post", 0):
            pass
        with account_lock(second, "annan", 0):
            assert first.url == second.url


def test_a_holder_that_dies_gives_it_back_and_no_environment_hides_it(store_url: str, tmp_path: Path) -> None:
    elsewhere = {"XDG_RUNTIME_DIR": "/nonexistent", "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-c", _HOLD, store_url]
    with (
        open_store(store_url) as store,
        subprocess.Popen(
            command, env={**os.environ, **elsewhere}, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as holder,
    ):
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"True\n"
        with store.lock("post", 0) as held:
            assert not held
        holder.kill()
        holder.wait(30)
        with store.lock("post", 30) as held:  # PostgreSQL sees the end of the connection a moment later
            assert held


@pytest.mark.postgresql
def test_on_a_server_it_sits_in_no_transaction(postgresql_url: str) -> None:
    sessions = text(
        "SELECT a.state FROM pg_stat_activity a JOIN pg_locks l USING (pid)"
        " WHERE l.locktype = 'advisory' AND a.datname = current_database()"
    )
    with open_store(postgresql_url) as store:
        with store.lock("post", 0), store.read() as session:
            assert list(session.scalars(sessions)) == ["idle"]
        with store.read() as session:
            assert list(session.scalars(sessions)) == []


def test_a_server_that_ends_the_session_has_taken_the_lock_back(postgresql_url: str) -> None:
    ended = text(
        "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND database IN"
        " (SELECT oid FROM pg_database WHERE datname = current_database())"
    )
    with open_store(postgresql_url) as store:
        with store.lock("post", 0) as held, store.read() as session:
            assert held
            assert list(session.scalars(ended)) == [True]
        with store.lock("post", 1) as again:
            assert again


def test_a_store_has_one_lock_by_every_path(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "länk").symlink_to(tmp_path, target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    with open_store(sqlite_url) as store, store.lock("post", 0):
        for path in ("store.db", "../" + tmp_path.name + "/store.db", f"{tmp_path}/länk/store.db"):
            with open_store(f"sqlite:///{path}") as other, other.lock("post", 0) as held:
                assert not held


def test_the_file_is_its_owners_and_stays_beside_the_store(sqlite_url: str, tmp_path: Path) -> None:
    with open_store(sqlite_url) as store, store.lock("../post\0", 0) as held:
        assert held
    (path,) = tmp_path.glob("*.lock")
    assert path == lock_path(tmp_path / "store.db", "../post\0")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def _refusal(store: Store) -> StoreError:
    with pytest.raises(StoreError) as caught, store.lock("post", 0):
        pass
    return caught.value


def test_a_link_in_its_place_is_not_followed(sqlite_url: str, tmp_path: Path) -> None:
    lock_path(tmp_path / "store.db", "post").symlink_to(tmp_path / "mål")
    with open_store(sqlite_url) as store:
        assert isinstance(_refusal(store), StoreUnreachable)
    assert not (tmp_path / "mål").exists()


@pytest.mark.parametrize(
    ("function", "code", "kind"),
    [
        ("os.open", errno.EACCES, StoreReadOnly),
        ("os.open", errno.ENOSPC, StoreFull),
        ("fcntl.flock", errno.ENOLCK, StoreUnreachable),
    ],
)
def test_a_folder_that_takes_no_lock_is_said(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch, function: str, code: int, kind: type[StoreError]
) -> None:
    def refuse(*_: object) -> int:
        raise OSError(code, os.strerror(code))

    with open_store(sqlite_url) as store, monkeypatch.context() as patched:
        patched.setattr(f"db.locking.{function}", refuse)
        assert type(_refusal(store)) is kind
