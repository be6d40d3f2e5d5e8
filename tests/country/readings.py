"""What a crawl of a made country found and cost, read from its run and from the log of the server."""

import re
from collections import Counter
from collections.abc import Container, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from schemas.manifest import read_manifest
from tests.country.model import Page, Site
from tests.country.oracle import oracle_requests
from tests.country.server import Request, ServedCountry

FACTS = ("organisations", "members", "relations", "member_counts", "contacts", "dates")
# What is no page: "/robots.txt", "/sitemap.xml", "/sitemap1.xml.gz", "/sitemapindex.xml"
ASIDE = re.compile(r"/robots\.txt|/[\w-]*sitemap[\w-]*\.xml(\.gz)?")
MOST_WASTEFUL = 10


class Missed(NamedTuple):
    """A collaboration page that the run lacks; `requests`: what the crawl spent on its site, to tell a spent budget from a missed link."""

    url: str
    depth: int
    manner: str
    site: str
    requests: int
    trail: str
    is_requested: bool


class Waste(NamedTuple):
    """A site with its page requests and the oracle's."""

    site: str
    requests: int
    oracle: int
    platform: str
    sitemap: str
    traps: list[str]


def list_missed(served: ServedCountry, run: Path, log: Sequence[Request]) -> list[Missed]:
    """The collaboration pages that are not in the run's pages, under their address or as what a page calls its own address."""
    pages = pd.read_parquet(run / "pages.parquet", columns=["url", "canonical_url"])
    have = {*pages["url"], *pages["canonical_url"].dropna()}
    spent, asked = count_by_host(log), {(request.host, request.path) for request in log}
    return [
        Missed(url, page.depth, describe_link(page), site.id, spent[site.address], trail_of(page), (site.address, page.path) in asked)
        for site, page in served.country.collaborations
        if (url := url_of(served, site, page)) not in have
    ]


def url_of(served: ServedCountry, site: Site, page: Page) -> str:
    """The whole address of a page."""
    return served.sites[site.address].root + page.path


def describe_link(page: Page) -> str:
    """ "name", or "name, opaque" where the address says nothing either."""
    return f"{page.manner}{', opaque' if page.is_opaque else ''}"


def trail_of(page: Page) -> str:
    """The titles from the main menu down to the page."""
    return " > ".join(p.title for p in page.trail[1:])


def count_page_requests(log: Sequence[Request]) -> int:
    """Requests but those for robots.txt and sitemaps; redirects and what is not there count."""
    return sum(count_by_host(log).values())


def count_by_host(log: Sequence[Request]) -> Counter[str]:
    """Page requests by address."""
    return Counter(request.host for request in log if not ASIDE.fullmatch(request.path.partition("?")[0]))


def count_bytes(log: Sequence[Request], hosts: Container[str] | None = None) -> int:
    """Bytes sent, headers included; of these hosts only, where some are given."""
    return sum(request.sent for request in log if hosts is None or request.host in hosts)


def list_waste(served: ServedCountry, log: Sequence[Request]) -> list[Waste]:
    """The sites with the most requests beyond the oracle's, the worst first."""
    spent = count_by_host(log)
    wastes = [
        Waste(site.id, spent[site.address], oracle_requests(site), site.platform, site.sitemap, sorted(site.traps))
        for site in served.country.sites
    ]
    return sorted(wastes, key=lambda waste: waste.oracle - waste.requests)[:MOST_WASTEFUL]


def read_facts(run: Path) -> dict[str, str]:
    """For each dataset of facts a hash that is equal for equal facts."""
    manifest = read_manifest(run)
    return {name: manifest.datasets[name].content_sha256 for name in FACTS}
