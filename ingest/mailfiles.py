"""Whether a file that was found in a folder is mail: nobody named it, so its content or its name has to say so."""

import re
from pathlib import PurePath
from typing import BinaryIO

from ingest import charset, headers, ole
from ingest.pasted import parse_pasted

_MAIL_NAMES = {".eml", ".emlx", ".mbox", ".mbx", ".mbs", ".msg", ".oft"}
# MH counts its mails, Maildir ends names with flags (":2,S", on some systems "!2,S" or ";2,S").
_BOX_NAMES = re.compile(r"[0-9]{1,9}|.+[:!;]2,[A-Za-z]*")
_HEAD = 65_536
_MSG = "__properties_version1.0".encode("utf-16-le")  # MS-OXMSG 2.4: every .msg has a stream of that name


def is_mail_file(name: str, stream: BinaryIO) -> bool:
    """By the name's ending, a mailbox's way to number files, or what the first 64 kB look like."""
    path = PurePath(name)
    if path.suffix.lower() in _MAIL_NAMES or _BOX_NAMES.fullmatch(path.name):
        return True
    head = stream.read(_HEAD)
    if head.startswith(ole.MAGIC):
        return _MSG in head or _MSG in stream.read()
    return _looks_like_mail(head)


def _looks_like_mail(head: bytes) -> bool:
    """A header block, an mbox's separator before one, or a letter that was pasted with its header lines."""
    if b"\0" in head and not charset.bom(head[:4]):
        return False
    text = charset.clean(charset.guess(head))[0]
    plain = text.encode("utf-8", "replace").lstrip(b"\n")
    return headers.looks_like_mail(plain) or parse_pasted(text) is not None
