"""Builds the country: a deterministic made web of Swedish municipal and regional sites; the same seed gives the same web."""

from collections.abc import Sequence
from itertools import cycle, islice
from random import Random
from typing import TypeVar

from registry.organisations import Organisation
from registry.registry import load_registry
from tests.country.addresses import give_addresses, slug
from tests.country.chrome import chrome_of
from tests.country.links import list_sections
from tests.country.model import Country, Page, Site
from tests.country.tree import grow_site

Value = TypeVar("Value")
PLATFORMS = ("sitevision", "optimizely", "municipio", "drupal", "sharepoint", "sitevision-old")
TOWN = "municipality"
KINDS = (TOWN, TOWN, "region", TOWN, TOWN, "municipal_association", TOWN, TOWN, "county_board", TOWN)
NONE = ("", False)
SITEMAPS = (("plain", True), NONE, ("gzip", True), NONE, ("index", False), NONE, ("plain", False), NONE, ("index", True), NONE)
"""Sitemaps, which every second site has, and whether robots.txt names them."""
TRAPS = ("calendar", "facets", "sessions", "pagination", "print", "english", "files")
DEPTHS = {1: 0.12, 2: 0.22, 3: 0.3, 4: 0.22, 5: 0.14}
"""How deep collaboration pages lie, and how many of them."""
MOST = 10
"""Collaboration pages of one site."""
SHELL = 16
"""Pages that the main menu and the footer of a site need; each page to be found needs up to four more on its way."""


def build_country(seed: int, sites: int = 60, pages: int = 3000, collaboration: int = 240) -> Country:
    """A country of that many sites and pages, of which `collaboration` are to be found, 0 to 10 a site, at link depths 1 to 5.

    Raises ValueError where the pages do not suffice: a site needs 50 on average, and twelve pages to each collaboration page.
    """
    if pages < 50 * sites or collaboration > pages // 12:
        raise ValueError(f"{sites} sites with {pages} pages have no room for {collaboration} collaboration pages")
    random = Random(seed)
    founded = found_sites(random, seed, sites)
    sizes = share_out(random, pages, sites, least=pages // sites * 2 // 5, most=pages // sites * 11 // 5)
    counts = share_collaborations(random, collaboration, sizes)
    depths = draw_depths(random, collaboration)
    for site, size, count in zip(founded, sizes, counts, strict=True):
        grow_site(random, site, size, [depths.pop() for _ in range(count)])
        give_addresses(site)
        site.disallowed = choose_disallowed(random, site)
    return Country(tuple(founded))


def share_out(random: Random, total: int, parts: int, least: int, most: int) -> list[int]:
    """`parts` numbers between `least` and `most` that sum up to `total`, uneven as real sites are."""
    shares = [least] * parts
    weights = [random.random() ** 2 + 0.1 for _ in range(parts)]
    while (left := total - sum(shares)) > 0:
        for index in random.choices(range(parts), weights, k=left):
            shares[index] = min(shares[index] + 1, most)
    return shares


def share_collaborations(random: Random, total: int, sizes: Sequence[int]) -> list[int]:
    """How many collaboration pages each site gets: none for one in ten, else as its size allows, never more than ten."""
    empty = set(random.sample(range(len(sizes)), len(sizes) // 10))
    room = [0 if index in empty else min(MOST, (size - SHELL) // 4) for index, size in enumerate(sizes)]
    counts = [0] * len(sizes)
    while sum(counts) < total:
        index = random.choice([i for i, most in enumerate(room) if counts[i] < most])
        counts[index] += 1
    return counts


def draw_depths(random: Random, count: int) -> list[int]:
    """So many link depths, in the shares of DEPTHS, in any order."""
    return deal(random, [depth for depth, share in DEPTHS.items() for _ in range(round(share * count))], count)


def found_sites(random: Random, seed: int, count: int) -> list[Site]:
    """Sites without pages. Platform, sitemap and each trap are dealt out on their own, so that none goes with another."""
    platforms, sitemaps = deal(random, PLATFORMS, count), deal(random, SITEMAPS, count)
    trapped = {trap: deal(random, (True, False, False), count) for trap in TRAPS}
    sites = []
    for number, owner in enumerate(draw_owners(random, count)):
        site = found_site(random, f"{seed}/{number}", number, owner, platforms[number])
        site.sitemap, site.names_sitemap = sitemaps[number]
        site.listed_files = int(200 * 10 ** random.random()) if site.sitemap else 0
        site.traps = frozenset(trap for trap in TRAPS if trapped[trap][number])
        sites.append(site)
    return sites


def draw_owners(random: Random, count: int) -> list[Organisation]:
    """Different real organisations that run a site: mostly municipalities, some regions, county boards and kommunalförbund."""
    known = [o for o in load_registry().organisations.values() if not o.dissolved_on]
    pools = {kind: random.sample(pool, len(pool)) for kind in sorted(set(KINDS)) if (pool := [o for o in known if o.kind == kind])}
    return [pools[kind].pop() for kind in deal(random, KINDS, count)]


def found_site(random: Random, seed: str, number: int, owner: Organisation, platform: str) -> Site:
    """A site with what it has from the first day: its address, its platform, its main menu, what it sends."""
    return Site(
        id=f"{slug(owner.place or owner.name)}-{number}",
        owner=owner,
        kind="municipality" if owner.is_municipality else owner.kind,
        address=f"127.{10 + number // 200}.{number % 200 + 1}.{random.randint(2, 250)}",
        platform=platform,
        seed=seed,
        is_mega=random.random() < 0.3 and "menu-child" in chrome_of(platform).parts,
        validators=random.choice([("ETag",), ("Last-Modified",), ("ETag", "Last-Modified"), ()]),
    )


def deal(random: Random, values: Sequence[Value], count: int) -> list[Value]:
    """So many of the values, each as often as the others, in any order."""
    dealt = list(islice(cycle(values), count))
    random.shuffle(dealt)
    return dealt


def choose_disallowed(random: Random, site: Site) -> tuple[str, ...]:
    """For every second site the addresses below a page of the footer or a section in which nothing lies that is to be found."""
    needed = {page.path for found in site.collaborations for page in found.trail}
    shelves = [page for page in site.start.children if page.children and page not in list_sections(site)]
    prefixes = [prefix for page in shelves if (prefix := prefix_of(page)) and not any(path.startswith(prefix) for path in needed)]
    return (random.choice(prefixes),) if prefixes and random.random() < 0.5 else ()


def prefix_of(page: Page) -> str:
    """What the addresses of the pages below a page begin with; "" where they have nothing in common but the site."""
    below = [child.path for child in page.children if not child.is_opaque]
    prefix = below[0].rstrip("/").rpartition("/")[0] + "/" if below else ""
    return prefix.replace("Sidor/", "") if prefix.count("/") > 1 else ""


def site_list_toml(country: Country, port: int) -> str:
    """The site list for a crawl of the country: of each site the start page only."""
    rows = [
        f'[[site]]\nid = "{site.id}"\nowner = "{site.owner.id}"\nstart_urls = ["http://{site.address}:{port}/"]\n' for site in country.sites
    ]
    return "\n".join(rows)
