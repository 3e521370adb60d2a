"""Types and names that hold on SQLite and on PostgreSQL alike.

PostgreSQL's dialect is loaded where a store is in it: it takes a tenth of a command's start. So a partial index says
here what SQLite's is (`sqlite_where`), and PostgreSQL's is in its migration alone.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Integer, MetaData
from sqlalchemy import Text as SqlText
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator, TypeEngine

from db.text import clean, key_text

# SQLite counts its row ids up only for INTEGER; PostgreSQL needs the wide type.
Id = BigInteger().with_variant(Integer(), "sqlite")


class _Json(TypeDecorator[Any]):
    """JSON; on PostgreSQL JSONB."""

    impl = JSON
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name != "postgresql":
            return super().load_dialect_impl(dialect)
        from sqlalchemy.dialects.postgresql import JSONB

        return dialect.type_descriptor(JSONB(none_as_null=True))


Json = _Json(none_as_null=True)


class Utc(TypeDecorator[datetime]):
    """An instant: aware in Python, UTC in the store. A naive datetime is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 (the form that SQLAlchemy calls)
        if value is None:
            return None
        if value.tzinfo is None:
            msg = f"an instant needs its offset: {value!r}"
            raise ValueError(msg)
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 (the form that SQLAlchemy calls)
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Text(TypeDecorator[str]):
    """Text of any length; NUL and lone surrogates become U+FFFD on their way in."""

    impl = SqlText
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 (the form that SQLAlchemy calls)
        return None if value is None else clean(value)


class KeyText(TypeDecorator[str]):
    """Text that stands in an index: a hostile one of kilobytes is cut, its hash keeps it apart."""

    impl = SqlText
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 (the form that SQLAlchemy calls)
        return None if value is None else key_text(value)


class Base(DeclarativeBase):
    """Every constraint has a name, so that a migration can speak of it."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Utc, dict[str, Any]: Json, list[str]: Json}  # noqa: RUF012 (SQLAlchemy's own form)
