"""How the store stands, as every view shows it at its top."""

from datetime import UTC, datetime, timedelta

from crm.status import summary
from db.schema import Account, FollowUp
from db.store import Store

NOW = datetime(2021, 10, 18, 9, tzinfo=UTC)
EARLIER = datetime(2021, 10, 17, 9, tzinfo=UTC)


def test_an_empty_store_has_nothing(store: Store) -> None:
    with store.read() as session:
        found = summary(session, NOW.date())
    assert (found.accounts, found.messages, found.last_sync, found.problem) == (0, 0, None, None)


def test_mail_was_fetched_when_the_slowest_mailbox_was(store: Store) -> None:
    with store.write() as session:
        session.add_all([Account(name="a", last_sync=NOW), Account(name="b", last_sync=EARLIER)])
    with store.read() as session:
        assert summary(session, NOW.date()).last_sync == EARLIER


def test_a_mailbox_that_was_never_fetched_means_that_not_all_was(store: Store) -> None:
    with store.write() as session:
        session.add_all([Account(name="a", last_sync=NOW), Account(name="b")])
    with store.read() as session:
        assert summary(session, NOW.date()).last_sync is None


def test_what_went_wrong_is_told_with_its_facts(store: Store) -> None:
    problem = {"kind": "ServerUnreachable", "host": "imap.example", "port": 993}
    with store.write() as session:
        session.add(Account(name="a", state="problem", problem=problem))
    with store.read() as session:
        found = summary(session, NOW.date()).problem
    assert found == {"account": "a", "kind": "ServerUnreachable", "host": "imap.example", "port": "993"}


def test_proposals_that_are_put_off_wait_for_nobody_until_their_day(store: Store) -> None:
    day = NOW.date()
    with store.write() as session:
        session.add(
            FollowUp(
                kind="request", obligor="sender", text="?", since=day, state="proposed", snoozed_until=day
            )
        )
    with store.read() as session:
        assert summary(session, day - timedelta(days=1)).proposed == 0
        assert summary(session, day).proposed == 1
