"""Answers requests from an archive instead of the network: the demo's crawl, and a crawl gone through again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadFailedError
from scrapy.http import Headers, Response
from w3lib.url import canonicalize_url

from archive.reader import read_archive, read_exchange
from schemas.errors import UsageError
from schemas.page import ArchivePlace, Page


def replay_settings(archive: Path) -> Mapping[str, Any]:
    """The settings that turn a crawl into a replay: no network, so no contact, no delays, no second attempts."""
    handler = "spiders.replay.ReplayHandler"
    return {
        "SAMVERKAN_REPLAY": str(archive),
        "DOWNLOAD_HANDLERS": {"http": handler, "https": handler},
        "DOWNLOAD_DELAY": 0,
        "SAMVERKAN_HEED_DELAYS": False,
        "SAMVERKAN_ROBOTS_PATIENCE": 0,
        "SAMVERKAN_BUSY_PAUSE": 0,
        "RETRY_TIMES": 0,
    }


@dataclass(frozen=True, slots=True)
class Capture:
    """Where a response lies, and when it came."""

    place: ArchivePlace
    fetched_at: datetime


class ReplayHandler(BaseDownloadHandler):
    """Bodies and headers as they were received. What the archive lacks fails like a broken connection, never like a 404."""

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._archive = Path(crawler.settings["SAMVERKAN_REPLAY"])
        self._captures = index_archive(self._archive)

    async def download_request(self, request: Request) -> Response:
        """The last response that the archive holds for the address; raises DownloadFailedError where it holds none."""
        capture = self._captures.get(canonicalize_url(request.url))
        if capture is None:
            raise DownloadFailedError("it is not in the archive")
        try:
            status, pairs, body = read_exchange(capture.place, self._archive.parent)
        except UsageError as error:
            raise DownloadFailedError(str(error)) from error
        request.meta["fetched_at"] = capture.fetched_at
        headers = Headers()
        for name, value in pairs:
            headers.appendlist(name, value.encode("latin-1"))
        return Response(request.url, status=status, headers=headers, body=body, protocol="HTTP/1.1")


def index_archive(archive: Path) -> dict[str, Capture]:
    """The last capture of each address. Raises UsageError where the file is no archive."""
    pages = (page for page in read_archive(archive) if isinstance(page, Page))
    return {canonicalize_url(page.url): Capture(page.archived, page.fetched_at) for page in pages if page.archived}
