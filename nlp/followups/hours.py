"""Today said by its hours alone: "före lunch", "om en kvart", "senast klockan tre"."""

from dataclasses import replace
from datetime import date

from nlp.model import FollowUp
from nlp.screen import Screened

_BY = r"(?:senast|före|innan|till) (?:lunch|stängning|klockan \w+|kl\.? ?\d{1,2}(?:[.:]\d\d)?|dagens slut|dagen är slut)"
_SOON = (
    r"under (?:dagen|kvällen|eftermiddagen|förmiddagen)|(?:direkt )?efter lunch|nu på (?:förmiddagen|eftermiddagen)"
    r"|om (?:en|några|tio|fem|tjugo|\d{1,2}) (?:kvart|halvtimme|timme|minuter|min)|senare i dag"
)
_HOURS = Screened(
    rf"\b(?:(?P<by>{_BY})|{_SOON})\b(?! (?:på|i|den|samma|varje|dagen|nästa|efter|före))",
    "lunch stängning klockan_ kl kvart halvtimme minuter _min dagen kvällen eftermiddagen förmiddagen timme",
)


def on_its_day(found: FollowUp, *, dated: bool, reference: date) -> FollowUp:
    """The follow-up due today if its sentence has hours and no day; `dated`: it has some."""
    if dated or found.due_start is not None or found.due_end is not None:
        return found
    match = _HOURS.pattern.search(found.text) if _HOURS.may_match(found.text.lower()) else None
    if match is None:
        return found
    return replace(found, due_start=None if match["by"] else reference, due_end=reference)
