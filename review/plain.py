"""Words of pages made fit for one line: no breaks, no control characters, no end of length."""

import re
from collections.abc import Iterable
from urllib.parse import quote

# What XML 1.0 forbids, lone surrogates among it, and characters that turn the direction of the text around them.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)

_ADDRESS = "!$%&'()*+,-./:;=?@_~"  # what RFC 3986 allows in a path or query
_BARE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")  # "100%"


def drop_control(text: str) -> str:
    """The text without control characters; line breaks and tabs stay."""
    return _UNPRINTABLE.sub("", text)


def fit_line(text: str, longest: int = 160) -> str:
    """The text on one line, cut after a word where it is longer than so many characters: "Ale kommun och …"."""
    line = " ".join(drop_control(text).split())
    if len(line) <= longest:
        return line
    cut = line[: longest - 2]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut[longest // 2 :] else cut} …"


def fit_address(url: str | None) -> str | None:
    """The address of a page, all but plain characters as %XX; None of what is no address of the web: "javascript:alert(1)"."""
    if url is None or not url.startswith(("http://", "https://")):
        return None
    page, mark, fragment = _BARE_PERCENT.sub("%25", drop_control(url)).partition("#")
    return quote(page, safe=_ADDRESS) + mark + quote(fragment, safe=_ADDRESS)


def join_words(parts: Iterable[str | None], separator: str = ", ") -> str:
    """Those that are there."""
    return separator.join(part for part in parts if part)
