"""The spaces and dashes of real pages, folded to one."""

import re
import unicodedata

SPACE = "[ \t\u00a0\u2002\u2003\u2007\u2009\u202f]"
"""Expression for one space within a line: parts of a value never run over a line break."""

DASH = "[-\u2010\u2011\u2012\u2013\u2014\u2212]"
"""Expression for one dash: hyphen, no-break hyphen, figure, en and em dash, minus."""

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")  # soft hyphen, zero-width space, direction marks: "Stats\u00administer"
_DASHES = re.compile(DASH)


def drop_invisible(text: str) -> str:
    """The text without soft hyphens, zero-width characters and direction marks."""
    return _INVISIBLE.sub("", text)


def fold_spaces(text: str) -> str:
    """The text in NFC on one line, single-spaced, without invisible characters."""
    return " ".join(drop_invisible(unicodedata.normalize("NFC", text)).split())


def fold_dashes(text: str) -> str:
    """The text with every dash as a hyphen; offsets are kept."""
    return _DASHES.sub("-", text)
