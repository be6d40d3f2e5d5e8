"""Addresses that are no page worth asking for: downloads, searches, calendars, logins, print views, mirrors, endless spaces."""

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from spiders.folding import drop_marks, fold_words

_NEVER = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))["never"]
_SUFFIXES = frozenset(_NEVER["suffixes"])
_SEGMENTS = frozenset(_NEVER["segments"])
_FIRST_SEGMENTS = frozenset(_NEVER["first_segments"])
_PARAMETERS = frozenset(fold_words(name) for name in _NEVER["parameters"])

_LONGEST = 2000
"""Characters of an address. Longer ones are traps of calendars and filters, and many servers refuse them."""
_DEEPEST = 12
"""Path segments."""
_MOST_PARAMETERS = 4
"""A page has one or two (id=12&page=2); a filter has many."""
_PAGED = re.compile(r"(?:page|sida|paged|pagina|offset|skip)[=/-]?(?P<number>\d+)", re.IGNORECASE)
_LAST_PAGE = 3
"""Of a list that goes on page after page: "?page=3", "/page/3". What a site wants to be found stands earlier."""
_MONTH = re.compile(
    r"/(?:19|20)\d\d/(?:0?[1-9]|1[0-2])(?:/(?:[0-2]?\d|3[01]))?/?$"
)  # "/kalender/2026/11", "/2026/11/29/"; not "/2019-12-20-avtal"


def is_page_address(url: str) -> bool:
    """Whether the address may be a page worth asking for."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or not parts.hostname or len(url) > _LONGEST:
        return False
    segments = segments_of(url)
    folded = [drop_marks(segment.casefold()) for segment in segments]
    suffix = folded[-1].rpartition(".")[2] if folded and "." in folded[-1] else ""
    return (
        suffix not in _SUFFIXES
        and len(folded) <= _DEEPEST
        and not _repeats(folded)
        and _SEGMENTS.isdisjoint(folded)
        and not (folded and folded[0] in _FIRST_SEGMENTS)
        and _has_page_query(parts.query)
        and not _is_endless(parts.path, parts.query)
    )


@lru_cache(maxsize=4096)
def segments_of(url: str) -> tuple[str, ...]:
    """The parts of the path, unquoted."""
    return tuple(part for part in unquote(urlsplit(url).path).split("/") if part)


def path_of(url: str) -> str:
    """Host and path, without the query."""
    parts = urlsplit(url)
    return f"{parts.netloc}{parts.path}" if parts.query else url


def _has_page_query(query: str) -> bool:
    names = [fold_words(name) for name, _ in parse_qsl(query, keep_blank_values=True)]
    return len(names) <= _MOST_PARAMETERS and _PARAMETERS.isdisjoint(names)


def _repeats(segments: list[str]) -> bool:
    """A relative link on every page makes endless paths: /a/b/a/b/a/b."""
    return any(segments.count(segment) > 2 for segment in segments)


def _is_endless(path: str, query: str) -> bool:
    """Calendars by month and lists by page, beyond their first pages."""
    paged = _PAGED.search(query) or _PAGED.search(path)
    return bool(_MONTH.search(path)) or (paged is not None and int(paged["number"]) > _LAST_PAGE)
