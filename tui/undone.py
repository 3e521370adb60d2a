"""What an undo took back, in a line."""

from typing import TYPE_CHECKING, Final

from tui import dates, words
from tui.backend_home import Undone
from tui.i18n import N_, _, ngettext
from tui.text import clean_line

if TYPE_CHECKING:
    from crm.undoing import Changed

ACTIONS: Final[dict[str, str]] = {
    "accept": N_("keep watch"),
    "dismiss": N_("dismiss"),
    "done": N_("mark as done"),
    "snooze": N_("remind me later"),
    "move": N_("change of date"),
    "assign": N_("assignment"),
    "waive": N_("waive"),
    "reopen": N_("reopen"),
    "join": N_("joining"),
    "split": N_("splitting"),
    "merge": N_("merging"),
    "judge": N_("judgement for the diary"),
    "proposal accept": N_("acceptance of a proposed change"),
    "proposal reject": N_("rejection of a proposed change"),
    "add": N_("addition"),
    "set": N_("what was set"),
    "step": N_("what was set"),
}
_LONG: Final = 60


def undone_said(undone: Undone) -> str:
    """`Undone: dismiss. 2 follow-ups are as before.` One alone is named."""
    whole = f"{undone.subject} {undone.action}"
    action = words.said(ACTIONS, whole if whole in ACTIONS else undone.action)
    if undone.action == "add" and undone.rows:
        first = undone.rows[:2]
        gone = ", ".join(_short(called(row), _LONG // len(first)) for row in first)
        gone += " …" if len(undone.rows) > len(first) else ""
        return _("Undone: {action}. Taken away again: {name}.").format(action=action, name=gone)
    return _("Undone: {action}. {what}").format(action=action, what=_as_before(undone.rows))


def _as_before(rows: "tuple[Changed, ...]") -> str:
    if len(rows) == 1:
        return _("As before: {name}.").format(name=_short(called(rows[0])))
    many = len(rows)
    if many == 2:
        one, other = (_short(called(row), _LONG // 2) for row in rows)
        return _("As before: {one} and {other}.").format(one=one, other=other)
    return ngettext("{n} thing is as before.", "{n} things are as before.", many).format(n=dates.number(many))


def called(row: "Changed") -> str:
    """What a changed row is known by: its sentence, subject or name."""
    office, text = getattr(row, "office_name", None), getattr(row, "text", None)
    if isinstance(text, str):
        return f"{clean_line(office)}, {words.quoted(text)}" if office else words.quoted(text)
    if hasattr(row, "subject"):
        return words.subject(row.subject)
    return clean_line(str(getattr(row, "name", None) or getattr(row, "id", "")))


def _short(text: str, most: int = _LONG) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
