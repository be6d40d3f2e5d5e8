"""How a crawl fared: what a spider hands to the run beside the pages."""

from dataclasses import dataclass
from datetime import datetime

from schemas.facts import Issue
from schemas.page import ArchivePlace

FAILURE = "failure"
"""The crawler's stats hold under this name the error that ended a crawl; whoever started the crawl raises it."""
STOPPED_BY = "stopped_by"
"""The crawler's stats hold under this name the number of the signal that stopped a crawl."""


@dataclass(slots=True)
class SiteVisit:
    """One site in one crawl. The spider counts while it fetches; the run makes the site's `coverage` row of it."""

    site_id: str
    outcome: str | None = None
    """denied | unreachable | failed | incomplete, where the spider knows; None: the pages tell."""
    pages_seen: int = 0
    """Addresses found that the site's scope allows."""
    pages_fetched: int = 0
    """Responses with a body (status 200)."""
    pages_unchanged: int = 0
    """Confirmed unchanged by the site (status 304)."""
    pages_failed: int = 0
    """Given up after the retries, or answered with an error status."""
    first_error: str | None = None
    """The first thing that went wrong, in words for a person."""
    requests: int = 0
    """Requests sent for it: robots.txt, sitemaps, redirects and retries too."""
    bytes_received: int = 0
    """Bytes of the bodies received, as sent."""
    seconds: float = 0.0
    """From its first request to its last answer, waiting included."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What a spider could not fetch, or left: an issue of a site, and of an address where it has one."""

    issue: Issue
    site_id: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Fetch:
    """The last answer to a request for an address, or that there was none: what the next crawl needs to ask for changes only."""

    url: str
    site_id: str | None
    purpose: str
    """robots | sitemap | page"""
    asked_at: datetime
    """When it was last asked for."""
    status: int | None = None
    """None: no answer that could be used."""
    error: str | None = None
    """Why there was none: a code of `issues`."""
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    """As sent: it goes back to the server in the same words."""
    location: str | None = None
    """Where a redirect leads, as sent."""
    bytes_received: int = 0
    payload_digest: str | None = None
    """Of the body as sent, in the form of a WARC's."""
    fetched_at: datetime | None = None
    """When the body came that the archive holds; earlier than `asked_at` where the site said that it still holds."""
    archived: ArchivePlace | None = None
