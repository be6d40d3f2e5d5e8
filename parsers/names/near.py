"""Expressions that are tried only near a word that they need: one pass for the words, then the few places where they stand.

Names of bodies take some twenty expressions, and a page holds few bodies: to read the whole text with each would cost more than to parse
its HTML.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import ahocorasick


@dataclass(frozen=True, eq=False, slots=True)
class Near:
    """An expression, the stems (lower case) of which every match holds one, and how far around it a match can reach."""

    pattern: re.Pattern[str]
    stems: tuple[str, ...]
    before: int
    after: int


class Scanner:
    """Finds the stems of many expressions in one pass."""

    def __init__(self, nears: Sequence[Near]) -> None:
        wanted: dict[str, list[Near]] = {}
        for near in nears:
            for stem in near.stems:
                wanted.setdefault(stem, []).append(near)
        self._automaton = ahocorasick.Automaton()
        for stem, readers in wanted.items():
            self._automaton.add_word(stem, (len(stem), readers))
        self._automaton.make_automaton()

    def scan(self, text: str) -> "Scan":
        """Where each expression may match in a text."""
        lower = text.lower()
        if len(lower) != len(text):  # "İ" becomes two characters; such a text is read as it is
            lower = text
        windows: dict[Near, list[tuple[int, int]]] = {}
        for last, (length, readers) in self._automaton.iter(lower):
            for near in readers:
                add_window(windows.setdefault(near, []), max(0, last + 1 - length - near.before), last + 1 + near.after)
        return Scan(text, windows)


def add_window(windows: list[tuple[int, int]], start: int, end: int) -> None:
    """Adds a window to those before it, joined with the last where they overlap."""
    if windows and start <= windows[-1][1]:
        windows[-1] = (min(start, windows[-1][0]), max(end, windows[-1][1]))
    else:
        windows.append((start, end))


@dataclass(frozen=True, slots=True)
class Scan:
    """A text and the windows in which each expression is worth trying."""

    text: str
    windows: dict[Near, list[tuple[int, int]]]

    def find(self, near: Near) -> Iterator[re.Match[str]]:
        """The matches of an expression, in the order of the text."""
        for start, end in self.windows.get(near, ()):
            yield from near.pattern.finditer(self.text, start, end)
