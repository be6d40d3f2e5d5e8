"""What an address and a link's words promise before anything is fetched. The words are data, in `words.toml`."""

import re
import tomllib
import unicodedata
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

GOOD = 5
"""Points from which an address looks like a collaboration page; fewer are a section on the way."""
HOPELESS = -10
"""Points at which an address is not even a blind step: menus of school kitchens, cookie notices."""

_WORDS = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
_COLLABORATION: dict[str, int] = _WORDS["collaboration"]
_SECTION: dict[str, int] = _WORDS["section"]
_SELDOM: dict[str, int] = _WORDS["seldom"]
_SUFFIXES = frozenset(_WORDS["never"]["suffixes"])
_SEGMENTS = frozenset(_WORDS["never"]["segments"])
_PARAMETERS = frozenset(_WORDS["never"]["parameters"])

_LONGEST = 2000
"""Characters of an address. Longer ones are traps of calendars and filters, and many servers refuse them."""
_DEEPEST = 12
"""Path segments. A relative link on every page makes endless paths: /a/a/a/a/..."""
_NO_LETTER = re.compile(r"[^a-z0-9]+")


def score_link(url: str, words: str = "") -> int:
    """Points for an address and the words of the link that led to it; at least `GOOD` looks like collaboration, 0 or less like nothing."""
    *above, last = [_fold(part) for part in _segments(url)] or [""]
    near = f"{last} {_fold(words)}"
    far = " ".join(above)
    collaboration = sum(_weigh(points, stem in near) for stem, points in _COLLABORATION.items() if stem in near or stem in far)
    section = max((points for stem, points in _SECTION.items() if stem in near), default=0)
    seldom = sum(points for stem, points in _SELDOM.items() if stem in near or stem in far)
    return collaboration + section + seldom


def is_page_address(url: str) -> bool:
    """Whether the address may be a page worth asking for: no download, search, calendar, login, print view or endless space."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or not parts.hostname or len(url) > _LONGEST:
        return False
    segments = [segment.casefold() for segment in _segments(url)]
    suffix = segments[-1].rpartition(".")[2] if segments and "." in segments[-1] else ""
    return (
        suffix not in _SUFFIXES
        and len(segments) <= _DEEPEST
        and _SEGMENTS.isdisjoint(_plain(segment) for segment in segments)
        and _PARAMETERS.isdisjoint(_parameter_names(parts.query))
    )


def _weigh(points: int, is_near: bool) -> int:
    """Half for a word further up: /samverkan/vara-lokaler is less likely to state members than /kommunen/samverkan."""
    return points if is_near else points // 2


def _segments(url: str) -> list[str]:
    return [part for part in unquote(urlsplit(url).path).split("/") if part]


def _parameter_names(query: str) -> set[str]:
    return {name.casefold() for name, _ in parse_qsl(query, keep_blank_values=True)}


def _plain(text: str) -> str:
    """Without marks: "Överenskommelse" and its decomposed form both become "Overenskommelse"."""
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


def _fold(text: str) -> str:
    """Lower case a-z and 0-9, everything else one space: "Nätverk & samverkan.html" -> "natverk samverkan html"."""
    return _NO_LETTER.sub(" ", _plain(text).casefold()).strip()
