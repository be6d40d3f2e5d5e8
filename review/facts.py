"""The facts of two runs compared: each column that is another, what came, what went, and what goes by another name."""

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from review.comparison import Comparison, open_comparison
from review.fact_changes import tell_pair
from review.pairing import pair_facts
from review.renames import Renames, find_renames
from review.sorting import sort_changes
from schemas.comparison import COMPARED

Row = dict[str, Any]


def compare_facts(
    before: Path,
    after: Path,
    *,
    cause: str | None,
    is_complete: bool,
    gone: Collection[str] = (),
) -> Iterator[Row]:
    """The rows of `changes` between the datasets of two folders, without the ids of the runs.

    `cause`: page or reading; None where it depends on whether a fact's page says the same in both. `is_complete`: what the later
    folder lacks is not there any more (of a crawl, which carries over what it could not look at); else only what its pages lack, and
    those in `gone`. The rows are sorted by dataset, organisation, key, column.
    Raises SamverkanError where a key stands twice, UsageError where a newer version wrote a dataset.
    """
    with open_comparison(before, after) as comparison:
        comparison.load_pages(gone, is_complete=is_complete, has_cause=cause is not None)
        yield from sort_changes(list_changes(comparison, cause))


def list_changes(comparison: Comparison, cause: str | None) -> Iterator[Row]:
    """The rows of `changes` in the order in which they are found. Organisations go first: facts are of those that they are now."""
    renames = Renames({}, {})
    for dataset in sorted(COMPARED, key=lambda dataset: dataset != "organisations"):
        compared = comparison.compared(dataset)
        if not compared:
            continue
        comparison.find_differing(dataset)
        if dataset == "organisations":
            renames = find_renames(comparison)
            comparison.rename(renames.ids)
        comparison.add_touched(dataset)
        for before, after in comparison.fetch_groups(dataset):
            for pair in pair_facts(dataset, before, after, compared):
                yield from tell_pair(dataset, pair, compared, renames.names, cause)
