"""How far a crawl has come: the Scrapy extension that shows it."""

from typing import Self
from urllib.parse import urlsplit

from scrapy import Spider, signals
from scrapy.crawler import Crawler

from samverkan.display import count
from samverkan.progress import Progress
from schemas.page import Page


class CrawlProgress:
    """Counts pages and sites begun; `SAMVERKAN_TASK` names what is being done."""

    def __init__(self, crawler: Crawler) -> None:
        self._progress = Progress(crawler.settings["SAMVERKAN_TASK"])
        self._pages = 0
        self._signals = crawler.signals
        self._signals.connect(self._start, signals.engine_started)  # not spider_opened: the run may have been refused

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def _start(self) -> None:
        self._progress.__enter__()
        self._signals.connect(self._count, signals.item_scraped)
        self._signals.connect(self._stop, signals.spider_closed)

    def _count(self, item: Page, spider: Spider) -> None:
        self._pages += 1
        sites = len(getattr(spider, "visits", {}))
        self._progress.show(f"{count(self._pages, 'page')} · {count(sites, 'site')} · {urlsplit(item.url).hostname}")

    def _stop(self) -> None:
        self._progress.__exit__(None, None, None)
