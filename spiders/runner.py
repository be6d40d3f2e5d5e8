"""Runs one crawl in this process, to its end or to a signal, and hands errors to the caller.

Once per process: Twisted's reactor cannot be started again.
"""

import os
import signal
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import FrameType
from typing import Any

from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings
from scrapy.utils.defer import deferred_from_coro

from schemas.visit import FAILURE, STOPPED_BY, Fetch, SiteVisit
from spiders.collaboration import CollaborationSpider

SETTINGS_MODULE = "samverkan.settings"
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@dataclass(frozen=True, slots=True)
class CrawlOutcome:
    """How a crawl ended. `signal`: the number of the one that stopped it, None where it came to its own end."""

    reason: str
    visits: Mapping[str, SiteVisit]
    fetches: Mapping[str, Fetch]
    stats: Mapping[str, Any]
    signal: int | None


def run_crawl(overrides: Mapping[str, Any], *, sites: Sequence[str] = ()) -> CrawlOutcome:
    """Crawls the sites (none named: all) and returns when everything is closed, after SIGINT and SIGTERM too.

    Scrapy's log is quiet unless `overrides` name a LOG_FILE. Raises what the spider, the archive or a pipeline raised on opening,
    and the SamverkanError for which the crawl was ended.
    """
    settings = Settings()
    settings.setmodule(SETTINGS_MODULE, priority="project")
    settings.set("LOG_ENABLED", bool(overrides.get("LOG_FILE")), priority="project")
    settings.setdict(dict(overrides), priority="cmdline")
    return run_process(AsyncCrawlerProcess(settings), CollaborationSpider.name, {"sites": ",".join(sites)})


def run_process(process: AsyncCrawlerProcess, spider_name: str, arguments: Mapping[str, str]) -> CrawlOutcome:
    """As `run_crawl`, of a process that has its settings."""
    crawler = process.create_crawler(spider_name)
    with _stopping_on_signals(crawler) as received:
        task = process.crawl(crawler, **arguments)
        process.start(install_signal_handlers=False)
    if task.done():
        task.result()
    stats = crawler.stats.get_stats()
    if isinstance(failure := stats.get(FAILURE), BaseException):
        raise failure
    visits, fetches = getattr(crawler.spider, "visits", {}), getattr(crawler.spider, "fetches", {})
    return CrawlOutcome(str(stats.get("finish_reason")), visits, fetches, stats, received[0] if received else None)


@contextmanager
def _stopping_on_signals(crawler: Crawler) -> Iterator[list[int]]:
    """The first signal ends the crawl after the requests under way, a second one the process; gives the list of those received."""
    received: list[int] = []

    def receive(number: int, frame: FrameType | None) -> None:
        from twisted.internet import reactor  # the one that AsyncCrawlerProcess has installed

        if received:
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
        received.append(number)
        reactor.callFromThread(lambda: deferred_from_coro(_stop_crawl(crawler, number)))

    async def stop_late() -> None:
        if received:
            await _stop_crawl(crawler, received[0])

    crawler.signals.connect(stop_late, signals.engine_started, weak=False)
    before = {number: signal.signal(number, receive) for number in STOP_SIGNALS}
    try:
        yield received
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


async def _stop_crawl(crawler: Crawler, number: int) -> None:
    """Closes the spider, with the reason "shutdown". Nothing where the engine has not started yet, or is stopping already.

    Not `process.stop`: called before the engine runs, it would be forgotten, and the crawl would never return.
    """
    if crawler.stats:
        crawler.stats.set_value(STOPPED_BY, number)
    with suppress(RuntimeError):
        await crawler.engine.stop_async()
