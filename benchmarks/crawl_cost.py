"""What a crawled page costs beside bare Scrapy, which only counts bytes: `python -m benchmarks.crawl_cost [--pages N] [--repeats R]`.

The web is the made country of the tests, served by a process of its own. Every crawl runs in a process of its own, in turns, without
delays; of several repeats the quickest counts.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.bare import crawl_bare
from benchmarks.crawl_stages import REST, STAGES, crawl_timed
from samverkan.display import print_json, print_line, print_table
from schemas.manifest import read_manifest
from schemas.output import latest_run
from schemas.tables import read_rows
from tests.spiders.crawling import CLEAN, QUICK

PAGES_PER_SITE = 50
RUN_ID = str(QUICK["SAMVERKAN_RUN_ID"])


@dataclass(frozen=True, slots=True)
class Walk:
    """What one crawl of ours did: seconds of CPU time by stage and in all, the addresses it asked for, the pages and links it read."""

    seconds: Mapping[str, float]
    total: float
    urls: Sequence[str]
    pages: int
    megabytes: float


@contextmanager
def serve_country(pages: int, folder: Path) -> Iterator[Path]:
    """The made country in a process of its own; gives its site list."""
    sites = max(1, pages // PAGES_PER_SITE)
    site_list = folder / "sites.toml"
    options = [("--sites", sites), ("--pages", pages), ("--collaboration", pages * 8 // 100), ("--site-list", site_list)]
    command = [sys.executable, "-m", "tests.country.server", *(str(part) for option in options for part in option)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            next(line for line in process.stdout if line.startswith("Ctrl-C"))
            yield site_list
        finally:
            process.kill()


def walk_country(site_list: Path) -> Walk:
    """One crawl of ours into an output folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        quick = {name: value for name, value in QUICK.items() if name != "ITEM_PIPELINES"}
        settings = {**quick, "LOG_LEVEL": "ERROR", "SAMVERKAN_SITES": str(site_list), "SAMVERKAN_OUTPUT": folder}
        with CLEAN.Pool(1) as pool:
            seconds, total = pool.apply(crawl_timed, (settings,))
        run = latest_run(Path(folder))
        assert run
        fetches = read_rows(run / "fetches.parquet", ("url", "status", "bytes_received"))
        urls = [row["url"] for row in fetches if row["status"]]
        size = sum(row["bytes_received"] for row in fetches) / 1e6
        return Walk(seconds, total, urls, read_manifest(run).datasets["pages"].rows, size)


def walk_bare(urls: Sequence[str], *, extracts_links: bool) -> float:
    """Seconds of CPU time in which bare Scrapy asks for the same addresses."""
    with CLEAN.Pool(1) as pool:
        return pool.apply(crawl_bare, (urls, extracts_links))


def measure(pages: int, repeats: int) -> dict[str, Any]:
    """All figures."""
    walks, bare, extracting = [], [], []
    with tempfile.TemporaryDirectory() as folder, serve_country(pages, Path(folder)) as site_list:
        for _ in range(max(1, repeats)):
            walks.append(walk_country(site_list))
            bare.append(walk_bare(walks[0].urls, extracts_links=False))
            extracting.append(walk_bare(walks[0].urls, extracts_links=True))
    return summarise(min(walks, key=lambda walk: walk.total), min(bare), min(extracting))


def summarise(walk: Walk, bare: float, extracting: float) -> dict[str, Any]:
    """Milliseconds per page, and as multiples of bare Scrapy."""

    def tell(seconds: float) -> dict[str, float]:
        return {"ms": round(1000 * seconds / walk.pages, 3), "ratio": round(seconds / bare, 2)}

    rest = walk.total - bare - sum(walk.seconds.values())
    stages = {"fetch (bare Scrapy)": bare, REST: rest, **{stage: walk.seconds[stage] for stage in STAGES}}
    return {
        "pages": walk.pages,
        "requests": len(walk.urls),
        "megabytes": round(walk.megabytes, 1),
        "stages": {stage: tell(seconds) for stage, seconds in stages.items()},
        "total": tell(walk.total),
        "link_extractor": tell(extracting - bare),
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crawl_cost", description=(__doc__ or "").split(":")[0] + ".")
    parser.add_argument("--pages", type=int, default=3000, help="of the made country, of which a crawl fetches some (default: %(default)s)")
    parser.add_argument("--repeats", type=int, default=3, help="of which the quickest counts (default: %(default)s)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(arguments)
    summary = measure(options.pages, options.repeats)
    if options.json:
        print_json(summary)
        return
    rows = [(stage, row["ms"], row["ratio"]) for stage, row in summary["stages"].items()]
    print_table(("stage", "ms per page", "times bare Scrapy"), [*rows, ("in all", *summary["total"].values())])
    print_line()
    yardstick = summary["link_extractor"]
    print_line(f"{summary['pages']} pages, {summary['requests']} requests, {summary['megabytes']} MB as sent")
    print_line(f"Scrapy's LinkExtractor alone: {yardstick['ms']} ms per page, {yardstick['ratio']} times bare Scrapy")


if __name__ == "__main__":
    main()
