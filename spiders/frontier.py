"""Which address of a site comes next: best first, breadth before depth, within a budget. Knows nothing of Scrapy."""

import heapq
from dataclasses import dataclass
from itertools import count

from schemas.values.url import canonical_url
from spiders.scoring import GOOD, HOPELESS, is_page_address, score_link

_START = 1000
"""Points of a start page: before everything that was found."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address to ask for: its points, and how many links it lies from a start page (sitemaps: 1)."""

    url: str
    score: int
    depth: int


class Frontier:
    """The addresses known of one site. Each is handed out once, whichever way (scheme, `www.`, parameter order) it is written."""

    def __init__(self, budget: int, max_depth: int) -> None:
        self.budget = budget
        self._max_depth = max_depth
        self._seen: set[int] = set()
        self._taken: set[int] = set()
        self._offers: dict[int, int] = {}
        self._heap: list[tuple[int, int, int, Candidate]] = []
        self._serials = count()

    @property
    def seen(self) -> int:
        """Distinct addresses found so far, worth fetching or not."""
        return len(self._seen)

    @property
    def good_left(self) -> bool:
        """Whether an address that looks like collaboration has not been handed out."""
        return any(candidate.score >= GOOD and _number(candidate.url) not in self._taken for *_, candidate in self._heap)

    def add_start(self, url: str) -> None:
        """A start page: asked for whatever its address looks like."""
        self._see(url)
        self._offer(Candidate(url, _START, 0))

    def add_link(self, url: str, words: str, source: Candidate) -> None:
        """A link found on `source`. From a page that promised nothing only promising links are followed: one blind step, never two."""
        self._see(url)
        if source.depth < self._max_depth and is_page_address(url):
            score = score_link(url, words)
            if score > 0 or (score > HOPELESS and source.score > 0):
                self._offer(Candidate(url, score, source.depth + 1))

    def add_listed(self, url: str) -> None:
        """An address that a sitemap lists; sitemaps hold thousands, so only what looks like collaboration is kept."""
        self._see(url)
        if is_page_address(url) and (score := score_link(url)) >= GOOD:
            self._offer(Candidate(url, score, 1))

    def take(self) -> Candidate | None:
        """The best address left, counted against the budget; None where there is none or the budget is spent."""
        while self._heap and self.budget > 0:
            candidate = heapq.heappop(self._heap)[-1]
            if self._take(candidate.url):
                self.budget -= 1
                return candidate
        return None

    def take_redirect(self, source: str, target: str) -> bool:
        """Whether to follow a redirect: not to an address that had its turn already, other than to `https` or `www.` of itself."""
        return address_key(source) == address_key(target) or self._take(target)

    def _see(self, url: str) -> None:
        self._seen.add(_number(url))

    def _offer(self, candidate: Candidate) -> None:
        """Puts it where its points belong, unless it stands there already: another link's words may promise more."""
        number = _number(candidate.url)
        if number not in self._taken and candidate.score > self._offers.get(number, HOPELESS):
            self._offers[number] = candidate.score
            heapq.heappush(self._heap, (-candidate.score, candidate.depth, next(self._serials), candidate))

    def _take(self, url: str) -> bool:
        """Whether the address had not been taken before."""
        self._see(url)
        before = len(self._taken)
        self._taken.add(_number(url))
        return len(self._taken) > before


def _number(url: str) -> int:
    """A number for an address, not its text: the sitemaps of 300 sites list two million of them."""
    return hash(address_key(url))


def address_key(url: str) -> str:
    """The address with what does not tell pages apart taken off: scheme, `www.`, fragment, sessions, tracking, order of parameters."""
    return canonical_url(url).partition("://")[2].removeprefix("www.")
