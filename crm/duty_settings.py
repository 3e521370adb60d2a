"""Settings of the programme: how long an office may be silent, and the internal days before a report to the government."""

from typing import NamedTuple

from pydantic import BaseModel, Field

SILENT_WEEKS = 6


class InternalDays(NamedTuple):
    """Working days before a report is due; 0: no such day."""

    draft: int = 20
    decision: int = 10
    dispatch: int = 3


_DAYS = InternalDays()


class DutySettings(BaseModel):
    silent_weeks: int = Field(
        SILENT_WEEKS, ge=1, le=520, description="Weeks without contact after which an office counts as silent"
    )
    report_draft_days: int = Field(
        _DAYS.draft,
        ge=0,
        le=250,
        description="Working days before a report to the government by which its draft is to be there; 0: no such day",
    )
    report_decision_days: int = Field(
        _DAYS.decision,
        ge=0,
        le=250,
        description="Working days before a report to the government by which it is to be decided; 0: no such day",
    )
    report_dispatch_days: int = Field(
        _DAYS.dispatch,
        ge=0,
        le=250,
        description="Working days before a report to the government by which it is to be sent; 0: no such day",
    )

    def internal_days(self) -> InternalDays:
        """The days before a report as one value."""
        return InternalDays(self.report_draft_days, self.report_decision_days, self.report_dispatch_days)
