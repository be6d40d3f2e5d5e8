"""A unified diff of sentences as two columns, with the words that changed inside a sentence marked."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

LEAST_ALIKE = 0.4
"""Share of their words that two sentences must have in common to stand side by side as one that changed."""
MOST_WORDS = 400
"""A longer sentence is marked whole: comparing takes time in the square of its words."""
MOST_PAIRS = 40
"""In a stretch of more sentences that went and came no pairs are sought, for the same reason."""
WORD = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a sentence, and whether the other side lacks them."""

    text: str
    is_marked: bool


Side = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence before and after; None on the side that lacks it, on both where sentences that are the same are left out."""

    before: Side | None
    after: Side | None


GAP = Line(None, None)
"""Stands where sentences that are the same are left out."""


def read_diff(diff: str) -> Iterator[Line]:
    """The sentences of a unified diff in order; its head is passed over."""
    removed: list[str] = []
    added: list[str] = []
    lines = [line for line in re.sub(r"\A---.*\n\+\+\+.*\n", "", diff).split("\n") if line]
    for number, line in enumerate([*lines, "@@"]):
        if line[0] in "-+":
            (removed if line[0] == "-" else added).append(line[1:])
            continue
        for before, after in pair_sentences(removed, added):
            yield Line(*mark_words(before, after))
        removed, added = [], []
        if line[0] == " ":
            same = (Piece(line[1:], is_marked=False),)
            yield Line(same, same)
        elif 0 < number < len(lines):
            yield GAP


def pair_sentences(removed: Sequence[str], added: Sequence[str]) -> Iterator[tuple[str | None, str | None]]:
    """Each sentence beside the one that it became, in the order of both; None where it went or came."""
    is_bounded = len(removed) * len(added) <= MOST_PAIRS**2
    begin = 0
    for sentence in removed:
        alike = [measure_likeness(sentence, other) for other in added[begin:]] if is_bounded else []
        if alike and max(alike) >= LEAST_ALIKE:
            found = begin + alike.index(max(alike))
            yield from ((None, other) for other in added[begin:found])
            yield sentence, added[found]
            begin = found + 1
        else:
            yield sentence, None
    yield from ((None, other) for other in added[begin:])


def measure_likeness(sentence: str, other: str) -> float:
    """The share of words that both have: 1 where they have the same ones, in whatever order; 0 where they share none."""
    words, others = (Counter(re.findall(r"\w+", text.casefold())) for text in (sentence, other))
    return 2 * (words & others).total() / max(1, words.total() + others.total())


def mark_words(before: str | None, after: str | None) -> tuple[Side | None, Side | None]:
    """Both sides cut into pieces, marked where the other side has other words; a sentence that stands alone is marked whole."""
    if before is None or after is None:
        return _mark_whole(before), _mark_whole(after)
    old, new = WORD.findall(before), WORD.findall(after)
    if max(len(old), len(new)) > MOST_WORDS:
        return _mark_whole(before), _mark_whole(after)
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return (
        tuple(Piece("".join(old[start:end]), kind != "equal") for kind, start, end, _, _ in steps if start < end),
        tuple(Piece("".join(new[start:end]), kind != "equal") for kind, _, _, start, end in steps if start < end),
    )


def _mark_whole(sentence: str | None) -> Side | None:
    return None if sentence is None else (Piece(sentence, is_marked=True),)
