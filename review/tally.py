"""Counts changes while they pass from where they are found to where they are written; no list of them is ever held."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

Row = dict[str, Any]


class ChangeTally:
    """What a review has found so far."""

    def __init__(self) -> None:
        self.rows = {"changes": 0, "page_changes": 0}
        """How many rows passed."""
        self.changes: dict[str, Counter[str]] = {}
        """dataset (or `page_changes`) -> change -> how many, those of cause `reading` not among them"""
        self.facts_changed: Counter[str] = Counter()
        """page_id -> how many changes of the page's facts have the cause `page`"""

    def note_facts(self, changes: Iterable[Row]) -> Iterator[Row]:
        """The rows of `changes` as they are."""
        for row in changes:
            self.rows["changes"] += 1
            if row["cause"] == "page":
                self.changes.setdefault(row["dataset"], Counter())[row["change"]] += 1
                if row["page_id"]:
                    self.facts_changed[row["page_id"]] += 1
            yield row

    def note_pages(self, page_changes: Iterable[Row]) -> Iterator[Row]:
        """The rows of `page_changes` as they are."""
        for row in page_changes:
            self.rows["page_changes"] += 1
            self.changes.setdefault("page_changes", Counter())[row["change"]] += 1
            yield row
