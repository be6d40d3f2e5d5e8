"""Waiting that ends when the crawl does: a host that wants an hour must not hold up Ctrl-C."""

import asyncio
from time import monotonic

from scrapy.crawler import Crawler

from spiders.trouble import StoppedError

_NAP = 0.2
"""Seconds between looks at whether the crawl is being stopped."""


async def wait_in_crawl(seconds: float, crawler: Crawler) -> None:
    """Returns when the time is over; raises StoppedError as soon as the crawl is being stopped."""
    end = monotonic() + seconds
    while (left := end - monotonic()) > 0:
        if not crawler.engine.running:
            raise StoppedError("the crawl was stopped")
        await asyncio.sleep(min(left, _NAP))
