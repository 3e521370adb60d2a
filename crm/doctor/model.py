"""What a check found: which words say it, and the facts that they need. No text for people is made here."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from crm.settings import Settings

Fact = str | int | float | date | datetime | None


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One row: what was looked at, whether it is in order, `code` for the words, `facts` to fill them with.

    `error` is what was raised where the check could not go on; it never holds a secret.
    """

    check: str
    ok: bool
    code: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    error: BaseException | None = None


@dataclass(frozen=True, slots=True)
class Patient:
    """What is looked at: settings, when it is now, whether connections may be made, and whether the store opens.

    `now` is the machine's own clock, whatever day stands for today.
    """

    settings: Settings
    now: datetime
    offline: bool
    opens: bool = False


Check = Callable[[Patient], Iterable[Diagnosis]]


def guarded(name: str, check: Check, patient: Patient) -> list[Diagnosis]:
    """A check that fails says so in a row of its own, and stops no other."""
    try:
        return list(check(patient))
    except Exception as error:  # noqa: BLE001 (whatever it is becomes a row that names it)
        return [Diagnosis(name, ok=False, code="failed", error=error)]
