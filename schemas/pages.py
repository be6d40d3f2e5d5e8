"""The dataset `pages`: one row per HTML page that answered 200."""

from datetime import date

from pydantic import Field

from schemas.record import PERSONAL, Count, Instant, Language, MediaType, OrganisationId, PageId, Record, Sha256, SiteId, Text, Url


class PageRecord(Record):
    """One HTML page that answered 200: where it was found, what it says, and which bytes say so."""

    page_id: PageId = Field(description="The page's identity: the first 16 hexadecimal digits of the SHA-256 of canonical_url.")
    site_id: SiteId | None = Field(default=None, description="The site in the site list that the page belongs to; null where none does.")
    owner_id: OrganisationId | None = Field(
        default=None, description="The organisation that runs the site (organisations.organisation_id); null without a site."
    )
    url: Url = Field(description="The final URL, after redirects.")
    canonical_url: Url = Field(
        description="One form for all spellings of the URL: the page's own rel=canonical on the same host, else url; normalised, "
        "without fragment, session id and tracking parameters."
    )
    title: Text | None = Field(default=None, description="The page's heading, else its title element.", json_schema_extra=PERSONAL)
    language: Language | None = Field(default=None, description="The language of the text (BCP 47): sv, en.")
    platform: Text | None = Field(default=None, description="The content management system recognised: sitevision, wordpress.")
    platform_id: Text | None = Field(
        default=None,
        description="The page's id in that system (SiteVision: 4.5d1f3a9c18e7a2b, WordPress: 1412), which stays when its address changes.",
    )
    http_status: int = Field(ge=100, le=599, description="The HTTP status of the response.")
    content_type: MediaType | None = Field(default=None, description="The media type of the response, without parameters.")
    charset: Text | None = Field(default=None, description="The character encoding that the bytes were read in.")
    content_length: Count = Field(description="The size of the body in bytes, after Content-Encoding is undone.")
    etag: Text | None = Field(default=None, description="The ETag header, as sent.")
    last_modified: Instant | None = Field(default=None, description="The Last-Modified header.")
    fetched_at: Instant = Field(description="When these bytes came.")
    checked_at: Instant = Field(description="When the site last confirmed these bytes.")
    published_on: date | None = Field(default=None, description="The day the page says it was published (Europe/Stockholm).")
    updated_on: date | None = Field(default=None, description="The day the page says it was last updated (Europe/Stockholm).")
    is_collaboration: bool = Field(description="Whether the page is about collaboration between organisations.")
    text: Text | None = Field(
        default=None,
        description="The page's main text, its contact blocks included, its chrome not; offsets of evidence and mentions refer to it.",
        json_schema_extra=PERSONAL,
    )
    content_sha256: Sha256 = Field(description="SHA-256 of what a person would call the content: the text without noise.")
    body_sha256: Sha256 = Field(description="SHA-256 of the body.")
    archive_file: Text | None = Field(default=None, description="The archive file that holds the response.")
    archive_offset: Count | None = Field(default=None, description="Where the response begins in that file, in bytes.")
    archive_length: Count | None = Field(default=None, description="How many bytes it takes there.")
