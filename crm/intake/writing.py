"""What mails say, written: their messages, threads, links, mentions, follow-ups and facts, and what those keep and change."""

from collections.abc import Sequence
from functools import cache

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from crm import past
from crm.intake.continuing import find_continued
from crm.intake.facts import write_facts
from crm.intake.findings import write_findings, write_mentions
from crm.intake.keeping import find_kept
from crm.intake.keeping_by_hand import find_kept_by_hand
from crm.intake.links import write_links
from crm.intake.messages import IntakeContext, Placed, drafts_of, mailboxes_of, place_messages
from crm.intake.parties import Parties
from crm.intake.proof import arrivals
from crm.intake.threads import join_threads
from crm.lookup import among, asked_in_parts
from crm.readings import ReadMail
from crm.wording import words_of
from db.bulk import update_rows
from db.fulltext import index_documents
from db.schema import Message, Raw


def write(session: Session, mails: Sequence[tuple[Raw, ReadMail]], context: IntakeContext) -> None:
    parties = Parties(session)
    parties.add(mailboxes_of(mails))
    parties.add_lists(
        address for _, read in mails for message in read.messages for address in message.chain.lists
    )
    parties.save()
    placed = place_messages(session, mails, parties, context)
    chosen = list({item.row.id: item for item in placed if item.best}.values())
    join_threads(session, arrivals(session, placed, chosen))
    _embedded_threads(session, placed)
    concerned = past.links_of(session, [item.row.id for item in chosen if not item.fresh])
    offices = write_links(session, chosen, context.own)
    past.keep_links(session, concerned, offices, context.today)
    write_mentions(session, chosen)
    write_findings(session, chosen, offices, context.own, context.today)
    write_facts(session, chosen, offices)
    parties.add_cards((card, read.messages[0].reference) for _, read in mails for card in read.people)
    words = [(item.row.id, item.read.words or words_of(item.read)) for item in chosen]
    new = {draft.id for draft in drafts_of(placed)}
    index_documents(session, [one for one in words if one[0] in new], new=True)
    index_documents(session, [one for one in words if one[0] not in new])
    find_continued(session, chosen)
    find_kept(session, chosen)
    find_kept_by_hand(session, chosen, offices)


def _embedded_threads(session: Session, placed: Sequence[Placed]) -> None:
    """An embedded message stands in the thread of the mail that carries it."""
    drafts = {draft.id: draft for draft in drafts_of(placed)}
    for number, thread, answered in asked_in_parts(session, _asked_threads(), drafts):
        drafts[number].thread_id, drafts[number].reply_to_id = thread, answered
    home = {item.raw.id: item.row for item in placed if item.read.chain.index == 0}
    for item in placed:
        if item.row.kind != "received" and item.best:
            item.row.thread_id = home[item.raw.id].thread_id
    session.flush()
    embedded = [draft for draft in drafts.values() if draft.kind != "received"]
    update_rows(
        session,
        Message,
        [{"id": one.id, "parent_id": one.parent_id, "thread_id": one.thread_id} for one in embedded],
    )


@cache
def _asked_threads() -> Select[int, int | None, int | None]:
    return select(Message.id, Message.thread_id, Message.reply_to_id).where(among(Message.id))
