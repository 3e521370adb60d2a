"""`aterkom export`: the exact bytes out, a log that a sheet program opens, and all of it back in."""

import contextlib
import csv
import hashlib
import mailbox
import stat
from pathlib import Path

import pytest

from tests.integration.commands import Machine, said_once
from tests.mails import mail

ODD = [
    mail('=HYPERLINK("http://x.example")', subject="=cmd|' /C calc'!A0", sender="+46 <plus@x.example>"),
    mail(
        "From Anna kommer ett brev.\nFrom: ingen\n>From Bo också.\n\n\nFrom x@y.example Mon Jun  7 09:00:00 2021\n",
        subject="From-rader",
    ),
    mail("Hej!", subject="Å/ä:ö\\ *?\u202e..\\..\\boot.ini").replace(b"\n", b"\r\n"),
    b"Subject: utan slut\nFrom: bo@x.example\nDate: Mon, 7 Jun 2021 09:00:00 +0200\n\nsista raden",
    b"Subject: slutar tomt\n\n\n\n\n",
    b"\0\1\2\3" * 500,
]


@pytest.fixture
def odd(machine: Machine, tmp_path: Path) -> Machine:
    folder = tmp_path / "udda"
    folder.mkdir()
    for number, raw in enumerate(ODD):
        (folder / f"{number}.eml").write_bytes(raw)
    machine("import", str(folder), code=1)
    return machine


def log(path: Path) -> list[dict[str, str]]:
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def hashes(machine: Machine) -> set[str]:
    rows = machine("messages", "--json", "--limit", "0").rows
    return {digest for row in rows for digest in row["raws"]}


def second(machine: Machine, tmp_path: Path) -> Machine:
    home = tmp_path / "annan"
    home.mkdir(mode=0o700)
    return Machine(home, dict(machine.more))


def test_a_folder_holds_the_exact_bytes(odd: Machine, tmp_path: Path) -> None:
    target = tmp_path / "ut"
    (row,) = odd("export", "--all", "--to", str(target), "--json").rows
    files = {file.name: file.read_bytes() for file in target.iterdir() if file.suffix == ".eml"}
    assert {hashlib.sha256(raw).hexdigest() for raw in files.values()} == hashes(odd)
    assert (row["new"], row["quarantined"], row["messages"]) == (len(ODD), 1, len(ODD))
    told = log(target / "log.csv")
    assert {(item["file"], item["sha256"]) for item in told} == {
        (name, hashlib.sha256(raw).hexdigest()) for name, raw in files.items()
    }
    assert stat.S_IMODE(target.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in target.iterdir()} == {0o600}


@pytest.mark.parametrize("name", ["ut", "ut.mbox"])
def test_what_is_written_comes_back_with_the_same_hashes(odd: Machine, tmp_path: Path, name: str) -> None:
    odd("export", "--all", "--to", str(tmp_path / name))
    other = second(odd, tmp_path)
    written = [str(path) for path in tmp_path.glob("ut*") if path.suffix != ".csv"]
    other("import", *written, code=1)
    assert hashes(other) == hashes(odd) == {hashlib.sha256(raw).hexdigest() for raw in ODD}


def test_an_mbox_is_one_that_others_read(filled: Machine, tmp_path: Path) -> None:
    target = tmp_path / "brev.mbox"
    filled("export", "--all", "--to", str(target))
    raws = [digest for row in filled("messages", "--json", "--limit", "0").rows for digest in row["raws"]]
    with contextlib.closing(mailbox.mbox(str(target), create=False)) as box:
        beside = list(
            tmp_path.glob("brev.mbox.eml/*.eml")
        )  # one file of the mailbox does not end its last line
        assert (len(box) + len(beside), len(beside)) == (len(set(raws)), 1)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_no_cell_is_a_formula(odd: Machine, tmp_path: Path) -> None:
    odd("export", "--all", "--to", str(tmp_path / "ut"))
    cells = [cell for row in log(tmp_path / "ut" / "log.csv") for cell in row.values()]
    assert [cell for cell in cells if cell[:1] in set("=+-@\t\r")] == []
    assert "'=cmd|' /C calc'!A0" in cells
    assert not any("\u202e" in cell or "\0" in cell for cell in cells)


def test_names_are_safe_and_say_day_and_subject(odd: Machine, tmp_path: Path) -> None:
    odd("export", "--all", "--to", str(tmp_path / "ut"))
    names = sorted(file.name for file in (tmp_path / "ut").iterdir())
    assert any(name.startswith("2021-06-07_0900_å-ä-ö-boot-ini_m") for name in names)
    assert all(not set(name) & set('/\\:*?"<>|\u202e') and not name.startswith(".") for name in names)


def test_a_search_and_a_thread_are_written(filled: Machine, tmp_path: Path) -> None:
    found = filled("search", "servicekontor", "--limit", "0", "--json").rows
    filled("export", "servicekontor", "--to", str(tmp_path / "sökt"))
    assert [row["id"] for row in log(tmp_path / "sökt" / "log.csv")] == [row["id"] for row in found]
    thread = filled("threads", "--json").rows[0]
    filled("export", "--thread", thread["id"], "--to", str(tmp_path / "tråd"))
    inside = {row["id"] for row in log(tmp_path / "tråd" / "log.csv")}
    assert set(thread["messages"]) <= inside


def test_an_embedded_message_points_at_the_mail_that_carries_it(filled: Machine, tmp_path: Path) -> None:
    filled("export", "--all", "--to", str(tmp_path / "ut"))
    rows = log(tmp_path / "ut" / "log.csv")
    whole = {row["sha256"]: row["file"] for row in rows if row["kind"] == "received"}
    embedded = [row for row in rows if row["kind"] != "received"]
    assert embedded
    assert all(whole.get(row["sha256"], row["file"]) == row["file"] for row in embedded)


@pytest.mark.parametrize("name", ["ut", "ut.mbox"])
def test_nothing_is_overwritten(filled: Machine, tmp_path: Path, name: str) -> None:
    target = tmp_path / name
    target.write_bytes(b"viktigt")
    said_once(filled("export", "servicekontor", "--to", str(target), code=2), str(target))
    assert target.read_bytes() == b"viktigt"
    assert [file.name for file in tmp_path.iterdir() if file.name.endswith(".part")] == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--to", "ut"], 2),
        (["ord", "--all", "--to", "ut"], 2),
        (["finnsinte", "--to", "ut"], 1),
        (["ord"], 2),
    ],
)
def test_what_cannot_be_asked_for(
    filled: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], code: int
) -> None:
    monkeypatch.chdir(tmp_path)
    said_once(filled("export", *words, code=code))
    assert not (tmp_path / "ut").exists()


def test_a_folder_that_is_not_there_is_named(filled: Machine, tmp_path: Path) -> None:
    said_once(filled("export", "servicekontor", "--to", str(tmp_path / "ingen" / "ut"), code=2), "ingen")


def test_unreadable_mail_is_written_as_it_came(odd: Machine, tmp_path: Path) -> None:
    odd("export", "--quarantined", "--to", str(tmp_path / "ut"))
    (row,) = log(tmp_path / "ut" / "log.csv")
    assert (tmp_path / "ut" / row["file"]).read_bytes() == ODD[-1]
