"""What the history holds of one organisation: the versions of its facts, also from when it went by another id."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from functools import reduce
from operator import or_
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pyarrow.dataset as ds
import pyarrow.parquet as pq

from review.log import read_log
from schemas.errors import UsageError
from schemas.output import history_file

Row = dict[str, Any]

ABOUT: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "organisations": ("organisation_id",),
        "relations": ("organisation_id", "member_id"),
        "member_counts": ("organisation_id",),
        "contacts": ("organisation_id",),
        "dates": ("organisation_id",),
    }
)
"""dataset -> the columns that say which organisations a fact is about. Of memberships those that all pages together state."""


@dataclass(frozen=True, slots=True)
class Past:
    """An organisation's facts over time."""

    organisation_id: str
    name: str
    earlier_ids: tuple[str, ...]
    """Those that it had before it was renamed, the last first."""
    later_id: str | None
    """That which it has now, where it was renamed."""
    known_since: datetime
    """When the run began that knew it first, under whichever id."""
    versions: Mapping[str, list[Row]]
    """dataset -> the versions of its facts, oldest first"""

    @property
    def ids(self) -> frozenset[str]:
        """The id asked for, and the earlier ones."""
        return frozenset((self.organisation_id, *self.earlier_ids))


def read_past(output: Path, organisation: str, as_of: datetime | None = None) -> Past:
    """The past of an organisation, by its id or its name; `as_of`: only what stood at that instant.

    Raises UsageError where there is no history, where nobody goes by that name, or where several do.
    """
    organisation_id, name = find_organisation(list_names(output), organisation)
    renames = list_renames(output)
    earlier = tuple(trace_ids(organisation_id, renames))
    ids = [organisation_id, *earlier]
    versions = {dataset: read_versions(output, dataset, ids, as_of) for dataset in ABOUT}
    known_since = min(row["valid_from"] for row in read_versions(output, "organisations", ids))
    later = next((after for before, after in reversed(renames) if before == organisation_id), None)
    return Past(organisation_id, name, earlier, later, known_since, versions)


def list_names(output: Path) -> dict[str, list[str]]:
    """organisation_id -> its names, the newest first. Raises UsageError where there is no history."""
    file = history_file(output, "organisations")
    if not file.exists():
        raise UsageError(f"There is no history in {output} yet; it begins with the first published run. Another folder: --output DIR.")
    rows = pq.read_table(file, columns=["organisation_id", "name", "other_names", "valid_from"]).to_pylist()
    names: dict[str, list[str]] = {}
    for row in sorted(rows, key=lambda row: row["valid_from"], reverse=True):
        names.setdefault(row["organisation_id"], []).extend([row["name"], *(row["other_names"] or ())])
    return names


def find_organisation(names: Mapping[str, list[str]], wanted: str) -> tuple[str, str]:
    """The id and the newest name of the organisation that is meant: by its id, by a canonical name, by any other name that it has.

    Raises UsageError that tells the nearest ones, or those that share the name.
    """
    words = wanted.strip().casefold()
    by_id = [known for known in names if known == words]
    by_name = [known for known, there in names.items() if there[0].casefold() == words]
    by_other_name = [known for known, there in names.items() if words in map(str.casefold, there)]
    found = by_id or by_name or by_other_name
    if len(found) > 1:
        raise UsageError(f"{wanted} is the name of {len(found)} organisations: {', '.join(sorted(found))}. Name one by its id.")
    if not found:
        raise UsageError(f"The history has no organisation {wanted}.{suggest_near(names, words)}")
    return found[0], names[found[0]][0]


def suggest_near(names: Mapping[str, list[str]], words: str) -> str:
    """ " Did you mean Göteborgsregionen?"; "" where nothing is near."""
    known = {spelling.casefold(): spelling for there in (*names.values(), names) for spelling in there}
    near = [known[match] for match in get_close_matches(words, known, n=3, cutoff=0.6)]
    return f" Did you mean {' or '.join(near)}?" if near else ""


def list_renames(output: Path) -> list[tuple[str, str]]:
    """The ids that became others, with these, oldest first."""
    renamed = ("organisations", "renamed", "organisation_id")
    rows = read_log(output, "changes")
    return [(row["before"], row["after"]) for row in rows if (row["dataset"], row["change"], row["column"]) == renamed]


def trace_ids(organisation_id: str, renames: Collection[tuple[str, str]]) -> Iterator[str]:
    """The ids that an organisation had before, the last first; two that became one are both among them."""
    known, due = {organisation_id}, [organisation_id]
    while due:
        current = due.pop(0)
        for before in [before for before, after in renames if after == current and before not in known]:
            known.add(before)
            due.append(before)
            yield before


def read_versions(output: Path, dataset: str, ids: Collection[str], as_of: datetime | None = None) -> list[Row]:
    """The versions of the facts about some organisations, oldest first; none where the dataset has no history."""
    file = history_file(output, dataset)
    if not file.exists():
        return []
    condition = reduce(or_, (ds.field(column).isin(list(ids)) for column in ABOUT[dataset]))
    if as_of is not None:
        condition &= (ds.field("valid_from") <= as_of) & (ds.field("valid_to").is_null() | (ds.field("valid_to") > as_of))
    rows: list[Row] = pq.read_table(file, filters=condition).to_pylist()
    return sorted(rows, key=lambda row: row["valid_from"])
