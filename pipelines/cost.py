"""What a crawl cost the sites: requests and bytes, and how many requests each page about collaboration took."""

from collections.abc import Collection, Iterable, Mapping

from pipelines.keys import Row
from schemas.manifest import Manifest
from schemas.visit import SiteVisit


def tell_cost(manifest: Manifest, visits: Mapping[str, SiteVisit], found: int) -> None:
    """Fills in the manifest's figures; `found`: pages about collaboration fetched or confirmed. Without visits nobody asked anything."""
    if not visits:
        return
    manifest.requests = sum(visit.requests for visit in visits.values())
    manifest.bytes_received = sum(visit.bytes_received for visit in visits.values())
    manifest.pages_unchanged = sum(visit.pages_unchanged for visit in visits.values())
    manifest.requests_per_found_page = round(manifest.requests / found, 2) if found else None


def count_found(pages: Iterable[Row], seen: Collection[str]) -> int:
    """How many page rows are about collaboration and were read or confirmed in this run, by their `page_id`."""
    return sum(1 for row in pages if row["is_collaboration"] and row["page_id"] in seen)
