"""Which address of a site comes next: best first, breadth before depth, within a budget. Knows nothing of Scrapy."""

import heapq
from dataclasses import dataclass

from schemas.values.url import canonical_url
from spiders.scoring import GOOD, is_page_address, score_link

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
        self._known: set[int] = set()
        self._taken: set[int] = set()
        self._heap: list[tuple[int, int, int, Candidate]] = []
        self._serial = 0

    @property
    def seen(self) -> int:
        """Distinct addresses found so far, worth fetching or not."""
        return len(self._known)

    @property
    def good_left(self) -> bool:
        """Whether an address that looks like collaboration has not been handed out."""
        return any(candidate.score >= GOOD and _number(candidate.url) not in self._taken for *_, candidate in self._heap)

    def add_start(self, url: str) -> None:
        """A start page: asked for whatever its address looks like."""
        if self._is_new(url):
            self._push(Candidate(url, _START, 0))

    def add_link(self, url: str, words: str, source: Candidate) -> None:
        """A link found on `source`. From a page that promised nothing only promising links are followed: one blind step, never two."""
        if not self._is_new(url) or source.depth >= self._max_depth or not is_page_address(url):
            return
        score = score_link(url, words)
        if score > 0 or (score == 0 and source.score > 0):
            self._push(Candidate(url, score, source.depth + 1))

    def add_listed(self, url: str) -> None:
        """An address that a sitemap lists; sitemaps hold thousands, so only what looks like collaboration is kept."""
        if self._is_new(url) and is_page_address(url) and (score := score_link(url)) >= GOOD:
            self._push(Candidate(url, score, 1))

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

    def _push(self, candidate: Candidate) -> None:
        self._serial += 1
        heapq.heappush(self._heap, (-candidate.score, candidate.depth, self._serial, candidate))

    def _is_new(self, url: str) -> bool:
        return _add(self._known, url)

    def _take(self, url: str) -> bool:
        self._known.add(_number(url))
        return _add(self._taken, url)


def _add(numbers: set[int], url: str) -> bool:
    before = len(numbers)
    numbers.add(_number(url))
    return len(numbers) > before


def _number(url: str) -> int:
    """A number for an address, not its text: the sitemaps of 300 sites list two million of them."""
    return hash(address_key(url))


def address_key(url: str) -> str:
    """The address with what does not tell pages apart taken off: scheme, `www.`, fragment, sessions, tracking, order of parameters."""
    return canonical_url(url).partition("://")[2].removeprefix("www.")
