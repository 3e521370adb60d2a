"""Was this mail written by a program? Auto-replies, bounces, lists and bulk mail owe nobody an answer.

Sources: RFC 3834 (Auto-Submitted), RFC 2919 and 2369 (lists), RFC 6522 (reports), and what Exchange, Sendmail
vacation and Swedish Outlook really send.
"""

import re

from ingest.headers import Headers
from ingest.model import Mailbox

# Stands in every list of reminders that we mail, so that one is known again when it is forwarded or quoted.
DIGEST_MARK = "[aterkom:digest]"
_BULK = frozenset({"bulk", "list", "junk", "auto_reply", "auto-reply"})
_SIGNS = (
    b"list-id", b"list-unsubscribe", b"list-post", b"x-autoreply", b"x-autorespond", b"x-autoresponse",
    b"x-auto-reply", b"x-aterkom", b"feedback-id", b"x-failed-recipients", b"x-mailinglist", b"x-mailing-list", b"x-campaign-id",
)  # fmt: skip
_SUBJECT = re.compile(
    r"(?:autosvar|automatiskt svar|automatisk svar|automatic reply|auto(?:matic)?[ -]?reply|autoreply|autoresponse"
    r"|frånvaro(?:meddelande)?|frånvarande|out of (?:the )?office|ej på kontoret"
    r"|(?:ej levererbart?|olevererbart?|undeliverable|undelivered mail|delivery status notification"
    r"|mail delivery (?:failed|failure)|delivery failure|returned mail|det gick inte att leverera))"
    r"(?: [^:]{0,40})?(?::|\(|$| -)",
    re.IGNORECASE,
)
_LEAVE = re.compile(r"(?:autosvar|frånvaro|out of office|automatiskt svar)\b", re.IGNORECASE)
_ROBOTS = frozenset({"mailer-daemon", "postmaster", "microsoftexchange329e71ec88ae4615bbc36ab6ce41109e"})


def is_automatic(headers: Headers, subject: str | None, sender: Mailbox | None) -> bool:
    """True for an auto-reply, a bounce, a list's or bulk mail.

    X-Auto-Response-Suppress alone proves nothing: Exchange sets it on what people write.
    """
    return (
        _says_so(headers)
        or _is_report(headers)
        or _empty_return_path(headers)
        or _robot(sender)
        or (subject is not None and bool(_SUBJECT.match(subject.strip()[:200])))
        or _suppressed_leave(headers, subject)
    )


def is_own_digest(text: str) -> bool:
    """True for the words of a list that this program mailed: what stands in it was read once already."""
    return DIGEST_MARK in text


def _says_so(headers: Headers) -> bool:
    submitted = _token(headers, b"auto-submitted")
    if submitted and submitted != "no":
        return True
    return _token(headers, b"precedence") in _BULK or not headers.fields.keys().isdisjoint(_SIGNS)


def _token(headers: Headers, name: bytes) -> str:
    """The first word of a header, in lower case, without comment and parameters."""
    words = re.split(r"[\s;(]", (headers.text(name) or "").strip().lower(), maxsplit=1)
    return words[0]


def _is_report(headers: Headers) -> bool:
    return (headers.first(b"content-type") or b"").strip().lower().startswith(b"multipart/report")


def _empty_return_path(headers: Headers) -> bool:
    path = headers.first(b"return-path")
    return path is not None and b"".join(path.split()) == b"<>"


def _robot(sender: Mailbox | None) -> bool:
    return sender is not None and (sender.address or "").partition("@")[0] in _ROBOTS


def _suppressed_leave(headers: Headers, subject: str | None) -> bool:
    """Exchange's suppression together with a subject that speaks of absence anywhere."""
    suppressed = headers.first(b"x-auto-response-suppress") is not None
    return suppressed and subject is not None and bool(_LEAVE.search(subject[:200]))
