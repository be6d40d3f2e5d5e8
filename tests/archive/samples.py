"""Archives for the tests: our own writer's, and foreign ones as warcio and others make them."""

import gzip
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from warcio.warcwriter import WARCWriter

from archive.reader import MAX_BODY, read_archive
from archive.writer import WarcWriter
from schemas.facts import Issue
from schemas.page import ArchivePlace, Original, Page

NOON = datetime(2026, 11, 21, 12, 0, 0, 250000, tzinfo=UTC)
HTML = (("Content-Type", "text/html; charset=utf-8"),)
NO_DETAILS: Mapping[str, str] = {}
Pairs = Sequence[tuple[str, str]]


def write_pages(
    path: Path, pages: Iterable[tuple[str, bytes]], *, headers: Pairs = HTML, status: int = 200, method: str = "GET"
) -> list[ArchivePlace]:
    """A WARC of our writer with these URLs and bodies; where each lies."""
    with WarcWriter(path, run_id="20261121T120000Z", software="samverkan test") as writer:
        return [
            writer.write_exchange(
                url=url,
                method=method,
                request_headers=[("User-Agent", "samverkan")],
                status=status,
                response_headers=headers,
                body=body,
                fetched_at=NOON,
            )
            for url, body in pages
        ]


def write_exchange(
    writer: WarcWriter,
    url: str,
    body: bytes = b"<p>Ale</p>",
    *,
    status: int = 200,
    headers: Pairs = HTML,
    request_headers: Pairs = (("User-Agent", "samverkan"),),
    fetched_at: datetime = NOON,
    original: Original | None = None,
) -> ArchivePlace:
    """One exchange, as a crawl writes it."""
    return writer.write_exchange(
        url=url,
        method="GET",
        request_headers=request_headers,
        status=status,
        response_headers=headers,
        body=body,
        fetched_at=fetched_at,
        original=original,
    )


def make_record(kind: str, url: str, block: bytes, details: Mapping[str, str] = NO_DETAILS, *, zipped: bool = True) -> bytes:
    """A record written by warcio alone, with WARC headers of its own."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=zipped)
    record = writer.create_warc_record(
        url, kind, payload=io.BytesIO(block), length=len(block), warc_headers_dict={"WARC-Date": "2026-11-21T12:00:00Z", **details}
    )
    writer.write_record(record)
    return out.getvalue()


def make_response(
    url: str, body: bytes, head: bytes = b"Content-Type: text/html\r\n", details: Mapping[str, str] = NO_DETAILS, *, zipped: bool = True
) -> bytes:
    return make_record("response", url, b"HTTP/1.1 200 OK\r\n" + head + b"\r\n" + body, details, zipped=zipped)


def read_all(path: Path, max_body: int = MAX_BODY) -> tuple[list[Page], list[Issue]]:
    """The pages and the issues of an archive."""
    found = list(read_archive(path, max_body=max_body))
    return [item for item in found if isinstance(item, Page)], [item for item in found if isinstance(item, Issue)]


def unzip_place(place: ArchivePlace, folder: Path) -> bytes:
    """The record at a place, unzipped where it is zipped."""
    data = (folder / place.file).read_bytes()[place.offset : place.offset + place.length]
    return gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data


def unzip_all(path: Path) -> bytes:
    with gzip.open(path) as file:
        return file.read()


def list_open_files() -> list[Path]:
    """The handles of this process."""
    return sorted(Path("/proc/self/fd").iterdir())
