"""A quick look for stems, before an expression that needs one of them is tried: a search without regard to case is many times dearer."""

from collections.abc import Iterable


def holds_stem(text: str, stems: Iterable[str]) -> bool:
    """Whether a text holds any of the stems, which are given in lower case."""
    folded = text.casefold()
    return any(stem in folded for stem in stems)
