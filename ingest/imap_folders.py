"""The folders of a mailbox over IMAP: their names letter by letter, and what is said of them without opening them."""

import contextlib
import imaplib
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from imapclient.imap_utf7 import encode as encode_utf7
from imapclient.response_parser import parse_response

from ingest.folders import Folder
from ingest.imap_parse import Record, decode_name, records, status_of
from ingest.imap_signin import check_argument
from ingest.imap_wire import Wire
from ingest.sync_types import FolderStatus

_ITEMS = "MESSAGES UIDNEXT UIDVALIDITY UNSEEN"
_AT_ONCE = 20  # STATUS commands that are sent before the first answer is waited for


class FolderList:
    """What LIST and STATUS tell. `offered` are the server's capabilities after sign-in.

    Every method may raise whatever imaplib, imapclient and a hostile server come to; ImapSource expects it.
    """

    def __init__(self, wire: Wire, offered: Collection[str]) -> None:
        self._wire = wire
        self._offered = frozenset(offered)
        self._raw_names: dict[str, bytes] = {}
        self._statuses: dict[str, FolderStatus] = {}

    def folders(self) -> list[Folder] | None:
        """All of them in the server's order, None where it refuses LIST."""
        self._leave()
        data = self._list(self._returned())
        if data is None:  # not every server that says so takes LIST with RETURN
            data = self._list("")
        if data is None:
            return None
        folders = [self._folder(record) for record in records(data)]
        self._note(self._wire.response("STATUS")[1])
        return folders

    def statuses(self, folders: Collection[str]) -> dict[str, FolderStatus]:
        """What LIST has told of them, else STATUS, of which several are on their way at once (RFC 9051, 5.5)."""
        self._leave()
        unsaid = [name for name in folders if name not in self._statuses]
        for first in range(0, len(unsaid), _AT_ONCE):
            self._ask(unsaid[first : first + _AT_ONCE])
        told = {name: self._statuses[name] for name in folders if name in self._statuses}
        self._statuses.clear()  # the next run asks anew
        return told

    def argument(self, folder: str) -> bytes:
        """A folder as an argument: quoted, as the server spelled it if it was listed. Raises ArgumentRefused."""
        raw = self._raw_names.get(folder)
        if raw is None:
            raw = encode_utf7(check_argument(folder, "folder"))
        check_argument(raw.decode("latin-1"), "folder")
        return b'"' + raw.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'

    def _leave(self) -> None:
        """Out of the open folder: what STATUS says of one that is open may be old (RFC 9051, 6.3.11)."""
        if self._wire.state == "SELECTED":
            self._wire.close()  # of a folder that was opened by EXAMINE it expunges nothing

    def _returned(self) -> str:
        """What LIST is to tell beside names (RFC 5258, RFC 5819, RFC 6154)."""
        wanted = ["SPECIAL-USE"] if {"SPECIAL-USE", "LIST-EXTENDED"} <= self._offered else []
        if "LIST-STATUS" in self._offered:
            wanted.append(f"STATUS ({self._items()})")
        return f" RETURN ({' '.join(wanted)})" if wanted else ""

    def _items(self) -> str:
        counted = {"CONDSTORE", "QRESYNC"} & self._offered
        return f"{_ITEMS} HIGHESTMODSEQ" if counted else _ITEMS

    def _list(self, returned: str) -> list[Any] | None:
        self._statuses.clear()
        self._wire.response("STATUS")
        try:
            kind, data = self._wire.list('""', f'"*"{returned}')
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error:
            if not returned:
                raise  # BAD, with a word of why
            return None
        return data if kind == "OK" else None

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

    def _ask(self, folders: Sequence[str]) -> None:
        wire = self._wire
        wire.response("STATUS")
        arguments = [self.argument(folder) for folder in folders]
        tags = [wire._command("STATUS", name, f"({self._items()})") for name in arguments]  # noqa: SLF001 (imaplib's own waits for each)
        refused = [self._refused(tag) for tag in tags]
        self._note(wire.response("STATUS")[1])
        for name, no in zip(folders, refused, strict=True):
            if no:
                self._statuses.pop(name, None)

    def _refused(self, tag: bytes) -> bool:
        """Whether STATUS ended in NO or BAD: that folder is opened then."""
        try:
            kind, _ = self._wire._command_complete("STATUS", tag)  # noqa: SLF001 (as above)
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error:
            return True
        return bool(kind != "OK")

    def _note(self, data: Sequence[Any]) -> None:
        """A response that is not understood says nothing: that folder is opened."""
        names: Mapping[bytes, str] = {raw: name for name, raw in self._raw_names.items()}
        for record in records(data):
            with contextlib.suppress(ValueError, TypeError, LookupError, imaplib.IMAP4.error):
                raw, status = status_of(record)
                if status is not None and raw in names:
                    self._statuses[names[raw]] = status
