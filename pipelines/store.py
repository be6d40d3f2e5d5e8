"""A run's datasets as Parquet files, and a published run read back."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipelines.carry_over import Snapshot
from pipelines.keys import Row, canonical_json
from schemas.datasets import DATASETS, KNOWN
from schemas.disk import sync, writing
from schemas.manifest import StoredTable, read_manifest
from schemas.tables import scan_rows, write_rows


def write_tables(rows: Mapping[str, Iterable[Row]], folder: Path, run_id: str) -> dict[str, StoredTable]:
    """Writes one Parquet file per dataset, the rows in their order, and waits until all are on the disk."""
    return {
        dataset: write_dataset(dataset, rows[dataset], folder / f"{dataset}.parquet", run_id) for dataset in DATASETS if dataset in rows
    }


def write_dataset(dataset: str, rows: Iterable[Row], path: Path, run_id: str) -> StoredTable:
    """Writes one dataset. Raises OutputUnwritable."""
    tally = RowTally()
    write_rows(dataset, (row | {"run_id": run_id} for row in tally.pass_through(rows)), path)
    with writing(path):
        sync(path)
    return StoredTable(path.name, tally.count, hash_file(path), tally.digest.hexdigest())


def describe_table(path: Path) -> StoredTable:
    """What a manifest says of a dataset that somebody else wrote."""
    tally = RowTally()
    for _ in tally.pass_through(StoredRows(path)):
        pass
    return StoredTable(path.name, tally.count, hash_file(path), tally.digest.hexdigest())


class RowTally:
    """How many rows passed, and the SHA-256 of them in their order, without instants: when something was fetched is not what was found."""

    def __init__(self) -> None:
        self.count = 0
        self.digest = hashlib.sha256()

    def pass_through(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows as they are."""
        for row in rows:
            self.count += 1
            kept = {column: value for column, value in row.items() if not isinstance(value, datetime)}
            self.digest.update(canonical_json(kept).encode() + b"\n")
            yield row


def hash_file(path: Path) -> str:
    """SHA-256 of a file, 64 hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def load_snapshot(run: Path | None) -> Snapshot:
    """The rows of a published run; an empty snapshot for None, no rows for a dataset that the run lacks."""
    if run is None:
        return Snapshot()
    files = {dataset: run / f"{dataset}.parquet" for dataset in KNOWN}
    rows = {dataset: StoredRows(path) for dataset, path in files.items() if path.exists()}
    manifest = read_manifest(run)
    return Snapshot(run.name, rows, manifest.code.get("reading"), datetime.fromisoformat(manifest.started_at))


@dataclass(frozen=True, slots=True)
class StoredRows:
    """The rows of a stored dataset without their `run_id`, read a few at a time whenever they are gone through."""

    path: Path

    def __iter__(self) -> Iterator[Row]:
        for row in scan_rows(self.path):
            row.pop("run_id", None)
            yield row
