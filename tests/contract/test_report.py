"""A day's figures, and that nothing which comes, is decided or taken back later changes them."""

import json
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select, update

from crm import followups, links, undoing
from crm.deciding import Action
from crm.errors import AlreadyThere, DayToCome, EmptyText, NotFound, NothingToUndo
from crm.followups import FollowUpQuery, list_follow_ups
from crm.intake import IntakeContext, take_in
from crm.office_history import ASSESSMENTS
from crm.office_setting import Wanted, WantedStep, Why, set_office, set_step
from crm.office_steps import STEPS, Window
from crm.plan_revisions import import_plan
from crm.plans import OfficePlan, Plan, shipped_plans
from crm.reading import read_mail
from crm.readings import ReadingContext
from crm.register.judging import Judgement, judge
from crm.report.issuing import content_of, issue, issued, list_issued, report
from crm.report.material import outside
from crm.report.model import Figures, OfficeFigure, PromiseCount
from crm.rows.follow_ups import FollowUpRow
from db.schema import FollowUp, Raw
from db.store import Store
from nlp.reader import Reader
from tests.intake import OURS, Take
from tests.mails import ANNA, BO, CIA, forwarded, mail

DAY = date(2021, 10, 31)
NOW = datetime(2021, 11, 20, 9, tzinfo=UTC)

ASK = mail(
    "Hej!\n\nKan ni skicka ritningarna till oss senast den 18 oktober?\n\nBo",
    sender=BO, to=ANNA, subject="Ritningar", message_id="<ask@x.example>", at="2021-10-04 09:00",
)  # fmt: skip
ANSWER = mail(
    "Hej!\n\nRitningarna bifogas.\n\nAnna", subject="SV: Ritningar", message_id="<answer@x.example>",
    reply_to=["<ask@x.example>"], at="2021-10-11 09:00",
)  # fmt: skip
PROMISE = mail(
    "Hej!\n\nVi skickar hyresavtalet till er senast den 15 oktober.\n\nAnna", subject="Avtal för Ånge",
    message_id="<promise@x.example>", at="2021-10-05 09:00",
)  # fmt: skip
LETTER = "Hej!\n\nVi återkommer om lokalen i Ånge senast den 12 november.\n\nAnna"
CARRIER = mail(
    "Se nedan.\n\n"
    + forwarded(
        LETTER, sender="Anna Lindgren <anna.lindgren@statenssc.se>", at="den 7 oktober 2021 09:00",
        to="Bo Ekdahl <bo.ekdahl@ange.se>", subject="Lokal i Ånge",
    ),
    sender=BO, to=ANNA, subject="VB: Lokal i Ånge", message_id="<carrier@x.example>", at="2021-10-08 09:00",
)  # fmt: skip


def figures(store: Store, day: date = DAY, since: str | None = None) -> Figures:
    with store.read() as session:
        return report(session, day, since=since)


def told(store: Store, day: date = DAY) -> str:
    return json.dumps(content_of(figures(store, day)), ensure_ascii=False, sort_keys=True)


def office(shown: Figures, name: str) -> OfficeFigure:
    return next(one for one in shown.offices if one.name == name)


def listed(store: Store) -> list[FollowUpRow]:
    with store.read() as session:
        return list_follow_ups(session, FollowUpQuery(limit=0))


def the_promise(store: Store) -> FollowUpRow:
    return next(row for row in listed(store) if "hyresavtalet" in row.text)


def test_an_office_with_its_letters_promises_and_answers(filled: Store, take: Take) -> None:
    take(ASK, ANSWER, PROMISE, today=date(2021, 10, 12))
    shown = figures(filled)
    found = office(shown, "Ånge")
    assert (found.phase, found.letters_in, found.letters_out) == (2, 1, 2)
    assert (found.last_in, found.last_contact) == (date(2021, 10, 4), date(2021, 10, 11))
    assert found.ours == PromiseCount(open=0, broken=1, kept=1, unjudged=1)
    broken = next(one for one in shown.promises if "hyresavtalet" in (one.text or ""))
    assert (broken.stands, broken.side, broken.office_name, broken.judged) == (
        "broken",
        "ours",
        "Ånge",
        False,
    )
    answer = next(one for one in shown.answers if one.office_name == "Ånge")
    assert (answer.answered, answer.median, answer.longest, answer.unanswered) == (1, 5, 5, 0)
    assert (shown.total.offices, len(shown.phases)) == (28, 2)
    assert shown.plan is not None
    assert shown.plan.key == max(shipped_plans(), key=lambda plan: plan.day).key


def test_answer_times_are_an_offices_whoever_of_us_answers(filled: Store, take: Take) -> None:
    asked = [
        mail(f"Hej!\n\nHur stor är lokal {number}?\n\nBo", sender=BO, to=ANNA, subject=f"Lokal {number} i Ånge",
             message_id=f"<q{number}@x.example>", at="2021-10-04 09:00")
        for number in (1, 2)
    ]  # fmt: skip
    answered = [
        mail("Hej!\n\n240 kvadratmeter.", sender=f"{name} <{name.lower()}@statenssc.se>", to=BO, subject=f"SV: Lokal {number} i Ånge",
             reply_to=[f"<q{number}@x.example>"], at=f"2021-10-{day:02} 09:00")
        for number, name, day in ((1, "Vivianne", 5), (2, "Torgny", 7))
    ]  # fmt: skip
    take(*asked, *answered, today=date(2021, 10, 12))
    (answer,) = figures(filled).answers
    assert (answer.office_name, answer.answered, answer.median, answer.longest) == ("Ånge", 2, 2, 3)
    written = told(filled).lower()
    assert "vivianne" not in written
    assert "torgny" not in written


def test_before_the_answer_it_was_waited_for(filled: Store, take: Take) -> None:
    take(ASK, today=date(2021, 10, 5))
    take(ANSWER, today=date(2021, 10, 12))
    (answer,) = figures(filled, date(2021, 10, 8)).answers
    assert (answer.answered, answer.unanswered, answer.longest_waiting) == (0, 1, 4)


def test_what_came_later_counts_from_the_day_on_which_it_came(filled: Store, take: Take) -> None:
    take(ASK, today=date(2021, 10, 5))
    before = told(filled)
    take(ANSWER, PROMISE, today=date(2021, 11, 2))
    assert told(filled) == before
    assert office(figures(filled, date(2021, 11, 2)), "Ånge").letters_out == 2
    with filled.read() as session:
        assert outside(session, DAY).late_letters == 2


def test_a_letter_that_was_quoted_and_comes_itself_later_changes_nothing_before(
    filled: Store, take: Take
) -> None:
    take(CARRIER, today=date(2021, 10, 9))
    before = told(filled)
    own = mail(LETTER, subject="Lokal i Ånge", message_id="<own@x.example>", at="2021-10-07 09:00", cc=CIA)
    take(own, today=date(2021, 11, 5))
    assert told(filled) == before


def test_what_a_later_letter_keeps_was_open_before(filled: Store, take: Take) -> None:
    take(PROMISE, today=date(2021, 10, 6))
    before = told(filled, date(2021, 10, 13))
    late = mail(
        "Hej!\n\nHär kommer hyresavtalet som utlovat.\n\nAnna", subject="SV: Avtal för Ånge",
        message_id="<kept@x.example>", reply_to=["<promise@x.example>"], at="2021-10-14 09:00",
    )  # fmt: skip
    take(late, today=date(2021, 11, 5))
    assert the_promise(filled).state == "kept"
    assert told(filled, date(2021, 10, 13)) == before
    assert office(figures(filled, date(2021, 11, 5)), "Ånge").ours.kept == 1
    assert office(figures(filled, date(2021, 11, 4)), "Ånge").ours.kept == 0


def test_what_a_better_reader_finds_is_known_from_that_day(filled: Store, take: Take, reader: Reader) -> None:
    take(PROMISE, today=date(2021, 10, 6))
    before = told(filled)
    with filled.write() as session:
        raw = session.scalars(select(Raw)).one()
        read = read_mail(PROMISE, reader, ReadingContext(today=date(2021, 11, 8)))
        (message,) = read.messages
        (found,) = message.reading.follow_ups
        other = replace(found, due_end=date(2021, 12, 24), kind="deadline")
        second = replace(message, reading=replace(message.reading, follow_ups=(other,)))
        take_in(session, [(raw, replace(read, messages=(second,)))], IntakeContext(OURS, date(2021, 11, 8)))
    assert the_promise(filled).kind == "deadline"
    assert told(filled) == before
    assert any(one.type == "deadline" for one in figures(filled, date(2021, 11, 8)).promises)
    with filled.write() as session:
        none = replace(message, reading=replace(message.reading, follow_ups=()))
        take_in(session, [(raw, replace(read, messages=(none,)))], IntakeContext(OURS, date(2021, 11, 9)))
        assert session.scalars(select(FollowUp).where(FollowUp.origin == "finding")).all() == []
    counts = [office(figures(filled, day), "Ånge").ours for day in (DAY, date(2021, 11, 9))]
    assert counts == [PromiseCount(broken=1, unjudged=1), PromiseCount()]


def test_a_yes_or_no_on_an_office_counts_from_its_day(filled: Store, take: Take) -> None:
    take(PROMISE, ASK, today=date(2021, 10, 6))
    before = told(filled)
    message = the_promise(filled).message
    assert message is not None
    with filled.write() as session:
        links.unlink(session, message, "Ånge", by="anna", now=NOW)
        links.link(session, message, "Filipstad", by="anna", now=NOW)
    assert told(filled) == before
    later = figures(filled, NOW.date())
    assert (office(later, "Ånge").letters_out, office(later, "Filipstad").letters_out) == (0, 1)
    assert office(later, "Filipstad").ours.broken == 1


def test_a_mail_marked_confidential_is_counted_and_says_nothing(filled: Store, take: Take) -> None:
    take(PROMISE, today=date(2021, 10, 6))
    message = the_promise(filled).message
    assert message is not None
    with filled.write() as session:
        judge(session, [message], Judgement("sent", secret="OSL 19:1"), by="anna", now=NOW)
    shown = figures(filled)
    assert (office(shown, "Ånge").ours.broken, shown.marked, shown.promises) == (1, 1, ())
    assert "hyresavtalet" not in told(filled)


def test_the_words_of_a_letter_inside_a_marked_mail_are_not_shown(filled: Store, take: Take) -> None:
    take(CARRIER, today=date(2021, 10, 9))
    assert any("återkommer" in (one.text or "") for one in figures(filled).promises)
    with filled.write() as session:
        judge(session, ["<carrier@x.example>"], Judgement("sent", secret="OSL 19:1"), by="anna", now=NOW)
    shown = figures(filled)
    assert shown.promises == ()
    assert shown.marked == 1


def test_decisions_count_from_their_day_and_until_they_are_taken_back(filled: Store, take: Take) -> None:
    take(PROMISE, today=date(2021, 10, 6))
    name = the_promise(filled).id
    accepted, moved, back = (datetime(2021, 11, n, 9, tzinfo=UTC) for n in (1, 3, 8))
    with filled.write() as session:
        followups.decide(session, [name], "accept", by="anna", now=accepted)
        followups.decide(session, [name], "move", by="anna", now=moved, due=(None, date(2021, 12, 1)))
        followups.undo(session, by="anna", now=back)
    ours = [office(figures(filled, date(2021, 11, n)), "Ånge").ours for n in (1, 3, 7, 8)]
    late = PromiseCount(broken=1)
    assert ours == [late, PromiseCount(open=1), PromiseCount(open=1), late]


def test_a_plan_that_was_taken_back_later_held_until_then(filled: Store) -> None:
    shipped = max(shipped_plans(), key=lambda plan: plan.day)
    added = OfficePlan("Falun", phase=2, vulnerable_area="none")
    mine = replace(
        shipped, key="ändring", day=date(2021, 10, 20), title="Ändring", source="Beslut 7", reports=(),
        offices=(*shipped.offices, added),
    )  # fmt: skip
    with filled.write() as session:
        import_plan(session, mine, name="x.toml", by="anna", now=datetime(2021, 10, 25, 9, tzinfo=UTC))
    shown, before = figures(filled), told(filled)
    assert shown.plan is not None
    assert (shown.plan.key, shown.total.offices) == ("ändring", 29)
    with filled.write() as session:
        undoing.undo(session, by="anna", now=NOW)
    assert told(filled) == before
    now = figures(filled, NOW.date())
    assert now.plan is not None
    assert (now.plan.key, now.total.offices) == (shipped.key, 28)


def test_the_next_report_says_what_is_otherwise(filled: Store) -> None:
    first = datetime(2021, 10, 1, 9, tzinfo=UTC)
    with filled.write() as session:
        row = issue(session, date(2021, 9, 30), number="2021-01431", by="anna", now=first)
        set_office(session, "Boden", Wanted(assessment="late", reason="bygglov"), Why("anna", first))
        set_step(session, "Boden", "lokalval", WantedStep(planned=Window(DAY, DAY)), Why("anna", first))
    shown = figures(filled)
    assert shown.compared is not None
    assert (shown.compared.id, shown.compared.number) == (row.id, "2021-01431")
    assert {(one.office_name, one.field): (one.before, one.after) for one in shown.changes} == {
        ("Boden", "assessment"): (None, "late"),
        ("Boden", "reason"): (None, "bygglov"),
        ("Boden", "step"): (None, "lokalval"),
        ("Boden", "step.lokalval.planned"): (None, "2021-10-31/2021-10-31"),
    }
    before = told(filled)
    with filled.write() as session:
        issue(session, DAY, number=None, by="anna", now=NOW)
        issue(session, date(2021, 10, 15), number=None, by="anna", now=NOW)
    assert told(filled) == before
    assert [change.field for change in figures(filled, since="r3").changes] == []
    with filled.read() as session:
        assert content_of(issued(session, "r2")) == json.loads(before)
        assert [row.id for row in list_issued(session)] == ["r3", "r2", "r1"]


def test_issuing_is_undone_and_the_report_is_kept(filled: Store) -> None:
    first = datetime(2021, 10, 1, 9, tzinfo=UTC)
    with filled.write() as session:
        issue(session, date(2021, 9, 30), number="7", by="anna", now=first)
        with pytest.raises(AlreadyThere):
            issue(session, date(2021, 9, 30), number=" 7 ", by="anna", now=first)
        with pytest.raises(EmptyText):
            issue(session, date(2021, 9, 30), number=" ", by="anna", now=first)
        with pytest.raises(DayToCome):
            issue(session, date(2021, 10, 2), number=None, by="anna", now=first)
        undoing.undo(session, by="anna", now=NOW)
    assert figures(filled).compared is not None
    assert figures(filled, NOW.date()).compared is None
    with filled.write() as session:
        assert issue(session, DAY, number="7", by="anna", now=NOW).id == "r2"
        (_second, row) = list_issued(session)
        assert (row.id, row.withdrawn_on) == ("r1", NOW.date())
    with pytest.raises(NotFound):
        figures(filled, since="r9")


def test_the_number_of_queries_is_that_of_a_store_with_nothing_in_it(filled: Store, take: Take) -> None:
    def asked() -> int:
        seen: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            seen.append(statement)

        event.listen(filled.engine, "before_cursor_execute", note)
        figures(filled)
        event.remove(filled.engine, "before_cursor_execute", note)
        return sum(not one.startswith(("PRAGMA", "BEGIN", "SET", "SHOW")) for one in seen)

    empty = asked()
    take(ASK, ANSWER, PROMISE, CARRIER, today=date(2021, 10, 12))
    with filled.write() as session:
        followups.decide(session, [the_promise(filled).id], "accept", by="anna", now=NOW)
    assert asked() == empty


Deed = Callable[[Store, Take, random.Random, date], None]


def _mail(store: Store, take: Take, chance: random.Random, today: date) -> None:
    """A letter of some earlier day: new, an answer, or a forward of one that there was."""
    at = today - timedelta(days=chance.randrange(40))
    number = chance.randrange(60)
    words = chance.choice([
        "Kan ni svara om lokalen senast den 20 oktober?", "Här kommer ritningarna som utlovat.",
        "Vi återkommer i november.", "Vi skickar avtalet om Ånge senast den 12 oktober.", "Tack för senast.",
    ])  # fmt: skip
    sender, to = chance.choice([(ANNA, BO), (BO, ANNA), (ANNA, CIA), (CIA, ANNA)])
    refers = [f"<{chance.randrange(60)}@s.example>"] if chance.random() < 0.7 else []
    text = f"Hej!\n\n{words}\n\nHälsningar"
    if chance.random() < 0.3:
        sent = f"den {at.day} oktober 2021 09:00"
        text = "Se nedan.\n\n" + forwarded(text, sender=sender, at=sent, to=to, subject="Lokal")
    take(
        mail(text, sender=sender, to=to, subject="Lokal", message_id=f"<{number}@s.example>", reply_to=refers,
             at=f"{at} 09:00"),
        today=today,
    )  # fmt: skip


def _decide(store: Store, take: Take, chance: random.Random, today: date) -> None:
    rows = [row for row in listed(store) if row.rule is None or not row.rule.startswith(("plan.", "duty."))]
    if not rows:
        return
    name = chance.choice(rows).id
    actions: list[Action] = ["accept", "dismiss", "done", "waive", "reopen", "move", "assign"]
    action = chance.choice(actions)
    due = (None, today + timedelta(days=chance.randrange(-20, 20))) if action == "move" else None
    with store.write() as session:
        followups.decide(
            session, [name], action, by="anna", now=_noon(today), due=due, who="eva" if action == "assign" else None
        )  # fmt: skip


def _set(store: Store, take: Take, chance: random.Random, today: date) -> None:
    name, why = chance.choice(["Ånge", "Filipstad", "Boden"]), Why("anna", _noon(today))
    days = Window(today - timedelta(days=chance.randrange(30)), today)
    with store.write() as session:
        if chance.random() < 0.5:
            set_office(session, name, Wanted(assessment=chance.choice(ASSESSMENTS), reason="skäl"), why)
        else:
            set_step(session, name, chance.choice(STEPS), WantedStep(planned=days), why)


def _link(store: Store, take: Take, chance: random.Random, today: date) -> None:
    rows = [row.message for row in listed(store) if row.message]
    if rows:
        decide = chance.choice([links.link, links.unlink])
        with store.write() as session:
            decide(
                session, chance.choice(rows), chance.choice(["Ånge", "Boden"]), by="anna", now=_noon(today)
            )


def _undo(store: Store, take: Take, chance: random.Random, today: date) -> None:
    with store.write() as session:
        try:
            undoing.undo(session, by="anna", now=_noon(today), steps=chance.randrange(1, 4))
        except NothingToUndo:
            return


def _issue(store: Store, take: Take, chance: random.Random, today: date) -> None:
    with store.write() as session:
        issue(session, today - timedelta(days=chance.randrange(20)), number=None, by="anna", now=_noon(today))


def _plan(store: Store, take: Take, chance: random.Random, today: date) -> None:
    plan = max(shipped_plans(), key=lambda one: one.day)
    extra = OfficePlan(chance.choice(["Falun", "Gävle", "Örebro"]), phase=1)
    key = f"p{today}{chance.randrange(999)}"
    changed: Plan = replace(plan, key=key, day=today, offices=(*plan.offices, extra), reports=())
    with store.write() as session:
        import_plan(session, changed, name="x.toml", by="anna", now=_noon(today))


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 11, tzinfo=UTC)


DEEDS: tuple[Deed, ...] = (_mail, _mail, _mail, _decide, _decide, _set, _link, _undo, _undo, _issue, _plan)


@pytest.mark.parametrize("seed", range(6))
def test_a_day_that_is_over_is_told_for_ever_as_it_was(filled: Store, take: Take, seed: int) -> None:
    """Whatever is taken in, decided, changed, issued and taken back on the days after it."""
    chance = random.Random(seed)
    kept: dict[date, str] = {}
    for number in range(36):
        today = date(2021, 10, 4) + timedelta(days=number)
        for _ in range(chance.randrange(3)):
            chance.choice(DEEDS)(filled, take, chance, today)
        if number % 6 == 5:
            kept[today] = told(filled, today)
    assert {day: told(filled, day) for day in kept} == kept
    assert len(set(kept.values())) == len(kept)


def test_the_file_of_an_older_program_counts_what_it_knew_by_its_letters(filled: Store, take: Take) -> None:
    take(PROMISE, today=date(2021, 10, 6))
    before = told(filled)
    with filled.write() as session:
        session.execute(update(FollowUp).values(known_on=None))
    assert told(filled) == before
    assert figures(filled, date(2021, 10, 5)).promises == ()
