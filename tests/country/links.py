"""Which pages a page links to, zone by zone; the writing of pages and the oracle both go by it."""

from collections import deque
from collections.abc import Iterator

from tests.country.model import Page, Site, load_words

TEASERS = 3


def list_sections(site: Site) -> list[Page]:
    """The main menu, which stands on every page."""
    titles = load_words("sections")[site.kind]["menu"]
    return [page for page in site.start.children if page.title in titles]


def list_footer(site: Site) -> list[Page]:
    """What every page's footer links to: the other pages of the first level."""
    sections = list_sections(site)
    return [page for page in site.start.children if page not in sections and in_menus(page)]


def list_mega(site: Site, section: Page) -> list[Page]:
    """What the main menu shows below a section."""
    return [page for page in section.children if in_menus(page)] if site.is_mega else []


def list_submenu(page: Page) -> list[Page]:
    """A page's own menu: its children, or its siblings where it has none. The start page has no such menu."""
    if page.parent is None:
        return []
    if page.children:
        family = page.children
    else:
        family = [sibling for sibling in page.parent.children if sibling is not page and page.parent.parent]
    return [p for p in family if in_menus(p) and p.kind != "news"]


def list_teasers(site: Site) -> list[Page]:
    """The latest news, shown on every page."""
    return [page for page in site.pages if page.kind == "news"][:TEASERS]


def list_shortcuts(site: Site) -> list[Page]:
    """What only the start page links to."""
    return [page for page in site.pages if page.is_shortcut]


def in_menus(page: Page) -> bool:
    """Whether menus show it: what stands on a card ("Läs mer") only does not."""
    return page.manner != "heading"


def list_targets(site: Site, page: Page) -> Iterator[Page]:
    """Every page that a page links to, in any zone."""
    for section in list_sections(site):
        yield section
        yield from list_mega(site, section)
    yield from list_footer(site)
    yield from list_teasers(site)
    yield from page.trail
    yield from list_submenu(page)
    yield from page.children if page.parent else list_shortcuts(site)
    yield from page.related


def measure_depths(site: Site) -> dict[Page, int]:
    """How many links each page lies from the start page; what no way leads to is not among them."""
    depths, queue = {site.start: 0}, deque([site.start])
    while queue:
        page = queue.popleft()
        for target in list_targets(site, page):
            if target not in depths:
                depths[target] = depths[page] + 1
                queue.append(target)
    return depths
