"""Mail disposed of by rule: what is old and judged goes by its class's decision, what is needed stays, nothing goes silently."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from crm import audit
from crm.followups import FollowUpQuery, decide, list_follow_ups
from crm.messages import MessageQuery, list_messages
from crm.privacy.retention import Due, dispose_due, due
from crm.register.judging import Judgement, judge
from crm.retention_settings import RetentionClass
from db.schema import Audit, Raw, Tombstone
from db.store import Store
from tests.contract.test_erasing import everything
from tests.intake import Take
from tests.mails import ANNA, BO, mail

THEN = datetime(2021, 6, 8, 10, tzinfo=UTC)
NOW = datetime(2023, 6, 9, 10, tzinfo=UTC)
TODAY = NOW.date()
OF_LITTLE = Judgement("minor")
MINOR = RetentionClass(name="Ringa betydelse", judged="minor", keep_days=730, decision="2021-04711")


def letter(words: str, number: int, at: str = "2021-06-07 09:00") -> bytes:
    return mail(
        f"Hej!\n\n{words}",
        sender=BO,
        to=ANNA,
        subject=f"Brev {number}",
        at=at,
        message_id=f"<{number}@x.example>",
    )


def named(store: Store) -> dict[str, str]:
    with store.read() as session:
        return {row.subject or "": row.id for row in list_messages(session, MessageQuery(limit=0))}


def judged(store: Store, *subjects: str, as_: Judgement = OF_LITTLE, now: datetime = THEN) -> None:
    names = named(store)
    with store.write() as session:
        judge(session, [names[one] for one in subjects], as_, by="anna", now=now)


def planned(store: Store, today: date = TODAY, one: RetentionClass = MINOR) -> Due:
    with store.read() as session:
        (found,) = due(session, [one], today)
    return found


def test_what_is_old_and_judged_goes_by_the_decision(filled: Store, take: Take) -> None:
    take(
        letter("Fikat blir klockan tre, Pelargonia.", 1),
        letter("Nytt brev.", 2, "2023-06-01 09:00"),
        letter("Ej bedömt.", 3),
    )
    judged(filled, "Brev 1", "Brev 2")
    assert planned(filled).mails == (named(filled)["Brev 1"],)
    done, _ = dispose_due(filled, MINOR, by="anna", now=NOW)
    assert len(done.mails) == 1
    assert set(named(filled)) == {"Brev 2", "Brev 3"}
    assert not any("Pelargonia" in text for text in everything(filled))
    with filled.read() as session:
        assert set(session.scalars(select(Tombstone.decision))) == {"2021-04711"}
        assert session.scalars(select(Audit.action).order_by(Audit.id.desc())).first() == "privacy retention"
        assert audit.verify(session).broken == ()
    assert planned(filled).mails == ()
    take(letter("Fikat blir klockan tre, Pelargonia.", 1))
    assert set(named(filled)) == {"Brev 2", "Brev 3"}


def test_looking_changes_nothing(filled: Store, take: Take) -> None:
    take(letter("Fikat.", 1))
    judged(filled, "Brev 1")
    assert planned(filled) == planned(filled)
    assert set(named(filled)) == {"Brev 1"}


def test_without_a_decision_nothing_goes(filled: Store, take: Take) -> None:
    take(letter("Fikat.", 1))
    judged(filled, "Brev 1")
    undecided = MINOR.model_copy(update={"decision": None})
    assert len(planned(filled, one=undecided).mails) == 1
    with pytest.raises(ValueError, match="no decision"):
        dispose_due(filled, undecided, by="anna", now=NOW)
    assert set(named(filled)) == {"Brev 1"}


def test_what_is_still_needed_stays_and_is_counted(filled: Store, take: Take) -> None:
    take(
        letter("Jag återkommer med ritningarna den 21 juni 2021.", 1),
        letter("Uppgifter om en anställds hälsa.", 2),
        letter("Beslut.", 3),
        letter("Lapp.", 4),
    )
    judged(filled, "Brev 1", "Brev 4")
    judged(filled, "Brev 2", as_=Judgement("minor", secret="OSL 39:1"))
    judged(filled, "Brev 3", as_=Judgement("number", "2021-00431-1"))
    found = planned(filled)
    assert (found.mails, found.waiting, found.secret) == ((named(filled)["Brev 4"],), 1, 1)
    with filled.write() as session:
        rows = [row for row in list_follow_ups(session, FollowUpQuery(limit=0)) if row.message]
        decide(session, [row.id for row in rows], "dismiss", by="anna", now=NOW)
    assert planned(filled).mails == (named(filled)["Brev 1"], named(filled)["Brev 4"])


def test_it_counts_from_the_day_it_was_judged(filled: Store, take: Take) -> None:
    take(letter("Fikat.", 1))
    judged(filled, "Brev 1", now=datetime(2023, 6, 1, 9, tzinfo=UTC))
    assert planned(filled).mails == ()
    assert len(planned(filled, date(2025, 5, 31)).mails) == 1
    assert planned(filled, date(2025, 5, 30)).mails == ()


def test_a_raw_that_went_is_empty(filled: Store, take: Take) -> None:
    take(letter("Fikat.", 1))
    judged(filled, "Brev 1")
    dispose_due(filled, MINOR, by="anna", now=NOW)
    with filled.read() as session:
        assert session.scalars(select(Raw.content)).all() == [b""]
