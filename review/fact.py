"""One row of a run that another run lacks or has otherwise, and what became of it."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

Row = dict[str, Any]


class Fact(NamedTuple):
    """A row of a dataset, and what is known of the page that states it; of an organisation or a relation, of all pages that do."""

    stored: Row
    """As it stands in its run."""
    columns: Row
    """The same with the ids that its organisations have in the later run: what is compared."""
    page_id: str | None
    """One page that states it."""
    url: str | None
    site_id: str | None
    is_observed: bool
    """Whether all those pages were looked at for the later run, or are gone: what it lacks is not there."""
    says_same: bool
    """Whether all those pages say the same in both runs: what differs is our reading."""

    @property
    def is_mapped(self) -> bool:
        """Whether an id in it has become another."""
        return self.columns is not self.stored


class Pair(NamedTuple):
    """The same fact in both runs; of one that came or went the other side is None."""

    before: Fact | None
    after: Fact | None
    renamed: frozenset[str] = frozenset()
    """The columns of which a difference is another name, not another value."""
    is_merged: bool = False
    """Of an organisation whose id became that of another that stood already: only its name is told."""


def map_ids(row: Row, renamed: Mapping[str, str]) -> Row:
    """The row with the ids of now; the very same row where none has become another."""
    changed = {column: renamed[row[column]] for column in ("organisation_id", "member_id") if row.get(column) in renamed}
    return row | changed if changed else row


def remove_paired(before: list[Fact], after: list[Fact], pairs: Iterable[Pair]) -> None:
    """Takes the facts of the pairs out of both lists."""
    paired = {id(fact) for pair in pairs for fact in (pair.before, pair.after)}
    before[:] = [fact for fact in before if id(fact) not in paired]
    after[:] = [fact for fact in after if id(fact) not in paired]
