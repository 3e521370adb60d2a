"""What a follow-up amounts to: what a machine found, and what people decided after that. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal, cast

from crm.rows.follow_ups import State

Action = Literal["add", "accept", "dismiss", "done", "waive", "reopen", "snooze", "move", "assign"]

# A window that ended longer ago than this when its mail was first taken in is history (contract, states).
LAPSE = timedelta(days=30)

_STATES: dict[str, State] = {
    "add": "accepted",
    "accept": "accepted",
    "dismiss": "dismissed",
    "done": "done",
    "waive": "waived",
    "reopen": "accepted",
}


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision that holds: its action, what it says, and who made it."""

    action: str
    payload: dict[str, Any]
    by: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """A follow-up as it stands. `due` is a moved window, None where the found one holds; `because` why it was moved.

    `note` is the note that a person gave as evidence, with its day: (printed id, ISO day).
    """

    state: State
    assignee: str | None = None
    snoozed_until: date | None = None
    due: tuple[date | None, date | None] | None = None
    decided_by: str | None = None
    because: str | None = None
    note: tuple[str, str] | None = None


def first_state(due_end: date | None, taken_in: date) -> State:
    """proposed, or lapsed where the window was over long before anybody could know."""
    return "lapsed" if due_end is not None and taken_in - due_end > LAPSE else "proposed"


def outcome(found: State, decisions: Iterable[Decided], given_to: str | None = None) -> Outcome:
    """What the decisions, oldest first, make of a follow-up that a machine holds to be `found`.

    `given_to` is whose it is before anybody assigned it.
    """
    now = Outcome(found, given_to)
    for decision in decisions:
        now = replace(_after(now, decision), decided_by=decision.by)
    return now


def _after(now: Outcome, decision: Decided) -> Outcome:
    payload = decision.payload
    match decision.action:
        case "add" | "accept" if now.state == "kept":  # its evidence stands
            return now
        case "done" if payload.get("note"):  # what has evidence is kept
            note = (str(payload["note"]), str(payload["day"]))
            return replace(now, state="kept", snoozed_until=None, note=note)
        case "add" | "accept" | "dismiss" | "done" | "waive" | "reopen":
            return replace(now, state=_STATES[decision.action], snoozed_until=None, note=None)
        case "snooze":
            return replace(now, snoozed_until=_day(payload["until"]))
        case "move":
            window = (_day(payload.get("due_start")), _day(payload.get("due_end")))
            opened: State = "accepted" if now.state in {"proposed", "lapsed", "broken"} else now.state
            because = cast("str | None", payload.get("because"))
            return replace(now, state=opened, due=window, because=because)
        case "assign":
            return replace(now, assignee=cast("str | None", payload.get("who")))
        case _:
            msg = f"an unknown decision: {decision.action}"
            raise ValueError(msg)


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None
