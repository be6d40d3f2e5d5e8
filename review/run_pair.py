"""Two runs side by side in DuckDB: the tables `now_<dataset>` and `past_<dataset>` of each dataset."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
from pyarrow.dataset import dataset as open_dataset

from review.database import open_database
from schemas.datasets import DATASETS
from schemas.review import Candidate
from schemas.tables import arrow_schema


class RunPair:
    """A run and the one before; of a first run the tables of the past are empty, and so is what an older run did not store yet."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, before: str) -> None:
        """Use `opening_pair`."""
        self._connection = connection
        self.before = before
        """The id of the run before; of a first run \"\"."""

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What a query gives."""
        return self._connection.execute(query).fetchall()

    def count(self, query: str) -> int:
        """The one number that a query gives; 0 for null."""
        [(number,)] = self.rows(query)
        return int(number or 0)

    def size(self, tense: str, *datasets: str) -> int:
        """How many rows some datasets have together. `tense`: now | past"""
        return sum(self.count(f"SELECT count(*) FROM {tense}_{dataset}") for dataset in datasets)


@contextmanager
def opening_pair(candidate: Candidate) -> Iterator[RunPair]:
    """The run that waits for its review, beside the one that it is compared with. Raises OutputUnwritable where the disk is full."""
    with open_database() as (connection, _):
        for dataset in DATASETS:
            connection.register(f"now_{dataset}", read_dataset(candidate.folder, dataset))
            connection.register(f"past_{dataset}", read_dataset(candidate.previous, dataset))
        yield RunPair(connection, candidate.previous.name if candidate.previous else "")


def read_dataset(folder: Path | None, dataset: str) -> Any:
    """A dataset of a run in today's columns, those that it lacks as nulls; an empty one where the run has none."""
    schema = arrow_schema(dataset)
    path = folder / f"{dataset}.parquet" if folder else None
    return open_dataset(path, schema=schema) if path and path.exists() else schema.empty_table()
