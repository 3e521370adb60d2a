"""What only a file can do: modes, a full disk, damage, backup."""

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from db import migrations
from db.backup import backup, restore
from db.check import Problem, check
from db.errors import (
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreLocked,
    StoreMissing,
    StoreNewer,
    StoreReadOnly,
    StoreUnreachable,
)
from db.schema import Person, Raw
from db.scrub import empty_log, forget_words
from db.store import open_store
from tests.rows import raw


def _path(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _names(url: str) -> list[str]:
    with open_store(url) as store, store.read() as session:
        return list(session.scalars(select(Person.name).order_by(Person.id)))


def _add(url: str, name: str) -> None:
    with open_store(url) as store, store.write() as session:
        session.add(Person(name=name))


@contextmanager
def _as_an_ordinary_user(folder: Path) -> Iterator[None]:
    """Root may write what is read-only; every folder on the way is made passable first."""
    if os.geteuid() != 0:
        yield
        return
    for parent in (folder, *folder.parents)[:4]:
        parent.chmod(parent.stat().st_mode | 0o555)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_new_store_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "deep" / "store å.db"
    with open_store(f"sqlite:///{path}") as store, store.write() as session:
        session.add(Person(name="Åsa"))
        session.flush()
        assert {_mode(file) for file in path.parent.iterdir()} == {0o600}
        assert {file.name for file in path.parent.iterdir()} == {
            "store å.db",
            "store å.db-wal",
            "store å.db-shm",
        }
    assert [_mode(folder) for folder in (path.parent, path.parent.parent)] == [0o700, 0o700]


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("foreign_keys", 1),
        ("synchronous", 2),
        ("secure_delete", 1),
        ("busy_timeout", 10_000),
    ],
)
def test_how_a_store_is_opened(sqlite_url: str, pragma: str, value: object) -> None:
    with open_store(sqlite_url) as store, store.read() as session:
        assert session.scalar(text(f"PRAGMA {pragma}")) == value


def test_a_missing_store_is_not_made_to_read(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing):
        open_store(f"sqlite:///{tmp_path / 'none.db'}", read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreUnreachable):
        open_store(f"sqlite:///{tmp_path}")


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Hej! " * 1_000)
    with pytest.raises(StoreDamaged):
        open_store(f"sqlite:///{path}")
    assert path.read_text() == "Hej! " * 1_000


def test_a_read_only_file_can_be_read(sqlite_url: str) -> None:
    _add(sqlite_url, "Åsa")
    path = _path(sqlite_url)
    path.chmod(0o444)
    with _as_an_ordinary_user(path.parent):
        with pytest.raises(StoreReadOnly):
            _add(sqlite_url, "Örjan")
        assert _names(sqlite_url) == ["Åsa"]


def _fill_up(session: Session) -> None:
    pages = session.scalar(text("PRAGMA page_count"))
    session.execute(text(f"PRAGMA max_page_count = {pages}"))
    session.add(raw(content=os.urandom(1_000_000)))


def test_a_full_disk_loses_only_what_was_being_written(sqlite_url: str) -> None:
    _add(sqlite_url, "Åsa")
    with open_store(sqlite_url) as store:
        with pytest.raises(StoreFull), store.write() as session:
            _fill_up(session)
        with store.read() as session:
            assert session.scalars(select(Raw.id)).all() == []
            assert session.scalars(select(Person.name)).all() == ["Åsa"]


def test_deleted_words_are_gone_from_the_file(sqlite_url: str) -> None:
    _add(sqlite_url, "Hemlighetsfull Hemlighetsson")
    with open_store(sqlite_url) as store, store.write() as session:
        session.execute(text("DELETE FROM person"))
    assert b"Hemlighetsson" not in _path(sqlite_url).read_bytes()


def test_a_check_finds_a_link_into_nothing(sqlite_url: str) -> None:
    with closing(sqlite3.connect(_path(sqlite_url))) as connection, connection:
        connection.execute("INSERT INTO phone (person_id, number) VALUES (99, '+46690250100')")
        connection.execute("INSERT INTO message_text (rowid, body) VALUES (5, 'kont')")
    with open_store(sqlite_url) as store:
        found = check(store)
    assert [(problem.kind, problem.where) for problem in found] == [
        ("link", "phone 1"),
        ("index", "message_text 5"),
    ]


def test_a_check_finds_damaged_pages(sqlite_url: str) -> None:
    with open_store(sqlite_url) as store, store.write() as session:
        session.add_all([Person(name=f"{number} " * 200) for number in range(500)])
    path = _path(sqlite_url)
    data = bytearray(path.read_bytes())
    data[-40_000:-20_000] = os.urandom(20_000)
    path.write_bytes(data)
    with open_store(sqlite_url) as store:
        found = check(store)
    assert {problem.kind for problem in found} == {"page"}


def test_a_check_names_the_version(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(sqlite_url) as store:
        monkeypatch.setattr("db.check.HEAD", "next")
        told = f"revision {migrations.HEAD}, this program has next"
        assert check(store) == [Problem("version", "alembic_version", told)]


def test_a_backup_of_a_store_in_use_is_whole(sqlite_url: str, tmp_path: Path) -> None:
    _add(sqlite_url, "Åsa")
    copy = tmp_path / "copy.db"
    with open_store(sqlite_url) as store, store.write() as session:
        session.add(Person(name="not yet"))
        session.flush()
        backup(store, copy)
    assert _mode(copy) == 0o600
    assert sorted(file.name for file in tmp_path.iterdir() if "copy" in file.name) == ["copy.db"]
    assert _names(f"sqlite:///{copy}") == ["Åsa"]


def test_a_backup_replaces_an_older_one_and_nothing_else(sqlite_url: str, tmp_path: Path) -> None:
    copy, letter = tmp_path / "copy.db", tmp_path / "letter.txt"
    letter.write_text("Hej!")
    with open_store(sqlite_url) as store:
        backup(store, copy)
        backup(store, copy)
        for target in (letter, _path(sqlite_url)):
            with pytest.raises(StoreError):
                backup(store, target)
    assert letter.read_text() == "Hej!"


def test_a_backup_into_no_folder_says_so(sqlite_url: str, tmp_path: Path) -> None:
    with open_store(sqlite_url) as store, pytest.raises(StoreMissing):
        backup(store, tmp_path / "none" / "copy.db")


def test_what_was_backed_up_comes_back_and_the_old_is_kept(sqlite_url: str, tmp_path: Path) -> None:
    _add(sqlite_url, "Åsa")
    copy = tmp_path / "copy.db"
    with open_store(sqlite_url) as store:
        backup(store, copy)
    _add(sqlite_url, "later")
    kept = restore(copy, sqlite_url)
    assert kept is not None
    assert _names(sqlite_url) == ["Åsa"]
    assert _names(f"sqlite:///{kept}") == ["Åsa", "later"]
    assert {_mode(_path(sqlite_url)), _mode(kept)} == {0o600}


def test_no_index_of_a_log_stays_beside_the_old_store(sqlite_url: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    _add(sqlite_url, "Åsa")
    with open_store(sqlite_url) as store:
        backup(store, copy)
    Path(f"{_path(sqlite_url)}-shm").write_bytes(bytes(32_768))  # a process that was killed leaves it
    restore(copy, sqlite_url)
    assert [file.name for file in tmp_path.rglob("*-shm")] == []


def test_a_backup_comes_back_where_nothing_is(sqlite_url: str, tmp_path: Path) -> None:
    _add(sqlite_url, "Åsa")
    target = f"sqlite:///{tmp_path / 'new' / 'store.db'}"
    assert restore(_path(sqlite_url), target) is None
    assert _names(target) == ["Åsa"]


def test_a_damaged_store_is_kept_as_it_is(sqlite_url: str, tmp_path: Path) -> None:
    broken = tmp_path / "broken.db"
    broken.write_text("scrap")
    kept = restore(_path(sqlite_url), f"sqlite:///{broken}")
    assert kept is not None
    assert kept.read_text() == "scrap"


def test_a_store_in_use_is_not_replaced(sqlite_url: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with open_store(sqlite_url) as store:
        backup(store, copy)
        with store.read() as session:
            session.scalar(select(Person.id))
            with pytest.raises(StoreLocked):
                restore(copy, sqlite_url)
    _add(sqlite_url, "Åsa")
    assert _names(sqlite_url) == ["Åsa"]


def _no_backup(path: Path) -> None:
    path.write_text("Hej!")


def _another_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE t (a)")


def _newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE alembic_version (version_num)")
        connection.execute("INSERT INTO alembic_version VALUES ('9999')")


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (_no_backup, StoreDamaged),
        (_another_program, StoreDamaged),
        (_newer, StoreNewer),
        (Path.exists, StoreMissing),
    ],
)
def test_what_is_no_backup_replaces_nothing(
    sqlite_url: str, tmp_path: Path, make: "type[Path] | object", error: type[StoreError]
) -> None:
    _add(sqlite_url, "Åsa")
    file = tmp_path / "file.db"
    assert callable(make)
    make(file)
    with pytest.raises(error):
        restore(file, sqlite_url)
    assert _names(sqlite_url) == ["Åsa"]


def test_another_store_in_use_is_not_overwritten_by_a_backup(sqlite_url: str, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with open_store(f"sqlite:///{other}"):
        pass
    _add(f"sqlite:///{other}", "Örjan")
    with open_store(sqlite_url) as store, pytest.raises(StoreError):
        backup(store, other)
    assert _names(f"sqlite:///{other}") == ["Örjan"]


def test_another_programs_database_is_not_overwritten_by_a_backup(sqlite_url: str, tmp_path: Path) -> None:
    other = tmp_path / "places.db"
    _another_program(other)
    before = other.read_bytes()
    with open_store(sqlite_url) as store, pytest.raises(StoreError):
        backup(store, other)
    assert other.read_bytes() == before


def test_a_half_made_copy_of_a_run_that_was_killed_goes(sqlite_url: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    old, fresh = tmp_path / ".copy.db.0123abcd.part", tmp_path / ".copy.db.89abcdef.part"
    for left in (old, fresh):
        left.write_bytes(b"half")
    os.utime(old, (0, 0))
    with open_store(sqlite_url) as store:
        backup(store, copy)
    assert (old.exists(), fresh.exists(), copy.exists()) == (False, True, True)


_LIMITED = """
import resource, sys
from pathlib import Path
from db.backup import backup, restore
from db.errors import StoreError
from db.store import open_store
what, url, file = sys.argv[1:]
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
try:
    if what == "backup":
        with open_store(url, read_only=True) as store:
            backup(store, Path(file))
    else:
        restore(Path(file), url)
except StoreError as error:
    print(type(error).__name__)
"""


@pytest.mark.parametrize("what", ["backup", "restore"])
def test_a_disk_that_fills_up_leaves_what_was_there(sqlite_url: str, tmp_path: Path, what: str) -> None:
    _add(sqlite_url, "Åsa")
    copy = tmp_path / "copy.db"
    with open_store(sqlite_url) as store:
        backup(store, copy)
    before = copy.read_bytes()
    ran = subprocess.run(
        [sys.executable, "-c", _LIMITED, what, sqlite_url, str(copy)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.strip() in {"StoreFull", "StoreUnreachable"}, ran
    assert copy.read_bytes() == before
    assert _names(sqlite_url) == ["Åsa"]
    assert list(tmp_path.glob(".*.part")) == []


def test_a_backup_that_is_killed_leaves_the_older_one(sqlite_url: str, tmp_path: Path) -> None:
    _add(sqlite_url, "Åsa")
    copy = tmp_path / "copy.db"
    with open_store(sqlite_url) as store:
        backup(store, copy)
    killed = (
        "import os, signal, sys\nfrom pathlib import Path\nimport db.backup\nfrom db.store import open_store\n"
        "db.backup._verify = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "with open_store(sys.argv[1]) as store:\n    db.backup.backup(store, Path(sys.argv[2]))\n"
    )
    ran = subprocess.run([sys.executable, "-c", killed, sqlite_url, str(copy)], check=False)
    assert ran.returncode == -9
    assert _names(f"sqlite:///{copy}") == ["Åsa"]
    assert {_mode(left) for left in tmp_path.glob(".copy.db.*.part")} == {0o600}


@pytest.mark.parametrize("hurt", [5, 4_096, 100_000, -1_000])
def test_a_damaged_backup_replaces_nothing(sqlite_url: str, tmp_path: Path, hurt: int) -> None:
    """Cut short, or with pages that are not SQLite's any more."""
    with open_store(sqlite_url) as store, store.write() as session:
        session.add_all([Person(name=f"{number} " * 200) for number in range(500)])
    copy = tmp_path / "copy.db"
    with open_store(sqlite_url) as store:
        backup(store, copy)
    data = bytearray(copy.read_bytes())
    copy.write_bytes(
        data[:hurt] if hurt < 0 else bytes(data[:hurt]) + os.urandom(8_192) + data[hurt + 8_192 :]
    )
    with pytest.raises(StoreDamaged):
        restore(copy, sqlite_url)
    assert len(_names(sqlite_url)) == 500


def test_a_log_that_another_program_holds_is_said_to_be_left(sqlite_url: str) -> None:
    _add(sqlite_url, "Hemlighetsfull Hemlighetsson")
    path = _path(sqlite_url)
    with open_store(sqlite_url, lock_timeout=0.1) as store, closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM person").fetchone()
        with store.write() as session:
            session.execute(text("DELETE FROM person"))
            forget_words(session)
        assert empty_log(store) is False
        other.rollback()
        assert empty_log(store) is True
        assert Path(f"{path}-wal").stat().st_size == 0
    assert b"Hemlighetsson" not in path.read_bytes()
