"""Fetches the pages of a site that look like collaboration pages: known ones, its start pages, its sitemaps, and links that promise some.

Every final answer to a request for a page becomes a Page, whatever its status: the run sorts pages, errors and other
documents. Sections on the way are pages like others. No facts are read here.
"""

import logging
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import timedelta
from math import inf
from pathlib import Path
from time import monotonic
from typing import Any, Self
from urllib.parse import urldefrag, urljoin

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure

from archive.codings import TooLargeError, UndecodableError
from archive.containers import check_archive
from parsers.page.charset import decode_body
from registry.sites import Site, SiteList, load_sites
from schemas.errors import UsageError
from schemas.page import Page
from schemas.runs import find_previous
from schemas.visit import Fetch, SiteVisit, Trouble
from spiders.answers import is_redirect, make_page, read_location
from spiders.frontier import Candidate
from spiders.identity import make_user_agent
from spiders.itinerary import Itinerary
from spiders.known_pages import NOTHING_KNOWN, KnownPages, read_known_pages
from spiders.limits import Limits
from spiders.links import Link, find_links
from spiders.network import NOT_MODIFIED
from spiders.robots_rules import DeniedError, Robots, UnreachableError
from spiders.scoring import is_document
from spiders.site_crawl import EARLY, SiteCrawl
from spiders.sitemap import read_sitemap
from spiders.trouble import FAILED, UNREACHABLE, Fault, StoppedError, judge_failure

logger = logging.getLogger(__name__)

HTML = frozenset({"text/html", "application/xhtml+xml", None})
Output = Page | Trouble | Request


class CollaborationSpider(Spider):
    """One request at a time for each site, the best address known at that moment; `-a sites=lillaedet,ale` chooses sites.

    `task` tells what was to be fetched, `visits` how each site fared that the crawl came to, `finished` holds the ids of those that are
    done, `fetches` what was asked for, by address, and the last answer to each (spiders.network fills it).
    """

    name = "collaboration"

    def __init__(
        self, site_list: SiteList, chosen: Sequence[Site], limits: Limits, most_redirects: int, known: Mapping[str, KnownPages]
    ) -> None:
        super().__init__()
        self.visits: dict[str, SiteVisit] = {}
        self.fetches: dict[str, Fetch] = {}
        self.finished: set[str] = set()
        self.sites_chosen = len(chosen)
        self.task: dict[str, object] = {}
        self.site_list = site_list
        self._itinerary = Itinerary(chosen)
        self._limits = limits
        self._most_redirects = most_redirects
        self._known = known
        self._end = monotonic() + limits.seconds if limits.seconds else inf

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, sites: str = "", **kwargs: Any) -> Self:
        """Raises UsageError for an unknown site, a missing contact, a missing archive: before anything is opened or asked for."""
        settings = crawler.settings
        replay = settings.get("SAMVERKAN_REPLAY")
        if replay:
            check_archive(Path(replay))
        else:
            settings.set("USER_AGENT", make_user_agent(settings["USER_AGENT"], settings.get("SAMVERKAN_CONTACT")), "cmdline")
        path = settings.get("SAMVERKAN_SITES")
        site_list = load_sites(Path(path) if path else None)
        chosen = choose_sites(site_list, sites)
        trust = timedelta(days=settings.getfloat("SAMVERKAN_TRUST_DAYS"))
        known = {} if replay else read_known_pages(find_previous(Path(settings["SAMVERKAN_OUTPUT"]), "crawl"), site_list, trust)
        redirects = settings.getint("REDIRECT_MAX_TIMES")
        limits = Limits.from_settings(settings)
        spider = super().from_crawler(crawler, site_list, chosen, limits, redirects, known)
        spider.task = {} if replay else describe_task(sites, path, limits)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """As many sites at once as there may be requests; each that is done makes room for the next."""
        for _ in range(self._limits.sites_at_once):
            for request in self._begin_next():
                yield request

    def read_page(self, response: Response, crawl: SiteCrawl, candidate: Candidate, trail: tuple[str, ...]) -> Iterator[Output]:
        """A page's final answer, and then the site's next request; a redirect is followed within the site."""
        yield from self._survive(self._take_page(response, crawl, candidate, trail), crawl, response.url)

    def read_sitemap(self, response: Response, crawl: SiteCrawl) -> Iterator[Output]:
        """A sitemap's addresses, and then the site's next request. Most sites have none; that is no failure."""
        yield from self._survive(self._take_sitemap(response, crawl), crawl, response.url)

    def miss_page(self, failure: Failure) -> Iterator[Output]:
        """A page that got no answer, or may not be asked for; then the site's next request."""
        request: Request = failure.request  # type: ignore[attr-defined]
        crawl: SiteCrawl = request.cb_kwargs["crawl"]
        self._learn_sitemaps(crawl, request.meta.get("robots"), request.url)
        error = failure.value
        if isinstance(error, DeniedError):
            crawl.note_denial(str(error), is_costless=len(request.cb_kwargs["trail"]) == 1)
        elif isinstance(error, StoppedError):
            crawl.stop(str(error))
        else:
            crawl.count_fault(name_fault(error), request.url)
            crawl.add_links(request.url, (), request.cb_kwargs["candidate"])
        yield from self._go_on(crawl)

    def miss_sitemap(self, failure: Failure) -> Iterator[Output]:
        """The site's next request."""
        crawl: SiteCrawl = failure.request.cb_kwargs["crawl"]  # type: ignore[attr-defined]
        if isinstance(failure.value, StoppedError):
            crawl.stop(str(failure.value))
        yield from self._go_on(crawl)

    def _survive(self, outputs: Iterator[Output], crawl: SiteCrawl, url: str) -> Iterator[Output]:
        """What an answer gives, and then the site's next request, whatever happens: without one, the site would never be done."""
        is_asking = False
        try:
            for output in outputs:
                is_asking |= isinstance(output, Request)
                yield output
        except Exception as error:
            # one broken page must not take its site with it
            logger.debug("%s broke its reader", url, exc_info=True)
            crawl.count_fault(Fault("parser_failed", FAILED, f"its links could not be read ({type(error).__name__}: {error})"), url)
        if not is_asking:
            yield from self._go_on(crawl)

    def _take_page(self, response: Response, crawl: SiteCrawl, candidate: Candidate, trail: tuple[str, ...]) -> Iterator[Output]:
        self._learn_sitemaps(crawl, response.meta.get("robots"), response.url)
        if is_redirect(response):
            if following := self._follow(response, crawl, candidate, trail):
                yield following
            return
        if page := self._read_body(response, crawl, trail):
            crawl.count_page(page)
            yield page
        crawl.add_links(response.url, self._read_links(page, crawl) if page else (), candidate)

    def _take_sitemap(self, response: Response, crawl: SiteCrawl) -> Iterator[Output]:
        if is_redirect(response):
            crawl.add_sitemaps(response.url, [read_location(response)])
        elif (page := self._read_body(response)) and page.status == 200:
            sitemap = read_sitemap(page.body)
            crawl.add_sitemaps(response.url, sitemap.sitemaps)
            for url in sitemap.pages:
                if self.site_list.site_of(url) == crawl.site:
                    crawl.frontier.add_listed(url)
        yield from ()

    def _begin_next(self) -> Iterator[Output]:
        """The first requests of sites that wait for their turn, as many as there is room for; none where the time is up."""
        while monotonic() < self._end and len(self.visits) - len(self.finished) < self._limits.sites_at_once:
            if (site := self._itinerary.take()) is None:
                return
            crawl = SiteCrawl.begin(site, self._limits, self._known.get(site.id, NOTHING_KNOWN))
            self.visits[site.id] = crawl.visit
            yield from self._go_on(crawl)

    def _go_on(self, crawl: SiteCrawl) -> Iterator[Output]:
        """The site's next request; where it has none, the first of another site."""
        if monotonic() >= self._end:
            crawl.stop("the time for the crawl was up")
        following = crawl.take_next()
        yield from crawl.take_issues()
        match following:
            case str():
                yield self._request_sitemap(following, crawl)
            case Candidate():
                yield self._request_page(following.url, crawl, following)
            case None:
                crawl.finish()
                yield from crawl.take_issues()
                self.finished.add(crawl.site.id)
                self._itinerary.release(crawl.site)
                yield from self._begin_next()

    def _request_page(self, url: str, crawl: SiteCrawl, candidate: Candidate, trail: tuple[str, ...] = ()) -> Request:
        # dont_filter: the frontier hands out each address once, and a request dropped unseen would end the site's crawl
        arguments = {"crawl": crawl, "candidate": candidate, "trail": (*trail, url)}
        meta = {"visit": crawl.visit, "purpose": "page"}
        return Request(url, self.read_page, errback=self.miss_page, cb_kwargs=arguments, meta=meta, dont_filter=True)

    def _request_sitemap(self, url: str, crawl: SiteCrawl) -> Request:
        meta = {"visit": crawl.visit, "purpose": "sitemap"}
        return Request(url, self.read_sitemap, errback=self.miss_sitemap, cb_kwargs={"crawl": crawl}, meta=meta, dont_filter=True)

    def _follow(self, response: Response, crawl: SiteCrawl, candidate: Candidate, trail: tuple[str, ...]) -> Request | None:
        """The request that a redirect asks for; None where it leads off the site, in circles, or to a page that had its turn."""
        try:
            target = urldefrag(urljoin(response.url, read_location(response))).url
        except ValueError:
            crawl.count_fault(Fault("off_site", FAILED, "leads to what is no address"), response.url)
            return None
        if self.site_list.site_of(target) != crawl.site:
            crawl.count_fault(Fault("off_site", FAILED, f"leads off the site, to {target}"), response.url)
        elif len(trail) > self._most_redirects or target in trail:
            crawl.count_fault(Fault("redirect_loop", FAILED, "too many redirects"), response.url)
        elif candidate.score == EARLY or (crawl.frontier.take_redirect(response.url, target) and not crawl.recall(target, candidate)):
            return self._request_page(target, crawl, candidate, trail)
        return None

    def _read_body(self, response: Response, crawl: SiteCrawl | None = None, trail: tuple[str, ...] = ()) -> Page | None:
        try:
            page = make_page(response, *trail[:1])
            if page.status != NOT_MODIFIED:
                return page
            fault = Fault("http_error", FAILED, "it answers 304 (unchanged) to a request for the whole page")
        except UndecodableError as error:
            fault = Fault("page_unreadable", FAILED, f"its body cannot be decoded ({error})")
        except TooLargeError:
            fault = Fault("page_too_large", FAILED, "its body is too large once it is unpacked")
        if crawl:
            crawl.count_fault(fault, response.url)
        return None

    def _read_links(self, page: Page, crawl: SiteCrawl) -> list[Link]:
        """The links within the site; documents that look like collaboration are noted."""
        if page.status != 200 or page.content_type not in HTML:
            return []
        text, encoding = decode_body(page.body, page.header("content-type"))
        links = [link for link in find_links(text, page.url, encoding) if self.site_list.site_of(link.url) == crawl.site]
        for link in filter(is_document, links):
            crawl.add_document(link.url, link.words)
        return links

    def _learn_sitemaps(self, crawl: SiteCrawl, robots: Robots | None, url: str) -> None:
        """What an origin's robots.txt names; /sitemap.xml where it names none. Known ones are not taken twice."""
        if robots and not robots.fault:
            crawl.add_sitemaps(url, robots.sitemaps or ["/sitemap.xml"])


def describe_task(wanted: str, path: str | None, limits: Limits) -> dict[str, object]:
    """What is to be fetched, as a manifest keeps it: {} where that is all that is known, as far as it takes."""
    task = {
        "names": " ".join(wanted.replace(",", " ").split()),
        "sites": str(Path(path).absolute()) if path else None,
        "max_pages": limits.pages if limits.is_asked_for else None,
        "max_time": limits.seconds,
    }
    return {name: value for name, value in task.items() if value}


def choose_sites(site_list: SiteList, wanted: str) -> list[Site]:
    """The sites of a comma-separated list of ids, each once; all where it is empty. Raises UsageError that names an unknown one."""
    ids = dict.fromkeys(site_id.strip() for site_id in wanted.split(",") if site_id.strip())
    if unknown := [site_id for site_id in ids if site_list.get(site_id) is None]:
        raise UsageError(f"There is no site {', '.join(unknown)}. The known ones: samverkan sites")
    return [site for site in site_list if not ids or site.id in ids]


def name_fault(error: BaseException | None) -> Fault:
    """What a page without an answer is called; where robots.txt failed, it is that."""
    if isinstance(error, UnreachableError):
        return Fault("robots_unreachable", UNREACHABLE, str(error))
    if isinstance(error, IgnoreRequest) and not hasattr(error, "code"):
        return Fault("fetch_failed", FAILED, str(error))
    return judge_failure(error or AssertionError("a failure without an error"))
