"""The Arrow form of the datasets, derived from their records, and their Parquet files."""

import json
import os
import types
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, Union, get_args, get_origin

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import AwareDatetime
from pydantic.fields import FieldInfo

from schemas.datasets import DATASETS, KEYS, PERSONAL, SCHEMA_VERSION
from schemas.disk import sync
from schemas.errors import OutputUnwritable, SamverkanError
from schemas.history import HISTORY, LoggedColumns, VersionColumns

_ARROW_TYPES: Mapping[Any, pa.DataType] = {
    str: pa.string(),  # vocabularies too: Parquet stores them as dictionaries anyway, and analysts compare them as strings
    bool: pa.bool_(),
    int: pa.int64(),
    float: pa.float64(),
    date: pa.date32(),
    AwareDatetime: pa.timestamp("ms", tz="UTC"),
}
_PANDAS_TYPES = {"int64": "Int64", "bool": "boolean"}  # so that a nullable count does not come back as 13.0, a nullable flag as an object

ROWS_AT_A_TIME = 5000
"""In memory while a dataset is written, and in a row group of its file; with 1,000 the files would be larger by half."""
PAGES_AT_A_TIME = 500
"""The same for pages, whose texts outweigh all else, and while any dataset is read: 80 MB less at the peak than with 2,000."""


@cache
def arrow_schema(dataset: str) -> pa.Schema:
    """The columns of a dataset with types, nullability, and the metadata `description` and `personal`; the file's own is beside them."""
    record = DATASETS[dataset]
    fields = [_arrow_field(name, record.model_fields[name], name in PERSONAL[dataset]) for name in record.columns()]
    return pa.schema(fields, metadata={"dataset": dataset, "schema_version": SCHEMA_VERSION, "pandas": _pandas_hints(fields)})


@cache
def history_schema(dataset: str) -> pa.Schema:
    """The columns of `history/<dataset>.parquet`: those that it keeps of the dataset, those of a version, and `run_id`.

    Besides its key any column of the dataset may be null: runs that are older than the column lack it.
    """
    stored = arrow_schema(dataset)
    kept = [stored.field(name).with_nullable(name not in KEYS[dataset]) for name in HISTORY[dataset]]
    version = [_arrow_field(name, field, is_personal=False) for name, field in VersionColumns.model_fields.items()]
    fields = [*kept, *version, stored.field("run_id")]
    return pa.schema(fields, metadata={"dataset": dataset, "schema_version": SCHEMA_VERSION, "pandas": _pandas_hints(fields)})


@cache
def log_schema(dataset: str) -> pa.Schema:
    """The columns of `history/changes.parquet` or `history/page_changes.parquet`: those of the dataset, and when the run began.

    Any column of the dataset may be null, as in `history_schema`.
    """
    *own, run_id = arrow_schema(dataset)
    own = [field.with_nullable(True) for field in own]
    logged = [_arrow_field(name, field, is_personal=False) for name, field in LoggedColumns.model_fields.items()]
    fields = [*own, *logged, run_id]
    return pa.schema(fields, metadata={"dataset": dataset, "schema_version": SCHEMA_VERSION, "pandas": _pandas_hints(fields)})


def build_table(dataset: str, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """The rows as a table of the dataset's schema; absent columns are null. SamverkanError where a row does not fit it."""
    schema = arrow_schema(dataset)
    known = set(schema.names)
    for row in rows:
        if not row.keys() <= known:  # Arrow would drop them silently
            raise SamverkanError(f"{dataset} has no column {', '.join(sorted(row.keys() - known))}")
    try:
        table = pa.Table.from_pylist([dict(row) for row in rows], schema=schema)
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise SamverkanError(f"a row does not fit {dataset}: {error}") from error
    for field in schema:
        if not field.nullable and table[field.name].null_count:  # Arrow lets them pass
            raise SamverkanError(f"{dataset}.{field.name} is missing in a row")
    return table


def write_rows(dataset: str, rows: Iterable[Mapping[str, Any]], path: Path) -> None:
    """Writes the rows as a Parquet file, whole or not at all, and its folder where needed; some at a time are in memory.

    OutputUnwritable where the disk refuses, SamverkanError where a row does not fit the dataset.
    """
    with _replacing(path) as temporary, pq.ParquetWriter(temporary, arrow_schema(dataset), compression="zstd") as writer:
        waiting = iter(rows)
        while batch := list(islice(waiting, PAGES_AT_A_TIME if dataset == "pages" else ROWS_AT_A_TIME)):
            writer.write_table(build_table(dataset, batch))


def write_table(table: pa.Table, path: Path) -> None:
    """Writes a Parquet file whole or not at all, and its folder where needed. OutputUnwritable where the disk refuses."""
    with _replacing(path) as temporary:
        pq.write_table(table, temporary, compression="zstd")


def write_batches(batches: Iterable[pa.RecordBatch], schema: pa.Schema, path: Path) -> None:
    """Writes a Parquet file whole or not at all, with the schema's metadata, and waits until it is on the disk.

    A batch becomes a row group; its columns are cast to the schema's. OutputUnwritable where the disk refuses.
    """
    with _replacing(path) as temporary:
        with pq.ParquetWriter(temporary, schema, compression="zstd") as writer:
            for batch in batches:
                writer.write_batch(batch.cast(schema))
        sync(temporary)


def read_rows(path: Path, columns: Sequence[str] | None = None) -> list[dict[str, Any]]:
    """The rows of a Parquet file, or of a folder of part files, as dicts of Python values; all columns unless some are named."""
    rows: list[dict[str, Any]] = pq.read_table(path, columns=None if columns is None else list(columns)).to_pylist()
    return rows


def scan_rows(path: Path, columns: Sequence[str] | None = None) -> Iterator[dict[str, Any]]:
    """As `read_rows`, but the rows of a row group at a time are in memory."""
    for part in sorted(path.glob("*.parquet")) if path.is_dir() else [path]:
        with pq.ParquetFile(part) as file:
            for batch in file.iter_batches(PAGES_AT_A_TIME, columns=None if columns is None else list(columns)):
                yield from batch.to_pylist()


def rewrite_rows(path: Path, change: Callable[[dict[str, Any]], dict[str, Any]]) -> bool:
    """Puts what `change` makes of each row in its place, in a file or a folder of part files; whether any row changed.

    Schema, metadata and order stay; a part in which nothing changed is left alone. Raises OutputUnwritable.
    """
    parts = sorted(path.glob("*.parquet")) if path.is_dir() else [path]
    return sum(_rewrite_part(part, change) for part in parts) > 0


def _rewrite_part(path: Path, change: Callable[[dict[str, Any]], dict[str, Any]]) -> bool:
    if all(change(row) == row for row in scan_rows(path)):
        return False
    with pq.ParquetFile(path) as file, _replacing(path) as temporary:
        schema = file.schema_arrow
        with pq.ParquetWriter(temporary, schema, compression="zstd") as writer:
            for batch in file.iter_batches(PAGES_AT_A_TIME if "text" in schema.names else ROWS_AT_A_TIME):
                writer.write_batch(pa.RecordBatch.from_pylist([change(row) for row in batch.to_pylist()], schema=schema))
    return True


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """A file beside the path that takes its place when the block ends well, and goes when it does not."""
    temporary = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        temporary.replace(path)
    except OSError as error:
        raise OutputUnwritable(f"cannot write {path}: {os.strerror(error.errno) if error.errno else error}") from error
    finally:
        with suppress(OSError):
            temporary.unlink()


def _arrow_field(name: str, field: FieldInfo, is_personal: bool) -> pa.Field:
    annotation, is_nullable = _strip_optional(field.annotation)
    metadata = {"description": field.description or "", "personal": "true" if is_personal else "false"}
    return pa.field(name, _arrow_type(annotation), nullable=is_nullable, metadata=metadata)


def _arrow_type(annotation: Any) -> pa.DataType:
    if get_origin(annotation) is tuple:
        return pa.list_(pa.field("item", _arrow_type(get_args(annotation)[0]), nullable=False))
    while hasattr(annotation, "__metadata__"):  # Annotated
        annotation = get_args(annotation)[0]
    return _ARROW_TYPES[annotation]


def _strip_optional(annotation: Any) -> tuple[Any, bool]:
    """The type without None, and whether None was in it."""
    if get_origin(annotation) in (Union, types.UnionType):
        (inner,) = (part for part in get_args(annotation) if part is not types.NoneType)
        return inner, True
    return annotation, False


def _pandas_hints(fields: Sequence[pa.Field]) -> str:
    """What pandas reads to choose its types; without it a nullable integer comes back as a float."""
    columns = [
        {"name": field.name, "field_name": field.name, "pandas_type": pandas_type.lower(), "numpy_type": pandas_type, "metadata": None}
        for field in fields
        if field.nullable and (pandas_type := _PANDAS_TYPES.get(str(field.type)))
    ]
    return json.dumps(
        {"index_columns": [], "column_indexes": [], "columns": columns, "creator": {"library": "samverkan"}, "pandas_version": "2.0"}
    )
