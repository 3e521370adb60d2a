"""What a mail's headers say of whom it answers: its Message-ID, References and In-Reply-To, cleaned.

The rules of threading, for whoever keeps the mails, are those of RFC 5256's REFERENCES without its fifth step, as
Dovecot's REFS: subjects say nothing, since one subject is used for a hundred matters. A mail's parent is the nearest
of its references that is at hand; mails that refer to the same Message-ID are of one thread, whether or not that mail
is at hand.

- In-Reply-To counts only where References has nothing usable.
- What is no Message-ID (no brackets' worth of text, blanks, too long) joins nothing.
- A Message-ID borne by several mails is the first one's; borne by more than three, it is a machine's that numbers
  nothing, and joins nothing. Mails with the same Message-ID are not joined by it.
- No loops: a reference that would close one is passed over for the next.

What Exchange and Gmail say of a conversation (`ingest.conversations`) joins as a reference does that nobody bears.
A mail has a hundred references at most: its first and its last ones.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

MAX_REFERENCES = 100
MAX_ID_LENGTH = 998  # a line of RFC 5322
MAX_HOLDERS = 3

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Headers(Generic[K]):
    """What threading needs of a mail; Message-IDs with or without their angle brackets, oldest reference first."""

    id: K
    message_id: str | None
    references: tuple[str, ...] = ()
    in_reply_to: tuple[str, ...] = ()
    conversations: tuple[str, ...] = ()


def clean_id(text: str | None) -> str | None:
    """A Message-ID in angle brackets, or None for junk: blanks or controls within, no "@" and short, too long."""
    if text is None or len(text) > MAX_ID_LENGTH:
        return None
    bare = text.strip().removeprefix("<").removesuffix(">").strip()
    if not bare.isprintable() or any(character in bare for character in " <>"):
        return None
    left, at, right = bare.partition("@")
    # Some systems write no "@"; a long word with digits is still nobody else's.
    unique = bool(left and right) if at else len(bare) >= 16 and any(map(str.isdigit, bare))
    return f"<{bare}>" if unique else None


def reference_ids(mail: Headers[K]) -> tuple[str, ...]:
    """What a mail answers, oldest first, each once (its last place counts), its own Message-ID left out.

    Its conversations, which no mail is, stand before all that is.
    """
    return (*mail.conversations, *answered_ids(mail))


def answered_ids(mail: Headers[K]) -> tuple[str, ...]:
    """What References and In-Reply-To say."""
    own = clean_id(mail.message_id)
    found = _clean(mail.references, own) or _clean(mail.in_reply_to[:1], own)
    return found if len(found) <= MAX_REFERENCES else (found[0], *found[1 - MAX_REFERENCES :])


def _clean(texts: Sequence[str], own: str | None) -> tuple[str, ...]:
    ids = (clean_id(text) for text in reversed((*texts[:1], *texts[1:][-10 * MAX_REFERENCES :])))
    return tuple(reversed(dict.fromkeys(found for found in ids if found is not None and found != own)))
