"""How the store stands: what every view shows at its top."""

from datetime import date
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from crm.rows.accounts import StoreSummary
from db.schema import Account, FollowUp, Message

MOST = 10_000
"""Messages that are counted: whether there are any is what is asked, and a million take long to count."""


def summary(session: Session, today: date) -> StoreSummary:
    """Accounts, messages (at most `MOST`), proposals that are not put off, quarantined mails and the last time mail was fetched."""
    accounts = session.scalars(select(Account).where(Account.kind == "imap")).all()
    fetched = [account.last_sync for account in accounts if account.last_sync]
    some = select(Message.id).limit(MOST).subquery()
    awake = or_(FollowUp.snoozed_until.is_(None), FollowUp.snoozed_until <= today)
    trouble = next((account for account in accounts if account.state == "problem" and account.problem), None)
    return StoreSummary(
        accounts=len(accounts),
        messages=session.scalar(select(func.count()).select_from(some)) or 0,
        proposed=session.scalar(select(func.count()).where(FollowUp.state == "proposed", awake)) or 0,
        quarantined=session.scalar(select(func.count()).where(Message.status == "quarantined")) or 0,
        last_sync=min(fetched) if fetched and len(fetched) == len(accounts) else None,
        problem={"account": trouble.name, **_told(trouble.problem)} if trouble else None,
    )


def _told(problem: dict[str, Any] | None) -> dict[str, str]:
    return {name: str(fact) for name, fact in (problem or {}).items()}


def has_account(session: Session) -> bool:
    """Whether any mailbox is set up."""
    return session.scalar(select(Account.id).where(Account.kind == "imap").limit(1)) is not None
