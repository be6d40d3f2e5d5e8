"""Scrapy's download handler, but nothing is sent behind our back, and no head of an answer is without end."""

from typing import Any

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler, _LenientHTTP11ClientFactory, _LenientHTTP11ClientProtocol
from scrapy.crawler import Crawler
from twisted.internet.defer import Deferred
from twisted.web._newclient import HEADER, STATUS
from twisted.web.iweb import IResponse

KEPT_FOR = 2
"""Seconds for which an idle connection is used again. Servers close theirs after five or more; a request that meets a closed one fails."""
LONGEST_HEAD = 1024 * 1024
"""Bytes of status line and headers. Browsers take 256 KiB; DOWNLOAD_MAXSIZE bounds the body only."""


class PoliteHandler(HTTP11DownloadHandler):
    """Connections are kept for the next request to a host, but a request is sent once.

    Twisted sends a request again by itself, at once, where a kept connection turns out to be closed: a second request before the
    host's delay is over, which neither the pace nor the archive would know of. (Measured with Twisted 26.10.)
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool.retryAutomatically = False
        self._pool.cachedConnectionTimeout = KEPT_FOR
        self._pool._factory = _BoundedFactory


class _BoundedProtocol(_LenientHTTP11ClientProtocol):
    """Drops the connection where a head goes on and on."""

    _head = 0

    def request(self, request: Any) -> "Deferred[IResponse]":
        self._head = 0
        return super().request(request)

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 (Twisted's name)
        if self._parser is not None and self._parser.state in (STATUS, HEADER):
            self._head += len(data)
            if self._head > LONGEST_HEAD and self.transport is not None:
                self.transport.abortConnection()
                return
        super().dataReceived(data)  # type: ignore[no-untyped-call]


class _BoundedFactory(_LenientHTTP11ClientFactory):
    protocol = _BoundedProtocol

    def buildProtocol(self, addr: Any) -> _BoundedProtocol:  # noqa: N802 (Twisted's name)
        return _BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]
