"""A real IMAP server in Python: what is fetched is what was appended, and nothing there changes."""

import pytest

from ingest import imap
from ingest.errors import SignInRefused, TlsRefused
from ingest.secrets import Secret
from ingest.sync import sync_folder, sync_mailbox
from tests.fakes import MemorySink
from tests.servers import Certificates, MailServer, Pymap

# pymap parses what it sends and keeps its bytes: bare LF, NUL, raw Latin-1, broken MIME, no header at all.
ODD = (
    b"From: a@kommunen.example\r\nSubject: =?x?\xe5\xe4\r\n\r\nhej \xe5\r\nbare\nlf\r\n",
    b"\x00\x01binary",
    b"no header\n\nbody",
    b"Content-Type: multipart/mixed; boundary=\r\n\r\n--\r\n",
    b"Subject: long\r\n\r\n" + b"a" * 200_000,
    b'Content-Type: ;;;="\r\n: empty\r\n\r\n',
    b"Subject: \xff\xfe\r\nContent-Type: text/plain; charset*=''%ff; name=\"\xe5\r\n\r\nx\rcr",
    b"no line end",
)


def test_odd_mails_come_byte_for_byte(pymap: MailServer) -> None:
    pymap.append("INBOX", *ODD)
    sink = MemorySink()
    with pymap.source() as source:
        result = sync_folder(source, sink, "INBOX")
    assert set(sink.raws.values()) == set(ODD)
    assert (result.new, result.known, result.problems) == (len(ODD), 0, ())


def test_default_folders_are_inbox_and_sent_and_a_second_sync_adds_nothing(pymap: MailServer) -> None:
    pymap.create("Skickat", "Ärenden/Ånge & co")
    pymap.append("INBOX", b"Subject: in\r\n\r\n1\r\n")
    pymap.append("Skickat", b"Subject: ut\r\n\r\n2\r\n")
    pymap.append("Ärenden/Ånge & co", b"Subject: sparat\r\n\r\n3\r\n")
    sink = MemorySink()
    totals = []
    for _ in range(2):
        with pymap.source() as source:
            choice, results = sync_mailbox(source, sink)
            totals.append([(result.folder, result.new) for result in results])
    assert choice.sent == "Skickat"
    assert totals == [[("INBOX", 1), ("Skickat", 1)], [("INBOX", 0), ("Skickat", 0)]]


def test_folder_names_are_those_the_server_spells(pymap: MailServer) -> None:
    name = 'Ärenden/Ånge & "co" \\ 🏢'
    pymap.create(name)
    pymap.append(name, b"Subject: x\r\n\r\n")
    with pymap.source() as source:
        assert name in [folder.name for folder in source.folders()]
        assert source.select(name).exists == 1


def test_starttls_with_a_trusted_certificate(pymap_starttls: Pymap, certificates: Certificates) -> None:
    config = pymap_starttls.mailbox().config(security="starttls", ca_file=certificates.ca_file)
    report = imap.test_account(config, Secret("hemligt"))
    assert [folder.name for folder, _ in report.folders] == ["INBOX"]
    assert report.tls in {"TLSv1.2", "TLSv1.3"}
    assert report.sent is None


def test_starttls_with_a_strangers_certificate(pymap_starttls: Pymap, certificates: Certificates) -> None:
    source = pymap_starttls.mailbox().source(security="starttls", ca_file=certificates.stranger_ca_file)
    with pytest.raises(TlsRefused), source:
        pass


def test_wrong_password(pymap: MailServer) -> None:
    with pytest.raises(SignInRefused) as caught, imap.ImapSource(pymap.config(), Secret("fel lösen")):
        pass
    assert caught.value.user == pymap.user
    assert caught.value.exit_code == 3
