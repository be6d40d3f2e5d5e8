"""The issues of a run as they come up: each goes into the books, and of equal ones the run has one."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from operator import itemgetter
from types import MappingProxyType

from pipelines.issues import build_issue_row, order_issue
from pipelines.keys import Row
from pipelines.ledger import Ledger
from pipelines.spill import Sorted, Spill, Spilled
from pipelines.validate import count_kept_out
from schemas.facts import Issue

Sites = Mapping[str, str | None]
"""page_id -> site_id"""
NOWHERE: Sites = MappingProxyType({})


class IssueList:
    """Gathers issues in any order."""

    def __init__(self, spill: Spill, ledger: Ledger) -> None:
        self._spill = spill
        self._ledger = ledger
        self._rows: Sorted[tuple[tuple[str, ...], Row]] = Sorted(spill, itemgetter(0))

    def add(self, rows: Iterable[Row]) -> None:
        """Adds rows of `issues`, booked as extracted."""
        before = len(self._rows)
        self.add_booked(rows)
        self._ledger.book("extracted", "issues", len(self._rows) - before)

    def add_booked(self, rows: Iterable[Row]) -> None:
        """Adds rows of `issues` that are in the books already."""
        self._rows.extend((order_issue(row), row) for row in rows)

    def add_found(self, dataset: str, issues: Iterable[tuple[Row, Issue]], sites: Sites = NOWHERE) -> None:
        """Adds issues about rows of a dataset, with the page and site of each row."""
        built = (build_issue_row(issue, site_id=sites.get(row.get("page_id", "")), page_id=row.get("page_id")) for row, issue in issues)
        self.add(row | {"dataset": row["dataset"] or dataset} for row in built)

    def add_refused(self, dataset: str, issues: list[tuple[Row, Issue]], sites: Sites = NOWHERE) -> None:
        """Adds the issues of a check, and books the rows that stand whole in them as kept out."""
        self._ledger.book("kept_out", dataset, count_kept_out(issue for _, issue in issues))
        self.add_found(dataset, issues, sites)

    def close(self) -> Spilled[Row]:
        """Each different issue once, in one order whatever the order in which they came up; the others are booked as merged."""
        unique = Spilled(self._spill, (next(same)[1] for _, same in groupby(self._rows, itemgetter(0))))
        self._ledger.book("merged", "issues", len(self._rows) - len(unique))
        return unique
