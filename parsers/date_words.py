"""The words of `dates.toml`, and how they become expressions."""

import re
import tomllib
from collections.abc import Iterable
from importlib.resources import files
from typing import Any

WORDS: dict[str, Any] = tomllib.loads(files("parsers").joinpath("dates.toml").read_text("utf-8"))


def any_of(words: Iterable[str]) -> str:
    """An expression for any of the words, the longest first; a blank is any white space, "*" more of the word."""
    return "|".join(re.escape(word).replace(r"\ ", r"\s+").replace(r"\*", r"\w*") for word in sorted(words, key=len, reverse=True))
