"""How far a crawl has come, in figures and in words: what its spider counts, looked at now and then. Knows nothing of Scrapy."""

from collections import deque
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from itertools import islice

from samverkan.display import count, show_duration
from samverkan.reasons import shorten_reason
from samverkan.time_left import SiteUnderWay, estimate_time_left, show_rough_duration
from schemas.visit import SiteVisit

RATE_WINDOW = 60.0
"""Seconds over which pages per second are counted: long enough not to jump, short enough to show that a crawl stands still."""
MOST_TROUBLES = 4
TROUBLED = frozenset({"denied", "unreachable", "failed"})


@dataclass(slots=True)
class CrawlState:
    """Looks at `visits` each time that it is told to. Times are seconds of one clock."""

    began_at: float
    budget: int
    """Pages per site."""
    end: float
    """When the crawl will stop, whatever is left; infinite where nobody said so."""
    chosen: int = 0
    done: int = 0
    pages: int = 0
    unchanged: int = 0
    requests: int = 0
    troubles: dict[str, str] = field(default_factory=dict)
    """Sites of which nothing comes, in the order in which that was noticed, and why."""
    under_way: list[SiteUnderWay] = field(default_factory=list)
    took: dict[str, float] = field(default_factory=dict)
    """The seconds of each site that was begun and done while we looked."""
    _begun: dict[str, float] = field(default_factory=dict)
    _marks: deque[tuple[float, int]] = field(default_factory=deque)

    def observe(self, now: float, visits: Mapping[str, SiteVisit], finished: Collection[str], chosen: int) -> None:
        """Takes in what the spider has counted so far: all visits begun, the ids of those that are over, the number of sites chosen."""
        self.chosen, self.done = max(chosen, len(visits)), len(finished)
        self.pages = sum(count_received(visit) for visit in visits.values())
        self.unchanged = sum(visit.pages_unchanged for visit in visits.values())
        self.requests = sum(visit.requests for visit in visits.values())
        for site_id, visit in visits.items():
            self._follow(site_id, visit, now, is_over=site_id in finished)
        current = (site_id for site_id in visits if site_id not in finished)
        self.under_way = [self._describe(visits[site_id], now - self._begun[site_id]) for site_id in current]
        self._marks.append((now, self.pages))
        while now - self._marks[0][0] > RATE_WINDOW:
            self._marks.popleft()

    def pages_per_second(self, now: float) -> float:
        """Over the last minute, or since the start where that is less."""
        since, pages = self._marks[0]
        return (self.pages - pages) / (now - since) if now > since else 0.0

    def time_left(self, now: float) -> float | None:
        """Seconds, None where they cannot be known yet."""
        waiting = self.chosen - self.done - len(self.under_way)
        estimate = estimate_time_left(list(self.took.values()), self.under_way, max(0, waiting))
        return None if estimate is None else max(0.0, min(estimate, self.end - now))

    def _follow(self, site_id: str, visit: SiteVisit, now: float, *, is_over: bool) -> None:
        if is_over and site_id in self._begun:
            self.took.setdefault(site_id, now - self._begun[site_id])
        elif not is_over:
            self._begun.setdefault(site_id, now)
        if visit.first_error and is_troubled(visit):
            self.troubles.setdefault(site_id, shorten_reason(visit.first_error))

    def _describe(self, visit: SiteVisit, age: float) -> SiteUnderWay:
        return SiteUnderWay(age, count_received(visit) + visit.pages_failed, self.budget)


def count_received(visit: SiteVisit) -> int:
    """Pages that came, or are known to be as they were."""
    return visit.pages_fetched + visit.pages_unchanged


def is_troubled(visit: SiteVisit) -> bool:
    """Whether more fails at the site than comes; a page that is missing now and then is no trouble."""
    return visit.outcome in TROUBLED or visit.pages_failed > count_received(visit)


def tell_time(state: CrawlState, now: float) -> str:
    """ "4 min 12 s, about 20 min left" """
    elapsed = show_duration(now - state.began_at)
    left = state.time_left(now)
    return f"{elapsed}, {show_rough_duration(left)} left" if left is not None else f"{elapsed}"


def tell_figures(state: CrawlState, now: float, facts: int) -> list[str]:
    """Sites, then pages and what was asked for them."""
    unchanged = f" ({state.unchanged:,} unchanged)" if state.unchanged else ""
    rate = f"{state.pages_per_second(now):.1f} a second"
    return [
        f"{state.done:,} of {count(state.chosen, 'site')} done, {len(state.under_way)} under way",
        f"{count(state.pages, 'page')}{unchanged}, {rate}, {count(state.requests, 'request')}, {count(facts, 'fact')}",
    ]


def tell_troubles(state: CrawlState) -> list[str]:
    """How many sites are in trouble, then the last few: "itsam: no answer in time"."""
    if not state.troubles:
        return []
    last = list(islice(reversed(state.troubles.items()), MOST_TROUBLES))
    return [f"{count(len(state.troubles), 'site')} in trouble", *(f"  {site_id}: {reason}" for site_id, reason in last)]
