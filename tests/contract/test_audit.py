"""The log of what was done holds together, and goes on holding when a payload is erased."""

import hashlib
from datetime import UTC, datetime, timedelta, timezone

from sqlalchemy import delete, select

from crm import audit
from db.schema import Audit, AuditPayload
from db.store import Store

NOW = datetime(2021, 10, 18, 9, tzinfo=UTC)


def record(store: Store, *actions: str) -> list[Audit]:
    with store.write() as session:
        for action in actions:
            audit.record(session, NOW, "anna", action, {"ids": ["f1"]})
    with store.read() as session:
        return list(session.scalars(select(Audit).order_by(Audit.id)))


def test_each_event_is_chained_to_the_one_before(store: Store) -> None:
    first, second = record(store, "accept", "done")
    assert first.previous == "0" * 64
    assert second.previous == first.digest


def test_a_digest_covers_who_did_what_when(store: Store) -> None:
    (event,) = record(store, "accept")
    parts = (event.previous, NOW.isoformat(), "anna", "accept", event.payload_digest)
    assert event.digest == hashlib.sha256("\0".join(parts).encode()).hexdigest()


def test_a_digest_is_of_the_time_that_the_store_gives_back(store: Store) -> None:
    at = NOW.astimezone(timezone(timedelta(hours=2)))
    with store.write() as session:
        audit.record(session, at, "anna", "accept", {})
    (event,) = record(store)
    parts = (event.previous, event.at.isoformat(), "anna", "accept", event.payload_digest)
    assert event.digest == hashlib.sha256("\0".join(parts).encode()).hexdigest()


def test_a_payload_can_be_erased_and_the_chain_stays(store: Store) -> None:
    before = [event.digest for event in record(store, "accept", "done")]
    with store.write() as session:
        session.execute(delete(AuditPayload))
    assert [event.digest for event in record(store)] == before
