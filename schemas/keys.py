"""What identifies a contact and a date on its page, whatever its id: the ids are made of it, and a run is compared with another by it."""

from collections.abc import Mapping
from typing import Any


def contact_key(row: Mapping[str, Any]) -> tuple[str, ...]:
    """What identifies a contact: page and person, else page and function or unit, else page, organisation and kind."""
    if row["person"]:
        return row["page_id"], "person", fold_case(row["person"])
    if row["role"] or row["unit"]:
        return row["page_id"], "function", fold_case(row["role"] or row["unit"])
    return row["page_id"], "organisation", row["organisation_id"] or "", row["kind"]


def date_key(row: Mapping[str, Any]) -> tuple[str, str, str]:
    """What identifies a date, but for its ordinal: page, kind and what it dates."""
    return row["page_id"], row["kind"], fold_case(row["about"] or "")


def fold_case(value: object) -> str:
    """For comparing words: no case, single spaces."""
    return " ".join(str(value).casefold().split())
