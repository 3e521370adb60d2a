"""A person's data disposed of by a decision: what is theirs goes from everywhere, what is official or others' stays and is named."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select, text, update

from crm import audit, followups, notes, office_setting
from crm.errors import Ambiguous, NothingToUndo, NotInDiary, PartOfName
from crm.followups import FollowUpQuery, list_follow_ups
from crm.messages import MessageQuery, list_messages
from crm.office_setting import Wanted, Why
from crm.people import find_person, list_people
from crm.privacy.disposing import Disposed, Plan, dispose, plan
from crm.register.judging import Judgement, judge
from crm.undoing import undo
from db.check import check
from db.schema import AuditPayload, FollowUp, Note, Raw, Tombstone
from db.store import Store
from tests.contract.test_erasing import everything, files, row_of
from tests.intake import Take
from tests.mails import ANNA, BO, CIA, forwarded, mail

NOW = datetime(2021, 6, 9, 10, tzinfo=UTC)
DECISION = "2021-09001"
EVA = "Eva Sandin <eva.sandin@kattvakten.example>"
WORDS = "Hej!\n\nKatten Pelargonia målar lokalen.\nJag återkommer med nycklarna den 21 juni 2021.\n\nHälsningar\nEva Sandin\nKattvakt\n0690-25 01 34\n"
THEIRS = mail(WORDS, sender=EVA, to=ANNA, subject="Nycklar", message_id="<katt@kattvakten.example>")
SECOND = mail(
    "Hej!\n\nTapeten Fuchsia är slut.\n\nEva Sandin",
    sender=EVA,
    to=ANNA,
    subject="Tapet",
    at="2021-06-07 11:00",
)
CARRIER = mail(
    "Se nedan.\n\n"
    + forwarded(
        "Tapeten Begonia är grön.", sender=EVA, at="den 6 juni 2021 09:00", to=ANNA, subject="Grön tapet"
    ),
    sender=CIA,
    to=ANNA,
    subject="VB: Grön tapet",
    at="2021-06-08 08:00",
)
NAMED = mail(
    "Hej!\n\nEva Sandin skickar färgprover senast den 18 juni 2021.\n\n/Bo",
    sender=BO,
    to=ANNA,
    subject="Färg",
)
TRACES = ("elargon", "Nycklar", "nycklarna", "Fuchsia", "690250134", "Kattvakt\n", "sjukskriven", "ringde")


def erased(store: Store, name: str = "Eva Sandin") -> Disposed:
    return dispose(store, name, decision=DECISION, by="anna", now=NOW)


def planned(store: Store, name: str = "Eva Sandin") -> Plan:
    with store.read() as session:
        return plan(store, session, name, NOW)


def noted(store: Store) -> None:
    """Two notes about her, one corrected, and one about Bo that names her."""
    with store.write() as session:
        row = notes.add_note(
            session, "Hon ringde och är sjukskriven", by="anna", now=NOW, person="Eva Sandin"
        )
        notes.correct_note(session, row.id, by="anna", now=NOW, text="Hon ringde")
        notes.add_note(session, "Bo tror att Eva Sandin slutar", by="anna", now=NOW, person="Bo Ekdahl")


def left(store: Store, words: Sequence[str] = TRACES) -> list[str]:
    found = everything(store)
    with store.read() as session:
        found += "\n".join(str(row) for row in session.execute(text("SELECT * FROM note_text")))
    return [word for word in words if word in found]


def test_what_is_theirs_alone_goes_from_every_table(filled: Store, take: Take) -> None:
    take(THEIRS, SECOND)
    with filled.write() as session:
        notes.add_note(session, "Hon ringde och är sjukskriven", by="anna", now=NOW, person="Eva Sandin")
    done = erased(filled)
    assert left(filled, (*TRACES, "Sandin", "sandin", "Tapet")) == []
    assert len(done.plan.mails) == 2
    assert (done.plan.going.notes, done.plan.going.phones, done.plan.kept) == (1, 1, ())
    assert check(filled, full=True) == []


def test_the_plan_says_what_goes_and_what_stays(filled: Store, take: Take) -> None:
    take(THEIRS, CARRIER, NAMED)
    noted(filled)
    told = planned(filled)
    assert told.mails == (row_of(filled, "Nycklar").id,)
    assert told.quoted_in == (row_of(filled, "VB: Grön tapet").id,)
    assert told.named_in == (row_of(filled, "Färg").id,)
    assert (told.kept_addresses, len(told.noted_in), told.unread) == (1, 1, 0)
    assert (told.going.follow_ups, told.going.notes) == (1, 1)
    assert row_of(filled, "Nycklar").status == "ok"


def test_others_mails_stay_as_they_came(filled: Store, take: Take) -> None:
    take(THEIRS, CARRIER, NAMED)
    noted(filled)
    done = erased(filled)
    assert left(filled) == []
    with filled.read() as session:
        subjects = {row.subject for row in list_messages(session, MessageQuery())}
        people = {row.name for row in list_people(session)}
        words = session.scalars(select(Note.text).order_by(Note.id)).all()
    assert subjects == {"VB: Grön tapet", "Grön tapet", "Färg"}
    assert people == {"Anna Lindgren", "Bo Ekdahl", "Cia Norberg"}
    assert words == ["", "Bo tror att Eva Sandin slutar"]
    assert done.plan.quoted_in == (row_of(filled, "VB: Grön tapet").id,)
    assert check(filled, full=True) == []


def test_a_mail_in_the_diary_and_one_with_the_registrar_stay(filled: Store, take: Take) -> None:
    take(THEIRS, SECOND, mail("Tredje brevet.", sender=EVA, to=ANNA, subject="Tredje"))
    with filled.write() as session:
        number = Judgement(state="number", number="2021-01431")
        judge(session, [row_of(filled, "Nycklar").id], number, by="anna", now=NOW)
        judge(session, [row_of(filled, "Tapet").id], Judgement(state="sent"), by="anna", now=NOW)
    done = erased(filled)
    assert [(one.state, one.number) for one in done.plan.kept] == [("number", "2021-01431"), ("sent", None)]
    assert row_of(filled, "Nycklar").registration is not None
    assert row_of(filled, "Tapet").status == "ok"
    assert left(filled, ("Tredje",)) == []


def test_neither_the_same_bytes_nor_another_copy_come_back(filled: Store, take: Take) -> None:
    take(THEIRS)
    erased(filled)
    take(THEIRS, b"Received: from a.example by b.example; Mon, 7 Jun 2021 09:00:01 +0200\r\n" + THEIRS)
    with filled.read() as session:
        assert list_messages(session, MessageQuery()) == []
        graves = set(session.scalars(select(Tombstone.decision)))
        assert session.scalars(select(Raw.content)).all() == [b"", b""]
    assert graves == {DECISION}


def test_the_log_has_the_decision_and_no_name_and_holds(filled: Store, take: Take) -> None:
    take(THEIRS, NAMED)
    noted(filled)
    with filled.write() as session:
        audit.record(session, NOW, "anna", "office set", {"owner": "Eva Sandin"})
    erased(filled)
    with filled.read() as session:
        payloads = session.scalars(select(AuditPayload.payload)).all()
        verdict = audit.verify(session)
    assert (verdict.broken, verdict.stands) == ((), True)
    assert "Sandin" not in repr(payloads)
    (said,) = [one for one in payloads if "notes" in one]
    assert (said["decision"], said["mails"], said["notes"]) == (DECISION, 1, 1)


def test_a_follow_up_of_somebody_elses_mail_loses_the_name(filled: Store, take: Take) -> None:
    take(THEIRS, NAMED)
    with filled.write() as session:
        session.execute(update(FollowUp).where(FollowUp.text.contains("färgprover")).values(who="Eva Sandin"))
    assert planned(filled).going.renamed == 1
    erased(filled)
    with filled.read() as session:
        (row,) = [row for row in list_follow_ups(session, FollowUpQuery()) if row.message]
    assert (row.who, row.text) == (None, "Eva Sandin skickar färgprover senast den 18 juni 2021.")


def test_an_office_names_her_no_more_as_its_contact(filled: Store, take: Take) -> None:
    take(THEIRS, NAMED)
    with filled.write() as session:
        number = find_person(session, "Eva Sandin").id
        wanted = Wanted(contacts=("Eva Sandin", "Bo Ekdahl"))
        office_setting.set_office(session, "Ånge", wanted, Why("anna", NOW))
    erased(filled)
    with filled.read() as session:
        values = session.execute(text("SELECT value FROM office_change WHERE field = 'contacts'")).scalars()
        assert [number.removeprefix("p") in str(value).strip("[]").split(", ") for value in values] == [False]


def test_it_cannot_be_undone(filled: Store, take: Take) -> None:
    take(THEIRS, NAMED)
    with filled.write() as session:
        notes.add_note(session, "Hon ringde", by="anna", now=NOW, person="Eva Sandin")
        (due,) = [row.id for row in list_follow_ups(session, FollowUpQuery()) if row.text.startswith("Jag")]
        followups.decide(session, [due], "accept", by="anna", now=NOW)
    erased(filled)
    with pytest.raises(NothingToUndo), filled.write() as session:
        undo(session, by="anna", now=NOW)


def test_a_part_of_a_name_and_a_name_of_two_erase_nobody(filled: Store, take: Take) -> None:
    take(THEIRS, mail("Hej!", sender="Eva Sandinge <eva.sandinge@boden.se>", subject="Hej"))
    with pytest.raises(Ambiguous):
        erased(filled, "Eva Sandin")
    with pytest.raises(PartOfName):
        erased(filled, "Sandinge")
    with pytest.raises(NotInDiary):
        dispose(filled, "Eva Sandinge", decision=" ", by="anna", now=NOW)
    assert row_of(filled, "Hej").status == "ok"
    erased(filled, "eva.sandin@kattvakten.example")
    assert left(filled) == []
    assert row_of(filled, "Hej").status == "ok"


def test_a_fault_half_way_leaves_everything(
    filled: Store, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(THEIRS, CARRIER)
    before = everything(filled)

    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("crm.privacy.disposing.forget", fail)
    with pytest.raises(RuntimeError):
        erased(filled)
    assert everything(filled) == before


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_it_went_from_the_files_as_well(filled: Store, take: Take) -> None:
    others = [mail(f"Brev {n} om lokalen, nummer {n * 7919}. " * 40, subject=f"Brev {n}") for n in range(60)]
    take(*others[:30], THEIRS, SECOND, *others[30:])
    with filled.write() as session:
        for number in range(30):
            notes.add_note(session, f"Dag {number} var sjukskriven", by="anna", now=NOW, person="Eva Sandin")
    erased(filled)
    words = ("elargon", "Nycklar", "Fuchsia", "fuchsi", "sandin", "Sandin", "690250134", "sjukskr")
    for file in files(filled):
        content = file.read_bytes()
        assert [word for word in words if word.encode() in content] == [], file.name


def test_mail_that_is_read_again_does_not_bring_her_letters_back(filled: Store, take: Take) -> None:
    take(THEIRS, CARRIER, NAMED, today=date(2021, 6, 8))
    erased(filled)
    take(CARRIER, NAMED, THEIRS)
    assert left(filled) == []
    assert check(filled, full=True) == []
