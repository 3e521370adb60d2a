"""IDLE (RFC 2177): the server tells when the open folder changes, instead of being asked again and again."""

import time
from typing import Literal

from ingest.imap import ImapSource

Woken = Literal["changed", "quiet", "refused"]
# RFC 2177 has a server drop a quiet client after 30 minutes; routers and Exchange do so sooner.
RENEW = 9 * 60.0
_CHANGES = frozenset({"EXISTS", "EXPUNGE", "FETCH", "VANISHED"})


def offers_idle(source: ImapSource) -> bool:
    """Whether the server says that it can IDLE."""
    return "IDLE" in source.capabilities()


def idle(source: ImapSource, seconds: float) -> Woken:
    """Waits for a change of the open folder, for `seconds` (RENEW at most), and is out of IDLE again at the end.

    "changed": a mail came, went, or has other flags; "refused": the server will not, ask it again instead.
    Raises the SourceErrors; `ImapSource.cut` ends the wait with one of them.
    """
    wire = source._wire  # noqa: SLF001 (of the same layer: the source is the connection)
    until = time.monotonic() + min(seconds, RENEW)
    with source._understood():  # noqa: SLF001 (likewise)
        wire.untagged_responses.clear()
        tag = wire._command("IDLE")  # noqa: SLF001 (imaplib has no command for it)
        if not _begun(source, tag):
            return "refused"
        while not (changed := _changed(source)) and (left := until - time.monotonic()) > 0:
            if not wire.readable(left):
                break
            wire._get_response()  # noqa: SLF001 (the same: one line of the server's)
            wire._check_bye()  # noqa: SLF001 (the same)
            if _ended(source, tag):
                return "refused"
        wire.send(b"DONE\r\n")
        wire._command_complete("IDLE", tag)  # noqa: SLF001 (the same)
        return "changed" if changed or _changed(source) else "quiet"


def _begun(source: ImapSource, tag: bytes) -> bool:
    """Reads up to the server's `+`; False if it answers the command itself: NO or BAD."""
    wire = source._wire  # noqa: SLF001 (as above)
    while wire._get_response() is not None:  # noqa: SLF001 (None stands for the `+`)
        if _ended(source, tag):
            return False
        wire._check_bye()  # noqa: SLF001 (as above)
    return True


def _ended(source: ImapSource, tag: bytes) -> bool:
    """Whether the server has answered the command, which is for the client to end."""
    answers = source._wire.tagged_commands  # noqa: SLF001 (as above)
    return answers[tag] is not None and answers.pop(tag) is not None


def _changed(source: ImapSource) -> bool:
    """Whether one of the lines so far tells of a change; they are forgotten, that a long wait gathers none."""
    told = source._wire.untagged_responses  # noqa: SLF001 (as above)
    changed = not _CHANGES.isdisjoint(told)
    told.clear()
    return changed
