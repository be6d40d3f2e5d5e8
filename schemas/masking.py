"""Places in a text, and what is masked there: it stays as long as it was, so that offsets into it hold."""

from collections.abc import Iterable

MASK = "█"
"""Stands for every letter and digit that is masked: "████ ████████, ████-██ ██ ██"."""

Span = tuple[int, int]
"""Start and end in Unicode code points."""


def mask_spans(text: str, spans: Iterable[Span]) -> str:
    """The text with every letter and digit within the spans masked."""
    parts, done = [], 0
    for start, end in spans:
        parts += [text[done:start], "".join(MASK if letter.isalnum() else letter for letter in text[start:end])]
        done = end
    return "".join((*parts, text[done:]))


def cut_spans(spans: Iterable[Span], start: int, end: int) -> list[Span]:
    """The spans as they lie in the part of the text from `start` to `end`."""
    return [(max(first, start) - start, min(last, end) - start) for first, last in spans if first < end and last > start]


def merge_spans(spans: Iterable[Span]) -> list[Span]:
    """In order, those that overlap made one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
