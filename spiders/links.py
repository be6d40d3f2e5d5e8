"""The links of an HTML page, in document order: one walk over lxml's tree."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin

from lxml import etree
from w3lib.html import strip_html5_whitespace
from w3lib.url import safe_url_string

_REFRESH_URL = "url="


@dataclass(frozen=True, slots=True)
class Link:
    """An address without its fragment, and the words that a reader clicks on."""

    url: str
    words: str


def find_links(text: str, base_url: str, encoding: str = "utf-8") -> list[Link]:
    """The http and https links of a page, each address once; an empty list where the text is no HTML at all.

    `encoding` is the page's own: a query string is sent in it (the HTML standard), paths in UTF-8.
    """
    root = _parse(text)
    if root is None:
        return []
    base = _base_address(root, base_url)
    found: dict[str, Link] = {}
    for href, words in _anchors(root):
        if url := _absolute(base, href, encoding):
            found.setdefault(url, Link(url, words))
    return list(found.values())


def _parse(text: str) -> etree._Element | None:
    try:
        # bytes: lxml refuses a str with an XML declaration, as XHTML pages have; huge_tree: else it gives up at 256 nested elements
        return etree.fromstring(text.encode("utf-8", "replace"), etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _anchors(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Each link's href and words; a `<meta http-equiv=refresh>` is a link too ("0; url=/sv/start.html")."""
    for element in root.iter("a", "area", "meta"):
        if element.tag == "meta":
            target = (element.get("content") or "").partition(";")[2].strip()
            if (element.get("http-equiv") or "").casefold() == "refresh" and target.casefold().startswith(_REFRESH_URL):
                yield target[len(_REFRESH_URL) :].strip("'\" "), ""
        elif href := element.get("href"):
            yield href, _words(element)


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
        url = urldefrag(urljoin(base, strip_html5_whitespace(href))).url
        return safe_url_string(url, encoding) if url.startswith(("http://", "https://")) else None
    except (ValueError, LookupError):
        return None
