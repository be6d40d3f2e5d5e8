"""What one site is asked for next, and what is told of it."""

import pytest

from registry.sites import read_sites
from spiders.limits import Limits
from spiders.site_crawl import SiteCrawl

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
