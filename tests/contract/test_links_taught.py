"""What a person decides on one mail's offices is learnt for the next, on every store."""

from datetime import UTC, datetime, timedelta

import pytest

from crm import links
from crm.explaining import explain
from crm.rows.messages import LinkRow
from crm.undoing import undo
from db.store import Store
from tests.intake import OURS, Take
from tests.mails import ANNA, BO, CIA, mail

NOW = datetime(2021, 6, 9, 8, 0, tzinfo=UTC)
DAN = "Dan Falk <dan.falk@husbolaget.example>"
EVA = "Eva Ek <eva.ek@husbolaget.example>"
GUN = "Gun Ask <gun.ask@gmail.com>"


def letter(number: int, sender: str = DAN, words: str = "Hej, hur går det?", **more: object) -> bytes:
    given = {"to": ANNA, "subject": f"Ritning {number}", **more}
    return mail(words, sender=sender, message_id=f"<{number}@x.example>", **given)  # type: ignore[arg-type]


def decide(store: Store, number: int, office: str, *, linked: bool = True, later: int = 0) -> None:
    done = links.link if linked else links.unlink
    with store.write() as session:
        done(session, f"<{number}@x.example>", office, by="anna", now=NOW + timedelta(minutes=later))


def why(store: Store, number: int, *, why_not: bool = False) -> list[LinkRow]:
    with store.read() as session:
        return explain(session, f"<{number}@x.example>", OURS, why_not=why_not)


def offices(store: Store, number: int) -> list[str]:
    return [row.office_name for row in why(store, number)]


@pytest.mark.parametrize(
    ("sender", "reason", "found"),
    [
        (DAN, "taught-sender: dan.falk@husbolaget.example", ["Ånge"]),
        (EVA, "taught-domain: husbolaget.example", ["Ånge"]),
        (CIA, "address: cia.norberg@filipstad.se", ["Filipstad"]),
    ],
    ids=["sender", "domain", "somebody else"],
)
def test_a_yes_teaches_about_the_sender_and_the_house(
    filled: Store, take: Take, sender: str, reason: str, found: list[str]
) -> None:
    take(letter(1))
    decide(filled, 1, "Ånge")
    take(letter(2, sender))
    (row,) = why(filled, 2)
    assert (row.office_name, row.reason, row.decided_by) == (found[0], reason, None)
    assert (row.taught_by or {}).get("by") == (None if sender == CIA else "anna")


def test_a_yes_teaches_when_mail_is_read_again(filled: Store, take: Take) -> None:
    take(letter(1), letter(2))
    decide(filled, 1, "Ånge")
    assert offices(filled, 2) == []
    take(letter(2))
    assert offices(filled, 2) == ["Ånge"]


def test_a_yes_teaches_about_the_thread_whoever_writes(filled: Store, take: Take) -> None:
    take(letter(1))
    decide(filled, 1, "Ånge")
    take(letter(2, CIA, reply_to=["<1@x.example>"]))
    assert [(row.office_name, row.reason) for row in why(filled, 2)] == [
        ("Filipstad", "address: cia.norberg@filipstad.se"),
        ("Ånge", "taught-thread"),
    ] or offices(filled, 2) == ["Ånge", "Filipstad"]


def test_what_a_mail_names_itself_is_not_outdone_by_its_sender(filled: Store, take: Take) -> None:
    take(letter(1))
    decide(filled, 1, "Ånge")
    take(letter(2, words="Hej, här är ritningen för Filipstad."))
    assert offices(filled, 2) == ["Filipstad"]


def test_who_writes_about_several_teaches_nothing_by_writing(filled: Store, take: Take) -> None:
    take(letter(1), letter(2))
    decide(filled, 1, "Ånge")
    decide(filled, 2, "Filipstad")
    take(letter(3))
    assert offices(filled, 3) == []


def test_a_public_domain_says_nothing_about_others(filled: Store, take: Take) -> None:
    take(letter(1, GUN))
    decide(filled, 1, "Ånge")
    take(letter(2, GUN), letter(3, "Per Lo <per.lo@gmail.com>"))
    assert (offices(filled, 2), offices(filled, 3)) == (["Ånge"], [])


def test_our_own_letters_teach_nobody_but_their_thread(filled: Store, take: Take) -> None:
    take(letter(1, ANNA, to=DAN))
    decide(filled, 1, "Ånge")
    take(letter(2, ANNA, to=DAN))
    assert offices(filled, 2) == []


def test_a_no_teaches_too_until_something_surer_is_said(filled: Store, take: Take) -> None:
    words = "Hej, jag var i Ånge i somras."
    take(letter(1, words=words))
    decide(filled, 1, "Ånge", linked=False)
    take(letter(2, words=words), letter(3, EVA, words=words), letter(4, subject="Servicekontor Ånge"))
    assert (offices(filled, 2), offices(filled, 3), offices(filled, 4)) == ([], [], ["Ånge"])
    (row,) = why(filled, 2, why_not=True)
    assert (row.linked, row.reason) == (False, "taught-sender: dan.falk@husbolaget.example")
    assert row.taught_by is not None


def test_a_no_to_one_of_a_municipality_shuts_out_none_of_its_colleagues(filled: Store, take: Take) -> None:
    take(letter(1, BO))
    decide(filled, 1, "Ånge", linked=False)
    take(letter(2, BO), letter(3, "Pia Lo <pia.lo@ange.se>"))
    assert (offices(filled, 2), offices(filled, 3)) == ([], ["Ånge"])


def test_the_newest_decision_counts(filled: Store, take: Take) -> None:
    take(letter(1, BO), letter(2, BO))
    decide(filled, 1, "Ånge", linked=False)
    decide(filled, 2, "Ånge", later=1)
    take(letter(3, BO))
    assert offices(filled, 3) == ["Ånge"]


def test_a_decision_is_taken_back_step_by_step(filled: Store, take: Take) -> None:
    take(letter(1, BO))
    decide(filled, 1, "Ånge", linked=False)
    decide(filled, 1, "Filipstad", later=1)
    decide(filled, 1, "Filipstad", linked=False, later=2)
    seen = []
    for _ in range(3):
        with filled.write() as session:
            (row,) = undo(session, by="anna", now=NOW)
        seen.append(offices(filled, 1))
        assert row.id == why(filled, 1)[0].message if seen[-1] else True
    assert seen == [["Filipstad"], [], ["Ånge"]]
    assert why(filled, 1)[0].reason == "address: bo.ekdahl@ange.se"


def test_what_was_taken_back_teaches_nothing(filled: Store, take: Take) -> None:
    take(letter(1))
    decide(filled, 1, "Ånge")
    with filled.write() as session:
        undo(session, by="anna", now=NOW)
    take(letter(1), letter(2))
    assert (offices(filled, 1), offices(filled, 2)) == ([], [])


def test_why_not_names_a_persons_no_and_what_says_nothing(filled: Store, take: Take) -> None:
    body = (
        "Hej, här är planen för Boden, Borgholm, Laholm, Lysekil och Tingsryd.\n\n"
        "Linköpings universitet hjälper oss.\n\nMvh Dan\nBox 27, 111 22 Stockholm"
    )
    take(letter(1, BO, words=body))
    decide(filled, 1, "Ånge", linked=False)
    told = {row.office_name: row.reason.partition(":")[0] for row in why(filled, 1, why_not=True)}
    assert {name: told[name] for name in ("Ånge", "Boden", "Linköping", "Stockholm")} == {
        "Ånge": "person",
        "Boden": "list",
        "Linköping": "organisation",
        "Stockholm": "postal",
    }
    assert why(filled, 1) == []
