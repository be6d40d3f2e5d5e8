"""What a crawl asked for, as rows of `fetches`; of addresses that it did not ask for, those stay whose body an archive still holds."""

from collections.abc import Iterable, Iterator, Mapping

from pipelines.issues import clean_text
from pipelines.keys import Row
from schemas.visit import Fetch


def carry_fetches(previous: Iterable[Row], asked_for: Mapping[str, Fetch]) -> Iterator[Row]:
    """The earlier rows that the next crawl may need: their body lies in an archive, and this crawl did not ask for the address."""
    return (row for row in previous if row["payload_digest"] and row["archive_file"] and row["url"] not in asked_for)


def build_fetch_row(fetch: Fetch) -> Row:
    """One row; `run_id` is not among its columns yet."""
    place = fetch.archived
    return {
        "url": fetch.url,
        "site_id": fetch.site_id,
        "purpose": fetch.purpose,
        "status": fetch.status,
        "error": fetch.error,
        "content_type": clean_text(fetch.content_type),
        "etag": clean_text(fetch.etag),
        "last_modified": clean_text(fetch.last_modified),
        "location": clean_text(fetch.location),
        "bytes_received": fetch.bytes_received,
        "payload_digest": fetch.payload_digest,
        "asked_at": fetch.asked_at,
        "fetched_at": fetch.fetched_at,
        "archive_file": place.file if place else None,
        "archive_offset": place.offset if place else None,
        "archive_length": place.length if place else None,
    }
