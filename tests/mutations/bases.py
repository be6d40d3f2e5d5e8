"""The pages that are mutated: those of the sample web and the annotated ones of others, over all platforms."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from parsers.page.charset import decode_body
from registry.sites import SiteList, load_sites
from tests.web.build import SITE_LIST, load_web

TESTS = Path(__file__).parents[1]
INDEPENDENT = TESTS / "independent"
HTML = "text/html"
LISTINGS = ("/nyheter/", "/nyheter.html", "/nyheter", "/kommunalforbund/samordningsforbundet")


@dataclass(frozen=True, slots=True)
class Base:
    """A page as served, decoded; and what an analyst would file from it, {} where nobody annotated it."""

    name: str
    url: str
    html: str
    charset: str
    content_type: str
    gold: Mapping[str, Any]

    @property
    def is_listing(self) -> bool:
        """Whether it says nothing of its own: a start page or a list of news, whose teasers are other pages' words; a soft 404."""
        return urlsplit(self.url).path == "/" or self.url.endswith(LISTINGS)

    def encode(self, html: str) -> bytes:
        """A version of the page in its encoding; letters that this lacks become character references."""
        return html.encode(self.charset, "xmlcharrefreplace")


@cache
def load_bases() -> tuple[Base, ...]:
    """Every page that says something, by name; one of each address."""
    gold = {source["url"]: read_gold(folder) for folder, source in list_annotated("pages")}
    web = load_web()
    by_url: dict[str, Base] = {}
    for (host, path), answer in web.answers.items():
        if answer.status == 200 and (answer.header("Content-Type") or "").startswith(HTML) and answer.content.strip():
            url = web.url(host, path)
            by_url[url] = make_base(host + path, url, answer.content, answer.header("Content-Type") or HTML, gold.get(url, {}))
    for folder, source in list_annotated("independent"):
        body = (folder / "page.html").read_bytes()
        by_url[source["url"]] = make_base(folder.name, source["url"], body, content_type_of(source), read_gold(folder))
    return tuple(sorted(by_url.values(), key=lambda base: base.name))


def load_site_list() -> SiteList:
    """Whose pages they are."""
    return load_sites().preceded_by(load_sites(SITE_LIST)).preceded_by(load_sites(INDEPENDENT / "sites.toml"))


def list_annotated(folder: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The folders of annotated pages and their sources."""
    for file in sorted((TESTS / folder).glob("*/source.json")):
        yield file.parent, json.loads(file.read_text("utf-8"))


def read_gold(folder: Path) -> dict[str, Any]:
    """The annotation of a page."""
    gold: dict[str, Any] = json.loads((folder / "gold.json").read_text("utf-8"))
    return gold


def content_type_of(source: Mapping[str, Any]) -> str:
    """The media type that a page was served with."""
    headers = {name.casefold(): value for name, value in dict(source.get("headers") or {}).items()}
    return str(headers.get("content-type", HTML))


def make_base(name: str, url: str, body: bytes, content_type: str, gold: Mapping[str, Any]) -> Base:
    """The base of a page's bytes."""
    html, charset = decode_body(body, content_type)
    return Base(name, url, html, charset, content_type, gold)
