"""Where a crawl's pages become a run: the thin Scrapy side of `pipelines.run`."""

import asyncio
import signal
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.utils.misc import load_object

from pipelines.disk_need import check_room
from pipelines.ending import find_exit_code
from pipelines.run import Run
from pipelines.stopping import Stopped, handling_signals, stop
from registry.sites import load_sites
from schemas.errors import SamverkanError
from schemas.output import warc_file
from schemas.page import Page
from schemas.visit import FAILURE, STOPPED_BY, Fetch, SiteVisit, Trouble

FACTS_SO_FAR = "samverkan/facts"
"""Under this name they hold how many facts were read."""


class FactsPipeline:
    """Opens the run with the spider, hands it every Page, and ends it when the spider's reason to close is known.

    A run that cannot be opened (lock held, id taken, disk) ends the crawl before the first request. A crawl that a signal
    stopped is kept as interrupted, one that failed as failed; only a crawl that came to its own end is published.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._run: Run | None = None
        self._ending: asyncio.Future[None] | None = None
        crawler.signals.connect(self._end_run, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def open_spider(self) -> None:
        """Opens the run that the settings SAMVERKAN_OUTPUT, _KIND, _RUN_ID and _SITES describe; raises CloseSpider where it cannot."""
        try:
            self._run = self._open_run()
            self._check_room(self._run)
        except SamverkanError as error:
            self._crawler.stats.set_value(FAILURE, error)
            raise CloseSpider("failure") from error

    def _open_run(self) -> Run:
        settings = self._crawler.settings
        path = settings.get("SAMVERKAN_SITES")
        return Run.open(
            Path(settings["SAMVERKAN_OUTPUT"]),
            kind=settings["SAMVERKAN_KIND"],
            run_id=settings.get("SAMVERKAN_RUN_ID"),
            sites=load_sites(Path(path) if path else None),
            options=getattr(self._crawler.spider, "task", {}),
            reviewer=load_object(settings["SAMVERKAN_REVIEWER"])() if settings.get("SAMVERKAN_REVIEWER") else None,
            is_resumed=settings.getbool("SAMVERKAN_RESUME"),
        )

    def _check_room(self, run: Run) -> None:
        """Raises OutputUnwritable where the disk has not the room for a live crawl of the chosen sites; the run is kept as failed."""
        if run.manifest.kind == "crawl":
            check_room(run.output, "crawl", getattr(self._crawler.spider, "sites_chosen", 0))

    def process_item(self, item: Any) -> Any:
        """Takes a Page or a Trouble; anything else passes through. A disk that refuses ends the crawl."""
        if self._run is not None and isinstance(item, Page):
            self._add_page(self._run, item)
        elif self._run is not None and isinstance(item, Trouble):
            self._run.add_issue(item.issue, url=item.url, site_id=item.site_id)
        return item

    def _add_page(self, run: Run, page: Page) -> None:
        try:
            run.add_page(page)
        except SamverkanError as error:
            if self._ending is None:
                self._crawler.stats.set_value(FAILURE, error)
                self._ending = asyncio.ensure_future(self._crawler.engine.stop_async())
        self._crawler.stats.set_value(FACTS_SO_FAR, run.facts_so_far)

    def close_spider(self) -> None:
        """Nothing yet: the reason comes with the signal that follows."""

    def _end_run(self, spider: Spider, reason: str) -> None:
        if self._run is None:
            return
        visits = getattr(spider, "visits", {})
        if failure := self._crawler.stats.get_value(FAILURE):
            self._run.abandon("failed", str(failure), find_exit_code(failure), visits=visits)
        elif reason == "shutdown":
            number = self._crawler.stats.get_value(STOPPED_BY, signal.SIGTERM)
            self._run.abandon("interrupted", "stopped by a signal", 128 + number, visits=visits)
        else:
            self._publish(self._run, visits, getattr(spider, "fetches", None))

    def _publish(self, run: Run, visits: Mapping[str, SiteVisit], fetches: Mapping[str, Fetch] | None) -> None:
        warc = warc_file(run.output, run.run_id)
        try:
            with handling_signals(stop):
                run.finish(visits=visits, fetches=fetches, warcs=[warc])
        except Stopped as stopped:
            signal.raise_signal(stopped.number)  # whoever handles signals outside of this has to know, too
        except Exception as error:  # noqa: BLE001 (Scrapy would log what a signal handler raises, and go on)
            self._crawler.stats.set_value(FAILURE, error)
