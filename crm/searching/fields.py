"""Each operator of the search as a condition on a message."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from crm.searching import parties, places
from crm.searching.conditions import Asked, Condition, Holds, any_of, in_names, in_words
from crm.searching.language import Field
from crm.searching.values import choice_of, days_of, phone_of
from db.names import Kind
from db.query import term
from db.schema import (
    Account,
    AttachmentRow,
    Folder,
    FollowUp,
    Link,
    Location,
    MentionRow,
    Message,
    Recipient,
    Registration,
)

_A_DAY = timedelta(1)


def condition_of(asked: Asked, field: Field) -> Condition:
    """What a field asks. Raises SearchRefused for a value that its operator does not take."""
    return _FIELDS[field.operator.name](asked, field)


def _from(asked: Asked, field: Field) -> Condition:
    addresses = parties.addresses(asked.dialect, field.value)
    sent = Condition(
        asked.column(Message.address_id).in_(addresses),
        select(Message.id).where(Message.address_id.in_(addresses)),
    )
    return sent if parties.is_exact(field.value) else any_of([sent, in_names(asked, "sender", field.value)])


def _received(asked: Asked, field: Field, kinds: tuple[Kind, ...]) -> Condition:
    addresses = parties.addresses(asked.dialect, field.value)
    got = _got(addresses, kinds)
    if parties.is_exact(field.value):
        return got
    return any_of([got, *(in_names(asked, kind, field.value) for kind in kinds)])


def _got(addresses: Select[int], kinds: tuple[str, ...] = ("to", "cc")) -> Condition:
    stands = (Recipient.address_id.in_(addresses), Recipient.field.in_(kinds))
    return Condition(
        select(Recipient.message_id).where(Recipient.message_id == Message.id, *stands).exists(),
        select(Recipient.message_id).where(*stands),
    )


def _to(asked: Asked, field: Field) -> Condition:
    return _received(asked, field, ("to",))


def _cc(asked: Asked, field: Field) -> Condition:
    return _received(asked, field, ("cc",))


def _person(asked: Asked, field: Field) -> Condition:
    return any_of([_from(asked, field), _received(asked, field, ("to", "cc"))])


def _organisation(asked: Asked, field: Field) -> Condition:
    addresses = parties.addresses_of_organisation(asked.dialect, field.value)
    sent = Condition(
        asked.column(Message.address_id).in_(addresses),
        select(Message.id).where(Message.address_id.in_(addresses)),
    )
    return any_of([sent, _got(addresses)])


def _subject(asked: Asked, field: Field) -> Condition:
    found = term(field.value)
    return in_words(asked, [found] if found else [], subject=True)


def _office(asked: Asked, field: Field) -> Condition:
    return _linked(places.offices(asked.session, field))


def _linked(offices: list[int]) -> Condition:
    linked = select(Link.message_id).where(Link.office_id.in_(offices))
    return Condition(linked.where(Link.message_id == Message.id).exists(), linked)


def _municipality(asked: Asked, field: Field) -> Condition:
    codes, offices = places.municipalities(asked.session, field)
    return any_of([_linked(offices), _mentioned("MUNICIPALITY", MentionRow.name.in_(codes))])


def _mentioned(label: str, named: Holds) -> Condition:
    stands = select(MentionRow.message_id).where(MentionRow.label == label, named)
    # by message: with the label alone SQLite would look at every mention of that kind
    of_row = select(MentionRow.message_id).where(
        MentionRow.message_id == Message.id, MentionRow.label == label, named
    )
    return Condition(of_row.exists(), stands)


def _phone(asked: Asked, field: Field) -> Condition:
    del asked
    return _mentioned("PHONE", MentionRow.name == phone_of(field))


def _number(asked: Asked, field: Field) -> Condition:
    """In the diary, or named in the text; a `*` at the end stands for the rest of the number."""
    del asked
    begun = field.value.removesuffix("*")
    spelt = sorted({begun, begun.upper(), begun.lower()})
    registered: Holds
    said: Holds
    if begun == field.value:
        registered, said = Registration.number.in_(spelt), MentionRow.name.in_(spelt)
    else:
        registered = or_(*(Registration.number.startswith(one, autoescape=True) for one in spelt))
        said = or_(*(MentionRow.name.startswith(one, autoescape=True) for one in spelt))
    return any_of([_of(Registration.message_id, registered), _mentioned("CASE", said)])


def _before(asked: Asked, field: Field) -> Condition:
    first, _ = days_of(field, asked.today, ending=True)
    return _written(asked, None, first - _A_DAY)


def _after(asked: Asked, field: Field) -> Condition:
    _, last = days_of(field, asked.today)
    return _written(asked, last + _A_DAY, None)


def _since(asked: Asked, field: Field) -> Condition:
    first, _ = days_of(field, asked.today)
    return _written(asked, first, None)


def _during(asked: Asked, field: Field) -> Condition:
    return _written(asked, *days_of(field, asked.today))


def _written(asked: Asked, first: date | None, last: date | None) -> Condition:
    written = asked.column(Message.written_on)
    indexed = select(Message.id).where(_between(Message.written_on.expression, first, last))
    return Condition(_between(written, first, last), indexed, days=(first, last))


def _between(day: ColumnElement[Any], first: date | None, last: date | None) -> Holds:
    return and_(day >= (first or date.min), day <= (last or date.max))


def _of(column: InstrumentedAttribute[Any], *where: Holds) -> Condition:
    """Messages of which another table has a row."""
    return Condition(
        select(column).where(column == Message.id, *where).exists(),
        select(column).where(column.is_not(None), *where),
    )


def _is(asked: Asked, field: Field) -> Condition:
    return _IS[choice_of(field)](asked)


def _kind(kind: str) -> Callable[[Asked], Condition]:
    return lambda _asked: Condition(Message.kind == kind)


def _sent(asked: Asked) -> Condition:
    del asked
    return Condition(Message.direction == "out")


def _unanswered(asked: Asked) -> Condition:
    """A letter from one side to the other, after which its thread has none the other way."""
    del asked
    answer = aliased(Message)
    answered = select(answer.id).where(
        answer.thread_id == Message.thread_id,
        answer.sent_at > Message.sent_at,
        answer.direction.in_(("in", "out")),
        answer.direction != Message.direction,
        answer.kind == "received",
        answer.automatic.is_(False),
    )
    return Condition(
        and_(
            Message.kind == "received",
            Message.direction.in_(("in", "out")),
            Message.automatic.is_(False),
            ~answered.exists(),
        )
    )


def _unread(asked: Asked) -> Condition:
    """In a mailbox on a server, and marked there as read nowhere that we look."""
    place = (
        select(Location.id)
        .join(Folder, Location.folder_id == Folder.id)
        .join(Account, Folder.account_id == Account.id)
        .where(
            Location.raw_id == asked.column(Message.raw_id),
            Location.gone.is_(False),
            Account.kind != "files",
        )
    )
    seen = place.where(Location.flags.contains("\\Seen", autoescape=True))
    return Condition(and_(Message.kind == "received", place.exists(), ~seen.exists()))


def _unjudged(asked: Asked) -> Condition:
    del asked
    judged = select(Registration.message_id).where(Registration.message_id == Message.id)
    return Condition(and_(Message.kind == "received", ~judged.exists()))


def _secret(asked: Asked) -> Condition:
    del asked
    return _of(Registration.message_id, Registration.secret_provision.is_not(None))


def _quarantined(asked: Asked) -> Condition:
    del asked
    return Condition(
        Message.status == "quarantined", select(Message.id).where(Message.status == "quarantined")
    )


def _automatic(asked: Asked) -> Condition:
    del asked
    return Condition(Message.automatic.is_(True))


def _has(asked: Asked, field: Field) -> Condition:
    del asked
    wanted = choice_of(field)
    if wanted == "attachment":
        return _of(AttachmentRow.message_id)
    if wanted == "note":  # one that is evidence: of a promise in the letter
        return _of(
            FollowUp.message_id, FollowUp.state == "kept", FollowUp.evidence["note"].as_string().is_not(None)
        )
    return _of(FollowUp.message_id, FollowUp.state != "dismissed")


def _direction(asked: Asked, field: Field) -> Condition:
    del asked
    return Condition(Message.direction == choice_of(field))


def _in_folder(asked: Asked, field: Field) -> Condition:
    return _located(asked, places.folders(asked.session, field))


def _in_account(asked: Asked, field: Field) -> Condition:
    return _located(asked, places.folders_of_account(asked.session, field))


def _located(asked: Asked, folders: list[int]) -> Condition:
    here = Location.folder_id.in_(folders), Location.gone.is_(False)
    raw = asked.column(Message.raw_id)
    return Condition(
        select(Location.id).where(Location.raw_id == raw, *here).exists(),
        select(Message.id).join(Location, Location.raw_id == Message.raw_id).where(*here),
    )


def _filename(asked: Asked, field: Field) -> Condition:
    return in_names(asked, "document", field.value)


_IS: dict[str, Callable[[Asked], Condition]] = {
    "received": _kind("received"),
    "sent": _sent,
    "forwarded": _kind("forwarded"),
    "quoted": _kind("quoted"),
    "attached": _kind("attached"),
    "unanswered": _unanswered,
    "unread": _unread,
    "unjudged": _unjudged,
    "secret": _secret,
    "quarantined": _quarantined,
    "automatic": _automatic,
}
_FIELDS: dict[str, Callable[[Asked, Field], Condition]] = {
    "from": _from,
    "to": _to,
    "cc": _cc,
    "person": _person,
    "organisation": _organisation,
    "subject": _subject,
    "office": _office,
    "municipality": _municipality,
    "before": _before,
    "after": _after,
    "since": _since,
    "during": _during,
    "phone": _phone,
    "number": _number,
    "is": _is,
    "has": _has,
    "direction": _direction,
    "folder": _in_folder,
    "account": _in_account,
    "filename": _filename,
}
