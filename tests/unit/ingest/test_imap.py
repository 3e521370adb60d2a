"""Servers that lie, stall and break off, each a few lines of script on loopback: every one by its right name."""

import base64
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from types import TracebackType

import pytest

from ingest.errors import (
    ArgumentRefused,
    FolderMissing,
    FolderRefused,
    IngestError,
    PlainRefused,
    ProtocolError,
    ServerTimeout,
    ServerUnreachable,
    SignInRefused,
    TlsMissing,
    TlsRefused,
)
from ingest.imap import ImapConfig, ImapSource
from ingest.imap_parse import decode_name, sets_of
from ingest.imap_wire import Limits, is_loopback
from ingest.secrets import Secret
from ingest.sync import SyncProblem, sync_folder
from tests.fakes import MemorySink
from tests.servers import SHORT, Certificates, Reply, Scripted

Start = Callable[..., Scripted]

EXAMINE = b"* 3 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 9] x\r\n"


def entered(source: ImapSource) -> IngestError:
    with pytest.raises(IngestError) as caught, source:
        pass
    return caught.value


# Before sign-in


@pytest.mark.parametrize(
    ("replies", "error"),
    [
        ({"greeting": None}, ServerTimeout),
        ({"greeting": b""}, ServerTimeout),
        ({"greeting": b"HTTP/1.1 400 Bad Request\r\n"}, ProtocolError),
        ({"greeting": b"* BYE too many connections\r\n"}, ServerUnreachable),
        ({"greeting": b"* PREAUTH welcome\r\n"}, ProtocolError),
        ({"greeting": b"* OK " + b"x" * 100_000}, ServerTimeout),
        ({"CAPABILITY": None}, ServerTimeout),
        ({"CAPABILITY": b""}, ServerUnreachable),
        ({"CAPABILITY": b"-"}, ProtocolError),
        ({"CAPABILITY": b"* CAPABILITY \xff\xfe\r\n"}, ProtocolError),
        ({"CAPABILITY": b"* CAPABILITY {999999999999}\r\n"}, ProtocolError),
    ],
)
def test_a_server_that_does_not_get_as_far_as_sign_in(
    scripted: Start, replies: dict[str, Reply], error: type[IngestError]
) -> None:
    server = scripted(**replies)
    failure = entered(server.source())
    assert type(failure) is error
    assert failure.port == server.port
    assert not any(b"AUTHENTICATE" in line or b"LOGIN" in line for line in server.heard)


@pytest.mark.parametrize(
    "replies",
    [
        {"greeting": "* BYE för många uppkopplingar.\r\n".encode()},
        {"CAPABILITY": b"* BYE too many connections.\r\n"},
    ],
)
def test_what_a_server_says_when_it_leaves_is_told_in_its_own_words(
    scripted: Start, replies: dict[str, Reply]
) -> None:
    failure = entered(scripted(**replies).source())
    assert failure.reason in {"för många uppkopplingar", "too many connections"}


def test_a_line_without_end(scripted: Start) -> None:
    limits = Limits(silence=5.0, line=10_000)
    failure = entered(scripted(greeting=b"x" * 20_000).source(limits=limits))
    assert failure.reason == "line without end"


def test_lines_without_end(scripted: Start) -> None:
    limits = Limits(silence=5.0, lines=100)
    failure = entered(scripted(CAPABILITY=b"* OK still here\r\n" * 200).source(limits=limits))
    assert failure.reason == "response of more than 100 lines"


def test_an_answer_without_end(scripted: Start) -> None:
    limits = Limits(silence=5.0, response=10_000)
    failure = entered(scripted(greeting=b"* OK x\r\n" * 10_000).source(limits=limits))
    assert isinstance(failure, ProtocolError)


def test_the_deadline_ends_what_single_reads_would_not(scripted: Start) -> None:
    failure = entered(scripted().source(limits=Limits(session=0.0)))
    assert isinstance(failure, ServerTimeout)
    assert failure.reason == "deadline"


@pytest.mark.parametrize(
    "host", ["imap.example", "10.0.0.1", "::ffff:10.0.0.1", "localhost.example", "0.0.0.0"]
)
def test_plain_is_for_loopback(host: str) -> None:
    assert isinstance(entered(ImapSource(ImapConfig(host, "anna", "plain"), Secret("x"))), PlainRefused)


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST.", "127.0.0.1", "127.1.2.3", "::1", "[::1]"])
def test_loopback(host: str) -> None:
    assert is_loopback(host)


def test_a_name_that_does_not_exist() -> None:
    assert isinstance(entered(ImapSource(ImapConfig("imap.invalid", "anna"), Secret("x"))), ServerUnreachable)


# Encryption

STARTTLS = "IMAP4rev1 STARTTLS AUTH=PLAIN"


@pytest.mark.parametrize(
    ("script", "error"),
    [
        ({}, TlsMissing),
        ({"greeting": b"* PREAUTH welcome\r\n", "capabilities": STARTTLS}, TlsMissing),
        ({"capabilities": STARTTLS, "STARTTLS": b"%T NO not now\r\n"}, TlsMissing),
        ({"capabilities": STARTTLS, "STARTTLS": b"%T BAD what\r\n"}, TlsMissing),
        ({"capabilities": STARTTLS, "STARTTLS": b"%T OK\r\n"}, TlsMissing),
        ({"capabilities": STARTTLS, "STARTTLS": b"%T OK go\r\n* CAPABILITY IMAP4rev1\r\n"}, ProtocolError),
        ({"capabilities": STARTTLS, "STARTTLS": b"%T OK go\r\n%NNo TLS\r\n\r\n\r\n\r\n"}, TlsRefused),
        ({"capabilities": STARTTLS}, ServerTimeout),
    ],
)
def test_starttls_that_does_not_come_about_sends_no_credential(
    scripted: Start, script: dict[str, str | Reply], error: type[IngestError]
) -> None:
    server = scripted(**script)
    failure = entered(server.source(security="starttls"))
    assert type(failure) is error
    assert failure.exit_code == 4
    assert not any(b"AUTHENTICATE" in line or b"LOGIN" in line for line in server.heard)


@pytest.mark.parametrize("kind", ["wrong_name_file", "expired_file"])
def test_a_certificate_for_another_name_or_time(
    scripted: Start, certificates: Certificates, kind: str
) -> None:
    server = scripted(cert_file=getattr(certificates, kind))
    failure = entered(server.source(security="tls", ca_file=certificates.ca_file))
    assert isinstance(failure, TlsRefused)
    assert server.heard == []


def test_a_server_that_never_answers_the_handshake(scripted: Start) -> None:
    failure = entered(scripted(greeting=None).source(security="tls"))
    assert isinstance(failure, ServerTimeout)


def test_tls_from_the_first_byte(scripted: Start, certificates: Certificates) -> None:
    server = scripted(cert_file=certificates.cert_file, EXAMINE=EXAMINE)
    with server.source(security="tls", ca_file=certificates.ca_file) as source:
        assert source.select("INBOX").exists == 3


def test_a_ca_file_that_is_not_there() -> None:
    failure = entered(ImapSource(ImapConfig("localhost", "anna", ca_file="/nonexistent/ca.pem"), Secret("x")))
    assert failure.exit_code == 3


# Sign-in


@pytest.mark.parametrize(
    ("replies", "error"),
    [
        ({"AUTHENTICATE": b"+ \r\n%N%T NO [AUTHENTICATIONFAILED] no\r\n"}, SignInRefused),
        ({"AUTHENTICATE": b"+ \r\n%N%T NO [UNAVAILABLE] later\r\n"}, ServerUnreachable),
        ({"AUTHENTICATE": b"+ \r\n%N%T BAD what\r\n"}, ProtocolError),
        ({"AUTHENTICATE": b"+ \r\n%N* BYE overloaded\r\n"}, ServerUnreachable),
        ({"AUTHENTICATE": b"+ \r\n%N%N%T"}, ServerTimeout),
        ({"AUTHENTICATE": b"+ \r\n%Ngarbage\r\n"}, ProtocolError),
        ({"AUTHENTICATE": b"+ not base64!\r\n%N%T NO\r\n"}, ProtocolError),
        ({"AUTHENTICATE": b"+ \r\n%N+ \r\n%N%T NO cancelled\r\n"}, SignInRefused),
        ({"AUTHENTICATE": b"+ \r\n%N%T NO you said hemligt\r\n"}, SignInRefused),
        ({"capabilities": "IMAP4rev1 LOGINDISABLED"}, SignInRefused),
        ({"capabilities": "IMAP4rev1", "LOGIN": b"%T NO no\r\n"}, SignInRefused),
        ({"capabilities": "IMAP4rev1", "LOGIN": b"%T BAD no\r\n"}, ProtocolError),
        ({"capabilities": "IMAP4rev1", "LOGIN": None}, ServerTimeout),
    ],
)
def test_a_sign_in_that_fails_leaves_no_secret_behind(
    scripted: Start, replies: dict[str, Reply], error: type[IngestError]
) -> None:
    server = scripted(**replies)
    failure = entered(server.source())
    assert type(failure) is error
    assert "hemligt" not in everything_in(failure)
    assert sum(b"AUTHENTICATE" in line or b"LOGIN" in line for line in server.heard) <= 1


def everything_in(error: BaseException | None) -> str:
    """All that a traceback with local variables would print of what ingest and imaplib did, contexts and all."""
    told: list[str] = []
    while error is not None:
        told += [str(error), repr(error), repr(vars(error)), *traceback.format_exception(error)]
        step: TracebackType | None = error.__traceback__
        while step is not None:
            if "test_" not in step.tb_frame.f_code.co_filename:
                told.append(repr(step.tb_frame.f_locals))
                told += [
                    repr(vars(value))
                    for value in step.tb_frame.f_locals.values()
                    if hasattr(value, "__dict__")
                ]
            step = step.tb_next
        error = error.__cause__ or error.__context__
    return "".join(told)


def test_login_quotes_and_keeps_letters(scripted: Start) -> None:
    server = scripted(capabilities="IMAP4rev1")
    config = ImapConfig("127.0.0.1", 'an"na', "plain", server.port, limits=SHORT)
    with ImapSource(config, Secret("lösen\\ord")):
        pass
    assert server.heard[1].endswith(b' LOGIN "an\\"na" "l\xc3\xb6sen\\\\ord"\r\n')


@pytest.mark.parametrize(
    ("auth", "said", "goodbye"),
    [
        ("xoauth2", b"user=anna\1auth=Bearer hemligt\1\1", b""),
        ("oauthbearer", b"n,a=anna,\1host=127.0.0.1\1port=%d\1auth=Bearer hemligt\1\1", b"\1"),
    ],
)
def test_a_token_is_said_once_and_its_refusal_answered(
    scripted: Start, auth: str, said: bytes, goodbye: bytes
) -> None:
    status = base64.b64encode(b'{"status":"401"}')
    server = scripted(
        capabilities=f"IMAP4rev1 AUTH={auth.upper()}",
        AUTHENTICATE=b"+ \r\n%N+ " + status + b"\r\n%N%T NO no\r\n",
    )
    failure = entered(server.source(auth=auth))
    assert isinstance(failure, SignInRefused)
    assert failure.reason is not None
    assert '"401"' in failure.reason
    answers = [base64.b64decode(line) for line in server.heard[2:4]]
    assert answers == [said.replace(b"%d", str(server.port).encode()), goodbye]


def test_a_mechanism_that_is_not_offered_is_not_tried(scripted: Start) -> None:
    server = scripted()
    assert isinstance(entered(server.source(auth="xoauth2")), SignInRefused)
    assert len(server.heard) == 1


@pytest.mark.parametrize("bad", ["a\r\nb", "a\nb", "a\0b", ""])
def test_line_breaks_in_arguments(scripted: Start, bad: str) -> None:
    server = scripted()
    assert isinstance(entered(server.source(user=bad)), ArgumentRefused)
    assert isinstance(entered(server.source(host=bad)), ArgumentRefused)
    assert isinstance(entered(ImapSource(server.source()._config, Secret(bad))), ArgumentRefused)
    with server.source() as source, pytest.raises(ArgumentRefused):
        source.select(bad)
    assert not any(b"EXAMINE" in line for line in server.heard)


# Folders


def test_folder_names_as_servers_write_them(scripted: Start) -> None:
    listed = (
        b'* LIST (\\HasNoChildren) "/" INBOX\r\n'
        b'* LIST () "." "&AMQ-renden"\r\n'
        b'* LIST () "/" 2021\r\n'
        b'* LIST () "/" {4}\r\nA"\\B\r\n'
        b"* LIST (\\Noselect) NIL Mapp\r\n"
        b'* LIST () "/" "\xc3\x85nge"\r\n'
        b'* LIST () "/" "&trasig"\r\n'
        b'* LIST () "/" {5}\r\na\r\nbc\r\n'
    )
    with scripted(LIST=listed).source() as source:
        folders = source.folders()
    assert [folder.name for folder in folders] == [
        "INBOX",
        "Ärenden",
        "2021",
        'A"\\B',
        "Mapp",
        "Ånge",
        "&trasig",
        "a\r\nbc",
    ]
    assert [folder.name for folder in folders if not folder.selectable] == ["Mapp", "a\r\nbc"]


def test_what_was_listed_is_asked_for_letter_by_letter(scripted: Start) -> None:
    server = scripted(LIST=b'* LIST () "/" "\xc3\x85nge &"\r\n', EXAMINE=EXAMINE)
    with server.source() as source:
        source.select(source.folders()[0].name)
    assert any(line.endswith(b'EXAMINE "\xc3\x85nge &"\r\n') for line in server.heard)


@pytest.mark.parametrize(
    ("raw", "name"),
    [(b"&AOU-&AOQ-", "&AOU-&AOQ-"), (b"&AOUA5A-", "åä"), (b"&-", "&"), (b"\xe5", "å"), (b"&2D-", "&2D-")],
)
def test_names_are_decoded_only_if_they_are_modified_utf7_to_the_letter(raw: bytes, name: str) -> None:
    assert decode_name(raw) == name


@pytest.mark.parametrize(
    ("examine", "error"),
    [
        (b"%T NO [NONEXISTENT] no such mailbox\r\n", FolderMissing),
        (b"%T BAD what\r\n", FolderRefused),
        (b"%T NO [SERVERBUG] Internal error occurred\r\n", FolderRefused),
        (b"%T NO [UNAVAILABLE] Later\r\n", ServerUnreachable),
        (b"%T BAD Request is throttled. Suggested Backoff Time: 500 milliseconds\r\n", ProtocolError),
        (b"-", ProtocolError),
        (b"* 3 EXISTS\r\n", ProtocolError),
        (b"* 3 EXISTS\r\n* OK [UIDVALIDITY x] x\r\n", ProtocolError),
        (b"* 3 EXISTS\r\n* OK [UIDVALIDITY " + b"9" * 5000 + b"] x\r\n", ProtocolError),
        (b"* BYE shutting down\r\n", ServerUnreachable),
        (b"", ServerUnreachable),
        (None, ServerTimeout),
    ],
)
def test_a_folder_that_does_not_open(scripted: Start, examine: Reply, error: type[IngestError]) -> None:
    with pytest.raises(error) as caught, scripted(EXAMINE=examine).source() as source:
        source.select("INBOX")
    assert type(caught.value) is error


# Mails


@pytest.mark.parametrize(
    ("answer", "uids"),
    [
        (b"* SEARCH 5 6\r\n* SEARCH 7\r\n", {5, 6, 7}),
        (b"* SEARCH 4\r\n", set()),
        (b"* SEARCH\r\n", set()),
        (b"-", set()),
        (b"* SEARCH 5 (MODSEQ 9)\r\n", {5}),
        (b"* SEARCH 8" + b" 9" * 1_000_000 + b"\r\n", {8, 9}),
    ],
)
def test_search_answers(scripted: Start, answer: bytes, uids: set[int]) -> None:
    limits = Limits(silence=10.0)
    with scripted(EXAMINE=EXAMINE, SEARCH=answer).source(limits=limits) as source:
        source.select("INBOX")
        assert source.uids(5) == uids


@pytest.mark.parametrize(
    "answer", [b"* SEARCH x\r\n", b"* SEARCH 0\r\n", b"* SEARCH 4294967296\r\n", b"%T NO\r\n"]
)
def test_search_answers_that_are_none(scripted: Start, answer: bytes) -> None:
    with scripted(EXAMINE=EXAMINE, SEARCH=answer).source() as source:
        source.select("INBOX")
        with pytest.raises(ProtocolError):
            source.uids()


MAIL = b'* 1 FETCH (UID 5 FLAGS (\\Seen) INTERNALDATE "04-May-2021 10:00:00 +0200" RFC822.SIZE 3 BODY[] {3}\r\nhej)\r\n'

SIZE_OF_SIX = b"* 2 FETCH (UID 6 RFC822.SIZE 5000)\r\n"


def fetched(scripted: Start, answer: bytes) -> list[tuple[int, bytes]]:
    with scripted(EXAMINE=EXAMINE, FETCH=answer).source() as source:
        source.select("INBOX")
        return [(mail.uid, mail.raw) for mail in source.fetch([5, 6])]


@pytest.mark.parametrize(
    ("answer", "mails"),
    [
        (MAIL, [(5, b"hej")]),
        (b"* 1 FETCH (BODY[] {3}\r\nhej UID 5)\r\n", [(5, b"hej")]),
        (b'* 1 FETCH (UID 5 BODY[] "h\\"j")\r\n', [(5, b'h"j')]),
        (b"* 1 FETCH (UID 5 BODY[] {0}\r\n)\r\n", [(5, b"")]),
        # Without a body or a UID: flags that somebody else changed, a mail that can't be read.
        (MAIL + b"* 1 FETCH (FLAGS (\\Seen))\r\n* 5 FETCH (BODY[] {1}\r\nx)\r\n", [(5, b"hej")]),
        (b"* 1 FETCH (UID 5 BODY[] NIL)\r\n", []),
        # Numbers move up while a mail is expunged: the second "1" is another mail.
        (MAIL + b"* 1 EXPUNGE\r\n* 1 FETCH (UID 6 BODY[] {1}\r\nx)\r\n", [(5, b"hej"), (6, b"x")]),
        (MAIL + b"%T NO some could not be fetched\r\n", [(5, b"hej")]),
        (b"* 1 FETCH (UID 5 INTERNALDATE nonsense BODY[] {1}\r\nx)\r\n", [(5, b"x")]),
        (
            b'* 1 FETCH (UID 5 INTERNALDATE "04-May-2021 10:00:00 +9900" BODY[] {1}\r\nx)\r\n',
            [(5, b"x")],
        ),
    ],
)
def test_fetch_answers(scripted: Start, answer: bytes, mails: list[tuple[int, bytes]]) -> None:
    assert fetched(scripted, answer) == mails


@pytest.mark.parametrize(
    "answer",
    [
        b"* 1 FETCH (UID 5 BODY[] {3}\r\nhej\r\n",
        b"* 1 FETCH (" + b"(" * 100_000 + b"\r\n",
        b"* 1 FETCH (UID)\r\n",
        b"* 1 FETCH\r\n",
        b"* 1 FETCH UID 5\r\n",
        b"* 1 FETCH (UID 99999999999 BODY[] {1}\r\nx)\r\n",
        b"* 1 FETCH (UID 5 BODY[] {99999999999}\r\n",
        b"* 1 FETCH (UID " + b"9" * 10_000 + b")\r\n",
        b"* 1 FETCH (UID \xff BODY[] {1}\r\nx)\r\n",
        b'* 1 FETCH (UID 5 BODY[] "x)\r\n',
        b"%T BAD what\r\n",
        b"nonsense\r\n",
    ],
)
def test_fetch_answers_that_are_none(scripted: Start, answer: bytes) -> None:
    with pytest.raises(ProtocolError):
        fetched(scripted, answer)


def test_a_mail_that_breaks_off_is_not_a_mail(scripted: Start) -> None:
    with pytest.raises(ServerTimeout):
        fetched(scripted, MAIL + b"* 2 FETCH (UID 6 BODY[] {100}\r\nhalf a mail%N%T")


def test_a_mail_with_its_facts(scripted: Start) -> None:
    with scripted(EXAMINE=EXAMINE, FETCH=MAIL).source() as source:
        source.select("INBOX")
        (mail,) = source.fetch([5])
    assert mail.internal_date == datetime(2021, 5, 4, 8, tzinfo=UTC)
    assert (mail.size, mail.flags) == (3, ("\\Seen",))


def test_a_mail_beyond_the_limit_is_a_problem_and_the_others_come(scripted: Start) -> None:
    limits = Limits(silence=5.0, literal=10)
    server = scripted(EXAMINE=EXAMINE, SEARCH=b"* SEARCH 5 6\r\n", FETCH=MAIL + SIZE_OF_SIX)
    sink = MemorySink()
    with server.source(limits=limits) as source:
        result = sync_folder(source, sink, "INBOX")
    assert list(sink.raws.values()) == [b"hej"]
    assert result.problems == (SyncProblem("INBOX", "not_delivered", 6, 5000),)


def test_the_mailbox_is_only_looked_at(scripted: Start) -> None:
    server = scripted(EXAMINE=EXAMINE, FETCH=MAIL)
    with server.source() as source:
        source.select("INBOX")
        source.uids()
        source.sizes([5])
        list(source.fetch([5]))
    said = b"".join(server.heard)
    assert b"BODY.PEEK[]" in said
    assert not any(word in said for word in (b"SELECT", b"STORE", b"EXPUNGE", b"APPEND", b"BODY[]", b"CLOSE"))


def test_a_server_gone_silent_is_not_said_goodbye_to(scripted: Start) -> None:
    server = scripted(EXAMINE=None)
    with pytest.raises(ServerTimeout), server.source() as source:
        source.select("INBOX")
    assert not any(b"LOGOUT" in line for line in server.heard)


def test_sets_of_uids() -> None:
    assert list(sets_of([1, 2, 3, 5, 7, 8])) == ["1:3,5,7:8"]
    assert list(sets_of([])) == []
    parts = list(sets_of(range(1, 20_000, 2)))
    assert all(len(part) <= 7000 for part in parts)
    assert ",".join(parts) == ",".join(map(str, range(1, 20_000, 2)))
