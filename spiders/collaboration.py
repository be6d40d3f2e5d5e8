"""Fetches the pages of a site that look like collaboration pages: from its start pages, its sitemaps, and links that promise some.

Every final answer to a request for a page becomes a Page, whatever its status: the run sorts pages, errors and other
documents. Sections on the way are pages like others. No facts are read here.
"""

from collections import deque
from collections.abc import AsyncIterator, Iterator, Sequence
from math import inf
from pathlib import Path
from time import monotonic
from typing import Any, Self
from urllib.parse import urldefrag, urljoin

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from archive.codings import TooLargeError, UndecodableError
from archive.containers import check_archive
from parsers.page.charset import decode_body
from registry.sites import Site, SiteList, load_sites
from schemas.errors import UsageError
from schemas.page import Page
from schemas.visit import SiteVisit
from spiders.archiving import make_page
from spiders.frontier import Candidate
from spiders.identity import make_user_agent
from spiders.limits import Limits
from spiders.links import find_links
from spiders.robots import DeniedError, Robots, UnreachableError
from spiders.site_crawl import SiteCrawl
from spiders.sitemap import read_sitemap
from spiders.trouble import NETWORK_TROUBLE, StoppedError, describe_trouble

MOST_REDIRECTS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})
HTML = frozenset({"text/html", "application/xhtml+xml", None})


class CollaborationSpider(Spider):
    """One request at a time for each site, the best address known at that moment; `-a sites=lillaedet,ale` chooses sites.

    `visits` tells how each site fared that the crawl came to, `finished` which of them are done.
    """

    name = "collaboration"

    def __init__(self, site_list: SiteList, chosen: Sequence[Site], limits: Limits) -> None:
        super().__init__()
        self.visits: dict[str, SiteVisit] = {}
        self.finished: set[str] = set()
        self.sites_chosen = len(chosen)
        self._site_list = site_list
        self._waiting = deque(chosen)
        self._limits = limits
        self._end = monotonic() + limits.seconds if limits.seconds else inf

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, sites: str = "", **kwargs: Any) -> Self:
        """Raises UsageError for an unknown site, a missing contact, a missing archive: before anything is opened or asked for."""
        settings = crawler.settings
        if replay := settings.get("SAMVERKAN_REPLAY"):
            check_archive(Path(replay))
        else:
            settings.set("USER_AGENT", make_user_agent(settings["USER_AGENT"], settings.get("SAMVERKAN_CONTACT")), "cmdline")
        path = settings.get("SAMVERKAN_SITES")
        site_list = load_sites(Path(path) if path else None)
        return super().from_crawler(crawler, site_list, choose_sites(site_list, sites), Limits.from_settings(settings))

    async def start(self) -> AsyncIterator[Any]:
        """As many sites at once as there may be requests; each that is done makes room for the next."""
        for _ in range(self._limits.sites_at_once):
            for request in self._begin_next():
                yield request

    def read_page(self, response: Response, crawl: SiteCrawl, candidate: Candidate, trail: tuple[str, ...]) -> Iterator[Page | Request]:
        """A page's final answer, and then the site's next request; a redirect is followed within the site."""
        self._learn_sitemaps(crawl, response.meta.get("robots"), response.url)
        if is_redirect(response):
            following = self._follow(response, crawl, candidate, trail)
            yield from [following] if following else self._go_on(crawl)
            return
        if page := self._read_body(response, crawl, trail):
            crawl.count_page(page.status, page.url)
            yield page
            self._add_links(page, crawl, candidate)
        yield from self._go_on(crawl)

    def read_sitemap(self, response: Response, crawl: SiteCrawl) -> Iterator[Request]:
        """A sitemap's addresses, and then the site's next request. Most sites have none; that is no failure."""
        if is_redirect(response):
            crawl.add_sitemaps(response.url, [location(response)])
        elif response.status == 200 and (page := self._read_body(response)):
            sitemap = read_sitemap(page.body)
            crawl.add_sitemaps(response.url, sitemap.sitemaps)
            for url in sitemap.pages:
                if self._site_list.site_of(url) == crawl.site:
                    crawl.frontier.add_listed(url)
        yield from self._go_on(crawl)

    def miss_page(self, failure: Failure) -> Iterator[Request]:
        """A page that got no answer, or may not be asked for; then the site's next request."""
        request: Request = failure.request  # type: ignore[attr-defined]
        crawl: SiteCrawl = request.cb_kwargs["crawl"]
        self._learn_sitemaps(crawl, request.meta.get("robots"), request.url)
        if isinstance(failure.value, DeniedError):
            crawl.note_denial(str(failure.value))
            crawl.frontier.budget += 1  # it was not asked for
        elif not isinstance(failure.value, StoppedError):
            crawl.count_failure(*name_trouble(failure.value, request.url))
        yield from self._go_on(crawl)

    def miss_sitemap(self, failure: Failure) -> Iterator[Request]:
        """The site's next request."""
        yield from self._go_on(failure.request.cb_kwargs["crawl"])  # type: ignore[attr-defined]

    def _begin_next(self) -> Iterator[Request]:
        """The first request of a site that waits for its turn; nothing where none does or the time is up."""
        if self._waiting and monotonic() < self._end:
            site = self._waiting.popleft()
            crawl = SiteCrawl.begin(site, max_pages=self._limits.pages_of(site), max_depth=self._limits.depth)
            self.visits[site.id] = crawl.visit
            yield from self._go_on(crawl)

    def _go_on(self, crawl: SiteCrawl) -> Iterator[Request]:
        """The site's next request; where it has none, the first of another site."""
        crawl.visit.pages_seen = crawl.frontier.seen
        if monotonic() < self._end:
            if crawl.sitemaps:
                yield self._request_sitemap(crawl.sitemaps.popleft(), crawl)
                return
            if candidate := crawl.frontier.take():
                yield self._request_page(candidate.url, crawl, candidate)
                return
        crawl.finish()
        self.finished.add(crawl.site.id)
        yield from self._begin_next()

    def _request_page(self, url: str, crawl: SiteCrawl, candidate: Candidate, trail: tuple[str, ...] = ()) -> Request:
        # dont_filter: the frontier hands out each address once, and a request dropped unseen would end the site's crawl
        arguments = {"crawl": crawl, "candidate": candidate, "trail": (*trail, url)}
        return Request(url, self.read_page, errback=self.miss_page, cb_kwargs=arguments, dont_filter=True)

    def _request_sitemap(self, url: str, crawl: SiteCrawl) -> Request:
        return Request(url, self.read_sitemap, errback=self.miss_sitemap, cb_kwargs={"crawl": crawl}, dont_filter=True)

    def _follow(self, response: Response, crawl: SiteCrawl, candidate: Candidate, trail: tuple[str, ...]) -> Request | None:
        """The request that a redirect asks for; None where it leads off the site, in circles, or to a page that had its turn."""
        target = urldefrag(urljoin(response.url, location(response))).url
        if self._site_list.site_of(target) != crawl.site:
            crawl.count_failure("failed", f"{response.url} leads off the site, to {target}")
        elif len(trail) > MOST_REDIRECTS or target in trail:
            crawl.count_failure("failed", f"{response.url}: too many redirects")
        elif crawl.frontier.take_redirect(response.url, target):
            return self._request_page(target, crawl, candidate, trail)
        return None

    def _read_body(self, response: Response, crawl: SiteCrawl | None = None, trail: tuple[str, ...] = ()) -> Page | None:
        try:
            return make_page(response, *trail[:1])
        except (UndecodableError, TooLargeError) as error:
            if crawl:
                crawl.count_failure("failed", f"{response.url}: unreadable body ({error or 'too large'})")
            return None

    def _add_links(self, page: Page, crawl: SiteCrawl, candidate: Candidate) -> None:
        if page.status != 200 or page.content_type not in HTML:
            return
        text, encoding = decode_body(page.body, page.header("content-type"))
        for link in find_links(text, page.url, encoding):
            if self._site_list.site_of(link.url) == crawl.site:
                crawl.frontier.add_link(link.url, link.words, candidate)

    def _learn_sitemaps(self, crawl: SiteCrawl, robots: Robots | None, url: str) -> None:
        """What an origin's robots.txt names; /sitemap.xml where it names none. Known ones are not taken twice."""
        if robots and not robots.trouble:
            crawl.add_sitemaps(url, robots.sitemaps or ["/sitemap.xml"])


def choose_sites(site_list: SiteList, wanted: str) -> list[Site]:
    """The sites of a comma-separated list of ids, each once; all where it is empty. Raises UsageError that names an unknown one."""
    ids = dict.fromkeys(site_id.strip() for site_id in wanted.split(",") if site_id.strip())
    if unknown := [site_id for site_id in ids if site_list.get(site_id) is None]:
        raise UsageError(f"There is no site {', '.join(unknown)}. The known ones: samverkan sites")
    return [site for site in site_list if not ids or site.id in ids]


def name_trouble(error: BaseException | None, url: str) -> tuple[str, str]:
    """The outcome of a site at which nothing goes better, and the reason in words."""
    outcome = "unreachable" if isinstance(error, (UnreachableError, *NETWORK_TROUBLE)) else "failed"
    return outcome, f"{url}: {describe_trouble(error)}"


def is_redirect(response: Response) -> bool:
    """Whether the answer leads elsewhere (a 304 does not)."""
    return response.status in REDIRECTS and bool(location(response))


def location(response: Response) -> str:
    """Where a redirect leads, as sent; non-ASCII bytes are UTF-8 in practice. "" where it does not say."""
    return (response.headers.get("Location") or b"").decode("utf-8", "replace").strip()
