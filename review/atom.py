"""Atom feeds (RFC 4287)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from review.markup import Element, tag, write_html
from review.plain import fit_address

NAMESPACE = "http://www.w3.org/2005/Atom"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed."""

    id: str
    """A tag URI (RFC 4151), the same whenever the feed is made."""
    title: str
    updated: datetime
    content: Element
    """HTML."""
    url: str | None = None
    """The page that it is about."""


def write_feed(feed_id: str, title: str, entries: Sequence[Entry], *, address: str, updated: datetime) -> str:
    """The feed as XML. `address`: where it can be had, may be relative; `updated`: when there are no entries."""
    feed = tag(
        "feed",
        tag("id", feed_id),
        tag("title", title),
        tag("updated", show_instant(max((entry.updated for entry in entries), default=updated))),
        tag("link", rel="self", type="application/atom+xml", href=address),
        tag("author", tag("name", "samverkan")),
        tag("generator", "samverkan"),
        map(write_entry, entries),
        xmlns=NAMESPACE,
        **{LANGUAGE: "en"},
    )
    return f'<?xml version="1.0" encoding="utf-8"?>\n{etree.tostring(feed, encoding="unicode")}\n'


def write_entry(entry: Entry) -> Element:
    """An entry; its HTML is text within it, as readers expect it."""
    return tag(
        "entry",
        tag("id", entry.id),
        tag("title", entry.title),
        tag("updated", show_instant(entry.updated)),
        tag("published", show_instant(entry.updated)),
        tag("link", rel="alternate", type="text/html", href=address) if (address := fit_address(entry.url)) else None,
        tag("content", write_html(entry.content), type="html"),
    )


def show_instant(instant: datetime) -> str:
    """ "2026-11-21T04:00:00Z"."""
    return f"{instant:%Y-%m-%dT%H:%M:%SZ}"
