"""Runs a real crawl in a process of its own, and hands back what came of it."""

import multiprocessing
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from schemas.page import Page
from schemas.visit import Fetch, SiteVisit, Trouble
from spiders.runner import run_crawl

QUICK: Mapping[str, Any] = {
    "SAMVERKAN_CONTACT": "drift@example.org",
    "SAMVERKAN_RUN_ID": "20261121T040000Z",
    "DOWNLOAD_DELAY": 0,
    "SAMVERKAN_ROBOTS_PATIENCE": 1.5,
    "SAMVERKAN_BUSY_PAUSE": 0.1,
    "DOWNLOAD_TIMEOUT": 3,
    "ITEM_PIPELINES": {"tests.spiders.crawling.Collector": 1},
}

CLEAN = multiprocessing.get_context("forkserver")
"""Twisted's reactor runs once per process, and a fork of the tests' own process may hang on the locks of Arrow's threads."""
CLEAN.set_forkserver_preload(["spiders.runner", "pipelines.facts"])  # so that Scrapy is imported once


class Collector:
    """An item pipeline that keeps what the spider hands on."""

    pages: ClassVar[list[Page]] = []
    troubles: ClassVar[list[Trouble]] = []

    def process_item(self, item: Page | Trouble) -> Page | Trouble:
        """Keeps it."""
        if isinstance(item, Page):
            self.pages.append(item)
        else:
            self.troubles.append(item)
        return item


@dataclass(frozen=True)
class Crawled:
    """The pages in the order in which they came, what went wrong, how each site fared, what was asked for, Scrapy's counts."""

    pages: list[Page]
    troubles: list[Trouble]
    visits: dict[str, SiteVisit]
    fetches: dict[str, Fetch]
    stats: dict[str, Any]
    reason: str

    @property
    def urls(self) -> list[str]:
        """The addresses of the pages."""
        return [page.url for page in self.pages]

    @property
    def codes(self) -> list[tuple[str, str | None]]:
        """The issues of the spider: code and address."""
        return [(trouble.issue.code, trouble.url) for trouble in self.troubles]


def crawl(tmp_path: Path, site_list: str, *, sites: Sequence[str] = (), **overrides: Any) -> Crawled:
    """Crawls the sites of a TOML text; raises what `run_crawl` raises. The archive is `tmp_path/archive/20261121T040000Z.warc.gz`."""
    path = tmp_path / "sites.toml"
    path.write_text(site_list, encoding="utf-8")
    settings = {**QUICK, "SAMVERKAN_SITES": str(path), "SAMVERKAN_OUTPUT": str(tmp_path), **overrides}
    with CLEAN.Pool(1) as pool:
        return pool.apply(_crawl, (settings, sites))


def _crawl(settings: Mapping[str, Any], sites: Sequence[str]) -> Crawled:
    outcome = run_crawl(settings, sites=sites)
    return Crawled(Collector.pages, Collector.troubles, dict(outcome.visits), dict(outcome.fetches), dict(outcome.stats), outcome.reason)


def site_row(site_id: str, *start_urls: str, **more: Any) -> str:
    """One [[site]] of a site list."""
    lines = [
        f"{key} = {value!r}" for key, value in {"id": site_id, "owner": "Provkommunen", "start_urls": list(start_urls), **more}.items()
    ]
    return "[[site]]\n" + "\n".join(lines) + "\n"
