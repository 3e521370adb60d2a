"""The way of an office: which step is current, what is late, what waits for it."""

from datetime import date

import pytest

from crm.office_steps import STEPS, StepState, Window, current_step, is_open, late

DAY = date(2021, 10, 18)
SEPTEMBER = Window(date(2021, 9, 1), date(2021, 9, 30))
MAY = Window(date(2021, 5, 1), date(2021, 5, 31))


def steps(**known: StepState) -> tuple[StepState, ...]:
    """All steps; `known` by the first letters of their names."""
    by_kind = {state.kind: state for state in known.values()}
    return tuple(by_kind.get(kind, StepState(kind)) for kind in STEPS)


def done(kind: str) -> StepState:
    return StepState(kind, actual=MAY)


def planned(kind: str, window: Window = SEPTEMBER, **more: str) -> StepState:
    return StepState(kind, planned=window, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("known", "current"),
    [
        ([], None),
        ([planned("behovsanalys")], "behovsanalys"),
        ([done("behovsanalys")], "kravspecifikation"),
        ([done("behovsanalys"), StepState("lokalval", actual=Window(DAY))], "lokalval"),
        ([done("lokalval")], "installation"),
        ([done("lokalval"), planned("ombyggnation")], "ombyggnation"),
        ([done("lokalval"), StepState("ombyggnation", planned=SEPTEMBER, needed=False)], "installation"),
        ([done("invigning"), StepState("i bruk", actual=Window(DAY))], "i bruk"),
    ],
)
def test_the_current_step_follows_from_what_was_done(known: list[StepState], current: str | None) -> None:
    assert current_step(steps(**{str(at): state for at, state in enumerate(known)})) == current


def test_an_office_in_use_has_begun_to_be_so() -> None:
    assert not is_open(steps(a=planned("i bruk")))
    assert is_open(steps(a=StepState("i bruk", actual=Window(DAY))))


def test_late_is_what_should_have_ended_and_what_comes_after_waits() -> None:
    here = steps(a=planned("lokalval"), b=planned("installation", Window(None, date(2021, 12, 1))))
    (one,) = late({"k1": here}, {"k1": "Åre"}, DAY)["k1"]
    assert (one.step, one.days, one.planned_end) == ("lokalval", 18, date(2021, 9, 30))
    assert [(waiting.step, waiting.because) for waiting in one.blocks] == [("installation", "order")]


def test_on_its_last_day_a_step_is_not_late_and_finished_it_never_is() -> None:
    names = {"k1": "Åre"}
    assert late({"k1": steps(a=planned("lokalval"))}, names, date(2021, 9, 30)) == {}
    finished = StepState("lokalval", planned=SEPTEMBER, actual=Window(None, DAY))
    assert late({"k1": steps(a=finished)}, names, DAY) == {}
    assert late({"k1": steps(a=StepState("ombyggnation", planned=SEPTEMBER, needed=False))}, names, DAY) == {}


def test_another_office_waits_where_somebody_said_so() -> None:
    offices = {
        "k1": steps(a=planned("lokalval")),
        "k2": steps(a=planned("installation", MAY, blocked_by="åre, LOKALVAL"), b=done("lokalval")),
        "k3": steps(a=planned("invigning", MAY, blocked_by="bygglovet")),
    }
    names = {"k1": "Åre", "k2": "Boden", "k3": "Ånge"}
    (one,) = late(offices, names, DAY)["k1"]
    assert [(waiting.office, waiting.step, waiting.because) for waiting in one.blocks] == [
        ("Boden", "installation", "blocked_by"),
        ("Åre", "installation", "order"),
    ]
