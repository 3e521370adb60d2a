"""A mail that somebody pasted or saved as text: its first lines are a header block of a mail program."""

from ingest.chain.blocks import read_block
from ingest.chain.dates import LOCAL_ZONE
from ingest.chain.labels import is_rule, marker_of
from ingest.chain.lines import next_filled, split_lines
from ingest.model import ParsedMail

MAX_LEADING = 50


def parse_pasted(text: str, zone: str = LOCAL_ZONE) -> ParsedMail | None:
    """The mail whose header block, Swedish or in another language, is the first thing in `text`; None without one.

    `ParsedMail.text` is what stands below the block; places in the mail are counted in it. A date without a zone
    is read in `zone`.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines = split_lines(text)
    first = next_filled(lines, 0, MAX_LEADING)
    while (
        first is not None
        and first < MAX_LEADING
        and (is_rule(lines[first].words) or marker_of(lines[first].words))
    ):
        first = next_filled(lines, first + 1, MAX_LEADING)
    if first is None or lines[first].depth:
        return None
    block = read_block(lines, first, zone=zone)
    if block is None:
        return None
    header = block.header
    return ParsedMail(
        status="ok",
        sender=header.sender,
        to=header.to,
        cc=header.cc,
        subject=header.subject,
        date=header.date.value if header.date else None,
        date_text=header.date_text,
        date_zone_known=header.date.zone_known if header.date else False,
        message_id=header.message_id,
        text=text[lines[block.end].start :] if block.end < len(lines) else "",
    )
