"""JSON columns as both stores take them."""

import json
from typing import Any

from db.text import clean_json


def dumps(value: Any) -> str:
    """Compact JSON in UTF-8, free of what PostgreSQL refuses."""
    return json.dumps(clean_json(value), ensure_ascii=False, separators=(",", ":"))
