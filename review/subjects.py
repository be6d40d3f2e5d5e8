"""What a fact is about, in a few words: what a line about its change begins with."""

from collections.abc import Mapping
from typing import Any

Row = Mapping[str, Any]

NAMING = {"organisations": "name", "members": "member_name", "relations": "member_name", "member_counts": "unit", "pages": "title"}
"""dataset -> the column that says what a row of it is about"""


def name_subject(dataset: str, row: Row) -> str | None:
    """ "Ale kommun", "Eva Ek (förbundsdirektör)", "Skolmatsakademin (founded)"; None where nothing in the row names it."""
    if dataset == "contacts":
        return name_contact(row)
    if dataset == "dates":
        return _qualify(row.get("about") or (None if row.get("organisation_id") else "the page"), row.get("kind"))
    return row.get(NAMING[dataset])


def name_contact(row: Row) -> str | None:
    """ "Eva Ek (förbundsdirektör)", of a function or unit its name: "Kontaktcenter"; None of what has neither."""
    if row.get("person"):
        return _qualify(row["person"], row.get("role"))
    return row.get("role") or row.get("unit")


def _qualify(words: str | None, qualifier: str | None) -> str | None:
    return f"{words} ({qualifier})" if words and qualifier else words or qualifier
