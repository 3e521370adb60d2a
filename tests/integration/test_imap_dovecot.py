"""A real Dovecot over TLS: the same mails as from pymap, the mailbox untouched, and every refusal by its own name."""

import imaplib
import re

import pytest

from ingest import imap
from ingest.errors import (
    FolderMissing,
    PlainRefused,
    ServerUnreachable,
    SignInRefused,
    TlsRefused,
)
from ingest.secrets import Secret
from ingest.sync import sync_folder, sync_mailbox
from ingest.threading import Headers, thread_parents
from tests.fakes import MemorySink
from tests.servers import Certificates, Dovecot, MailServer, free_port

pytestmark = pytest.mark.dovecot

LETTERS = tuple(
    f"From: a@kommunen.example\r\nSubject: {number}\r\nMessage-ID: <{number}@kommunen.example>\r\n\r\nHej å {number}\r\n".encode()
    for number in range(25)
)


def raws_of(server: MailServer) -> set[bytes]:
    sink = MemorySink()
    with server.source() as source:
        _, results = sync_mailbox(source, sink, patterns=["*"])
        assert sum(result.new for result in results) == len(sink.raws)
    return set(sink.raws.values())


def test_the_same_mailbox_from_both_servers(dovecot_mailbox: MailServer, pymap: MailServer) -> None:
    for server in (dovecot_mailbox, pymap):
        server.create("Skickat")
        server.append("INBOX", *LETTERS[:15])
        server.append("Skickat", *LETTERS[15:])
    assert raws_of(dovecot_mailbox) == raws_of(pymap) == set(LETTERS)


def test_no_flag_is_changed(dovecot_mailbox: MailServer) -> None:
    dovecot_mailbox.append("INBOX", *LETTERS[:3])
    before = dovecot_mailbox.flags("INBOX")
    with dovecot_mailbox.source() as source:
        assert sync_folder(source, MemorySink(), "INBOX").new == 3
    assert dovecot_mailbox.flags("INBOX") == before
    assert b"Seen" not in b"".join(before)


def test_sent_is_found_by_its_flag(dovecot_mailbox: MailServer) -> None:
    dovecot_mailbox.create("Skickat", "Sent Items")
    dovecot_mailbox.append("INBOX", *LETTERS[:3])
    report = imap.test_account(dovecot_mailbox.config(), Secret("hemligt"))
    assert report.sent == "Skickat"
    assert {folder.name: count for folder, count in report.folders} == {
        "INBOX": 3,
        "Skickat": 0,
        "Sent Items": 0,
    }
    assert {"IDLE", "QRESYNC", "SPECIAL-USE"} <= set(report.capabilities)
    assert report.tls == "TLSv1.3"


@pytest.mark.parametrize("uidvalidity", [2_000_000_000, 7])
def test_uidvalidity_up_and_down(dovecot: Dovecot, dovecot_mailbox: MailServer, uidvalidity: int) -> None:
    dovecot_mailbox.append("INBOX", *LETTERS)
    sink = MemorySink()
    with dovecot_mailbox.source() as source:
        sync_folder(source, sink, "INBOX")
    box = ("-u", dovecot_mailbox.user, "--uid-validity", str(uidvalidity), "INBOX")
    dovecot.doveadm("mailbox", "update", *box)
    with dovecot_mailbox.source() as source:
        result = sync_folder(source, sink, "INBOX", batch_mails=10)
    assert (result.epoch, result.new, result.known, result.gone) == (True, 0, 25, 25)
    assert len(sink.known_uids("INBOX", uidvalidity)) == 25
    assert len(sink.raws) == 25


def test_wrong_password_is_tried_once(dovecot: Dovecot) -> None:
    server = dovecot.mailbox()
    with pytest.raises(SignInRefused), imap.ImapSource(server.config(), Secret("fel")):
        pass
    log = (dovecot.base / "log").read_text()
    assert len(re.findall(rf"auth failed, 1 attempts.*user=<{server.user}>", log)) <= 1


def test_a_certificate_that_is_not_trusted(dovecot_mailbox: MailServer) -> None:
    with pytest.raises(TlsRefused) as caught, dovecot_mailbox.source(ca_file=None):
        pass
    assert caught.value.exit_code == 4


def test_a_strangers_authority(dovecot_mailbox: MailServer, certificates: Certificates) -> None:
    source = dovecot_mailbox.source(ca_file=certificates.stranger_ca_file)
    with pytest.raises(TlsRefused) as caught, source:
        pass
    assert caught.value.reason is not None


def test_tls_to_a_port_without_it(dovecot_mailbox: MailServer) -> None:
    with pytest.raises(TlsRefused), dovecot_mailbox.source(port=dovecot_mailbox.port):
        pass


def test_starttls(dovecot_mailbox: MailServer) -> None:
    dovecot_mailbox.append("INBOX", *LETTERS[:2])
    with dovecot_mailbox.source(security="starttls", port=dovecot_mailbox.port) as source:
        assert source.select("INBOX").exists == 2


def test_nobody_listens() -> None:
    with pytest.raises(ServerUnreachable) as caught, MailServer(free_port()).source():
        pass
    assert caught.value.host == "localhost"


def test_plain_to_a_name_that_is_not_loopback() -> None:
    with pytest.raises(PlainRefused), MailServer(143).source(host="imap.example"):
        pass


def test_a_deleted_folder(dovecot_mailbox: MailServer) -> None:
    dovecot_mailbox.create("Ärende")
    with dovecot_mailbox.source() as source:
        source.folders()
        with dovecot_mailbox.arrange() as client:
            client.delete('"&AMQ-rende"')
        with pytest.raises(FolderMissing) as caught:
            source.select("Ärende")
    assert caught.value.folder == "Ärende"


# The headers of invented mails: a chain, a fork, a lost ancestor, a list's copy with the same Message-ID, a change of
# subject, an answer that arrived before its question, References without brackets, In-Reply-To alone.
THREADS: tuple[tuple[str, str, str], ...] = (
    ("<1@a.example>", "", ""),
    ("<2@a.example>", "<1@a.example>", "<1@a.example>"),
    ("<3@a.example>", "<1@a.example> <2@a.example>", "<2@a.example>"),
    ("<4@a.example>", "<1@a.example>", "<1@a.example>"),
    ("<5@b.example>", "<lost@b.example>", "<lost@b.example>"),
    ("<6@b.example>", "<lost@b.example> <5@b.example>", "<5@b.example>"),
    ("<7@b.example>", "<lost@b.example>", ""),
    ("<9@c.example>", "<8@c.example>", "<8@c.example>"),
    ("<8@c.example>", "", ""),
    ("<10@d.example>", "", "<9@c.example>"),
    ("<11@e.example>", "", ""),
    ("<12@e.example>", "", ""),
    ("<13@e.example>", "<11@e.example> <gone@e.example> <12@e.example>", "<12@e.example>"),
    ("<14@f.example>", "<14@f.example>", "<14@f.example>"),
    ("<15@f.example>", "", ""),
)


def test_threads_are_dovecots_refs(dovecot_mailbox: MailServer) -> None:
    for message_id, references, reply in THREADS:
        lines = [f"Message-ID: {message_id}", "Subject: Sama ord i alla"]
        lines += [f"References: {references}"] * bool(references) + [f"In-Reply-To: {reply}"] * bool(reply)
        dovecot_mailbox.append("INBOX", "\r\n".join([*lines, "", "x", ""]).encode())
    with dovecot_mailbox.arrange() as client:
        theirs = _dovecot_threads(client)
    placed = thread_parents(
        Headers(number, message_id, tuple(references.split()), tuple(reply.split()))
        for number, (message_id, references, reply) in enumerate(THREADS, start=1)
    )
    ours: dict[int, set[int]] = {}
    for number, place in placed.items():
        ours.setdefault(place.thread, set()).add(number)
    assert sorted(map(sorted, ours.values())) == sorted(map(sorted, theirs))


def _dovecot_threads(client: imaplib.IMAP4) -> list[set[int]]:
    """(1 2 (3)(4))(5) as the sets of numbers of its outermost brackets."""
    client.select(readonly=True)
    _, data = client.uid("THREAD", "REFS", "UTF-8", "ALL")
    threads: list[set[int]] = []
    depth = 0
    for token in re.findall(rb"[()]|\d+", data[0]):
        if token == b"(":
            threads += [set()] if depth == 0 else []
            depth += 1
        elif token == b")":
            depth -= 1
        else:
            threads[-1].add(int(token))
    return threads
