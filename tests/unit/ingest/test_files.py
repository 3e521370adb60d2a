"""Files, mbox, Maildir, folders and standard input."""

import io
import os
from pathlib import Path
from typing import BinaryIO, cast

import pytest

from ingest.files import PathMissing, PathUnreadable, sources
from ingest.mime import parse

MAIL = b"From: a@x.example\nSubject: x\n\nhej\n"
MBOX = (
    b"From a@x.example Mon Jun  7 12:41:30 2021\nSubject: ett\n\nhej\n>From nu g\xe4ller\n>>From dubbelt\n\n"
    b"From nu an inget\n\n"
    b"From b@x.example Tue Jun  8 12:41:30 2021\nSubject: tv\xe5\n\nhej igen\n\n"
)


def read(*paths: Path | str, stdin: bytes = b"") -> list[tuple[str, bytes]]:
    return [(source.name, source.raw) for source in sources([str(path) for path in paths], io.BytesIO(stdin))]


def box(folder: Path, **mails: bytes) -> Path:
    for name in ("cur", "new", "tmp"):
        (folder / name).mkdir(parents=True)
    for name, raw in mails.items():
        (folder / "cur" / name.lstrip("n")).write_bytes(raw)
    return folder


def test_one_file_keeps_its_bytes_and_its_name(tmp_path: Path) -> None:
    path = tmp_path / "brev.eml"
    path.write_bytes(MAIL)
    assert read(path) == [(str(path), MAIL)]


def test_a_field_with_a_space_before_its_colon_is_no_separator(tmp_path: Path) -> None:
    path, mbox = tmp_path / "brev.eml", tmp_path / "lada.mbox"
    path.write_bytes(spaced := MAIL.replace(b":", b" :"))
    mbox.write_bytes(b"From a@x.example Mon Jun  7 12:41:30 2021\n" + spaced)
    assert read(path, mbox) == [(str(path), spaced), (f"{mbox}#1", spaced)]
    assert parse(spaced).sender == parse(MAIL).sender


def test_standard_input() -> None:
    assert read("-", stdin=MAIL) == [("-", MAIL)]


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
def test_mbox_is_split_at_separators_alone_and_unquoted(tmp_path: Path, line_end: bytes) -> None:
    path = tmp_path / "inbox"
    path.write_bytes(MBOX.replace(b"\n", line_end))
    first = b"Subject: ett\n\nhej\nFrom nu g\xe4ller\n>From dubbelt\n\nFrom nu an inget\n"
    second = b"Subject: tv\xe5\n\nhej igen\n"
    expected = [(f"{path}#1", first), (f"{path}#2", second)]
    assert read(path) == [(name, raw.replace(b"\n", line_end)) for name, raw in expected]


def test_mbox_on_standard_input_is_numbered() -> None:
    assert [name for name, _ in read("-", stdin=MBOX)] == ["-#1", "-#2"]


def test_a_text_that_begins_with_the_word_from_is_no_mbox() -> None:
    text = b"From here to eternity\nis a film.\n"
    assert read("-", stdin=text) == [("-", text)]


def test_an_mbox_is_streamed() -> None:
    class Endless(io.RawIOBase):
        left = 5_000

        def readline(self, _size: int | None = -1, /) -> bytes:
            self.left -= 1
            return (
                b"From a Mon Jun  7 12:41:30 2021\n"
                if self.left % 5 == 4
                else b"x: y\n"
                if self.left % 5
                else b"\n"
            )

    stream = Endless()
    first = next(sources(["-"], cast("BinaryIO", stream)))
    assert first.name == "-#1"
    assert stream.left > 4_900


def test_maildir_in_order_of_its_time_stamps(tmp_path: Path) -> None:
    folder = box(tmp_path / "M", **{"1000000000.a": b"b", "n999.b": b"a"})
    (folder / "new" / "1000000001.c").write_bytes(b"c")
    (folder / "tmp" / "half").write_bytes(b"half")
    assert read(folder) == [(f"{folder}#{n}", raw) for n, raw in ((1, b"a"), (2, b"b"), (3, b"c"))]


def test_maildir_with_its_folders(tmp_path: Path) -> None:
    folder = box(tmp_path / "M", n1=b"in")
    box(folder / ".Skickat", n1=b"ut")
    found = list(sources([str(folder)], io.BytesIO()))
    assert [(each.name, each.raw) for each in found] == [
        (f"{folder}#1", b"in"),
        (f"{folder}/.Skickat#1", b"ut"),
    ]
    assert [each.locator["folder"] for each in found] == ["", ".Skickat"]


def test_a_folder_is_read_sorted_and_deep_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.eml", "a.eml", ".dold", "under/c.eml", ".git/d"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(name.encode())
    (tmp_path / "box").write_bytes(MBOX)
    os.mkfifo(tmp_path / "pipe")
    names = [name.removeprefix(f"{tmp_path}/") for name, _ in read(tmp_path)]
    assert names == ["a.eml", "b.eml", "box#1", "box#2", "under/c.eml"]


def test_a_missing_path_is_said_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(PathMissing) as caught:
        sources(["-", str(tmp_path / "saknas")], io.BytesIO(MAIL))
    assert caught.value.exit_code == 2
    assert caught.value.fact("path") == str(tmp_path / "saknas")


def test_what_cannot_be_read_is_said_after_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bad, good = tmp_path / "a.eml", tmp_path / "b.eml"
    bad.write_bytes(MAIL)
    good.write_bytes(MAIL)
    really = Path.open

    def refuse(self: Path, mode: str = "r") -> object:
        if self == bad:
            raise PermissionError(13, "Permission denied")
        return really(self, mode)

    monkeypatch.setattr(Path, "open", refuse)
    found = sources([str(tmp_path)], io.BytesIO())
    assert next(found).name == str(good)
    with pytest.raises(PathUnreadable, match="Permission denied"):
        next(found)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_a_text_file_in_any_encoding(codec: str) -> None:
    text = "Återkom om lokalen i Örebro.\n"
    mail = parse(text.encode(codec))
    assert (mail.status, mail.text, mail.sender) == ("ok", text, None)
