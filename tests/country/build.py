"""Builds the country: a deterministic made web of Swedish municipal and regional sites; the same seed gives the same web."""

from collections.abc import Sequence
from itertools import cycle, islice
from random import Random

from registry.organisations import Organisation
from registry.registry import load_registry
from tests.country.addresses import give_addresses, slug
from tests.country.chrome import chrome_of
from tests.country.links import list_sections
from tests.country.model import Country, Page, Site
from tests.country.tree import grow_site

PLATFORMS = ("sitevision", "optimizely", "municipio", "drupal", "sharepoint", "sitevision-old")
"""In turn from site to site, so that each has its share."""
KINDS = ("municipality",) * 7 + ("region", "municipal_association", "county_board")
SITEMAPS = (("plain", True), ("gzip", True), ("index", False), ("plain", False), ("index", True))
"""The sitemaps of every second site, and whether robots.txt names them."""
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
    sizes = share_out(random, pages, sites, least=pages // sites * 2 // 5, most=pages // sites * 11 // 5)
    counts = share_collaborations(random, collaboration, sizes)
    depths = draw_depths(random, collaboration)
    built = []
    for number, (owner, size, count) in enumerate(zip(draw_owners(random, sites), sizes, counts, strict=True)):
        site = found_site(random, seed, number, owner)
        grow_site(random, site, size, [depths.pop() for _ in range(count)])
        give_addresses(site)
        site.disallowed = choose_disallowed(random, site)
        built.append(site)
    return Country(tuple(built))


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
    depths = [depth for depth, share in DEPTHS.items() for _ in range(round(share * count))]
    depths = list(islice(cycle(depths), count))
    random.shuffle(depths)
    return depths


def draw_owners(random: Random, count: int) -> list[Organisation]:
    """Different real organisations that run a site: mostly municipalities, some regions, county boards and kommunalförbund."""
    known = [o for o in load_registry().organisations.values() if not o.dissolved_on]
    pools = {kind: random.sample(pool, len(pool)) for kind in sorted(set(KINDS)) if (pool := [o for o in known if o.kind == kind])}
    kinds = random.sample(KINDS, len(KINDS))
    return [pools[kind].pop() for kind in islice(cycle(kinds), count)]


def found_site(random: Random, seed: int, number: int, owner: Organisation) -> Site:
    """A site without pages: its address, its platform, what it sends, which traps it has."""
    kind = "municipality" if owner.is_municipality else owner.kind
    platform, has_sitemap = PLATFORMS[number % len(PLATFORMS)], number % 2 == 0
    sitemap, named = SITEMAPS[number // 2 % len(SITEMAPS)] if has_sitemap else ("", False)
    return Site(
        id=f"{slug(owner.place or owner.name)}-{number}",
        owner=owner,
        kind=kind,
        address=f"127.{10 + number // 200}.{number % 200 + 1}.{random.randint(2, 250)}",
        platform=platform,
        seed=f"{seed}/{number}",
        is_mega=random.random() < 0.3 and "menu-child" in chrome_of(platform).parts,
        sitemap=sitemap,
        names_sitemap=named,
        listed_files=int(200 * 10 ** random.random()) if has_sitemap else 0,
        validators=random.choice([("ETag",), ("Last-Modified",), ("ETag", "Last-Modified"), ()]),
        traps=frozenset(trap for index, trap in enumerate(TRAPS) if (number + index) % 3 == 0),
    )


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
