"""The register: judged one by one or many at once, with history, undo and log; the queue and what it suggests."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from crm import messages, undoing
from crm.erasing import erase
from crm.errors import (
    NotFound,
    NothingToUndo,
    NotInDiary,
    NotJudged,
    NotReceived,
    RegisteredInDiary,
    WasErased,
)
from crm.messages import MessageQuery
from crm.register import judging
from crm.register.judging import Judgement, history
from crm.register.log import LogQuery, left_out, log_ids, log_rows
from crm.register.queue import unjudged
from crm.rows.messages import MessageRow
from crm.rows.register import LogEntryRow, QueueRow, RegistrationRow
from crm.secrecy import veiled
from crm.settings import Settings
from crm.threads import thread_ids, thread_page
from db.schema import Arrangement, Audit, AuditPayload, Message, Registration
from db.store import Store
from tests.intake import Take
from tests.mails import ANNA, BO, CIA, forwarded, mail

NOW = datetime(2021, 10, 18, 9, tzinfo=UTC)
LATER = datetime(2021, 10, 19, 9, tzinfo=UTC)
TODAY = date(2021, 10, 18)
PATTERN = Settings.model_fields["own_numbers"].default
MINOR, SENT = Judgement("minor"), Judgement("sent")

LETTER = "Hej!\n\nVi behöver besked om lokalen på Storgatan 3 i Ånge.\n\nAnna"
ASKED = mail(LETTER, subject="Lokalen", message_id="<ask@a.example>", at="2021-10-14 09:00")
ANSWER = mail(
    "Beskedet kommer efter nämnden.", sender=BO, to=ANNA, subject="SV: Lokalen", at="2021-10-15 09:00",
    message_id="<answer@a.example>", reply_to=["<ask@a.example>"],
)  # fmt: skip
THANKS = mail("Tack så mycket!\n\nCia", sender=CIA, to=ANNA, subject="Tack", at="2021-10-13 09:00", message_id="<tack@a.example>")  # fmt: skip


def judge(
    store: Store, *names: str, said: Judgement = MINOR, by: str = "anna", now: datetime = NOW
) -> list[MessageRow]:
    with store.write() as session:
        return judging.judge(session, names, said, by=by, now=now)


def ids(store: Store) -> dict[str, str]:
    """Message-ID without its domain → printed id."""
    with store.read() as session:
        rows = messages.list_messages(session, MessageQuery())
    return {(row.message_id or "").partition("@")[0].strip("<"): row.id for row in rows}


def state(store: Store, name: str) -> RegistrationRow | None:
    with store.read() as session:
        return messages.rows(session, [int(name[1:])])[0].registration


def queue(store: Store, *, oldest: bool = False, **asked: object) -> list[QueueRow]:
    with store.read() as session:
        return unjudged(session, MessageQuery(**asked), PATTERN, TODAY, oldest=oldest)  # type: ignore[arg-type]


@pytest.fixture
def three(filled: Store, take: Take) -> Store:
    take(ASKED, ANSWER, THANKS)
    return filled


def test_many_are_judged_at_once_by_whom_and_when(three: Store) -> None:
    names = ids(three)
    rows = judge(three, names["answer"], names["tack"], names["answer"])
    assert [row.id for row in rows] == [names["answer"], names["tack"]]
    assert {row.registration for row in rows} == {RegistrationRow("minor", None, None, NOW, "anna")}
    assert state(three, names["ask"]) is None


def test_a_mail_is_named_by_id_message_id_or_hash(three: Store) -> None:
    with three.read() as session:
        digest = messages.list_messages(session, MessageQuery())[0].raws[0]
    rows = judge(three, "<ask@a.example>", digest.upper())
    assert {row.message_id for row in rows} == {"<ask@a.example>", "<answer@a.example>"}


def test_a_number_is_kept_in_one_form(three: Store) -> None:
    (row,) = judge(three, "<ask@a.example>", said=Judgement("number", "Dnr:  2021-01432"))
    assert row.registration is not None
    assert (row.registration.state, row.registration.number) == ("number", "2021-01432")


@pytest.mark.parametrize("said", [Judgement("number", "  "), Judgement("number", "x" * 101), Judgement("minor", secret=" "),
                                  Judgement("number", "2021\x1b[31m")])  # fmt: skip
def test_what_no_diary_would_take_is_refused(three: Store, said: Judgement) -> None:
    with pytest.raises(NotInDiary):
        judge(three, "<ask@a.example>", said=said)


def test_a_wrong_id_among_right_ones_changes_nothing(three: Store) -> None:
    for wrong in ("m99", "f1", "<nobody@a.example>", "a" * 64):
        with pytest.raises(NotFound):
            judge(three, "<ask@a.example>", wrong)
    assert len(queue(three)) == 3


def test_a_quoted_message_is_part_of_the_mail_that_carries_it(filled: Store, take: Take) -> None:
    quote = forwarded(LETTER, sender="Anna Lindgren <anna.lindgren@statenssc.se>", at="den 7 juni 2021 09:00",
                      to="Bo Ekdahl", subject="Lokalen")  # fmt: skip
    take(mail(f"Se nedan.\n\n{quote}", sender=BO, to=CIA, subject="VB: Lokalen", message_id="<vb@a.example>"))
    with filled.read() as session:
        quoted, carrier = session.scalars(select(Message.id).order_by(Message.kind == "received")).all()
    with pytest.raises(NotReceived) as caught:
        judge(filled, f"m{quoted}")
    assert caught.value.choices == (f"m{carrier}",)


def test_a_mail_that_could_not_be_read_is_judged_as_any(filled: Store, take: Take) -> None:
    take(b"\0\1\2\3" * 500)
    (waiting,) = queue(filled)
    assert (waiting.message.status, waiting.suggestion.reason) == ("quarantined", "unreadable")
    (row,) = judge(filled, waiting.message.raws[0], said=SENT)
    assert row.registration is not None
    assert queue(filled) == []


def test_an_erased_mail_is_refused(three: Store) -> None:
    with three.read() as session:
        row = next(row for row in messages.list_messages(session, MessageQuery()) if row.subject == "Tack")
    erase(three, [row.id], by="anna", now=NOW)
    with pytest.raises(WasErased):
        judge(three, row.raws[0])
    with pytest.raises(NotFound):
        judge(three, row.id)


def test_a_mark_stands_beside_the_state(three: Store) -> None:
    ask = ids(three)["ask"]
    with pytest.raises(NotJudged):
        judge(three, ask, said=Judgement(secret="OSL 19:1"))
    judge(three, ask, said=SENT)
    judge(three, ask, said=Judgement(secret="OSL 19:1"), by="bo", now=LATER)
    assert state(three, ask) == RegistrationRow("sent", None, "OSL 19:1", NOW, "anna", LATER, "bo")
    judge(three, ask, said=Judgement("number", "2021-01432"), by="cia", now=LATER)
    assert state(three, ask) == RegistrationRow("number", "2021-01432", "OSL 19:1", LATER, "cia", LATER, "bo")
    judge(three, ask, said=Judgement(open_again=True))
    assert state(three, ask) == RegistrationRow("number", "2021-01432", None, LATER, "cia")


def test_the_same_again_is_no_judgement(three: Store) -> None:
    ask = ids(three)["ask"]
    judge(three, ask)
    judge(three, ask, by="bo", now=LATER)
    assert state(three, ask) == RegistrationRow("minor", None, None, NOW, "anna")
    with three.read() as session:
        assert len(history(session, [ask])) == 1
        assert session.scalar(select(func.count(Audit.id)).where(Audit.action == "register")) == 1


def test_a_changed_judgement_keeps_the_old_one(three: Store) -> None:
    ask = ids(three)["ask"]
    judge(three, ask)
    judge(three, ask, said=Judgement("number", "2021-01432"), by="bo", now=LATER)
    with three.read() as session:
        newest, first = history(session, [ask])
    assert (first.before, first.after.state, first.by) == (None, "minor", "anna")
    assert newest.before == first.after
    assert (newest.after.number, newest.by, newest.at) == ("2021-01432", "bo", LATER)


def test_one_command_is_one_step_of_undo(three: Store) -> None:
    names = ids(three)
    judge(three, names["ask"])
    judge(three, *names.values(), said=SENT)
    with three.write() as session:
        changed = undoing.undo(session, by="anna", now=LATER)
    assert {row.id for row in changed} == set(names.values())
    assert [row.id for row in (one.message for one in queue(three))] == [names["answer"], names["tack"]]
    assert state(three, names["ask"]) == RegistrationRow("minor", None, None, NOW, "anna")
    with three.write() as session:
        undoing.undo(session, by="anna", now=LATER)
    assert len(queue(three)) == 3
    with three.write() as session, pytest.raises(NothingToUndo):
        undoing.undo(session, by="anna", now=LATER)


def test_undo_leaves_what_somebody_else_judged_later(three: Store) -> None:
    ask = ids(three)["ask"]
    judge(three, ask, by="anna")
    judge(three, ask, said=Judgement("number", "2021-01432"), by="bo", now=LATER)
    with three.write() as session:
        undoing.undo(session, by="anna", now=LATER)
    assert (state(three, ask) or RegistrationRow("minor", None, None, NOW, "")).number == "2021-01432"
    with three.write() as session:
        undoing.undo(session, by="bo", now=LATER)
        assert [row.undone for row in history(session, [ask])] == [True, True]
    assert state(three, ask) is None


def test_the_log_says_what_was_judged(three: Store) -> None:
    names = ids(three)
    judge(three, names["ask"], names["answer"], said=Judgement("number", "2021-01432"))
    with three.read() as session:
        told = session.scalar(select(AuditPayload.payload).join(Audit).where(Audit.action == "register"))
    assert told == {
        "ids": [names["ask"], names["answer"]],
        "said": [{"state": "number", "number": "2021-01432", "secret": None}],
    }


def test_judgements_stay_when_mail_is_read_again(three: Store, take: Take) -> None:
    ask = ids(three)["ask"]
    judge(three, ask, said=Judgement("number", "2021-01432", "OSL 19:1"))
    before = state(three, ask)
    take(ASKED, ANSWER, THANKS)
    assert state(three, ask) == before


def test_a_registered_mail_is_not_private_and_a_judged_one_goes_with_its_history(three: Store) -> None:
    names = ids(three)
    judge(three, names["ask"], said=Judgement("number", "2021-01432"))
    judge(three, names["tack"], said=Judgement("not_public", secret="OSL 21:1"))
    with pytest.raises(RegisteredInDiary):
        erase(three, [names["ask"]], by="anna", now=NOW)
    erase(three, [names["tack"]], by="anna", now=NOW)
    with three.read() as session:
        assert session.scalars(select(Arrangement.one)).all() == [int(names["ask"][1:])]
        assert session.scalars(select(Registration.message_id)).all() == [int(names["ask"][1:])]
        assert "OSL 21:1" not in str(session.scalars(select(AuditPayload.payload)).all())


def test_the_queue_has_its_age_and_reasons(three: Store) -> None:
    found = queue(three)
    assert [(one.message.subject, one.working_days) for one in found] == [
        ("SV: Lokalen", 1),
        ("Lokalen", 2),
        ("Tack", 3),
    ]
    assert found[2].suggestion.state == "minor"
    assert [one.message.id for one in queue(three, oldest=True)] == [
        one.message.id for one in reversed(found)
    ]


@pytest.mark.parametrize("oldest", [False, True])
def test_the_queue_is_paged(filled: Store, take: Take, oldest: bool) -> None:
    same = [mail(f"Brev {n}", message_id=f"<{n}@a.example>", at="2021-06-07 09:00") for n in range(4)]
    take(*same, b"\0\1\2\3" * 500, b"\0\1\2\4" * 500)
    whole = [one.message.id for one in queue(filled, oldest=oldest)]
    paged: list[str] = []
    while page := queue(filled, oldest=oldest, limit=2, before=paged[-1] if paged else None):
        paged += [one.message.id for one in page]
    assert paged == whole
    assert len(set(whole)) == 6


def test_new_mail_of_a_registered_thread_is_suggested_its_number(filled: Store, take: Take) -> None:
    take(ASKED)
    judge(filled, "<ask@a.example>", said=Judgement("number", "2021-01432", "OSL 19:1"))
    take(ANSWER)
    (waiting,) = queue(filled)
    assert (waiting.suggestion.state, waiting.suggestion.number, waiting.suggestion.reason) == (
        "number",
        "2021-01432",
        "thread",
    )
    assert waiting.suggestion.secret == "OSL 19:1"
    with filled.read() as session:
        (thread,) = thread_page(session, thread_ids(session))
        assert thread.numbers == ("2021-01432",)
        proposed = {
            row.message_id: row.proposed_number for row in messages.list_messages(session, MessageQuery())
        }
    assert proposed == {"<ask@a.example>": None, "<answer@a.example>": "2021-01432"}


def test_the_newest_number_of_a_thread_is_the_one_suggested(three: Store, take: Take) -> None:
    judge(three, "<ask@a.example>", said=Judgement("number", "2021-01432"))
    judge(three, "<answer@a.example>", said=Judgement("number", "2021-01500"), now=LATER)
    take(
        mail("Mer om det.", message_id="<mer@a.example>", reply_to=["<ask@a.example>", "<answer@a.example>"])
    )
    assert {one.suggestion.number for one in queue(three)} == {"2021-01500", None}
    with three.read() as session:
        assert thread_page(session, thread_ids(session))[0].numbers == ("2021-01500", "2021-01432")


def test_a_mail_that_names_one_of_our_numbers_is_suggested_there(filled: Store, take: Take) -> None:
    take(
        mail("Vi skriver om ert dnr 2021-01432-1.1.", sender=BO, to=ANNA, message_id="<a@a.example>"),
        mail(
            "Hej,\n\nvårt dnr är KS 2021/124.",
            sender=BO,
            to=ANNA,
            message_id="<b@a.example>",
            at="2021-06-06 09:00",
        ),
    )
    ours, theirs = (one.suggestion for one in queue(filled))
    assert (ours.state, ours.number, ours.reason) == ("number", "2021-01432-1.1", "names")
    assert (theirs.state, theirs.number, theirs.reason, theirs.detail) == (
        "sent",
        None,
        "their_number",
        "KS 2021/124",
    )


def test_a_number_of_our_diary_is_known_again_in_whatever_form(filled: Store, take: Take) -> None:
    take(ASKED)
    judge(filled, "<ask@a.example>", said=Judgement("number", "SSC 2021/77"))
    take(mail("Se SSC 2021/77.", sender=CIA, to=ANNA, subject="Fråga", message_id="<cia@a.example>"))
    assert [one.suggestion.number for one in queue(filled)] == ["SSC 2021/77"]


def log(store: Store, **asked: object) -> list[LogEntryRow]:
    with store.read() as session:
        return log_rows(session, log_ids(session, LogQuery(**asked)))  # type: ignore[arg-type]


def test_the_log_leaves_secret_fields_out_and_private_mail_as_well(three: Store) -> None:
    names = ids(three)
    judge(three, names["ask"], said=Judgement("number", "2021-01432", "OSL 19:1"))
    judge(three, names["tack"], said=Judgement("not_public"))
    answer, ask = log(three)
    assert (answer.subject, answer.number, answer.sender and answer.sender.name) == (
        "SV: Lokalen",
        None,
        "Bo Ekdahl",
    )
    assert ask.date is not None
    assert (ask.id, ask.number, ask.secret, ask.sender, ask.to, ask.subject) == (
        names["ask"],
        "2021-01432",
        True,
        None,
        (),
        None,
    )
    with three.read() as session:
        assert left_out(session, LogQuery()) == 1


def test_the_log_is_of_the_days_that_were_asked_for(three: Store, take: Take) -> None:
    take(b"\0\1\2\3" * 500, today=date(2021, 10, 14))
    day = date(2021, 10, 14)
    assert [row.subject for row in log(three, since=day, until=day)] == ["Lokalen", None]
    assert [row.subject for row in log(three, since=day, direction="in")] == ["SV: Lokalen"]
    first = log(three, limit=1)
    assert [row.subject for row in log(three, limit=1, before=first[0].id)] == ["Lokalen"]


def test_a_row_that_leaves_the_house_shows_day_and_number_alone(three: Store) -> None:
    judge(three, "<ask@a.example>", said=Judgement("number", "2021-01432", "OSL 19:1"))
    with three.read() as session:
        row = next(row for row in messages.list_messages(session, MessageQuery()) if row.subject == "Lokalen")
    shown = veiled(row)
    said = (
        shown.message_id,
        shown.sender,
        shown.to,
        shown.cc,
        shown.subject,
        shown.locations,
        shown.offices,
        shown.attachments,
    )
    assert said == (None, None, (), (), None, (), (), ())
    assert (shown.id, shown.date, shown.registration) == (row.id, row.date, row.registration)


def test_old_rows_without_a_history_can_be_undone(three: Store) -> None:
    ask = ids(three)["ask"]
    with three.write() as session:
        session.add(Registration(message_id=int(ask[1:]), state="minor", at=NOW, by="bo"))
    judge(three, ask, said=SENT, now=LATER)
    with three.write() as session:
        undoing.undo(session, by="anna", now=LATER)
    assert state(three, ask) == RegistrationRow("minor", None, None, NOW, "bo")


def test_many_thousand_are_judged_in_a_few_statements(filled: Store, take: Take) -> None:
    take(*(mail(f"Brev {n}", message_id=f"<{n}@a.example>") for n in range(60)))
    with filled.read() as session:
        names = [row.id for row in messages.list_messages(session, MessageQuery())]
    from sqlalchemy import event

    seen: list[str] = []
    event.listen(filled.engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    judge(filled, *names)
    assert len(seen) < 40
    assert queue(filled) == []
