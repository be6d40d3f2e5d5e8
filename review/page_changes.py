"""Which pages came, went, moved, or say something else than in the run before."""

from collections.abc import Iterator, Sequence
from typing import Any

from schemas.review import Candidate

Row = dict[str, Any]


def find_page_changes(candidate: Candidate, changes: Sequence[Row]) -> Iterator[Row]:
    """The rows of `page_changes`, without their `run_id`. `changes`: the rows of `changes`."""
    yield from ()
