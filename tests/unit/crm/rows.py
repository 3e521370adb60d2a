"""Follow-ups as tests need them: everything that is not said is ordinary."""

from datetime import date
from typing import Any

from crm.rows.follow_ups import FollowUpRow


def follow_up(**said: Any) -> FollowUpRow:
    ordinary: dict[str, Any] = {
        "id": "f1",
        "message": "m1",
        "message_id": "<1@x.example>",
        "kind": "commitment",
        "obligor": "sender",
        "owes": "us",
        "who": None,
        "due_start": None,
        "due_end": None,
        "start_time": None,
        "end_time": None,
        "approximate": False,
        "part": None,
        "state": "proposed",
        "assignee": None,
        "snoozed_until": None,
        "office": None,
        "office_name": None,
        "text": "Vi återkommer.",
        "confidence": 0.9,
        "rule": "followup.promise",
        "decided_by": None,
        "evidence": None,
        "since": date(2021, 6, 7),
    }
    return FollowUpRow(**{**ordinary, **said})
