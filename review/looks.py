"""When a run looked at the pages behind its facts, in DuckDB: what the history says of a fact besides what the fact says."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import duckdb

from review.applied import AppliedRun
from schemas.issues import BROKEN_CODES
from schemas.migrations import find_columns
from schemas.output import run_folder


@dataclass(frozen=True, slots=True)
class RunView:
    """A published run as SQL sees it."""

    output: Path
    kind: str
    run: AppliedRun
    previous: AppliedRun | None = None
    """The run of its kind before it."""

    @property
    def is_complete(self) -> bool:
        """Whether it holds all that is known, so that what it lacks is gone: a crawl does, an extract only what its archives have."""
        return self.kind == "crawl"

    def scan(self, dataset: str) -> str | None:
        """A dataset of it as a table of SQL, under the names of today; None where the run is older than the dataset, or was pruned."""
        named = ", ".join(f'"{stored}" AS "{column}"' for column, stored in self.columns(dataset).items())
        return f"(SELECT {named} FROM {scan_parquet(self._file(dataset))})" if named else None

    def columns(self, dataset: str) -> Mapping[str, str]:
        """The columns of a dataset that it has, and what it calls them; none where the run is older than the dataset, or was pruned."""
        return find_columns(self._file(dataset), dataset)

    def _file(self, dataset: str) -> Path:
        return run_folder(self.output, self.run.run_id) / f"{dataset}.parquet"


def scan_parquet(path: Path) -> str:
    """A Parquet file, or a folder of part files, as a table of SQL."""
    place = str(path / "*.parquet" if path.is_dir() else path).replace("'", "''")
    return f"read_parquet('{place}')"


def find_looks(connection: duckdb.DuckDBPyConnection, view: RunView) -> None:
    """Makes the tables `looks` (page_id, checked_at, is_looked) of the pages of a run, `broken` (page_id) of those of an archive that
    answered without being there, and `settled` (page_id) of those of which the run tells all: what they state no more is gone.

    A crawl looked at what was fetched or confirmed since it began, and holds the other pages as they were; of an archive all pages count
    as looked at. The variable `run_start` is when the run began.
    """
    connection.execute("SET VARIABLE run_start = ?", [view.run.began])
    is_looked = "checked_at >= getvariable('run_start')" if view.is_complete else "true"
    tables = {
        "broken": select_pages_with(view, BROKEN_CODES),
        "looks": f"SELECT page_id, checked_at, {is_looked} AS is_looked FROM {view.scan('pages')} ANTI JOIN broken USING (page_id)",
        "settled": f"SELECT page_id FROM looks UNION {select_gone(view)}",
    }
    for name, query in tables.items():
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {query}")


def select_gone(view: RunView) -> str:
    """The pages that an archive shows to be gone: 410, or 404 in the run before too. A crawl says so by leaving them out."""
    before = RunView(view.output, view.kind, view.previous) if view.previous else None
    missing = f"({select_pages_with(view, ['page_missing'])} INTERSECT {select_pages_with(before, ['page_missing'])})"
    return f"{select_pages_with(view, ['page_gone'])} UNION {missing}"


def select_pages_with(view: RunView | None, codes: Collection[str]) -> str:
    """The pages of an archive that have an issue with one of the codes."""
    issues = None if view is None or view.is_complete else view.scan("issues")
    if issues is None:
        return "SELECT ''::VARCHAR AS page_id WHERE false"
    listed = ", ".join(f"'{code}'" for code in sorted(codes))
    return f"SELECT DISTINCT page_id FROM {issues} WHERE page_id IS NOT NULL AND code IN ({listed})"


PAGES_OF: Mapping[str, tuple[tuple[str, ...], str]] = MappingProxyType(
    {
        "organisations": (("organisation_id",), "SELECT organisation_id, unnest(page_ids) AS page_id FROM {organisations}"),
        "relations": (("organisation_id", "member_id", "role"), "SELECT organisation_id, member_id, role, page_id FROM {members}"),
    }
)
"""dataset -> the columns by which its rows find their pages, and these pages; a row of any other dataset has one page."""


def select_looks(dataset: str, view: RunView) -> tuple[tuple[str, ...], str]:
    """By which columns the rows of a dataset find their looks, and the looks: of several pages the last, and whether it was in this run."""
    if dataset not in PAGES_OF:
        return ("page_id",), "SELECT page_id, checked_at, is_looked FROM looks"
    columns, pages = PAGES_OF[dataset]
    tables = {name: view.scan(name) for name in ("organisations", "members")}
    key = ", ".join(columns)
    return columns, (
        f"SELECT {key}, max(checked_at) AS checked_at, bool_or(is_looked) AS is_looked "
        f"FROM ({pages.format(**tables)}) JOIN looks USING (page_id) GROUP BY {key}"
    )
