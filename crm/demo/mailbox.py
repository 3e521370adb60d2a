"""The invented mails of the demonstration, as files beside this module, by folder."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources

USER = "etablering@statenssc.se"
PASSWORD = "demo"  # noqa: S105 (no secret: the server listens on loopback and holds invented mail alone)
INBOX = "INBOX"
SENT = "Skickat"


@dataclass(frozen=True, slots=True)
class DemoMail:
    """A mail as bytes, lines ended by CRLF, and the folder in which it lies."""

    folder: str
    name: str
    raw: bytes


def load_mails() -> Iterator[DemoMail]:
    """Every mail, folder by folder, in the order of its file name."""
    home = resources.files("crm.demo") / "mails"
    for folder in (INBOX, SENT):
        files = [file for file in (home / folder).iterdir() if file.name.endswith(".eml")]
        for file in sorted(files, key=lambda file: file.name):
            raw = file.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
            yield DemoMail(folder, file.name, raw)
