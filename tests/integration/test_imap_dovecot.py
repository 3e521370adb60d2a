"""A real Dovecot over TLS: the same mails as from pymap, the mailbox untouched, and every refusal by its own name."""

import imaplib
import random
import re
from collections.abc import Iterable, Sequence

import pytest

from db.store import Store, open_store
from ingest import imap
from ingest.errors import (
    FolderMissing,
    PlainRefused,
    ServerUnreachable,
    SignInRefused,
    TlsRefused,
)
from ingest.mime import parse
from ingest.secrets import Secret
from ingest.sync import sync_folder, sync_mailbox
from ingest.threading import Headers
from tests.fakes import MemorySink
from tests.servers import Certificates, Dovecot, MailServer, free_port
from tests.threads import arrive, placed, store_raws

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


def letters_of(headers: Iterable[tuple[str, str, str]]) -> list[bytes]:
    """Mails with a Message-ID, References and In-Reply-To, and the same subject for all."""
    letters = []
    for message_id, references, reply in headers:
        lines = [f"Message-ID: {message_id}", "Subject: Samma ord i alla"]
        lines += [f"References: {references}"] * bool(references) + [f"In-Reply-To: {reply}"] * bool(reply)
        letters.append("\r\n".join([*lines, "", "x", ""]).encode())
    return letters


def generated(seed: int, count: int) -> list[tuple[str, str, str]]:
    """A mailbox as offices have it: long References, cut ones, In-Reply-To alone, lost mails and headers, copies."""
    chance = random.Random(seed)
    written: list[tuple[str, list[str]]] = []
    mails: list[tuple[str, str, str]] = []
    for number in range(count):
        name = f"<{number}.{chance.randrange(10**9)}@kommun{chance.randrange(9)}.example>"
        answered, above = chance.choice(written) if written and chance.random() < 0.7 else ("", [])
        line = [*above, answered] if answered else []
        kept = [line, line, line[-1:], [*line[:1], *line[-2:]], [], ["<null>", *line]][chance.randrange(6)]
        reply = line[-1] if line and chance.random() < 0.8 else ""
        # An answer repeats the References of what it answers, or its In-Reply-To where it has none.
        written.append((name, kept or ([reply] if reply else [])))
        mails += [(name, " ".join(kept), reply)] * chance.choice([0, 1, 1, 1, 1, 1, 1, 2])
    chance.shuffle(mails)
    return mails


def stored_threads(store: Store, letters: Sequence[bytes], at_once: int) -> list[list[int]]:
    """The threads of mails taken in batch by batch, as sorted numbers from 1."""
    mails = [
        Headers(number, mail.message_id, mail.references, mail.in_reply_to)
        for number, mail in enumerate(map(parse, letters), start=1)
    ]
    with store.write() as session:
        store_raws(session, len(mails) + 1)
        for start in range(0, len(mails), at_once):
            arrive(session, mails[start : start + at_once])
        return placed(session)[0]


def test_a_mail_that_lost_its_references_stands_where_those_of_its_answers_put_it(
    dovecot_mailbox: MailServer, sqlite_url: str
) -> None:
    """The one difference: if it comes after its answer, Dovecot believes that it answers nothing."""
    first, bare, answer = letters_of(
        [
            ("<1@a.example>", "", ""),
            ("<2@a.example>", "", ""),
            ("<3@a.example>", "<1@a.example> <2@a.example>", ""),
        ]
    )
    dovecot_mailbox.append("INBOX", first, answer, bare)
    with dovecot_mailbox.arrange() as client:
        assert sorted(map(sorted, _dovecot_threads(client))) == [[1], [2, 3]]
    with open_store(sqlite_url) as store:
        assert stored_threads(store, [first, answer, bare], 1) == [[1, 2, 3]]


@pytest.mark.parametrize(
    "headers", [THREADS, generated(1, 250), generated(2, 250)], ids=["listed", "generated", "generated 2"]
)
def test_threads_are_dovecots_refs(
    dovecot_mailbox: MailServer, sqlite_url: str, headers: Sequence[tuple[str, str, str]]
) -> None:
    letters = letters_of(headers)
    dovecot_mailbox.append("INBOX", *letters)
    with dovecot_mailbox.arrange() as client:
        theirs = _dovecot_threads(client)
    with open_store(sqlite_url) as store:
        assert stored_threads(store, letters, 30) == sorted(map(sorted, theirs))


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
