"""Which promises a note by hand shows to be kept: a phone call, a visit, a paper letter of the same office.

Somebody of ours wrote the note, so nobody's side is asked; it has to name the matter, and to tell what was to be told.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import ids
from crm.asked import fits
from crm.keeping import last_day_apart
from crm.keys import bare_subject
from crm.promised import Promise
from crm.rows.follow_ups import OPEN_STATES
from crm.settling import settle
from crm.speaking import of_subject
from crm.told import (
    Told,
    alike,
    are_twice_alike,
    denies,
    is_done,
    is_past,
    puts_off,
    received,
    told,
)
from crm.when import local
from db.schema import FollowUp, Message, Note

NOTED = "noted"  # the reason that evidence has which a note gives by its own words
_WITHIN = timedelta(days=120)
_BY_VOICE = re.compile(r"(?i)\b(?:ring\w*|hör\w* av|hörs|tala\w*|prata\w*|kontakta\w*|återk\w+)\b")
_SPOKEN = re.compile(
    r"(?i)\b(?:tala[dt]\w*|prata[dt]\w*|ringde|samtal\w*|diskutera[dt]\w*|stämde av|meddela(?:de|t)|berätta(?:de|t)|upplyste)\b"
)
_HEARD = re.compile(
    r"(?i)\b(?:sva(?:r|rade|rat)|besked|fick|fått|enligt|hämta\w*|mottag\w*|lämna(?:de|t|ts|des)|kom|brev(?:et)?|överenskom\w*|klar\w*)\b"
)
_NOT_REACHED = re.compile(
    r"(?i)\b(?:sökte|sökt|inget svar|svarar? (?:inte|ej)|svarade (?:inte|ej)|lämnade meddelande|telefonsvarare\w*|upptaget|"
    r"fick inte tag|inte fått tag|ringer (?:igen|åter|tillbaka)|återkommer|på semester|sjuk\w*|vet inte|oklart|väntar)\b"
)


def shows(promise: Promise, text: str, day: date, *, call: bool = False) -> bool:
    """Whether a note of that day shows a promise to be kept; `call`: it is of a phone call."""
    if not promise.said <= day <= last_day_apart(promise, _WITHIN) or _NOT_REACHED.search(text):
        return False
    if promise.due_start is not None and day < promise.due_start:
        return False
    about = promise.wanted.about | of_subject(promise.subject)
    said = [one for one in told(text) if one.deed in {"tells", "gives"}]
    if not alike(about, frozenset().union(*(one.about for one in said))):
        return False
    promised = call and promise.wanted.contact and bool(_BY_VOICE.search(promise.text))
    if promised and _SPOKEN.search(text) and not denies(text):
        return not _is_put_off(promise, text)
    if _is_put_off(promise, text) or not (_SPOKEN.search(text) or _HEARD.search(text)):
        return False
    return any(_tells(promise, about, one) for one in said)


def _is_put_off(promise: Promise, text: str) -> bool:
    """A note tells of what somebody is to do besides: only a sentence about the matter puts it off."""
    later = [one for one in told(text) if one.deed in {"later", "refuses", "asks"}]
    return any(not one.about or alike(one.about, promise.wanted.about) for one in later) and puts_off(text)


def _tells(promise: Promise, about: frozenset[str], one: Told) -> bool:
    wanted = promise.wanted
    if not alike(about, one.about):
        return False
    if received(one.text) or is_done(one.text):
        return not denies(one.text)
    if are_twice_alike(wanted.about, one.about):
        return wanted.by_words or is_past(one.text)
    return wanted.by_words and fits(promise.text, one.text)


def weigh_note(session: Session, note: Note) -> None:
    """Marks what a note shows to be kept on its office, and no longer what it showed before it was corrected or taken back."""
    name, day = ids.printed("note", note.id), local(note.at).date()
    before = _shown_by(session, name)
    for item in before:
        item.evidence = None
    settle(session, before)
    if note.office_id is None or note.removed:
        return
    shown = _shown(_of_office(session, note.office_id, day), note, day)
    for item in shown:
        item.evidence = {"note": name, "date": day.isoformat(), "reason": NOTED}
    settle(session, shown)


def is_noted(evidence: Mapping[str, str] | None) -> bool:
    """Whether it is a note's own words that show a promise to be kept, not a person who said so."""
    return bool(evidence) and (evidence or {}).get("reason") == NOTED


def _shown(rows: Iterable[tuple[FollowUp, str | None]], note: Note, day: date) -> list[FollowUp]:
    return [
        item
        for item, subject in rows
        if shows(_promise(item, bare_subject(subject)), note.text, day, call=note.kind == "call")
    ]


def _of_office(session: Session, office: int, day: date) -> list[tuple[FollowUp, str | None]]:
    """What was promised or asked for about an office in the months before, and waits."""
    asked = (
        select(FollowUp, Message.subject)
        .join(Message, FollowUp.message_id == Message.id)
        .where(
            FollowUp.office_id == office,
            FollowUp.state.in_(OPEN_STATES),
            FollowUp.since.between(day - _WITHIN, day),
            FollowUp.kind.in_(("commitment", "request")),
        )
    )
    return [(item, subject) for item, subject in session.execute(asked)]


def _shown_by(session: Session, name: str) -> list[FollowUp]:
    """What a note showed to be kept, as it was read before."""
    kept = select(FollowUp).where(
        FollowUp.state == "kept",
        FollowUp.evidence["note"].as_string() == name,
    )
    return [item for item in session.scalars(kept) if is_noted(item.evidence)]


def _promise(item: FollowUp, subject: str) -> Promise:
    nobody: frozenset[str] = frozenset()
    return Promise(
        item.kind,
        item.since,
        item.due_start,
        item.due_end,
        nobody,
        nobody,
        None,
        subject=subject,
        text=item.text,
    )
