"""The log of what was done holds together, and goes on holding when a payload is erased."""

import hashlib
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy import delete, select, update

from crm import audit
from crm.audit import Broken, list_events, verify
from crm.errors import NotFound
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


def test_a_whole_log_verifies(store: Store) -> None:
    record(store, "accept", "done", "undo")
    with store.read() as session:
        found = verify(session)
    assert (found.events, found.broken, found.stands) == (3, (), True)


def test_whatever_a_payload_holds_verifies(store: Store) -> None:
    payload = {
        "day": date(2021, 10, 18),
        "text": "a\0b\ud800å",
        "list": (1, 2.5, None),
        "deep": {"b": 1, "a": 2},
    }
    with store.write() as session:
        audit.record(session, NOW, "anna", "accept", payload)
    with store.read() as session:
        assert verify(session).broken == ()


@pytest.mark.parametrize("change", [{"actor": "bo"}, {"action": "dismiss"}, {"at": NOW + timedelta(days=1)}])
def test_what_was_changed_afterwards_is_named(store: Store, change: dict[str, object]) -> None:
    _, event, _ = record(store, "accept", "done", "undo")
    with store.write() as session:
        session.execute(update(Audit).where(Audit.id == event.id).values(**change))
    with store.read() as session:
        assert verify(session).broken == (Broken(event.id, "changed"),)


def test_a_payload_that_was_changed_is_named(store: Store) -> None:
    event, _ = record(store, "accept", "done")
    with store.write() as session:
        changed = update(AuditPayload).where(AuditPayload.audit_id == event.id)
        session.execute(changed.values(payload={"ids": ["f2"]}))
    with store.read() as session:
        assert verify(session).broken == (Broken(event.id, "payload"),)


def test_an_event_that_was_taken_away_leaves_a_gap(store: Store) -> None:
    _, gone, after = record(store, "accept", "done", "undo")
    with store.write() as session:
        session.execute(delete(AuditPayload).where(AuditPayload.audit_id == gone.id))
        session.execute(delete(Audit).where(Audit.id == gone.id))
    with store.read() as session:
        assert verify(session).broken == (Broken(after.id, "gap"),)


def test_what_was_cut_off_shows_by_a_digest_that_was_noted(store: Store) -> None:
    first, last = record(store, "accept", "done")
    with store.write() as session:
        session.execute(delete(AuditPayload).where(AuditPayload.audit_id == last.id))
        session.execute(delete(Audit).where(Audit.id == last.id))
    with store.read() as session:
        assert verify(session, first.digest).stands
        assert not verify(session, last.digest).stands


def test_erasing_payloads_breaks_nothing_and_is_told(store: Store) -> None:
    record(store, "accept", "done")
    with store.write() as session:
        session.execute(delete(AuditPayload))
    with store.read() as session:
        assert verify(session).broken == ()
        assert [row.payload for row in list_events(session)] == [None, None]


def test_events_are_listed_newest_first_page_by_page(store: Store) -> None:
    record(store, "accept", "done", "undo")
    with store.read() as session:
        first = list_events(session, limit=2)
        assert [row.action for row in first] == ["undo", "done"]
        assert [row.action for row in list_events(session, before=str(first[-1].id))] == ["accept"]
        for odd in ("0", "x", "9" * 30):
            with pytest.raises(NotFound):
                list_events(session, before=odd)
