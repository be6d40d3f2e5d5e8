"""Measures how well a crawl finds the collaboration pages of a made country, what it costs, and what a second crawl costs.

python -m tests.country.measure --seed 1
python -m tests.country.measure --seed 1 --json
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from spiders.runner import run_crawl
from tests.country.build import build_country
from tests.country.oracle import country_requests
from tests.country.readings import Missed, Waste, count_bytes, count_page_requests, list_missed, list_waste, read_facts
from tests.country.server import ServedCountry, serve
from tests.spiders.crawling import CLEAN, QUICK

RUNS = ("20261121T040000Z", "20261122T040000Z")


@dataclass(frozen=True)
class Measured:
    """What two crawls of an unchanged country came to."""

    seed: int
    sites: int
    pages: int
    collaboration: int
    found: int
    requests: int
    """For pages: robots.txt and sitemaps aside, redirects and what answered 404 included."""
    oracle: int
    missed: list[Missed]
    wasteful: list[Waste]
    bytes_first: int
    bytes_second: int
    bytes_validating: tuple[int, int]
    """Of the first and the second crawl, from the sites that send ETag or Last-Modified: elsewhere no crawler can ask for changes only."""
    requests_second: int
    changed_facts: list[str]
    """Datasets whose rows differ in the second run."""
    seconds: tuple[float, float]

    @property
    def recall(self) -> float:
        """The share of the collaboration pages that was found."""
        return self.found / self.collaboration

    @property
    def ratio(self) -> float:
        """Requests for pages as a multiple of the oracle's."""
        return self.requests / self.oracle

    @property
    def second_share(self) -> float:
        """What the second crawl transferred as a share of the first."""
        return self.bytes_second / self.bytes_first

    @property
    def validating_share(self) -> float:
        """The same over the sites that send validators."""
        first, second = self.bytes_validating
        return second / first


def measure_country(folder: Path, seed: int, sites: int = 60, pages: int = 3000, collaboration: int = 240) -> Measured:
    """Serves a country, crawls it twice into `folder`/output, and compares."""
    country = build_country(seed, sites, pages, collaboration)
    with serve(country) as served:
        site_list = served.write_site_list(folder / "sites.toml")
        first, second = (crawl_once(served, site_list, folder / "output", run_id) for run_id in RUNS)
    logs = [served.log[: first.requests], served.log[first.requests :]]
    runs = [folder / "output" / "runs" / run_id for run_id in RUNS]
    missed, facts = list_missed(served, runs[0], logs[0]), [read_facts(run) for run in runs]
    oracle = country_requests(country)
    validating = {site.address for site in country.sites if site.validators}
    return Measured(
        seed,
        sites,
        pages,
        collaboration,
        collaboration - len(missed),
        count_page_requests(logs[0]),
        oracle,
        missed,
        list_waste(served, logs[0]),
        count_bytes(logs[0]),
        count_bytes(logs[1]),
        (count_bytes(logs[0], validating), count_bytes(logs[1], validating)),
        count_page_requests(logs[1]),
        [name for name in facts[0] if facts[0][name] != facts[1][name]],
        (first.seconds, second.seconds),
    )


@dataclass(frozen=True)
class Crawl:
    """A crawl that is done: how many requests the log held after it, how long it took."""

    requests: int
    seconds: float


def crawl_once(served: ServedCountry, site_list: Path, output: Path, run_id: str) -> Crawl:
    """A whole crawl in a process of its own, with the program's own pipelines and budgets, but without delays."""
    quick = {name: value for name, value in QUICK.items() if name != "ITEM_PIPELINES"}
    paths = {"SAMVERKAN_SITES": str(site_list), "SAMVERKAN_OUTPUT": str(output), "SAMVERKAN_RUN_ID": run_id}
    began = time.monotonic()
    with CLEAN.Pool(1) as pool:
        pool.apply(_crawl, ({**quick, "LOG_LEVEL": "ERROR", **paths},))
    return Crawl(len(served.log), time.monotonic() - began)


def _crawl(settings: Mapping[str, Any]) -> None:
    run_crawl(settings)


def write_report(measured: Measured) -> str:
    """What was measured, for people."""
    lines = [
        f"seed {measured.seed}: {measured.sites} sites, {measured.pages} pages, {measured.collaboration} collaboration pages",
        f"found            {measured.found} of {measured.collaboration} ({measured.recall:.1%})",
        f"page requests    {measured.requests}, the oracle {measured.oracle}: {measured.ratio:.2f} times as many",
        f"second crawl     {measured.second_share:.1%} of the bytes ({measured.bytes_second:,} of {measured.bytes_first:,}), "
        f"{measured.requests_second} page requests",
        f"                 {measured.validating_share:.1%} over the sites that send ETag or Last-Modified "
        f"({measured.bytes_validating[1]:,} of {measured.bytes_validating[0]:,})",
        f"facts            {'the same' if not measured.changed_facts else 'differ in ' + ', '.join(measured.changed_facts)}",
        f"time             {measured.seconds[0]:.0f} s and {measured.seconds[1]:.0f} s",
        "",
        "missed (* asked for, but not in the run): depth, how linked, requests spent on the site, address",
        *(
            f"  {m.depth}  {m.manner:8} {m.requests:4}  {m.site}  {m.url}  ({m.trail}){' *' if m.is_requested else ''}"
            for m in measured.missed
        ),
        "",
        "most wasteful sites: page requests, the oracle's, the site, its traps",
        *(
            f"  {w.requests:4} {w.oracle:4}  {w.site} ({w.platform}{', sitemap' if w.sitemap else ''})  {', '.join(w.traps)}"
            for w in measured.wasteful
        ),
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sites", type=int, default=60)
    parser.add_argument("--pages", type=int, default=3000)
    parser.add_argument("--collaboration", type=int, help="collaboration pages (default: 8 in 100)")
    parser.add_argument("--json", action="store_true", help="everything that was measured, as JSON")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measured = measure_country(
            Path(folder), options.seed, options.sites, options.pages, options.collaboration or options.pages * 8 // 100
        )
    shares = {name: getattr(measured, name) for name in ("recall", "ratio", "second_share", "validating_share")}
    figures = asdict(measured) | shares
    sys.stdout.write(json.dumps(figures, ensure_ascii=False, indent=2) + "\n" if options.json else write_report(measured))


if __name__ == "__main__":
    main()
