"""What people's decisions on links say about the mails of a batch, asked for by batch."""

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from crm.direction import Own
from crm.lookup import among, asked_in_parts
from crm.teaching import Holds, Lesson, Taught, taught, teaching_domain
from db.schema import Address, LinkDecision, Message
from nlp.municipalities.gazetteer import municipality_of_domain


def as_taught(
    message: int, thread: int | None, sender: str | None, own: Own, codes: Collection[str]
) -> Taught:
    """A mail as decisions may speak of it. Ours teach nothing but their thread; a municipality's domain nothing where
    it has an office of its own (`codes`): its address is a reason itself.
    """
    ours = own.has(sender)
    domain = teaching_domain(sender, ours=ours)
    place = municipality_of_domain(domain) if domain else None
    if place is not None and place.code in codes:
        domain = None
    return Taught(message, thread, None if ours else sender, domain)


def what_holds(session: Session, mails: Iterable[Taught]) -> Mapping[int, dict[int, Holds]]:
    """Message → office → what an earlier decision says; only those of which one speaks."""
    mails = list(mails)
    lessons = _lessons(session, mails)
    if not lessons:
        return {}
    by_thread: dict[int, list[Lesson]] = {}
    by_domain: dict[str, list[Lesson]] = {}
    for lesson in lessons:
        if lesson.thread is not None:
            by_thread.setdefault(lesson.thread, []).append(lesson)
        if lesson.sender is not None:
            by_domain.setdefault(_house(lesson.sender), []).append(lesson)
    found: dict[int, dict[int, Holds]] = {}
    for mail in mails:
        near = (*by_thread.get(mail.thread or 0, ()), *by_domain.get(_house(mail.sender or ""), ()))
        if near:
            found[mail.message] = taught(mail, sorted(set(near), key=lambda one: one.id))
    return found


def _house(sender: str) -> str:
    return sender.rpartition("@")[2]


def _lessons(session: Session, mails: Collection[Taught]) -> list[Lesson]:
    """The decisions in the threads of these mails, and on mails from their senders' domains."""
    threads = {mail.thread for mail in mails if mail.thread is not None}
    domains = {_house(mail.sender) for mail in mails if mail.sender}
    on_domains, in_threads = _asked_lessons()
    rows = (*asked_in_parts(session, on_domains, domains), *asked_in_parts(session, in_threads, threads))
    return list({Lesson(*row) for row in rows})


@cache
def _asked_lessons() -> tuple[Select[*tuple[Any, ...]], Select[*tuple[Any, ...]]]:
    """Those on mail from some domains, and those in some threads."""
    chosen = (
        select(
            LinkDecision.id,
            LinkDecision.message_id,
            LinkDecision.office_id,
            LinkDecision.linked,
            LinkDecision.confidence,
            Message.thread_id,
            Address.address,
        )
        .join(Message, LinkDecision.message_id == Message.id)
        .outerjoin(Address, Message.address_id == Address.id)
    )
    return chosen.where(among(LinkDecision.domain)), chosen.where(among(Message.thread_id))
