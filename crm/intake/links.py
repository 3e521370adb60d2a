"""Which offices the messages of a batch concern; what a person decided outranks every rule."""

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from crm.intake.messages import Placed
from crm.linking import CONFIDENCE
from crm.lookup import all_by_column, chunks
from db.bulk import insert_rows
from db.schema import Link, LinkDecision, Message, Office


def write_links(session: Session, chosen: Sequence[Placed]) -> Mapping[int, list[int]]:
    """Replaces the links of every message and gives message → offices, the surest first."""
    numbers = [item.row.id for item in chosen]
    for part in chunks(numbers):
        session.execute(delete(Link).where(Link.message_id.in_(part)))
    offices = _offices(session)
    links: dict[tuple[int, int], dict[str, object]] = {}
    for item in chosen:
        for link in item.read.links:
            for office in offices.get(link.code, ()):
                links[item.row.id, office] = _row(
                    item.row.id, office, f"{link.reason}: {link.detail}", link.confidence
                )
    _from_threads(session, chosen, links)
    _decided(session, numbers, links)
    insert_rows(session, Link, list(links.values()))
    concerned: dict[int, list[int]] = {}
    for message, office in sorted(links, key=lambda pair: -float(str(links[pair]["confidence"]))):
        concerned.setdefault(message, []).append(office)
    return concerned


def _row(
    message: int, office: int, reason: str, confidence: float, decided_by: str | None = None
) -> dict[str, object]:
    return {
        "message_id": message,
        "office_id": office,
        "reason": reason,
        "confidence": confidence,
        "decided_by": decided_by,
    }


def _offices(session: Session) -> dict[str, list[int]]:
    """Municipality code → its offices in the newest plan (28: small enough to hold)."""
    by_code: dict[str, list[int]] = {}
    for number, code in session.execute(
        select(Office.id, Office.municipality_code).where(Office.in_plan).order_by(Office.id)
    ):
        by_code.setdefault(code, []).append(number)
    return by_code


def _from_threads(
    session: Session, chosen: Sequence[Placed], links: dict[tuple[int, int], dict[str, object]]
) -> None:
    """A mail that names no office concerns those of the mail that it answers."""
    linked = {message for message, _ in links}
    bare = {
        item.row.id: item.row.reply_to_id
        for item in chosen
        if item.row.id not in linked and item.row.reply_to_id is not None
    }
    if not bare:
        return
    above: dict[int, set[int]] = {}
    for row in all_by_column(session, Link, Link.message_id, set(bare.values())):
        above.setdefault(row.message_id, set()).add(row.office_id)
    for message, office in links:
        above.setdefault(message, set()).add(office)
    subjects = {
        row.id: row.subject for row in all_by_column(session, Message, Message.id, set(bare.values()))
    }
    for message in _parents_first(bare):
        for office in above.get(bare[message], ()):
            above.setdefault(message, set()).add(office)
            links[message, office] = _row(
                message, office, f"thread: {subjects.get(bare[message]) or ''}", CONFIDENCE["thread"]
            )


def _parents_first(parents: Mapping[int, int]) -> list[int]:
    """The messages of a batch, each after the one that it answers, if that is among them."""
    ordered: dict[int, None] = {}
    for message in parents:
        path: dict[int, None] = {}
        while message in parents and message not in ordered and message not in path:
            path[message] = None
            message = parents[message]  # noqa: PLW2901 (up to the first that is placed)
        ordered.update(dict.fromkeys(reversed(path)))
    return list(ordered)


def _decided(
    session: Session, numbers: Sequence[int], links: dict[tuple[int, int], dict[str, object]]
) -> None:
    for row in all_by_column(session, LinkDecision, LinkDecision.message_id, numbers):
        if row.linked:
            links[row.message_id, row.office_id] = _row(
                row.message_id, row.office_id, "person", CONFIDENCE["person"], row.by
            )
        else:
            links.pop((row.message_id, row.office_id), None)
