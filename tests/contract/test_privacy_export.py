"""What is held of somebody, put together for them: all of it, theirs alone, secret mail by its day and number. On every store."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import event

from crm import absences, followups, notes
from crm.errors import Ambiguous, NotAPerson, NotFound
from crm.followups import FollowUpQuery, list_follow_ups
from crm.privacy.compiling import Record, compile_data
from crm.privacy.subject import find_subject
from crm.register.judging import Judgement, judge
from db.store import Store
from tests.intake import Take
from tests.mails import ANNA, BO, CIA, forwarded, mail

NOW = datetime(2021, 6, 9, 10, tzinfo=UTC)
PROMISE = mail(
    "Hej!\n\nJag skickar ritningarna över lokalen senast den 18 juni 2021.\n\nMed vänlig hälsning\nBo Ekdahl\nFastighetschef\n0690-25 01 34\n",
    sender=BO,
    to=ANNA,
    subject="Lokal i Ånge",
    message_id="<1@ange.example>",
)
ANSWER = mail("Tack, då vet vi.", to=BO, cc=CIA, subject="SV: Lokal i Ånge", at="2021-06-07 12:00")
NAMED = mail(
    "Hej Anna!\n\nVädret är fint. Enligt Bo Ekdahls plan, som Dan (dan@boden.example, 070-174 06 88) såg, målas lokalen. Hej så länge!\n",
    sender=CIA,
    to=ANNA,
    subject="Målning",
    at="2021-06-08 09:00",
)
OTHERS = mail("Kontoret i Filipstad är målat.", sender=CIA, to=ANNA, subject="Annat", at="2021-06-08 10:00")


def extract(store: Store, name: str = "Bo Ekdahl", **wanted: Any) -> list[Record]:
    logins = wanted.pop("logins", ())
    with store.read() as session:
        subject = find_subject(session, name, logins=logins)
        return list(compile_data(session, subject, date(2021, 6, 9), **wanted))


def of(records: Sequence[Record], kind: str, *facts: str) -> list[Any]:
    found = [one.facts for one in records if one.kind == kind]
    return [tuple(one[fact] for fact in facts) if len(facts) > 1 else one[facts[0]] for one in found]


def test_data_letters_and_sentences_are_put_together(filled: Store, take: Take) -> None:
    take(PROMISE, ANSWER, NAMED, OTHERS)
    told = extract(filled)
    assert of(told, "name", "name") == ["Bo Ekdahl"]
    assert of(told, "address", "address") == ["bo.ekdahl@ange.se"]
    assert of(told, "phone", "number") == ["+46690250134"]
    assert of(told, "affiliation", "title") == ["Fastighetschef"]
    assert of(told, "message", "subject", "roles") == [
        ("Målning", ("named",)),
        ("SV: Lokal i Ånge", ("to",)),
        ("Lokal i Ånge", ("author",)),
    ]
    assert of(told, "follow-up", "role", "text") == [
        ("owes", "Jag skickar ritningarna över lokalen senast den 18 juni 2021.")
    ]


def test_of_others_that_stand_beside_their_addresses_and_numbers_are_hidden(
    filled: Store, take: Take
) -> None:
    take(PROMISE, NAMED)
    assert of(extract(filled), "mention", "field", "text") == [
        ("body", "Enligt Bo Ekdahls plan, som Dan ([…], […]) såg, målas lokalen.")
    ]


def test_notes_decisions_and_absences_are_in_it(filled: Store, take: Take) -> None:
    take(PROMISE)
    with filled.write() as session:
        notes.add_note(session, "Ringde om målning", by="anna", now=NOW, kind="call", person="Bo Ekdahl")
        notes.add_note(session, "Dagen var lång. Cia tror att Bo Ekdahl slutar.", by="anna", now=NOW)
        (due,) = [row.id for row in list_follow_ups(session, FollowUpQuery()) if row.message]
        followups.decide(session, [due], "accept", by="anna", now=NOW)
        absences.add_absence(
            session, "bo", date(2021, 7, 1), date(2021, 7, 9), deputy="cia", by="bo", now=NOW
        )
    told = extract(filled, logins=("bo",))
    assert sorted(of(told, "note", "role", "text")) == [
        ("about", "Ringde om målning"),
        ("named", "Cia tror att Bo Ekdahl slutar."),
    ]
    assert of(told, "decision", "follow_up", "action") == [(due, "accept")]
    assert of(told, "absence", "role", "from") == [("away", date(2021, 7, 1))]
    assert of(told, "activity", "login", "events") == [("bo", 1)]
    assert of(extract(filled), "absence", "id") == []


def test_a_secret_mail_shows_day_and_number_and_so_does_what_stands_in_it(filled: Store, take: Take) -> None:
    inner = forwarded(
        "Bo Ekdahl är sjukskriven.", sender=CIA, at="den 7 juni 2021 09:00", to=ANNA, subject="Frånvaro"
    )
    take(mail(f"Se nedan om Bo Ekdahl.\n\n{inner}", sender=CIA, to=[ANNA, BO], subject="VB: Frånvaro"))
    with filled.write() as session:
        (name,) = [
            one["id"]
            for one in (r.facts for r in compile_data(session, find_subject(session, BO[11:-1]), NOW.date()))
            if one.get("subject") == "VB: Frånvaro"
        ]
        said = Judgement(state="number", number="2021-01431", secret="OSL 39:1")
        judge(session, [name], said, by="anna", now=NOW)
    hidden, shown = extract(filled), extract(filled, with_secret=True)
    assert "sjukskriven" not in repr(hidden)
    assert "Frånvaro" not in repr(hidden)
    assert of(hidden, "message", "subject", "roles", "number") == [(None, (), "2021-01431")] * 2
    assert "Bo Ekdahl är sjukskriven." in of(shown, "mention", "text")


def test_who_is_asked_for_is_told_apart(filled: Store, take: Take) -> None:
    take(PROMISE, mail("Hej!", sender="Bo Ekdahlsson <bo.ekdahlsson@boden.se>", to="info@ange.se"))
    with pytest.raises(Ambiguous) as caught:
        extract(filled, "Bo Ekdahl")
    assert [choice.partition(" ")[2] for choice in caught.value.choices] == ["Bo Ekdahl", "Bo Ekdahlsson"]
    assert of(extract(filled, "bo.ekdahl@ange.se"), "person", "name") == ["Bo Ekdahl"]
    with pytest.raises(NotAPerson):
        extract(filled, "info@ange.se")
    with pytest.raises(NotFound):
        extract(filled, "Eva Sandin")


def test_a_long_correspondence_takes_no_more_queries(filled: Store, take: Take) -> None:
    take(PROMISE, *letters(3))
    few = queries(filled)
    take(*letters(40))
    assert queries(filled) == few


def letters(count: int) -> list[bytes]:
    return [
        mail(f"Bo Ekdahl målar rum {n}.", sender=CIA, to=ANNA, at=f"2021-06-08 10:{n:02}")
        for n in range(count)
    ]


def queries(store: Store) -> int:
    seen: list[str] = []

    def count(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(store.engine, "before_cursor_execute", count)
    try:
        extract(store)
    finally:
        event.remove(store.engine, "before_cursor_execute", count)
    return len(seen)
