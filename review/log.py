"""The log of changes: the rows of `changes` and `page_changes` of all published runs, kept when the runs are pruned."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from review.applied import Applied
from review.looks import RunView
from schemas.output import history_file, run_folder
from schemas.tables import ROWS_AT_A_TIME, log_schema, write_batches

Row = dict[str, Any]


def read_log(output: Path, dataset: str, since: datetime | None = None) -> list[Row]:
    """The rows of `changes` or `page_changes` of all published runs, oldest run first, with `run_started_at`.

    `since`: only of runs that began then or later. No rows where there is no history yet.
    """
    file = history_file(output, dataset)
    if not file.exists():
        return []
    recent = None if since is None else ds.field("run_started_at") >= pa.scalar(since, pa.timestamp("ms", tz="UTC"))
    rows: list[Row] = pq.read_table(file, filters=recent).to_pylist()
    return rows


def extend_log(dataset: str, file: Path | None, views: Sequence[RunView], target: Path, runs: Applied) -> None:
    """Writes the log with the rows of more runs behind those that it has. `file`: the log so far; None where it begins."""
    schema = runs.describe(log_schema(dataset))
    write_batches(stream_log(dataset, file, views, schema), schema, target)


def stream_log(dataset: str, file: Path | None, views: Sequence[RunView], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """The rows of the log so far, and those of the runs; a run that compared nothing has none."""
    if file:
        for batch in pq.ParquetFile(file).iter_batches(ROWS_AT_A_TIME):
            yield fit_batch(batch, schema)
    for view in views:
        path = run_folder(view.output, view.run.run_id) / f"{dataset}.parquet"
        if path.exists():
            for batch in ds.dataset(path).to_batches(batch_size=ROWS_AT_A_TIME):
                yield fit_batch(batch, schema, run_started_at=view.run.began)


def fit_batch(batch: pa.RecordBatch, schema: pa.Schema, **values: object) -> pa.RecordBatch:
    """The columns of a schema: those of the batch, the same value in every row of those that are named, null in those that it lacks."""
    columns = [
        batch.column(field.name).cast(field.type)
        if field.name in batch.schema.names
        else pa.repeat(pa.scalar(values.get(field.name), field.type), batch.num_rows)
        for field in schema
    ]
    return pa.RecordBatch.from_arrays(columns, schema=schema)
