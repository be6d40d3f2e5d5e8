"""How much changed, in a few words: "3 members added, 1 removed, 2 pages changed"."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from review.plain import join_words

Row = Mapping[str, Any]
Counts = Mapping[str, Mapping[str, int]]

NOUNS = {
    "relations": ("member", "members"),
    "members": ("statement of a membership", "statements of memberships"),
    "member_counts": ("stated count", "stated counts"),
    "contacts": ("contact", "contacts"),
    "dates": ("date", "dates"),
    "organisations": ("organisation", "organisations"),
    "pages": ("title or date of a page", "titles and dates of pages"),
    "page_changes": ("page", "pages"),
}
"""In the order in which they are told. A membership counts once, however many pages state it."""
CHANGES = ("added", "removed", "changed", "renamed", "new", "gone", "moved")


def tally_changes(changes: Iterable[Row], page_changes: Iterable[Row] = ()) -> dict[str, Counter[str]]:
    """dataset (or `page_changes`) -> change -> how many facts; one of which two columns changed counts once."""
    facts = {(row["dataset"], row["change"], row["key"]): row for row in changes}
    tally: dict[str, Counter[str]] = {}
    for dataset, change, _ in facts:
        tally.setdefault(dataset, Counter())[change] += 1
    for row in page_changes:
        tally.setdefault("page_changes", Counter())[row["change"]] += 1
    return tally


def count_changes(counts: Counts) -> str:
    """ "3 members added, 1 removed, 1 contact changed, 2 pages changed, 1 moved"; "no changes" where there are none."""
    return join_words(map(_count_dataset, NOUNS, [_leave_out_statements(counts, dataset) for dataset in NOUNS])) or "no changes"


def count_words(number: int, noun: str, plural: str | None = None) -> str:
    """ "1 page", "1,203 pages"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def _leave_out_statements(counts: Counts, dataset: str) -> Mapping[str, int]:
    """Statements of memberships are told only where no membership came, went or changed with them."""
    own = counts.get(dataset, {})
    told = counts.get("relations", {}) if dataset == "members" else {}
    return {change: number for change, number in own.items() if number and change not in told}


def _count_dataset(dataset: str, counts: Mapping[str, int]) -> str:
    """ "3 members added, 1 removed"; "" where nothing changed."""
    parts = [(counts[change], change) for change in CHANGES if change in counts]
    return join_words(
        f"{f'{number:,}' if index else count_words(number, *NOUNS[dataset])} {change}" for index, (number, change) in enumerate(parts)
    )
