"""A quick look for stems, before an expression that needs one of them is tried: a search without regard to case is many times dearer."""

from collections.abc import Iterable


def holds_stem(text: str, stems: Iterable[str]) -> bool:
    """Whether a text holds any of the stems, which are given in lower case."""
    folded = text.casefold()
    for stem in stems:  # noqa: SIM110  # a loop, since `any` of a generator takes twice the time here, and it is asked often
        if stem in folded:
            return True
    return False
