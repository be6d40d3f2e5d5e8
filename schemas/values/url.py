"""Web addresses: what counts as one, its canonical form, and the identity of a page that follows from it."""

import hashlib
import ipaddress
import re
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

from schemas.values.whitespace import fold_spaces

_WEB = re.compile(r"(?:https?://|www\.)[^\s<>\"\\^`{|}]+", re.IGNORECASE)
_HOST = re.compile(r"(?:[\w-]{1,63}\.)+(?:[^\W\d_]{2,}|xn--[\w-]+)|localhost")
_TRAILING = ".,;:!?'»”\"*"
_DEFAULT_PORT = {"http": 80, "https": 443}
_SESSION = re.compile(r";(?:jsessionid|phpsessid)=[^/?#;]*", re.IGNORECASE)  # "/sida;jsessionid=1A2B.node1?x=1", new on every visit
# Parameters that name the visit or the way here, not the page: campaign marks, session ids, the state of SiteVision's web apps (sv.target).
_NOISE = re.compile(
    r"utm_.*|fbclid|gclid|gbraid|wbraid|dclid|msclkid|mc_[ce]id|_gl|_ga|jsessionid|phpsessid|aspsessionid.*|sv\..*", re.IGNORECASE
)

# Already in its one form, as most addresses of a sitemap are: "https://www.ale.se/kommun/samverkan.html"; not "https://ale.se" (no path),
# nor one with a query, a port, a session (";"), an escape, a letter beyond ASCII, or "/../".
_CANONICAL = re.compile(r"https?://[a-z0-9]+(?:[.-][a-z0-9]+)+/(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*(?:[A-Za-z0-9_-][A-Za-z0-9._-]*)?")


def read_url(text: str) -> str | None:
    """The absolute http(s) URL that the text is, scheme and host in lower case; "www." gets "https://". None for anything else."""
    text = fold_spaces(text).rstrip(_TRAILING)
    if not _WEB.fullmatch(text):
        return None
    parts = _split(text if "://" in text[:8] else f"https://{text}")
    if parts is None or not _is_host(parts.hostname or ""):
        return None
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path, parts.query, parts.fragment)).rstrip(_TRAILING + "#")


@lru_cache(maxsize=16384)
def canonical_url(url: str) -> str:
    """One form for all spellings of an address: w3lib's, without fragment, default port, session ids and tracking parameters.

    Idempotent. A text that is no URL comes back as it is.
    """
    if _CANONICAL.fullmatch(url):
        return url
    parts = _split(url.strip())
    if parts is None or not parts.hostname:
        return url
    path = _SESSION.sub("", parts.path) or "/"
    query = urlencode([(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if not _NOISE.fullmatch(key)])
    try:
        return canonicalize_url(urlunsplit((parts.scheme.lower(), _netloc(parts), path, query, "")))
    except (ValueError, UnicodeError):
        return url


def bare_address(url: str) -> str:
    """An address without what may change although it leads to the same page: scheme, "www.", case of the host, last slash."""
    parts = _split(canonical_url(url))
    if parts is None or not parts.hostname:
        return url
    return urlunsplit(("", _netloc(parts).removeprefix("www."), parts.path.rstrip("/"), parts.query, ""))


def page_id(canonical: str) -> str:
    """The identity of the page at a canonical URL: the first 16 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.port  # a bad port raises only when asked for
    except ValueError:
        return None
    return parts


def _netloc(parts: SplitResult) -> str:
    """Host and, where it is not the scheme's own, port; without user and password."""
    host = (parts.hostname or "").rstrip(".")
    host = f"[{host}]" if ":" in host else host
    return host if parts.port in (None, _DEFAULT_PORT.get(parts.scheme.lower())) else f"{host}:{parts.port}"


def _is_host(host: str) -> bool:
    """Whether it is a name with a top domain, `localhost` or an IP address (a web served on loopback)."""
    if _HOST.fullmatch(host):
        return True
    try:
        return bool(ipaddress.ip_address(host))
    except ValueError:
        return False
