"""How far a crawl has come: the Scrapy extension that shows it."""

from collections.abc import Collection, Mapping
from math import inf
from time import monotonic
from typing import Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.utils.asyncio import create_looping_call

from pipelines.facts import FACTS_SO_FAR
from samverkan.crawl_state import CrawlState, tell_figures, tell_time, tell_troubles
from samverkan.progress import Progress
from schemas.visit import SiteVisit

INTERVAL = 0.5
"""Seconds between two looks at what the spider has counted; between them a page costs nothing."""


class CrawlProgress:
    """Shows what the spider counts, until the run is published or kept; `SAMVERKAN_TASK` names what is being done."""

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self._crawler = crawler
        self._progress = Progress(settings["SAMVERKAN_TASK"])
        longest = settings.getfloat("SAMVERKAN_MAX_TIME") or inf
        self._state = CrawlState(monotonic(), settings.getint("SAMVERKAN_MAX_PAGES"), monotonic() + longest)
        self._ticks = create_looping_call(self._tick)
        crawler.signals.connect(self._start, signals.engine_started)  # not spider_opened: the run may have been refused
        # Connected now, so that it comes before the pipeline's, which publishes the run.
        crawler.signals.connect(self._stop_looking, signals.spider_closed)
        crawler.signals.connect(self._end, signals.engine_stopped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def _start(self) -> None:
        self._progress.__enter__()
        self._ticks.start(INTERVAL, now=False)  # the engine counts as running only after this signal

    def _tick(self) -> None:
        if (spider := self._crawler.spider) is None:
            return
        now = monotonic()
        self._state.observe(now, *read_counts(spider))
        if not self._progress.is_due:
            return
        if self._crawler.engine.running:
            facts = self._crawler.stats.get_value(FACTS_SO_FAR, 0)
            self._progress.show(tell_time(self._state, now), tell_figures(self._state, now, facts), tell_troubles(self._state))
        else:
            self._progress.show("stopping after the requests under way; Ctrl-C again stops at once")

    def _stop_looking(self) -> None:
        if self._ticks.running:
            self._ticks.stop()
            self._progress.announce("putting the facts together")

    def _end(self) -> None:
        self._progress.__exit__(None, None, None)


def read_counts(spider: Spider) -> tuple[Mapping[str, SiteVisit], Collection[str], int]:
    """The visits that a spider has begun, the ids of the sites that are over, how many sites it was asked for."""
    visits: Mapping[str, SiteVisit] = getattr(spider, "visits", {})
    return visits, getattr(spider, "finished", frozenset()), getattr(spider, "sites_chosen", len(visits))
