"""Paging through lists that are newest first, by the place of the last row that was seen."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import InstrumentedAttribute


def older(
    moment: InstrumentedAttribute[datetime | None],
    number: InstrumentedAttribute[int],
    last_moment: datetime | None,
    last_number: int,
) -> ColumnElement[bool]:
    """What comes after a row, those without a moment at the end; of one moment the higher number is newer."""
    if last_moment is None:
        return and_(moment.is_(None), number < last_number)
    same = and_(moment == last_moment, number < last_number)
    return or_(moment < last_moment, same, moment.is_(None))
