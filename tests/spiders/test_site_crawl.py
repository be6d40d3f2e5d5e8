"""What one site is asked for next, and what is told of it."""

import pytest

from registry.sites import read_sites
from spiders.frontier import Candidate
from spiders.known_pages import KnownPages
from spiders.limits import Limits
from spiders.links import Link
from spiders.site_crawl import SiteCrawl
from spiders.trouble import FAILED, Fault

SITE = next(iter(read_sites("sites.toml", b'[[site]]\nid = "ale"\nowner = "Ale kommun"\nstart_urls = ["http://ale.se/"]\n')))
LIMITS = Limits(pages=10, is_asked_for=False, depth=5, sites_at_once=1, seconds=0, site_seconds=0, failures=3)


@pytest.mark.parametrize("target", ["https://ale.se/sitemap.xml", "http://www.ale.se/sitemap.xml", "/sitemap_index.xml"])
def test_the_redirect_of_a_sitemap_is_followed(target: str) -> None:
    crawl = SiteCrawl.begin(SITE, LIMITS)
    crawl.add_sitemaps("http://ale.se/", ["/sitemap.xml"])
    crawl.add_sitemaps("http://ale.se/sitemap.xml", [target])
    assert len(crawl.sitemaps) == 2


@pytest.mark.parametrize("address", ["http://[::1/sitemap.xml", "https://elsewhere.se/sitemap.xml", "file:///etc/passwd", "/sitemap.xml"])
def test_a_sitemap_that_cannot_be_asked_for_or_is_known_is_left(address: str) -> None:
    crawl = SiteCrawl.begin(SITE, LIMITS)
    crawl.add_sitemaps("http://ale.se/", ["/sitemap.xml", address])
    assert list(crawl.sitemaps) == ["http://ale.se/sitemap.xml"]


def fail_all(crawl: SiteCrawl) -> list[str]:
    """Asks for everything, in vain; gives what was asked for."""
    asked_for = []
    while following := crawl.take_next():
        assert isinstance(following, Candidate)
        asked_for.append(following.url)
        crawl.count_fault(Fault("off_site", FAILED, "leads off the site"), following.url)
    return asked_for


@pytest.mark.parametrize("number", [2, 3, 5])
def test_known_pages_that_all_fail_do_not_keep_the_start_page_from_being_asked_for(number: int) -> None:
    known = [f"http://ale.se/samverkan/{n}" for n in range(number)]
    crawl = SiteCrawl.begin(SITE, LIMITS, KnownPages(tuple(known)))
    asked_for = fail_all(crawl)
    assert asked_for == [*known[:3], "http://ale.se/", *known[3:]]


def test_known_pages_that_a_crawl_did_not_come_to_leave_it_incomplete() -> None:
    crawl = SiteCrawl.begin(SITE, LIMITS, KnownPages(("http://ale.se/samverkan",)))
    crawl.visit.pages_fetched = 1
    crawl.finish()
    assert crawl.visit.outcome == "incomplete"


def test_forgotten_pages_come_last_and_once_and_lead_nowhere() -> None:
    crawl = SiteCrawl.begin(SITE, LIMITS, KnownPages(forgotten=("http://ale.se/kontakt", "http://ale.se/", "http://ale.se/personal")))
    start = crawl.take_next()
    assert isinstance(start, Candidate)
    crawl.add_links(start.url, [Link("http://ale.se/personal", "Samverkan")], start)
    asked_for = []
    while following := crawl.take_next():
        assert isinstance(following, Candidate)
        asked_for.append(following.url)
        if following.url == "http://ale.se/kontakt":
            crawl.add_links(following.url, [Link("http://ale.se/kontakt/samverkan", "Samverkan")], following)
    assert asked_for == ["http://ale.se/personal", "http://ale.se/kontakt"]


def test_a_crawl_that_is_stopped_asks_for_nothing_more_and_says_why() -> None:
    crawl = SiteCrawl.begin(SITE, LIMITS)
    crawl.visit.pages_fetched = 1
    crawl.stop("the time for the crawl was up")
    assert crawl.take_next() is None
    crawl.finish()
    (trouble,) = crawl.take_issues()
    assert (crawl.visit.outcome, trouble.issue.code) == ("incomplete", "budget_spent")
    assert trouble.issue.message.startswith("the time for the crawl was up")


def test_a_denial_costs_nothing_unless_a_redirect_led_there() -> None:
    crawl = SiteCrawl.begin(SITE, LIMITS)
    crawl.note_denial("robots.txt forbids it", is_costless=True)
    crawl.note_denial("robots.txt forbids it", is_costless=False)
    assert crawl.frontier.budget == LIMITS.pages + 1
