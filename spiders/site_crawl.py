"""One site's part of a crawl: what is known of it, what comes next, how it fared. Knows nothing of Scrapy."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urljoin

from registry.addresses import parent_domains, split_address
from registry.sites import Site
from schemas.visit import SiteVisit
from spiders.frontier import Frontier, address_key

MOST_SITEMAPS = 20
"""Files per site. The largest municipal sitemap seen (25,000 addresses) is one file and an index; more is a register or a shop."""


@dataclass(slots=True)
class SiteCrawl:
    """Counts into `visit`, and knows the addresses to ask for: sitemaps first, then pages from the frontier."""

    site: Site
    visit: SiteVisit
    frontier: Frontier
    sitemaps: deque[str] = field(default_factory=deque)
    trouble: str | None = None
    """The way in which the first page that could not be fetched failed: unreachable | failed."""
    denial: str | None = None
    """The first thing that robots.txt forbade."""
    _sitemap_keys: set[str] = field(default_factory=set)

    @classmethod
    def begin(cls, site: Site, *, max_pages: int, max_depth: int) -> "SiteCrawl":
        """A site with nothing but its start pages known; `incomplete` until it is finished."""
        crawl = cls(site, SiteVisit(site.id, "incomplete"), Frontier(max_pages, max_depth))
        for url in site.start_urls:
            crawl.frontier.add_start(url)
        return crawl

    def add_sitemaps(self, base_url: str, addresses: Iterable[str]) -> None:
        """Sitemaps named by robots.txt or an index; those on other hosts, known ones and the ones beyond the bound are left."""
        for url in (urljoin(base_url, address) for address in addresses):
            if self._has_host(url) and address_key(url) not in self._sitemap_keys and len(self._sitemap_keys) < MOST_SITEMAPS:
                self._sitemap_keys.add(address_key(url))
                self.sitemaps.append(url)

    def count_page(self, status: int, url: str) -> None:
        """One page's final answer."""
        if status == 200:
            self.visit.pages_fetched += 1
        else:
            self.count_failure("failed", f"HTTP {status} for {url}")

    def count_failure(self, trouble: str, reason: str) -> None:
        """One page that could not be fetched, in words for a person."""
        self.visit.pages_failed += 1
        self.trouble = self.trouble or trouble
        self.visit.first_error = self.visit.first_error or reason

    def note_denial(self, reason: str) -> None:
        """One page that robots.txt forbids: no failure, unless there is nothing else."""
        self.denial = self.denial or reason

    def finish(self) -> None:
        """Nothing more is asked for. An outcome stands only where it is not for the pages to tell."""
        if not self.visit.pages_fetched:
            self.visit.outcome = self.trouble or ("denied" if self.denial else "incomplete")
            self.visit.first_error = self.visit.first_error or self.denial
        else:
            self.visit.outcome = "incomplete" if self.frontier.good_left else None

    def _has_host(self, url: str) -> bool:
        address = split_address(url)
        return address is not None and any(domain in self.site.allowed_domains for domain in parent_domains(address[0]))
