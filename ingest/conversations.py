"""What programs and servers say of a conversation beside References: Exchange's Thread-Index, Gmail's X-GM-THRID, THREADID.

Each becomes a Message-ID that no mail bears and every mail of the conversation refers to, so that mails which lost
their References on the way stand together all the same, by the rules of `ingest.threading`.

A Thread-Index begins with the moment at which the conversation began and a GUID (22 bytes); every answer adds five
bytes (MS-OXOMSG, 2.2.1.3). Programs that send from a template send one index for ever: a first mail whose index is
of another day, or an answer to something years old, says nothing.
"""

import base64
import binascii
import hashlib
from datetime import UTC, datetime, timedelta

MADE = ".aterkom.invalid>"  # how Message-IDs end that stand for something else (RFC 2606, 2)
_ROOT, _STEP = 22, 5
_LONGEST = 4_000  # signs of a Thread-Index: a thread of six hundred answers
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)  # FILETIME
_FRESH, _OLD = timedelta(days=1), timedelta(days=400)
_MAX_TOPIC = 1_000


def conversation_ids(
    thread_index: str | None, topic: str | None, gmail: str | None, date: datetime | None
) -> tuple[str, ...]:
    """The Message-IDs that stand for the conversations of a mail."""
    found = (_of_exchange(thread_index, topic, date), _of_gmail(gmail))
    return tuple(name for name in found if name is not None)


def conversation_on_server(account: int, thread: str) -> str:
    """The Message-ID that stands for a server's THREADID (RFC 8474), which means something within one account alone."""
    digest = hashlib.sha256(f"{account} {thread}".encode()).hexdigest()[:40]
    return f"<{digest}@objectid{MADE}"


def _of_exchange(thread_index: str | None, topic: str | None, date: datetime | None) -> str | None:
    index = _decoded(thread_index)
    if index is None or date is None:
        return None
    began = _began(index)
    is_first = len(index) == _ROOT
    if began is None or not (began - _FRESH <= date <= began + (_FRESH if is_first else _OLD)):
        return None
    words = " ".join((topic or "")[:_MAX_TOPIC].casefold().split())
    digest = hashlib.sha256(index[:_ROOT] + words.encode("utf-8", "surrogatepass")).hexdigest()[:40]
    return f"<{digest}@conversation{MADE}"


def _decoded(text: str | None) -> bytes | None:
    if not text or len(text) > _LONGEST:
        return None
    try:
        index = base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return None
    return index if len(index) >= _ROOT and (len(index) - _ROOT) % _STEP == 0 and index[0] == 1 else None


def _began(index: bytes) -> datetime | None:
    """The first six bytes are the upper ones of a FILETIME, in units of 100 nanoseconds."""
    try:
        return _EPOCH + timedelta(microseconds=(int.from_bytes(index[:6]) << 16) // 10)
    except OverflowError:
        return None


def _of_gmail(text: str | None) -> str | None:
    number = (text or "").strip()
    if not number.isascii() or not number.isdigit() or not 15 <= len(number) <= 20:
        return None
    return f"<{number}@gm-thrid{MADE}"
