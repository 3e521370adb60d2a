"""The threads in which servers hold mails (THREADID, RFC 8474): one more reference of each mail, to what nobody bears.

A mail may stand in several folders and accounts; all that their servers say counts.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cache

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from crm.indexed import IndexedMail
from crm.lookup import among, asked_in_parts
from crm.readings import ReadMail
from db.schema import Folder, Location, Raw
from ingest.conversations import conversation_on_server


def conversations_of(session: Session, raws: Collection[int]) -> dict[int, tuple[str, ...]]:
    """Raw → the Message-IDs that stand for its threads on servers; raws without one are left out."""
    found: dict[int, set[str]] = {}
    for raw, account, thread in asked_in_parts(session, _asked_threads(), raws):
        found.setdefault(raw, set()).add(conversation_on_server(account, thread or ""))
    return {raw: tuple(sorted(names)) for raw, names in found.items()}


@cache
def _asked_threads() -> Select[int, int, str | None]:
    return (
        select(Location.raw_id, Folder.account_id, Location.thread)
        .join(Folder, Location.folder_id == Folder.id)
        .where(Location.thread.is_not(None), among(Location.raw_id))
        .distinct()
    )


def conversed(session: Session, mails: Sequence[tuple[Raw, ReadMail]]) -> Sequence[tuple[Raw, ReadMail]]:
    """The mails, each with what its servers say of its conversation."""
    found = conversations_of(session, [raw.id for raw, _ in mails])
    return (
        [(raw, _with(read, found[raw.id]) if raw.id in found else read) for raw, read in mails]
        if found
        else mails
    )


def conversed_indexed(session: Session, mails: Mapping[int, IndexedMail]) -> dict[int, IndexedMail]:
    """Likewise mails that are indexed alone."""
    found = conversations_of(session, mails)
    return {
        raw: mail._replace(references=(*found[raw], *mail.references)) if raw in found else mail
        for raw, mail in mails.items()
    }


def _with(read: ReadMail, names: tuple[str, ...]) -> ReadMail:
    first, *rest = read.messages
    chain = replace(first.chain, conversations=(*first.chain.conversations, *names))
    return replace(read, messages=(replace(first, chain=chain), *rest))
