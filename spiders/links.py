"""The links of an HTML page, in document order: one walk over lxml's tree."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from urllib.parse import urldefrag, urljoin

from lxml import etree
from w3lib.html import strip_html5_whitespace
from w3lib.url import safe_url_string

from parsers.page.tree import parse_html

_REFRESH_URL = "url="
_SESSION = re.compile(r";jsessionid=[^/?#;]*", re.IGNORECASE)  # a new one on every visit: "/sida;jsessionid=1A2B.node1?x=1"
_MOST = 10_000
"""Links that are read of a page; the largest municipal menus hold two thousand. 200,000 would hold up all other sites for half a minute."""
_SUBHEADINGS = ("h2", "h3", "h4", "h5", "h6")


@dataclass(frozen=True, slots=True)
class Link:
    """An address without its fragment, the words that a reader clicks on, and the subheading under which the link stands."""

    url: str
    words: str
    heading: str = ""


def find_links(text: str, base_url: str, encoding: str = "utf-8") -> list[Link]:
    """The http and https links of a page (of the first 10,000), each address once; an empty list where the text is no HTML at all.

    `encoding` is the page's own: a query string is sent in it (the HTML standard), paths in UTF-8.
    """
    root, _ = parse_html(text)
    if root is None:
        return []
    base = _base_address(root, base_url)
    found: dict[str, Link] = {}
    for href, words, heading in islice(_anchors(root), _MOST):
        if (url := _absolute(base, href, encoding)) and (url not in found or len(words) > len(found[url].words)):
            found[url] = Link(url, words, heading)
    return list(found.values())


def _anchors(root: etree._Element) -> Iterator[tuple[str, str, str]]:
    """Each link's href, words and subheading; a `<meta http-equiv=refresh>` is a link too ("0; url=/sv/start.html")."""
    heading: etree._Element | None = None
    for element in root.iter("a", "area", "meta", *_SUBHEADINGS):
        if element.tag == "meta":
            target = (element.get("content") or "").partition(";")[2].strip()
            if (element.get("http-equiv") or "").casefold() == "refresh" and target.casefold().startswith(_REFRESH_URL):
                yield target[len(_REFRESH_URL) :].strip("'\" "), "", ""
        elif element.tag in _SUBHEADINGS:
            heading = element
        elif href := element.get("href"):
            yield href, _words(element), _words(heading) if heading is not None and _stands_under(heading, element) else ""


def _stands_under(heading: etree._Element, element: etree._Element) -> bool:
    """Whether the element lies in what surrounds the heading: a footer after the last heading of a text does not."""
    inner = heading
    while (scope := inner.getparent()) is not None and _is_alone(inner):  # a wrapper that holds nothing but the heading
        inner = scope
    return any(ancestor is scope for ancestor in element.iterancestors())


def _is_alone(element: etree._Element) -> bool:
    """Whether what holds the element holds nothing else. Not by `len`, which counts: a list of 200,000 links would be counted for each."""
    return element.getprevious() is None and element.getnext() is None


def _words(element: etree._Element) -> str:
    spoken = [*(str(text) for text in element.itertext()), element.get("title") or "", element.get("aria-label") or ""]
    spoken += [image.get("alt") or "" for image in element.iter("img")]
    return " ".join(" ".join(spoken).split())[:300]


def _base_address(root: etree._Element, page_url: str) -> str:
    base = next((element.get("href") for element in root.iter("base") if element.get("href")), None)
    try:
        return urljoin(page_url, base.strip()) if base else page_url
    except ValueError:
        return page_url


def _absolute(base: str, href: str, encoding: str) -> str | None:
    """The address as a browser asks for it, without fragment; None for mailto:, tel:, javascript: and what is no address."""
    try:
        url = urldefrag(urljoin(base, _SESSION.sub("", strip_html5_whitespace(href)))).url
        return _quote(url, encoding) if url.startswith(("http://", "https://")) else None
    except (ValueError, LookupError):
        return None


@lru_cache(maxsize=4096)  # menus stand on every page
def _quote(url: str, encoding: str) -> str:
    return safe_url_string(url, encoding)
