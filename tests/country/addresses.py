"""The addresses of a site's pages, as its platform writes them."""

import hashlib
import re
import unicodedata

from tests.country.model import Page, Site, load_words

LETTERS = str.maketrans({"å": "a", "ä": "a", "ö": "o", "é": "e", "–": "-", "&": "-"})


def give_addresses(site: Site) -> None:
    """Sets `path` of every page, and `hop` where links to it lead through a redirect; all differ from each other."""
    taken: set[str] = set()
    for page in site.pages:
        path = "/" if page.parent is None else write_address(site, page)
        while path in taken:
            path = re.sub(r"(-\d+)?(?=/?$|\.aspx$|\.4\.)", f"-{page.number}", path, count=1)
        taken.add(path)
        page.path = path
        if page.is_opaque and "hop" in rules_of(site):
            page.hop = fill(rules_of(site)["hop"], site, page, length=32)


def write_address(site: Site, page: Page) -> str:
    """The path that the platform gives the page."""
    rules = rules_of(site)
    return fill(rules["opaque"] if page.is_opaque and "opaque" in rules else rules["page"], site, page)


def fill(pattern: str, site: Site, page: Page, length: int = 24) -> str:
    """A pattern of platforms.toml filled in for a page."""
    above = [slug(p.title) for p in page.trail[1:-1]]
    return pattern.format(
        way="".join(f"{part}/" for part in above),
        section=(above or ["startsida"])[0].replace("-", ""),
        slug=slug(page.title),
        hex=hex_of(site.seed, str(page.number), length=length),
        n=1000 + page.number * 7,
    )


def rules_of(site: Site) -> dict[str, str]:
    """The site's table of platforms.toml."""
    rules: dict[str, str] = load_words("platforms")[site.platform]
    return rules


def slug(text: str) -> str:
    """ "bygga-bo-och-miljo" of "Bygga, bo och miljö"."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(LETTERS)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def hex_of(*words: str, length: int) -> str:
    """Hex digits that stay the same for the same words."""
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:length]
