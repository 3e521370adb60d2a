"""JSON columns as both stores take them."""

import json
import re
from typing import Any

from db.text import clean_json

# One encoder: `json.dumps` with these arguments makes a new one for every value.
_dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_SUSPECT = re.compile("\\\\u0000|[\ud800-\udfff]")


def dumps(value: Any) -> str:
    """Compact JSON in UTF-8, free of what PostgreSQL refuses."""
    text = _dumps(value)
    return _dumps(clean_json(value)) if _SUSPECT.search(text) else text
