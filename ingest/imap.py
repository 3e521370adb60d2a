"""A mailbox over IMAP as a MailSource: looked at, never touched.

EXAMINE and BODY.PEEK[] alone: no flag is set, no mail marked as seen. The plain UID path is the main path, as
Exchange Online offers no other. imapclient parses; what it trusts, this module and `ingest.imap_wire` do not:
its FETCH merges responses by sequence number or UID, so each response is parsed by itself; a FETCH that ends in NO
has still delivered mails; its lexer may raise anything on hostile input, and all of it becomes a ProtocolError.
"""

import contextlib
import imaplib
import re
from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from types import TracebackType
from typing import Any, Self

from imapclient import IMAPClient
from imapclient.imap_utf7 import encode as encode_utf7
from imapclient.response_parser import parse_response

from ingest.errors import FolderMissing, IngestError, ProtocolError, SourceError
from ingest.folders import Folder, find_sent
from ingest.imap_parse import Record, decode_name, mail_of, number_of, records, sets_of, uid_of
from ingest.imap_signin import Auth, check_argument, sign_in
from ingest.imap_wire import Limits, Security, Wire, broken_off
from ingest.secrets import Secret
from ingest.sync import FetchedMail, FolderStatus

PORTS: Mapping[Security, int] = {"tls": 993, "starttls": 143, "plain": 143}
GOODBYE_SECONDS = 3.0
FETCH_AT_ONCE = 500  # UIDs in one command: at most some 5 500 characters, servers take 8 000
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ITEMS = "(UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[])"
_UID = re.compile(rb"[( ]UID (\d{1,10})[) ]")
_SIZE = re.compile(rb"[( ]RFC822\.SIZE (\d{1,18})[) ]")
_MESSAGES = re.compile(rb"\bMESSAGES (\d{1,18})\b")

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

    Entering raises PlainRefused, ServerUnreachable, ServerTimeout, TlsRefused, TlsMissing, SignInRefused,
    ArgumentRefused or ProtocolError; every method may raise the SourceErrors among them.
    """

    def __init__(self, config: ImapConfig, secret: Secret) -> None:
        self._config = config
        self._secret = secret
        self._client: _Client | None = None
        self._raw_names: dict[str, bytes] = {}
        self._too_large: set[int] = set()

    def __enter__(self) -> Self:
        config = self._config
        check_argument(config.host, "host")
        check_argument(config.user, "user")
        with self._understood():
            wire = Wire(config.host, config.actual_port, config.security, config.ca_file, config.limits)
        try:
            self._prepare(wire)
        except BaseException:
            wire.shutdown()
            raise
        return self

    def _prepare(self, wire: Wire) -> None:
        with self._understood():
            if self._config.security == "starttls":
                wire.begin_tls()
        if wire.state != "NONAUTH":
            raise ProtocolError(**self._place, reason="PREAUTH")
        sign_in(wire, self._config.user, self._secret, self._config.auth)
        with self._understood():
            self._client = _Client(wire)

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
            raise broken_off(error, **self._place, folder=folder) from None
        except (ValueError, TypeError, LookupError, AttributeError) as error:
            raise ProtocolError(**self._place, folder=folder, reason=str(error)[:200]) from None
        except (MemoryError, RecursionError, AssertionError) as error:
            raise ProtocolError(**self._place, folder=folder, reason=type(error).__name__) from None

    def capabilities(self) -> tuple[str, ...]:
        """What the server offers after sign-in, in capitals."""
        with self._understood():
            return tuple(word.decode("ascii", "replace") for word in self._connected().capabilities())

    def folders(self) -> Sequence[Folder]:
        """All folders in the server's order, with SPECIAL-USE flags where it has them."""
        offered = self.capabilities()
        ask = " RETURN (SPECIAL-USE)" if {"SPECIAL-USE", "LIST-EXTENDED"} <= set(offered) else ""
        with self._understood():
            kind, data = self._wire.list('""', f'"*"{ask}')
            if kind != "OK":
                raise ProtocolError(**self._place, reason="LIST")
            return [self._folder(record) for record in records(data)]

    def _folder(self, record: list[Record]) -> Folder:
        """One LIST response; what it calls the folder is kept for EXAMINE, letter by letter."""
        flags, delimiter, name, *_ = parse_response(record)
        raw = str(name).encode() if isinstance(name, int) else bytes(name)
        names = tuple(flag.decode("ascii", "replace") for flag in flags)
        if any(byte in raw for byte in b"\r\n\0"):
            names += ("\\Noselect",)
        text = decode_name(raw)
        self._raw_names[text] = raw
        return Folder(text, names, delimiter.decode("utf-8", "replace") if delimiter else None)

    def _argument(self, folder: str) -> str | bytes:
        """A folder as an argument: quoted, as the server spelled it if it was listed."""
        raw = self._raw_names.get(folder)
        if raw is None:
            raw = encode_utf7(check_argument(folder, "folder"))
        check_argument(raw.decode("latin-1"), "folder")
        return b'"' + raw.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'

    def select(self, folder: str) -> FolderStatus:
        argument = self._argument(folder)
        self._too_large.clear()
        with self._understood(folder):
            kind, _ = self._wire.select(argument, readonly=True)  # type: ignore[arg-type]  # bytes pass as they are
            if kind != "OK":
                raise FolderMissing(**self._place, folder=folder)
            told = self._wire.untagged_responses
            return FolderStatus(
                uidvalidity=number_of(told, "UIDVALIDITY"),
                uidnext=number_of(told, "UIDNEXT") if "UIDNEXT" in told else None,
                exists=number_of(told, "EXISTS"),
            )

    def uids(self, since_uid: int = 1, received_since: date | None = None) -> AbstractSet[int]:
        criteria = ["ALL" if since_uid <= 1 else f"UID {since_uid}:*"]
        if received_since is not None:
            month = _MONTHS[received_since.month - 1]
            criteria.append(f"SINCE {received_since.day}-{month}-{received_since.year:04d}")
        with self._understood():
            kind, data = self._wire.uid("SEARCH", *criteria)
            if kind != "OK":
                raise ProtocolError(**self._place, reason="SEARCH")
            found = {uid_of(word) for line in data for word in (line or b"").partition(b"(")[0].split()}
        # "n:*" names the last mail whatever its number (RFC 3501, 6.4.8).
        return {uid for uid in found if uid >= since_uid}

    def sizes(self, uids: Collection[int]) -> Mapping[int, int]:
        sizes: dict[int, int] = {}
        for chosen in sets_of(sorted(uids)):
            with self._understood():
                for record in self._fetched(chosen, "(UID RFC822.SIZE)"):
                    line = b"".join(part if isinstance(part, bytes) else part[0] for part in record)
                    uid, size = _UID.search(line), _SIZE.search(line)
                    if uid and size:
                        sizes[int(uid[1])] = int(size[1])
        self._too_large |= {uid for uid, size in sizes.items() if size > self._config.limits.literal}
        return sizes

    def fetch(self, uids: Sequence[int]) -> Iterator[FetchedMail]:
        """See MailSource. What `sizes` found to be beyond the limit of one literal is not asked for."""
        uids = [uid for uid in uids if uid not in self._too_large]
        for first in range(0, len(uids), FETCH_AT_ONCE):
            part = uids[first : first + FETCH_AT_ONCE]
            with self._understood():
                came = deque(self._fetched(",".join(map(str, part)), _ITEMS))
            while came:
                with self._understood():
                    mail = mail_of(came.popleft())
                if mail is not None:
                    yield mail

    def _fetched(self, chosen: str, items: str) -> list[list[Record]]:
        """The responses to a UID FETCH, also where it ends in NO: Exchange delivers all but the one it can't read."""
        kind, data = self._wire.uid("FETCH", chosen, items)
        if kind == "NO":
            _, data = self._wire.response("FETCH")
        return list(records(data))

    def count(self, folder: str) -> int | None:
        """How many mails a folder holds, by STATUS; None where the server does not say."""
        argument = self._argument(folder)
        with self._understood(folder):
            kind, data = self._wire.status(argument, "(MESSAGES)")  # type: ignore[arg-type]  # bytes pass as they are
            line = b"".join(part if isinstance(part, bytes) else part[0] for part in data or () if part)
        found = _MESSAGES.search(line) if kind == "OK" else None
        return int(found[1]) if found else None


@dataclass(frozen=True, slots=True)
class AccountReport:
    """What a first look at an account tells: folders with their number of mails, and what the server can do."""

    folders: tuple[tuple[Folder, int | None], ...]
    sent: str | None
    capabilities: tuple[str, ...]
    tls: str | None


def test_account(config: ImapConfig, secret: Secret) -> AccountReport:
    """Signs in, lists and counts, and leaves; raises what ImapSource raises."""
    with ImapSource(config, secret) as source:
        offered = source.capabilities()
        folders = source.folders()
        counted = tuple(
            (folder, source.count(folder.name) if folder.selectable else None) for folder in folders
        )
        version = getattr(source._wire.sock, "version", None)  # noqa: SLF001
        tls = version() if version else None
    matter = tuple(name for name in CAPABILITIES if name in offered)
    return AccountReport(counted, find_sent(folders), matter, tls)


test_account.__test__ = False  # type: ignore[attr-defined]  # not a test, though pytest would take it for one
