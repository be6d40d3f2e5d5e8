"""How datasets that an older version wrote are read: what it lacked is not compared, what it called otherwise is read under today's name.

version  what came
1.0      pages, organisations, mentions, members, member_counts, contacts, dates, issues, coverage
1.1      relations
1.2      requests, bytes and seconds of each site in coverage; fetches
1.3      changes, page_changes

Within one first number columns and datasets only come. A column that was renamed, which raises the first number, stands in RENAMED.
"""

from collections.abc import Mapping
from pathlib import Path

import pyarrow.parquet as pq

from schemas.datasets import DATASETS, KEYS, SCHEMA_VERSION
from schemas.errors import UsageError

RENAMED: Mapping[str, Mapping[str, str]] = {}
"""dataset -> column -> what it was called before. None was renamed yet."""


def find_parts(path: Path) -> list[Path]:
    """The files of a dataset, which is one file or a folder of part files; none where the run lacks it."""
    if path.is_dir():
        return sorted(path.glob("*.parquet"))
    return [path] if path.exists() else []


def find_columns(path: Path, dataset: str, renamed: Mapping[str, Mapping[str, str]] = RENAMED) -> dict[str, str]:
    """Column -> what the stored dataset calls it, for those that it has; nothing where it is missing, or a column of its key is.

    Raises UsageError where a newer version wrote it, whose columns may mean something else.
    """
    parts = find_parts(path)
    if not parts:
        return {}
    schema = pq.read_schema(parts[0])
    version = (schema.metadata or {}).get(b"schema_version", b"1.0").decode()
    if read_major(version) > read_major(SCHEMA_VERSION):
        raise UsageError(f"{path} is of version {version}, which this samverkan does not know: it reads up to {SCHEMA_VERSION}")
    stored, before = set(schema.names), renamed.get(dataset, {})
    names = {column: column if column in stored else before.get(column, column) for column in DATASETS[dataset].columns()}
    columns = {column: name for column, name in names.items() if name in stored}
    return columns if columns.keys() >= set(KEYS[dataset]) else {}


def read_major(version: str) -> int:
    """The first number of a schema version: 1 of "1.3"."""
    return int(version.partition(".")[0])
