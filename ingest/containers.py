"""Parts that hold a mail in a form other than MIME: .msg, winmail.dat, S/MIME, uuencoded files; mails sent as files.

What is found is MIME again, read as if it had come so; the rest stays the document that it is.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ingest import cms, headers, msg, ole, outlook, tnef, uuencoding
from ingest.limits import Budget

if TYPE_CHECKING:
    from ingest.parts import Part

_MSG = frozenset({"application/vnd.ms-outlook", "application/x-msg", "application/msoutlook"})
_TNEF = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
_SMIME = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_ANYTHING = frozenset({"application/octet-stream", "application/x-unknown", "application/eml", "message/eml"})
_ENDINGS = (".msg", ".eml", ".p7m", ".dat")

Kind = Literal["msg", "tnef", "smime", "eml", "uu"]


@dataclass(frozen=True, slots=True)
class Unpacked:
    """MIME bytes: a whole `mail` of its own, or what stands in the place of the part.

    `substitute` is True for a body that is read only where the mail has no better one.
    """

    data: bytes
    mail: bool
    substitute: bool = False


def container(content_type: str, filename: str | None) -> Kind | None:
    """What a part is by its type and name; None for nearly every part."""
    name = (filename or "").lower()
    if content_type in _MSG:
        return "msg"
    if content_type in _TNEF:
        return "tnef"
    if content_type in _SMIME:
        return "smime"
    if name.endswith(_ENDINGS) and content_type.startswith(("application/", "message/eml")):
        return _by_name(content_type, name)
    return None


def _by_name(content_type: str, name: str) -> Kind | None:
    if name.endswith(".msg"):
        return "msg"
    if name.endswith(".p7m"):
        return "smime"
    if name.endswith(".dat") and name.startswith(("winmail", "noname")):
        return "tnef"
    return "eml" if name.endswith(".eml") and content_type in _ANYTHING else None


def unpacked(part: "Part", kind: Kind, budget: Budget) -> Unpacked | None:
    """What a container holds; None, with a problem where it should have held something, if it holds nothing."""
    data = part.content(budget)
    if len(data) > budget.unpackable:
        budget.report(
            "limit-size", f"part {part.path}, {len(data)} bytes to unpack, {budget.unpackable} left"
        )
        return None
    budget.unpackable -= len(data)
    if kind == "smime":
        return _smime(data, budget)
    if kind == "eml":
        return Unpacked(data, mail=True) if headers.looks_like_mail(data) else None
    if kind == "uu":
        made = uuencoding.as_parts(data, part.headers.first(b"content-type") or b"text/plain")
        return Unpacked(made, mail=False) if made else None
    found = _outlook(data, part.depth, budget)
    if (
        found is None and kind == "msg"
    ):  # winmail.dat that cannot be opened is said by `attachments.unreadable`
        budget.report("msg-broken", f"part {part.path}, it cannot be opened")
    return found


def _smime(data: bytes, budget: Budget) -> Unpacked | None:
    """Signed or compressed; encrypted ones are said by `attachments.unreadable`."""
    try:
        return Unpacked(cms.content(data, budget.limits.size), mail=False)
    except cms.CmsBrokenError:
        return None


def _outlook(data: bytes, depth: int, budget: Budget) -> Unpacked | None:
    if data.startswith(ole.MAGIC) and (item := msg.read(data, budget, depth)):
        return Unpacked(outlook.as_mail(item, data, budget), mail=True)
    if data.startswith(tnef.MAGIC) and (item := tnef.read(data, budget, depth)):
        return Unpacked(outlook.as_part(item, data, budget), mail=False, substitute=True)
    return None


def opened_file(raw: bytes, budget: Budget) -> bytes | None:
    """The mail in a file that is no mail by its first bytes: .msg, winmail.dat, a calendar; None for any other."""
    if raw.startswith(ole.MAGIC):
        item = msg.read(raw, budget)
    elif raw.startswith(tnef.MAGIC):
        item = tnef.read(raw, budget)
    elif raw[:40].lstrip(b"\xef\xbb\xbf\r\n \t").upper().startswith(b"BEGIN:VCALENDAR"):
        return b"Content-Type: text/calendar\r\n\r\n" + raw
    else:
        return None
    return outlook.as_mail(item, raw, budget) if item else None
