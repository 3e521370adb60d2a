"""The header of an Outlook item: as it was transported, else out of its properties (MS-OXOMSG, MS-OXCMSG)."""

import base64
import re
from collections.abc import Iterator

from ingest import headers
from ingest.limits import Budget
from ingest.mapi import Item, Properties

# What the mail that is written says of its own form.
_OWN = frozenset(
    b"mime-version content-type content-transfer-encoding content-disposition content-id content-language".split()
)
_ADDRESS = re.compile(r"[^\s@<>\"]{1,100}@[^\s@<>\"]{1,200}")
_ONE_OFF = bytes.fromhex("812b1fa4bea310199d6e00dd010f5402")
# SMTP address, name, native address, entry.
_REPRESENTED = (0x5D02, 0x0042, 0x0065, 0x0041)
_SENDER = (0x5D01, 0x0C1A, 0x0C1F, 0x0C19)
_RECIPIENT = (0x39FE, 0x3001, 0x3003, 0x0FFF)
_KINDS = {1: b"To", 2: b"Cc", 3: b"Bcc"}
_LISTED = ((0x0E04, b"To"), (0x0E03, b"Cc"))
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def header(item: Item, budget: Budget) -> Iterator[bytes]:
    """Lines of a header: the fields that the mail came with; what they lack out of the properties."""
    transported = (item.properties.text(0x007D) or "")[: budget.limits.headers]
    block = transported.encode("utf-8", "replace")
    found, _ = headers.read_block(block, 0, len(block), Budget(budget.limits))
    for name, value in found.order:
        if name not in _OWN:
            yield name + b": " + value + b"\r\n"
    for name, text in _fields(item):
        if name.lower() not in found.fields and text:
            yield name + b": " + " ".join(text.split()).encode("utf-8", "replace") + b"\r\n"


def _fields(item: Item) -> Iterator[tuple[bytes, str]]:
    own = item.properties
    behind = _party(own, _SENDER)
    author = _party(own, _REPRESENTED) or behind
    yield b"From", author
    yield b"Sender", behind if behind != author else ""
    yield from _recipients(item)
    yield b"Subject", _subject(own)
    if moment := own.moment(0x0039, 0x0E06, 0x3007, 0x3008):
        local = moment.astimezone(headers.SWEDEN)  # Outlook keeps UTC alone: nobody's clock
        yield b"Date", f"{local:%d} {_MONTHS[local.month - 1]} {local:%Y %H:%M:%S %z}"
    yield b"Message-ID", own.text(0x1035) or ""
    yield b"In-Reply-To", own.text(0x1042) or ""
    yield b"References", own.text(0x1039) or ""
    yield b"Thread-Topic", own.text(0x0070) or ""
    yield b"Thread-Index", base64.b64encode((own.data(0x0071) or b"")[:1_000]).decode("ascii")
    kind = message_class(item)
    yield b"Auto-Submitted", "auto-replied" if kind.startswith("report.") or ".ooftemplate" in kind else ""


def message_class(item: Item) -> str:
    """What kind of item it is, in lower case: "ipm.note", "ipm.schedule.meeting.request"."""
    return (item.properties.text(0x001A) or "").strip().lower()


def _subject(own: Properties) -> str:
    """The subject; Outlook may put the length of its "SV: " before it, as two control characters."""
    whole = own.text(0x0037)
    if whole is None:
        return (own.text(0x003D) or "") + (own.text(0x0E1D, 0x0070) or "")
    return whole[2:] if whole[:1] == "\1" else whole


def _recipients(item: Item) -> Iterator[tuple[bytes, str]]:
    """To, Cc and Bcc; of an item without a table of recipients their names as shown."""
    found: dict[bytes, list[str]] = {}
    for each in item.recipients:
        name = _KINDS.get((each.number(0x0C15) or 1) & 0xF)
        if name and (party := _party(each, _RECIPIENT)):
            found.setdefault(name, []).append(party)
    for name, parties in found.items():
        yield name, "; ".join(parties)
    if not found:
        for number, name in _LISTED:
            shown = (item.properties.text(number) or "").split(";")[:2_000]
            yield name, "; ".join(_written(each.strip(" '"), None) for each in shown if each.strip(" '"))


def _party(own: Properties, numbers: tuple[int, int, int, int]) -> str:
    """`"Name" <address>`; an address of Exchange's directory (/o=…) is none to anybody else."""
    smtp, shown, native, entry = numbers
    name = own.text(shown) or ""
    for candidate in (own.text(smtp), own.text(native), _one_off(own.data(entry)), name):
        bare = (candidate or "").strip(" '\"<>")
        if _ADDRESS.fullmatch(bare):
            return _written("" if name.strip(" '\"<>") == bare else name, bare)
    return _written(name, None)


def _written(name: str, address: str | None) -> str:
    if address and _ADDRESS.fullmatch(name):
        name = ""
    escaped = " ".join(name.split()).replace("\\", "\\\\").replace('"', '\\"')
    quoted = f'"{escaped}"' if escaped else ""
    if address is None and _ADDRESS.fullmatch(name):
        return name
    return f"{quoted} <{address}>".strip() if address else quoted


def _one_off(entry: bytes | None) -> str | None:
    """The address in an entry that stands in no directory (MS-OXCDATA, 2.2.5.1): name, "SMTP", address."""
    if entry is None or entry[4:20] != _ONE_OFF or len(entry) < 24:
        return None
    wide = entry[23] & 0x80
    words = entry[24:].decode("utf-16-le" if wide else "cp1252", "replace").split("\0")
    return words[2] if len(words) > 2 and words[1].upper() == "SMTP" else None
