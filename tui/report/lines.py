"""A report as JSON Lines: an object for each figure, told apart by `kind`."""

from collections.abc import Iterator
from typing import Any

from crm.report.model import Figures
from tui.cli.output import plain


def as_lines(shown: Figures) -> Iterator[dict[str, Any]]:
    """First what it is a report of, then totals, phases, offices, promises, changes and answer times."""
    yield {
        "kind": "report",
        "as_of": shown.as_of,
        "mail_since": shown.mail_since,
        "plan": plain(shown.plan),
        "compared_with": plain(shown.compared),
        "offices": shown.total.offices,
        "promises_without_office": {
            "ours": plain(shown.unplaced_ours),
            "theirs": plain(shown.unplaced_theirs),
        },
        "promises_marked_confidential": shown.marked,
        "taken_out": plain(shown.taken_out),
    }
    yield {"kind": "total", **plain(shown.total)}
    for kind, rows in (
        ("phase", shown.phases),
        ("office", shown.offices),
        ("promise", shown.promises),
        ("change", shown.changes),
        ("answers", shown.answers),
    ):
        for row in rows:
            yield {"kind": kind, **plain(row)}
