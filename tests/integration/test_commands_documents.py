"""Documents on the command line: inspected, searched, listed, saved; through real reading processes."""

import stat
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.documents.office import docx, paragraph
from tests.documents.pdf import letter, pdf, scanned
from tests.integration.commands import Machine

PROMISE = "Vi återkommer i slutet av oktober 2021 om fastighetsägarens lokal."


def mail(*documents: tuple[str, bytes]) -> bytes:
    made = EmailMessage()
    made["From"] = "Bo Ekdahl <bo.ekdahl@ange.se>"
    made["To"] = "Anna Lindgren <anna.lindgren@statenssc.se>"
    made["Date"] = "Thu, 07 Oct 2021 09:00:00 +0200"
    made["Message-ID"] = "<bilagor@x.example>"
    made["Subject"] = "Svar"
    made.set_content("Se bilagorna.")
    for name, data in documents:
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


RAW = mail(
    ("svar.pdf", pdf(letter([PROMISE]))), ("karta.pdf", scanned()), ("rad.docx", docx(paragraph("Hej")))
)


@pytest.fixture
def taken(machine: Machine) -> Machine:
    machine("db", "upgrade")
    machine("import", "-", stdin=RAW)
    return machine


def test_inspect_prints_texts_and_where_each_sentence_stands(machine: Machine, tmp_path: Path) -> None:
    file = tmp_path / "brev.eml"
    file.write_bytes(RAW)
    (row,) = machine("inspect", "--json", str(file)).rows
    assert row["status"] == "ok"
    assert row["problems"] == ["document-no-text: attachment 2 (karta.pdf), its pages are pictures"]
    (message,) = row["messages"]
    assert [item["text"] for item in message["attachments"]] == [PROMISE, None, "Hej"]
    assert [item["field"] for item in message["follow_ups"]] == ["attachment:1"]
    told = machine("inspect", str(file)).out
    assert "svar.pdf" in told
    assert "karta.pdf" in told


def test_follow_ups_and_reminders_name_the_document(taken: Machine) -> None:
    (row,) = [row for row in taken("follow-ups", "--json").rows if row["message"]]
    assert (row["field"], row["source"]) == ("attachment:1", "svar.pdf")
    assert "svar.pdf" in taken("--today", "2021-10-18", "reminders").out


def test_search_finds_the_mail_by_its_document(taken: Machine) -> None:
    assert "fastighetsägarens lokal" in taken("search", "fastighetsägare").out


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder to write into."""
    folder = tmp_path / "ut"
    folder.mkdir()
    return folder


def test_a_document_is_saved_by_its_number(taken: Machine, out: Path) -> None:
    (row,) = taken("messages", "--json").rows
    assert [item["filename"] for item in row["attachments"]] == ["svar.pdf", "karta.pdf", "rad.docx"]
    taken("messages", "--attachment", row["id"], "1", "--output", str(out))
    saved = out / "svar.pdf"
    assert saved.read_bytes() == pdf(letter([PROMISE]))
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    assert (
        "finns redan" in taken("messages", "--attachment", row["id"], "1", "--output", str(out), code=2).err
    )
    taken("messages", "--attachment", row["message_id"], "3", "--output", str(out / "annan.docx"))
    assert sorted(file.name for file in out.iterdir()) == ["annan.docx", "svar.pdf"]


@pytest.mark.parametrize("number", ["0", "4", "99999", "x", "-1"])
def test_a_number_that_is_none_is_wrong_usage(taken: Machine, number: str, out: Path) -> None:
    said = taken("messages", "--attachment", "m1", number, "--output", str(out / "a"), code=2)
    assert said.err
    assert not list(out.iterdir())
