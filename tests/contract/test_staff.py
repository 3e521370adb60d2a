"""Somebody who stands under a name in mails and decides under a login is one person: in lists, reminders and absences."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import update

from crm import absences, followups, undoing
from crm.agenda import agenda
from crm.agenda_rows import AgendaQuery
from crm.errors import AlreadyThere, EmptyText, OwnDeputy
from crm.followups import FollowUpQuery, list_follow_ups
from crm.handing_over import hand_over
from crm.recipients import recipients
from crm.reminders import list_reminders
from crm.settings import load
from crm.staff import called
from crm.staff_logins import set_login
from db.schema import FollowUp
from db.store import Store
from tests.contract.test_privacy_export import extract, of
from tests.intake import Take
from tests.mails import ANNA, BO, mail

NOW = datetime(2021, 6, 9, 10, tzinfo=UTC)
DAY = date(2021, 6, 9)
OURS = mail("Hej!\n\nVi skickar avtalet senast den 18 juni 2021.\n\nAnna", subject="Avtal för Ånge")
ASK = mail(
    "Hej!\n\nKan ni skicka ritningarna senast den 16 juni 2021?", sender=BO, to=ANNA, subject="Ritningar"
)


@pytest.fixture
def known(filled: Store, take: Take) -> Store:
    """One follow-up stands in Anna's name, another was assigned to her login."""
    take(OURS, ASK)
    with filled.write() as session:
        rows = [row for row in list_follow_ups(session, FollowUpQuery()) if row.message]
        theirs = update(FollowUp).where(FollowUp.message_id.is_not(None))
        session.execute(theirs.values(assignee="Anna Lindgren", state="accepted", owes="us"))
        followups.decide(session, [rows[0].id], "assign", by="bo", now=NOW, who="anna")
        set_login(session, "Anna Lindgren", "anna", by="bo", now=NOW)
    return filled


def whose(store: Store) -> set[str | None]:
    with store.read() as session:
        return {row.assignee for row in list_follow_ups(session, FollowUpQuery()) if row.message}


@pytest.mark.parametrize("who", ["anna", "Anna Lindgren"])
def test_what_is_theirs_by_name_and_by_login_is_theirs(known: Store, who: str) -> None:
    assert whose(known) == {"anna", "Anna Lindgren"}
    with known.read() as session:
        mine = agenda(session, AgendaQuery("mine"), today=DAY, user=who)
        listed = list_follow_ups(session, FollowUpQuery(assignee=who))
        reminded = list_reminders(session, DAY, who=who)
    assert sum(len(names) for _, names in mine.sections) == len(listed) == len(reminded) == 2
    assert {row.on_behalf_of for row in reminded} == {None}


def test_without_a_login_a_name_is_a_name(known: Store) -> None:
    with known.write() as session:
        undoing.undo(session, by="bo", now=NOW)
        assert called(session, "anna") == ("anna",)
        assert len(list_follow_ups(session, FollowUpQuery(assignee="anna"))) == 1


def test_all_of_theirs_is_handed_over(known: Store) -> None:
    with known.write() as session:
        assert hand_over(session, "anna", "Anna Lindgren", by="bo", now=NOW) == []
        assert len(hand_over(session, "anna", "cia", by="bo", now=NOW)) == 2
    assert whose(known) == {"cia"}


def test_a_deputy_gets_what_is_theirs_by_either_name(known: Store) -> None:
    with known.write() as session:
        with pytest.raises(OwnDeputy):
            absences.add_absence(session, "anna", DAY, DAY, deputy="Anna Lindgren", by="bo", now=NOW)
        absences.add_absence(session, "Anna Lindgren", DAY, DAY, deputy="cia", by="bo", now=NOW)
        reminded = list_reminders(session, DAY, who="cia")
    assert sorted(row.on_behalf_of or "" for row in reminded) == ["Anna Lindgren", "anna"]


def test_one_address_is_reminded_of_all(known: Store) -> None:
    settings = load(None, database_url=known.url, reminder_addresses={"anna": "anna@statenssc.se"})
    with known.read() as session:
        to = recipients(session, settings, {"Anna Lindgren", "anna"}, {"anna": ("anna", "cia")})
    assert to.of("Anna Lindgren") == to.of("anna") == ("anna@statenssc.se",)


def test_a_login_is_one_persons(known: Store, take: Take) -> None:
    with known.write() as session:
        with pytest.raises(AlreadyThere):
            set_login(session, "Bo Ekdahl", "ANNA", by="bo", now=NOW)
        with pytest.raises(EmptyText):
            set_login(session, "Bo Ekdahl", " ", by="bo", now=NOW)
        (row,) = set_login(session, "Anna Lindgren", None, by="bo", now=NOW)
        assert row.login is None
        set_login(session, "Bo Ekdahl", "anna", by="bo", now=NOW)


def test_an_extract_knows_their_login(known: Store) -> None:
    with known.write() as session:
        absences.add_absence(session, "anna", DAY, DAY, deputy="cia", by="bo", now=NOW)
    assert of(extract(known, "Anna Lindgren"), "absence", "role") == ["away"]
