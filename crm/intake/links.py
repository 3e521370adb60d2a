"""Which offices the messages of a batch concern; what a person decided outranks every rule, and teaches."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from crm.direction import Own
from crm.intake.messages import Placed
from crm.intake.taught import as_taught, what_holds
from crm.link_places import OfficePlace, Places
from crm.linking import CONFIDENCE, Reason
from crm.lookup import all_by_column, chunks
from crm.teaching import Holds
from db.bulk import insert_rows
from db.schema import Link, LinkDecision, Message, Office

Links = dict[tuple[int, int], dict[str, object]]
Taught = Mapping[int, Mapping[int, Holds]]
# Message → the offices of a municipality where it does not say which of them it means.
Unsure = dict[int, list[Sequence[int]]]


def write_links(session: Session, chosen: Sequence[Placed], own: Own) -> Mapping[int, list[int]]:
    """Replaces the links of every message and gives message → offices, the surest first."""
    numbers = [item.row.id for item in chosen]
    for part in chunks(numbers):
        session.execute(delete(Link).where(Link.message_id.in_(part)))
    offices = _offices(session)
    links, unsure = _by_rules(chosen, offices)
    said = _taught(session, chosen, own, offices.codes)
    _by_decisions_in_the_thread(chosen, said, links)
    _turn_down(said, links)
    _for_the_rest(session, chosen, said, links, unsure)
    _decided(session, numbers, links)
    insert_rows(session, Link, list(links.values()))
    concerned: dict[int, list[int]] = {}
    for message, office in sorted(links, key=lambda pair: -_confidence(links[pair])):
        concerned.setdefault(message, []).append(office)
    return concerned


def _row(
    message: int,
    office: int,
    reason: str,
    confidence: float,
    decided_by: str | None = None,
    decision: int | None = None,
) -> dict[str, object]:
    return {
        "message_id": message,
        "office_id": office,
        "reason": reason,
        "confidence": confidence,
        "decided_by": decided_by,
        "decision_id": decision,
    }


def _confidence(row: Mapping[str, object]) -> float:
    return float(str(row["confidence"]))


def _offices(session: Session) -> Places:
    """The offices of the newest plan (28: small enough to hold)."""
    asked = select(Office.id, Office.municipality_code, Office.place).where(Office.in_plan)
    return Places.of(OfficePlace(*row) for row in session.execute(asked.order_by(Office.id)))


def _by_rules(chosen: Iterable[Placed], places: Places) -> tuple[Links, Unsure]:
    """What the mails themselves say. Our own signature names where we are, not what we write about."""
    links: Links = {}
    unsure: Unsure = {}
    for item in chosen:
        from_us = item.row.direction in {"out", "internal"}
        subject, words = _own_words(item)
        named = places.named(subject) | places.named(words)
        for link in item.read.links:
            if link.reason == "signature" and from_us:
                continue
            meant = places.meant(link.code, named)
            if len(meant) > 1 and not named.keys() & set(meant):
                unsure.setdefault(item.row.id, []).append(meant)
            for office in meant:
                reason = f"{link.reason}: {link.detail}"
                links[item.row.id, office] = _row(item.row.id, office, reason, link.confidence)
        if named and not item.read.chain.automatic:
            _by_places(item.row.id, subject, places.unmistakable(named), links)
    return links, unsure


def _own_words(item: Placed) -> tuple[str, str]:
    """A message's subject, and its words above the signature."""
    chain = item.read.chain
    return chain.subject or "", chain.body[: chain.signature_start]


def _by_places(message: int, subject: str, named: Mapping[int, str], links: Links) -> None:
    """A place with a name of its own stands for its office, whether or not the municipality is named."""
    for office, name in named.items():
        reason: Reason = "subject" if name in subject else "mention"
        if (message, office) not in links:
            links[message, office] = _row(message, office, f"{reason}: {name}", CONFIDENCE[reason])


def _taught(session: Session, chosen: Iterable[Placed], own: Own, codes: Iterable[str]) -> Taught:
    known = frozenset(codes)
    mails = (
        as_taught(item.row.id, item.row.thread_id, _sender(item), own, known)
        for item in chosen
        if not item.read.chain.automatic
    )
    return what_holds(session, mails)


def _sender(item: Placed) -> str | None:
    return item.read.chain.sender.address if item.read.chain.sender else None


def _by_decisions_in_the_thread(chosen: Iterable[Placed], said: Taught, links: Links) -> None:
    """A yes in its thread holds for every received mail of it, whatever else that names."""
    for item in chosen:
        for office, holds in said.get(item.row.id, {}).items():
            if item.row.kind == "received" and holds.likeness == "thread" and holds.lesson.linked:
                _teach(item.row.id, office, holds, links)


def _teach(message: int, office: int, holds: Holds, links: Links) -> None:
    row = links.get((message, office))
    if row is None or _confidence(row) < holds.confidence:
        links[message, office] = _row(
            message, office, holds.reason, holds.confidence, decision=holds.lesson.id
        )


def _turn_down(said: Taught, links: Links) -> None:
    for message, office in list(links):
        holds = said.get(message, {}).get(office)
        if holds and holds.turns_down(_confidence(links[message, office]), inherited=False):
            del links[message, office]


def _for_the_rest(
    session: Session, chosen: Sequence[Placed], said: Taught, links: Links, unsure: Unsure
) -> None:
    """A mail that names no office concerns those of the mail that it answers, else those its sender was decided for."""
    linked = {message for message, _ in links}.difference(unsure)
    bare = {item.row.id: item.row.reply_to_id for item in chosen if item.row.id not in linked}
    parents = {parent for parent in bare.values() if parent is not None}
    above = _linked_with(session, parents, links)
    subjects = {row.id: row.subject for row in all_by_column(session, Message, Message.id, parents)}
    for message in _parents_first(bare):
        parent = bare[message]
        if message in unsure:
            for office in _not_answered(above.get(parent or 0, set()), unsure[message]):
                links.pop((message, office), None)
                above.get(message, set()).discard(office)
            continue
        for office in above.get(parent or 0, ()):
            holds = said.get(message, {}).get(office)
            if not (holds and holds.turns_down(CONFIDENCE["thread"], inherited=True)):
                reason = f"thread: {subjects.get(parent or 0) or ''}"
                links[message, office] = _row(message, office, reason, CONFIDENCE["thread"])
                above.setdefault(message, set()).add(office)
        if message not in above:
            for office, holds in said.get(message, {}).items():
                if holds.lesson.linked:
                    _teach(message, office, holds, links)
                    above.setdefault(message, set()).add(office)


def _linked_with(session: Session, parents: Collection[int], links: Links) -> dict[int, set[int]]:
    """Message → its offices: of these in the store, and of the batch."""
    found: dict[int, set[int]] = {}
    for row in all_by_column(session, Link, Link.message_id, parents):
        found.setdefault(row.message_id, set()).add(row.office_id)
    for message, office in links:
        found.setdefault(message, set()).add(office)
    return found


def _not_answered(above: set[int], unsure: Iterable[Sequence[int]]) -> Iterator[int]:
    """Of a municipality's offices an answer means those of the mail it answers, where that says which; here the others."""
    for offices in unsure:
        if above.intersection(offices):
            yield from set(offices) - above


def _parents_first(parents: Mapping[int, int | None]) -> list[int]:
    """The messages of a batch, each after the one that it answers, if that is among them."""
    ordered: dict[int, None] = {}
    for first in parents:
        path: dict[int, None] = {}
        message: int | None = first
        while message is not None and message in parents and message not in ordered and message not in path:
            path[message] = None
            message = parents[message]
        ordered.update(dict.fromkeys(reversed(path)))
    return list(ordered)


def _decided(session: Session, numbers: Sequence[int], links: Links) -> None:
    """A person's own yes or no; it keeps what the rules say there now, for whoever takes it back."""
    for row in all_by_column(session, LinkDecision, LinkDecision.message_id, numbers):
        ruled = links.pop((row.message_id, row.office_id), None)
        row.reason, row.confidence = (str(ruled["reason"]), _confidence(ruled)) if ruled else (None, None)
        if row.linked:
            links[row.message_id, row.office_id] = _row(
                row.message_id, row.office_id, "person", CONFIDENCE["person"], row.by
            )
