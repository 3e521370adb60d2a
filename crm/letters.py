"""Messages opened for reading: the chain they came in, what was read in them, what is due."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import followups, ids
from crm.links import link_rows
from crm.lookup import all_by_column, chunks
from crm.messages import get, rows
from crm.rows.follow_ups import FollowUpRow
from crm.rows.messages import LinkRow, MessageRow
from crm.rows.reading_pane import AttachmentView, MentionView, MessageView
from db.schema import AttachmentRow, FollowUp, Link, MentionRow, Message, Occurrence

DEEPEST = 200  # levels of a chain that are shown


def chain(session: Session, name: str) -> list[MessageView]:
    """The whole chain of the mail in which a message came, outermost first. Raises NotFound."""
    message = get(session, name)
    order = session.execute(
        select(Occurrence.message_id, Occurrence.id, Occurrence.parent_id)
        .where(Occurrence.raw_id == message.raw_id)
        .order_by(Occurrence.position)
    ).all()
    depths: dict[int, int] = {}
    shown: dict[int, int] = {}
    for number, place, parent in order:
        depths[place] = min(depths.get(parent or 0, -1) + 1, DEEPEST)
        shown.setdefault(number, depths[place])
    return views(session, shown or {message.id: 0})


def views(session: Session, depths: dict[int, int]) -> list[MessageView]:
    """Messages opened for reading, in the order of `depths` (message number → level)."""
    numbers = list(depths)
    listed = {row.id: row for row in rows(session, numbers)}
    mentions = _mentions(session, numbers)
    links = _links(session, numbers)
    documents = _documents(session, numbers)
    due = _follow_ups(session, numbers)
    bodies = {row.id: row for row in all_by_column(session, Message, Message.id, numbers)}
    return [
        _view(
            bodies[number],
            listed[ids.printed("message", number)],
            depths[number],
            mentions.get(number, ()),
            due.get(ids.printed("message", number), ()),
            links.get(number, ()),
            documents.get(number, ()),
        )
        for number in numbers
        if number in bodies
    ]


def _view(
    row: Message,
    listed: MessageRow,
    depth: int,
    mentions: Sequence[MentionView],
    due: Sequence[FollowUpRow],
    links: Sequence[LinkRow],
    documents: Sequence[AttachmentView],
) -> MessageView:
    return MessageView(
        id=listed.id,
        parent_id=listed.parent_id,
        depth=depth,
        kind=row.kind,
        sender=listed.sender,
        to=listed.to,
        cc=listed.cc,
        subject=row.subject,
        date=listed.date,
        date_text=row.date_text,
        body=row.body,
        signature_start=row.signature_start,
        automatic=row.automatic,
        direction=row.direction,
        status=row.status,
        problems=listed.problems,
        mentions=tuple(mentions),
        follow_ups=tuple(due),
        links=tuple(links),
        attachments=tuple(documents),
    )


def _mentions(session: Session, numbers: list[int]) -> dict[int, list[MentionView]]:
    found: dict[int, list[MentionView]] = {}
    for row in sorted(
        all_by_column(session, MentionRow, MentionRow.message_id, numbers),
        key=lambda row: (row.start, -row.end),
    ):
        found.setdefault(row.message_id, []).append(
            MentionView(
                row.label, row.field, row.start, row.end, row.text, row.name, row.rule, row.confidence
            )
        )
    return found


def _links(session: Session, numbers: list[int]) -> dict[int, list[LinkRow]]:
    found: dict[int, list[LinkRow]] = {}
    for part in chunks(numbers):
        for link in link_rows(session, Link.message_id.in_(part)):
            found.setdefault(ids.number("message", link.message), []).append(link)
    return found


def _documents(session: Session, numbers: list[int]) -> dict[int, list[AttachmentView]]:
    found: dict[int, list[AttachmentView]] = {}
    for row in sorted(
        all_by_column(session, AttachmentRow, AttachmentRow.message_id, numbers), key=lambda row: row.position
    ):
        found.setdefault(row.message_id, []).append(
            AttachmentView(
                number=row.position + 1,
                part=row.part,
                filename=row.filename,
                content_type=row.content_type,
                size=row.size,
                sha256=row.sha256,
                text=row.text,
            )
        )
    return found


def _follow_ups(session: Session, numbers: list[int]) -> dict[str, list[FollowUpRow]]:
    found: dict[str, list[FollowUpRow]] = {}
    for part in chunks(numbers):
        for row in followups.where(session, FollowUp.message_id.in_(part)):
            found.setdefault(row.message or "", []).append(row)
    return found
