"""Sites of the sample web as their authors wrote them: a folder per host, its settings, and a content fragment per page."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from pathlib import Path
from typing import Any

from tests.web.platforms import Chrome, load_chrome

HEADING = re.compile(r"<h2>(.*?)</h2>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Fragment:
    """One page as its author wrote it. `stem` is its place in the folder, `path` its URL path."""

    stem: str
    path: str
    meta: Mapping[str, str]
    main: str
    aside: str

    @property
    def title(self) -> str:
        return self.meta["title"]

    @property
    def is_collaboration(self) -> bool:
        """Whether a correct crawl must find collaboration facts here."""
        return self.meta.get("collaboration") == "yes"

    @property
    def headings(self) -> list[str]:
        return [strip_tags(found) for found in HEADING.findall(self.main)]


@dataclass(frozen=True)
class Site:
    """A host with its settings (`_site.toml`) and its fragments by stem."""

    host: str
    settings: Mapping[str, Any]
    fragments: Mapping[str, Fragment]

    @property
    def name(self) -> str:
        return str(self.settings["name"])

    @property
    def scheme(self) -> str:
        return str(self.settings.get("scheme", "https"))

    @property
    def encoding(self) -> str:
        return str(self.settings.get("encoding", "utf-8"))

    @property
    def content_type(self) -> str:
        return str(self.settings.get("content_type", "text/html; charset=utf-8"))

    @cached_property
    def chrome(self) -> Chrome:
        return load_chrome(self.settings["platform"])


def load_site(folder: Path) -> Site:
    """The site of `sites/<host>/`."""
    settings = tomllib.loads((folder / "_site.toml").read_text("utf-8"))
    fragments = [read_fragment(folder, file, settings.get("urls", "plain")) for file in sorted(folder.rglob("*.html"))]
    return Site(folder.name, settings, {fragment.stem: fragment for fragment in fragments})


def read_fragment(folder: Path, file: Path, urls: str) -> Fragment:
    """Front matter (`key: value` lines) up to a line `---`, the main content, and after `<!-- aside -->` the side column."""
    head, _, body = file.read_text("utf-8").partition("---\n")
    meta = dict(line.split(": ", 1) for line in head.splitlines())
    main, _, aside = body.partition("<!-- aside -->\n")
    stem = file.relative_to(folder).with_suffix("").as_posix()
    return Fragment(stem, meta.get("path", url_path(stem, urls)), meta, main.strip(), aside.strip())


def url_path(stem: str, urls: str) -> str:
    """The URL path of a stem: "/a/b" for `plain` URLs, "/a/b/" for `slash`, "/a/b.html" for `html`; "/" for the start page."""
    if stem == "index":
        return "/"
    return f"/{stem}" + {"plain": "", "slash": "/", "html": ".html"}[urls]


def strip_tags(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))
