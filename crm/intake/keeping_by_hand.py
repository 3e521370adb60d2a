"""Looks which follow-ups that a person added the letters of a batch keep: those on their offices, by side and words."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import ids
from crm.intake.messages import Placed
from crm.intake.promises import Mail, mails, these
from crm.keeping import keeps
from crm.lookup import chunks
from crm.promised import Promise
from crm.settling import settle
from db.schema import FollowUp

_SIDES = {"us": "out", "them": "in"}
_KINDS = ("commitment", "request")


def find_kept_by_hand(
    session: Session, chosen: Sequence[Placed], concerned: Mapping[int, Collection[int]]
) -> None:
    """Marks what has been kept, with the first letter that keeps it as its evidence.

    `concerned`: the offices of each message. A letter of ours keeps what we owe, one to us what they do; since no thread
    holds the two together, it has to speak of the thing.
    """
    rows = _waiting(session, {office for some in concerned.values() for office in some})
    if not rows:
        return
    directions = {item.row.id: item.row.direction for item in chosen}
    letters = sorted(mails(session, these(directions)), key=lambda mail: (mail.letter.day, mail.id))
    again = {ids.printed("message", number) for number in directions}
    changed = []
    for row in rows:
        known = row.evidence if (row.evidence or {}).get("message") not in again else None
        found = _first(row, letters, directions)
        if found and (known is None or found["date"] < known["date"]):
            known = found
        if known != row.evidence:
            row.evidence = known
            changed.append(row)
    if changed:
        settle(session, changed)


def _waiting(session: Session, offices: Collection[int]) -> list[FollowUp]:
    """Those added by hand on these offices that are open, or that a letter keeps."""
    asked = select(FollowUp).where(
        FollowUp.origin == "manual",
        FollowUp.kind.in_(_KINDS),
        FollowUp.owes.in_(_SIDES),
        FollowUp.state.in_(("accepted", "kept")),
    )
    return [
        row
        for part in chunks(sorted(offices))
        for row in session.scalars(asked.where(FollowUp.office_id.in_(part)))
    ]


def _first(row: FollowUp, letters: Iterable[Mail], directions: Mapping[int, str]) -> dict[str, str] | None:
    for mail in letters:
        if row.office_id not in mail.offices or directions[mail.id] != _SIDES[row.owes]:
            continue
        reason = keeps(_promise(row, mail), mail.letter)
        if reason is not None:
            told = {"message": ids.printed("message", mail.id), "date": mail.letter.day.isoformat()}
            return {**told, "reason": reason}
    return None


def _promise(row: FollowUp, mail: Mail) -> Promise:
    """What a person wrote down as a promise between the two sides of a letter; its words are its subject as well."""
    return Promise(
        kind=row.kind,
        said=row.since,
        due_start=row.due_start,
        due_end=row.due_end,
        debtors=frozenset({mail.letter.sender}),
        creditors=mail.letter.recipients - {mail.letter.sender},
        thread=None,
        subject=row.text,
        text=row.text,
    )
