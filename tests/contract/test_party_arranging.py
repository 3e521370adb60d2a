"""People and organisations merged, split and proposed; names, titles and phones over time."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from crm import party_arranging, undoing
from crm.alike_people import alike_people
from crm.errors import Ambiguous, NotFound, NothingToSplit
from crm.messages import MessageQuery, list_messages
from crm.people import list_organisations, list_people, show_person
from crm.rows.people import PersonRow
from db.schema import Audit
from db.store import Store
from tests.intake import Take
from tests.mails import ANNA, mail

NOW = datetime(2021, 10, 18, 9, tzinfo=UTC)
HOME = "Eva Sandvik <eva.sandvik@privat.example>"
WORK = "Sandvik Eva <eva.sandvik@ange.se>"


def person(store: Store, name: str) -> PersonRow:
    with store.read() as session:
        (row,) = show_person(session, name)
    return row


def addresses(row: PersonRow) -> list[str]:
    return sorted(address for box in row.addresses if (address := box.address))


def merge(store: Store, one: str, other: str) -> PersonRow:
    with store.write() as session:
        (row,) = party_arranging.merge_people(session, one, other, by="asa", now=NOW)
    return row


def split(store: Store, name: str, *which: str) -> list[PersonRow]:
    with store.write() as session:
        return party_arranging.split_person(session, name, which, by="asa", now=NOW)


def undo(store: Store) -> None:
    with store.write() as session:
        undoing.undo(session, by="asa", now=NOW)


def signed(title: str, *, at: str, sender: str = WORK, phone: str = "070-123 45 67") -> bytes:
    name = "Eva Sandvik"
    return mail(
        f"Hej!\n\nMed vänlig hälsning\n{name}\n{title}\nMobil: {phone}", sender=sender, to=ANNA, at=at
    )


def test_two_who_are_one_are_offered_with_their_reason(filled: Store, take: Take) -> None:
    take(mail("Hej", sender=HOME, to=ANNA), mail("Hej", sender=WORK, to=ANNA, at="2021-06-08 09:00"))
    with filled.read() as session:
        (row,) = alike_people(session)
    assert {row.name, row.other_name} == {"Eva Sandvik"}
    assert row.reasons == ("same", "local")
    assert 0.6 <= row.score < 1


def test_a_shared_phone_makes_it_surer(filled: Store, take: Take) -> None:
    take(
        signed("Enhetschef", at="2021-06-07 09:00"), signed("Enhetschef", at="2021-06-08 09:00", sender=HOME)
    )
    with filled.read() as session:
        (row,) = alike_people(session)
    assert "phone" in row.reasons
    assert row.score > 0.9


def test_the_certain_ones_are_joined_in_one_step(filled: Store, take: Take) -> None:
    take(
        signed("Enhetschef", at="2021-06-07 09:00"), signed("Enhetschef", at="2021-06-08 09:00", sender=HOME)
    )
    take(mail("Hej", sender="Bo Ek <bo.ek@are.se>", to="Bo Ek <bo.ek@boden.se>"))
    with filled.write() as session:
        (row,) = party_arranging.merge_certain(session, by="asa", now=NOW)
        assert party_arranging.merge_certain(session, by="asa", now=NOW) == []
    assert addresses(row) == ["eva.sandvik@ange.se", "eva.sandvik@privat.example"]
    undo(filled)
    with filled.read() as session:
        assert len(show_person(session, "Eva Sandvik")) == 2


def test_merged_is_one_person_and_undo_makes_two(filled: Store, take: Take) -> None:
    take(mail("Hej", sender=HOME, to=ANNA), signed("Enhetschef", at="2021-06-08 09:00"))
    one, other = person(filled, "eva.sandvik@ange.se"), person(filled, "eva.sandvik@privat.example")
    row = merge(filled, one.id, other.id)
    assert addresses(row) == ["eva.sandvik@ange.se", "eva.sandvik@privat.example"]
    assert (row.messages, row.title) == (2, "Enhetschef")
    assert person(filled, other.id).id == one.id
    with filled.read() as session:
        assert len(list_messages(session, MessageQuery(person=one.id))) == 2
        assert other.id not in {each.id for each in list_people(session)}
        assert alike_people(session) == []
    undo(filled)
    assert addresses(person(filled, one.id)) == ["eva.sandvik@ange.se"]
    assert addresses(person(filled, other.id)) == ["eva.sandvik@privat.example"]


def test_a_merger_holds_when_mail_is_read_again_and_for_new_addresses(filled: Store, take: Take) -> None:
    mails = [mail("Hej", sender=HOME, to=ANNA), mail("Hej", sender=WORK, to=ANNA, at="2021-06-08 09:00")]
    take(*mails)
    row = merge(filled, "eva.sandvik@ange.se", "eva.sandvik@privat.example")
    take(*mails, mail("Hej", sender="Eva Sandvik <eva@privat.example>", to=ANNA, at="2021-06-09 09:00"))
    assert addresses(person(filled, row.id)) == [
        "eva.sandvik@ange.se", "eva.sandvik@privat.example", "eva@privat.example",
    ]  # fmt: skip


def test_who_was_merged_in_is_split_again(filled: Store, take: Take) -> None:
    take(mail("Hej", sender=HOME, to=ANNA), mail("Hej", sender=WORK, to=ANNA, at="2021-06-08 09:00"))
    row = merge(filled, "eva.sandvik@ange.se", "eva.sandvik@privat.example")
    one, other = split(filled, row.id)
    assert (addresses(one), addresses(other)) == (["eva.sandvik@ange.se"], ["eva.sandvik@privat.example"])
    with filled.read() as session:
        assert alike_people(session) == []  # a person has said that they are two
    undo(filled)
    assert len(person(filled, row.id).addresses) == 2


def test_an_address_is_given_to_somebody_else(filled: Store, take: Take) -> None:
    take(
        mail("Hej", sender=WORK, to=ANNA),
        mail("Hej", sender="Eva Sandvik <e.sandvik@ange.se>", to=ANNA, at="2021-06-08 09:00"),
    )
    row = person(filled, "eva.sandvik@ange.se")
    assert len(row.addresses) == 2
    _, other = split(filled, row.id, "e.sandvik@ange.se")
    assert (other.name, addresses(other)) == ("Eva Sandvik", ["e.sandvik@ange.se"])
    undo(filled)
    assert len(person(filled, row.id).addresses) == 2


def test_what_can_not_be_split_or_merged_is_said(filled: Store, take: Take) -> None:
    take(mail("Hej", sender=HOME, to=ANNA), mail("Hej", sender=WORK, to=ANNA, at="2021-06-08 09:00"))
    with pytest.raises(NothingToSplit):
        split(filled, "eva.sandvik@ange.se")
    with pytest.raises(NotFound):
        split(filled, "eva.sandvik@ange.se", "nobody@a.example")
    with pytest.raises(Ambiguous):
        merge(filled, "eva sandvik", "eva.sandvik@ange.se")


def test_undo_takes_the_newest_step_whatever_it_was(filled: Store, take: Take) -> None:
    take(mail("Hej", sender=HOME, to=ANNA), mail("Hej", sender=WORK, to=ANNA, at="2021-06-08 09:00"))
    merge(filled, "eva.sandvik@ange.se", "eva.sandvik@privat.example")
    undo(filled)
    with filled.read() as session:
        assert list(session.scalars(select(Audit.action).order_by(Audit.id)))[-2:] == [
            "person merge",
            "undo",
        ]


def test_organisations_are_merged_and_new_mail_goes_to_the_one(filled: Store, take: Take) -> None:
    take(mail("Hej", sender=WORK, to=ANNA), mail("Hej", sender="Bo Ek <bo.ek@are.se>", to=ANNA))
    with filled.write() as session:
        (row,) = party_arranging.merge_organisations(session, "Ånge kommun", "Åre kommun", by="asa", now=NOW)
    assert len(row.addresses) == 2
    take(mail("Hej", sender="Siv Ek <siv.ek@are.se>", to=ANNA))
    with filled.read() as session:
        rows = {each.name: each for each in list_organisations(session)}
    assert "Åre kommun" not in rows
    assert len(rows["Ånge kommun"].addresses) == 3
    undo(filled)
    with filled.read() as session:
        assert {"Åre kommun", "Ånge kommun"} <= {each.name for each in list_organisations(session)}


def test_a_new_title_ends_the_old_one(filled: Store, take: Take) -> None:
    take(signed("Enhetschef", at="2021-06-07 09:00"), signed("Enhetschef", at="2021-08-02 09:00"))
    take(signed("Förvaltningschef", at="2022-01-10 09:00"))
    jobs = [
        (job.title, job.seen_first, job.seen_last, job.ended_on) for job in person(filled, "Eva").affiliations
    ]
    assert jobs == [
        ("Förvaltningschef", date(2022, 1, 10), date(2022, 1, 10), None),
        ("Enhetschef", date(2021, 6, 7), date(2021, 8, 2), date(2022, 1, 10)),
    ]


def test_a_new_surname_is_the_name_and_the_old_one_stays_known(filled: Store, take: Take) -> None:
    take(mail("Hej", sender=WORK, to=ANNA))
    married = mail("Hej", sender="Eva Bergdal <eva.sandvik@ange.se>", to=ANNA, at="2021-09-01 09:00")
    take(married)
    row = person(filled, "Sandvik")
    assert (row.name, row.names) == ("Eva Bergdal", ("Eva Bergdal", "Eva Sandvik"))
    take(married, mail("Hej igen", sender=WORK, to=ANNA, at="2021-06-09 09:00"))
    assert person(filled, "Sandvik").name == "Eva Bergdal"
