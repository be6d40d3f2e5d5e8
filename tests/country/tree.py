"""The pages of one site: its collaboration pages at the depths asked for, ordinary pages around them, links between them."""

from collections.abc import Iterable, Sequence
from random import Random

from tests.country.bodies import draw_body, short_name
from tests.country.links import in_menus, list_sections, measure_depths
from tests.country.model import Body, Page, Site, load_words

MANNERS = {"says": 0.6, "name": 0.25, "heading": 0.15}
"""How links name collaboration pages, and how often."""
SHORTCUTS = 5
"""Ordinary pages that the start page links to beside what is found there."""
OPAQUE = 0.15
"""The share of collaboration pages, and of their neighbours, whose address says nothing."""
RELATED = (0, 0, 1, 2)
"""How many pages the text of an ordinary page links to."""
FILLERS = (("news", "Nyheter"), ("jobs", "Lediga jobb"), ("notices", "Anslagstavla"), ("events", "Evenemang"), ("news", "Nyheter"))
"""What a site has ever more of: the list of prose.toml, and the page that such pages stand under."""


def grow_site(random: Random, site: Site, size: int, depths: Sequence[int]) -> None:
    """Gives the site `size` pages, among them a collaboration page at each of these link depths."""
    words = load_words("sections")[site.kind]
    add_page(site, site.owner.name, None, "start")
    for title in [*words["menu"], *words["footer"]]:
        add_page(site, title, site.start)
    for depth in sorted(depths, reverse=True):
        add_collaboration(random, site, depth, room=size - len(site.pages) - len(depths))
    add_ordinary(random, site, size, words["trails"])
    leaves = [page for page in site.pages if not page.children and page.kind == "page" and page.level > 1]
    for page in random.sample(leaves, min(SHORTCUTS, len(leaves))):
        page.is_shortcut = True
    add_related(random, site)


def add_page(site: Site, title: str, parent: Page | None, kind: str = "page") -> Page:
    """A new page at the end of its parent's children."""
    page = Page(title, parent, kind, number=len(site.pages))
    site.pages.append(page)
    if parent:
        parent.children.append(page)
    return page


def add_collaboration(random: Random, site: Site, depth: int, room: int) -> Page:
    """A collaboration page at that link depth: a new way of pages above it while there is room, else a way that stands already."""
    place, kinds = choose_place(random, site, max(depth - 1, 1) + site.is_mega, room)
    kind = random.choice(kinds)
    taken = {page.body.name for page in site.pages if page.body}
    body = draw_body(random, site.owner, kind, taken)
    page = add_page(site, choose_title(random, body), place, "collaboration")
    page.body, page.is_shortcut, page.is_opaque = body, depth == 1, random.random() < OPAQUE
    page.manner = random.choices([*MANNERS], [*MANNERS.values()])[0]
    if page.manner == "heading" and page.is_shortcut:
        page.manner = "says"  # shortcuts have no headings
    if page.manner == "heading":
        page.heading = page.title
    if page.manner == "name":
        page.title = short_name(body.name)
    return page


def choose_title(random: Random, body: Body) -> str:
    """A title that tells what the body is, without saying a word twice ("Nätverket Nätverket Norrslätt")."""
    titles: list[str] = [form.format(x=body.name) for form in load_words("bodies")[body.kind]["says"]]
    repeats = body.name[:8].lower()
    return random.choice([title for title in titles if title.lower().count(repeats) == 1])


def choose_place(random: Random, site: Site, level: int, room: int) -> tuple[Page, list[str]]:
    """The page to hang a collaboration page under, at that level of the tree, and the kinds of bodies that fit there."""
    ways = [(lengthen(place["trail"].split(" > "), level), place["bodies"]) for place in load_words("places")[site.kind]]
    ways = [(way, kinds) for way, kinds in ways if len(way) == level]
    standing = [(way, kinds) for way, kinds in ways if count_missing(site, way) == 0]
    fitting = [(way, kinds) for way, kinds in ways if count_missing(site, way) <= room]
    shortest = [min(ways, key=lambda way: count_missing(site, way[0]))]
    way, kinds = random.choice(standing if standing and random.random() < 0.6 else fitting or standing or shortest)
    return add_trail(site, way), kinds


def lengthen(way: list[str], level: int) -> list[str]:
    """A way one page short of the level gets a page between, as deep sites have them: "Om verksamheten"."""
    return [*way, f"Mer om {way[-1][0].lower()}{way[-1][1:]}"] if len(way) == level - 1 and level > 3 else way


def count_missing(site: Site, way: Iterable[str]) -> int:
    """How many pages of the way the site lacks."""
    page: Page | None = site.start
    missing = 0
    for title in way:
        page = next((child for child in page.children if child.title == title), None) if page else None
        missing += page is None
    return missing


def add_trail(site: Site, way: Iterable[str]) -> Page:
    """The last page of a way from the start page down; what the site lacks of it is added."""
    page = site.start
    for title in way:
        page = next((child for child in page.children if child.title == title), None) or add_page(site, title, page)
    return page


def add_ordinary(random: Random, site: Site, size: int, trails: Sequence[str]) -> None:
    """Ordinary pages up to the size: two thirds from the trails, the rest news, jobs, notices and events, ever more of them."""
    wanted = len(site.pages) + (size - len(site.pages)) * 2 // 3
    for trail in random.sample(trails, len(trails)):
        way = trail.split(" > ")
        if len(site.pages) + count_missing(site, way) <= wanted:
            add_trail(site, way)
    while len(site.pages) < size:
        add_filler(random, site)


def add_filler(random: Random, site: Site) -> None:
    """One more news item, job, notice or event."""
    name, parent = random.choice(FILLERS)
    words = load_words("prose")
    title = random.choice(words[name]).format(p=random.choice(words["districts"]), n=random.randint(1, 52))
    standing = next((child for child in site.start.children if child.title == parent), None)
    shelf = standing or next(child for child in site.start.children if child.title == "Nyheter")
    add_page(site, title, shelf, "news" if shelf.title == "Nyheter" else "page")


def add_related(random: Random, site: Site) -> None:
    """Links in the text of pages, to pages that lie no deeper than one link further, so that no page comes nearer by them."""
    depths = measure_depths(site)
    sections = {*list_sections(site), site.start}
    for page in site.pages[1:]:
        if page in sections:
            continue
        near = [p for p in site.pages if p not in sections and p is not page and in_menus(p) and depths[p] <= depths[page] + 1]
        page.related = random.sample(near, min(random.choice(RELATED), len(near)))
        page.is_opaque = page.is_opaque or (not page.children and random.random() < OPAQUE / 3)
    for page in site.pages:
        page.depth = depths[page]
