"""A mailbox over IMAP as a MailSource: looked at, never touched.

EXAMINE and BODY.PEEK[] alone: no flag is set, no mail marked as seen. The plain UID path is the main path, as
Exchange Online offers no other. imapclient parses; what it trusts, this module and `ingest.imap_wire` do not:
its FETCH merges responses by sequence number or UID, so each response is parsed by itself; a FETCH that ends in NO
has still delivered mails; its lexer may raise anything on hostile input, and all of it becomes a ProtocolError.
"""

import contextlib
import imaplib
import ssl
from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from types import TracebackType
from typing import Any, Self

from imapclient import IMAPClient

from ingest.backoff import asked_wait
from ingest.epochs import fingerprint
from ingest.errors import (
    FolderMissing,
    FolderRefused,
    IngestError,
    ProtocolError,
    ServerUnreachable,
    SignInRefused,
    SourceError,
)
from ingest.folders import Folder, find_sent
from ingest.imap_folders import FolderList
from ingest.imap_parse import Answer, Record, answer_of, number_of, ranges_of, records, sets_of, uid_of
from ingest.imap_signin import Auth, check_argument, is_for_now, sign_in
from ingest.imap_wire import Limits, Security, Wire, broken_off
from ingest.secrets import Credential, Secret
from ingest.sync_types import Changes, FetchedMail, Flags, FolderStatus, Listed

PORTS: Mapping[Security, int] = {"tls": 993, "starttls": 143, "plain": 143}
GOODBYE_SECONDS = 3.0
FETCH_AT_ONCE = 500  # UIDs in one command: at most some 5 500 characters, servers take 8 000
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ITEMS = "(UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[])"
_THREADED_ITEMS = "(UID FLAGS INTERNALDATE RFC822.SIZE THREADID BODY.PEEK[])"
_HEADER_ITEMS = "(UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER])"

# What changes how a mailbox is synced or watched.
CAPABILITIES = (
    "IDLE",
    "CONDSTORE",
    "QRESYNC",
    "ESEARCH",
    "LIST-STATUS",
    "SPECIAL-USE",
    "UIDPLUS",
    "OBJECTID",
    "COMPRESS=DEFLATE",
    "AUTH=XOAUTH2",
    "AUTH=OAUTHBEARER",
)


@dataclass(frozen=True, slots=True)
class ImapConfig:
    """Where a mailbox is and how to sign in; the secret is given apart. `port` None: the one that is usual."""

    host: str
    user: str
    security: Security = "tls"
    port: int | None = None
    ca_file: str | None = None
    auth: Auth = "password"
    limits: Limits = field(default_factory=Limits)

    @property
    def actual_port(self) -> int:
        return self.port or PORTS[self.security]


def _is_broken(reason: str) -> bool:
    """A server's own failure (RFC 5530): of a folder that it cannot read, Dovecot says so at every try."""
    return "[SERVERBUG]" in reason.upper()


def _is_later(reason: str) -> bool:
    """Whether it is the server that will not now, whatever folder is asked for."""
    return is_for_now(reason) or asked_wait(reason) is not None


class _Client(IMAPClient):  # type: ignore[misc]  # imapclient has no types
    """imapclient over our wire, without its debug log of every byte."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        super().__init__(wire.host, wire.port, ssl=False)
        wire.debug = 0

    def _create_IMAP4(self) -> Wire:  # noqa: N802
        return self._wire


class ImapSource:
    """A signed-in connection, to be used as a context manager; see `ingest.sync.MailSource`.

    A credential that has another secret after a refusal gets one more try, on a connection of its own. Entering
    raises PlainRefused, ServerUnreachable, ServerTimeout, TlsRefused, TlsMissing, SignInRefused, ArgumentRefused,
    ProtocolError, or what the credential raises; every method may raise the SourceErrors among them.
    """

    def __init__(self, config: ImapConfig, credential: Credential) -> None:
        self._config = config
        self._credential = credential
        self._client: _Client | None = None
        self._opened: Wire | None = None
        self._folders: FolderList | None = None
        self._too_large: set[int] = set()
        self._counting: frozenset[str] | None = None
        self._threaded: bool | None = None

    def __enter__(self) -> Self:
        config = self._config
        check_argument(config.host, "host")
        check_argument(config.user, "user")
        secret = self._credential.current()
        try:
            self._open(secret)
        except SignInRefused:
            other = self._credential.renewed(secret)
            if other is None:
                raise
            self._open(other)
        return self

    def _open(self, secret: Secret) -> None:
        """A connection of its own for each try."""
        config = self._config
        with self._understood():
            wire = Wire(config.host, config.actual_port, config.security, config.ca_file, config.limits)
        self._opened = wire
        try:
            self._prepare(wire, secret)
        except BaseException:
            wire.shutdown()
            raise

    def _prepare(self, wire: Wire, secret: Secret) -> None:
        with self._understood():
            if self._config.security == "starttls":
                wire.begin_tls()
        if wire.state != "NONAUTH":
            raise ProtocolError(**self._place, reason="PREAUTH")
        sign_in(wire, self._config.user, secret, self._config.auth)
        with self._understood():
            self._client = _Client(wire)
        self._folders = self._counting = self._threaded = None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """A short good-bye; none to a server that failed, and none when the program is told to end."""
        wire = self._wire
        self._client = None
        if kind is None or (issubclass(kind, Exception) and not issubclass(kind, SourceError)):
            wire.hurry(GOODBYE_SECONDS)
            with contextlib.suppress(imaplib.IMAP4.error, IngestError, OSError):
                wire.logout()
        wire.shutdown()

    def cut(self) -> None:
        """From another thread: what waits for the server ends with an error, at once."""
        if self._opened is not None:
            self._opened.cut()

    @property
    def _wire(self) -> Wire:
        return self._connected()._wire  # noqa: SLF001

    def _connected(self) -> _Client:
        if self._client is None:
            raise RuntimeError("ImapSource is used outside its with block")
        return self._client

    @property
    def _place(self) -> dict[str, Any]:
        return {"host": self._config.host, "port": self._config.actual_port}

    @contextlib.contextmanager
    def _understood(self, folder: str | None = None) -> Iterator[None]:
        """Whatever imaplib and imapclient raise becomes an error of ours, without their frames."""
        try:
            yield
        except IngestError:
            raise
        except imaplib.IMAP4.error as error:
            raise self._explained(error, folder) from None
        except (ValueError, TypeError, LookupError, AttributeError) as error:
            raise ProtocolError(**self._place, folder=folder, reason=str(error)[:200]) from None
        except (MemoryError, RecursionError, AssertionError) as error:
            raise ProtocolError(**self._place, folder=folder, reason=type(error).__name__) from None

    def _explained(self, error: imaplib.IMAP4.error, folder: str | None) -> IngestError:
        """BAD to a command of one folder, said in good order, says nothing of the others."""
        reason = str(error)
        of_folder = folder is not None or (self._opened is not None and self._opened.state == "SELECTED")
        bad = " command error: BAD " in reason and not isinstance(error, imaplib.IMAP4.abort)
        if of_folder and bad and (_is_broken(reason) or not _is_later(reason)):
            return FolderRefused(**self._place, folder=folder, reason=reason[:200])
        return broken_off(error, **self._place, folder=folder)

    def capabilities(self) -> tuple[str, ...]:
        """What the server offers after sign-in, in capitals."""
        with self._understood():
            return tuple(word.decode("ascii", "replace") for word in self._connected().capabilities())

    def folders(self) -> Sequence[Folder]:
        """All folders in the server's order, with SPECIAL-USE flags where it has them."""
        with self._understood():
            folders = self._list.folders()
        if folders is None:
            raise ProtocolError(**self._place, reason="LIST")
        return folders

    def statuses(self, folders: Collection[str]) -> Mapping[str, FolderStatus]:
        with self._understood():
            return self._list.statuses(folders)

    @property
    def _list(self) -> FolderList:
        if self._folders is None:
            self._folders = FolderList(self._wire, self.capabilities())
        return self._folders

    def select(self, folder: str) -> FolderStatus:
        argument = self._list.argument(folder)
        self._too_large.clear()
        with self._understood(folder):
            if self._counting is None:
                self._counting = self._enable()
            kind, data = self._examine(argument)
            if kind != "OK":
                raise self._not_opened(folder, data)
            told = self._wire.untagged_responses
            return FolderStatus(
                uidvalidity=number_of(told, "UIDVALIDITY"),
                uidnext=number_of(told, "UIDNEXT") if "UIDNEXT" in told else None,
                exists=number_of(told, "EXISTS"),
                modseq=(number_of(told, "HIGHESTMODSEQ") or None) if "HIGHESTMODSEQ" in told else None,
            )

    def _enable(self) -> frozenset[str]:
        """By what the server counts changes: QRESYNC is enabled before a folder is opened (RFC 7162, 3.2.3)."""
        offered = frozenset(self.capabilities())
        if {"QRESYNC", "ENABLE"} <= offered and self._wire.state == "AUTH":
            kind, _ = self._tried("ENABLE", "QRESYNC")
            enabled = b" ".join(word or b"" for word in self._wire.response("ENABLED")[1])
            if kind == "OK" and b"QRESYNC" in enabled.upper().split():
                return frozenset({"CONDSTORE", "QRESYNC"})
        return offered & {"CONDSTORE"}

    def _tried(self, command: str, *arguments: str) -> tuple[str, list[Any]]:
        """A command that a server may turn down, whatever it has offered: BAD is an answer then, not an error."""
        try:
            kind, data = self._wire._simple_command(command, *arguments)  # noqa: SLF001 (imaplib's own knows offers before sign-in alone)
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as error:
            return "BAD", [str(error).encode()]
        return str(kind), data

    def _examine(self, argument: bytes) -> tuple[str, list[Any]]:
        """Read-only; without ENABLE, CONDSTORE is asked for here (RFC 7162, 3.1.8)."""
        if self._counting == frozenset({"CONDSTORE"}):
            with contextlib.suppress(imaplib.IMAP4.error):
                return self._wire.select(argument + b" (CONDSTORE)", readonly=True)  # type: ignore[arg-type]  # bytes pass as they are
            self._counting = frozenset()
        return self._wire.select(argument, readonly=True)  # type: ignore[arg-type]  # likewise

    def _not_opened(self, folder: str, data: Sequence[Any]) -> IngestError:
        """Not now, or not at all."""
        told = data[-1] if data and isinstance(data[-1], bytes) else b""
        reason = told.decode("utf-8", "replace")[:200].rstrip(" .")
        if _is_broken(reason):
            return FolderRefused(**self._place, folder=folder, reason=reason)
        if is_for_now(reason):
            return ServerUnreachable(**self._place, folder=folder, reason=reason)
        return FolderMissing(**self._place, folder=folder)

    def uids(self, since_uid: int = 1, received_since: date | None = None) -> AbstractSet[int]:
        criteria = ["ALL" if since_uid <= 1 else f"UID {since_uid}:*"]
        if received_since is not None:
            month = _MONTHS[received_since.month - 1]
            criteria.append(f"SINCE {received_since.day}-{month}-{received_since.year:04d}")
        with self._understood():
            kind, data = self._wire.uid("SEARCH", *criteria)
            if kind != "OK":
                raise self._not_searched(data)
            found = {uid_of(word) for line in data for word in (line or b"").partition(b"(")[0].split()}
        # "n:*" names the last mail whatever its number (RFC 3501, 6.4.8).
        return {uid for uid in found if uid >= since_uid}

    def _not_searched(self, data: Sequence[Any]) -> IngestError:
        """Not now, or not in this folder."""
        reason = b" ".join(line for line in data if isinstance(line, bytes)).decode("utf-8", "replace")[:200]
        if _is_later(reason) and not _is_broken(reason):
            return ServerUnreachable(**self._place, reason=reason)
        return FolderRefused(**self._place, reason=f"SEARCH: {reason}")

    def sizes(self, uids: Collection[int]) -> Mapping[int, int]:
        sizes = {
            answer.uid: answer.size
            for answer in self._told(uids, "(UID RFC822.SIZE)")
            if answer.size is not None
        }
        self._too_large |= {uid for uid, size in sizes.items() if size > self._config.limits.literal}
        return sizes

    def flags(self, uids: Collection[int]) -> Mapping[int, Flags]:
        told = self._told(uids, "(UID FLAGS)")
        return {answer.uid: answer.flags for answer in told if answer.flags is not None}

    def changes(self, modseq: int) -> Changes | None:
        """By UID FETCH (RFC 7162, 3.1.4.1 and 3.2.6), which tells the same as SELECT with QRESYNC."""
        if not self._counting:
            return None
        also = " VANISHED" if "QRESYNC" in self._counting else ""
        with self._understood():
            self._wire.response("VANISHED")
            kind, _ = self._tried("UID", "FETCH", "1:*", f"(UID FLAGS) (CHANGEDSINCE {modseq}{also})")
            _, data = self._wire.response("FETCH")
            _, gone = self._wire.response("VANISHED")
            if kind != "OK":
                return None
            answers = map(answer_of, records(data))
            flags = {one.uid: one.flags for one in answers if one is not None and one.flags is not None}
            return Changes(flags, [pair for line in gone if line for pair in ranges_of(line)])

    def headers(self, uids: Sequence[int]) -> Iterator[Listed]:
        for answer in self._bodies(uids, _HEADER_ITEMS, b"BODY[HEADER]"):
            mark = fingerprint(answer.body or b"", answer.size or 0)
            yield Listed(answer.uid, mark, answer.internal_date, answer.flags or ())

    def fetch(self, uids: Sequence[int]) -> Iterator[FetchedMail]:
        """See MailSource. What `sizes` found to be beyond the limit of one literal is not asked for."""
        wanted = [uid for uid in uids if uid not in self._too_large]
        for answer in self._bodies(wanted, _ITEMS, b"BODY[]"):
            raw = answer.body or b""
            size = len(raw) if answer.size is None else answer.size
            yield FetchedMail(
                answer.uid, raw, answer.internal_date, size, answer.flags or (), thread=answer.thread
            )

    def _bodies(self, uids: Sequence[int], items: str, section: bytes) -> Iterator[Answer]:
        """The responses that have the section; without it one is a change of flags, or a mail that didn't come."""
        for first in range(0, len(uids), FETCH_AT_ONCE):
            part = uids[first : first + FETCH_AT_ONCE]
            with self._understood():
                came = deque(self._whole(",".join(map(str, part)), items))
            while came:
                with self._understood():
                    answer = answer_of(came.popleft(), section)
                if answer is not None and answer.body is not None:
                    yield answer

    def _whole(self, chosen: str, items: str) -> list[list[Record]]:
        """With the server's thread of each mail (RFC 8474); a server that offers that and refuses it is asked without."""
        if items == _ITEMS and self._has_threads():
            try:
                return self._fetched(chosen, _THREADED_ITEMS)
            except imaplib.IMAP4.abort:
                raise
            except imaplib.IMAP4.error:
                self._threaded = False
        return self._fetched(chosen, items)

    def _has_threads(self) -> bool:
        if self._threaded is None:
            self._threaded = "OBJECTID" in self.capabilities()
        return self._threaded

    def _told(self, uids: Collection[int], items: str) -> Iterator[Answer]:
        """The responses that have a UID, to commands of a bearable length."""
        for chosen in sets_of(sorted(uids)):
            with self._understood():
                answers = [answer_of(record) for record in self._fetched(chosen, items)]
            yield from (answer for answer in answers if answer is not None)

    def _fetched(self, chosen: str, items: str) -> list[list[Record]]:
        """The responses to a UID FETCH, also where it ends in NO: Exchange delivers all but the one it can't read."""
        kind, data = self._wire.uid("FETCH", chosen, items)
        if kind == "NO":
            _, data = self._wire.response("FETCH")
        return list(records(data))


@dataclass(frozen=True, slots=True)
class AccountReport:
    """What a first look at an account tells: folders with their number of mails, and what the server can do."""

    folders: tuple[tuple[Folder, int | None], ...]
    sent: str | None
    capabilities: tuple[str, ...]
    tls: str | None
    expires: datetime | None = None  # the server's certificate


def test_account(config: ImapConfig, credential: Credential) -> AccountReport:
    """Signs in, lists and counts, and leaves; raises what ImapSource raises."""
    with ImapSource(config, credential) as source:
        offered = source.capabilities()
        folders = source.folders()
        told = source.statuses([folder.name for folder in folders if folder.selectable])
        counted = tuple(
            (folder, told[folder.name].exists if folder.name in told else None) for folder in folders
        )
        version = getattr(source._wire.sock, "version", None)  # noqa: SLF001
        tls = version() if version else None
        expires = _expires(source._wire.sock)  # noqa: SLF001
    matter = tuple(name for name in CAPABILITIES if name in offered)
    return AccountReport(counted, find_sent(folders), matter, tls, expires)


def _expires(sock: object) -> datetime | None:
    """Until when the certificate of a connection holds; None without TLS."""
    certificate = sock.getpeercert() if isinstance(sock, ssl.SSLSocket) else None
    ends = (certificate or {}).get("notAfter")
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC) if isinstance(ends, str) else None


test_account.__test__ = False  # type: ignore[attr-defined]  # not a test, though pytest would take it for one
