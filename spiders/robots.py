"""robots.txt (RFC 9309): read before any other request of its host, and where it cannot be read the host is left alone.

Scrapy's own middleware lets requests through that start while robots.txt is under way, and allows everything where
robots.txt fails; both measured with Scrapy 2.19.
"""

import asyncio
import logging
from time import monotonic
from typing import Self
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from archive.codings import TooLargeError, UndecodableError
from schemas.visit import SiteVisit
from spiders.answers import is_redirect, make_page, read_location
from spiders.network import network_of
from spiders.robots_rules import Robots, UnreachableError, allow_everything, forbid_everything, read_robots
from spiders.trouble import NETWORK_TROUBLE, FetchError, LeftAloneError, PrivateAddressError, StoppedError, describe_trouble

MOST_REDIRECTS = 5
FIRST_PAUSE = 1.0
"""Seconds before a robots.txt that failed is asked for again; doubled each time."""
PURPOSE = "robots"

logger = logging.getLogger(__name__)


def leave_alone(url: str, reason: str) -> Robots:
    """What holds where robots.txt could not be read: nothing is allowed."""
    logger.warning("%s: %s; nothing of this host is fetched", url, reason)
    return forbid_everything(UnreachableError(f"robots.txt: {reason}"))


class RobotsMiddleware:
    """Asks for each origin's robots.txt once, makes every other request wait for the answer, and refuses what it forbids."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._patience = crawler.settings.getfloat("SAMVERKAN_ROBOTS_PATIENCE")
        self._answers: dict[str, asyncio.Future[Robots]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raises DeniedError or UnreachableError; else the answer lies in `request.meta["robots"]` for the spider."""
        if request.meta.get("purpose") == PURPOSE:
            return
        robots = request.meta["robots"] = await self.read(request)
        robots.check(request.url)

    async def read(self, request: Request) -> Robots:
        """What the origin of a request allows; waits where it is being asked already."""
        origin = "{0.scheme}://{0.netloc}".format(urlsplit(request.url))
        if origin not in self._answers:
            self._answers[origin] = asyncio.ensure_future(self._ask(origin, request.meta.get("visit")))
        return await self._answers[origin]

    async def _ask(self, origin: str, visit: SiteVisit | None) -> Robots:
        url = f"{origin}/robots.txt"
        try:
            robots = await self._fetch(url, visit)
        except StoppedError:
            del self._answers[origin]
            raise
        except LeftAloneError as error:
            robots = leave_alone(url, str(error))
        except IgnoreRequest as error:  # of our own making: a private network, a budget spent
            robots = forbid_everything(error)
        if robots.delay and not robots.fault:
            network_of(self._crawler).paces.slow_down(origin, robots.delay)
        return robots

    async def _fetch(self, url: str, visit: SiteVisit | None) -> Robots:
        """Asks until there is an answer to go by, at most for the patience set; then nothing may be fetched (RFC 9309 2.3.1.4)."""
        paces = network_of(self._crawler).paces
        left, pause = self._patience, FIRST_PAUSE
        while isinstance(answer := await self._request(url, left, visit), str):
            left -= paces.age_of(url)  # by the host's clock, which counts what was waited for before an interruption
            paces.postpone(url, pause)
            if (left := left - paces.wait_of(url)) < 0:
                return leave_alone(url, answer)
            pause *= 2
        return answer

    async def _request(self, url: str, seconds: float, visit: SiteVisit | None) -> Robots | str:
        """The rules, or why there is no answer to go by. After more than five redirects it counts as missing (2.3.1.2)."""
        first, deadline = url, monotonic() + seconds
        for _ in range(MOST_REDIRECTS + 1):
            try:
                response = await self._crawler.engine.download_async(_robots_request(url, max(1.0, deadline - monotonic()), visit))
            except (*NETWORK_TROUBLE, FetchError) as error:
                return describe_trouble(error)
            except PrivateAddressError as error:
                if url == first:
                    raise
                return leave_alone(first, f"it leads to {url}: {error}")
            if not is_redirect(response):
                return judge_answer(response)
            if (following := read_target(url, response)) is None:
                return leave_alone(first, "it leads to what is no web address")
            url = following
        return allow_everything()


def judge_answer(response: Response) -> Robots | str:
    """2xx: its rules. 4xx other than 429: there are none, everything is allowed (2.3.1.3). Else why it is no answer to go by."""
    if 400 <= response.status < 500 and response.status != 429:
        return allow_everything()
    if response.status >= 429:
        return f"HTTP {response.status}"
    try:
        page = make_page(response)
    except (UndecodableError, TooLargeError):
        return leave_alone(response.url, "unreadable body")
    is_there = 200 <= page.status < 300  # 3xx: a redirect to nowhere, a 304 that nobody asked for
    return read_robots(page.body) if is_there else f"HTTP {page.status}"


def read_target(url: str, response: Response) -> str | None:
    """The web address that a redirect leads to; None where that is a file, a mailbox, or no address at all."""
    try:
        target = urljoin(url, read_location(response))
        parts = urlsplit(target)
        return target if parts.scheme in ("http", "https") and parts.hostname and parts.port != 0 else None
    except ValueError:  # "http://[", "http://ale.se:port/"
        return None


def _robots_request(url: str, timeout: float, visit: SiteVisit | None) -> Request:
    meta = {"purpose": PURPOSE, "visit": visit, "dont_retry": True, "download_timeout": timeout}
    return Request(url, callback=NO_CALLBACK, meta=meta, dont_filter=True)
