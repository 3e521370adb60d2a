"""The plans that come with the program say what their sources say."""

from datetime import date

from crm.plans import shipped_plans

AREAS = {
    "Eskilstuna",
    "Helsingborg",
    "Jönköping",
    "Linköping",
    "Norrköping",
    "Södertälje",
    "Uppsala",
    "Växjö",
}


def test_the_assignment_names_twenty_three_and_knows_one_phase() -> None:
    plan = shipped_plans()[0]
    assert (plan.day, len(plan.offices)) == (date(2021, 5, 27), 23)
    assert [office.municipality for office in plan.offices if office.phase] == ["Ånge"]
    assert {office.municipality for office in plan.offices if office.vulnerable_area == "required"} == AREAS


def test_its_bounds_are_bounds() -> None:
    plan = shipped_plans()[0]
    slot = plan.metropolitan[0]
    assert (plan.offices_in_all.min, plan.offices_in_all.max) == (28, None)
    assert (slot.offices.min, slot.offices.max, slot.vulnerable_min_per_area) == (5, 6, 1)
    assert [phase.offices.min for phase in plan.phases] == [13, 15]


def test_the_government_is_owed_two_reports() -> None:
    reports = {report.kind: (report.due_start, report.due_end) for report in shipped_plans()[0].reports}
    assert reports == {
        "interim": (date(2021, 9, 1), date(2021, 11, 30)),
        "final": (None, date(2024, 2, 23)),
    }


def test_the_plan_of_september_names_fourteen_and_fourteen() -> None:
    plan = shipped_plans()[1]
    phases = [office.phase for office in plan.offices]
    assert (phases.count(1), phases.count(2), len(phases)) == (14, 14, 28)
