"""What a robots.txt says (RFC 9309): which addresses may be asked for, how fast, and where the sitemaps lie."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from protego import Protego
from scrapy.exceptions import IgnoreRequest

PRODUCT_TOKEN = "samverkan"
LARGEST = 500 * 1024
"""Bytes of a robots.txt that are read; RFC 9309 2.5 asks for at least as many."""
LONGEST_DELAY = 3600.0
"""Seconds. A site that wants more between two requests cannot be crawled in a night; it is left, and named."""

# "User-agent: Samverkan/0.1", as a webmaster copies it from a log: Protego takes that for another name. Not "samverkan-bot".
_VERSION = re.compile(rf"^(\s*user-?agent\s*:\s*{PRODUCT_TOKEN})/[^\s#]*", re.IGNORECASE | re.MULTILINE)


class DeniedError(IgnoreRequest):
    """Raised where a robots.txt that was read forbids the request; the site is `denied` if nothing else could be fetched."""


class UnreachableError(IgnoreRequest):
    """Raised where robots.txt answered 429 or 5xx, or not at all; the site is `unreachable`."""


@dataclass(frozen=True, slots=True)
class Robots:
    """What one origin (scheme, host, port) allows. `fault` says why nothing at all may be asked for."""

    rules: Protego
    fault: IgnoreRequest | None = None

    @property
    def sitemaps(self) -> list[str]:
        """The addresses that `Sitemap:` lines name, as they stand."""
        return list(self.rules.sitemaps)

    @property
    def delay(self) -> float:
        """Seconds that should lie between two requests: `Crawl-delay`, or `Request-rate` where that asks for more."""
        rate = self.rules.request_rate(PRODUCT_TOKEN)
        return max(self.rules.crawl_delay(PRODUCT_TOKEN) or 0.0, rate.seconds / rate.requests if rate else 0.0)

    def check(self, url: str) -> None:
        """Raises DeniedError or UnreachableError where the address may not be asked for."""
        if self.fault:
            raise type(self.fault)(*self.fault.args)  # one of its own for each request: an error gathers the frames it was raised through
        if not self.rules.can_fetch(url, PRODUCT_TOKEN):
            raise DeniedError(f"robots.txt forbids {url}")


def allow_everything() -> Robots:
    """What holds where there is no robots.txt."""
    return Robots(Protego.parse(""))


def forbid_everything(fault: IgnoreRequest) -> Robots:
    """What holds where it cannot be known what is allowed."""
    return Robots(Protego.parse(""), fault)


def read_robots(body: bytes) -> Robots:
    """The rules of a robots.txt as received (whole lines of the first 500 KiB); anything else in it allows everything."""
    lines = body[:LARGEST].removeprefix(b"\xef\xbb\xbf").splitlines()
    whole = lines[:-1] if len(body) > LARGEST else lines
    text = "\n".join(text for line in whole for text in _decode_line(line))
    robots = Robots(Protego.parse(_VERSION.sub(r"\1", text)))
    if robots.delay > LONGEST_DELAY:
        return Robots(robots.rules, DeniedError(f"robots.txt asks for {robots.delay:.0f} s between two requests"))
    return robots


def _decode_line(line: bytes) -> Iterator[str]:
    """The line in UTF-8, and one of Latin-1 bytes in both: "/n\\xe4t" means what a link writes as /n%E4t, or as /n%C3%A4t."""
    yield (text := line.decode("utf-8", "replace"))
    if "\ufffd" in text:
        yield line.decode("latin-1")
