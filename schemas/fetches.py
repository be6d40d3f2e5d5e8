"""The dataset `fetches`: what the crawl asked for, and what it was answered; the next one asks for changes only by it."""

from pydantic import Field

from schemas.record import Count, Instant, Record, SiteId, Text, Url
from schemas.vocabularies import FetchPurpose


class FetchRecord(Record):
    """The last answer to a request for one address, or that there was none."""

    url: Url = Field(description="The address asked for, before any redirect.")
    site_id: SiteId | None = Field(default=None, description="The site on whose behalf it was asked for; null where that is not known.")
    purpose: FetchPurpose = Field(description="What it was asked for.")
    status: int | None = Field(default=None, ge=100, le=999, description="The HTTP status; null where no answer came that could be used.")
    error: Text | None = Field(default=None, description="Why no answer came that could be used: a code of issues.")
    content_type: Text | None = Field(default=None, description="The Content-Type header, as sent.")
    etag: Text | None = Field(default=None, description="The ETag header, as sent; the next crawl sends it back.")
    last_modified: Text | None = Field(default=None, description="The Last-Modified header, as sent; the next crawl sends it back.")
    location: Text | None = Field(default=None, description="Where a redirect leads, as sent.")
    bytes_received: Count = Field(default=0, description="Bytes of the body that came, as sent; 0 where the page was said to be unchanged.")
    payload_digest: Text | None = Field(
        default=None, description="Digest of the body (status 200) that an archive holds, as WARC-Payload-Digest."
    )
    asked_at: Instant = Field(description="When it was last asked for, by this run or the one that this row was carried over from.")
    fetched_at: Instant | None = Field(
        default=None,
        description="When that body came: before asked_at where it was confirmed, or came no more.",
    )
    archive_file: Text | None = Field(default=None, description="The archive file that holds the answer.")
    archive_offset: Count | None = Field(default=None, description="Where it begins in that file, in bytes.")
    archive_length: Count | None = Field(default=None, description="How many bytes it takes there.")
