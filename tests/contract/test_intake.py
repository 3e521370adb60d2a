"""From raw mail to messages, threads, people, links and follow-ups, on every store."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from crm import followups, links, messages, threads
from crm.explaining import explain
from crm.followups import FollowUpQuery
from crm.intake import IntakeContext, take_in
from crm.messages import MessageQuery
from crm.offices import list_offices, show_office
from crm.people import list_people, show_person
from crm.raws import put_raws
from crm.reader_pool import quarantined
from crm.rows.follow_ups import FollowUpRow
from crm.rows.messages import MessageRow
from crm.search import search
from db.schema import FollowUp, Message, Occurrence, Raw, Thread
from db.store import Store
from ingest.chain import unfold
from tests.intake import OURS, Take
from tests.mails import ANNA, BO, CIA, forwarded, mail

NOW = datetime(2021, 10, 18, 9, tzinfo=UTC)
PROMISE = "Hej!\n\nVi återkommer i slutet av oktober 2021 om lokalen i Ånge.\n\nAnna"


def all_messages(store: Store) -> list[MessageRow]:
    with store.read() as session:
        return messages.list_messages(session, MessageQuery(limit=0))


def all_follow_ups(store: Store) -> list[FollowUpRow]:
    with store.read() as session:
        rows = followups.list_follow_ups(session, FollowUpQuery(limit=0))
    return [row for row in rows if row.message is not None]


def test_a_promise_is_proposed_with_its_sentence(filled: Store, take: Take) -> None:
    take(mail(PROMISE, subject="Lokal i Ånge"))
    (row,) = all_follow_ups(filled)
    assert (row.kind, row.owes, row.state, row.office_name) == ("commitment", "us", "proposed", "Ånge")
    assert (row.due_start, row.due_end) == (date(2021, 10, 21), date(2021, 10, 31))
    assert row.text == "Vi återkommer i slutet av oktober 2021 om lokalen i Ånge."
    assert row.rule


def test_the_same_mail_twice_is_one_message(filled: Store, take: Take) -> None:
    letter = mail(PROMISE, message_id="<1@x.example>")
    take(letter)
    take(letter.replace(b"\n", b"\r\n"))
    (row,) = all_messages(filled)
    assert len(row.raws) == 2
    assert len(all_follow_ups(filled)) == 1


def test_the_same_message_id_with_other_words_is_another_message(filled: Store, take: Take) -> None:
    take(
        mail("Hej, detta är ett.", message_id="<1@x.example>"), mail("Nej, två.", message_id="<1@x.example>")
    )
    assert len(all_messages(filled)) == 2


def test_a_forwarded_letter_is_a_message_of_its_own(filled: Store, take: Take) -> None:
    inner = forwarded(PROMISE, sender=ANNA, at="den 7 juni 2021 09:00", to=BO, subject="Lokal i Ånge")
    take(mail(f"Se nedan.\n\n{inner}", sender=BO, to=CIA, subject="VB: Lokal i Ånge", at="2021-06-08 10:00"))
    rows = {row.kind: row for row in all_messages(filled)}
    assert set(rows) == {"received", "forwarded"}
    assert rows["forwarded"].parent_id == rows["received"].id
    assert rows["forwarded"].thread_id == rows["received"].thread_id
    assert rows["forwarded"].raws == ()
    assert (rows["forwarded"].direction, rows["received"].direction) == ("out", "others")
    (due,) = all_follow_ups(filled)
    assert due.message == rows["forwarded"].id


@pytest.mark.parametrize("order", ["received first", "quoted first", "together"])
def test_a_quoted_message_that_was_also_received_is_one(filled: Store, take: Take, order: str) -> None:
    received = mail(PROMISE, subject="Lokal i Ånge", message_id="<1@x.example>")
    inner = forwarded(PROMISE, sender=ANNA, at="den 7 juni 2021 09:00", to=BO, subject="Lokal i Ånge")
    quoting = mail(f"Tack!\n\n{inner}", sender=BO, to=ANNA, subject="SV: Lokal i Ånge", at="2021-06-08 10:00")
    if order == "together":
        take(quoting, received)
    else:
        for raw in (received, quoting) if order == "received first" else (quoting, received):
            take(raw)
    rows = {row.message_id: row for row in all_messages(filled)}
    assert len(rows) == 2
    assert rows["<1@x.example>"].kind == "received"
    assert sorted(place.kind for place in rows["<1@x.example>"].occurrences) == ["quoted", "received"]
    assert len(all_follow_ups(filled)) == 1


LONG = (
    "Hej!\n\nVi har fått regeringens uppdrag att öppna ett servicekontor hos er. Lokalen på Storgatan 3 är cirka 180\n"
    "kvadratmeter och ligger nära resecentrum. Hyran är ännu inte bestämd men vi räknar med besked före sommaren.\n\nAnna"
)


@pytest.mark.parametrize("order", ["received first", "quote first", "together"])
@pytest.mark.parametrize(
    ("quoted", "same"),
    [
        (LONG[:140], True),
        (LONG.replace("180", "190"), True),
        (LONG.replace("\n\nAnna", ""), True),
        (
            "Hej!\n\nDetta är ett annat brev, som kom i samma minut och handlar om helt andra saker än lokalen.",
            False,
        ),
    ],
)
def test_a_quote_that_was_cut_or_edited_is_still_the_same_message(
    filled: Store, take: Take, order: str, quoted: str, *, same: bool
) -> None:
    own = mail(LONG, subject="Lokal", at="2021-06-07 09:00", message_id="<own@x.example>")
    quote = forwarded(quoted, sender=ANNA, at="den 7 juni 2021 09:00", to=BO, subject="Lokal")
    answer = mail(
        f"Tack.\n\n{quote}", sender=BO, to=ANNA, at="2021-06-08 09:00", reply_to=["<own@x.example>"]
    )
    batches = {
        "received first": [[own], [answer]],
        "quote first": [[answer], [own]],
        "together": [[answer, own]],
    }
    for batch in batches[order]:
        take(*batch)
    rows = [row for row in all_messages(filled) if row.subject == "Lokal"]
    assert len(rows) == (1 if same else 2)
    (row,) = (row for row in rows if row.kind == "received")
    assert len(row.occurrences) == (2 if same else 1)
    if same:
        shares = sorted(place.confidence for place in row.occurrences)
        assert 0.6 <= shares[0] < shares[1] == 1
    before = {row.id: set(row.occurrences) for row in all_messages(filled)}
    take(own, answer)
    assert {row.id: set(row.occurrences) for row in all_messages(filled)} == before


def test_a_quote_whose_time_is_in_another_zone_is_still_the_same_message(filled: Store, take: Take) -> None:
    take(mail(PROMISE, subject="Lokal i Ånge", message_id="<1@x.example>"))
    inner = forwarded(PROMISE, sender=ANNA, at="den 7 juni 2021 07:00", to=BO, subject="Lokal i Ånge")
    take(mail(f"Tack!\n\n{inner}", sender=BO, to=ANNA, subject="SV: Lokal i Ånge", at="2021-06-08 10:00"))
    assert len(all_messages(filled)) == 2


def test_equal_words_on_another_day_are_another_message(filled: Store, take: Take) -> None:
    for day in ("7", "14"):
        inner = forwarded("Tack!", sender=ANNA, at=f"den {day} juni 2021 09:00", to=BO, subject="Möte")
        take(mail(f"Se {day}.\n\n{inner}", sender=BO, to=CIA, subject="VB: Möte", at="2021-06-15 10:00"))
    assert [row.kind for row in all_messages(filled)].count("forwarded") == 2


@pytest.mark.parametrize("who", ["Anna Lindgren", "Anna Lindgren <anna.lindgren@statenssc.se>"])
def test_a_quote_that_shows_neither_subject_nor_recipients_is_still_the_same_message(
    filled: Store, take: Take, who: str
) -> None:
    take(mail(PROMISE, subject="Lokal i Ånge", message_id="<1@x.example>"))
    quote = "\n".join(f"> {line}" for line in PROMISE.split("\n"))
    answer = f"Tack!\n\nDen 7 juni 2021 kl. 09:00 skrev {who}:\n{quote}\n"
    take(mail(answer, sender=BO, to=ANNA, subject="SV: Lokal i Ånge", at="2021-06-08 10:00"))
    assert len(all_messages(filled)) == 2
    assert len(all_follow_ups(filled)) == 1


def test_a_quote_without_recipients_was_written_to_the_one_who_quotes_it(filled: Store, take: Take) -> None:
    quote = "\n".join(f"> {line}" for line in PROMISE.split("\n"))
    answer = f"Tack!\n\nDen 7 juni 2021 kl. 09:00 skrev Bo Ekdahl <bo.ekdahl@ange.se>:\n{quote}\n"
    take(mail(answer, sender=ANNA, to=BO, subject="SV: Lokal", at="2021-06-08 10:00"))
    assert [(row.obligor, row.owes) for row in all_follow_ups(filled)] == [("sender", "them")]


def test_replies_are_one_thread_whatever_comes_first(filled: Store, take: Take) -> None:
    first = mail("Hej.", message_id="<1@x.example>", at="2021-06-01 08:00")
    second = mail("Tack.", message_id="<2@x.example>", reply_to=["<1@x.example>"], at="2021-06-02 08:00")
    third = mail(
        "Bra.", message_id="<3@x.example>", reply_to=["<1@x.example>", "<2@x.example>"], at="2021-06-03 08:00"
    )
    take(third)
    take(first)
    take(second)
    with filled.read() as session:
        (number,) = threads.thread_ids(session)
        heads, _names, roots = threads.thread_tree(session, [number])[number]
    assert heads == ["<1@x.example>", "<2@x.example>", "<3@x.example>"]
    (root,) = roots
    assert root["message_id"] == "<1@x.example>"


def test_two_threads_that_a_later_mail_proves_to_be_one_are_merged(filled: Store, take: Take) -> None:
    take(mail("Ett.", message_id="<1@x.example>"))
    take(mail("Två.", message_id="<2@x.example>"))
    take(mail("Båda.", message_id="<3@x.example>", reply_to=["<1@x.example>", "<2@x.example>"]))
    with filled.read() as session:
        assert len(threads.thread_ids(session)) == 1
        assert session.scalar(select(func.count()).select_from(Thread)) == 1


def test_a_thread_waits_for_whoever_owes_the_newest_answer(filled: Store, take: Take) -> None:
    take(mail("Kan ni skicka ritningarna senast den 17 september?", message_id="<1@x.example>"))
    with filled.read() as session:
        (row,) = threads.thread_page(session, threads.thread_ids(session))
    assert row.waiting == "them"
    answer = "Ritningarna bifogas. När kan ni ge oss besked om hyran?"
    take(
        mail(
            answer,
            sender=BO,
            to=ANNA,
            message_id="<2@x.example>",
            reply_to=["<1@x.example>"],
            at="2021-06-09 08:00",
        )
    )
    with filled.read() as session:
        (row,) = threads.thread_page(session, threads.thread_ids(session))
    assert row.waiting == "us"


def test_offices_pass_along_a_thread_whatever_comes_together(filled: Store, take: Take) -> None:
    outside: dict[str, Any] = {"sender": ANNA, "to": "Dan Berg <dan@hyresbolaget.example>"}
    first = mail("Hej.", subject="Lokal i Boden", message_id="<1@x.example>", **outside)
    rest = [
        mail(
            f"Ja, {number}.",
            subject="SV: Lokalen",
            message_id=f"<{number}@x.example>",
            reply_to=[f"<{number - 1}@x.example>"],
            **outside,
        )
        for number in (2, 3, 4)
    ]
    take(*reversed(rest), first)
    assert {row.offices for row in all_messages(filled)} == {("2582",)}


def test_a_mail_that_fails_in_a_later_reading_stays_one_row_and_readable(filled: Store, take: Take) -> None:
    letter = mail(PROMISE, message_id="<1@x.example>")
    take(letter)
    with filled.write() as session:
        (put,) = put_raws(session, [letter], date(2021, 6, 8))
        take_in(
            session,
            [(session.get_one(Raw, put.id), quarantined(letter, "limit-time: 5 s"))],
            IntakeContext(OURS, date(2021, 6, 8)),
        )
    (row,) = all_messages(filled)
    assert (row.status, row.problems) == ("ok", ("limit-time: 5 s",))
    assert len(all_follow_ups(filled)) == 1


def test_a_person_without_a_house_is_one_in_one_import_and_in_two(filled: Store, take: Take) -> None:
    take(mail("Ett.", sender="Dan Berg <dan.berg@hyresbolaget.example>", message_id="<1@x.example>"))
    take(mail("Två.", sender="Dan Berg <dan@hyresbolaget.example>", message_id="<2@x.example>"))
    with filled.read() as session:
        assert len(show_person(session, "Dan Berg")) == 1


def test_equal_subjects_merge_nothing(filled: Store, take: Take) -> None:
    take(mail("Ett.", message_id="<1@x.example>"), mail("Två.", message_id="<2@x.example>"))
    with filled.read() as session:
        assert len(threads.thread_ids(session)) == 2


def test_references_that_bite_their_tail_do_no_harm(filled: Store, take: Take) -> None:
    take(
        mail("Ett.", message_id="<1@x.example>", reply_to=["<2@x.example>"]),
        mail("Två.", message_id="<2@x.example>", reply_to=["<1@x.example>"]),
    )
    with filled.read() as session:
        (number,) = threads.thread_ids(session)
        _heads, names, roots = threads.thread_tree(session, [number])[number]
    assert (len(names), len(roots)) == (2, 1)


def test_links_have_a_reason(filled: Store, take: Take) -> None:
    take(mail("Hej, hur går det?", message_id="<1@x.example>"))
    with filled.read() as session:
        (link,) = explain(session, "<1@x.example>")
    assert (link.office_name, link.reason) == ("Ånge", "address: bo.ekdahl@ange.se")


def test_a_persons_no_outranks_the_rules_and_stays_when_mail_is_read_again(filled: Store, take: Take) -> None:
    letter = mail(PROMISE, message_id="<1@x.example>")
    take(letter)
    with filled.write() as session:
        assert links.unlink(session, "<1@x.example>", "Ånge", by="anna", now=NOW) == []
        links.link(session, "<1@x.example>", "filipstad", by="anna", now=NOW)
    take(letter)
    with filled.read() as session:
        (link,) = explain(session, "<1@x.example>")
    assert (link.office_name, link.decided_by) == ("Filipstad", "anna")
    assert [row.office_name for row in all_follow_ups(filled)] == ["Filipstad"]


def test_decisions_outlive_reading_again(filled: Store, take: Take) -> None:
    letter = mail(PROMISE, message_id="<1@x.example>")
    take(letter)
    (before,) = all_follow_ups(filled)
    with filled.write() as session:
        followups.decide(session, [before.id], "accept", by="anna", now=NOW)
        followups.decide(
            session,
            [before.id],
            "move",
            by="anna",
            now=NOW,
            due=(None, date(2021, 11, 15)),
            because="lokalen dröjer",
        )
    take(letter)
    (after,) = all_follow_ups(filled)
    assert (after.id, after.state, after.decided_by) == (before.id, "accepted", "anna")
    assert (after.due_start, after.due_end) == (None, date(2021, 11, 15))


def test_undo_takes_back_one_step_at_a_time(filled: Store, take: Take) -> None:
    take(mail(PROMISE), mail(PROMISE.replace("Ånge", "Filipstad"), to=CIA, message_id="<2@x.example>"))
    names = [row.id for row in all_follow_ups(filled)]
    with filled.write() as session:
        followups.decide(session, names, "accept", by="anna", now=NOW)
        followups.decide(session, names[:1], "done", by="anna", now=NOW)
        assert [row.state for row in followups.undo(session, by="anna", now=NOW)] == ["accepted"]
        assert {row.state for row in followups.undo(session, by="anna", now=NOW)} == {"proposed"}


def test_old_mail_taken_in_late_has_lapsed(filled: Store, take: Take) -> None:
    take(mail(PROMISE), today=date(2022, 6, 1))
    assert [row.state for row in all_follow_ups(filled)] == ["lapsed"]


def test_a_later_letter_in_the_window_keeps_the_promise(filled: Store, take: Take) -> None:
    take(mail(PROMISE, message_id="<1@x.example>"))
    take(mail("Hej, nu vill vi gärna träffa er i Ånge.", message_id="<2@x.example>", at="2021-10-25 09:00"))
    (row,) = [row for row in all_follow_ups(filled) if row.kind == "commitment"]
    assert row.state == "kept"
    assert row.evidence is not None
    assert row.evidence["date"] == "2021-10-25"


def test_the_order_in_which_mail_arrives_makes_no_difference_to_what_was_kept(
    filled: Store, take: Take
) -> None:
    take(mail("Hej, nu vill vi gärna träffa er i Ånge.", message_id="<2@x.example>", at="2021-10-25 09:00"))
    take(mail(PROMISE, message_id="<1@x.example>"))
    assert "kept" in [row.state for row in all_follow_ups(filled)]


def test_an_auto_reply_promises_nothing(filled: Store, take: Take) -> None:
    take(mail(PROMISE, headers={"Auto-Submitted": "auto-replied"}))
    assert all_follow_ups(filled) == []


def test_what_can_not_be_read_is_kept_and_listed(filled: Store, take: Take) -> None:
    take(b"\x00\x01\x02\x03" * 50)
    (row,) = all_messages(filled)
    assert (row.status, row.kind, len(row.raws)) == ("quarantined", "received", 1)
    assert row.problems
    with filled.read() as session:
        assert messages.raw_bytes(session, row.id) == b"\x00\x01\x02\x03" * 50


def test_a_better_reader_reads_what_an_older_one_could_not(filled: Store, take: Take) -> None:
    letter = mail(PROMISE, message_id="<1@x.example>")
    with filled.write() as session:
        (put,) = put_raws(session, [letter], date(2021, 6, 8))
        take_in(
            session,
            [(session.get_one(Raw, put.id), quarantined(letter, "limit-time: 5 s"))],
            IntakeContext(OURS, date(2021, 6, 8)),
        )
    (before,) = all_messages(filled)
    with filled.write() as session:
        links.link(session, before.id, "Filipstad", by="anna", now=NOW)
    take(letter)
    (after,) = all_messages(filled)
    assert (before.status, after.status, after.id) == ("quarantined", "ok", before.id)
    assert after.offices == ("1782", "2260")
    with filled.read() as session:
        assert len(threads.thread_ids(session)) == 1


def test_a_message_that_is_no_longer_read_goes_unless_somebody_decided_on_it(
    filled: Store, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = forwarded(PROMISE, sender=ANNA, at="den 7 juni 2021 09:00", to=BO, subject="Lokal i Ånge")
    letter = mail(f"Se nedan.\n\n{inner}", sender=BO, to=CIA, subject="VB: Lokal", message_id="<1@x.example>")
    other = mail("Tack.", sender=CIA, to=BO, message_id="<2@x.example>", reply_to=["<1@x.example>"])
    take(letter, other)
    monkeypatch.setattr("crm.reading.unfold", lambda mail: unfold(mail)[:1])
    take(letter)
    assert [row.kind for row in all_messages(filled)] == ["received", "received"]
    assert all_follow_ups(filled) == []


def test_a_reader_that_gives_a_message_another_identity_loses_no_thread(
    filled: Store, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = mail("Hej.", message_id="<1@x.example>")
    take(letter, mail("Tack.", sender=BO, to=ANNA, message_id="<2@x.example>", reply_to=["<1@x.example>"]))
    monkeypatch.setattr("crm.reading.content_digest", lambda *_: "another")
    take(letter)
    assert len(all_messages(filled)) == 2
    with filled.read() as session:
        (number,) = threads.thread_ids(session)
        _heads, names, roots = threads.thread_tree(session, [number])[number]
    assert (len(names), len(roots)) == (2, 1)


def test_people_are_known_by_their_addresses(filled: Store, take: Take) -> None:
    take(mail(PROMISE, sender=ANNA, to=["Ekdahl Bo <bo.ekdahl@ange.se>", "Registrator <kommun@ange.se>"]))
    with filled.read() as session:
        names = {row.name: row.organisation for row in list_people(session)}
        (bo,) = show_person(session, "ekdahl")
    assert names == {"Anna Lindgren": "Statens servicecenter", "Bo Ekdahl": "Ånge kommun"}
    assert (bo.messages, bo.last_message) == (1, date(2021, 6, 7))


def test_words_are_found_in_any_form(filled: Store, take: Take) -> None:
    take(mail("Vi ses vid servicekontoret.", message_id="<1@x.example>", subject="Möte"))
    with filled.read() as session:
        found = {
            query: len(search(session, query)) for query in ("servicekontor", "MÖTE", "lokal", 'x"*', "")
        }
    assert found == {"servicekontor": 1, "MÖTE": 1, "lokal": 0, 'x"*': 0, "": 0}


def test_the_offices_are_those_of_the_newest_plan(filled: Store, take: Take) -> None:
    take(mail(PROMISE))
    with filled.read() as session:
        rows = {row.municipality: row for row in list_offices(session)}
        page = show_office(session, "ange")
    assert len(rows) == 28
    assert (rows["Ånge"].phase, rows["Ånge"].messages, rows["Ånge"].last_message) == (2, 1, date(2021, 6, 7))
    assert [row.text[:16] for row in page.we_owe] == ["Vi återkommer i "]


def test_the_governments_reports_are_watched(filled: Store) -> None:
    with filled.read() as session:
        rows = followups.list_follow_ups(session, FollowUpQuery())
    assert {(row.due_end, row.owes, row.state) for row in rows} == {
        (date(2021, 11, 30), "us", "accepted"),
        (date(2024, 2, 23), "us", "accepted"),
    }


def test_nothing_is_left_without_a_place(filled: Store, take: Take) -> None:
    inner = forwarded(PROMISE, sender=ANNA, at="den 7 juni 2021 09:00", to=BO, subject="Lokal")
    letter = mail(f"Se nedan.\n\n{inner}", sender=BO, to=CIA, subject="VB: Lokal")
    take(letter)
    take(letter)
    with filled.read() as session:
        placed = set(session.scalars(select(Occurrence.message_id)))
        assert placed == set(session.scalars(select(Message.id)))
        assert session.scalar(select(func.count()).select_from(Raw)) == 1
        assert session.scalar(select(func.count()).select_from(FollowUp)) == 3
