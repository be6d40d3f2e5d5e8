"""The fewest page requests with which all collaboration pages of a site can be reached by links: what a crawl is measured against."""

from collections.abc import Set

from tests.country.links import list_targets, measure_depths
from tests.country.model import Country, Page, Site


def oracle_requests(site: Site) -> int:
    """Requests of a walk along shortest link paths from the start page to all collaboration pages, each page counted once.

    Among shortest paths those are taken that add the fewest pages to what is walked already. A link that redirects costs a request more.
    The start page counts even where the site has nothing to find. The oracle knows no sitemap.
    """
    depths = measure_depths(site)
    before = list_predecessors(site, depths)
    walked, wanted = {site.start}, set(site.collaborations)
    while wanted:
        ways = {page: find_way(page, before, walked) for page in wanted}
        page = min(ways, key=lambda page: (cost_of(ways[page]), -depths[page], page.number))
        walked.update(ways[page])
        wanted.remove(page)
    return cost_of(walked)


def country_requests(country: Country) -> int:
    """The sum over all sites."""
    return sum(oracle_requests(site) for site in country.sites)


def list_predecessors(site: Site, depths: dict[Page, int]) -> dict[Page, list[Page]]:
    """The pages from which a shortest path can reach each page; () for the start page."""
    before: dict[Page, list[Page]] = {page: [] for page in depths}
    for page in depths:
        for target in set(list_targets(site, page)):
            if depths[target] == depths[page] + 1:
                before[target].append(page)
    return {page: sorted(pages, key=lambda p: p.number) for page, pages in before.items()}


def find_way(page: Page, before: dict[Page, list[Page]], walked: set[Page]) -> frozenset[Page]:
    """The pages to be walked besides those walked already, on the cheapest of the shortest paths to a page."""
    ways: dict[Page, frozenset[Page]] = {}

    def way_to(target: Page) -> frozenset[Page]:
        if target not in ways:
            own = frozenset() if target in walked else frozenset([target])
            ways[target] = own | min((way_to(p) for p in before[target]), key=cost_of, default=frozenset())
        return ways[target]

    return way_to(page)


def cost_of(pages: Set[Page]) -> int:
    """Requests for these pages."""
    return sum(2 if page.hop else 1 for page in pages)
