"""What the last published crawl was answered: so that this one asks for changes only, and can read again what has not changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from archive.messages import decode_body
from archive.reader import MAX_BODY, read_exchange
from schemas.page import ArchivePlace, Original, Page
from schemas.tables import scan_rows
from schemas.values.url import canonical_url

_COLUMNS = ("url", "etag", "last_modified", "payload_digest", "fetched_at", "archive_file", "archive_offset", "archive_length")


@dataclass(frozen=True, slots=True)
class Remembered:
    """An answer (status 200) whose body still lies in an archive."""

    original: Original
    place: ArchivePlace
    etag: str | None
    last_modified: str | None

    @property
    def conditions(self) -> Mapping[str, str]:
        """The headers that ask for the page only if it has changed; {} where the server gave nothing to go by."""
        headers = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in headers.items() if value}


class Memory:
    """The answers of a published run's `fetches`, by address. Bodies stay in their archives."""

    def __init__(self, run: Path | None, archives: Path, longest_trust: timedelta) -> None:
        """`longest_trust`: bytes older than that are asked for whole, in case a server says "unchanged" for ever."""
        self._archives = archives
        self._newest_doubtful = datetime.now(UTC) - longest_trust
        self._sizes: dict[str, int] = {}
        self._rows = {canonical_url(row["url"]): row for row in _read_answers(run)}

    def recall(self, url: str) -> Remembered | None:
        """What is remembered of an address; None where that is nothing, too old, or no longer in its archive."""
        row = self._rows.get(canonical_url(url))
        if row is None or row["fetched_at"] < self._newest_doubtful:
            return None
        place = ArchivePlace(row["archive_file"], row["archive_offset"], row["archive_length"])
        if place.offset + place.length > self._size_of(place.file):
            return None
        original = Original(row["url"], row["fetched_at"], row["payload_digest"], place)
        return Remembered(original, place, row["etag"], row["last_modified"])

    def read_page(self, remembered: Remembered, confirmed_at: datetime) -> Page:
        """The page as it came then, confirmed now. Raises UsageError, UndecodableError or TooLargeError where it cannot be read."""
        status, headers, body = read_exchange(remembered.place, self._archives)
        original = remembered.original
        body = decode_body(headers, body, MAX_BODY)
        return Page(original.url, status, headers, body, original.fetched_at, remembered.place, checked_at=confirmed_at)

    def _size_of(self, name: str) -> int:
        if name not in self._sizes:
            path = self._archives / name
            self._sizes[name] = path.stat().st_size if path.is_file() else 0
        return self._sizes[name]


def _read_answers(run: Path | None) -> Iterator[dict[str, Any]]:
    path = run / "fetches.parquet" if run else None
    if path is None or not path.exists():
        return iter(())
    return (row for row in scan_rows(path, _COLUMNS) if row["archive_file"] and row["payload_digest"])
