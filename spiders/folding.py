"""Words reduced to what compares: "Nätverk & samverkan.html" and "natverk-samverkan" are the same."""

import re
import unicodedata
from functools import lru_cache

_NO_LETTER = re.compile(r"[^a-z0-9]+")


def drop_marks(text: str) -> str:
    """Without marks: "Överenskommelse" and its decomposed form both become "Overenskommelse"."""
    if text.isascii():  # most addresses
        return text
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


@lru_cache(maxsize=16384)
def fold_words(text: str) -> str:
    """Lower case a-z and 0-9, everything else one space: "Nätverk & samverkan.html" -> "natverk samverkan html"."""
    return _NO_LETTER.sub(" ", drop_marks(text).casefold()).strip()
