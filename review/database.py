"""DuckDB within bounds: what does not fit into memory waits on the disk, in a folder that is removed in the end."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from schemas.errors import OutputUnwritable

MEMORY = "400MB"
"""For DuckDB. What it reads of the files, and Python itself, come on top: 10 million facts take less than 1 GB in all."""
ROWS_AT_A_TIME = 2000


@contextmanager
def open_database() -> Iterator[tuple[duckdb.DuckDBPyConnection, Path]]:
    """An empty database, and the folder where it may put things aside. Raises OutputUnwritable where that has no room."""
    with TemporaryDirectory(prefix="samverkan-") as folder, duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = '{MEMORY}'; SET preserve_insertion_order = false; SET enable_progress_bar = false")
        connection.execute("SET temp_directory = ?", [folder])
        try:
            yield connection, Path(folder)
        except duckdb.IOException as error:
            raise OutputUnwritable(f"runs cannot be compared: {str(error).splitlines()[0]}") from error


def fetch_rows(result: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    """The rows of a result, some at a time in memory."""
    while rows := result.fetchmany(ROWS_AT_A_TIME):
        yield from rows


def quote_path(path: Path) -> str:
    """A path as DuckDB takes it literally: brackets, stars and question marks in a folder's name are no patterns."""
    return quote(re.sub(r"([*?\[])", r"[\1]", str(path)))


def quote(text: str) -> str:
    """A text as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"
