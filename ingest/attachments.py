"""Attachments: a name that is safe to show and to save, and the digest of the decoded bytes."""

import hashlib
import re
import unicodedata

from ingest.limits import Budget
from ingest.model import Attachment
from ingest.parts import Part

_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\.|$)", re.IGNORECASE)
_FORBIDDEN = str.maketrans(dict.fromkeys('<>:"|?*', "_"))
_MAX_CHARACTERS = 150
_MAX_BYTES = 240
_MAX_EXTENSION = 20
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def safe_name(name: str | None) -> str | None:
    """A file name without path, control and bidi characters, leading dots and names that Windows reserves.

    At most 150 characters and 240 bytes, the extension kept; None where nothing is left.
    """
    if not name:
        return None
    last = re.split(r"[/\\]", name[:4_000].rstrip("/\\ "))[-1]
    normal = unicodedata.normalize("NFC", last)
    seen = "".join(c for c in normal if unicodedata.category(c) not in _INVISIBLE)
    text = " ".join(seen.translate(_FORBIDDEN).split()).lstrip(". ").rstrip(". ")
    if _RESERVED.match(text):
        text = "_" + text
    return _shortened(text) or None


def _shortened(text: str) -> str:
    """Cut the stem, not the extension, in characters and in the bytes that a file system counts."""
    stem, dot, extension = text.rpartition(".")
    if not stem or len(extension) > _MAX_EXTENSION:
        stem, dot, extension = text, "", ""
    stem = stem[: _MAX_CHARACTERS - len(dot + extension)]
    room = _MAX_BYTES - len((dot + extension).encode())
    stem = stem.encode()[:room].decode(errors="ignore").rstrip(". ")
    return stem + dot + extension


def attachment(part: Part, budget: Budget) -> Attachment:
    """Describe one part; its bytes stay in the raw mail, where `mime.content` finds them by `part`."""
    data = part.content(budget)
    return Attachment(
        part.path,
        safe_name(part.filename),
        part.content_type,
        len(data),
        hashlib.sha256(data).hexdigest(),
    )


def unreadable(part: Part) -> tuple[str, str] | None:
    """(code, detail) of a problem where a part holds words that nobody here can read: encrypted, in pieces, elsewhere."""
    kind = part.content_type
    name = (part.filename or "").lower()
    if kind in {"application/ms-tnef", "application/vnd.ms-tnef"} or name == "winmail.dat":
        return "tnef", f"part {part.path}, Outlook's own format"
    sort = part.parameters.get("smime-type", "")[:40]
    smime = kind in {"application/pkcs7-mime", "application/x-pkcs7-mime"} or name.endswith(".p7m")
    if smime and sort.lower() != "certs-only":  # certificates alone hide no words
        return "encrypted", f"part {part.path}, S/MIME {sort}"
    if kind == "application/pgp-encrypted":
        return "encrypted", f"part {part.path}, PGP"
    if kind == "message/partial":
        number, total = (part.parameters.get(name, "?")[:9] for name in ("number", "total"))
        return "mail-in-pieces", f"part {part.path}, piece {number} of {total}"
    if kind == "message/external-body":
        return "attachment-elsewhere", f"part {part.path}, {part.parameters.get('access-type', '')[:20]}"
    return None
