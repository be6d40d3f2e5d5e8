"""The made country: sites, their pages, what each collaboration page is about; and the word lists they are made of."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from registry.organisations import Organisation

HERE = Path(__file__).parent


@cache
def load_words(name: str) -> dict[str, Any]:
    """The word list `words/<name>.toml`."""
    return tomllib.loads((HERE / "words" / f"{name}.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Body:
    """What a collaboration page is about: its name, its kind (a table of bodies.toml) and the municipalities in it."""

    name: str
    kind: str
    members: tuple[Organisation, ...]
    host: Organisation


@dataclass(slots=True, eq=False, repr=False)
class Page:
    """A page of a site. `level` is its place in the tree (the start page has 0), `depth` the links it lies from the start page."""

    title: str
    parent: "Page | None"
    kind: str
    """start | page | news | collaboration"""
    number: int
    """Of the page within its site."""
    manner: str = "says"
    """How links name it: says (what it is) | name (only by name) | heading (an untelling text under a telling heading)"""
    heading: str = ""
    """Where `manner` is heading: the telling one. "" for other pages."""
    is_opaque: bool = False
    """Whether its address, or the address in links to it, says nothing."""
    is_shortcut: bool = False
    """Whether the start page links to it."""
    body: Body | None = None
    path: str = ""
    hop: str = ""
    """The address that all links lead to, and that redirects to `path`; "" where links lead straight to it."""
    depth: int = 0
    children: list["Page"] = field(default_factory=list)
    related: list["Page"] = field(default_factory=list)
    """Pages that its text links to."""

    def __repr__(self) -> str:
        return f"<Page {self.path or self.title}>"

    @property
    def level(self) -> int:
        """How many pages stand above it."""
        return self.parent.level + 1 if self.parent else 0

    @property
    def href(self) -> str:
        """What links to it say."""
        return self.hop or self.path

    @property
    def is_collaboration(self) -> bool:
        """Whether it is one of those that a crawl is to find."""
        return self.kind == "collaboration"

    @property
    def trail(self) -> list["Page"]:
        """The pages from the start page down to this one."""
        return [*(self.parent.trail if self.parent else []), self]


@dataclass(slots=True, eq=False, repr=False)
class Site:
    """One site on its address. Its start page is `pages[0]`."""

    id: str
    owner: Organisation
    kind: str
    """A table of sections.toml."""
    address: str
    """127.x.y.z"""
    platform: str
    """A table of platforms.toml."""
    seed: str
    is_mega: bool = False
    """Whether its main menu opens to the second level on every page."""
    sitemap: str = ""
    """"" | plain | index | gzip"""
    names_sitemap: bool = False
    """Whether robots.txt names the sitemap."""
    listed_files: int = 0
    """How many files, images and old news its sitemap lists beside the pages."""
    validators: tuple[str, ...] = ()
    """Of ETag and Last-Modified, those that it sends."""
    traps: frozenset[str] = frozenset()
    disallowed: tuple[str, ...] = ()
    """Path prefixes that robots.txt forbids beside what its platform forbids."""
    pages: list[Page] = field(default_factory=list)

    def __repr__(self) -> str:
        return f"<Site {self.id}>"

    @property
    def start(self) -> Page:
        """The start page."""
        return self.pages[0]

    @property
    def collaborations(self) -> list[Page]:
        """The pages to be found."""
        return [page for page in self.pages if page.is_collaboration]


@dataclass(frozen=True, slots=True)
class Country:
    """All sites."""

    sites: tuple[Site, ...]

    @property
    def pages(self) -> list[tuple[Site, Page]]:
        """All pages but those that traps and sitemaps add."""
        return [(site, page) for site in self.sites for page in site.pages]

    @property
    def collaborations(self) -> list[tuple[Site, Page]]:
        """All pages to be found."""
        return [(site, page) for site, page in self.pages if page.is_collaboration]
