"""What a row is, and the ids made of what it states: short, stable, and free of what changes most (phones, addresses, dates)."""

import hashlib
import json
from typing import Any

Row = dict[str, Any]
"""One record of a dataset: column -> value."""

Rows = dict[str, list[Row]]
"""Records by dataset."""


def short_id(*parts: object) -> str:
    """16 hex digits of the SHA-256 of the parts, the form that `page_id` has too."""
    return hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()[:16]


def numbered_id(key: tuple[str, ...], ordinal: int) -> str:
    """The id of the n-th row of a key on its page; the first has the key's own id, so a second one does not change it."""
    return short_id(*key, *([ordinal] if ordinal > 1 else []))


CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=str)


def canonical_json(value: object) -> str:
    """The same text for the same value, whatever the order of its keys."""
    return CANONICAL.encode(value)
