"""What every benchmark needs: mails in any number, and the machine's own description."""

import os
import platform
import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

_ID = re.compile(rb"<([^<>@\s]{1,80})@([^<>\s]{1,80})>")


def machine() -> str:
    """One line: day, processor count, Python."""
    return f"{date.today()}, {os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"


def mails(count: int) -> Iterator[bytes]:
    """The demonstration's mails over and over, each round with Message-IDs and a subject of its own."""
    from crm.demo import load_mails

    originals = [mail.raw for mail in load_mails()]
    for number in range(count):
        turn, place = divmod(number, len(originals))
        raw = originals[place]
        if turn:
            raw = _ID.sub(rb"<\1.%d@\2>" % turn, raw)
            raw = re.sub(rb"(?m)^Subject: ", b"Subject: %d " % turn, raw, count=1)
        yield raw


def count_argument(default: int) -> int:
    """How many, from the command line."""
    return int(sys.argv[1]) if len(sys.argv) > 1 else default
