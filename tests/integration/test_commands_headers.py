"""`aterkom messages --headers`: a mail's headers for whoever wonders where it has been."""

from pathlib import Path

import pytest

from tests.integration.commands import Machine, said_once
from tests.mails import mail

ODD = (
    b"Received: from mx.example by imap.example with ESMTP; Mon, 7 Jun 2021 12:00:00 +0200\r\n"
    b"Received: from pc.example by mx.example; Mon, 7 Jun 2021 09:00:00 +0200\r\n"
    b"X-Spam: \x1b]52;c;aGVq\x07\x1b[2J =?utf-8?q?p=C3=A5_svenska?=\r\n"
    b"Subject: ett\r\nSubject: tv\xc3\xa5\r\n"
) + mail("Hej!", subject="Lokal")


@pytest.fixture
def odd(machine: Machine, tmp_path: Path) -> Machine:
    folder = tmp_path / "udda"
    folder.mkdir()
    (folder / "1.eml").write_bytes(ODD)
    (folder / "2.eml").write_bytes(b"\0\1\2\3" * 500)
    machine("import", str(folder), code=1)
    return machine


def test_fields_hops_and_oddities(odd: Machine) -> None:
    name = odd("search", "Hej", "--json").rows[0]["id"]
    (row,) = odd("messages", "--headers", name, "--json").rows
    assert [(hop["sender"], hop["by"], hop["delay"]) for hop in row["hops"]] == [
        ("pc.example", "mx.example", None),
        ("mx.example", "imap.example", 10_800.0),
    ]
    assert [field["value"] for field in row["fields"] if field["name"] == "Subject"] == [
        "ett",
        "två",
        "Lokal",
    ]
    assert "subject: more than once" in row["anomalies"]


def test_people_get_words_and_no_escape_sequences(odd: Machine) -> None:
    name = odd("search", "Hej", "--json").rows[0]["id"]
    said = odd("--lang", "en", "messages", "--headers", name).out
    assert "mx.example → imap.example (ESMTP), 3 hours later" in said
    assert "subject: it stands more than once" in said
    assert "på svenska" in said
    assert not {"\x1b", "\x07"} & set(said)


def test_a_mail_that_could_not_be_read_has_a_view_as_well(odd: Machine) -> None:
    (quarantined,) = odd("messages", "--quarantined", "--json").rows
    (row,) = odd("messages", "--headers", quarantined["raws"][0], "--json").rows
    assert row["hops"] == []


def test_a_message_that_is_none(odd: Machine) -> None:
    said_once(odd("messages", "--headers", "m99", code=2), "m99")
