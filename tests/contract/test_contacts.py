"""Contacts found by a part of a name, their pages; threads by parts, unread and unjudged; answers to letters."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from sqlalchemy import select, update

from crm import ids, party_arranging
from crm.bootstrap import own_of
from crm.contacts import contact, contact_ids, contact_named, contact_page
from crm.direction import Own
from crm.errors import NotFound
from crm.mailboxes import mailboxes, quarantined
from crm.new_files import write_free
from crm.replying import Reply, draft, file_name, reply
from crm.rows.people import MailboxRow
from crm.settings import load
from crm.threads import thread_ids, thread_page, thread_part
from db.schema import Account, Folder, Location, Message, Raw, Registration
from db.store import Store
from tests.intake import OURS, Take
from tests.mails import ANNA, BO, CIA, mail

NOW = datetime(2021, 10, 18, 9, tzinfo=UTC)
AKE = "Åke Sjöö <ake.sjoo@ange.se>"


def names(store: Store, text: str = "", kind: str = "person") -> list[str]:
    with store.read() as session:
        numbers = contact_ids(session, kind, text)  # type: ignore[arg-type]
        return [row.name for row in contact_page(session, kind, numbers)]  # type: ignore[arg-type]


@pytest.fixture
def letters(take: Take) -> None:
    take(
        mail("Hej", sender=AKE, to=ANNA, at="2021-06-07 09:00"),
        mail("Hej", sender=BO, to=ANNA, at="2021-06-07 10:00"),
        mail("Hej", sender=CIA, to=[ANNA, BO], at="2021-06-07 11:00"),
    )


@pytest.mark.usefixtures("letters")
@pytest.mark.parametrize("text", ["sjöö", "SJOO", "ke sj", "ake.sjoo@", "åke"])
def test_somebody_is_found_by_a_part_with_or_without_rings(filled: Store, text: str) -> None:
    assert names(filled, text) == ["Åke Sjöö"]


@pytest.mark.usefixtures("letters")
def test_everybody_stands_there_by_name_and_nobody_for_what_no_name_holds(filled: Store) -> None:
    assert names(filled) == ["Anna Lindgren", "Bo Ekdahl", "Cia Norberg", "Åke Sjöö"]
    assert names(filled, "%") == []
    assert names(filled, "_") == []
    assert names(filled, "/") == []


@pytest.mark.usefixtures("letters")
def test_a_persons_page_and_that_of_where_they_work(filled: Store) -> None:
    with filled.read() as session:
        (number,) = contact_ids(session, "person", "ekdahl")
        page = contact(session, ids.printed("person", number))
        assert page.person is not None
        assert [row.kind for row in page.happened] == ["message"] * 2
        (house,) = contact_ids(session, "organisation", "ange")
        at_work = contact(session, ids.printed("organisation", house))
    assert at_work.organisation is not None
    assert [row.name for row in at_work.people] == ["Bo Ekdahl", "Åke Sjöö"]
    assert [row.kind for row in at_work.happened] == ["message"] * 3  # what they wrote, and what they got


@pytest.mark.usefixtures("letters")
def test_who_was_merged_has_the_others_page(filled: Store) -> None:
    with filled.write() as session:
        party_arranging.merge_people(session, "ake.sjoo@ange.se", "bo.ekdahl@ange.se", by="asa", now=NOW)
    with filled.read() as session:
        assert contact_named(session, "Bo Ekdahl") == contact_named(session, "Åke Sjöö")
        assert contact_named(session, "Nils Ingen") is None
        with pytest.raises(NotFound):
            contact(session, "p99999")


def test_a_thread_comes_in_parts(filled: Store, take: Take) -> None:
    first = mail("Ett", sender=BO, to=ANNA, message_id="<1@x.example>", at="2021-06-07 09:00")
    more = [
        mail(f"Nummer {n}", sender=BO, to=ANNA, reply_to=["<1@x.example>"], at=f"2021-06-07 1{n}:00")
        for n in range(4)
    ]
    take(first, *more)
    with filled.read() as session:
        (number,) = thread_ids(session)
        part = thread_part(session, f"t{number}", start=2, limit=2)
        assert [view.body.strip() for view in part.messages] == ["Nummer 1", "Nummer 2"]
        assert (part.start, part.total) == (2, 5)
        with pytest.raises(NotFound):
            thread_part(session, "t9999")


def test_unread_and_unjudged_are_counted(filled: Store, take: Take) -> None:
    take(mail("Ett", sender=BO, to=ANNA, at="2021-06-07 09:00"))
    with filled.write() as session:
        account = Account(name="post", kind="imap")
        session.add(account)
        session.flush()
        folder = Folder(account_id=account.id, name="INBOX")
        session.add(folder)
        session.flush()
        raw = session.scalars(select(Raw.id)).one()
        session.add(Location(folder_id=folder.id, uidvalidity=1, uid=1, raw_id=raw, flags="\\Answered"))
    assert counts(filled) == (1, 1)
    with filled.write() as session:
        session.execute(update(Location).values(flags="\\Answered \\Seen"))
        message = session.scalars(select(Message.id)).one()
        session.add(Registration(message_id=message, state="minor", at=NOW, by="asa"))
    assert counts(filled) == (0, 0)


def counts(store: Store) -> tuple[int, int]:
    with store.read() as session:
        (row,) = thread_page(session, thread_ids(session))
    return row.unread, row.unjudged


def test_mailboxes_with_their_folders(filled: Store, take: Take) -> None:
    take(mail("Ett", sender=BO, to=ANNA))
    with filled.write() as session:
        account = Account(name="post", kind="imap", host="mail.example", user="a@mail.example")
        session.add(account)
        session.flush()
        session.add_all(Folder(account_id=account.id, name=name) for name in ("Skickat", "INBOX"))
        session.flush()
        inbox = session.scalars(select(Folder.id).where(Folder.name == "INBOX")).one()
        raw = session.scalars(select(Raw.id)).one()
        session.add(Location(folder_id=inbox, uidvalidity=1, uid=1, raw_id=raw))
        session.add(Location(folder_id=inbox, uidvalidity=1, uid=2, raw_id=raw, gone=True))
    with filled.read() as session:
        (view,) = mailboxes(session)
        assert quarantined(session) == []
    assert [(row.name, row.messages, row.gone) for row in view.folders] == [
        ("INBOX", 1, 1),
        ("Skickat", 0, 0),
    ]


def answer(store: Store, own: Own = OURS) -> Reply:
    with store.read() as session:
        newest = session.scalars(select(Message.id).order_by(Message.sent_at.desc())).first()
        return reply(session, f"m{newest}", own)


def test_an_answer_goes_to_the_sender_and_the_others_but_not_to_ourselves(filled: Store, take: Take) -> None:
    with filled.write() as session:
        session.add(Account(name="post", kind="imap", user="anna.lindgren@statenssc.se"))
    take(
        mail("Ett", sender=ANNA, to=BO, message_id="<1@x.example>", at="2021-06-07 09:00"),
        mail("Två", sender=BO, to=ANNA, cc=CIA, subject="Sv: RE: Servicekontor", message_id="<2@x.example>", reply_to=["<1@x.example>"], at="2021-06-07 10:00"),
    )  # fmt: skip
    with filled.read() as session:
        own = own_of(session, load(database_url="sqlite://"))
    found = answer(filled, own)
    assert [box.address for box in found.to] == ["bo.ekdahl@ange.se"]
    assert [box.address for box in found.cc] == ["cia.norberg@filipstad.se"]
    assert found.subject == "Servicekontor"
    assert found.in_reply_to == "<2@x.example>"
    assert found.references == ("<1@x.example>", "<2@x.example>")


def test_an_answer_to_our_own_letter_goes_where_that_went(filled: Store, take: Take) -> None:
    take(mail("Ett", sender=ANNA, to=BO, cc=CIA))
    found = answer(filled)
    assert [box.address for box in found.to] == ["bo.ekdahl@ange.se"]
    assert [box.address for box in found.cc] == ["cia.norberg@filipstad.se"]


def test_a_draft_is_a_mail_that_is_not_sent_and_no_name_breaks_out_of_its_header() -> None:
    hostile = MailboxRow('Bo "x\r\nBcc: alla@x.example', "bo@ange.example")
    made = Reply(
        (hostile, MailboxRow("Ingen", "inte en adress")), (), "x", "<2@x.example>", ("<2@x.example>",)
    )
    content = draft(made, "SV: Lokal\r\nBcc: alla@x.example\x1b[2J", "\n\nHej\n> Vi återkommer\x00.\n")
    mail_ = message_from_bytes(content, policy=policy.default)
    assert mail_["X-Unsent"] == "1"
    assert mail_["Bcc"] is None
    assert [one.addr_spec for one in mail_["To"].addresses] == ["bo@ange.example"]
    assert mail_["In-Reply-To"] == "<2@x.example>"
    assert mail_.get_content().replace("\r\n", "\n") == "\n\nHej\n> Vi återkommer .\n"


def test_a_file_is_never_written_over(tmp_path: Path) -> None:
    name = file_name("SV: ../../etc/passwd")
    assert "/" not in name
    assert "slutredovisning Fi2021-01893" in file_name("SV: Påminnelse: slutredovisning Fi2021/01893")
    paths = [write_free(tmp_path, name, content) for content in (b"ett", b"tva")]
    assert [path.read_bytes() for path in paths] == [b"ett", b"tva"]
    assert paths[1].name.endswith(" (2).eml")
