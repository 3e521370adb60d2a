"""What servers say of folders and changes, true or not: each a few lines of script on loopback."""

import imaplib
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from ingest.errors import ArgumentRefused, FolderMissing, ProtocolError, ServerUnreachable
from ingest.imap_parse import Answer, Record, answer_of, flags_of, moment_of, ranges_of
from ingest.sync import Changes, FolderStatus, sync_folder
from tests.fakes import MemorySink
from tests.servers import Scripted

Start = Callable[..., Scripted]

LIST = b'* LIST (\\HasNoChildren) "/" INBOX\r\n* LIST () "/" "&AMQ-renden"\r\n'
EXAMINE = b"* 3 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 9] x\r\n* OK [HIGHESTMODSEQ 90] x\r\n"
INBOX = b"* STATUS INBOX (MESSAGES 3 UIDNEXT 9 UIDVALIDITY 7 UNSEEN 2)\r\n"
PLAIN = "IMAP4rev1 AUTH=PLAIN"
QRESYNC = f"{PLAIN} ENABLE CONDSTORE QRESYNC"


def statuses(server: Scripted) -> dict[str, FolderStatus]:
    with server.source() as source:
        names = [folder.name for folder in source.folders()]
        return dict(source.statuses(names))


# STATUS and LIST-STATUS


def test_status_is_asked_where_list_does_not_tell(scripted: Start) -> None:
    answer = INBOX + b"* STATUS &AMQ-renden (MESSAGES 0 UIDVALIDITY 8)\r\n"
    server = scripted(LIST=LIST, STATUS=answer, capabilities=PLAIN)
    assert statuses(server) == {"INBOX": FolderStatus(7, 9, 3, 2), "Ärenden": FolderStatus(8, None, 0)}
    asked = [line.partition(b" ")[2] for line in server.heard if b" STATUS " in line]
    items = b"(MESSAGES UIDNEXT UIDVALIDITY UNSEEN)\r\n"
    assert asked == [b'STATUS "INBOX" ' + items, b'STATUS "&AMQ-renden" ' + items]


def test_list_tells_at_once_where_it_can(scripted: Start) -> None:
    offered = f"{PLAIN} LIST-EXTENDED SPECIAL-USE LIST-STATUS CONDSTORE"
    told = INBOX.replace(b"UNSEEN 2", b"UNSEEN 2 HIGHESTMODSEQ 90")
    server = scripted(LIST=LIST + told, capabilities=offered, STATUS=b"%T NO no\r\n")
    assert statuses(server) == {"INBOX": FolderStatus(7, 9, 3, 2, 90)}
    asked = [line.partition(b" ")[2] for line in server.heard if b" LIST " in line]
    items = b"MESSAGES UIDNEXT UIDVALIDITY UNSEEN HIGHESTMODSEQ"
    assert asked == [b'LIST "" "*" RETURN (SPECIAL-USE STATUS (' + items + b"))\r\n"]


@pytest.mark.parametrize("refusal", [b"%T BAD what\r\n", b"%T NO not so\r\n"])
def test_a_server_that_refuses_what_it_offers_is_asked_plainly(scripted: Start, refusal: bytes) -> None:
    server = scripted(LIST=refusal, capabilities=f"{PLAIN} LIST-STATUS")
    with server.source() as source, pytest.raises(ProtocolError):
        source.folders()
    asked = [line.partition(b" ")[2] for line in server.heard if b" LIST " in line]
    assert [line.rstrip().endswith(b'"*"') for line in asked] == [False, True]


@pytest.mark.parametrize(
    "answer",
    [
        b"%T NO [UNAVAILABLE] later\r\n",
        b"%T BAD what\r\n",
        b"-",
        b"* STATUS INBOX (MESSAGES 3 UIDNEXT)\r\n",
        b"* STATUS INBOX (MESSAGES -3 UIDVALIDITY 7)\r\n",
        b"* STATUS INBOX (MESSAGES 99999999999999999999 UIDVALIDITY 7)\r\n",
        b"* STATUS INBOX (MESSAGES {1}\r\n3 UIDVALIDITY 7)\r\n",
        b"* STATUS INBOX\r\n",
        b"* STATUS\r\n",
        b"* STATUS Elsewhere (MESSAGES 3 UIDVALIDITY 7)\r\n",
        b"* STATUS INBOX (MESSAGES x UIDVALIDITY 7)\r\n",
    ],
)
def test_a_status_that_is_none_has_the_folder_opened(scripted: Start, answer: bytes) -> None:
    server = scripted(LIST=b'* LIST () "/" INBOX\r\n', STATUS=answer, EXAMINE=EXAMINE)
    with server.source() as source:
        source.folders()
        assert source.statuses(["INBOX"]) == {}
        assert source.select("INBOX").exists == 3


def test_a_status_without_end_is_no_answer(scripted: Start) -> None:
    server = scripted(LIST=LIST, STATUS=b"* STATUS INBOX " + b"(" * 50_000 + b"\r\n")
    with pytest.raises(ProtocolError):
        statuses(server)


def test_a_folder_that_is_open_is_left_before_its_status_is_asked(scripted: Start) -> None:
    server = scripted(LIST=LIST, STATUS=INBOX, EXAMINE=EXAMINE)
    with server.source() as source:
        source.select("INBOX")
        source.folders()
    said = [line.split()[1] for line in server.heard if b" " in line]
    assert said[-4:] == [b"EXAMINE", b"CLOSE", b"LIST", b"LOGOUT"]


@pytest.mark.parametrize("bad", ["a\r\nb", "a\nb", "a\0b", ""])
def test_line_breaks_in_names(scripted: Start, bad: str) -> None:
    server = scripted()
    with server.source() as source, pytest.raises(ArgumentRefused):
        source.statuses([bad])
    assert not any(b"STATUS" in line for line in server.heard)


# Opening


def test_qresync_is_enabled_before_a_folder_is_opened(scripted: Start) -> None:
    server = scripted(EXAMINE=EXAMINE, ENABLE=b"* ENABLED QRESYNC\r\n", capabilities=QRESYNC)
    with server.source() as source:
        assert source.select("INBOX") == FolderStatus(7, 9, 3, modseq=90)
        source.select("INBOX")
    said = [line.partition(b" ")[2] for line in server.heard]
    assert said.count(b"ENABLE QRESYNC\r\n") == 1
    assert said.index(b"ENABLE QRESYNC\r\n") < said.index(b'EXAMINE "INBOX"\r\n')


@pytest.mark.parametrize("answer", [b"%T BAD what\r\n", b"%T NO no\r\n", b"-", b"* ENABLED\r\n"])
def test_where_qresync_is_refused_condstore_is_asked_for(scripted: Start, answer: bytes) -> None:
    server = scripted(EXAMINE=EXAMINE, ENABLE=answer, capabilities=QRESYNC, FETCH=b"-")
    with server.source() as source:
        source.select("INBOX")
        source.changes(5)
    said = [line.partition(b" ")[2] for line in server.heard]
    assert b'EXAMINE "INBOX" (CONDSTORE)\r\n' in said
    assert b"UID FETCH 1:* (UID FLAGS) (CHANGEDSINCE 5)\r\n" in said


def test_a_server_that_knows_no_condstore_after_all(scripted: Start) -> None:
    server = scripted(EXAMINE=b"%T BAD what\r\n", capabilities=f"{PLAIN} CONDSTORE")
    with server.source() as source, pytest.raises(ProtocolError):
        source.select("INBOX")
    assert [line.endswith(b"(CONDSTORE)\r\n") for line in server.heard if b"EXAMINE" in line] == [True, False]


@pytest.mark.parametrize("modseq", [b"* OK [NOMODSEQ] x\r\n", b"* OK [HIGHESTMODSEQ 0] x\r\n"])
def test_a_folder_without_a_count_of_changes(scripted: Start, modseq: bytes) -> None:
    plain = b"* 3 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n"
    with scripted(EXAMINE=plain + modseq, capabilities=QRESYNC).source() as source:
        assert source.select("INBOX").modseq is None


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (b"%T NO [UNAVAILABLE] try later\r\n", ServerUnreachable),
        (b"%T NO [INUSE] locked\r\n", ServerUnreachable),
        (b"%T NO [NONEXISTENT] none\r\n", FolderMissing),
        (b"%T NO no such mailbox\r\n", FolderMissing),
    ],
)
def test_a_folder_that_does_not_open_now_or_at_all(
    scripted: Start, answer: bytes, error: type[Exception]
) -> None:
    with scripted(EXAMINE=answer).source() as source, pytest.raises(error) as caught:
        source.select("INBOX")
    assert type(caught.value) is error


# Changes


def changes(scripted: Start, answer: bytes) -> Changes | None:
    server = scripted(EXAMINE=EXAMINE, ENABLE=b"* ENABLED QRESYNC\r\n", FETCH=answer, capabilities=QRESYNC)
    with server.source() as source:
        source.select("INBOX")
        return source.changes(80)


FLAGS = b"* 2 FETCH (UID 5 FLAGS (\\Seen \\Answered \\Recent) MODSEQ (85))\r\n"


@pytest.mark.parametrize(
    ("answer", "flags", "vanished"),
    [
        (FLAGS, {5: ("\\Answered", "\\Seen")}, []),
        (b"* VANISHED (EARLIER) 3,7:9\r\n" + FLAGS, {5: ("\\Answered", "\\Seen")}, [(3, 3), (7, 9)]),
        (b"* VANISHED (EARLIER) 1:4294967295\r\n* VANISHED 4\r\n", {}, [(1, 4294967295), (4, 4)]),
        (b"* VANISHED (EARLIER) 9:7\r\n", {}, [(7, 9)]),
        (b"* VANISHED (EARLIER)\r\n", {}, []),
        (b"* 2 FETCH (FLAGS () MODSEQ (85))\r\n* 3 FETCH (UID 6 MODSEQ (86))\r\n", {}, []),
        (b"* 2 FETCH (UID 5 FLAGS ())\r\n", {5: ()}, []),
    ],
)
def test_changes(
    scripted: Start, answer: bytes, flags: dict[int, tuple[str, ...]], vanished: list[tuple[int, int]]
) -> None:
    assert changes(scripted, answer) == Changes(flags, vanished)


@pytest.mark.parametrize("answer", [b"%T BAD what\r\n", b"%T NO what\r\n"])
def test_changes_that_the_server_does_not_tell_after_all(scripted: Start, answer: bytes) -> None:
    assert changes(scripted, FLAGS + answer) is None


@pytest.mark.parametrize(
    "answer",
    [
        b"* VANISHED (EARLIER) x\r\n",
        b"* VANISHED (EARLIER) 0\r\n",
        b"* VANISHED (EARLIER) 1:*\r\n",
        b"* VANISHED (EARLIER) 3,,4\r\n",
        b"* VANISHED (EARLIER) 99999999999\r\n",
        b"* 2 FETCH (UID 5 FLAGS (\r\n",
    ],
)
def test_changes_that_are_none(scripted: Start, answer: bytes) -> None:
    with pytest.raises(ProtocolError):
        changes(scripted, answer)


def test_a_lie_about_vanished_mails_costs_none(scripted: Start) -> None:
    """VANISHED for all, while the folder says to hold three: the list decides."""
    mails = b"".join(b"* 1 FETCH (UID %d FLAGS () BODY[] {1}\r\n%d)\r\n" % (uid, uid) for uid in (6, 7, 8))
    server = scripted(EXAMINE=EXAMINE, FETCH=mails, SEARCH=b"* SEARCH 6 7 8\r\n", capabilities=QRESYNC)
    server.replies = {**server.replies, "ENABLE": b"* ENABLED QRESYNC\r\n"}
    sink = MemorySink()
    with server.source() as source:
        assert sync_folder(source, sink, "INBOX").new == 3
    lie = b"* VANISHED (EARLIER) 1:4294967295\r\n"
    server.replies = {**server.replies, "FETCH": lie, "EXAMINE": EXAMINE.replace(b"90", b"95")}
    with server.source() as source:
        assert sync_folder(source, sink, "INBOX").gone == 0
    assert sink.known_uids("INBOX", 7) == {6, 7, 8}


# What a response is made of


def told(head: bytes, literal: bytes | None = None, tail: bytes = b")") -> list[Record]:
    return [head] if literal is None else [(head + b" {%d}" % len(literal), literal), tail]


MOMENT = b'"04-May-2021 10:00:00 +0200"'


@pytest.mark.parametrize(
    ("record", "answer"),
    [
        (told(b"1 (UID 5 BODY[]", b"x"), Answer(5, body=b"x")),
        (told(b"1 (BODY[]", b"x", b" UID 5)"), Answer(5, body=b"x")),
        (told(b"1 (uid 5 body[]", b"x"), Answer(5, body=b"x")),
        (told(b"1 (UID 5 MODSEQ (12) RFC822.SIZE 9)"), Answer(5, size=9)),
        (told(b"1 (UID 5 INTERNALDATE " + MOMENT + b")"), Answer(5, internal_date=datetime(2021, 5, 4, 8, tzinfo=UTC))),
        (told(b"1 (UID 5 INTERNALDATE NIL FLAGS NIL RFC822.SIZE NIL)"), Answer(5)),
        # A header that looks like an item, a body that is another section, flags in capitals.
        (told(b"1 (UID 5 BODY[HEADER]", b"UID 6"), Answer(5)),
        (told(b"1 (UID 5 FLAGS (UID 6) BODY[]", b"x"), Answer(5, flags=("6", "UID"), body=b"x")),
        (told(b'1 (UID 5 X-ODD "UID 6" BODY[]', b"x"), Answer(5, body=b"x")),
        (told(b"1 (FLAGS ())"), None),
    ],
)  # fmt: skip
def test_answers(record: list[Record], answer: Answer | None) -> None:
    assert answer_of(record) == answer


@pytest.mark.parametrize(
    "record",
    [
        told(b"1 (UID 5 BODY[HEADER]", b"header", b" BODY[] {})"),
        told(b"1 (UID 5 BODY[] {}", b"x"),
        told(b"1 (UID 5 BODY[] {})"),
    ],
)
def test_a_literal_belongs_to_the_item_before_it(record: list[Record]) -> None:
    """`{}` in what the server says is no literal, wherever it stands."""
    with pytest.raises((ValueError, imaplib.IMAP4.error)):
        answer_of(record)


@pytest.mark.parametrize(
    ("words", "flags"),
    [
        (b"", ()),
        (b"\\Seen $Forwarded \\Seen \\Recent", ("$Forwarded", "\\Seen")),
        (b"\xff caf\xe9 ok", ("ok",)),
        (b"a" * 500, ()),
    ],
)
def test_flags(words: bytes, flags: tuple[str, ...]) -> None:
    assert flags_of(words) == flags


def test_flags_without_end_are_cut() -> None:
    assert len(flags_of(b" ".join(b"f%d" % number for number in range(100_000)))) < 1000


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        (b" 4-May-2021 10:00:00 +0200", datetime(2021, 5, 4, 8, tzinfo=UTC)),
        (b"04-may-2021 10:00:00 -0230", datetime(2021, 5, 4, 12, 30, tzinfo=UTC)),
        (b"Tue, 4 May 2021 10:00:00 +0200", datetime(2021, 5, 4, 8, tzinfo=UTC)),
        (b"31-Feb-2021 10:00:00 +0200", None),
        (b"04-May-2021 10:00:00 +9900", None),
        (b"04-Maj-2021 10:00:00 +0200", None),
        (b"01-Jan-0001 00:00:00 +0200", None),
        (b"", None),
    ],
)
def test_moments(text: bytes, moment: datetime | None) -> None:
    assert moment_of(text) == moment


def test_ranges_are_not_counted_out() -> None:
    assert list(ranges_of(b"(EARLIER) 1:4294967295")) == [(1, 4294967295)]
