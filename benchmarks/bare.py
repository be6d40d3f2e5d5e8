"""Bare Scrapy, the yardstick: a spider that asks for addresses and counts bytes, with or without Scrapy's own LinkExtractor."""

from collections.abc import AsyncIterator, Sequence
from time import process_time
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import HtmlResponse, Response
from scrapy.linkextractors import LinkExtractor

SETTINGS = {
    "CONCURRENT_REQUESTS": 16,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    "DOWNLOAD_DELAY": 0,
    "HTTPERROR_ALLOW_ALL": True,
    "LOG_ENABLED": False,
    "REDIRECT_ENABLED": False,
    "RETRY_ENABLED": False,
    "ROBOTSTXT_OBEY": False,
    "TELNETCONSOLE_ENABLED": False,
}
"""Scrapy's defaults but for what would make it ask more, wait, or write."""


class CountingSpider(Spider):
    """Counts the bytes of the addresses, and their links where that is wanted."""

    name = "counting"

    def __init__(self, urls: Sequence[str], *, extracts_links: bool) -> None:
        super().__init__()
        self._urls = urls
        self._extractor = LinkExtractor() if extracts_links else None
        self.bytes = self.links = 0
        self.started = 0.0

    async def start(self) -> AsyncIterator[Any]:
        """All at once; Scrapy queues them."""
        self.started = process_time()
        for url in self._urls:
            yield Request(url, dont_filter=True)

    def parse(self, response: Response, **_: Any) -> None:
        """Counts."""
        self.bytes += len(response.body)
        if self._extractor and isinstance(response, HtmlResponse):
            self.links += len(self._extractor.extract_links(response))


def crawl_bare(urls: Sequence[str], extracts_links: bool) -> float:
    """Asks for the addresses in this process; seconds of its CPU time."""
    process = AsyncCrawlerProcess(SETTINGS)
    crawler = process.create_crawler(CountingSpider)
    process.crawl(crawler, urls=urls, extracts_links=extracts_links)
    process.start(install_signal_handlers=False)
    assert isinstance(crawler.spider, CountingSpider)
    return process_time() - crawler.spider.started
