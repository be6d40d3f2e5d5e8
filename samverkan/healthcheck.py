"""Pings of a monitor such as healthchecks.io: URL/start when a crawl begins, URL when it is done, URL/fail with the reason otherwise.

The address is a secret (who knows it can ping too): it stands in no log, no message, no manifest.
"""

import logging
import re
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import SplitResult, unquote, urlsplit
from urllib.request import Request, urlopen

from samverkan.program import describe_error, find_exit_code
from schemas.errors import UsageError

logger = logging.getLogger(__name__)

TIMEOUT = 5.0
"""Seconds for which one ping waits: a monitor that is down must not hold up a crawl."""
TRIES = 3
PAUSE = 1.0
"""Seconds before another try."""
RETRIED = (408, 425, 429)
"""Statuses, beside 500 and above, after which another try may do better; 404 is an address that nobody knows."""
# An address as a header, a unit file and a crontab take it: visible ASCII, no blanks, no line feed
_PLAIN = re.compile(r"[!-~]+")


class HealthCheck:
    """One monitored address. A ping that fails is a warning and never an error."""

    def __init__(self, url: str) -> None:
        """Raises UsageError, which does not repeat it, where the address is none of http or https."""
        self._parts = _split_url(url.strip())

    def ping(self, event: str = "", body: str = "") -> bool:
        """Tells the monitor of an event ("start", "fail"; "": success); gives whether it heard."""
        trouble = ""
        for number in range(TRIES):
            time.sleep(PAUSE if number else 0)
            try:
                with urlopen(self._make_request(event, body), timeout=TIMEOUT):
                    return True
            except HTTPError as error:
                trouble = f"it answered {error.code}"
                if error.code < 500 and error.code not in RETRIED:
                    break
            except (OSError, HTTPException) as error:
                trouble = type(getattr(error, "reason", error)).__name__
        logger.warning("the health check at %s did not hear of this crawl's %s: %s", self._parts.hostname, event or "success", trouble)
        return False

    def _make_request(self, event: str, body: str) -> Request:
        parts = self._parts
        path = f"{parts.path.rstrip('/')}/{event}" if event else parts.path
        url = parts._replace(netloc=parts.netloc.rpartition("@")[2], path=path, fragment="").geturl()
        request = Request(url, data=body.encode() if body else None, headers={"User-Agent": "samverkan"})
        if parts.username is not None:
            secret = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
            request.add_header("Authorization", f"Basic {b64encode(secret.encode()).decode()}")
        if body:
            request.add_header("Content-Type", "text/plain; charset=utf-8")
        return request


@contextmanager
def telling_monitor(url: str | None) -> Iterator[None]:
    """Pings at the start of the block and at its end, whichever that is; nothing where there is no address.

    Raises UsageError for a bad one, before the block begins.
    """
    if not url:
        yield
        return
    check = HealthCheck(url)
    try:
        check.ping("start")
        yield
    except BrokenPipeError:  # nobody reads the summary; the crawl is done, and the program ends with 0
        check.ping()
        raise
    except BaseException as error:
        check.ping("fail", f"exit code {find_exit_code(error)}: {describe_error(error)}\n")
        raise
    check.ping()


def _split_url(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        is_usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0 and bool(_PLAIN.fullmatch(url))
    except ValueError:
        is_usable = False
    if not is_usable:
        raise UsageError("The health check is an address such as https://hc-ping.com/..., beginning with http:// or https://.")
    return parts
