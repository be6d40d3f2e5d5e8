"""When a host may be asked again: its crawl-delay, its Retry-After, and a growing pause where it answers 429 or 503 without one."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from math import inf
from time import monotonic
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from spiders.trouble import StoppedError
from spiders.waiting import wait_in_crawl

if TYPE_CHECKING:
    from scrapy import Spider

BUSY = frozenset({429, 503})


@dataclass(slots=True)
class Pace:
    """One host's: seconds between its requests, and the moment (monotonic clock) from which it may be asked again."""

    gap: float = 0.0
    ready_at: float = 0.0
    refusals: int = 0
    """Answers 429 or 503 in a row."""


class PaceMiddleware(RetryMiddleware):
    """Scrapy's retries, at the host's pace. A wait counts for every request to the host, robots.txt and all sites on it."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler.settings)
        self.crawler = crawler
        self._longest = crawler.settings.getfloat("SAMVERKAN_LONGEST_WAIT")
        self._first_pause = crawler.settings.getfloat("SAMVERKAN_BUSY_PAUSE")
        self._heeds_delays = crawler.settings.getbool("SAMVERKAN_HEED_DELAYS")
        max_time = crawler.settings.getfloat("SAMVERKAN_MAX_TIME")
        self._end = monotonic() + max_time if max_time else inf
        self._paces: dict[str, Pace] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def slow_down(self, url: str, gap: float) -> None:
        """From now on at least `gap` seconds lie between two requests to the host of `url` (its crawl-delay)."""
        pace = self._pace(url)
        pace.gap = gap
        pace.ready_at = max(pace.ready_at, monotonic() + gap)

    async def process_request(self, request: Request) -> None:
        """Waits for the host's turn; raises IgnoreRequest where it asks for more patience than we have, StoppedError where time is up."""
        pace = self._pace(request.url)
        while (wait := pace.ready_at - monotonic()) > 0:
            if wait > max(self._longest, pace.gap):
                raise IgnoreRequest(f"{_host(request.url)} asks to be left alone for {wait:.0f} s")
            if pace.ready_at > self._end:
                raise StoppedError("the crawl ends before the host may be asked again")
            await wait_in_crawl(wait, self.crawler)
        pace.ready_at = monotonic() + pace.gap

    def process_response(self, request: Request, response: Response, spider: "Spider | None" = None) -> Request | Response:
        """Notes what the host answered; 429, 5xx and empty pages are asked for again, at most RETRY_TIMES times."""
        if self._heeds_delays and self._note_answer(self._pace(request.url), response):
            return response
        if response.status == 200 and not response.body and not request.meta.get("dont_retry"):
            # SiteVision now and then answers an empty 200 (seen at kungsbacka.se) and the page when asked again
            return self._retry(request, "empty page") or response
        return super().process_response(request, response)

    def _note_answer(self, pace: Pace, response: Response) -> bool:
        """Sets when the host may be asked again; True where that is so late that it is left alone: process_request sees to it."""
        pace.refusals = pace.refusals + 1 if response.status in BUSY else 0
        pause = self._busy_pause(pace, response) if pace.refusals else pace.gap
        pace.ready_at = max(pace.ready_at, monotonic() + pause)
        return pace.refusals > 0 and pause > self._longest

    def _busy_pause(self, pace: Pace, response: Response) -> float:
        asked = read_retry_after(response.headers.get("Retry-After"), datetime.now(UTC))
        return asked if asked is not None else self._first_pause * 2 ** (pace.refusals - 1)

    def _pace(self, url: str) -> Pace:
        return self._paces.setdefault(_host(url), Pace())


def read_retry_after(value: bytes | None, now: datetime) -> float | None:
    """Seconds from now, of "120" or an HTTP date (RFC 9110, 10.2.3); never negative, None where it says neither."""
    text = (value or b"").decode("latin-1").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""
