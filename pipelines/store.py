"""A run's datasets as Parquet files, and a published run read back."""

import hashlib
from datetime import datetime
from pathlib import Path

from pipelines.carry_over import Snapshot
from pipelines.disk import sync, writing
from pipelines.keys import Row, Rows, canonical_json
from pipelines.manifest import StoredTable, read_manifest
from schemas.datasets import DATASETS
from schemas.tables import build_table, read_rows, write_table


def write_tables(rows: Rows, folder: Path, run_id: str) -> dict[str, StoredTable]:
    """Writes one Parquet file per dataset, the rows in their order, and waits until all are on the disk."""
    return {
        dataset: write_dataset(dataset, rows[dataset], folder / f"{dataset}.parquet", run_id) for dataset in DATASETS if dataset in rows
    }


def write_dataset(dataset: str, rows: list[Row], path: Path, run_id: str) -> StoredTable:
    """Writes one dataset. Raises OutputUnwritable."""
    write_table(build_table(dataset, [row | {"run_id": run_id} for row in rows]), path)
    with writing(path):
        sync(path)
    return StoredTable(path.name, len(rows), hash_file(path), hash_rows(rows))


def hash_rows(rows: list[Row]) -> str:
    """SHA-256 of the rows in their order, without instants: when something was fetched is not what was found."""
    digest = hashlib.sha256()
    for row in rows:
        digest.update(canonical_json({column: value for column, value in row.items() if not isinstance(value, datetime)}).encode())
        digest.update(b"\n")
    return digest.hexdigest()


def hash_file(path: Path) -> str:
    """SHA-256 of a file, 64 hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def load_snapshot(run: Path | None) -> Snapshot:
    """The rows of a published run; an empty snapshot for None, no rows for a dataset that the run lacks."""
    if run is None:
        return Snapshot()
    files = {dataset: run / f"{dataset}.parquet" for dataset in DATASETS}
    rows = {dataset: read_rows(path) for dataset, path in files.items() if path.exists()}
    plain = {dataset: [_drop_run_id(row) for row in there] for dataset, there in rows.items()}
    return Snapshot(run.name, plain, read_manifest(run).code.get("reading"))


def _drop_run_id(row: Row) -> Row:
    return {column: value for column, value in row.items() if column != "run_id"}
