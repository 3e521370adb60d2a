"""A person judges mails for the diary: one or many at once, by whom and when, with a history and a way back."""

import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from crm import audit, ids, messages
from crm.errors import NotInDiary, NotJudged
from crm.lookup import chunks
from crm.register.judged import of_payload, payload_of, registrations
from crm.register.naming import received
from crm.rows.messages import MessageRow
from crm.rows.register import JudgementRow, RegisterState, RegistrationRow
from db.schema import Arrangement, Registration
from nlp.case_forms import LONGEST, normalised

SUBJECT = "registration"
_LONGEST_PROVISION = 200


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is said of a mail: a state (None: it stays as it is), its number in the diary, and the mark beside it.

    `secret` is the provision, None to leave the mark as it is; `open_again` takes it away.
    """

    state: RegisterState | None = None
    number: str | None = None
    secret: str | None = None
    open_again: bool = False

    def checked(self) -> "Judgement":
        """With number and provision in one form. Raises NotInDiary for empty or overlong ones."""
        number = None if self.number is None else _short("number", normalised(self.number), LONGEST)
        secret = None if self.secret is None else _short("provision", self.secret, _LONGEST_PROVISION)
        return replace(self, number=number, secret=secret)


def _short(kind: str, text: str, longest: int) -> str:
    said = " ".join(text.split())
    if not said or len(said) > longest or not said.isprintable():
        raise NotInDiary(kind, text[:longest])
    return said


def judge(
    session: Session, names: Iterable[str], judgement: Judgement, *, by: str, now: datetime
) -> list[MessageRow]:
    """Judges every named mail and gives their rows; one call is one step of undo.

    What says nothing new is no judgement. Raises NotInDiary, NotJudged where a mark has no state to stand beside,
    and as `naming.received`; then nothing is changed.
    """
    said = judgement.checked()
    numbers = received(session, names)
    judge_each(session, dict.fromkeys(numbers, said), by=by, now=now)
    return messages.rows(session, numbers)


def judge_each(session: Session, said: Mapping[int, Judgement], *, by: str, now: datetime) -> list[int]:
    """The same for numbers of mails with a checked judgement each; gives those that it changed. Raises NotJudged."""
    before = registrations(session, said)
    after = {number: judged(number, before.get(number), one, by, now) for number, one in said.items()}
    changed = {number: row for number, row in after.items() if not _same(before.get(number), row)}
    if not changed:
        return []
    session.execute(insert(Arrangement), _arrangements(before, changed, by=by, now=now))
    _put(session, changed)
    audit.record(session, now, by, "register", _event(changed))
    return list(changed)


def _arrangements(
    before: Mapping[int, RegistrationRow], changed: Mapping[int, RegistrationRow], *, by: str, now: datetime
) -> list[dict[str, object]]:
    """One row of the journal for each, all of one batch."""
    batch = secrets.token_hex(8)
    shared = {"subject": SUBJECT, "action": "judge", "at": now, "by": by, "batch": batch, "undone": False}
    return [
        {
            **shared,
            "one": number,
            "payload": {"before": payload_of(before.get(number)), "after": payload_of(row)},
        }
        for number, row in changed.items()
    ]


def judged(
    number: int, before: RegistrationRow | None, said: Judgement, by: str, now: datetime
) -> RegistrationRow:
    """How a mail stands after a judgement. Raises NotJudged."""
    if said.state is not None and (
        before is None or (before.state, before.number) != (said.state, said.number)
    ):
        mark = (before.secret, before.secret_at, before.secret_by) if before else (None, None, None)
        row = RegistrationRow(said.state, said.number, mark[0], now, by, mark[1], mark[2])
    elif before is not None:
        row = before
    else:
        raise NotJudged(ids.printed("message", number))
    if said.open_again:
        return replace(row, secret=None, secret_at=None, secret_by=None)
    if said.secret is not None and said.secret != row.secret:
        return replace(row, secret=said.secret, secret_at=now, secret_by=by)
    return row


def _same(before: RegistrationRow | None, after: RegistrationRow) -> bool:
    return before is not None and (before.state, before.number, before.secret) == (
        after.state,
        after.number,
        after.secret,
    )


def _event(changed: Mapping[int, RegistrationRow]) -> dict[str, object]:
    """What the log says: the mails, and what was said of them; one word where it is the same for all."""
    said = [(row.state, row.number, row.secret) for row in changed.values()]
    told = said[:1] if len(set(said)) == 1 else said
    return {
        "ids": [ids.printed("message", number) for number in changed],
        "said": [{"state": state, "number": number, "secret": secret} for state, number, secret in told],
    }


def _put(session: Session, rows: Mapping[int, RegistrationRow | None]) -> None:
    """Makes these the judgements that stand; None takes one away."""
    session.flush()
    for part in chunks(rows):
        session.execute(delete(Registration).where(Registration.message_id.in_(part)))
    session.add_all(
        Registration(
            message_id=number,
            state=row.state,
            number=row.number,
            secret_provision=row.secret,
            secret_at=row.secret_at,
            secret_by=row.secret_by,
            at=row.at,
            by=row.by,
        )
        for number, row in rows.items()
        if row is not None
    )
    session.flush()


def take_back(session: Session, arrangements: Sequence[Arrangement]) -> list[MessageRow]:
    """Undoes one step: each mail stands as the newest judgement says that still holds, whoever made it."""
    for each in arrangements:
        each.undone = True
    session.flush()
    numbers = list(dict.fromkeys(each.one for each in reversed(arrangements)))
    standing: dict[int, RegistrationRow | None] = {}
    for event in _events(session, numbers):
        if event.one not in standing:
            standing[event.one] = of_payload(event.payload["before"])  # as it was before its first judgement
        if not event.undone:
            standing[event.one] = of_payload(event.payload["after"])
    _put(session, standing)
    return messages.rows(session, numbers)


def _events(session: Session, numbers: Collection[int]) -> list[Arrangement]:
    """Every judgement of these mails, oldest first."""
    asked = select(Arrangement).where(Arrangement.subject == SUBJECT).order_by(Arrangement.id)
    found = [
        row for part in chunks(numbers) for row in session.scalars(asked.where(Arrangement.one.in_(part)))
    ]
    return sorted(found, key=lambda row: row.id)


def history(session: Session, names: Iterable[str]) -> list[JudgementRow]:
    """All that was ever judged on these mails, newest first, what was taken back too. Raises as `naming.received`."""
    rows = []
    for event in reversed(_events(session, received(session, names))):
        after = of_payload(event.payload["after"])
        if after is not None:
            before = of_payload(event.payload["before"])
            name = ids.printed("message", event.one)
            rows.append(JudgementRow(name, event.at, event.by, before, after, event.undone))
    return rows
