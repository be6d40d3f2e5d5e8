"""The words of `dates.toml`, and how they become expressions."""

import re
import tomllib
from collections.abc import Iterable
from importlib.resources import files
from typing import Any

WORDS: dict[str, Any] = tomllib.loads(files("parsers.dates").joinpath("dates.toml").read_text("utf-8"))


def any_of(words: Iterable[str]) -> str:
    """An expression for any of the words, the longest first: a blank is any white space, "*" more of a word, "..." up to six words."""
    return "|".join(map(expression_of, sorted(words, key=len, reverse=True)))


def expression_of(words: str) -> str:
    """ "bli ... medlem*" -> an expression that matches "bli ny medlem" and "bli fullvärdiga medlemmar"."""
    return re.escape(words).replace(r"\.\.\.\ ", r"(?:\S+\s+){0,6}?").replace(r"\ ", r"\s+").replace(r"\*", r"\w*")


def whole_words(words: Iterable[str]) -> re.Pattern[str]:
    """The expression of any of the words, standing alone, in any case."""
    return re.compile(rf"(?<!\w)(?:{any_of(words)})(?!\w)", re.I)
