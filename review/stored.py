"""The datasets of a run's folder as DuckDB reads them: under today's names, what an older version lacked as null."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from review.database import quote_path
from schemas.datasets import DATASETS, KEYS
from schemas.migrations import find_columns, find_parts


@dataclass(frozen=True)
class StoredRun:
    """A folder with datasets."""

    folder: Path

    @cached_property
    def columns(self) -> dict[str, dict[str, str]]:
        """dataset -> column -> what its file calls it; nothing of a dataset that cannot be compared. Raises UsageError."""
        return {dataset: find_columns(self._path(dataset), dataset) for dataset in DATASETS}

    def scan(self, dataset: str) -> str:
        """A query for all columns of a dataset; for no rows where the run lacks it."""
        stored = self.columns[dataset]
        columns = [f'"{stored[name]}" AS "{name}"' if name in stored else f'NULL AS "{name}"' for name in DATASETS[dataset].columns()]
        if not stored:
            return f"SELECT {', '.join(columns)} WHERE false"
        files = ", ".join(quote_path(part) for part in find_parts(self._path(dataset)))
        return f"SELECT {', '.join(columns)} FROM read_parquet([{files}])"

    def _path(self, dataset: str) -> Path:
        return self.folder / f"{dataset}.parquet"


def hash_key(dataset: str) -> str:
    """The expression of a row's identity in 64 bits; two keys in a hundred thousand comparisons of ten million rows share one."""
    return hash_columns(KEYS[dataset])


def hash_columns(columns: tuple[str, ...]) -> str:
    """The expression of the columns' values in 64 bits; nulls and lists are values like others."""
    return f"hash({', '.join(columns)})"
