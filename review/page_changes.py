"""Which pages came, went, moved, or say something else than in the run before."""

from collections.abc import Iterator, Mapping
from typing import Any

from schemas.review import Candidate

Row = dict[str, Any]


def find_page_changes(candidate: Candidate, facts_changed: Mapping[str, int]) -> Iterator[Row]:
    """The rows of `page_changes`, without their `run_id`. `facts_changed`: page_id -> how many of its facts changed, cause `page`."""
    yield from ()
