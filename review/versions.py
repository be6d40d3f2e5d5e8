"""The versions of one dataset's facts, brought from run to run in DuckDB.

A key has at most one version that stands. A run that states the same values confirms it; one that states others, or that looked and found
nothing, ends it; one that could not look leaves it, as unobserved.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from review.looks import PAGES_OF, RunView, find_looks, scan_parquet, select_looks
from schemas.comparison import COMPARED
from schemas.datasets import KEYS
from schemas.history import HISTORY
from schemas.output import history_file
from schemas.tables import history_schema

ROWS_AT_A_TIME = 50_000
"""Of a history in memory as Arrow while it is written, and in a row group of its file."""
ROWS_IN_SLICE = 250_000
"""In DuckDB at a time, roughly. A million rows with their evidence at once take more than it may have."""


def stream_versions(
    connection: duckdb.DuckDBPyConnection, dataset: str, file: Path | None, views: Sequence[RunView]
) -> Iterator[pa.RecordBatch]:
    """All versions of a dataset's facts after some more runs, by key and time. `file`: the history so far; None where it begins now."""
    views = [view for view in views if view.columns(dataset)]  # the others are older than the dataset
    for keys in find_slices(connection, dataset, file, views):
        versions = Versions(connection, dataset, file, keys)
        for view in views:
            versions.apply(view)
        yield from versions.stream()


def find_slices(connection: duckdb.DuckDBPyConnection, dataset: str, file: Path | None, views: Sequence[RunView]) -> list[str]:
    """Conditions on the first key column that part the facts, in the order of their keys; a fact's versions are in one slice."""
    key = KEYS[dataset][0]
    tables = [*([scan_parquet(file)] if file else []), *(view.scan(dataset) for view in views[-1:])]
    keys = " UNION ALL ".join(f"SELECT {key} FROM {table}" for table in tables)
    rows = _fetch_one(connection, f"SELECT count(*) FROM ({keys})") if keys else 0
    parts = 1 + rows // ROWS_IN_SLICE
    if parts == 1:
        return ["true"]
    shares = [part / parts for part in range(1, parts)]
    bounds = sorted(set(_fetch_one(connection, f"SELECT quantile_disc({key}, {shares}) FROM ({keys})")))
    quoted = ["'{}'".format(bound.replace("'", "''")) for bound in bounds]
    above, below = [f"{key} >= {bound}" for bound in quoted], [f"{key} < {bound}" for bound in quoted]
    return [" AND ".join(filter(None, pair)) for pair in zip(["", *above], [*below, ""], strict=True)]


def _fetch_one(connection: duckdb.DuckDBPyConnection, query: str) -> Any:
    [(value,)] = connection.execute(query).fetchall()
    return value


class Versions:
    """The versions of a slice of a dataset's facts. The ended ones of the file stay there until all are written."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, dataset: str, file: Path | None, keys: str) -> None:
        """`keys`: the condition of the slice."""
        self._connection = connection
        self._dataset = dataset
        self._file = file
        self._keys = keys
        self._empty = history_schema(dataset).empty_table()
        connection.register("no_versions", self._empty)
        connection.execute("CREATE OR REPLACE TEMP TABLE ended AS FROM no_versions")
        connection.execute(f"CREATE OR REPLACE TEMP TABLE standing AS {self._select_stored('valid_to IS NULL')}")

    def apply(self, view: RunView) -> None:
        """Brings the versions up to a run."""
        find_looks(self._connection, view)
        self._connection.execute("SET VARIABLE run_id = ?", [view.run.run_id])
        self._connection.execute(f"CREATE OR REPLACE TEMP TABLE seen AS {select_seen(self._dataset, view, self._keys)}")
        self._connection.execute(f"CREATE OR REPLACE TEMP TABLE unsettled AS {select_unsettled(self._dataset, view)}")
        self._connection.execute(f"INSERT INTO ended BY NAME {select_ended(self._dataset)}")
        self._connection.execute(f"CREATE TEMP TABLE next AS {select_standing(self._dataset)}")
        self._connection.execute("DROP TABLE standing; ALTER TABLE next RENAME TO standing")

    def stream(self) -> Iterator[pa.RecordBatch]:
        """All of them, by key and time."""
        columns = list_columns(self._empty.column_names)
        order = list_columns((*KEYS[self._dataset], "valid_from", "run_id"))
        rows = f"{self._select_stored('valid_to IS NOT NULL')} UNION ALL BY NAME FROM ended UNION ALL BY NAME FROM standing"
        yield from self._connection.sql(f"SELECT {columns} FROM ({rows}) ORDER BY {order}").to_arrow_reader(ROWS_AT_A_TIME)

    def _select_stored(self, condition: str) -> str:
        stored = f" UNION ALL BY NAME FROM {scan_parquet(self._file)} WHERE {condition} AND {self._keys}" if self._file else ""
        return f"FROM no_versions{stored}"


def select_seen(dataset: str, view: RunView, keys: str) -> str:
    """The facts of a slice of the run with when they were looked at; columns that the run is too old for are null."""
    there = view.columns(dataset)
    kept = (f'"{column}"' if column in there else f'(SELECT "{column}" FROM no_versions) AS "{column}"' for column in HISTORY[dataset])
    facts = f"SELECT {', '.join(kept)} FROM {view.scan(dataset)} WHERE {keys}"
    by, looks = select_looks(dataset, view)
    if dataset == "organisations" and not view.is_complete:
        facts = f"SELECT fact.* REPLACE ({ALL_PAGES}) FROM ({facts}) AS fact LEFT JOIN ({UNSEEN_PAGES}) AS unseen USING (organisation_id)"
    unbroken = "" if dataset in PAGES_OF else " ANTI JOIN broken USING (page_id)"
    return (
        "SELECT fact.*, coalesce(checked_at, getvariable('run_start')) AS checked_at, coalesce(is_looked, true) AS is_looked "
        f"FROM (FROM ({facts}){unbroken}) AS fact LEFT JOIN ({looks}) USING ({list_columns(by)})"
    )


UNSEEN_PAGES = (
    "SELECT organisation_id, list(page_id) AS page_ids "
    "FROM (SELECT organisation_id, unnest(page_ids) AS page_id FROM standing) ANTI JOIN settled USING (page_id) GROUP BY organisation_id"
)
"""The pages that name an organisation as far as is known, and that the run did not look at."""
ALL_PAGES = "list_sort(list_distinct(list_concat(fact.page_ids, coalesce(unseen.page_ids, [])))) AS page_ids"


def select_unsettled(dataset: str, view: RunView) -> str:
    """The keys of the facts that may still be stated where the run did not look."""
    key = list_columns(KEYS[dataset])
    if view.is_complete:
        return f"SELECT {key} FROM standing WHERE false"
    if dataset == "organisations":
        return UNSEEN_PAGES
    if dataset == "relations":  # stands as long as one of its statements does
        members = scan_parquet(history_file(view.output, "members"))
        stands = "valid_from <= getvariable('run_start') AND coalesce(valid_to > getvariable('run_start'), true)"
        return f"SELECT DISTINCT {key} FROM {members} WHERE {stands}"
    return f"SELECT {key} FROM standing ANTI JOIN settled USING (page_id)"


def select_ended(dataset: str) -> str:
    """The versions that end with the run: the fact has other values now, or is gone."""
    by_page = "" if dataset in PAGES_OF else "LEFT JOIN looks ON looks.page_id = standing.page_id "
    looked = "seen.checked_at" if dataset in PAGES_OF else "seen.checked_at, looks.checked_at"
    first = KEYS[dataset][0]
    return (
        "SELECT standing.* REPLACE ('gone' AS status, getvariable('run_start') AS valid_to, "
        f"greatest(standing.last_checked, coalesce({looked}, getvariable('run_start'))) AS last_checked) FROM standing "
        f"LEFT JOIN seen ON {match_keys(dataset, 'seen')} LEFT JOIN unsettled ON {match_keys(dataset, 'unsettled')} {by_page}"
        f"WHERE CASE WHEN seen.{first} IS NULL THEN unsettled.{first} IS NULL ELSE NOT ({match_values(dataset)}) END"
    )


def select_standing(dataset: str) -> str:
    """The versions that stand after the run: those that it states, and those that it could not look for."""
    facts = list_columns(HISTORY[dataset], "seen.")
    key = list_columns(KEYS[dataset])
    return (
        f"SELECT {facts}, least(standing.first_seen, seen.checked_at) AS first_seen, "
        "greatest(standing.last_seen, seen.checked_at) AS last_seen, greatest(standing.last_checked, seen.checked_at) AS last_checked, "
        "CASE WHEN seen.is_looked THEN 'present' ELSE 'unobserved' END AS status, "
        "coalesce(standing.valid_from, getvariable('run_start')) AS valid_from, NULL::TIMESTAMPTZ AS valid_to, "
        "coalesce(standing.run_id, getvariable('run_id')) AS run_id "
        f"FROM seen LEFT JOIN standing ON {match_keys(dataset, 'seen')} AND {match_values(dataset)} "
        "UNION ALL BY NAME SELECT * REPLACE ('unobserved' AS status) "
        f"FROM standing ANTI JOIN seen USING ({key}) SEMI JOIN unsettled USING ({key})"
    )


def match_keys(dataset: str, table: str) -> str:
    """Whether a row of a table is about the fact of a version that stands."""
    return " AND ".join(f'{table}."{column}" = standing."{column}"' for column in KEYS[dataset])


def match_values(dataset: str) -> str:
    """Whether what is seen is the version that stands."""
    return " AND ".join(f'seen."{column}" IS NOT DISTINCT FROM standing."{column}"' for column in COMPARED[dataset])


def list_columns(names: Iterable[str], table: str = "") -> str:
    """Columns in SQL, quoted: `end` is a word of SQL."""
    return ", ".join(f'{table}"{name}"' for name in names)
