"""Changes in the order in which they are published, however many there are: sorted runs of them wait on the disk and are merged."""

import heapq
import pickle
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from schemas.comparison import COMPARED
from schemas.disk import writing

Row = dict[str, Any]

ROWS_AT_A_TIME = 50_000
"""In memory while they are sorted, some 60 MB."""
ROWS_IN_A_BLOCK = 500
"""In memory of each sorted run while they are merged."""
RANKS = {dataset: rank for rank, dataset in enumerate(COMPARED)}


def sort_changes(rows: Iterable[Row], at_a_time: int = ROWS_AT_A_TIME) -> Iterator[Row]:
    """The rows of `changes` by dataset, organisation, key and column. Raises OutputUnwritable where those that wait find no room."""
    waiting = iter(rows)
    chunk = sorted(islice(waiting, at_a_time), key=order_of)
    with ExitStack() as stack:
        runs: list[Iterator[Row]] = []
        while len(chunk) == at_a_time:
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="samverkan-")))
            runs.append(put_aside(chunk, folder / "changes"))
            chunk = sorted(islice(waiting, at_a_time), key=order_of)
        yield from heapq.merge(*runs, chunk, key=order_of)


def order_of(row: Row) -> tuple[Any, ...]:
    """By which a change is sorted."""
    told = (row["organisation_id"], row["key"], row["column"], row["before"], row["after"])
    return RANKS[row["dataset"]], *(value or "" for value in told)


def put_aside(rows: list[Row], path: Path) -> Iterator[Row]:
    """Writes the rows to a file; gives them again, some at a time in memory."""
    with writing(path), path.open("wb") as file:
        for start in range(0, len(rows), ROWS_IN_A_BLOCK):
            pickle.dump(rows[start : start + ROWS_IN_A_BLOCK], file, pickle.HIGHEST_PROTOCOL)
    return _read_blocks(path, -(-len(rows) // ROWS_IN_A_BLOCK))


def _read_blocks(path: Path, blocks: int) -> Iterator[Row]:
    with path.open("rb") as file:
        for _ in range(blocks):
            yield from pickle.load(file)
