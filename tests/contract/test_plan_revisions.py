"""Plans that follow one another: what became different, which office is which, and all of it taken back."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from crm import undoing
from crm.bootstrap import fill
from crm.errors import AlreadyThere, NotFound, NothingToUndo, PlanRefused
from crm.messages import MessageQuery, list_messages
from crm.office_setting import Wanted, Why, set_office
from crm.offices import find_office, list_offices
from crm.plan_revisions import Imported, diff, import_plan, list_plans
from crm.plans import Bounds, OfficePlan, Plan, ReportPlan, shipped_plans
from crm.report_duties import DutyRow, close_duty, keep_internal_days, list_duties, move_duty
from crm.rows.offices import OfficeRow
from db.schema import Base, Office, PlanRevision
from db.store import Store, open_store
from tests.intake import Take
from tests.mails import ANNA, mail

NOW = datetime(2022, 2, 1, 9, tzinfo=UTC)
SEPTEMBER = shipped_plans()[1]
INTERIM = date(2021, 11, 30)


def revised(*changes: OfficePlan, without: tuple[str, ...] = (), key: str = "2022-02-01") -> Plan:
    """The plan of September without some municipalities and with these entries."""
    gone = {*without, *(entry.municipality for entry in changes)}
    kept = [entry for entry in SEPTEMBER.offices if entry.municipality not in gone]
    return replace(
        SEPTEMBER,
        key=key,
        day=date.fromisoformat(key),
        source="Beslut",
        title="Ny",
        offices=(*kept, *changes),
    )


def bring(store: Store, plan: Plan, *, by: str = "anna") -> Imported:
    with store.write() as session:
        return import_plan(session, plan, name="plan.toml", by=by, now=NOW)


def undo(store: Store, *, by: str = "anna", now: datetime = NOW) -> None:
    with store.write() as session:
        undoing.undo(session, by=by, now=now)


def offices(store: Store) -> dict[str, OfficeRow]:
    with store.read() as session:
        return {row.name: row for row in list_offices(session)}


def said(done: Imported) -> list[tuple[str, object, object, object]]:
    return [(row.change, row.subject, row.before, row.after) for row in done.changes]


def test_thirteen_and_fifteen_became_fourteen_and_fourteen(filled: Store) -> None:
    with filled.read() as session:
        old, new, rows = diff(session)
    assert (old, new) == ("2021-05-27", "2021-09-29")
    counts = {row.subject: (row.before, row.after) for row in rows if row.change == "phase-offices"}
    assert counts == {
        "1": ({"min": 13, "max": 13}, {"min": 14, "max": 14}),
        "2": ({"min": 15, "max": 15}, {"min": 14, "max": 14}),
    }
    named = {row.subject for row in rows if row.change == "named"}
    assert named == {"Stockholm", "Göteborg", "Malmö", "Järfälla", "Sollentuna"}
    assert next(row.after for row in rows if row.change == "metropolitan") is None
    assert ("Ånge" in {row.subject for row in rows}) is False


def test_a_place_that_is_named_keeps_the_office_and_its_letters(filled: Store, take: Take) -> None:
    take(mail("Hej, om lokalen i Åre.", sender="Bo Ek <bo.ek@are.se>", to=ANNA))
    before = offices(filled)["Åre"]
    done = bring(filled, revised(OfficePlan("Åre", "Järpen", 1, opens_start=date(2022, 4, 25))))
    assert said(done) == [
        ("renamed", "Åre Järpen", "Åre", "Åre Järpen"),
        ("opens", "Åre Järpen", None, {"start": "2022-04-25", "end": None}),
    ]
    row = offices(filled)["Åre Järpen"]
    assert (row.id, row.messages, row.place, row.step) == (before.id, 1, "Järpen", "i bruk")
    with filled.read() as session:
        assert {find_office(session, name).id for name in ("Åre", "Järpen", "are, jarpen", "2321")} == {
            row.id
        }
    undo(filled)
    assert offices(filled)["Åre"] == before


def test_a_split_keeps_the_old_one_for_one_of_both(filled: Store) -> None:
    old = offices(filled)["Linköping"].id
    done = bring(
        filled,
        revised(
            OfficePlan("Linköping", "Centrum", 1), OfficePlan("Linköping", "Skäggetorp", 2, was="Linköping")
        ),
    )
    assert [row[:3] for row in said(done)] == [
        ("split", "Linköping Centrum", "Linköping"),
        ("renamed", "Linköping Skäggetorp", "Linköping"),
        ("phase", "Linköping Skäggetorp", 1),
        ("area", "Linköping Skäggetorp", "required"),
    ]
    rows = offices(filled)
    assert rows["Linköping Skäggetorp"].id == old
    assert rows["Linköping Centrum"].id != old
    undo(filled)
    assert offices(filled)["Linköping"].id == old
    with filled.read() as session:
        assert len(session.scalars(select(Office)).all()) == 28
    again = bring(
        filled, revised(OfficePlan("Linköping", "Centrum", 1), OfficePlan("Linköping", "Skäggetorp", 2))
    )
    assert offices(filled)["Linköping Centrum"].id == old
    assert again.plan.offices == 29


def test_two_offices_change_their_names(filled: Store) -> None:
    bring(filled, revised(OfficePlan("Åre", "Järpen", 1), OfficePlan("Åre", "Duved", 1)))
    first, second = (offices(filled)[name].id for name in ("Åre Järpen", "Åre Duved"))
    bring(
        filled,
        revised(
            OfficePlan("Åre", "Undersåker", 1, was="Åre Järpen"),
            OfficePlan("Sollentuna", "Väsby", 2, was="Åre Duved"),
            key="2022-03-01",
        ),
    )
    rows = offices(filled)
    assert rows["Åre Undersåker"].id == first
    assert (rows["Sollentuna Väsby"].id, rows["Sollentuna Väsby"].code) == (second, "0163")


def test_who_leaves_the_plan_keeps_the_correspondence(filled: Store, take: Take) -> None:
    take(mail("Hej, om lokalen i Boden.", sender="Bo Ek <bo.ek@boden.se>", to=ANNA))
    done = bring(filled, revised(without=("Boden",)))
    assert said(done) == [("left", "Boden", 1, None)]
    assert "Boden" not in offices(filled)
    with filled.read() as session:
        assert find_office(session, "Boden").messages == 1
        assert len(list_messages(session, MessageQuery(office="2582"))) == 1
    bring(filled, revised(key="2022-03-01"))
    assert offices(filled)["Boden"].messages == 1


def test_the_same_again_changes_nothing_and_another_of_its_name_is_refused(filled: Store) -> None:
    plan = revised(OfficePlan("Åre", "Järpen", 1))
    assert bring(filled, plan).new
    assert not bring(filled, plan).new
    assert not bring(filled, shipped_plans()[0]).new
    with pytest.raises(AlreadyThere):
        bring(filled, revised(OfficePlan("Åre", "Duved", 1)))
    undo(filled)
    with pytest.raises(NothingToUndo):
        undo(filled)


def test_what_it_was_has_to_be_something(filled: Store) -> None:
    with pytest.raises(PlanRefused) as caught:
        bring(filled, revised(OfficePlan("Åre", "Järpen", 1, was="Duved")))
    assert (caught.value.reason, caught.value.choices) == ("was-near", ("Åre",))
    with filled.read() as session:
        assert len(list_plans(session)) == 2


def test_the_newest_by_its_day_decides_and_an_older_one_comes_up_when_it_goes(filled: Store) -> None:
    bring(filled, revised(OfficePlan("Boden", "", 2), key="2022-03-01"))
    older = bring(filled, revised(OfficePlan("Boden", "", 3), key="2022-02-01"), by="eva")
    assert not older.plan.current
    assert offices(filled)["Boden"].phase == 2
    undo(filled)
    assert offices(filled)["Boden"].phase == 3
    undo(filled, by="eva")
    assert offices(filled)["Boden"].phase == 1


def test_staff_and_plan(filled: Store) -> None:
    """The newest plan decides the phase; a requirement that is met stays met; an import that goes leaves what staff said."""
    with filled.write() as session:
        set_office(session, "Växjö", Wanted(phase=1, vulnerable_area="chosen", owner="eva"), Why("eva", NOW))
    bring(filled, revised(key="2022-02-01"))
    row = offices(filled)["Växjö"]
    assert (row.phase, row.vulnerable_area, row.owner) == (2, "chosen", "eva")
    undo(filled)
    assert offices(filled)["Växjö"].phase == 1


def test_a_store_of_an_older_program_gets_its_history(filled: Store) -> None:
    with filled.write() as session:
        for row in session.scalars(select(PlanRevision)):
            row.content = None
    before = offices(filled)
    fill(filled)
    assert offices(filled) == before
    with filled.read() as session:
        assert len(diff(session)[2]) > 20
        with pytest.raises(NotFound):
            diff(session, "2020-01-01")


def duties(store: Store) -> dict[str, DutyRow]:
    with store.read() as session:
        return {row.key: row for row in list_duties(session)}


@pytest.fixture
def due(filled: Store) -> Store:
    """With the internal days before the reports, as opening a store makes them."""
    with filled.write() as session:
        keep_internal_days(session)
    return filled


def test_a_report_has_days_before_it_that_move_along(due: Store) -> None:
    before = duties(due)["interim-2021"]
    assert [(one.kind, one.due) for one in before.days] == [
        ("draft", date(2021, 11, 2)),
        ("decision", date(2021, 11, 16)),
        ("dispatch", date(2021, 11, 25)),
    ]
    with due.write() as session:
        move_duty(
            session, "interim-2021", (None, date(2021, 12, 15)), source="Fi2021/03111", by="anna", now=NOW
        )
    moved = duties(due)["interim-2021"]
    assert (moved.due_end, moved.first_due_end, moved.source) == (date(2021, 12, 15), INTERIM, "Fi2021/03111")
    assert [one.due for one in moved.days] == [date(2021, 11, 17), date(2021, 12, 1), date(2021, 12, 10)]
    undo(due)
    assert duties(due)["interim-2021"] == before


def test_closed_with_evidence_and_number_in_one_step(due: Store) -> None:
    with due.write() as session:
        row = close_duty(
            session, "interim-2021", evidence="m12", number="2021-00999", on=INTERIM, by="anna", now=NOW
        )
    assert (row.state, row.closed_on, row.evidence, row.number) == ("done", INTERIM, "m12", "2021-00999")
    assert {one.state for one in row.days} == {"done"}
    undo(due)
    row = duties(due)["interim-2021"]
    assert (row.state, row.closed_on, row.number, {one.state for one in row.days}) == (
        "accepted", None, None, {"accepted"},
    )  # fmt: skip


def test_settings_move_the_days_that_nobody_has_decided_on(due: Store) -> None:
    from crm.duty_settings import InternalDays

    with due.write() as session:
        keep_internal_days(session, InternalDays(draft=0, decision=5, dispatch=3))
    assert [(one.kind, one.due) for one in duties(due)["interim-2021"].days] == [
        ("decision", date(2021, 11, 23)),
        ("dispatch", date(2021, 11, 25)),
    ]


def test_a_plan_moves_a_report_and_brings_another_and_undo_takes_both_back(due: Store) -> None:
    before = duties(due)
    plan = replace(
        revised(),
        offices_in_all=Bounds(28),
        reports=(
            ReportPlan("interim-2021", "interim", date(2021, 12, 20), "Regeringskansliet"),
            ReportPlan("interim-2022", "interim", date(2022, 11, 30), "Regeringskansliet"),
        ),
    )
    bring(due, plan)
    after = duties(due)
    assert after["interim-2021"].due_end == date(2021, 12, 20)
    assert after["interim-2021"].source == "Beslut"
    assert after["interim-2022"].due_end == date(2022, 11, 30)
    undo(due, now=NOW + timedelta(minutes=1))
    assert duties(due) == before


def test_the_facts_of_the_tests_are_those_of_the_program(filled: Store, tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path / 'new.db'}") as new:
        fill(new)
        with new.read() as expected, filled.write() as session:
            for table in Base.metadata.sorted_tables:
                kept = [column for column in table.c if column.type.python_type is not datetime]
                rows = select(*kept).order_by(*table.primary_key)
                assert session.execute(rows).all() == expected.execute(rows).all()
            session.add(Office(municipality_code="2260", place="Ny"))  # numbers go on where the facts end
