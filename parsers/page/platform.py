"""The platform (CMS) that a page was made with, told by the marks of `platform.toml`."""

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from itertools import chain

from parsers.page.document import Document
from schemas.page import Page

MARKS: dict[str, dict[str, list[str]]] = tomllib.loads(files("parsers.page").joinpath("platform.toml").read_text("utf-8"))
LINKS = (("link", "href"), ("script", "src"), ("img", "src"))


def read_platform(document: Document, page: Page) -> str | None:
    """The platform's name in lower case ("sitevision", "episerver", "wordpress"); None where nothing gives it away.

    What a page says of itself (generator, names of meta tags, headers) goes before its classes, and these before the paths of its files:
    a WordPress site may show an image that lies in the SiteVision of its municipality.
    """
    for kind, read_marks, anywhere in SOURCES:
        seen = list(read_marks(document, page))
        if seen and (name := match_platform(kind, seen, anywhere=anywhere)):
            return name
    return None


def match_platform(kind: str, seen: list[str], *, anywhere: bool) -> str | None:
    """The first platform one of whose marks begins one of the values seen, or stands anywhere in all of them."""
    everything = "\n".join(seen) if anywhere else ""
    for name, marks in MARKS.items():
        if anywhere and any(mark in everything for mark in marks[kind]):
            return name
        if not anywhere and any(value.startswith(tuple(marks[kind])) for value in seen):
            return name
    return None


def read_generators(document: Document, _: Page) -> Iterator[str]:
    """What <meta name="generator"> says."""
    for element in document.elements("meta"):
        if (element.get("name") or "").casefold() == "generator":
            yield (element.get("content") or "").strip().casefold()


def read_metas(document: Document, _: Page) -> Iterator[str]:
    """The names of meta tags."""
    return (name.casefold() for element in document.elements("meta") if (name := element.get("name")))


def read_headers(_: Document, page: Page) -> Iterator[str]:
    """The headers of the response."""
    return (f"{name}: {value}".casefold() for name, value in page.headers)


def read_classes(document: Document, _: Page) -> Iterator[str]:
    """The classes of <html> and <body>."""
    for element in chain(document.elements("html"), document.elements("body")):
        yield from (element.get("class") or "").casefold().split()


def read_paths(document: Document, _: Page) -> Iterator[str]:
    """The addresses of style sheets, scripts and images."""
    for tag, attribute in LINKS:
        for element in document.elements(tag):
            if address := element.get(attribute):
                yield address.casefold()


# In this order; of paths the marks may stand anywhere.
SOURCES = (
    ("generators", read_generators, False),
    ("metas", read_metas, False),
    ("headers", read_headers, False),
    ("classes", read_classes, False),
    ("paths", read_paths, True),
)
