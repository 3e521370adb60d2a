"""How much of a hostile mail is read, and the budget that one mail and all that is attached to it share."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds of one reading. What lies beyond is kept in the raw mail; the limit names itself in a problem.

    `size`, `header`, `headers` and `parameters` are bytes, `text` and `html` characters, all others counts.
    `depth`, `parts`, `lines` and `html` count for a mail and all that is attached to it together.
    Of the attached documents `documents` are read of each mail, `document_words` characters of them all for
    mentions and follow-ups; of each `document_size` bytes, unpacked `document_unpacked`, `document_text` characters,
    and so many files within it, XML elements, pages, sheets and rows; all of them within `document_seconds`.
    """

    size: int = 50_000_000
    header: int = 100_000
    headers: int = 1_000_000
    parameters: int = 16_000
    depth: int = 100
    parts: int = 1_000
    recipients: int = 2_000
    references: int = 1_000
    text: int = 2_000_000
    lines: int = 50_000
    html: int = 2_000_000
    documents: int = 50
    document_size: int = 20_000_000
    document_unpacked: int = 40_000_000
    document_text: int = 500_000
    document_words: int = 200_000
    document_entries: int = 5_000
    document_elements: int = 500_000
    document_pages: int = 300
    document_sheets: int = 50
    document_rows: int = 10_000
    document_seconds: int = 2


@dataclass(slots=True)
class Budget:
    """What is left to read, shared by a mail and the mails attached to it, and what could not be read.

    `scans` bounds the lines that look like a boundary and are none: 50 MB of them would take seconds;
    `opinions` how often mail-parser, which is slow, is asked about one mail and all in it,
    `guesses` how often charset-normalizer is; `markup`, `decoded` and `lines` count the
    characters of HTML, the bytes of text and its lines that were read; `unpackable` is how many bytes of mails in other
    forms (.msg, winmail.dat, S/MIME) may still be opened, one within the other, `calendars` how many of invitations
    may still be read.
    """

    limits: Limits
    parts: int = 0
    scans: int = 100_000
    opinions: int = 5
    guesses: int = 5
    markup: int = 0
    decoded: int = 0
    lines: int = 0
    unpackable: int = 0
    calendars: int = 0
    problems: dict[str, None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.unpackable = 2 * self.limits.size
        self.calendars = self.limits.text

    def report(self, code: str, detail: str) -> None:
        """Note a problem once, as "code: detail", bounded and on one line."""
        text = " ".join(f"{code}: {detail}".split())
        if len(self.problems) < 100:
            self.problems[text if len(text) <= 200 else text[:199] + "…"] = None

    def drain(self) -> tuple[str, ...]:
        """The problems since the last call: each mail of a nest of mails has its own."""
        found = tuple(self.problems)
        self.problems.clear()
        return found
