"""How a request and its answer go into an archive: which headers, and in which bytes."""

import re
from collections.abc import Iterable
from http import HTTPStatus
from urllib.parse import quote, urlsplit

HeaderPairs = Iterable[tuple[str, str]]

SECRET_HEADERS = frozenset({"cookie", "cookie2", "set-cookie", "set-cookie2", "authorization", "proxy-authorization"})
"""Never archived: an archive is handed to others."""

RENAMED = "X-Archive-Orig-"
"""Set before the name of a header that does not fit the stored body; other archiving tools use the same."""

URL_SAFE = "%/:?#[]@!$&'()*+,;=~"  # what a URL holds as it is; all else is percent-encoded
LINE_BREAKS = re.compile(r"[\r\n]+")  # in a header they would start another header


def fit_headers(headers: HeaderPairs, length: int | None) -> list[tuple[str, str]]:
    """The headers to store beside a body of `length` bytes (None: there is none by rule, its stated length stands)."""
    fitted = []
    for name, value in headers:
        lower = name.lower()
        if lower in SECRET_HEADERS:
            continue
        is_wrong = lower == "transfer-encoding" or (lower == "content-length" and length is not None and value.strip() != str(length))
        fitted.append((RENAMED + name if is_wrong else name, value))
    return fitted


def is_compressed(headers: HeaderPairs) -> bool:
    """Whether the body came in a content coding."""
    return any(name.lower() == "content-encoding" and value.strip().lower() not in ("", "identity") for name, value in headers)


def join_head(first_line: str, headers: HeaderPairs) -> bytes:
    """The bytes of an HTTP head, its blank line included, one line per header whatever its value holds."""
    lines = [first_line, *(f"{name}: {value}" for name, value in headers)]
    return b"".join(_encode_line(LINE_BREAKS.sub(" ", line)) + b"\r\n" for line in lines) + b"\r\n"


def _encode_line(line: str) -> bytes:
    try:
        return line.encode("latin-1")
    except UnicodeEncodeError:
        return line.encode()


def name_status(status: int) -> str:
    """The usual words for a status ("Not Found"); "" for one that has none."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def name_target(url: str) -> str:
    """Path and query as a request line has them, percent-encoded, without the fragment."""
    parts = urlsplit(url)
    return quote(parts.path or "/", safe=URL_SAFE) + (f"?{quote(parts.query, safe=URL_SAFE)}" if parts.query else "")


def add_host(headers: list[tuple[str, str]], url: str) -> list[tuple[str, str]]:
    """Clients add Host on the wire, where a crawler's own headers lack it."""
    if any(name.lower() == "host" for name, _ in headers):
        return headers
    return [("Host", urlsplit(url).netloc.rpartition("@")[2]), *headers]
