"""How the sites fared over several runs: which are in trouble and since when, which have not been seen for long."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from schemas.manifest import Manifest
from schemas.output import run_folder

TROUBLES = ("unreachable", "failed", "denied", "incomplete")
"""Outcomes that somebody may have to look at, the gravest first."""
NOT_VISITED = "not_visited"


@dataclass(frozen=True, slots=True)
class SiteTrouble:
    """A site that did not go well when it was last visited."""

    site_id: str
    outcome: str
    since: str
    """When the first of those runs began (ISO 8601, UTC) that all ended in trouble."""
    runs: int
    last_success_at: datetime | None
    first_error: str | None


@dataclass(frozen=True, slots=True)
class UnseenSite:
    """A site of which no page came for long; None: never."""

    site_id: str
    last_success_at: datetime | None


def find_troubles(output: Path, runs: Sequence[Manifest]) -> list[SiteTrouble]:
    """The sites in trouble, worst first: in trouble for the most runs, then the gravest. `runs`: crawls, oldest first.

    A run that did not come to a site says nothing of it.
    """
    found = []
    for site_id in sorted({site_id for run in runs for site_id in run.sites}):
        visits = [run for run in reversed(runs) if run.sites.get(site_id, NOT_VISITED) != NOT_VISITED]
        bad = next((number for number, run in enumerate(visits) if run.sites[site_id] not in TROUBLES), len(visits))
        if bad:
            row = _read_coverage(run_folder(output, visits[0].run_id)).get(site_id, {})
            trouble = visits[0].sites[site_id], visits[bad - 1].started_at, bad
            found.append(SiteTrouble(site_id, *trouble, row.get("last_success_at"), row.get("first_error")))
    return sorted(found, key=lambda trouble: (-trouble.runs, TROUBLES.index(trouble.outcome), trouble.site_id))


def find_unseen(output: Path, runs: Sequence[Manifest], now: datetime, days: int) -> list[UnseenSite]:
    """The sites of the newest run that tells of sites, of which no page came for so many days: never seen ones, then the longest ago."""
    newest = next((run for run in reversed(runs) if run.sites), None)
    coverage = _read_coverage(run_folder(output, newest.run_id)) if newest else {}
    seen = {site_id: row["last_success_at"] for site_id, row in coverage.items()}
    unseen = [UnseenSite(site_id, at) for site_id, at in seen.items() if at is None or now - at > timedelta(days=days)]
    return sorted(unseen, key=lambda site: (site.last_success_at is not None, site.last_success_at or now, site.site_id))


@lru_cache(maxsize=64)
def _read_coverage(folder: Path) -> Mapping[str, Mapping[str, Any]]:
    """A run's coverage by site; {} where it kept none."""
    from schemas.tables import read_rows

    try:
        return {row["site_id"]: row for row in read_rows(folder / "coverage.parquet")}
    except OSError:
        return {}
