"""One crawl of the hostile web, pipelines and all, in a process of its own; and what it says of each site."""

import resource
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.keys import Row
from schemas.tables import read_rows
from spiders.runner import run_crawl
from tests.hostile.kinds import Kind
from tests.hostile.web import HostileWeb, serve_hostile_web
from tests.spiders.crawling import CLEAN, QUICK

SETTINGS: Mapping[str, Any] = {name: value for name, value in QUICK.items() if name != "ITEM_PIPELINES"} | {
    "SAMVERKAN_ROBOTS_PATIENCE": 3,
    "LOG_LEVEL": "WARNING",
}
PATIENCE = 900
"""Seconds after which a crawl counts as hanging."""


@dataclass(frozen=True, slots=True)
class HostileCrawl:
    """What came of it: rows of the run's datasets, what each host saw, what it took."""

    web: HostileWeb
    coverage: Mapping[str, Row]
    codes: Mapping[str, set[str]]
    """The codes of the issues of each site."""
    members: Counter[str]
    """Members that the pages of each site state."""
    peak_megabytes: float
    seconds: float


def crawl_hostile_web(kinds: Sequence[Kind], good: int, folder: Path) -> HostileCrawl:
    """Crawls a web of these kinds and so many good sites. Raises what the crawl raises, and TimeoutError where it does not end."""
    with serve_hostile_web(kinds, good, folder) as web:
        sites = folder / "sites.toml"
        sites.write_text(web.list_sites(), encoding="utf-8")
        settings = {**SETTINGS, "SAMVERKAN_SITES": str(sites), "SAMVERKAN_OUTPUT": str(folder), "LOG_FILE": str(folder / "log")}
        with CLEAN.Pool(1) as pool:
            peak, seconds = pool.apply_async(run_measured, (settings,)).get(PATIENCE)
    run = folder / "runs" / settings["SAMVERKAN_RUN_ID"]
    codes: dict[str, set[str]] = defaultdict(set)
    for issue in read_rows(run / "issues.parquet"):
        codes[issue["site_id"]].add(issue["code"])
    sites_of = {page["page_id"]: page["site_id"] for page in read_rows(run / "pages.parquet")}
    members = Counter(sites_of[member["page_id"]] for member in read_rows(run / "members.parquet"))
    coverage = {row["site_id"]: row for row in read_rows(run / "coverage.parquet")}
    return HostileCrawl(web, coverage, codes, members, peak, seconds)


def run_measured(settings: Mapping[str, Any]) -> tuple[float, float]:
    """Crawls in this process; its largest size in megabytes, and how many seconds it took."""
    start = time.monotonic()
    run_crawl(settings)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, time.monotonic() - start
