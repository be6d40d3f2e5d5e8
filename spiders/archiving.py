"""Every response as received into `archive/<run_id>.warc.gz`, before anything looks at it: robots, sitemaps, redirects, errors too."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Headers, Response

from archive.messages import decode_body
from archive.reader import MAX_BODY
from archive.writer import WarcWriter
from schemas.errors import OutputUnwritable, SamverkanError
from schemas.page import ArchivePlace, Page

if TYPE_CHECKING:
    from scrapy import Spider

FAILURE = "failure"
"""The crawler's stats hold under this name the SamverkanError that ended a crawl; pipelines may leave theirs there too."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """When a response came, and where it lies. In `request.meta["receipt"]` of every response."""

    fetched_at: datetime
    archived: ArchivePlace


class ArchivingMiddleware:
    """The downloader middleware nearest to the network. An archive that cannot be written ends the crawl."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._run_id: str = crawler.settings["SAMVERKAN_RUN_ID"]
        self._folder = Path(crawler.settings["SAMVERKAN_OUTPUT"]) / "archive"
        self._software: str = crawler.settings["BOT_NAME"]
        self._writer: WarcWriter | None = None
        self._ending: asyncio.Future[None] | None = None
        crawler.signals.connect(self._close, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        """Writes the exchange, and leaves its Receipt in `request.meta`. Raises IgnoreRequest once the archive has failed."""
        fetched_at: datetime = request.meta.pop("fetched_at", None) or datetime.now(UTC)  # a replay knows when it really was
        try:
            request.meta["receipt"] = Receipt(fetched_at, self._write(request, response, fetched_at))
        except SamverkanError as error:
            self._end_crawl(error)
            raise IgnoreRequest(str(error)) from error
        return response

    def _write(self, request: Request, response: Response, fetched_at: datetime) -> ArchivePlace:
        # opened with the first response, not with the spider: until then the run may still be refused (lock held, id taken)
        if self._writer is None:
            self._writer = open_archive(self._folder, self._run_id, self._software)
        return self._writer.write_exchange(
            url=response.url,
            method=request.method,
            request_headers=header_pairs(request.headers),
            status=response.status,
            response_headers=header_pairs(response.headers),
            body=response.body,
            fetched_at=fetched_at,
            ip_address=str(response.ip_address) if response.ip_address else None,
            protocol=response.protocol or "HTTP/1.1",
        )

    def _end_crawl(self, error: SamverkanError) -> None:
        """No further request can mend this; `run_crawl` raises the error when everything is closed."""
        if self._ending is None:
            self._crawler.stats.set_value(FAILURE, error)
            self._ending = asyncio.ensure_future(self._crawler.engine.stop_async())

    def _close(self, spider: "Spider") -> None:
        if self._writer is not None:
            self._writer.__exit__(None, None, None)
            self._writer = None


def open_archive(folder: Path, run_id: str, software: str) -> WarcWriter:
    """A writer of `<run_id>.warc.gz` in the folder, which is made; raises UsageError or OutputUnwritable."""
    path = folder / f"{run_id}.warc.gz"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputUnwritable(f"The archive {path} cannot be written: {error.strerror}.") from error
    return WarcWriter(path, run_id=run_id, software=software).__enter__()


def make_page(response: Response, request_url: str | None = None) -> Page:
    """The response as a Page: headers as sent, Content-Encoding undone. Raises UndecodableError or TooLargeError."""
    receipt: Receipt = response.meta["receipt"]
    headers = tuple(header_pairs(response.headers))
    limit = response.meta.get("download_maxsize") or MAX_BODY
    return Page(
        url=response.url,
        status=response.status,
        headers=headers,
        body=decode_body(headers, response.body, limit),
        fetched_at=receipt.fetched_at,
        archived=receipt.archived,
        request_url=request_url if request_url != response.url else None,
    )


def header_pairs(headers: Headers) -> Sequence[tuple[str, str]]:
    """Every value of every header, read as Latin-1, which loses no byte."""
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, values in headers.items() for value in values]
