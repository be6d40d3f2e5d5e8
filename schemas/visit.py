"""How a crawl fared: what a spider hands to the run beside the pages."""

from dataclasses import dataclass

from schemas.facts import Issue

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
