"""A page as received: what spiders and archives hand to the parsers."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ArchivePlace:
    """Where a response lies: `length` bytes from `offset` of the file `file` (a name, not a path) itself."""

    file: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Original:
    """A response archived earlier, whose bytes a later answer repeats: what a revisit record says of it."""

    url: str
    fetched_at: datetime
    """Its WARC-Date."""
    payload_digest: str
    """Its WARC-Payload-Digest: of the body as sent, not as decoded."""
    place: ArchivePlace | None


@dataclass(frozen=True, slots=True)
class Page:
    """One HTTP response: the final URL, its status and headers as sent, the body after Content-Encoding is undone."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)
    """Not shown where a page is: what it says of persons has no place in a log."""
    fetched_at: datetime
    """When these bytes came (UTC)."""
    archived: ArchivePlace | None = None
    request_url: str | None = None
    """The URL first asked for, where redirects led here."""
    checked_at: datetime | None = None
    """When the site confirmed that these bytes, which came earlier, still hold (UTC); None where they came just now."""

    @property
    def seen_at(self) -> datetime:
        """When the site last showed that it holds these bytes (UTC)."""
        return self.checked_at or self.fetched_at

    def header(self, name: str) -> str | None:
        """The last value of a header, by name without regard to case; None where it was not sent."""
        wanted = name.casefold()
        return next((value for key, value in reversed(self.headers) if key.casefold() == wanted), None)

    @property
    def content_type(self) -> str | None:
        """The media type without parameters, lower case ("text/html"); None where none was sent."""
        value = self.header("content-type")
        return value.split(";")[0].strip().lower() or None if value else None

    @property
    def body_sha256(self) -> str:
        """SHA-256 of the body, 64 hex digits."""
        return hashlib.sha256(self.body).hexdigest()
