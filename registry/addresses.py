"""URLs reduced to what tells one site from another: host and path, without scheme, "www." and case."""

from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urlsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}


def split_address(url: str) -> tuple[str, str] | None:
    """Host and address of an http(s) URL: "https://www.Ale.se/Kommun?a=1#b" -> ("ale.se", "ale.se/kommun?a=1").

    A port that is not the scheme's own stays in the address: "127.0.0.1:8000/". None for anything else than an absolute URL.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:  # "http://[", "http://ale.se:port/"
        return None
    host = normalise_host(parts.hostname or "")
    if parts.scheme not in _DEFAULT_PORTS or host is None:
        return None
    site = host if port in (None, _DEFAULT_PORTS[parts.scheme]) else f"{host}:{port}"
    query = f"?{parts.query}" if parts.query else ""
    return host, f"{site}{parts.path or '/'}{query}".casefold()


@lru_cache(maxsize=4096)  # every link of a page asks for its site's host
def normalise_host(host: str) -> str | None:
    """ "www.VästKom.se" -> "xn--vstkom-bua.se". None for what can be no host: "", "lilla edet.se", "https://ale.se/"."""
    try:
        ascii_host = host.strip().rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError:  # empty or overlong labels
        return None
    bare = ascii_host.removeprefix("www.")
    return bare if bare and all(character.isalnum() or character in "-._:" for character in bare) else None


def parent_domains(host: str) -> Iterator[str]:
    """The host and the domains above it, the nearest first: "a.b.se", "b.se", "se"."""
    while host:
        yield host
        host = host.partition(".")[2]


def prefix_length(prefixes: tuple[str, ...], address: str) -> int | None:
    """The length of the longest of the prefixes (addresses) under which an address lies; 0 without prefixes, None where none fits.

    ".../skane" covers ".../skane.html" and ".../skane/om-oss", but not ".../skanetrafiken"; ".../skane/" covers ".../skane" too.
    """
    if not prefixes:
        return 0
    return max((len(prefix) for prefix in prefixes if lies_under(address, prefix)), default=None)


def lies_under(address: str, prefix: str) -> bool:
    """Whether an address begins with a prefix, and not in the middle of a word."""
    if not f"{address}/".startswith(prefix):
        return False
    return not (prefix[-1:].isalnum() and address[len(prefix) : len(prefix) + 1].isalnum())
