"""Files that appear whole or not at all."""

import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from crm.new_files import new_file, new_folder

Make = Callable[[Path], AbstractContextManager[object]]

_LIMITED = """
import resource, sys
from pathlib import Path
from crm.errors import NotWritten
from crm.new_files import new_file
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, 1_000))
try:
    with new_file(Path(sys.argv[1])) as file:
        file.write(b"x" * 100_000)
except NotWritten as error:
    print(error.reason)
"""

_LIMITED_AT_ONCE = """
import resource, sys
from pathlib import Path
from crm.errors import NotWritten
from crm.new_files import write_new
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, 1_000))
try:
    write_new(Path(sys.argv[1]), b"x" * 100_000)
except NotWritten as error:
    print(error.reason)
"""


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_its_owners_alone(tmp_path: Path) -> None:
    with new_file(tmp_path / "ut") as file:
        file.write(b"hej")
        assert "ut" not in names(tmp_path)
    assert names(tmp_path) == ["ut"]
    assert stat.S_IMODE((tmp_path / "ut").stat().st_mode) == 0o600


def test_a_folder_is_its_owners_alone(tmp_path: Path) -> None:
    with new_folder(tmp_path / "ut") as folder:
        (folder / "a").write_bytes(b"hej")
        assert "ut" not in names(tmp_path)
    assert stat.S_IMODE((tmp_path / "ut").stat().st_mode) == 0o700
    assert names(tmp_path / "ut") == ["a"]


@pytest.mark.parametrize("make", [new_file, new_folder])
def test_what_is_there_stays(tmp_path: Path, make: Make) -> None:
    (tmp_path / "ut").symlink_to(tmp_path / "ingenstans")
    with pytest.raises(FileExistsError), make(tmp_path / "ut"):
        pass
    assert names(tmp_path) == ["ut"]


def test_who_was_faster_wins(tmp_path: Path) -> None:
    with pytest.raises(FileExistsError), new_file(tmp_path / "ut"):
        (tmp_path / "ut").write_bytes(b"de andra")
    assert (tmp_path / "ut").read_bytes() == b"de andra"
    assert names(tmp_path) == ["ut"]


@pytest.mark.parametrize("make", [new_file, new_folder])
def test_a_fault_leaves_nothing(tmp_path: Path, make: Make) -> None:
    with pytest.raises(RuntimeError), make(tmp_path / "ut"):
        raise RuntimeError
    assert names(tmp_path) == []


def test_a_full_disk_leaves_nothing_and_is_said(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", _LIMITED, str(tmp_path / "ut")], capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "File too large"
    assert names(tmp_path) == []


@pytest.mark.parametrize("make", [new_file, new_folder])
def test_a_folder_that_is_missing_is_named_not_a_name_that_nobody_gave(tmp_path: Path, make: Make) -> None:
    with pytest.raises(FileNotFoundError) as found, make(tmp_path / "saknas" / "ut"):
        pass
    assert found.value.filename == str(tmp_path / "saknas")


def test_bytes_that_do_not_fit_leave_nothing_either(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", _LIMITED_AT_ONCE, str(tmp_path / "ut")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.strip() == "File too large"
    assert names(tmp_path) == []
