"""Two runs side by side in DuckDB: the keys that differ are found by hashes, and only their rows are fetched whole.

However large the runs are, memory stays small: what does not fit waits on the disk.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import duckdb

from review.database import fetch_rows, open_database
from review.fact import Fact, map_ids
from review.selection import KNOWN, columns_to_fetch, select_facts, select_pages, select_stated, select_whole
from review.stored import StoredRun, hash_columns, hash_key
from schemas.comparison import COMPARED
from schemas.datasets import DATASETS, KEYS
from schemas.errors import SamverkanError

Group = tuple[list[Fact], list[Fact]]
"""The facts of one page, or of one body, before and after."""


class Comparison:
    """An earlier and a later run. Use `open_comparison`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, before: StoredRun, after: StoredRun) -> None:
        self._connection = connection
        self.before, self.after = before, after
        self.renamed: Mapping[str, str] = {}

    def load_pages(self, gone: Collection[str], *, is_complete: bool, has_cause: bool = False) -> None:
        """Notes where each page of either run stands, whether the later one looked at it, and whether it says the same.

        `gone`: those that their sites have no more. `is_complete`: what the later run lacks is not there any more, also of pages
        that it does not hold. `has_cause`: nobody asks whether a page says the same.
        """
        self.rename({})
        self._connection.execute("CREATE TABLE gone AS SELECT unnest(?::VARCHAR[]) AS page_id", [sorted(gone)])
        self._connection.execute(select_pages(self.before, self.after, is_complete=is_complete, has_cause=has_cause))

    def rename(self, renamed: Mapping[str, str]) -> None:
        """From now on these organisations of the earlier run go by the ids that they have in the later one."""
        self.renamed = renamed
        self._connection.execute("CREATE OR REPLACE TABLE renamed (was VARCHAR, now VARCHAR)")
        if renamed:
            ids = [list(renamed), list(renamed.values())]
            self._connection.execute("INSERT INTO renamed SELECT unnest(?::VARCHAR[]), unnest(?::VARCHAR[])", ids)

    def compared(self, dataset: str) -> tuple[str, ...]:
        """The columns of a dataset that are compared: those that both runs have. None where one lacks the dataset."""
        both = self.before.columns[dataset].keys() & self.after.columns[dataset].keys()
        return tuple(column for column in COMPARED[dataset] if column in both)

    def find_differing(self, dataset: str) -> None:
        """Puts the hashes of the keys that only one run has, or that stand with other values, into the table `differing`.

        Raises SamverkanError where a key stands twice in a run.
        """
        was, now = (
            f"(SELECT {hash_key(dataset)} AS id, {hash_columns(self.compared(dataset))} AS value FROM ({run.scan(dataset)}))"
            for run in (self.before, self.after)
        )
        in_both = "was.value IS NOT NULL AND now.value IS NOT NULL"
        self._connection.execute(f"""
            CREATE OR REPLACE TABLE found AS
            SELECT count(*) AS total, count(*) FILTER ({in_both}) AS matched,
                list(id) FILTER (was.value IS DISTINCT FROM now.value {f"AND {in_both}" if dataset == "pages" else ""}) AS ids
            FROM {was} was FULL JOIN {now} now USING (id);
            CREATE OR REPLACE TABLE differing AS SELECT unnest(ids) AS id FROM found""")
        rows = sum(self._count(f"SELECT count(*) FROM ({run.scan(dataset)})") for run in (self.before, self.after))
        if self._count("SELECT total + matched FROM found") != rows:  # a key that stands twice is matched twice
            self._refuse_duplicate(dataset)

    def add_touched(self, dataset: str) -> None:
        """Adds the rows of organisations that were renamed: under their new ids they may equal others."""
        columns = [column for column in ("organisation_id", "member_id") if column in DATASETS[dataset].columns()]
        touched = " OR ".join(f"{column} IN (SELECT unnest([was, now]) FROM renamed)" for column in columns)
        for run in (self.before, self.after) if self.renamed and touched else ():
            self._connection.execute(f"INSERT INTO differing SELECT {hash_key(dataset)} FROM ({run.scan(dataset)}) WHERE {touched}")

    def fetch_groups(self, dataset: str) -> Iterator[Group]:
        """The differing facts, those of one page at a time; of relations and organisations those of one body.

        Raises SamverkanError where a key stands twice in a run.
        """
        for make in (select_stated, select_whole):
            self._connection.execute(make(self.before, self.after, dataset))
        columns = [*columns_to_fetch(dataset), *(["organisation_name"] if dataset == "dates" else [])]
        result = self._connection.execute(select_facts(self.before, self.after, dataset))
        for _, rows in groupby(fetch_rows(result), itemgetter(0)):
            group: Group = [], []
            keys = set()
            for row in rows:
                stored = dict(zip(columns, row[len(KNOWN) :], strict=True))
                key = (row[1], *(stored[column] for column in KEYS[dataset]))
                if key in keys:
                    raise SamverkanError(tell_duplicate(dataset, key[1:]))
                keys.add(key)
                mapped = map_ids(stored, self.renamed) if not row[1] else stored
                group[row[1]].append(Fact(stored, mapped, *row[2 : len(KNOWN)]))
            yield group

    def fetch_members(self, organisations: Collection[str]) -> dict[str, set[str]]:
        """organisation_id -> its members in whichever run it is of."""
        members: dict[str, set[str]] = {}
        for run in (self.before, self.after):
            query = f"SELECT organisation_id, member_id FROM ({run.scan('members')}) WHERE organisation_id IN (SELECT unnest(?::VARCHAR[]))"
            for organisation, member in self._connection.execute(query, [sorted(organisations)]).fetchall():
                members.setdefault(organisation, set()).add(member)
        return members

    def _count(self, query: str) -> int:
        (count,) = self._connection.execute(query).fetchone() or (0,)
        return int(count)

    def _refuse_duplicate(self, dataset: str) -> None:
        columns = ", ".join(KEYS[dataset])
        for run in (self.before, self.after):
            found = self._connection.execute(
                f"SELECT {columns} FROM ({run.scan(dataset)}) GROUP BY ALL HAVING count(*) > 1 LIMIT 1"
            ).fetchone()
            if found:
                raise SamverkanError(f"{run.folder}: {tell_duplicate(dataset, found)}")


@contextmanager
def open_comparison(before: Path, after: Path) -> Iterator[Comparison]:
    """Two folders with datasets, ready to be compared."""
    with open_database() as (connection, _):
        yield Comparison(connection, StoredRun(before), StoredRun(after))


def tell_duplicate(dataset: str, key: tuple[object, ...]) -> str:
    """The line for a key that stands twice."""
    columns = ", ".join(f"{column} {value}" for column, value in zip(KEYS[dataset], key, strict=True))
    return f"{dataset} holds two rows of one key: {columns}"
