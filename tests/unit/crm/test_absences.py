"""Who stands in for whom, on which day."""

from datetime import date

from crm.absences import Away, circle, stand_ins


def away(who: str, deputy: str, first: int, last: int) -> Away:
    return Away(who, deputy, date(2021, 10, first), date(2021, 10, last))


ANNA, BO = away("anna", "bo", 18, 25), away("bo", "cia", 20, 22)


def test_a_deputy_stands_in_from_the_first_day_to_the_last() -> None:
    days = [stand_ins([ANNA], date(2021, 10, day)) for day in (17, 18, 25, 26)]
    assert days == [{}, {"anna": "bo"}, {"anna": "bo"}, {}]


def test_where_the_deputy_is_away_as_well_theirs_stands_in_for_both() -> None:
    assert stand_ins([ANNA, BO], date(2021, 10, 21)) == {"anna": "cia", "bo": "cia"}
    assert stand_ins([ANNA, BO], date(2021, 10, 23)) == {"anna": "bo"}


def test_a_circle_is_found_on_its_first_day() -> None:
    found = circle([ANNA, BO], away("cia", "anna", 15, 30))
    assert found == (("cia", "anna", "bo", "cia"), date(2021, 10, 20))


def test_deputies_who_are_at_work_in_turn_make_no_circle() -> None:
    assert circle([ANNA], away("bo", "anna", 26, 30)) is None
    assert circle([ANNA, BO], away("cia", "anna", 26, 30)) is None


def test_a_circle_that_should_not_be_there_ends() -> None:
    there = [ANNA, away("bo", "anna", 18, 25)]
    assert stand_ins(there, date(2021, 10, 20)) == {"anna": "bo", "bo": "anna"}
