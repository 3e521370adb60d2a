"""A plan as the store keeps it: JSON of what it says, read back as the same plan."""

from dataclasses import asdict
from datetime import date
from typing import Any

from crm.plans import Plan, parse_plan

_DAYS = frozenset({"day", "start", "end", "due_start", "due_end", "opens_start", "opens_end"})


def as_content(plan: Plan) -> dict[str, Any]:
    """The plan as JSON has it, days in ISO."""
    said = asdict(plan)
    said["phase"], said["office"] = said.pop("phases"), said.pop("offices")
    said["report"] = said.pop("reports")
    said["offices"] = said.pop("offices_in_all")
    plain: dict[str, Any] = _plain(said)
    return plain


def plan_of(content: dict[str, Any]) -> Plan:
    """The plan that was kept so."""
    return parse_plan(_days(content))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _days(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _days(item, key) for key, item in value.items()}
    if isinstance(value, list):
        return [_days(item, name) for item in value]
    return date.fromisoformat(value) if name in _DAYS and isinstance(value, str) else value
