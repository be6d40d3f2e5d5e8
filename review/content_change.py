"""What two contents of a page do not share: what was added, what removed, and how much of it."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import unified_diff

from parsers.page.content import join_words, list_sentences, measure_similarity

ALMOST = 0.9999
"""The most that contents share that are not the same: one digit in a long page, or its sentences in another order."""


@dataclass(frozen=True, slots=True)
class ContentChange:
    """How one content became the other; the defaults are of contents that say the same."""

    similarity: float = 1.0
    added: str | None = None
    removed: str | None = None
    diff: str | None = None


SAME = ContentChange()


def compare_contents(before: str | None, after: str | None, ignored: Collection[str] = ()) -> ContentChange:
    """What became another in a page's text; `SAME` where it is the same sentences, in whatever order or lines they stand.

    `ignored`: sentences that are not the page's own, by their names.
    """
    if before == after:
        return SAME
    known: dict[str, str] = {}
    # the first spelling of a sentence stands for all of it: commas and colons make no difference
    old, new = (
        [known.setdefault(name, sentence) for sentence in list_sentences(text or "") if (name := name_sentence(sentence)) not in ignored]
        for text in (before, after)
    )
    removed, added = subtract(old, new), subtract(new, old)
    if join_words(removed) == join_words(added):
        return SAME
    similarity = min(round(measure_similarity(old, new), 4), ALMOST)
    return ContentChange(similarity, "\n".join(added) or None, "\n".join(removed) or None, show_difference(old, new))


def name_sentence(sentence: str) -> str:
    """By what a sentence is known again: its words."""
    return join_words([sentence])


def subtract(sentences: Sequence[str], others: Sequence[str]) -> list[str]:
    """The sentences, in their order, that stand more often in the first than in the second, as often as they do."""
    left = Counter(sentences) - Counter(others)
    kept = []
    for sentence in reversed(sentences):  # of one that was repeated the last is the new one
        if left[sentence]:
            left[sentence] -= 1
            kept.append(sentence)
    return kept[::-1]


def show_difference(before: Sequence[str], after: Sequence[str]) -> str:
    """The hunks of the unified diff, with one sentence of context; 20,000 sentences that were shuffled take a second."""
    lines = list(unified_diff(before, after, n=1, lineterm=""))
    return "\n".join(lines[2:])  # without the two names of files
