"""When a host may be asked: one request at a time, its crawl-delay, its Retry-After, a pause that grows where it is busy, its own speed.

Everything that leaves for the network takes a turn here. A wait counts for all that is asked of the host: robots.txt, sitemaps
and pages of every site on it. An answer from before an interruption counts as it did then: the host's clock stands where it stood.
"""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from math import inf
from time import monotonic
from urllib.parse import urlsplit

from scrapy.crawler import Crawler
from scrapy.http import Response

from spiders.trouble import LeftAloneError, StoppedError
from spiders.waiting import wait_in_crawl

BUSY = frozenset({429, 503})


@dataclass(slots=True)
class Pace:
    """One host's. Times are those of its own clock, in seconds."""

    crawl_delay: float = 0.0
    """Seconds between two requests that its robots.txt asks for."""
    throttle: float = 0.0
    """Seconds that its own answers ask for: about as long as they take."""
    ready_at: float = 0.0
    refusals: int = 0
    """Answers 429 or 503 in a row."""
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    sent_at: float = 0.0
    lag: float = 0.0
    """By how much its clock is behind: as long as the crawl was interrupted after the host's last answer."""

    def now(self) -> float:
        """What the host's clock shows."""
        return monotonic() - self.lag


class Paces:
    """The paces of all hosts of a crawl."""

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self._crawler = crawler
        self._delay = settings.getfloat("DOWNLOAD_DELAY")
        self._slowest = settings.getfloat("SAMVERKAN_SLOWEST")
        self._longest = settings.getfloat("SAMVERKAN_LONGEST_WAIT")
        self._first_pause = settings.getfloat("SAMVERKAN_BUSY_PAUSE")
        self._heeds_delays = settings.getbool("SAMVERKAN_HEED_DELAYS")
        max_time = settings.getfloat("SAMVERKAN_MAX_TIME")
        self._end = monotonic() + max_time if max_time else inf
        self._paces: dict[str, Pace] = {}

    def slow_down(self, url: str, delay: float) -> None:
        """From now on at least `delay` seconds lie between two requests to the host of `url` (its crawl-delay).

        Where its origins (http and https, ports) ask for different delays, the longest holds.
        """
        if self._heeds_delays:
            pace = self._pace(url)
            pace.crawl_delay = max(pace.crawl_delay, delay)
            pace.ready_at = max(pace.ready_at, pace.now() + delay)

    def postpone(self, url: str, seconds: float) -> None:
        """The host of `url` is not asked before so many seconds have passed."""
        pace = self._pace(url)
        pace.ready_at = max(pace.ready_at, pace.now() + seconds)

    def wait_of(self, url: str) -> float:
        """Seconds until the host of `url` may be asked again."""
        pace = self._pace(url)
        return max(0.0, pace.ready_at - pace.now())

    def age_of(self, url: str) -> float:
        """Seconds since the host of `url` was last asked."""
        pace = self._pace(url)
        return pace.now() - pace.sent_at

    def is_left_alone(self, url: str) -> bool:
        """Whether the host of `url` asks for more patience than we have."""
        return self.wait_of(url) > max(self._longest, self._pace(url).crawl_delay)

    async def take_turn(self, url: str) -> None:
        """Returns when the host may be asked; then `end_turn` must follow.

        Raises LeftAloneError where it asks for more patience than we have, StoppedError where time is up or the crawl is stopped.
        """
        pace = self._pace(url)
        await pace.turn.acquire()
        try:
            await self._wait(pace, url)
        except BaseException:
            pace.turn.release()
            raise
        pace.sent_at = pace.now()

    def end_turn(self, url: str, response: Response | None) -> None:
        """Notes how the host answered (None: not at all), and lets the next one ask."""
        pace = self._pace(url)
        pace.turn.release()
        self._adapt(pace, pace.now() - pace.sent_at, is_good=response is not None and response.status < 400)
        self._pause(pace, response)

    def hear_again(self, url: str, response: Response | None, came_at: datetime, seconds: float) -> None:
        """Notes an answer from before an interruption as if it came now (None: there was none); it had been waited for so long."""
        pace = self._pace(url)
        pace.lag = (datetime.now(UTC) - came_at).total_seconds()
        pace.sent_at = pace.now() - seconds
        self._pause(pace, response)

    def _pause(self, pace: Pace, response: Response | None) -> None:
        """Before the host is asked for more."""
        pause = max(self._delay, pace.crawl_delay, pace.throttle)
        if response is not None and self._heeds_delays:
            pause = max(pause, self._busy_pause(pace, response))
        pace.ready_at = max(pace.ready_at, pace.now() + pause)

    async def _wait(self, pace: Pace, url: str) -> None:
        while (wait := pace.ready_at - pace.now()) > 0:
            if wait > max(self._longest, pace.crawl_delay):
                raise LeftAloneError(f"{host_of(url)} asks to be left alone for {wait:.0f} s")
            if monotonic() + wait > self._end:
                raise StoppedError("the crawl ends before the host may be asked again")
            await wait_in_crawl(wait, self._crawler)

    def _adapt(self, pace: Pace, latency: float, *, is_good: bool) -> None:
        """Half way towards the time of the last answer; errors, which often come fast, speed nothing up."""
        wanted = min(self._slowest, max(latency, (pace.throttle + latency) / 2))
        pace.throttle = wanted if is_good else max(wanted, pace.throttle)

    def _busy_pause(self, pace: Pace, response: Response) -> float:
        if response.status not in BUSY:
            pace.refusals = 0
            return 0.0
        pace.refusals += 1
        asked = read_retry_after(response.headers.get("Retry-After"), datetime.now(UTC) - timedelta(seconds=pace.lag))
        return asked if asked is not None else self._first_pause * 2 ** (pace.refusals - 1)

    def _pace(self, url: str) -> Pace:
        return self._paces.setdefault(host_of(url), Pace())


def read_retry_after(value: bytes | None, now: datetime) -> float | None:
    """Seconds from now, of "120" or an HTTP date (RFC 9110, 10.2.3); never negative, None where it says neither."""
    text = (value or b"").decode("latin-1").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):  # OverflowError: of an hour with twenty digits
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


def host_of(url: str) -> str:
    """The host whose requests are counted together: "ale.se." is "ale.se"."""
    return (urlsplit(url).hostname or "").rstrip(".")
