"""What can go wrong between a request and its answer: what it is called, which issue it makes, and what becomes of the site."""

from dataclasses import dataclass

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

UNREACHABLE = "unreachable"
"""The outcome of a site that gave no answer at all."""
FAILED = "failed"
"""The outcome of a site that answered, but with nothing that could be used."""


class StoppedError(IgnoreRequest):
    """Raised instead of waiting on, where the crawl is being stopped or its time is up; no failure of the page."""


class RefusedError(IgnoreRequest):
    """Raised where we do not ask, for a reason of our own: `code` names the issue."""

    code = "fetch_failed"
    outcome = FAILED


class LeftAloneError(RefusedError):
    """Raised where a host asks for more patience than we have."""


class BudgetSpentError(RefusedError):
    """Raised where a host has had its requests of the day."""

    code = "budget_spent"


class PrivateAddressError(RefusedError):
    """Raised where an address leads into a private network that the site list does not name."""

    code = "private_address"


@dataclass(frozen=True, slots=True)
class Fault:
    """A failed request: the issue's code, the site's outcome where nothing goes better, the reason in words for a person."""

    code: str
    outcome: str
    reason: str
    is_passing: bool = False
    """Whether asking again may help."""


class FetchError(Exception):
    """Raised where a request gets no answer that can be used; what the journal holds of it and what the network raises look the same."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.reason)
        self.fault = fault


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

_KNOWN: dict[type[BaseException], Fault] = {
    CannotResolveHostError: Fault("fetch_failed", UNREACHABLE, "the host has no address"),
    DownloadConnectionRefusedError: Fault("fetch_failed", UNREACHABLE, "the connection was refused", is_passing=True),
    DownloadTimeoutError: Fault("fetch_failed", UNREACHABLE, "no answer in time", is_passing=True),
    ResponseDataLossError: Fault("page_truncated", FAILED, "the answer broke off", is_passing=True),
    DownloadCancelledError: Fault("page_too_large", FAILED, "the answer is too large"),
}
_TLS_WORDS = ("certificate", "ssl", "tls")
_DROPPED = ("ConnectionDone", "ConnectionLost", "ConnectionAborted")
"""What Twisted calls the ways in which the other side, or we, closed a connection before the answer was whole."""


def judge_failure(error: BaseException) -> Fault:
    """What a failed request is called. A certificate that does not hold is named; asking again would not help."""
    if isinstance(error, FetchError):
        return error.fault
    if isinstance(error, RefusedError):
        return Fault(error.code, error.outcome, str(error))
    if known := next((fault for kind, fault in _KNOWN.items() if isinstance(error, kind)), None):
        return known
    detail = " ".join(str(error).split())[:200]
    if any(word in detail.casefold() for word in _TLS_WORDS):
        return Fault("fetch_failed", UNREACHABLE, f"no secure connection ({_name_tls_fault(detail)})")
    if any(name in detail for name in _DROPPED):
        return Fault("fetch_failed", UNREACHABLE, "the connection was dropped", is_passing=True)
    return Fault("fetch_failed", UNREACHABLE, f"{type(error).__name__} ({detail})" if detail else type(error).__name__, is_passing=True)


def describe_trouble(error: BaseException) -> str:
    """One line for a person; a reason that we gave ourselves stands as it is."""
    return str(error) if isinstance(error, IgnoreRequest) else judge_failure(error).reason


def _name_tls_fault(detail: str) -> str:
    """OpenSSL's words for it: "certificate verify failed" of "[<... Error([('SSL routines', '', 'certificate verify failed')])>]"."""
    return "certificate verify failed" if "certificate verify failed" in detail else detail
