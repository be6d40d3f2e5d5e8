"""robots.txt (RFC 9309): read before any other request of its host, and where it cannot be read the host is left alone.

Scrapy's own middleware lets requests through that start while robots.txt is under way, and allows everything where
robots.txt fails; both measured with Scrapy 2.19.
"""

import asyncio
import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic
from typing import Self
from urllib.parse import urljoin, urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from archive.codings import TooLargeError, UndecodableError
from spiders.archiving import make_page
from spiders.pace import PaceMiddleware, read_retry_after
from spiders.trouble import NETWORK_TROUBLE, StoppedError, describe_trouble
from spiders.waiting import wait_in_crawl

PRODUCT_TOKEN = "samverkan"
LARGEST = 500 * 1024
"""Bytes of a robots.txt that are read; RFC 9309 2.5 asks for at least as many."""
LONGEST_DELAY = 3600.0
"""Seconds. A site that wants more between two requests cannot be crawled in a night; it is left, and named."""
MOST_REDIRECTS = 5
FIRST_PAUSE = 1.0

logger = logging.getLogger(__name__)


class DeniedError(IgnoreRequest):
    """Raised where a robots.txt that was read forbids the request; the site is `denied` if nothing else could be fetched."""


class UnreachableError(IgnoreRequest):
    """Raised where robots.txt answered 429 or 5xx, or not at all; the site is `unreachable`."""


@dataclass(frozen=True, slots=True)
class Robots:
    """What one origin (scheme, host, port) allows. `trouble` says why nothing at all may be asked for."""

    rules: Protego
    trouble: IgnoreRequest | None = None

    @property
    def sitemaps(self) -> list[str]:
        """The addresses that `Sitemap:` lines name, as they stand."""
        return list(self.rules.sitemaps)

    @property
    def delay(self) -> float:
        """Seconds that should lie between two requests."""
        return self.rules.crawl_delay(PRODUCT_TOKEN) or 0.0

    def check(self, url: str) -> None:
        """Raises DeniedError or UnreachableError where the address may not be asked for."""
        if self.trouble:
            raise self.trouble
        if not self.rules.can_fetch(url, PRODUCT_TOKEN):
            raise DeniedError(f"robots.txt forbids {url}")


def read_robots(body: bytes) -> Robots:
    """The rules of a robots.txt as received (UTF-8, whole lines of the first 500 KiB); anything else in it allows everything."""
    if len(body) > LARGEST:
        body = body[:LARGEST].rpartition(b"\n")[0]
    robots = Robots(Protego.parse(body.decode("utf-8-sig", "replace")))
    if robots.delay > LONGEST_DELAY:
        return Robots(robots.rules, DeniedError(f"robots.txt asks for {robots.delay:.0f} s between two requests"))
    return robots


def leave_alone(url: str, reason: str) -> Robots:
    """What holds where robots.txt could not be read: nothing is allowed."""
    logger.warning("%s: %s; nothing of this host is fetched", url, reason)
    return Robots(Protego.parse(""), UnreachableError(f"robots.txt: {reason}"))


class RobotsMiddleware:
    """Asks for each origin's robots.txt once, makes every other request wait for the answer, and refuses what it forbids."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._patience = crawler.settings.getfloat("SAMVERKAN_ROBOTS_PATIENCE")
        self._heeds_delays = crawler.settings.getbool("SAMVERKAN_HEED_DELAYS")
        self._answers: dict[str, asyncio.Future[Robots]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raises DeniedError or UnreachableError; else the answer lies in `request.meta["robots"]` for the spider."""
        if request.meta.get("is_robots"):
            return
        robots = request.meta["robots"] = await self.read(request.url)
        robots.check(request.url)

    async def read(self, url: str) -> Robots:
        """What the origin of `url` allows; waits where it is being asked already."""
        origin = "{0.scheme}://{0.netloc}".format(urlsplit(url))
        if origin not in self._answers:
            self._answers[origin] = asyncio.ensure_future(self._ask(origin))
        return await self._answers[origin]

    async def _ask(self, origin: str) -> Robots:
        url = f"{origin}/robots.txt"
        try:
            robots = await self._fetch(url)
        except StoppedError:
            raise
        except IgnoreRequest as error:  # of our own making: the host wants to be left alone
            robots = leave_alone(url, str(error))
        if robots.delay and self._heeds_delays and not robots.trouble:
            pace = self._crawler.get_downloader_middleware(PaceMiddleware)
            assert pace, "PaceMiddleware keeps the crawl-delay: it must stand in DOWNLOADER_MIDDLEWARES"
            pace.slow_down(origin, robots.delay)
        return robots

    async def _fetch(self, url: str) -> Robots:
        """Asks until there is an answer to go by, at most for the patience set; then nothing may be fetched (RFC 9309 2.3.1.4)."""
        deadline = monotonic() + self._patience
        pause = FIRST_PAUSE
        while True:
            response, failure = await self._request(url, deadline)
            if response is not None and response.status != 429 and response.status < 500:
                return self._read(response)
            asked = read_retry_after(response.headers.get("Retry-After"), datetime.now(UTC)) if response is not None else None
            wait = max(pause, asked or 0.0)
            if monotonic() + wait > deadline:
                return leave_alone(url, failure)
            await wait_in_crawl(wait, self._crawler)
            pause *= 2

    def _read(self, response: Response) -> Robots:
        """2xx: its rules. 4xx other than 429: there are none, everything is allowed (2.3.1.3)."""
        if not 200 <= response.status < 300:
            return read_robots(b"")
        try:
            return read_robots(make_page(response).body)
        except (UndecodableError, TooLargeError):
            return leave_alone(response.url, "unreadable body")

    async def _request(self, url: str, deadline: float) -> tuple[Response | None, str]:
        """The answer at the end of at most five redirects; a longer way is no answer to go by: an empty robots.txt (2.3.1.2)."""
        response: Response | None = None
        for _ in range(MOST_REDIRECTS + 1):
            timeout = max(1.0, deadline - monotonic())
            try:
                response = await self._crawler.engine.download_async(_robots_request(url, timeout))
            except NETWORK_TROUBLE as error:
                return None, describe_trouble(error)
            location = response.headers.get("Location")
            if not (300 <= response.status < 400 and location):
                break
            url = urljoin(url, location.decode("latin-1"))
            response = None
        return response or Response(url, status=404), f"HTTP {response.status}" if response else "too many redirects"


def _robots_request(url: str, timeout: float) -> Request:
    meta = {"is_robots": True, "dont_retry": True, "download_timeout": timeout}
    return Request(url, callback=NO_CALLBACK, meta=meta, dont_filter=True)
