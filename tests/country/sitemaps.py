"""robots.txt and sitemaps, and the many files, images and old pages that sitemaps list beside the pages."""

import gzip
import re
from collections.abc import Iterator
from random import Random

from tests.country.addresses import hex_of, rules_of, slug
from tests.country.model import Site, load_words
from tests.country.render import dates_of
from tests.web.build import sitemap

OLD_NEWS = re.compile(r"/nyheter/arkiv/\d{4}-\d\d-\d\d-[\w-]+")
PART = 1000
"""Addresses in one file of a sitemap index."""


def write_robots(site: Site, root: str) -> str:
    """What the platform forbids, what the site forbids, where the sitemap lies if it is told."""
    lines = ["User-agent: *", *rules_of(site)["robots"], *(f"Disallow: {prefix}" for prefix in site.disallowed)]
    if site.sitemap and site.names_sitemap:
        lines += ["", f"Sitemap: {root}{sitemap_path(site)}"]
    return "\n".join(lines) + "\n"


def sitemap_path(site: Site) -> str:
    """Where the sitemap lies: where robots.txt does not name it, at the address that everybody tries."""
    return "/sitemapindex.xml" if site.names_sitemap and site.sitemap in ("index", "gzip") else "/sitemap.xml"


def write_sitemaps(site: Site, root: str) -> Iterator[tuple[str, str, bytes]]:
    """Path, content type and body of each sitemap file. The form gzip is an index of gzipped files, as SiteVision has it."""
    if not site.sitemap:
        return
    entries: list[tuple[str, str | None]] = [(root + path, day) for path, day in list_entries(site)]
    if site.sitemap == "plain":
        yield sitemap_path(site), "application/xml", sitemap("urlset", "url", escape_entries(entries)).encode()
        return
    suffix = ".gz" if site.sitemap == "gzip" else ""
    parts = [entries[start : start + PART] for start in range(0, len(entries), PART)]
    names: list[tuple[str, str | None]] = [(f"{root}/sitemap{number}.xml{suffix}", None) for number in range(1, len(parts) + 1)]
    yield sitemap_path(site), "application/xml", sitemap("sitemapindex", "sitemap", names).encode()
    for number, part in enumerate(parts, 1):
        body = sitemap("urlset", "url", escape_entries(part)).encode()
        yield (
            f"/sitemap{number}.xml{suffix}",
            "application/gzip" if suffix else "application/xml",
            gzip.compress(body, mtime=0) if suffix else body,
        )


def list_entries(site: Site) -> list[tuple[str, str]]:
    """Everything that the sitemap lists, mixed as content systems mix it: paths and days of the last change."""
    random = Random(f"{site.seed}/sitemap")
    paths = [page.path for page in site.pages if not page.path.startswith(site.disallowed or "//")]
    paths += [draw_other(random, site) for _ in range(site.listed_files)]
    random.shuffle(paths)
    return [(path, dates_of(site, path)["updated"]) for path in dict.fromkeys(paths)]


def draw_other(random: Random, site: Site) -> str:
    """The address of a file (half of them), an image, an old news item that is there, or one that is gone."""
    words = load_words("prose")
    number = random.randint(1, 10**6)
    title = random.choice([*words["news"], *words["notices"], *words["events"]])
    name = slug(title.format(p=random.choice(words["districts"]), n=number % 52 + 1))
    kind = random.choices(("file", "image", "news"), (50, 25, 25))[0]
    if kind == "news":
        return f"/nyheter/arkiv/{random.randint(2014, 2024)}-{number % 12 + 1:02}-{number % 28 + 1:02}-{name}"
    hexes = hex_of(site.seed, str(number), length=24)
    return rules_of(site)[kind].format(
        hex=hexes, epoch=1700000000000 + number, slug=f"{name}-{number}", ext=random.choice(("pdf", "pdf", "docx", "xlsx"))
    )


def is_old_news(path: str) -> bool:
    """Whether an old news item of the sitemap is still there: two in three are."""
    return bool(OLD_NEWS.fullmatch(path)) and int(hex_of(path, length=4), 16) % 3 != 0


def escape_entries(entries: list[tuple[str, str | None]]) -> list[tuple[str, str | None]]:
    """With "&" as XML has it."""
    return [(url.replace("&", "&amp;"), day) for url, day in entries]
