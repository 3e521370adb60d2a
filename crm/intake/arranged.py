"""What people decided on threads, as the threading takes it: references that do not count, and some that nobody wrote.

A message that was split off has lost its references; two that were joined share one to a Message-ID that no mail
bears. So what a person decided goes through the rules of all threads, and holds when mail is read again. In a thread
from which something was split off a mail follows the nearest mail that it answers: its References name both sides.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from crm.lookup import chunks
from db.schema import Arrangement, Message
from ingest.conversations import MADE

_JOINED = f"@joined{MADE}"


def joint(arrangement: int) -> str:
    """The Message-ID that two joined messages refer to."""
    return f"<{arrangement}{_JOINED}"


def is_joint(name: str) -> bool:
    """Whether a reference is a person's doing."""
    return name.endswith(_JOINED)


def is_made(name: str) -> bool:
    """Whether a reference is none that a mail's author wrote."""
    return name.endswith(MADE)


def split_messages(session: Session) -> set[int]:
    """The messages that people have split off."""
    found = select(Arrangement.one).where(
        Arrangement.subject == "thread", Arrangement.action == "split", Arrangement.undone.is_(False)
    )
    return set(session.scalars(found))


def split_threads(session: Session) -> set[int]:
    """The threads that they begin."""
    return {
        thread
        for part in chunks(split_messages(session))
        for thread in session.scalars(select(Message.thread_id).where(Message.id.in_(part)))
        if thread is not None
    }


def arranged_references(
    session: Session, references: dict[int, tuple[str, ...]]
) -> dict[int, tuple[str, ...]]:
    """What messages of the store refer to, after what people decided on them."""
    changed: dict[int, tuple[str, ...]] = {}
    joints: dict[int, list[str]] = {}
    for row in _of_messages(session, list(references)):
        if row.action == "split" and row.one in references:
            changed[row.one] = ()
        for number in {row.one, row.other} & references.keys() if row.action == "join" else ():
            joints.setdefault(number or 0, []).append(joint(row.id))
    kept = {**references, **changed}
    return {number: (*joints.get(number, ()), *names) for number, names in kept.items()}


def _of_messages(session: Session, messages: Collection[int]) -> list[Arrangement]:
    """The decisions that hold, oldest first."""
    asked = select(Arrangement).where(Arrangement.subject == "thread", Arrangement.undone.is_(False))
    found: dict[int, Arrangement] = {}
    for part in chunks(messages):
        of_these = asked.where(or_(Arrangement.one.in_(part), Arrangement.other.in_(part)))
        found.update((row.id, row) for row in session.scalars(of_these))
    return [found[number] for number in sorted(found)]


def nearest(names: Sequence[str], known: Collection[str]) -> list[str]:
    """Of several references the last one that is known, and what a person joined."""
    last = next((name for name in reversed(names) if name in known and not is_joint(name)), None)
    return [name for name in names if is_joint(name) or name == last]
