"""Which files of a folder are mail: by name where a mail program gave it, else by what stands in them."""

import io
from pathlib import Path

import pytest

from ingest.files import sources
from ingest.mailfiles import is_mail_file
from tests.mails import BO, forwarded, mail

LETTER = mail("Hej!", subject="Lokal")
PASTED = forwarded(
    "Hej!", sender=BO, at="den 7 juni 2021 09:00", to="anna@statenssc.se", subject="Lokal"
).encode()
MSG = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1_000) + "__properties_version1.0".encode("utf-16-le")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("brev.eml", b""),
        ("brev.MBOX", b"\0\0"),
        ("17", b"vad som helst"),
        ("1622.M1P2.host:2,S", b"vad som helst"),
        ("utan-andelse", LETTER),
        ("brev.txt", LETTER),
        ("brev.txt", b"\xef\xbb\xbf" + LETTER),
        ("brev.txt", LETTER.decode().encode("utf-16")),
        ("arkiv", b"From anna@x.example Mon Jun  7 09:00:00 2021\n" + LETTER),
        ("klistrat.txt", PASTED),
        ("utkast", MSG),
    ],
)
def test_mail(name: str, content: bytes) -> None:
    assert is_mail_file(name, io.BytesIO(content))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("tom.txt", b""),
        ("README", b"Det var en gang.\n\nSlut."),
        ("README.md", "# Lokaler\n\nFrån: Ånge till: Filipstad går ett tåg.\n".encode()),
        ("lista.csv", b"datum;kommun\n2021-06-07;Filipstad\n"),
        ("skript.py", b"from mail import letters\nimport x\n"),
        ("bild.png", b"\x89PNG\r\n\x1a\n" + bytes(100)),
        ("brev.pdf", b"%PDF-1.7\n1 0 obj\n"),
        ("brev.docx", b"PK\x03\x04" + bytes(60)),
        ("brev.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000)),
        ("1622.txt", b"Dagbok\n"),
    ],
)
def test_no_mail(name: str, content: bytes) -> None:
    assert not is_mail_file(name, io.BytesIO(content))


def test_what_is_found_is_looked_at_and_what_is_named_is_taken(tmp_path: Path) -> None:
    folder = tmp_path / "blandat"
    (folder / "inne").mkdir(parents=True)
    (folder / "brev").write_bytes(LETTER)
    (folder / "inne" / "lista.csv").write_bytes(b"a;b\n")
    named = tmp_path / "anteckning.txt"
    named.write_bytes(b"Hej\n")
    skipped: list[str] = []
    found = [source.raw for source in sources([str(folder), str(named)], io.BytesIO(), skipped)]
    assert (found, skipped) == ([LETTER, b"Hej\n"], [str(folder / "inne" / "lista.csv")])


def test_without_a_list_everything_is_taken(tmp_path: Path) -> None:
    (tmp_path / "lista.csv").write_bytes(b"a;b\n")
    assert [source.raw for source in sources([str(tmp_path)], io.BytesIO())] == [b"a;b\n"]


def test_a_maildir_holds_nothing_but_mail(tmp_path: Path) -> None:
    for name in ("cur", "new", "tmp"):
        (tmp_path / name).mkdir()
    (tmp_path / "new" / "1622.a.host").write_bytes(b"vad som helst")
    skipped: list[str] = []
    assert len(list(sources([str(tmp_path)], io.BytesIO(), skipped))) == 1
    assert skipped == []
