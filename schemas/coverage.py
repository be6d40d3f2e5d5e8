"""The dataset `coverage`: how the run fared at each known site. It tells "no collaboration" from "not looked"."""

from pydantic import Field

from schemas.record import Count, Instant, OrganisationId, Record, SiteId, Text
from schemas.vocabularies import SiteOutcome


class CoverageRecord(Record):
    """One known site in one run."""

    site_id: SiteId = Field(description="The site in the site list.")
    owner_id: OrganisationId | None = Field(
        default=None, description="The organisation that runs it; in organisations where a page of this run names it."
    )
    outcome: SiteOutcome = Field(description="How the run fared there.")
    pages_seen: Count = Field(default=0, description="Addresses found that the site's scope allows.")
    pages_fetched: Count = Field(default=0, description="Pages that answered with a body.")
    pages_unchanged: Count = Field(default=0, description="Pages that the site confirmed to be unchanged.")
    pages_failed: Count = Field(default=0, description="Pages given up, or answered with an error status.")
    requests: Count = Field(default=0, description="Requests sent for it: robots.txt, sitemaps, redirects and retries too.")
    bytes_received: Count = Field(default=0, description="Bytes of the bodies that came, as sent.")
    seconds: float = Field(default=0.0, ge=0, description="Seconds from its first request to its last answer, waiting included.")
    first_error: Text | None = Field(default=None, description="The first thing that went wrong.")
    last_success_at: Instant | None = Field(default=None, description="When a page of the site last came or was confirmed, in any run.")
