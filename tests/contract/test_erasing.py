"""Private mail: everything of it goes, what is others' stays, and it never comes back."""

from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select, text

from crm import backups, messages, search, threads
from crm.erasing import Erasure, erase, preview
from crm.errors import NotReceived, RegisteredInDiary, WasErased
from crm.followups import FollowUpQuery, decide, list_follow_ups
from crm.importing import store_files
from crm.indexed import IndexContext
from crm.indexing_process import index_mail
from crm.intake import IntakeContext, take_in
from crm.intake.indexed import take_in_indexed
from crm.messages import MessageQuery, list_messages
from crm.raws import put_raws, unpack
from crm.reading import read_mail
from crm.readings import ReadingContext
from crm.rows.messages import MessageRow
from db.check import check
from db.schema import (
    Address,
    AuditPayload,
    Base,
    Message,
    Person,
    Raw,
    Registration,
    Tombstone,
)
from db.store import Store
from nlp.reader import Reader
from tests.intake import OURS, Take
from tests.mails import ANNA, BO, forwarded, mail

NOW = datetime(2021, 6, 9, 10, tzinfo=UTC)
EVA = "Eva Sandin <eva.sandin@kattvakten.example>"
SECRET = "Katten Pelargonia äter bara fiskpinnar."
WORDS = f"""Hej!

{SECRET}
Jag återkommer med nycklarna den 21 juni 2021.

Hälsningar
Eva Sandin
0690-25 01 34
"""
PRIVATE = mail(
    WORDS,
    sender=EVA,
    to=ANNA,
    subject="Kattvakt i sommar",
    message_id="<katt@kattvakten.example>",
)
ANSWER = mail(
    "Tack, det blir bra!",
    subject="SV: Kattvakt i sommar",
    to=EVA,
    at="2021-06-07 12:00",
    message_id="<svar@x.example>",
    reply_to=["<katt@kattvakten.example>"],
)
OFFICIAL = mail(
    "Hej!\n\nVi skickar ritningarna över lokalen senast den 18 juni 2021.\n\n/Bo",
    sender=BO,
    to=ANNA,
    subject="Lokal i Ånge",
    message_id="<lokal@ange.example>",
)
CARRIER = mail(
    "Se nedan.\n\n"
    + forwarded(WORDS, sender=EVA, at="den 7 juni 2021 09:00", to=ANNA, subject="Kattvakt i sommar"),
    sender=ANNA,
    to=BO,
    subject="VB: Kattvakt i sommar",
    at="2021-06-08 08:00",
    message_id="<vb@x.example>",
)


def row_of(store: Store, subject: str) -> MessageRow:
    with store.read() as session:
        found = [row for row in list_messages(session, MessageQuery()) if row.subject == subject]
    return min(found, key=lambda row: row.parent_id is not None)


def gone(store: Store, *subjects: str) -> tuple[Erasure, ...]:
    return erase(store, [row_of(store, subject).id for subject in subjects], by="anna", now=NOW).rows


def everything(store: Store) -> str:
    """Every value of every table, the index among them."""
    told = []
    with store.read() as session:
        for table in Base.metadata.sorted_tables:
            told += [str(row) for row in session.execute(table.select())]
        told += [str(row) for row in session.execute(text("SELECT * FROM message_text"))]
        if store.is_sqlite:
            told += [str(row) for row in session.execute(text("SELECT * FROM name_text"))]
    return "\n".join(told)


def test_nothing_of_it_is_left_in_any_table(filled: Store, take: Take) -> None:
    take(PRIVATE, OFFICIAL)
    (told,) = gone(filled, "Kattvakt i sommar")
    left = everything(filled)
    for trace in (
        "Pelargonia",
        "pelargon",
        "Kattvakt",
        "kattvakt",
        "Eva",
        "eva.sandin",
        "690250134",
        "nycklarna",
    ):
        assert trace not in left
    assert (told.messages, told.follow_ups, told.decided, told.still_in) == (1, 1, 0, ())
    assert row_of(filled, "Lokal i Ånge").status == "ok"


def test_what_is_left_is_what_would_be_there_without_it(filled: Store, take: Take) -> None:
    take(PRIVATE, ANSWER, OFFICIAL)
    gone(filled, "Kattvakt i sommar")
    with filled.read() as session:
        listed = {row.subject for row in list_messages(session, MessageQuery())}
        found = threads.thread_page(session, threads.thread_ids(session))
        due = list_follow_ups(session, FollowUpQuery())
        people = set(session.scalars(select(Person.name)))
        addresses = set(session.scalars(select(Address.address)))
    assert listed == {"SV: Kattvakt i sommar", "Lokal i Ånge"}
    assert sorted((row.subject, row.messages) for row in found) == [
        ("Lokal i Ånge", 1),
        ("SV: Kattvakt i sommar", 1),
    ]
    assert [row.text for row in due if row.message] == [
        "Vi skickar ritningarna över lokalen senast den 18 juni 2021."
    ]
    assert people == {"Anna Lindgren", "Bo Ekdahl", "Eva Sandin"}  # the answer was to her
    assert "eva.sandin@kattvakten.example" in addresses
    assert check(filled, full=True) == []


def test_the_same_bytes_do_not_come_back(filled: Store, take: Take) -> None:
    take(PRIVATE)
    gone(filled, "Kattvakt i sommar")
    with filled.write() as session:
        assert store_files(session, "import", [PRIVATE], date(2021, 6, 9)).new == 0
    take(PRIVATE)
    with filled.read() as session:
        assert list_messages(session, MessageQuery()) == []
        assert session.scalars(select(Raw.content)).all() == [b""]


def test_another_copy_of_it_is_erased_as_it_is_read(filled: Store, take: Take) -> None:
    take(PRIVATE)
    gone(filled, "Kattvakt i sommar")
    copy = b"Received: from a.example by b.example; Mon, 7 Jun 2021 09:00:01 +0200\r\n" + PRIVATE
    take(copy, OFFICIAL)
    with filled.read() as session:
        assert [row.subject for row in list_messages(session, MessageQuery())] == ["Lokal i Ånge"]
        graves = session.scalars(select(Tombstone.kind).order_by(Tombstone.kind)).all()
        assert session.scalar(select(func.count()).where(Raw.status == "erased")) == 2
    assert graves == ["message", "raw", "raw"]
    assert "elargon" not in everything(filled)


def test_all_copies_of_a_mail_go_together(filled: Store, take: Take) -> None:
    copy = b"Received: from a.example by b.example; Mon, 7 Jun 2021 09:00:01 +0200\r\n" + PRIVATE
    take(PRIVATE, copy)
    (told,) = gone(filled, "Kattvakt i sommar")
    assert len(told.raws) == 2
    assert "elargon" not in everything(filled)


def test_another_mail_with_its_message_id_still_comes(filled: Store, take: Take) -> None:
    take(PRIVATE)
    gone(filled, "Kattvakt i sommar")
    take(mail("Något annat.", sender=BO, subject="Annat", message_id="<katt@kattvakten.example>"))
    assert row_of(filled, "Annat").status == "ok"


def test_decisions_go_and_are_counted(filled: Store, take: Take) -> None:
    take(PRIVATE, OFFICIAL)
    with filled.write() as session:
        names = [row.id for row in list_follow_ups(session, FollowUpQuery()) if row.message]
        decide(session, names, "accept", by="anna", now=NOW)
        decide(session, names, "assign", by="anna", now=NOW, who="Eva")
    (told,) = gone(filled, "Kattvakt i sommar")
    with filled.read() as session:
        left = [row for row in list_follow_ups(session, FollowUpQuery()) if row.message]
        assert [(row.state, row.assignee) for row in left] == [("accepted", "Eva")]
        payloads = session.scalars(select(AuditPayload.payload)).all()
    assert (told.follow_ups, told.decided) == (1, 1)
    assert payloads == [{"mails": 1, "messages": 1, "follow_ups": 1}]


def test_a_promise_that_it_showed_to_be_kept_waits_again(filled: Store, take: Take) -> None:
    take(OFFICIAL)
    take(
        mail(
            "Hej!\n\nSom utlovat bifogas ritningarna över lokalen.\n\n/Bo",
            sender=BO,
            to=ANNA,
            subject="SV: Lokal i Ånge",
            at="2021-06-14 09:00",
            message_id="<kommer@ange.example>",
            reply_to=["<lokal@ange.example>"],
        )
    )
    with filled.read() as session:
        assert [row.state for row in list_follow_ups(session, FollowUpQuery()) if row.message] == ["kept"]
    gone(filled, "SV: Lokal i Ånge")
    with filled.read() as session:
        (row,) = [row for row in list_follow_ups(session, FollowUpQuery()) if row.message]
    assert (row.state, row.evidence) == ("proposed", None)


def test_a_mail_that_quotes_it_stays_and_is_named(filled: Store, take: Take) -> None:
    take(PRIVATE, CARRIER)
    carrier = row_of(filled, "VB: Kattvakt i sommar").id
    with filled.read() as session:
        (told,) = preview(session, [row_of(filled, "Kattvakt i sommar").id])
    assert (gone(filled, "Kattvakt i sommar"), told.still_in) == ((told,), (carrier,))
    with filled.read() as session:
        assert session.scalars(select(Raw.reader_version).where(Raw.status == "ok")).all() == [0]
    take(CARRIER)
    assert row_of(filled, "VB: Kattvakt i sommar").id == carrier
    assert check(filled, full=True) == []


def test_a_message_that_stands_elsewhere_keeps_its_number(filled: Store, take: Take) -> None:
    private = mail(
        "Läs det här!\n\n"
        + forwarded(
            "Vi ses den 21 juni 2021 i Ånge.", sender=BO, at="den 7 juni 2021 09:00", to=ANNA, subject="Möte"
        ),
        sender=EVA,
        to=ANNA,
        subject="VB: Möte",
    )
    other = mail(
        "Se nedan.\n\n"
        + forwarded(
            "Vi ses den 21 juni 2021 i Ånge.", sender=BO, at="den 7 juni 2021 09:00", to=ANNA, subject="Möte"
        ),
        sender=ANNA,
        to=BO,
        subject="VB: Möte",
        at="2021-06-08 10:00",
    )
    take(private, other)
    inner = row_of(filled, "Möte").id
    with filled.read() as session:
        private_one = next(
            row
            for row in list_messages(session, MessageQuery())
            if row.sender and row.sender.name == "Eva Sandin"
        )
    erase(filled, [private_one.id], by="anna", now=NOW)
    moved = row_of(filled, "Möte")
    assert (moved.id, len(moved.occurrences)) == (inner, 1)
    take(other)
    assert row_of(filled, "Möte").id == inner
    assert check(filled, full=True) == []


def test_a_quoted_message_is_no_mail_to_erase(filled: Store, take: Take) -> None:
    take(CARRIER)
    with pytest.raises(NotReceived) as caught, filled.read() as session:
        preview(session, [row_of(filled, "Kattvakt i sommar").id])
    assert caught.value.choices == (row_of(filled, "VB: Kattvakt i sommar").id,)


def test_a_mail_with_a_number_in_the_diary_is_not_private(filled: Store, take: Take) -> None:
    take(PRIVATE)
    name = row_of(filled, "Kattvakt i sommar").id
    with filled.write() as session:
        session.add(
            Registration(message_id=int(name[1:]), state="number", number="2021-01431", at=NOW, by="anna")
        )
    with pytest.raises(RegisteredInDiary):
        gone(filled, "Kattvakt i sommar")
    assert "Pelargonia" in everything(filled)


def test_a_mail_that_could_not_be_read_can_be_erased(filled: Store, take: Take) -> None:
    take(b"\0\1\2\3" * 4_000)
    with filled.read() as session:
        (row,) = list_messages(session, MessageQuery())
    assert row.status == "quarantined"
    erase(filled, [row.id], by="anna", now=NOW)
    with filled.read() as session:
        assert list_messages(session, MessageQuery()) == []
        assert session.scalars(select(Message.id)).all() == []


def test_its_hash_says_that_it_was_erased(filled: Store, take: Take) -> None:
    take(PRIVATE)
    (told,) = gone(filled, "Kattvakt i sommar")
    with pytest.raises(WasErased), filled.read() as session:
        messages.raw_bytes(session, told.raws[0])


def test_search_finds_it_no_more(filled: Store, take: Take) -> None:
    take(PRIVATE, OFFICIAL)
    gone(filled, "Kattvakt i sommar")
    with filled.read() as session:
        assert search.search(session, "Pelargonia") == []
        assert len(search.search(session, "ritningarna")) == 1


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_it_went_from_the_files_as_well(filled: Store, take: Take) -> None:
    others = [
        mail(f"Brev {number} om lokalen i Ånge, nummer {number * 7919}. " * 40, subject=f"Brev {number}")
        for number in range(60)
    ]
    take(*others[:30], PRIVATE, *others[30:])
    gone(filled, "Kattvakt i sommar")
    words = ("Pelargonia", "pelargon", "Kattvakt", "eva.sandin", "nycklarna")
    for file in files(filled):
        content = file.read_bytes()
        assert [word for word in words if word.encode() in content] == [], file.name


def files(store: Store) -> list[Path]:
    path = Path(store.parsed.database or "")
    return [file for file in path.parent.iterdir() if file.name.startswith(path.name)]


def test_another_copy_is_erased_as_it_is_indexed(filled: Store, take: Take) -> None:
    take(PRIVATE)
    gone(filled, "Kattvakt i sommar")
    copy = b"Received: from a.example by b.example; Mon, 7 Jun 2021 09:00:01 +0200\r\n" + PRIVATE
    with filled.write() as session:
        (put,) = put_raws(session, [copy], date(2021, 6, 9))
    mail_as_indexed = index_mail(copy, IndexContext(OURS, date(2021, 6, 9)))
    with filled.write() as session:
        take_in_indexed(session, [(put.id, mail_as_indexed)], IntakeContext(OURS, date(2021, 6, 9)))
    with filled.read() as session:
        assert list_messages(session, MessageQuery()) == []
        assert session.scalars(select(Raw.status)).all() == ["erased", "erased"]
    assert "elargon" not in everything(filled)


def test_a_mail_that_is_being_read_just_then_is_not_brought_back(
    filled: Store, take: Take, reader: Reader
) -> None:
    take(PRIVATE)
    read = read_mail(PRIVATE, reader, ReadingContext(today=date(2021, 6, 9)))
    gone(filled, "Kattvakt i sommar")
    with filled.write() as session:
        take_in(session, [(session.scalars(select(Raw)).one(), read)], IntakeContext(OURS, date(2021, 6, 9)))
    assert "elargon" not in everything(filled)


def test_what_an_earlier_reader_saw_in_it_goes_as_well(filled: Store, take: Take) -> None:
    """A better reader no longer finds a quote in it, and somebody has decided on what the quote promised."""
    take(CARRIER, OFFICIAL)
    quoted = row_of(filled, "Kattvakt i sommar")
    with filled.write() as session:
        (due,) = [row.id for row in list_follow_ups(session, FollowUpQuery()) if row.message == quoted.id]
        decide(session, [due], "accept", by="anna", now=NOW)
        session.execute(
            text("DELETE FROM occurrence WHERE message_id = :id").bindparams(id=int(quoted.id[1:]))
        )
    (told,) = gone(filled, "VB: Kattvakt i sommar")
    assert (told.messages, told.follow_ups, told.decided) == (2, 1, 1)
    assert "elargon" not in everything(filled)


def test_a_fault_half_way_leaves_everything(
    filled: Store, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(PRIVATE, ANSWER)
    before = everything(filled)

    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("crm.erasing.audit.record", fail)
    with pytest.raises(RuntimeError):
        gone(filled, "Kattvakt i sommar")
    assert everything(filled) == before


def test_it_says_whether_the_files_are_clean(filled: Store, take: Take) -> None:
    take(PRIVATE)
    done = erase(filled, [row_of(filled, "Kattvakt i sommar").id], by="anna", now=NOW)
    assert done.scrubbed is (True if filled.is_sqlite else None)
    assert done.copies == ()


def test_a_copy_made_just_after_midnight_is_named(filled: Store, take: Take) -> None:
    take(PRIVATE)
    with filled.read() as session:
        taken_in = session.scalars(select(Raw.taken_in_on)).one()
    # Half past midnight in Sweden, while it is the day before still where clocks count in UTC.
    now = datetime.combine(taken_in, time(0, 30), ZoneInfo("Europe/Stockholm"))
    with filled.write() as session:
        backups.note(session, Path("kopia.sqlite"), by="anna", now=now)
    done = erase(filled, [row_of(filled, "Kattvakt i sommar").id], by="anna", now=now)
    assert [Path(copy.file).name for copy in done.copies] == ["kopia.sqlite"]


def test_an_erased_raw_has_no_bytes_for_whoever_claimed_it_before(filled: Store, take: Take) -> None:
    take(PRIVATE)
    gone(filled, "Kattvakt i sommar")
    with filled.read() as session:
        assert unpack(session.scalars(select(Raw)).one()) == b""
