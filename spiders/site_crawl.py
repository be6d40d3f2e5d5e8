"""One site's part of a crawl: what is known of it, what comes next, how it fared. Knows nothing of Scrapy."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from time import monotonic
from urllib.parse import urljoin

from registry.addresses import parent_domains, split_address
from registry.sites import Site
from schemas.facts import Issue
from schemas.page import Page
from schemas.values.url import canonical_url
from schemas.visit import SiteVisit, Trouble
from spiders.frontier import Candidate, Frontier, address_key
from spiders.known_pages import NOTHING_KNOWN, KnownPages
from spiders.limits import Limits
from spiders.links import Link
from spiders.scoring import GOOD, LinkScorer
from spiders.trouble import FAILED, Fault

EARLY = 2000
"""The score of a page that is looked at before the search begins."""
MOST_SITEMAPS = 20
"""Files per site. The largest municipal sitemap seen (25,000 addresses) is one file and an index; more is a register or a shop."""
MOST_DOCUMENTS = 50
"""Documents named per site: agreements, not archives of minutes."""


@dataclass(frozen=True, slots=True)
class EarlyPage:
    """A page of an earlier crawl: where it lies now, the addresses that lead to it, its links."""

    url: str
    keys: frozenset[str]
    links: tuple[Link, ...]


@dataclass(slots=True)
class SiteCrawl:
    """Counts into `visit`, gathers what went wrong, and knows the addresses to ask for: sitemaps first, then pages from the frontier."""

    site: Site
    visit: SiteVisit
    frontier: Frontier
    limits: Limits
    known: deque[str] = field(default_factory=deque)
    """Collaboration pages of earlier crawls that are to be looked at before anything else."""
    forgotten: deque[str] = field(default_factory=deque)
    """Pages of earlier crawls that were not looked at for long: they are, at the end."""
    sitemaps: deque[str] = field(default_factory=deque)
    outcome: str | None = None
    """What becomes of the site where no page comes: of the first page that failed."""
    stopped_by: str | None = None
    """Why the rest of the site was left, in words."""
    denials: list[str] = field(default_factory=list)
    documents: dict[str, str] = field(default_factory=dict)
    """Files that may tell of collaboration, which are not fetched: address and words of the link."""
    _early: dict[str, "EarlyPage"] = field(default_factory=dict)
    """The pages of earlier crawls that were looked at, until the search comes to them."""
    _issues: list[Trouble] = field(default_factory=list)
    _failures: int = 0
    _is_searching: bool = False
    """Whether the pages of earlier crawls were looked at."""
    _known_sitemaps: set[str] = field(default_factory=set)
    _begun: float = field(default_factory=monotonic)

    @classmethod
    def begin(cls, site: Site, limits: Limits, known_pages: KnownPages = NOTHING_KNOWN) -> "SiteCrawl":
        """A site with its start pages and the pages of earlier crawls known; `incomplete` until it is finished."""
        crawl = cls(
            site, SiteVisit(site.id, "incomplete"), Frontier(limits.pages_of(site), limits.depth, LinkScorer(site.owner_id)), limits
        )
        crawl.known.extend(known_pages.collaboration)
        crawl.forgotten.extend(known_pages.forgotten)
        for url in site.start_urls:
            crawl.frontier.add_start(url)
        return crawl

    def take_next(self) -> Candidate | str | None:
        """A page of earlier crawls, a sitemap's address, else the best page; None where nothing is left, or the site is to be left.

        The search for pages goes as it would without the early ones, so that an unchanged site gives the same pages again.
        """
        self.visit.pages_seen = self.frontier.seen
        if not self.known or self.frontier.budget <= 0 or self._failures >= self.limits.failures:
            self._begin_search()
        if self._is_to_be_left():
            return None
        if not self._is_searching:
            self.frontier.budget -= 1
            return Candidate(self.known.popleft(), EARLY, 1)
        return self.sitemaps.popleft() if self.sitemaps else self._search() or self._remind()

    def stop(self, reason: str) -> None:
        """Nothing more is to be asked for, in words for a person why."""
        self.stopped_by = self.stopped_by or reason

    def add_links(self, url: str, links: Iterable[Link], source: Candidate) -> None:
        """The links of the page at `url` that `source` led to; those of an early one are kept until the search comes to it."""
        if source.score == EARLY:
            early = EarlyPage(url, frozenset({address_key(source.url), address_key(url)}), tuple(links))
            self._early |= dict.fromkeys(early.keys, early)
        else:
            for link in links:
                self.frontier.add_link(link, source)

    def recall(self, url: str, source: Candidate) -> bool:
        """Whether the page at an address was looked at early; then its links are those of the search, which now comes to it."""
        if (early := self._early.get(address_key(url))) is None:
            return False
        for key in early.keys:
            del self._early[key]
        self.add_links(early.url, early.links, source)
        return True

    def _search(self) -> Candidate | None:
        """The best page that was not looked at early; where nothing is left, what early pages lead to that the search did not come to."""
        while True:
            if candidate := self.frontier.take():
                if not self.recall(candidate.url, candidate):
                    return candidate
                self.frontier.give_back()
            elif early := next(iter(self._early.values()), None):
                self.recall(early.url, Candidate(early.url, GOOD, 1))
            else:
                return None

    def _remind(self) -> Candidate | None:
        """A forgotten page that the search did not come to; its links lead nowhere from here."""
        while self.forgotten and self.frontier.budget > 0:
            url = self.forgotten.popleft()
            if self.frontier.claim(url):
                self.frontier.budget -= 1
                return Candidate(url, 0, self.limits.depth)
        return None

    def add_sitemaps(self, base_url: str, addresses: Iterable[str]) -> None:
        """Sitemaps named by robots.txt or an index, or that a redirect of one leads to.

        Those on other hosts, known ones, what is no address and the ones beyond the bound are left. `https` or `www.` makes another one
        of it: that is where most redirects lead.
        """
        for url in filter(None, (_join(base_url, address) for address in addresses)):
            if self._has_host(url) and canonical_url(url) not in self._known_sitemaps and len(self._known_sitemaps) < MOST_SITEMAPS:
                self._known_sitemaps.add(canonical_url(url))
                self.sitemaps.append(url)

    def add_document(self, url: str, words: str) -> None:
        """A file that promises something on collaboration; it is named, not fetched."""
        if len(self.documents) < MOST_DOCUMENTS:
            self.documents.setdefault(url, words)

    def count_page(self, page: Page) -> None:
        """One page's final answer."""
        if page.status != 200:
            self._count_failure(FAILED, f"HTTP {page.status} for {page.url}")
            self._failures += page.status == 429 or page.status >= 500
            return
        self._failures = 0
        if page.checked_at:
            self.visit.pages_unchanged += 1
        else:
            self.visit.pages_fetched += 1

    def count_fault(self, fault: Fault, url: str) -> None:
        """One page that could not be fetched."""
        self._failures += 1
        reason = f"{url}: {fault.reason}"
        self._count_failure(fault.outcome, reason)
        self.add_issue(fault.code, reason, url)

    def note_denial(self, reason: str, *, is_costless: bool) -> None:
        """One page that robots.txt forbids: no failure, unless there is nothing else; `is_costless`: no redirect had to be asked for."""
        self.denials.append(reason)
        if is_costless:
            self.frontier.give_back()

    def add_issue(self, code: str, message: str, url: str | None = None, severity: str = "warning") -> None:
        """Something to tell of the site."""
        self._issues.append(Trouble(Issue(code, message, severity, "pages", "url" if url else None, url), self.site.id, url))

    def take_issues(self) -> Iterator[Trouble]:
        """What came up since the last time."""
        while self._issues:
            yield self._issues.pop(0)

    def finish(self) -> None:
        """Nothing more is asked for. An outcome stands only where it is not for the pages to tell."""
        visit = self.visit
        visit.seconds = monotonic() - self._begun
        self._begin_search()
        left = self.frontier.good_left
        if visit.pages_fetched or visit.pages_unchanged:
            visit.outcome = "incomplete" if left or self.stopped_by else None
        else:
            visit.outcome = self.outcome or ("denied" if self.denials else "incomplete")
            visit.first_error = visit.first_error or next(iter(self.denials), None)
        self._tell_the_rest(left)

    def _tell_the_rest(self, left: int) -> None:
        if self.denials:
            self.add_issue("robots_denied", f"{self.denials[0]}; {len(self.denials)} addresses in all", severity="info")
        if left or self.stopped_by:
            reason = self.stopped_by or f"the budget of {self.limits.pages_of(self.site)} pages was spent"
            self.add_issue("budget_spent", f"{reason}; {left} addresses that look like collaboration were not asked for", severity="info")
        for url, words in self.documents.items():
            self.add_issue("document_not_fetched", f"A document that may tell of collaboration: {words or url}", url, "info")

    def _begin_search(self) -> None:
        """Known pages that were not looked at are as good as any other from here on.

        Failures are counted afresh: where all old addresses fail, the site may have been rebuilt, and its start pages lead to the new ones.
        """
        if not self._is_searching:
            self._is_searching = True
            self._failures = 0
            while self.known:
                self.frontier.add_known(self.known.popleft())

    def _is_to_be_left(self) -> bool:
        if self.stopped_by:
            return True
        if self._failures >= self.limits.failures:
            self.stopped_by = f"{self._failures} requests in a row failed"
        elif self.limits.site_seconds and monotonic() - self._begun > self.limits.site_seconds:
            self.stopped_by = f"the site took more than {self.limits.site_seconds:.0f} s"
        return self.stopped_by is not None

    def _count_failure(self, outcome: str, reason: str) -> None:
        self.visit.pages_failed += 1
        self.outcome = self.outcome or outcome
        self.visit.first_error = self.visit.first_error or reason

    def _has_host(self, url: str) -> bool:
        address = split_address(url)
        return address is not None and any(domain in self.site.allowed_domains for domain in parent_domains(address[0]))


def _join(base_url: str, address: str) -> str | None:
    """The address as seen from where it stands; None for what is none: "http://[::1/sitemap.xml"."""
    try:
        return urljoin(base_url, address)
    except ValueError:
        return None
