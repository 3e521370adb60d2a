"""Bytes to `ParsedMail`: never raises, bounded by `Limits`, and says what could not be read.

A mail of RFC 5322 is split into parts; anything else is a text: pasted with its headers, or none at all.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice

from ingest import addresses, bodies, charset, delivery, headers, meeting, opening, parts
from ingest.attachments import attachment, unreadable
from ingest.automatic import is_automatic
from ingest.conversations import conversation_ids
from ingest.headers import Headers
from ingest.limits import Budget, Limits
from ingest.lists import list_addresses
from ingest.model import Mailbox, ParsedMail

_MAGIC = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an OLE file, but no mail of Outlook"),
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP or Office file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip file"),
    (b"7z\xbc\xaf", "a 7-Zip file"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\0", "a SQLite database"),
)
_CONTROL = re.compile(rb"[\0-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SAMPLE = 8_192
_MAX_PROBLEMS = 100
_PASTED = re.compile(
    rb"^\W{0,9}(?:sent|skickat|fr\xc3\xa5n|till|kopia|datum|\xc3\xa4mne)\W{0,9}:",
    re.IGNORECASE | re.MULTILINE,
)
_TRANSPORTED = re.compile(
    rb"^[ \t\f\v]*+(?:received|message-id|mime-version|content-type|return-path)[ \t\f\v]*+:",
    re.IGNORECASE | re.MULTILINE,
)


def parse(raw: bytes, limits: Limits | None = None) -> ParsedMail:
    """Read one mail or text. Status "partial" if anything could not be read, "quarantined" if nothing could."""
    budget = Budget(limits or Limits())
    data, start = opening.opened(raw, budget)
    if headers.looks_like_mail(data[start : start + 70_000]):
        pasted = _pasted(data, start)
        return pasted or _mail(data, start, len(data), 0, "", budget)
    reason = _no_text(data)
    if reason:
        return ParsedMail("quarantined", (reason,))
    return _text(data, budget)


def content(raw: bytes, path: str, limits: Limits | None = None) -> bytes | None:
    """The decoded bytes of the part with this path (`Attachment.part`), in attached mails as well; None if none."""
    budget = Budget(limits or Limits())
    data, start = opening.opened(raw, budget)
    end, depth, prefix = len(data), 0, ""
    while True:
        tree = parts.split(data, start, end, depth, prefix, budget)
        found = next((part for part in tree if part.path == path and not part.children), None)
        if found:
            return found.content(budget)
        holder = next((part for part in tree if part.is_message and path.startswith(part.path + ".")), None)
        if holder is None or holder.depth >= budget.limits.depth:
            return None
        data, start, end = _inside(holder, budget)
        depth, prefix = holder.depth + 1, holder.path


def contents(raw: bytes, paths: Collection[str], limits: Limits | None = None) -> Iterator[tuple[str, bytes]]:
    """The same for many parts of one mail, which is split up once: their paths and bytes, in the mail's order."""
    budget = Budget(limits or Limits())
    data, start = opening.opened(raw, budget)
    waiting = [(data, start, len(data), 0, "")]
    while waiting:
        data, start, end, depth, prefix = waiting.pop()
        for part in parts.split(data, start, end, depth, prefix, budget):
            if part.path in paths and not part.children:
                yield part.path, part.content(budget)
            holds = part.is_message and any(path.startswith(part.path + ".") for path in paths)
            if holds and part.depth < budget.limits.depth:
                waiting.append((*_inside(part, budget), part.depth + 1, part.path))


def _no_text(data: bytes) -> str | None:
    """Why these bytes are no text; None if they are one."""
    if not data.strip():
        return "empty: no bytes but white space" if data else "empty: 0 bytes"
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return f"binary: {kind}"
    sample = data[: 8 * _SAMPLE]
    controls = len(_CONTROL.findall(sample))
    if b"\0" in sample:
        return f"binary: {sample.count(0)} NUL in the first {len(sample)} bytes"
    if controls > max(2, len(sample) // 20):
        return f"binary: {controls} control characters in the first {len(sample)} bytes"
    return None


def _pasted(data: bytes, start: int) -> ParsedMail | None:
    """Header lines that somebody pasted, which are fields by chance ("From: … Sent: …"); None if a mail's own."""
    end = data.find(b"\n\n", start, start + 20_000)
    block = data[start : end if end >= 0 else start + 2_000].replace(b"\r", b"")
    if _TRANSPORTED.search(block):
        return None
    values = {
        name.strip().lower(): value
        for name, _, value in (line.partition(b":") for line in block.split(b"\n"))
    }
    spelled = values.get(b"date")
    localised = spelled is not None and headers.date(headers.decode(spelled[:200]))[0] is None
    if not localised and not _PASTED.search(block):
        return None
    return _from_pasted(charset.clean(charset.guess(data[start:]))[0])


def _from_pasted(text: str) -> ParsedMail | None:
    from ingest.pasted import parse_pasted

    return parse_pasted(text)


def _text(data: bytes, budget: Budget) -> ParsedMail:
    """A text without fields of a mail: pasted with its header lines in some language, or words alone."""
    text, had_nul = charset.clean(charset.guess(data, thorough=True))
    if had_nul:
        budget.report("nul-removed", "text")
    text = bodies.bounded(text, budget)
    return _with(_from_pasted(text) or ParsedMail("ok", text=text), budget.drain())


def _with(mail: ParsedMail, problems: Iterable[str]) -> ParsedMail:
    merged = tuple(dict.fromkeys((*mail.problems, *problems)))
    status = "partial" if merged and mail.status == "ok" else mail.status
    return replace(mail, problems=merged, status=status)


def _mail(raw: bytes, start: int, end: int, depth: int, prefix: str, budget: Budget) -> ParsedMail:
    """One mail within `raw`, the mails attached to it included. `depth` counts the levels around it."""
    tree = parts.split(raw, start, end, depth, prefix, budget)
    text, path, others = bodies.body(tree, budget)
    for part in tree:
        if said := unreadable(part):
            budget.report(*said)
    messages = [part for part in others if part.is_message and part.depth < budget.limits.depth]
    if len(messages) < sum(part.is_message for part in others):
        budget.report("limit-depth", f"more than {budget.limits.depth} levels, {budget.limits.depth} read")
    meetings = meeting.meetings(others, budget)
    reports = delivery.lines(others, budget)
    held = {id(part) for part in messages} | {
        id(part) for part in others if meetings and _is_invitation(part)
    }
    own = replace(
        _envelope(raw, start, tree[0].headers, budget),
        text=_joined(meeting.as_text(meetings, alone=not text.strip()), text, "\n".join(reports)),
        part=path,
        attachments=tuple(attachment(part, budget) for part in others if id(part) not in held),
        meetings=meetings,
        # Its own problems are taken before those of the mails attached to it.
        problems=(problems := budget.drain()),
        status="partial" if problems else "ok",
    )
    return _holding(own, tuple(_attached(part, budget) for part in messages)) if messages else own


def _is_invitation(part: parts.Part) -> bool:
    """A calendar that is a way to show the mail, rather than a document in it."""
    return meeting.is_calendar(part) and part.filename is None and part.disposition != "attachment"


def _joined(*texts: str) -> str:
    """What the parts of a mail say, one behind the other; a text alone stays as it is."""
    said = [text for text in texts if text.strip()]
    return "\n\n".join(each.strip("\n") for each in said) if len(said) > 1 else "".join(said) or texts[1]


def _holding(mail: ParsedMail, attached: tuple[ParsedMail, ...]) -> ParsedMail:
    """The mail with those attached to it; what could not be read in them was not read in it either."""
    inner = (problem for each in attached for problem in each.problems)
    return replace(_with(mail, islice(inner, _MAX_PROBLEMS)), attached=attached)


def _attached(part: parts.Part, budget: Budget) -> ParsedMail:
    raw, start, end = _inside(part, budget)
    return _mail(raw, start, end, part.depth + 1, part.path, budget)


def _inside(part: parts.Part, budget: Budget) -> tuple[bytes, int, int]:
    """Where the mail in a message/rfc822 part stands; one that was encoded, against RFC 2046, is decoded first."""
    if part.encoding in {b"", b"7bit", b"8bit", b"binary"}:
        return part.raw, part.start, part.end
    data = part.content(budget)
    return data, 0, len(data)


def _envelope(raw: bytes, start: int, fields: Headers, budget: Budget) -> ParsedMail:
    """Everything that the header block says."""
    sender = _sender(fields)
    subject = fields.text(b"subject")
    moment, spelled, zone_known = _date(raw, start, fields, budget)
    to, cc = _recipients(fields, budget)
    ids = headers.message_ids(fields.all(b"message-id"), 1)
    return ParsedMail(
        "ok",
        sender=sender,
        to=to,
        cc=cc,
        subject=subject or None,
        date=moment,
        date_text=spelled,
        date_zone_known=zone_known,
        message_id=ids[0] if ids else None,
        in_reply_to=_references(fields, b"in-reply-to", budget),
        references=_references(fields, b"references", budget),
        conversations=_conversations(fields, moment),
        lists=list_addresses(fields, sender, [*to, *cc]),
        automatic=is_automatic(fields, subject, sender),
    )


def _conversations(fields: Headers, moment: datetime | None) -> tuple[str, ...]:
    """Asked only of mail that has one of these headers."""
    index, gmail = fields.text(b"thread-index"), fields.text(b"x-gm-thrid")
    if not index and not gmail:
        return ()
    return conversation_ids(index, fields.text(b"thread-topic"), gmail, moment)


def _sender(fields: Headers) -> Mailbox | None:
    """The first author; Sender stands in for a From that names nobody."""
    for name in (b"from", b"sender"):
        found, _ = addresses.mailboxes(fields.all(name)[:10], 1)
        if found:
            return found[0]
    return None


def _recipients(fields: Headers, budget: Budget) -> tuple[tuple[Mailbox, ...], tuple[Mailbox, ...]]:
    """To and Cc, every header of them, together bounded."""
    limit = budget.limits.recipients
    to, to_total = addresses.mailboxes(fields.all(b"to"), limit)
    cc, cc_total = addresses.mailboxes(fields.all(b"cc"), limit - len(to))
    if to_total + cc_total > limit:
        budget.report("limit-recipients", f"{to_total + cc_total} recipients, {limit} read")
    return to, cc


def _references(fields: Headers, name: bytes, budget: Budget) -> tuple[str, ...]:
    limit = budget.limits.references
    ids = headers.message_ids(fields.all(name))
    if len(ids) <= limit:
        return ids
    budget.report("limit-references", f"{len(ids)} in {name.decode('ascii')}, {limit} read")
    return ids[: limit // 2] + ids[len(ids) - (limit - limit // 2) :]


def _date(
    raw: bytes, start: int, fields: Headers, budget: Budget
) -> tuple[datetime | None, str | None, bool]:
    """(time, as the header spelled it, whether its zone was known); the first hop's time for want of a better."""
    spelled = fields.text(b"date")
    if spelled:
        moment, zone_known = headers.date(spelled)
        if moment:
            return moment, spelled, zone_known
        budget.report("date-invalid", repr(spelled[:60]))
    return (_date_of_hops(raw, start, fields, budget), spelled or None, True)


def _date_of_hops(raw: bytes, start: int, fields: Headers, budget: Budget) -> datetime | None:
    """mail-parser's reading of a Date that is none to us, or of the Received headers."""
    if fields.first(b"received") is None and fields.first(b"date") is None:
        return None
    if budget.opinions <= 0:
        return None
    budget.opinions -= 1
    from ingest.opinion import second_opinion

    opinion = second_opinion(raw[start : start + budget.limits.headers], budget.limits)
    return opinion.date
