"""Whether a store lacks what comes with the program. Every command that opens a store asks: nothing is loaded that writes it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.plans import shipped_keys
from db.schema import PlanRevision, ReportDue


def lacks_shipped(session: Session) -> bool:
    """Whether `crm.plan_revisions.add_shipped` would do anything; asks without a write lock."""
    rows = session.execute(select(PlanRevision.key, PlanRevision.content.is_not(None).label("remembered")))
    there = {row.key: row.remembered for row in rows}
    return any(not there.get(key) for key in shipped_keys())


def lack_internal_days(session: Session) -> bool:
    """Whether a report has never had its internal days made; asks without a write lock."""
    lacking = select(ReportDue.id).where(ReportDue.days.is_(None), ReportDue.follow_up_id.is_not(None))
    return session.scalar(lacking.limit(1)) is not None
