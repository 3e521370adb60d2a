"""Lists of any length are had from either end, and what would take long to count is counted so far. On every store."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import insert

from crm import mailboxes, offices, status
from crm.contacts import contact_ids
from crm.messages import MessageQuery
from crm.offices import OfficeQuery, list_offices
from crm.register.queue import unjudged_ids
from crm.threads import thread_ids
from db.schema import Account, Folder, Location, Raw, Thread
from db.store import Store
from tests.intake import Take
from tests.mails import ANNA, BO, CIA, mail

DAY = date(2021, 6, 9)
ANGE = mail("Lokalen i Ånge är målad.", sender=BO, to=ANNA, subject="Lokalen i Ånge", at="2021-06-01 09:00")
BODEN = mail(
    "Lokalen i Boden är målad.", sender=CIA, to=ANNA, subject="Lokalen i Boden", at="2021-06-05 09:00"
)


def test_threads_have_two_ends_and_those_without_a_day_come_last(store: Store) -> None:
    days = [None, 3, 1, None, 2]
    with store.write() as session:
        rows = [
            {"messages": 1, "last_date": None if day is None else datetime(2021, 6, day, tzinfo=UTC)}
            for day in days
        ]
        session.execute(insert(Thread), rows)
    with store.read() as session:
        whole = thread_ids(session)
        ends = [thread_ids(session, MessageQuery(limit=2), last=last) for last in (False, True)]
    assert whole == [2, 5, 3, 4, 1]
    assert ends == [[2, 5], [4, 1]]


def test_contacts_and_the_queue_have_two_ends(filled: Store, take: Take) -> None:
    take(ANGE, BODEN)
    with filled.read() as session:
        people = contact_ids(session, "person")
        assert contact_ids(session, "person", first=1, last=True) == people[-1:]
        newest = unjudged_ids(session, MessageQuery())
        assert unjudged_ids(session, MessageQuery(limit=1), oldest=True) == newest[-1:]


def test_a_letter_is_found_by_letters_with_and_without_dots(filled: Store, take: Take) -> None:
    take(mail("Hej.", sender="Åsa Öberg <asa.oberg@boden.se>", to=ANNA), ANGE)
    with filled.read() as session:
        found = {
            text: contact_ids(session, "person", text) for text in ("asa", "åsa", "ÅSA ö", "obe", "oster")
        }
    assert len(found["asa"]) == 1
    assert found["asa"] == found["åsa"] == found["ÅSA ö"] == found["obe"]
    assert found["oster"] == []


def test_the_last_letter_of_an_office_with_very_many_is_its_own(
    filled: Store, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(ANGE, BODEN)
    told = []
    for many in (1_000, 0):
        monkeypatch.setattr(offices, "_MANY", many)
        with filled.read() as session:
            rows = list_offices(session, query=OfficeQuery(DAY))
        told.append({row.municipality: (row.messages, row.last_message) for row in rows if row.messages})
    assert told[0]["Ånge"] == (1, date(2021, 6, 1))
    assert told[0] == told[1]


def test_mails_of_a_folder_are_counted_so_far(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with store.write() as session:
        account = Account(name="registrator", folders=[])
        session.add(account)
        session.flush()
        folders = [Folder(account_id=account.id, name=name, uidvalidity=1) for name in ("INBOX", "Skickat")]
        raw = Raw(sha256="0" * 64, size=1, content=b"", taken_in_on=DAY)
        session.add_all([*folders, raw])
        session.flush()
        places = [(folders[0].id, uid, uid > 3) for uid in range(1, 5)] + [(folders[1].id, 1, False)]
        session.execute(
            insert(Location),
            [
                {"folder_id": at, "uidvalidity": 1, "uid": uid, "raw_id": raw.id, "gone": gone}
                for at, uid, gone in places
            ],
        )
    monkeypatch.setattr(mailboxes, "COUNTED", 2)
    with store.read() as session:
        (view,) = mailboxes.mailboxes(session)
    assert [(row.name, row.messages, row.gone) for row in view.folders] == [
        ("INBOX", 3, 1),
        ("Skickat", 1, 0),
    ]


def test_letters_are_counted_so_far(filled: Store, take: Take, monkeypatch: pytest.MonkeyPatch) -> None:
    take(ANGE, BODEN)
    with filled.read() as session:
        assert status.summary(session, DAY).messages == 2
        monkeypatch.setattr(status, "MOST", 1)
        assert status.summary(session, DAY).messages == 1
