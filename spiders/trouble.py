"""What can go wrong between a request and its response, and what it is called."""

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotSupported,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from twisted.internet.error import ConnectError, ConnectionClosed


class StoppedError(IgnoreRequest):
    """Raised instead of waiting on, where the crawl is being stopped or its time is up; no failure of the page."""


NETWORK_TROUBLE = (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    NotSupported,
    UnsupportedURLSchemeError,
    ConnectError,
    ConnectionClosed,
    OSError,
)
"""What a request that gets no response raises, of Scrapy's, Twisted's and the system's."""

_NAMES: dict[type[BaseException], str] = {
    CannotResolveHostError: "the host has no address",
    DownloadConnectionRefusedError: "the connection was refused",
    DownloadTimeoutError: "no answer in time",
    ResponseDataLossError: "the answer broke off",
    DownloadCancelledError: "the answer is too large",
}


def describe_trouble(error: BaseException | None) -> str:
    """One line for a person; a reason that we gave ourselves stands as it is."""
    if isinstance(error, IgnoreRequest):
        return str(error)
    if name := next((words for kind, words in _NAMES.items() if isinstance(error, kind)), None):
        return name
    detail = " ".join(str(error).split())[:200]
    return f"{type(error).__name__} ({detail})" if detail else type(error).__name__
