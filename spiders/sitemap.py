"""Sitemaps (sitemaps.org): the addresses that a site lists itself, from XML, plain text or an index, gzipped or not."""

import zlib
from dataclasses import dataclass, field
from io import BytesIO

from lxml import etree

_LARGEST = 50 * 1024 * 1024
"""Bytes after unpacking, the protocol's own limit; what lies beyond is not read."""
_MOST = 50_000
"""Addresses in one file, the protocol's own limit."""
_GZIP = b"\x1f\x8b"


@dataclass(slots=True)
class Sitemap:
    """What one sitemap file lists: addresses of pages, and of further sitemaps where it is an index."""

    pages: list[str] = field(default_factory=list)
    sitemaps: list[str] = field(default_factory=list)


def read_sitemap(body: bytes) -> Sitemap:
    """The addresses of a sitemap as received; empty where the body is none.

    SiteVision serves `/sitemap1.xml.gz`: gzip that no header tells of.
    """
    body = _unpack(body)
    text = body.lstrip(b"\xef\xbb\xbf \t\r\n")
    if text.startswith(b"<"):
        return _read_xml(text)
    lines = text.decode("utf-8", "replace").split()
    return Sitemap(pages=[line for line in lines[:_MOST] if line.startswith(("http://", "https://"))])


def _unpack(body: bytes) -> bytes:
    if not body.startswith(_GZIP):
        return body
    try:
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16).decompress(body, _LARGEST)
    except zlib.error:
        return b""


def _read_xml(text: bytes) -> Sitemap:
    sitemap = Sitemap()
    try:
        for _, loc in etree.iterparse(BytesIO(text), tag="{*}loc", recover=True, resolve_entities=False, no_network=True):
            # image:loc and video:loc stand below image:image; only a page's own address counts
            parent = loc.getparent()
            listed = _list_of(sitemap, parent) if parent is not None else None
            if listed is not None and loc.text and len(listed) < _MOST:
                listed.append(loc.text.strip())
            if parent is not None:
                loc.clear()
    except etree.XMLSyntaxError:
        pass  # recover reads broken files; what is no XML at all (an error page) lists nothing
    return sitemap


def _list_of(sitemap: Sitemap, parent: etree._Element) -> list[str] | None:
    match etree.QName(parent).localname:
        case "url":
            return sitemap.pages
        case "sitemap":
            return sitemap.sitemaps
        case _:
            return None
