"""What became another in the facts between the run before and this one."""

from collections.abc import Iterator
from typing import Any

from schemas.review import Candidate

Row = dict[str, Any]


def find_changes(candidate: Candidate) -> Iterator[Row]:
    """The rows of `changes`, without their `run_id`."""
    yield from ()
