"""A reminder in words, the same in table, mail and sheet; of a marked mail the date and the number alone."""

from typing import Final

from crm.rows.follow_ups import FollowUpRow
from tui import words
from tui.i18n import N_, _
from tui.text import clean_line

PROPOSALS: Final = N_("Proposals to review")
SECTIONS: Final[dict[str, str]] = {**words.BUCKETS, "proposed": PROPOSALS}


def head(row: FollowUpRow, *, state: bool = True) -> str:
    """What is due, and whose it is, on one line."""
    if row.secret:
        return ", ".join([row.id, words.window(row), secret(row)])
    side = words.said(words.OWES, row.owes)
    parts = [row.id, words.window(row), words.office(row), side, *([words.state(row)] if state else [])]
    return ", ".join(clean_line(part) for part in parts)


def detail(row: FollowUpRow) -> str:
    """The sentence, and who said it where; nothing for a marked one."""
    if row.secret:
        return ""
    origin = words.origin(row)
    return words.quoted(row.text) + (f" – {origin}" if origin else "")


def secret(row: FollowUpRow) -> str:
    """That it is marked, and its number in the diary."""
    said = _("Marked confidential")
    return f"{said}, {_('Dnr {number}').format(number=clean_line(row.number))}" if row.number else said
